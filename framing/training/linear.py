"""Logistic regressions on mean states: the direction of an axis in a frozen encoder, and what it says out of fold."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import solve
from scipy.special import expit, logit
from sklearn.preprocessing import StandardScaler

from framing.evaluation.folds import grouped_folds
from framing.types import Bools, Floats, Ints

# Inverse strengths of the ridge that are tried; 384 standardised features of a few hundred rows want a strong one.
COSTS = (0.0003, 0.003, 0.03, 0.3)
N_INNER = 4
_MOST_CERTAIN = 0.98
# Newton's steps end when one saves less than this share of the loss.
_SETTLED = 1e-9
_MOST_HALVINGS = 30
# A slope, shape (n_features,), and a bias.
Linear = tuple[Floats, float]


def directions(states: Floats, targets: Floats, weights: Floats, costs: Sequence[float]) -> Iterator[Linear]:
    """Direction, shape (width,), and bias of the logits of a ridge logistic regression on standardised states.

    For each of some costs; each but the first starts where the one before it ended.

    Parameters
    ----------
    targets : in [0, 1], shape (n_rows,); one between counts as both classes, in parts.
    weights : of the rows, shape (n_rows,).
    """
    bias = constant(targets, weights)
    if bias is not None:
        yield from ((np.zeros(states.shape[1]), bias) for _ in costs)
        return
    scaler = StandardScaler().fit(states)
    features = np.column_stack([scaler.transform(states), np.ones(len(states))])
    found: Floats = np.zeros(features.shape[1])
    for cost in costs:
        found = _newton(features, targets, weights * cost, found)
        slope = found[:-1] / scaler.scale_
        yield slope, float(found[-1] - scaler.mean_ @ slope)


def _newton(features: Floats, targets: Floats, weights: Floats, found: Floats) -> Floats:
    """The minimum of the weighted log loss and a ridge on all parameters but the last; shape (n_features,).

    By Newton's steps from `found`, halved while they overshoot: a handful, where gradients alone take hundreds. Targets
    between 0 and 1 are read as they are; the library would want each such row twice.
    """
    ridge = np.append(np.ones(features.shape[1] - 1), 0.0)
    rough = features.astype(np.float32)  # says well enough how the loss curves, in half the time

    def loss(at: Floats) -> float:
        logits = features @ at
        return float(weights @ (np.logaddexp(0.0, logits) - targets * logits) + 0.5 * (ridge * at) @ at)

    before = np.inf
    while before - (now := loss(found)) > _SETTLED * now:
        said = expit(features @ found)
        slope = features.T @ (weights * (said - targets)) + ridge * found
        scaled = rough * np.sqrt(weights * said * (1 - said))[:, None].astype(np.float32)
        step = solve((scaled.T @ scaled).astype(np.float64) + np.diag(ridge), slope, assume_a="pos")
        found, before = _shortened(loss, found, step, now), now
    return found


def _shortened(loss: Callable[[Floats], float], start: Floats, step: Floats, now: float) -> Floats:
    """Where a step leads, halved until the loss is not above `now`."""
    shares = (0.5**n for n in range(_MOST_HALVINGS))
    return next((there for share in shares if loss(there := start - share * step) <= now), start)


def constant(targets: Floats, weights: Floats) -> float | None:
    """The logit that says the same of every row, where all labels are the same."""
    mean = float(np.average(targets, weights=weights))
    return float(logit(np.clip(mean, 1 - _MOST_CERTAIN, _MOST_CERTAIN))) if mean in (0.0, 1.0) else None


@dataclass(frozen=True, slots=True)
class Learner:
    """How slopes and biases are learnt from features, dense or sparse, shape (n_rows, n_features), and the costs tried.

    Attributes
    ----------
    path : from features, targets, weights and costs, a slope and a bias for each cost.
    """

    path: Callable[[Any, Floats, Floats, Sequence[float]], Iterator[Linear]]
    costs: Sequence[float]

    def learn(self, features: Any, targets: Floats, weights: Floats, cost: float) -> Linear:
        """Slope and bias for one cost."""
        return next(self.path(features, targets, weights, (cost,)))


OF_STATES = Learner(directions, COSTS)


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
    losses = sum(_losses(features, targets, weights, folds == fold, by) for fold in np.unique(folds))
    return by.costs[int(np.argmin(losses))]


def _losses(features: Any, targets: Floats, weights: Floats, held_out: Bools, by: Learner) -> Floats:
    """The log loss that each cost leaves on rows held out, shape (n_costs,)."""
    lines = by.path(features[~held_out], targets[~held_out], weights[~held_out], by.costs)
    asked, truth = features[held_out], targets[held_out]
    return np.array([log_loss(truth, expit(asked @ slope + bias), weights[held_out]) for slope, bias in lines])


def log_loss(targets: Floats, probability: Floats, weights: Floats | None = None) -> float:
    """Sum of the weighted log losses; targets may lie between 0 and 1."""
    losses = row_losses(targets, probability)
    return float(losses @ weights if weights is not None else losses.sum())


def row_losses(targets: Floats, probability: Floats) -> Floats:
    """The log loss of each row, shape (n_rows,)."""
    sure = np.clip(probability, 1e-9, 1 - 1e-9)
    return np.asarray(-(targets * np.log(sure) + (1 - targets) * np.log1p(-sure)))
