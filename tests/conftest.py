"""What several tests share: the shipped bundle, the sample story, the five real articles where they are at hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from framing.article import Document
from framing.scorer import Scorer
from framing.scores import ArticleScore
from framing.text import article_of

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "seeds"

# A machine that is busy with something else is no reason to fail.
settings.register_profile("framing", deadline=None)
settings.load_profile("framing")


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


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the random encoder of `tiny.py` and its tokenizer."""
    import torch
    from tiny import write_base

    torch.set_num_threads(1)
    return write_base(tmp_path_factory.mktemp("tiny"))
