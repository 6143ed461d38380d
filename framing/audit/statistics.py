"""Means, differences and shares with their 90 % intervals."""

import math

import numpy as np

from framing.audit.outcome import Pair
from framing.metrics import Estimate, draws, estimate
from framing.types import Floats, Ints

RANDOM_STATE = 0
N_DRAWS = 1000
# Of the range from -1 to 1, a third for each answer.
CLASS_BOUND = 1 / 3
_Z = 1.6448536269514722  # 95 % quantile of the normal distribution


def classes(stances: Floats) -> Ints:
    """-1, 0 or 1 for each stance: the third of the range that it lies in."""
    return np.where(np.abs(stances) < CLASS_BOUND, 0, np.sign(stances)).astype(np.int64)


def mean(values: Floats) -> Estimate:
    """The mean, with the percentile interval of a bootstrap over the values (Efron and Tibshirani 1993)."""
    (one,) = means(values[:, None])
    return one


def means(columns: Floats) -> list[Estimate]:
    """The mean of each column, with the interval of a bootstrap over rows, the same rows for all columns."""
    n = len(columns)
    resampled = columns[draws(n, 0, N_DRAWS, RANDOM_STATE)].mean(axis=1)
    low, high = np.quantile(resampled, (0.05, 0.95), axis=0)
    found = zip(columns.mean(axis=0), low, high, strict=True)
    return [Estimate(float(value), float(a), float(b), n, RANDOM_STATE) for value, a, b in found]


def share(right: int, n: int) -> Estimate:
    """A share with Wilson's interval (1927), which holds for few rows and for shares of 0 and 1."""
    p, z = right / n, _Z
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Estimate(p, max(0.0, centre - half), min(1.0, centre + half), n, RANDOM_STATE)


def macro_f1(truth: Ints, called: Ints) -> Estimate:
    """Mean F1 of the classes that occur as label or answer, with the interval of a bootstrap over rows."""
    return estimate(_macro_f1, truth.astype(float), called.astype(float), range(len(truth)), RANDOM_STATE, N_DRAWS)


def pair_differences(stances: Floats) -> Floats:
    """The mean absolute difference over all pairs of names, of each sentence.

    Parameters
    ----------
    stances : float64, shape (n_sentences, n_names).

    Returns
    -------
    float64, shape (n_sentences,)
    """
    n = stances.shape[1]
    gaps = np.abs(stances[:, :, None] - stances[:, None, :]).sum(axis=(1, 2))
    return np.asarray(gaps / (n * (n - 1)))


def worst_pairs(stances: Floats, names: list[str], top: int) -> tuple[Pair, ...]:
    """The pairs of names with the largest mean absolute difference over sentences."""
    gaps = stances[:, :, None] - stances[:, None, :]
    size, signed = np.abs(gaps).mean(axis=0), gaps.mean(axis=0)
    first, second = np.triu_indices(len(names), 1)
    order = np.argsort(-size[first, second], kind="stable")[:top]
    return tuple(
        Pair(names[i], names[j], float(size[i, j]), float(signed[i, j]))
        for i, j in zip(first[order], second[order], strict=True)
    )


def _macro_f1(truth: Floats, called: Floats) -> float:
    found = np.union1d(truth, called)
    scores = []
    for one in found:
        both = int(((truth == one) & (called == one)).sum())
        scores.append(2 * both / (int((truth == one).sum()) + int((called == one).sum())))
    return float(np.mean(scores))
