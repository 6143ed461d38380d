"""Calibration of a sentence head on out-of-fold logits, with marker weights held to their sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from framing.features.markers import MarkerFinder, one_sentence
from framing.heads import MAX_HITS
from framing.seeds import Lexicon
from framing.training.rows import Row
from framing.types import Floats, Ints

RIDGE = 1.0
# The direction of a feature that may push an axis either way.
FREE = 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """``p = sigmoid(scale * logit + offset + hits @ weights)``; weights, shape (n_lexicons,), are 0 where unsigned."""

    scale: float
    offset: float
    weights: Floats

    def probability(self, logits: Floats, hits: Floats) -> Floats:
        """Calibrated probabilities, shape (n_rows,)."""
        return np.asarray(expit(self.scale * logits + self.offset + hits @ self.weights))


def hit_counts(rows: Sequence[Row], lexicons: Sequence[Lexicon]) -> Floats:
    """Hits of each lexicon in each row, at most three, float64, shape (n_rows, n_lexicons)."""
    finder = MarkerFinder(lexicons)
    column = {lexicon.name: index for index, lexicon in enumerate(lexicons)}
    counts = np.zeros((len(rows), len(lexicons)))
    for index, row in enumerate(rows):
        for marker in finder.find(one_sentence(row.text)):
            counts[index, column[marker.lexicon]] += not marker.negated
    return np.minimum(counts, MAX_HITS)


def signs(axis: str, lexicons: Sequence[Lexicon]) -> Ints:
    """1, -1 or 0 for each lexicon: the only direction in which its hits may push the axis."""
    return np.array([lexicon.signs.get(axis, 0) for lexicon in lexicons])


def fit(
    targets: Floats, logits: Floats, hits: Floats, directions: Ints, row_weights: Floats | None = None
) -> Calibration:
    """The calibration of least log loss, with a ridge on the weights of standard size 1.

    Parameters
    ----------
    targets : in [0, 1], shape (n_rows,); a mixed label is 0.5.
    directions : what `signs` gives, or `FREE`; a lexicon of direction 0 has weight 0.
    row_weights : shape (n_rows,); all 1 when left out.
    """
    design = np.column_stack([logits, np.ones(len(logits)), hits])
    bounds = [(0.0, None), (None, None), *(_BOUNDS[int(direction)] for direction in directions)]
    penalty = np.array([0.0, 0.0, *np.full(hits.shape[1], RIDGE)])
    start = np.zeros(design.shape[1])
    start[0] = 1.0
    counted = np.ones(len(targets)) if row_weights is None else row_weights
    found = minimize(_loss, start, (design, targets, penalty, counted), jac=True, method="L-BFGS-B", bounds=bounds)
    return Calibration(float(found.x[0]), float(found.x[1]), found.x[2:])


def cross_fitted(
    targets: Floats,
    logits: Floats,
    hits: Floats,
    directions: Ints,
    folds: Ints,
    row_weights: Floats | None = None,
) -> Floats:
    """Probabilities of each row by a calibration that has not seen its fold, shape (n_rows,)."""
    out = np.zeros(len(targets))
    for fold in np.unique(folds):
        held_out = folds == fold
        seen = None if row_weights is None else row_weights[~held_out]
        fitted = fit(targets[~held_out], logits[~held_out], hits[~held_out], directions, seen)
        out[held_out] = fitted.probability(logits[held_out], hits[held_out])
    return out


_BOUNDS: Mapping[int, tuple[float | None, float | None]] = {
    1: (0.0, None),
    -1: (None, 0.0),
    0: (0.0, 0.0),
    FREE: (None, None),
}


def _loss(
    parameters: Floats, design: Floats, targets: Floats, penalty: Floats, counted: Floats
) -> tuple[float, Floats]:
    logits = design @ parameters
    losses = np.logaddexp(0.0, logits) - targets * logits
    loss = np.sum(counted * losses) + 0.5 * float(penalty @ parameters**2)
    gradient = design.T @ (counted * (expit(logits) - targets)) + penalty * parameters
    return float(loss), np.asarray(gradient)
