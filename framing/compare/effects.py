"""Sizes of differences that do not depend on the scale: Hedges' g and Cliff's delta."""

import numpy as np

from framing.types import Floats


def hedges_g(first: Floats, second: Floats) -> float | None:
    """The difference in standard deviations, corrected for few articles (Hedges 1981); None without variation."""
    n, m = len(first), len(second)
    if n < 2 or m < 2:
        return None
    pooled = ((n - 1) * first.var(ddof=1) + (m - 1) * second.var(ddof=1)) / (n + m - 2)
    if pooled <= 0:
        return None
    return float((first.mean() - second.mean()) / np.sqrt(pooled) * (1 - 3 / (4 * (n + m) - 9)))


def cliffs_delta(first: Floats, second: Floats) -> float | None:
    """How much oftener an article of the first is above one of the second than below it, in [-1, 1] (Cliff 1993)."""
    if not len(first) or not len(second):
        return None
    ordered = np.sort(second)
    below, not_above = np.searchsorted(ordered, first, "left"), np.searchsorted(ordered, first, "right")
    return float((below.mean() + not_above.mean()) / len(second) - 1)
