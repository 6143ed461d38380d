"""How a head does with fewer of the rows: would more labels help?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from framing.evaluation.measures import Measure
from framing.metrics import Estimate
from framing.training.frozen import Labels
from framing.training.linear import OF_STATES, best_cost
from framing.types import Floats, Ints

SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A figure out of fold, and the mean number of rows of the heads that gave it."""

    n_rows: float
    figure: Estimate


def learning_curve(states: Floats, labels: Labels, measure: Measure) -> list[CurvePoint]:
    """The figure with growing shares of the groups in every fold, all rows last."""
    cost = best_cost(states, labels.targets, labels.weights, labels.groups, labels.random_state)
    return [_point(states, labels, measure, share, cost) for share in SHARES]


def _point(states: Floats, labels: Labels, measure: Measure, share: float, cost: float) -> CurvePoint:
    values = np.zeros(len(states))
    sizes = []
    for fold in np.unique(labels.folds):
        seen = _some(labels, np.flatnonzero(labels.folds != fold), share)
        slope, bias = OF_STATES.learn(states[seen], labels.targets[seen], labels.weights[seen], cost)
        held_out = labels.folds == fold
        values[held_out] = expit(states[held_out] @ slope + bias)
        sizes.append(len(seen))
    return CurvePoint(float(np.mean(sizes)), measure.estimate(labels.targets, values, labels.groups))


def _some(labels: Labels, rows: Ints, share: float) -> Ints:
    """The rows of a random share of the groups; every share holds the smaller ones."""
    groups: Sequence[str] = [labels.groups[index] for index in rows]
    names = list(dict.fromkeys(groups))
    order = np.random.default_rng(labels.random_state).permutation(len(names))
    kept = {names[index] for index in order[: max(2, round(share * len(names)))]}
    return rows[[group in kept for group in groups]]
