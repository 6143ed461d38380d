"""Metrics with intervals, in numpy; equal to scikit-learn's where it has them (tests/test_metrics.py)."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from framing.types import Floats

Metric = Callable[[Floats, Floats], float]


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


def accuracy(truth: Floats, probability: Floats) -> float:
    """Share of rows called rightly at 0.5."""
    return float(np.mean((truth >= 0.5) == (probability >= 0.5)))


def auc(truth: Floats, probability: Floats) -> float:
    """Area under the ROC curve, by ranks with ties shared; 0.5 where one class is missing."""
    positive = truth >= 0.5
    n_positive, n_negative = int(positive.sum()), int((~positive).sum())
    if not n_positive or not n_negative:
        return 0.5
    _, inverse, counts = np.unique(probability, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - n_positive * (n_positive + 1) / 2) / (n_positive * n_negative))


def brier(truth: Floats, probability: Floats) -> float:
    """Mean squared difference of probability and label."""
    return float(np.mean((truth - probability) ** 2))


def calibration_error(truth: Floats, probability: Floats, n_bins: int = 15) -> float:
    """Expected calibration error: root mean square over equal-mass bins, debiased (Kumar et al. 2019, section 5)."""
    order = np.argsort(probability, kind="stable")
    total = 0.0
    for rows in np.array_split(order, n_bins):
        if len(rows) < 2:
            continue
        gap = float(truth[rows].mean() - probability[rows].mean())
        noise = float(truth[rows].var(ddof=1)) / len(rows)
        total += len(rows) / len(order) * (gap * gap - noise)
    return float(np.sqrt(max(0.0, total)))


def estimate(
    metric: Metric,
    truth: Floats,
    probability: Floats,
    groups: Sequence[Hashable],
    random_state: int = 0,
    n_draws: int = 1000,
) -> Estimate:
    """`metric` with the 90 % percentile interval of a bootstrap over groups (articles), not rows."""
    generator = np.random.default_rng(random_state)
    _, codes = np.unique([str(group) for group in groups], return_inverse=True)
    order, sizes = np.argsort(codes, kind="stable"), np.bincount(codes)
    starts = np.cumsum(sizes) - sizes
    found = []
    for _ in range(n_draws):
        chosen = generator.integers(0, len(sizes), len(sizes))
        before = np.cumsum(sizes[chosen]) - sizes[chosen]
        rows = order[np.repeat(starts[chosen] - before, sizes[chosen]) + np.arange(sizes[chosen].sum())]
        found.append(metric(truth[rows], probability[rows]))
    low, high = np.quantile(found, (0.05, 0.95))
    return Estimate(metric(truth, probability), float(low), float(high), len(truth), random_state)


def _f1(truth: np.ndarray, called: np.ndarray) -> float:
    both = int((truth & called).sum())
    either = int(truth.sum()) + int(called.sum())
    return 2 * both / either if either else 0.0
