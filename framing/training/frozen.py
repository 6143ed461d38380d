"""Heads on a frozen encoder: one linear head an axis, its calibration and what each family of features is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from scipy.special import expit

from framing.article_head import STANCE_FEATURES, ArticleHead, Cues
from framing.axes import Axis, Level
from framing.head_arrays import Head
from framing.heads import SentenceHead
from framing.training.heads import FREE, Calibration, cross_fitted, fit
from framing.training.linear import best_cost, direction, log_loss, out_of_fold, row_losses
from framing.training.states import Features
from framing.types import Bools, Floats, Ints

STATES, CUES, MARKERS, STANCE = "encoder states", "cues", "markers", "stance"
_Z = 1.645


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one axis, over rows that all have one.

    Attributes
    ----------
    targets : in [0, 1], shape (n_rows,).
    weights : of the rows, shape (n_rows,).
    groups : what must not be split, shape (n_rows,).
    folds : of each row, shape (n_rows,); a group sits in one.
    """

    targets: Floats
    weights: Floats
    groups: Sequence[str]
    folds: Ints
    random_state: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted head, and what heads fitted without a row say of it.

    Attributes
    ----------
    values : probabilities of each row, out of fold, shape (n_rows,).
    raw : the same before calibration.
    families : the families of features that are in the head.
    losses : mean log loss out of fold of each combination of families that was tried.
    tried : the probabilities of each row, out of fold, by each combination.
    """

    head: Head
    values: Floats
    raw: Floats
    families: tuple[str, ...]
    losses: dict[str, float]
    tried: dict[str, Floats]


def fitted(features: Features, labels: Labels, axis: Axis, sources: "Sources") -> Fit:
    """The head of an axis; cues, markers and stance are in it where they make it better out of fold."""
    states, random_state = features.states, labels.random_state
    logits = out_of_fold(states, labels.targets, labels.weights, labels.groups, labels.folds, random_state)
    cost = best_cost(states, labels.targets, labels.weights, labels.groups, random_state)
    line = Line(*direction(states, labels.targets, labels.weights, cost), states.mean(axis=0))
    return calibrated(features, labels, axis, sources, line, logits)


@dataclass(frozen=True, slots=True)
class Line:
    """Logits of an axis before calibration: ``states @ slope + bias``; `mean` is the mean state of its rows."""

    slope: Floats
    bias: float
    mean: Floats


@dataclass(frozen=True, slots=True)
class Sources:
    """What features other than states come from.

    Attributes
    ----------
    lexicons : their names.
    signs : the only direction in which each lexicon may push the axis, 0 for none; shape (n_lexicons,).
    cues : those of the bundle, None where it has none.
    """

    lexicons: Sequence[str]
    signs: Ints
    cues: Cues | None = None


def calibrated(features: Features, labels: Labels, axis: Axis, sources: Sources, line: Line, logits: Floats) -> Fit:
    """The head of a line, calibrated with the families of features that make it better out of fold.

    Parameters
    ----------
    logits : of rows by lines that have not seen them, shape (n_rows,).
    """
    features, scales = _standardised(features)
    signs = sources.signs
    families = {" + ".join(names): names for names in _combinations(features, signs)}
    tried = {name: _cross(features, labels, logits, signs, names) for name, names in families.items()}
    losses = {
        name: log_loss(labels.targets, values, labels.weights) / float(labels.weights.sum())
        for name, values in tried.items()
    }
    best = min((name for name in tried if _is_worth_it(name, families, tried, labels)), key=losses.__getitem__)
    calibration = fit(labels.targets, logits, *_extras(features, signs, families[best]), labels.weights)
    head = _head(axis, line, calibration, sources, scales)
    return Fit(head, tried[best], expit(logits), families[best], losses, tried)


def _is_worth_it(name: str, families: Mapping[str, Sequence[str]], tried: Mapping[str, Floats], labels: Labels) -> bool:
    """Whether a combination saves log loss, by more than chance would, over each that has fewer of its families."""
    smaller = [other for other, names in families.items() if set(names) < set(families[name])]
    return all(_saves(tried[name], tried[other], labels) for other in smaller)


def _saves(values: Floats, others: Floats, labels: Labels) -> bool:
    """Whether the 90 % interval of what `values` save over `others`, groups taken as units, lies above 0."""
    saved = labels.weights * (row_losses(labels.targets, others) - row_losses(labels.targets, values))
    _, codes = np.unique([str(group) for group in labels.groups], return_inverse=True)
    by_group = np.bincount(codes, weights=saved)
    return bool(by_group.sum() > _Z * np.sqrt((by_group**2).sum()))


def _combinations(features: Features, signs: Ints) -> list[tuple[str, ...]]:
    """The states alone, and with each choice of the other families that could say something."""
    could = {MARKERS: features.hits[:, signs != 0].any(), STANCE: features.stance.any(), CUES: features.cues.any()}
    others = [name for name in (CUES, MARKERS, STANCE) if could[name]]
    return [(STATES, *chosen) for n in range(len(others) + 1) for chosen in combinations(others, n)]


def _standardised(features: Features) -> tuple[Features, tuple[Floats, Floats]]:
    """The features with cues of mean 0 and standard deviation 1, and the means and deviations they had."""
    mean, deviation = features.cues.mean(axis=0), features.cues.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    return replace(features, cues=(features.cues - mean) / deviation), (mean, deviation)


def _cross(features: Features, labels: Labels, logits: Floats, signs: Ints, families: Sequence[str]) -> Floats:
    extras, directions = _extras(features, signs, families)
    return cross_fitted(labels.targets, logits, extras, directions, labels.folds, labels.weights)


def _extras(features: Features, signs: Ints, families: Sequence[str]) -> tuple[Floats, Ints]:
    """Markers, stance and cues, and the directions in which they may push: none for a family that is left out."""
    pushes = signs if MARKERS in families else np.zeros_like(signs)
    stance = np.full(len(STANCE_FEATURES), FREE if STANCE in families else 0)
    cues = np.full(features.cues.shape[1], FREE if CUES in families else 0)
    return np.column_stack([features.hits, features.stance, features.cues]), np.concatenate([pushes, stance, cues])


def _head(axis: Axis, line: Line, calibration: Calibration, sources: Sources, scales: tuple[Floats, Floats]) -> Head:
    """The head of an axis; weights of the calibration are of the lexicons, then of stance features, then of cues."""
    n_lexicons = len(sources.lexicons)
    of_lexicons, stance, of_cues = np.split(calibration.weights, [n_lexicons, n_lexicons + len(STANCE_FEATURES)])
    weights = dict(zip(sources.lexicons, map(float, of_lexicons), strict=True))
    signs = {name: int(sign) for name, sign in zip(sources.lexicons, sources.signs, strict=True) if sign}
    scale, offset = calibration.scale, calibration.offset
    if axis.level is Level.SENTENCE:
        numbers = (line.bias, scale, offset)
        return SentenceHead(axis.name, line.slope.astype(np.float32), *numbers, weights, signs, axis.range)
    along = (scale * line.slope).astype(np.float32)
    mean, deviation = scales
    of_cues = of_cues / deviation
    usual = float(line.mean @ along)
    intercept = scale * line.bias + offset + usual
    centre = usual + float(mean @ of_cues)
    return ArticleHead(
        axis.name, along, centre, intercept, weights, signs, stance, axis.range, cues=sources.cues, of_cues=of_cues
    )


def said_by(head: Head, features: Features) -> Floats:
    """The probabilities of all rows by a head, shape (n_rows,)."""
    return head.many(features.states, features.hits, features.stance, features.cues)


def chosen(features: Features, rows: Bools | Ints) -> Features:
    """The features of some rows."""
    return Features(features.states[rows], features.hits[rows], features.stance[rows], features.cues[rows], {})
