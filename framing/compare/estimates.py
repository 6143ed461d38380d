"""Differences between groups three ways: as they are, at the same mix of topics, and inside shared stories."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.compare.resampling import Groups
from framing.types import Floats, Ints

MIN_SHARED_STORIES = 5


@dataclass(frozen=True, slots=True)
class Estimates:
    """Differences of all contrasts, float64 of shape (n_contrasts,), NaN where one cannot be had.

    Attributes
    ----------
    error, df : standard error, and degrees of freedom of the t distribution it goes with.
    n_first, n_second : articles of either side; within stories, stories.
    n_clusters : stories or single articles, counted on each side and added up; within stories, stories.
    """

    value: Floats
    error: Floats
    df: Floats
    n_first: Ints
    n_second: Ints
    n_clusters: Ints

    @property
    def p(self) -> Floats:
        """Two-sided p of no difference."""
        from scipy.stats import t

        return np.asarray(2 * t.sf(np.abs(self.value) / self.error, self.df))

    def half_width(self, level: float) -> Floats:
        """Half the width of the interval at this level."""
        from scipy.stats import t

        return np.asarray(t.ppf((1 + level) / 2, self.df) * self.error)

    def p_equivalence(self, margin: Floats) -> Floats:
        """The larger p of two one-sided tests that the difference is within the margin (Schuirmann 1987)."""
        from scipy.stats import t

        return np.asarray(t.sf((margin - np.abs(self.value)) / self.error, self.df))


def contrast_matrix(n_groups: int, sizes: Ints, pairs: bool) -> Floats:
    """Weights of the groups in each contrast: every pair, or each group against all others by their sizes."""
    if pairs:
        first, second = np.triu_indices(n_groups, 1)
        return np.asarray(np.eye(n_groups)[first] - np.eye(n_groups)[second])
    shares = np.tile(sizes.astype(float), (n_groups, 1))
    np.fill_diagonal(shares, 0.0)
    total = shares.sum(axis=1, keepdims=True)
    return np.asarray(np.eye(n_groups) - np.divide(shares, total, out=np.zeros_like(shares), where=total > 0))


def regression(values: Floats, groups: Groups, contrasts: Floats, topics: Ints | None = None) -> Estimates:
    """Contrasts of group means, or of group effects beside those of topics, with errors robust to clusters.

    Ordinary least squares with the covariance of Liang and Zeger (1986), as statsmodels' `cov_type="cluster"`, which
    wants a dense design that a million articles are too many for. Each group's part is enlarged by k / (k - 1) and has
    k - 1 degrees of freedom, k being its effective number of clusters (Satterthwaite 1946): for single articles this
    is the test of Welch (1947).
    """
    matrix = design(groups, topics)
    effects, covariance = clustered(matrix, values, groups.cluster)
    sizes, clusters, effective = _sizes(groups)
    enough = np.maximum(effective, 1 + 1e-9)
    scale = np.sqrt(enough / (enough - 1))
    covariance = covariance[: len(groups), : len(groups)] * np.outer(scale, scale)
    variance = np.einsum("cg,gh,ch->c", contrasts, covariance, contrasts)
    parts = np.square(contrasts) * np.diag(covariance)
    df = np.square(parts.sum(axis=1)) / np.maximum((np.square(parts) / (enough - 1)).sum(axis=1), 1e-300)
    known = (effective > 1) & (sizes > 0)
    usable = np.all(known | (contrasts == 0), axis=1) & (variance > 0)
    value = np.where(usable, contrasts @ effects[: len(groups)], np.nan)
    first, second = contrasts > 0, contrasts < 0
    return Estimates(
        value,
        np.sqrt(np.where(usable, variance, np.nan)),
        df,
        first @ sizes,
        second @ sizes,
        (first | second) @ clusters,
    )


def within_stories(values: Floats, groups: Groups, contrasts: Floats) -> Estimates:
    """The mean over stories of the difference inside the story, one story one difference: Student's paired test."""
    means = _story_means(values, groups)
    known = ~np.isnan(means)
    filled = np.where(known, means, 0.0)
    first = _side(filled, known, np.maximum(contrasts, 0))
    second = _side(filled, known, np.maximum(-contrasts, 0))
    differences = first - second
    n = (~np.isnan(differences)).sum(axis=0)
    usable = n >= MIN_SHARED_STORIES
    value, spread = np.full(len(contrasts), np.nan), np.full(len(contrasts), np.nan)
    value[usable] = np.nanmean(differences[:, usable], axis=0)
    spread[usable] = np.nanstd(differences[:, usable], axis=0, ddof=1)
    error = spread / np.sqrt(np.maximum(n, 1))
    return Estimates(value, np.where(error > 0, error, np.nan), np.maximum(n - 1.0, 1.0), n, n, n)


def clustered(design: Any, values: Floats, clusters: Ints) -> tuple[Floats, Floats]:
    """Least squares on a sparse design, and its covariance robust to clusters, without correction for their number."""
    from scipy import sparse

    bread = np.linalg.pinv((design.T @ design).toarray(), hermitian=True)
    effects = bread @ (design.T @ values)
    residuals = values - design @ effects
    names, codes = np.unique(clusters, return_inverse=True)
    shape = (max(len(names), 1), len(codes))
    member = sparse.csr_array((residuals, (codes, np.arange(len(codes)))), shape=shape)
    scores = member @ design
    return effects, bread @ (scores.T @ scores).toarray() @ bread


def design(groups: Groups, topics: Ints | None = None) -> Any:
    """A column of ones for each group and, beside them, for each topic but the first; sparse."""
    from scipy import sparse

    n = len(groups.code)
    rows, ones = np.arange(n), np.ones(n)
    own = sparse.csr_array((ones, (rows, groups.code)), shape=(n, len(groups)))
    if topics is None:
        return own
    names, codes = np.unique(topics, return_inverse=True)
    kept = codes > 0  # the first topic is the base
    other = sparse.csr_array((ones[kept], (rows[kept], codes[kept] - 1)), shape=(n, max(len(names) - 1, 1)))
    return sparse.hstack((own, other), format="csr")


def _sizes(groups: Groups) -> tuple[Ints, Ints, Floats]:
    """Articles and clusters of each group, and the number of equal clusters that would tell as much (Kish 1965)."""
    pairs, counts = np.unique(np.stack((groups.code, groups.cluster)), axis=1, return_counts=True)
    articles = np.bincount(groups.code, minlength=len(groups))
    squares = np.bincount(pairs[0], np.square(counts.astype(float)), minlength=len(groups))
    return articles, np.bincount(pairs[0], minlength=len(groups)), np.square(articles) / np.maximum(squares, 1.0)


def _story_means(values: Floats, groups: Groups) -> Floats:
    """The mean of each group in each story that several groups have, NaN where a group has none."""
    cell, inverse, counts = np.unique(
        np.stack((groups.cluster, groups.code)), axis=1, return_inverse=True, return_counts=True
    )
    stories, row, n_groups = np.unique(cell[0], return_inverse=True, return_counts=True)
    shared = np.flatnonzero(n_groups > 1)
    means = np.bincount(inverse.ravel(), values) / counts
    place = np.full(len(stories), -1)
    place[shared] = np.arange(len(shared))
    kept = place[row] >= 0
    found = np.full((len(shared), len(groups)), np.nan)
    found[place[row[kept]], cell[1, kept]] = means[kept]
    return found


def _side(filled: Floats, known: Floats, weights: Floats) -> Floats:
    """The weighted mean over the groups of one side that a story has, NaN where it has none."""
    total = known @ weights.T
    return np.asarray(np.divide(filled @ weights.T, total, out=np.full(total.shape, np.nan), where=total > 0))
