"""The interval of a score holds what it says about another sample of the article's sentences."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from framing.article import Document
from framing.ingest import read
from framing.metrics import USUAL_SPREAD, share_interval
from framing.scorer import Scorer
from framing.text import article_of
from framing.training.split_half import coverage, predicted, sentence_values, spread
from framing.types import Floats

Draw = Callable[[np.random.Generator, int], Floats]


def articles(draw: Draw, least: int = 12, most: int = 44) -> list[Floats]:
    generator = np.random.default_rng(0)
    return [draw(generator, int(generator.integers(least, most))) for _ in range(150)]


def usual(generator: np.random.Generator, n: int) -> Floats:
    """Sentences of an article of any mean, as far apart as they usually are."""
    mean, total = generator.uniform(0.1, 0.6), 1 / USUAL_SPREAD - 1
    return generator.beta(mean * total, (1 - mean) * total, n)


@pytest.mark.parametrize(
    "draw",
    [usual, lambda g, n: g.beta(2, 3, n), lambda g, n: g.beta(0.5, 1, n)],
    ids=["usual", "spread out", "mostly plain"],
)
def test_half_of_the_sentences_says_where_the_other_half_lies_nine_times_in_ten(draw: Draw) -> None:
    found = dict(coverage(articles(draw)))
    assert 0.87 <= found["3 and more"].value <= 0.93
    assert found["3 and more"].n == 150


def test_so_do_three_to_five_sentences() -> None:
    assert 0.87 <= dict(coverage(articles(usual, least=6, most=12)))["3 to 5"].value <= 0.93


def test_of_sentences_that_are_unusually_alike_it_says_too_little_rather_than_too_much() -> None:
    found = dict(coverage(articles(lambda g, n: np.clip(g.normal(0.5, 0.1, n), 0, 1))))
    assert found["3 and more"].value >= 0.9


def test_the_spread_of_sentences_is_a_share_of_what_their_mean_allows() -> None:
    assert spread([np.array([0.0, 1.0, 1.0]), np.array([0.3])]) == pytest.approx(1.5)
    assert spread([usual(np.random.default_rng(seed), 400) for seed in range(60)]) == pytest.approx(0.3, abs=0.01)


def test_halves_of_few_sentences_are_counted_apart_and_articles_without_halves_not_at_all() -> None:
    values = np.linspace(0, 1, 60)
    n = {name: figure.n for name, figure in coverage([values[:size] for size in (2, 5, 6, 11, 12, 40, 60)])}
    assert n == {"3 to 5": 2, "6 to 10": 1, "11 to 20": 1, "21 and more": 1, "3 and more": 5}


def test_a_longer_second_sample_is_told_more_closely_and_never_within_the_interval_itself() -> None:
    half = np.random.default_rng(1).random(10)
    (low, high), (near, far), bounds = predicted(half, 10), predicted(half, 1000), share_interval(half)
    assert bounds is not None
    assert low < near < bounds[0] < bounds[1] < far < high
    assert (high - low) / (bounds[1] - bounds[0]) == pytest.approx(2**0.5)


def test_sentences_of_a_real_score_average_to_its_value(scorer: Scorer, sample: Path) -> None:
    (document,) = (one for one in read(str(sample / "wire.txt")) if isinstance(one, Document))
    score = scorer.score(article_of(document)).axes["loaded"]
    assert sentence_values(score).mean() == pytest.approx(score.value)
    assert len(sentence_values(score)) == score.n
