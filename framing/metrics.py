"""Metrics with intervals, in numpy; equal to scikit-learn's where it has them (tests/test_metrics.py)."""

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from framing.config import MIN_INTERVAL_SENTENCES
from framing.types import Floats, Ints

Metric = Callable[[Floats, Floats], float]
# How far apart the sentences of an article usually are: their variance as a share of the most that their mean allows,
# and how many sentences this counts for. Both from 400 articles (docs/statistics.md, "The interval").
USUAL_SPREAD = 0.30
USUAL_SENTENCES = 3
# Numbers drawn in one go, so that memory does not grow with the text; the draws are the same whatever it is.
RESAMPLED_AT_ONCE = 2_000_000
# The 95 % quantile of the normal distribution.
NORMAL = 1.6448536269514722
_STUDENT = (
    (NORMAL**3 + NORMAL) / 4,
    (5 * NORMAL**5 + 16 * NORMAL**3 + 3 * NORMAL) / 96,
    (3 * NORMAL**7 + 19 * NORMAL**5 + 17 * NORMAL**3 - 15 * NORMAL) / 384,
    (79 * NORMAL**9 + 776 * NORMAL**7 + 1482 * NORMAL**5 - 1920 * NORMAL**3 - 945 * NORMAL) / 92160,
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 90 % interval, the number of rows, and the seed of the bootstrap."""

    value: float
    low: float
    high: float
    n: int
    random_state: int

    def to_dict(self) -> dict[str, float]:
        """This estimate as plain data."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def macro_f1(truth: Floats, probability: Floats) -> float:
    """Mean of the F1 of both classes, rows called positive at a probability of 0.5 and over."""
    positive, called = truth >= 0.5, probability >= 0.5
    return (_f1(positive, called) + _f1(~positive, ~called)) / 2


def weighted_f1(truth: Floats, probability: Floats) -> float:
    """Mean of the F1 of both classes, each weighted by its rows, which some papers call macro F1."""
    positive, called = truth >= 0.5, probability >= 0.5
    share = float(positive.mean())
    return share * _f1(positive, called) + (1 - share) * _f1(~positive, ~called)


def accuracy(truth: Floats, probability: Floats) -> float:
    """Share of rows called rightly at 0.5."""
    return float(np.mean((truth >= 0.5) == (probability >= 0.5)))


def auc(truth: Floats, probability: Floats) -> float:
    """Area under the ROC curve, by ranks with ties shared; 0.5 where one class is missing."""
    positive = truth >= 0.5
    n_positive, n_negative = int(positive.sum()), int((~positive).sum())
    if not n_positive or not n_negative:
        return 0.5
    return float((_ranks(probability)[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative))


def brier(truth: Floats, probability: Floats) -> float:
    """Mean squared difference of probability and label."""
    return float(np.mean((truth - probability) ** 2))


def mean_absolute_error(truth: Floats, value: Floats) -> float:
    """Mean absolute difference of value and label."""
    return float(np.mean(np.abs(truth - value)))


def spearman(truth: Floats, value: Floats) -> float:
    """Correlation of ranks, ties shared; 0 where either does not vary."""
    ranks = np.stack([_ranks(truth), _ranks(value)])
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).sum(axis=1).prod())
    return float(centred.prod(axis=0).sum() / spread) if spread else 0.0


def calibration_error(truth: Floats, probability: Floats, n_bins: int = 15) -> float:
    """Expected calibration error: root mean square over equal-mass bins, debiased (Kumar et al. 2019, section 5)."""
    debiased, _ = _squared_error(truth, probability, n_bins)
    return math.sqrt(max(0.0, debiased))


def calibration_bins(truth: Floats, probability: Floats, n_bins: int) -> tuple[Ints, Floats, Floats]:
    """Rows, mean label and mean probability of each equal-mass bin; shape (n_bins,), or fewer.

    Equal probabilities are in one bin, or the figure would depend on the order of the rows.
    """
    order = np.argsort(probability, kind="stable")
    ordered = probability[order]
    sizes = np.full(n_bins, len(order) // n_bins) + (np.arange(n_bins) < len(order) % n_bins)
    bins = np.repeat(np.arange(n_bins), sizes)[np.searchsorted(ordered, ordered)]
    starts = np.flatnonzero(np.diff(bins, prepend=-1))
    sizes = np.diff(starts, append=len(order))
    return sizes, np.add.reduceat(truth[order], starts) / sizes, np.add.reduceat(ordered, starts) / sizes


def _squared_error(truth: Floats, probability: Floats, n_bins: int) -> tuple[float, float]:
    """The squared calibration error, debiased and plain; bins of a single row are left out."""
    sizes, mean, called = calibration_bins(truth, probability, n_bins)
    _, square, _ = calibration_bins(truth**2, probability, n_bins)
    counted = sizes > 1
    gaps = np.where(counted, (mean - called) ** 2, 0.0)
    noise = np.where(counted, (square - mean**2) / np.maximum(sizes - 1, 1), 0.0)
    plain = float(sizes @ gaps) / len(truth)
    return plain - float(sizes @ noise) / len(truth), plain


def estimate(
    metric: Metric,
    truth: Floats,
    probability: Floats,
    groups: Sequence[Hashable],
    random_state: int = 0,
    n_draws: int = 1000,
) -> Estimate:
    """`metric` with the 90 % percentile interval of a bootstrap over groups (articles), not rows."""
    found = [metric(truth[rows], probability[rows]) for rows in resamples(groups, random_state, n_draws)]
    low, high = np.quantile(found, (0.05, 0.95))
    return Estimate(metric(truth, probability), float(low), float(high), len(truth), random_state)


def calibration_estimate(
    truth: Floats,
    probability: Floats,
    groups: Sequence[Hashable],
    random_state: int = 0,
    n_draws: int = 1000,
    n_bins: int = 15,
) -> Estimate:
    """`calibration_error` with the 90 % basic interval of a bootstrap over groups.

    Percentiles would lie too high: a resample scatters around the sample, whose own gaps hold noise already. What the
    bootstrap tells is how far the debiased square of a resample is from the plain square of the sample, which is the
    truth it was drawn from; the interval takes that off the debiased square (Davison and Hinkley 1997, section 5.2).
    It is stretched to the figure where rows of a group are so alike that it would leave it out.
    """
    value, plain = _squared_error(truth, probability, n_bins)
    drawn = resamples(groups, random_state, n_draws)
    off = [_squared_error(truth[rows], probability[rows], n_bins)[0] - plain for rows in drawn]
    low, high = value - np.quantile(off, (0.95, 0.05))
    squares = (value, min(low, value), max(high, value))
    error, lowest, highest = (math.sqrt(max(0.0, float(square))) for square in squares)
    return Estimate(error, lowest, highest, len(truth), random_state)


def resamples(groups: Sequence[Hashable], random_state: int, n_draws: int) -> Iterator[Ints]:
    """The rows of each of `n_draws` resamples; rows of one group are drawn together."""
    generator = np.random.default_rng(random_state)
    _, codes = np.unique([str(group) for group in groups], return_inverse=True)
    order, sizes = np.argsort(codes, kind="stable"), np.bincount(codes)
    starts = np.cumsum(sizes) - sizes
    for _ in range(n_draws):
        chosen = generator.integers(0, len(sizes), len(sizes))
        before = np.cumsum(sizes[chosen]) - sizes[chosen]
        yield order[np.repeat(starts[chosen] - before, sizes[chosen]) + np.arange(sizes[chosen].sum())]


def share_interval(values: Floats, bounds: tuple[float, float] = (0.0, 1.0)) -> tuple[float, float] | None:
    """The 90 % interval of the mean over sentences of a share, whose values keep to `bounds`; None under three."""
    if len(values) < MIN_INTERVAL_SENTENCES:
        return None
    centre, off = float(values.mean()), share_margin(values, bounds)
    return max(bounds[0], centre - off), min(bounds[1], centre + off)


def share_margin(values: Floats, bounds: tuple[float, float] = (0.0, 1.0)) -> float:
    """Half of the 90 % interval of the mean of `values` before it is cut at `bounds`.

    Few sentences that happen to be alike look as if all were. So their variance is drawn toward what is usual at their
    mean, and the quantile of Student's t has the degrees of freedom of both (Smyth 2004, section 3).
    """
    n, centre = len(values), float(values.mean())
    usual = USUAL_SPREAD * (centre - bounds[0]) * (bounds[1] - centre)
    freedom = USUAL_SENTENCES + n - 1
    variance = (USUAL_SENTENCES * usual + float(((values - centre) ** 2).sum())) / freedom
    return student(freedom) * math.sqrt(variance / n)


def interval(
    values: Floats, random_state: int = 0, n_draws: int = 2000, bounds: tuple[float, float] = (0.0, 1.0)
) -> tuple[float, float] | None:
    """The 90 % bootstrap interval of the mean over sentences (Efron and Tibshirani 1993, chapter 13).

    Deviations are widened by sqrt(n / (n - 1)), since a resample of n varies too little, and by the quantile of
    Student's t over that of the normal, since few sentences say little of their own spread (Hesterberg 2015, section
    5.3); the ends are cut at `bounds`, which the values keep to. None under three sentences.
    """
    n = len(values)
    if n < MIN_INTERVAL_SENTENCES:
        return None
    rows = max(1, RESAMPLED_AT_ONCE // n)
    starts = range(0, n_draws, rows)
    sizes = [min(rows, n_draws - start) for start in starts]
    means = [
        values[draws(n, start, size, random_state)].mean(axis=1) for start, size in zip(starts, sizes, strict=True)
    ]
    ordered = np.sort(np.concatenate(means))
    centre = float(values.mean())
    found = np.interp(np.array((0.05, 0.95)) * (n_draws - 1), np.arange(n_draws), ordered)
    low, high = centre + (found - centre) * math.sqrt(n / (n - 1)) * student(n - 1) / NORMAL
    return max(bounds[0], float(low)), min(bounds[1], float(high))


def student(freedom: int) -> float:
    """The 95 % quantile of Student's t, within 0.3 % from two degrees on (Abramowitz and Stegun 1964, 26.7.5)."""
    return NORMAL + sum(part / float(freedom) ** power for power, part in enumerate(_STUDENT, start=1))


def draws(n: int, start: int, size: int, random_state: int) -> Ints:
    """Random numbers in [0, n), shape (size, n), of the resamples from number `start` on.

    SplitMix64 (Steele, Lea and Flood 2014) on a counter: the same on every machine and with every version of numpy,
    whose own generators also take longer to import than an article takes to score.
    """
    counter = np.arange(start * n, (start + size) * n, dtype=np.uint64)
    state = (counter + np.uint64(random_state << 40) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    return ((state >> np.uint64(32)) * np.uint64(n) >> np.uint64(32)).astype(np.int64).reshape(size, n)


def _ranks(values: Floats) -> Floats:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[inverse])


def _f1(truth: np.ndarray, called: np.ndarray) -> float:
    both = int((truth & called).sum())
    either = int(truth.sum()) + int(called.sum())
    return 2 * both / either if either else 0.0
