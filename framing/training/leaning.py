"""The axis from left to right: its three classes, and how it does against labels of outlets it has never met."""

from collections.abc import Iterator

import numpy as np

from framing.evaluation.measures import f1_by_class
from framing.training.frozen import Labels
from framing.training.linear import out_of_fold
from framing.types import Floats, Ints

SIDES = ("left", "center", "right")
F1 = "macro_f1_of_three"
OF_OUTLETS = "labels of outlets"
# A reader's "somewhat" is a side; what two readers place between it and the middle goes to the nearer.
_MIDDLE = (0.4, 0.6)
_N_CUTS = 40


def sides(targets: Floats) -> Floats:
    """Each target's side: 0 left, 0.5 center, 1 right, shape (n_rows,)."""
    return np.asarray(_cut(targets, *_MIDDLE) / 2)


def macro_f1(truth: Floats, called: Floats) -> float:
    """The mean of the F1 of three sides, 0, 0.5 and 1."""
    return float(np.mean(f1_by_class(truth * 2, called * 2, len(SIDES))))


def against_outlets(values: Floats, states: Floats, outlets: Floats, labels: Labels) -> Iterator[tuple[str, Floats]]:
    """What the head, and one that was fitted on outlets' labels, say of rows of other outlets."""
    learnt = out_of_fold(states, outlets, np.ones(len(outlets)), labels.groups, labels.folds, labels.random_state)
    yield "bundle", values
    yield "same encoder, trained on outlets' labels", learnt


def cut_out_of_fold(values: Floats, truth: Floats, folds: Ints) -> Floats:
    """Sides by the two cuts that give the other folds the best macro-F1, shape (n_rows,)."""
    called = np.zeros(len(values))
    for fold in np.unique(folds):
        held_out = folds == fold
        called[held_out] = _cut(values[held_out], *_best_cuts(values[~held_out], truth[~held_out])) / 2
    return called


def _best_cuts(values: Floats, truth: Floats) -> tuple[float, float]:
    tried = np.unique(np.quantile(values, np.linspace(0.02, 0.98, _N_CUTS)))
    pairs = [(low, high) for at, low in enumerate(tried) for high in tried[at:]]
    return max(pairs, key=lambda pair: macro_f1(truth, _cut(values, *pair) / 2))


def _cut(values: Floats, low: float, high: float) -> Floats:
    return (values > low).astype(float) + (values > high)
