"""Sentence heads: what their parts sum to, which way markers push, intervals and percentiles."""

import math
from collections.abc import Callable
from itertools import permutations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from framing.heads import MAX_HITS, Hit, SentenceHead, percentile, split
from framing.metrics import interval, share_interval, share_margin
from framing.neural.torch_encoder import pooled
from framing.training.heads import Calibration
from framing.types import Floats

SIGNS = {"slurs": 1, "verdicts": 1, "hedges": -1}
LEXICONS = (*SIGNS, "unsigned")


def head(
    weights: dict[str, float] | None = None, scale: float = 1.2, offset: float = -0.3, bias: float = 0.1
) -> SentenceHead:
    direction = np.array([0.5, -1.0, 0.25, 2.0], dtype=np.float32)
    chosen = {"slurs": 0.8, "verdicts": 0.3, "hedges": -0.4} if weights is None else weights
    return SentenceHead("loaded", direction, bias, scale, offset, chosen, SIGNS)


def logits(n: int, low: float = -8, high: float = 8) -> st.SearchStrategy[Floats]:
    numbers = st.lists(st.floats(low, high, width=32), min_size=n, max_size=n)
    return numbers.map(lambda values: np.array(values, dtype=np.float32))


@st.composite
def passages(draw: st.DrawFn) -> tuple[Floats, tuple[Hit, ...]]:
    n = draw(st.integers(1, 12))
    masks = st.lists(st.booleans(), min_size=n, max_size=n).map(np.array)
    hits = st.lists(st.builds(Hit, st.sampled_from(LEXICONS), masks), max_size=6)
    return draw(logits(n)), tuple(draw(hits))


@given(passages())
def test_parts_and_rest_sum_to_the_probability(passage: tuple[Floats, tuple[Hit, ...]]) -> None:
    found = split(head(), *passage)
    counts = {name: sum(hit.lexicon == name for hit in passage[1]) for name in LEXICONS}
    assert found.probability == head().probability(passage[0], counts)
    assert math.fsum([*found.parts, found.rest]) == pytest.approx(found.probability, abs=1e-12)
    assert len(found.parts) == len(passage[1])


@given(passages())
def test_a_part_never_goes_against_the_sign_of_its_lexicon(passage: tuple[Floats, tuple[Hit, ...]]) -> None:
    signed = [
        part * SIGNS.get(hit.lexicon, 0) for part, hit in zip(split(head(), *passage).parts, passage[1], strict=True)
    ]
    unsigned = [
        part for part, hit in zip(split(head(), *passage).parts, passage[1], strict=True) if hit.lexicon == "unsigned"
    ]
    assert all(part >= 0 for part in signed)
    assert not any(unsigned)


@given(logits(5))
def test_without_hits_the_rest_is_the_probability(token_logits: Floats) -> None:
    found = split(head(), token_logits, ())
    assert (found.parts, found.rest) == ((), found.probability)


def test_one_hit_is_worth_the_probability_less_that_without_it() -> None:
    token_logits, one = np.array([2.0, -1.0, 0.0], dtype=np.float32), head()
    found = split(one, token_logits, (Hit("slurs", np.array([True, False, False])),))
    without = one.probability(token_logits[1:], {})
    assert found.parts == pytest.approx((one.probability(token_logits, {"slurs": 1}) - without,), abs=1e-12)


@st.composite
def pushing_passages(draw: st.DrawFn) -> tuple[Floats, tuple[Hit, ...]]:
    """Hits of lexicons of positive sign whose tokens are the highest of the passage: none is held at 0."""
    covers = draw(st.lists(st.integers(0, 9), min_size=2, max_size=4))
    token_logits = draw(logits(10, -6, 2))
    token_logits[covers] = 3.0
    hits = [Hit(draw(st.sampled_from(["slurs", "verdicts"])), np.arange(10) == cover) for cover in covers]
    return token_logits, tuple(hits)


@given(pushing_passages())
def test_the_order_of_the_hits_does_not_change_what_they_sum_to(passage: tuple[Floats, tuple[Hit, ...]]) -> None:
    token_logits, hits = passage
    sums = [math.fsum(split(head(), token_logits, order).parts) for order in permutations(hits)]
    bare = token_logits[~np.any([hit.tokens for hit in hits], axis=0)]
    whole = split(head(), token_logits, hits).probability - head().probability(bare, {})
    assert sums == pytest.approx([whole] * len(sums), abs=1e-9)


@given(passages())
def test_hits_in_reverse_order_have_the_same_parts(passage: tuple[Floats, tuple[Hit, ...]]) -> None:
    token_logits, hits = passage
    assert split(head(), token_logits, hits[::-1]).parts[::-1] == pytest.approx(split(head(), token_logits, hits).parts)


@given(logits(6), st.integers(0, 5), st.sampled_from(["slurs", "verdicts"]))
def test_another_hit_of_a_positive_weight_never_lowers_the_probability(
    token_logits: Floats, n: int, lexicon: str
) -> None:
    fewer, more = (head().probability(token_logits, {lexicon: count}) for count in (n, n + 1))
    assert 0 < fewer <= more < 1
    assert (fewer < more) == (n < MAX_HITS)


@pytest.mark.parametrize("offset", [-700.0, -40.0, 0.0, 30.0])
def test_probabilities_lie_between_the_bounds_however_sure(offset: float) -> None:
    assert 0 < head({}, offset=offset, bias=0.0).probability(np.zeros(3, dtype=np.float32), {}) < 1


def test_a_passage_without_tokens_is_read_from_the_bias() -> None:
    bare, one = np.zeros((0, 4), dtype=np.float32), head({}, scale=2.0, offset=0.5, bias=-1.0)
    assert one.probability(one.token_logits(bare), {}) == pytest.approx(1 / (1 + math.exp(1.5)))


SCORES = st.lists(st.floats(0, 1), min_size=3, max_size=40).map(np.array)


@given(SCORES, st.integers(0, 3))
def test_an_interval_contains_the_mean_and_stays_in_range(values: Floats, random_state: int) -> None:
    bounds = interval(values, random_state, n_draws=200)
    assert bounds is not None
    assert 0 <= bounds[0] <= values.mean() + 1e-12
    assert values.mean() - 1e-12 <= bounds[1] <= 1


@given(SCORES)
def test_the_interval_of_a_share_contains_the_mean_and_stays_in_range(values: Floats) -> None:
    low, high = share_interval(values) or (2.0, -1.0)
    assert 0 <= low <= values.mean() <= high <= 1


@given(SCORES)
def test_the_interval_of_a_share_means_the_same_in_any_range(values: Floats) -> None:
    assert share_margin(2 * values - 1, (-1.0, 1.0)) == pytest.approx(2 * share_margin(values), abs=1e-7)


@pytest.mark.parametrize("of", [interval, share_interval])
@pytest.mark.parametrize(("n", "known"), [(0, False), (1, False), (2, False), (3, True)])
def test_there_is_no_interval_under_three_sentences(
    of: Callable[[Floats], tuple[float, float] | None], n: int, known: bool
) -> None:
    assert (of(np.linspace(0.2, 0.6, n)) is not None) is known


def test_an_interval_is_the_same_every_time() -> None:
    values = np.array([0.1, 0.5, 0.4, 0.9, 0.3])
    assert interval(values) == interval(values)
    assert interval(values, random_state=0) != interval(values, random_state=1)


def test_intervals_cover_the_true_mean_about_nine_times_in_ten() -> None:
    generator = np.random.default_rng(0)
    samples = generator.beta(2, 3, size=(300, 12))
    found = [interval(sample, n_draws=200) for sample in samples]
    covered = np.mean([bounds is not None and bounds[0] <= 0.4 <= bounds[1] for bounds in found])
    assert 0.84 <= covered <= 0.95


def test_an_interval_of_few_sentences_is_as_wide_as_their_spread_says() -> None:
    values = np.array([0.31, 0.42, 0.44, 0.53, 0.57, 0.59, 0.66, 0.72])
    low, high = interval(values, n_draws=20_000) or (0.0, 0.0)
    assert (high - low) / 2 == pytest.approx(1.895 * values.std(ddof=1) / math.sqrt(8), rel=0.03)


def test_sentences_that_happen_to_be_alike_are_not_taken_for_certain_where_they_are_few() -> None:
    usual = 0.3 * 0.4 * 0.6
    assert share_margin(np.full(3, 0.4)) == pytest.approx(2.015 * math.sqrt(3 * usual / 5 / 3), rel=0.001)
    assert share_margin(np.full(300, 0.4)) < share_margin(np.full(3, 0.4)) / 50


def test_of_many_sentences_the_interval_of_a_share_is_that_of_the_bootstrap() -> None:
    values = np.random.default_rng(1).beta(1, 2, 300)
    assert share_interval(values) == pytest.approx(interval(values), abs=0.003)


QUANTILES = np.linspace(0.2, 0.7, 101)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, 0.0), (0.2, 0.0), (0.45, 50.0), (0.3275, 25.5), (0.7, 100.0), (0.99, 100.0)],
)
def test_a_percentile_is_read_between_the_quantiles(value: float, expected: float) -> None:
    assert percentile(value, QUANTILES) == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_value_never_has_a_lower_percentile(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert percentile(low, QUANTILES) <= percentile(high, QUANTILES)


def test_the_numpy_head_equals_the_fitted_one() -> None:
    torch.manual_seed(0)
    linear, states = nn.Linear(16, 2), torch.randn(7, 9, 16)
    content = (torch.arange(9) < torch.arange(3, 10)[:, None]).long()
    fitted = Calibration(1.7, -0.4, np.array([0.6, -0.2]))
    hits = np.random.default_rng(0).integers(0, MAX_HITS + 1, (7, 2)).astype(float)
    with torch.no_grad():
        sentence = pooled(linear(states), content)[:, 1].numpy()
    direction, bias = linear.weight[1].detach().numpy(), linear.bias[1].item()
    one = SentenceHead("loaded", direction, bias, 1.7, -0.4, {"a": 0.6, "b": -0.2}, {})
    rows = [one.token_logits(states[row].numpy()[content[row].numpy() > 0]) for row in range(7)]
    counts = [{"a": int(a), "b": int(b)} for a, b in hits]
    ours = [one.probability(row, count) for row, count in zip(rows, counts, strict=True)]
    assert ours == pytest.approx(fitted.probability(sentence, hits), abs=1e-6)
