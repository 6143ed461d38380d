"""Every axis, and every actor's stance, put through the three estimates."""

from collections.abc import Sequence

import numpy as np

from framing.compare.effects import cliffs_delta, hedges_g
from framing.compare.estimates import Estimates, contrast_matrix, regression, within_stories
from framing.compare.options import MAX_PAIRED_GROUPS, REST, Options
from framing.compare.resampling import Groups, by_group
from framing.compare.verdicts import LEAST_MARGIN, Family
from framing.types import Bools, Floats, Ints


def family(
    axis: str,
    values: Floats,
    groups: Groups,
    topics: Ints | None,
    floors: Floats,
    options: Options,
    actor: tuple[str, str] | None = None,
) -> Family:
    """The contrasts of these values, NaN left out.

    Parameters
    ----------
    floors : noise floor of each group, NaN for none.
    actor : id and name, where the values are stances toward one.
    """
    known = ~np.isnan(values)
    values, groups = values[known], Groups(groups.names, groups.code[known], groups.cluster[known])
    sizes = np.bincount(groups.code, minlength=len(groups))
    matrix, pairs = _contrasts(groups, sizes, options)
    raw = regression(values, groups, matrix)
    adjusted = None if topics is None else regression(values, groups, matrix, topics[known])
    parts = by_group(groups.code, len(groups))
    sides = [(values[_of(parts, row > 0)], values[_of(parts, row < 0)]) for row in matrix]
    spread = np.array([_pooled(first, second) for first, second in sides])
    margin = np.maximum(np.nan_to_num(np.max(np.where(_main(matrix), floors, 0.0), axis=1, initial=0.0)), LEAST_MARGIN)
    return Family(
        axis,
        pairs,
        raw,
        adjusted,
        within_stories(values, groups, matrix),
        [hedges_g(*side) for side in sides],
        [cliffs_delta(*side) for side in sides],
        margin,
        spread,
        _design_effect(raw, spread),
        _tested(groups, sizes, matrix, options.min_articles),
        *(actor or ()),
    )


def paired(n_groups: int, options: Options) -> bool:
    """Whether every pair is compared, or each group with all others."""
    return n_groups <= MAX_PAIRED_GROUPS if options.pairs is None else options.pairs


def _contrasts(groups: Groups, sizes: Ints, options: Options) -> tuple[Floats, list[tuple[str, str]]]:
    every = paired(len(groups), options)
    matrix = contrast_matrix(len(groups), sizes, every)
    if not every:
        return matrix, [(name, REST) for name in groups.names]
    return matrix, [(groups.names[int(np.argmax(row))], groups.names[int(np.argmin(row))]) for row in matrix]


def _of(parts: Sequence[Ints], side: Floats) -> Ints:
    chosen = [parts[group] for group in np.flatnonzero(side).tolist()]
    return np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)


def _main(matrix: Floats) -> Bools:
    """Which groups' noise floors bound a contrast: those of a pair, of a group against all others its own."""
    return np.asarray(np.abs(matrix) == 1)


def _tested(groups: Groups, sizes: Ints, matrix: Floats, least: int) -> Bools:
    """Whether either side has enough articles, of enough stories."""
    pairs = np.unique(np.stack((groups.code, groups.cluster)), axis=1)
    clusters = np.bincount(pairs[0], minlength=len(groups))
    sides = (matrix > 0, matrix < 0)
    return np.asarray(np.all([(side @ sizes >= least) & (side @ clusters >= least) for side in sides], axis=0))


def _pooled(first: Floats, second: Floats) -> float:
    n, m = len(first), len(second)
    if n < 2 or m < 2:
        return float("nan")
    return float(np.sqrt(((n - 1) * first.var(ddof=1) + (m - 1) * second.var(ddof=1)) / (n + m - 2)))


def _design_effect(raw: Estimates, spread: Floats) -> Floats:
    plain = np.square(spread) * (1 / np.maximum(raw.n_first, 1) + 1 / np.maximum(raw.n_second, 1))
    return np.asarray(np.divide(np.square(raw.error), plain, out=np.ones_like(plain), where=plain > 0))
