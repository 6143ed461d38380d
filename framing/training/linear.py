"""Logistic regressions on mean states: the direction of an axis in a frozen encoder, and what it says out of fold."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from framing.evaluation.folds import grouped_folds
from framing.types import Floats, Ints

# Inverse strengths of the ridge that are tried; 384 standardised features of a few hundred rows want a strong one.
COSTS = (0.0003, 0.003, 0.03, 0.3)
N_INNER = 4
_MOST_CERTAIN = 0.98


def direction(states: Floats, targets: Floats, weights: Floats, cost: float) -> tuple[Floats, float]:
    """Direction, shape (width,), and bias of the logits of a ridge logistic regression on standardised states.

    Parameters
    ----------
    targets : in [0, 1], shape (n_rows,); one between counts as both classes, in parts.
    weights : of the rows, shape (n_rows,).
    """
    bias = constant(targets, weights)
    if bias is not None:
        return np.zeros(states.shape[1]), bias
    scaler = StandardScaler().fit(states)
    scaled = scaler.transform(states)
    sides = np.concatenate([np.ones(len(states)), np.zeros(len(states))])
    shares = np.concatenate([targets * weights, (1 - targets) * weights])
    kept = shares > 0
    model = LogisticRegression(C=cost, max_iter=2000)
    model.fit(np.concatenate([scaled, scaled])[kept], sides[kept], sample_weight=shares[kept])
    slope = model.coef_[0] / scaler.scale_
    return slope, float(model.intercept_[0] - scaler.mean_ @ slope)


def constant(targets: Floats, weights: Floats) -> float | None:
    """The logit that says the same of every row, where all labels are the same."""
    mean = float(np.average(targets, weights=weights))
    return float(logit(np.clip(mean, 1 - _MOST_CERTAIN, _MOST_CERTAIN))) if mean in (0.0, 1.0) else None


@dataclass(frozen=True, slots=True)
class Learner:
    """How slope and bias are learnt from features, dense or sparse, shape (n_rows, n_features), and the costs tried."""

    learn: Callable[[Any, Floats, Floats, float], tuple[Floats, float]]
    costs: Sequence[float]


OF_STATES = Learner(direction, COSTS)


def out_of_fold(
    features: Any,
    targets: Floats,
    weights: Floats,
    groups: Sequence[Hashable],
    folds: Ints,
    random_state: int,
    by: Learner = OF_STATES,
) -> Floats:
    """Logits of each row by a slope that has not seen its fold, nor was the ridge chosen on it; (n_rows,)."""
    out = np.zeros(len(targets))
    for fold in np.unique(folds):
        seen = np.flatnonzero(folds != fold)
        inner = [groups[index] for index in seen.tolist()]
        cost = best_cost(features[seen], targets[seen], weights[seen], inner, random_state, by)
        slope, bias = by.learn(features[seen], targets[seen], weights[seen], cost)
        out[folds == fold] = features[folds == fold] @ slope + bias
    return out


def best_cost(
    features: Any,
    targets: Floats,
    weights: Floats,
    groups: Sequence[Hashable],
    random_state: int,
    by: Learner = OF_STATES,
) -> float:
    """The cost of least log loss in grouped folds."""
    n_folds = min(N_INNER, len(set(groups)))
    if n_folds < 2:
        return by.costs[1]
    folds = grouped_folds(groups, n_folds, random_state)
    return min(by.costs, key=lambda cost: _loss(features, targets, weights, folds, cost, by))


def _loss(features: Any, targets: Floats, weights: Floats, folds: Ints, cost: float, by: Learner) -> float:
    total = 0.0
    for fold in np.unique(folds):
        held_out = folds == fold
        slope, bias = by.learn(features[~held_out], targets[~held_out], weights[~held_out], cost)
        total += log_loss(targets[held_out], expit(features[held_out] @ slope + bias), weights[held_out])
    return total


def log_loss(targets: Floats, probability: Floats, weights: Floats | None = None) -> float:
    """Sum of the weighted log losses; targets may lie between 0 and 1."""
    losses = row_losses(targets, probability)
    return float(losses @ weights if weights is not None else losses.sum())


def row_losses(targets: Floats, probability: Floats) -> Floats:
    """The log loss of each row, shape (n_rows,)."""
    sure = np.clip(probability, 1e-9, 1 - 1e-9)
    return np.asarray(-(targets * np.log(sure) + (1 - targets) * np.log1p(-sure)))
