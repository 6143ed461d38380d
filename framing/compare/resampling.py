"""Means and rates of groups with cluster bootstrap intervals, and the noise floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from framing.compare.result import Figure
from framing.types import Floats, Ints

LEVEL = 0.90
# Beyond this many clusters the interval is the normal one, to which the bootstrap's converges, and memory stays flat.
MAX_RESAMPLED = 2000
MIN_CLUSTERS = 3
NOISE_QUANTILE = 0.95


@dataclass(frozen=True, slots=True)
class Groups:
    """Articles in groups and clusters.

    Attributes
    ----------
    names : of the groups.
    code : group of each article, index in `names`.
    cluster : story of each article, or a number of its own.
    """

    names: tuple[str, ...]
    code: Ints
    cluster: Ints

    def __len__(self) -> int:
        return len(self.names)


class Resampler:
    """Draws of clusters within each group, the same for everything that is estimated of the group."""

    def __init__(self, groups: Groups, n_draws: int, random_state: int) -> None:
        self.groups = groups
        self.n_draws = n_draws
        self.random_state = random_state
        self._place, self._size = _places(groups)
        self._draws: dict[int, Floats] = {}

    def figure(self, group: int, articles: Ints, values: Floats, weights: Floats | None = None) -> Figure | None:
        """The weighted mean of `values` over these articles of one group, or None of none.

        With words as weights and hits per word as values it is a rate. The interval is the bootstrap's over clusters,
        its deviations widened to the t distribution as for few clusters they must be (Hesterberg 2015, section 5.3).
        """
        if not len(articles):
            return None
        weights = np.ones(len(articles)) if weights is None else weights
        if weights.sum() <= 0:
            return None
        place, size = self._place[articles], int(self._size[group])
        sums = _sums(place, weights * values, size)
        totals = _sums(place, weights, size)
        value, n_clusters = float(sums.sum() / totals.sum()), int((totals > 0).sum())
        if n_clusters < MIN_CLUSTERS:
            return Figure(value, None, None, len(articles), n_clusters)
        low, high = self._interval(group, value, sums, totals, n_clusters)
        return Figure(value, low, high, len(articles), n_clusters)

    def noise_floor(self, group: int, articles: Ints, values: Floats) -> float | None:
        """By how much two samples like this one differ in 95 of 100 cases, were they of one and the same group.

        The group's clusters are dealt into halves at random; the difference of the halves' means varies as much as
        that of two samples of half the size, so it is divided by the root of two.
        """
        place, size = self._place[articles], int(self._size[group])
        sums, totals = _sums(place, values, size), _sums(place, np.ones(len(place)), size)
        sums, totals = sums[totals > 0], totals[totals > 0]
        if len(totals) < 2 * MIN_CLUSTERS - 2:
            return None
        if len(totals) > MAX_RESAMPLED:
            from scipy.stats import norm

            return float(norm.ppf((1 + NOISE_QUANTILE) / 2) * np.sqrt(2) * _error(sums, totals))
        generator = np.random.default_rng((self.random_state, group, 1))
        order = generator.permuted(np.tile(np.arange(len(totals)), (self.n_draws, 1)), axis=1)
        half = order < len(totals) // 2
        first, second = half @ sums / (half @ totals), ~half @ sums / (~half @ totals)
        return float(np.quantile(np.abs(first - second), NOISE_QUANTILE) / np.sqrt(2))

    def _interval(self, group: int, value: float, sums: Floats, totals: Floats, k: int) -> tuple[float, float]:
        tails = np.array(((1 - LEVEL) / 2, (1 + LEVEL) / 2))
        widened = _t_quantile(k - 1) / _t_quantile(np.inf) * np.sqrt(k / (k - 1))
        if len(sums) > MAX_RESAMPLED:
            kept = totals > 0
            deviations = np.array((-1.0, 1.0)) * _t_quantile(np.inf) * _error(sums[kept], totals[kept])
        else:
            draws = self._draws_of(group)
            weight = draws @ totals
            means = np.divide(draws @ sums, weight, out=np.full(len(weight), value), where=weight > 0)
            deviations = np.quantile(means, tails) - value
        low, high = value + deviations * widened
        return float(low), float(high)

    def _draws_of(self, group: int) -> Floats:
        if group not in self._draws:
            k = int(self._size[group])
            generator = np.random.default_rng((self.random_state, group, 0))
            self._draws[group] = generator.multinomial(k, np.full(k, 1 / k), self.n_draws).astype(float)
        return self._draws[group]


def _places(groups: Groups) -> tuple[Ints, Ints]:
    """The number of each article's cluster within its group, and how many clusters each group has."""
    pairs, inverse = np.unique(np.stack((groups.code, groups.cluster)), axis=1, return_inverse=True)
    size = np.bincount(pairs[0], minlength=len(groups))
    starts = np.cumsum(size) - size
    return inverse.ravel() - starts[groups.code], size


def _sums(place: Ints, weights: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(place, weights, minlength=size), dtype=np.float64)


def _error(sums: Floats, totals: Floats) -> float:
    """Standard error of a ratio of sums over clusters, by linearisation (Cochran 1977, section 6.3)."""
    residuals = sums - sums.sum() / totals.sum() * totals
    return float(np.sqrt(np.square(residuals).sum()) / totals.sum())


@cache
def _t_quantile(df: float) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + LEVEL) / 2, df))


def by_group(code: Ints, n_groups: int) -> Sequence[Ints]:
    """The indices of each group's articles."""
    order = np.argsort(code, kind="stable")
    return np.split(order, np.cumsum(np.bincount(code, minlength=n_groups))[:-1])
