"""Time: rolling means of each group and axis, with bands."""

from collections.abc import Iterator

import numpy as np

from framing.compare.dates import iso
from framing.compare.options import Options
from framing.compare.result import Point, Series
from framing.compare.sample import Sample
from framing.types import Floats, Ints

LEAST_ARTICLES = 5
MOST_POINTS = 60


def series(sample: Sample, axes: dict[str, Floats], options: Options) -> Iterator[Series]:
    """A series of each group and axis with two windows of enough articles; none where dates span no two windows."""
    dated = sample.counted & ~np.isnan(sample.days)
    if not dated.any():
        return
    first, last = sample.days[dated].min(), sample.days[dated].max()
    if last - first < 2 * options.window_days:
        return
    step = max(options.window_days / 2, (last - first) / MOST_POINTS)
    centres = np.arange(first, last + 1, step).round()
    for axis, values in axes.items():
        for group, name in enumerate(sample.groups.names):
            here = np.flatnonzero(dated & (sample.groups.code == group) & ~np.isnan(values))
            points = tuple(_points(sample, values, here, centres, options.window_days))
            if len(points) > 1:
                yield Series(name, axis, options.window_days, points)


def _points(sample: Sample, values: Floats, here: Ints, centres: Floats, width: int) -> Iterator[Point]:
    from scipy.stats import t

    ordered = here[np.argsort(sample.days[here], kind="stable")]
    days = sample.days[ordered]
    for centre in centres:
        low, high = np.searchsorted(days, (centre - width / 2, centre + width / 2))
        inside = ordered[low:high]
        if len(inside) < LEAST_ARTICLES:
            continue
        mean = float(values[inside].mean())
        error, n_clusters = _error(values[inside], sample.groups.cluster[inside])
        half = float(t.ppf(0.95, n_clusters - 1) * error) if n_clusters > 2 else None
        day = iso(float(centre))
        assert day is not None
        yield Point(
            day, mean, None if half is None else mean - half, None if half is None else mean + half, len(inside)
        )


def _error(values: Floats, cluster: Ints) -> tuple[float, int]:
    """Standard error of a mean with clusters (Liang and Zeger 1986), and their number k; enlarged by k / (k - 1)."""
    _, codes = np.unique(cluster, return_inverse=True)
    sums = np.bincount(codes, values - values.mean())
    k = len(sums)
    return float(np.sqrt(np.square(sums).sum() * k / max(k - 1, 1)) / len(values)), k
