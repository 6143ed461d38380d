"""What several tests share: the shipped bundle, the sample story, the five real articles where they are at hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from framing.article import Document
from framing.scorer import Scorer
from framing.scores import ArticleScore
from framing.text import article_of

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return Scorer(threads=1)


@pytest.fixture(scope="session")
def score(scorer: Scorer) -> Callable[[str], ArticleScore]:
    """Scores a text."""
    return lambda text: scorer.score(article_of(Document("text", text)))


@pytest.fixture(scope="session")
def sample() -> Path:
    return ROOT / "data" / "sample_story"


@pytest.fixture(scope="session")
def real_articles() -> list[Path]:
    if not REAL.is_dir():
        pytest.skip("the five real articles are not at hand (../shared/seeds)")
    return sorted(REAL.glob("*.txt"))
