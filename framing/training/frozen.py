"""Heads on a frozen encoder: one linear head an axis, its calibration and what each family of features is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
from scipy.special import expit

from framing.article_head import SIDED, STANCE_FEATURES, ArticleHead, Cues
from framing.axes import BIPOLAR, Axis, Level
from framing.features.vocabulary import Vocabulary
from framing.head_arrays import Head
from framing.heads import SentenceHead
from framing.training.heads import FREE, Calibration, cross_fitted, fit
from framing.training.linear import OF_STATES, best_cost, log_loss, out_of_fold, row_losses
from framing.training.states import Features
from framing.training.words import OF_WORDS
from framing.types import Bools, Floats, Ints

STATES, WORDS, CUES, MARKERS, STANCE = "encoder states", "words", "cues", "markers", "stance"
WORDS_ALONE = "words, no encoder"
OTHERS = (WORDS, CUES, MARKERS, STANCE)
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
    """The head of an axis; words, cues, markers and stance are in it where they make it better out of fold."""
    states, random_state = features.states, labels.random_state
    logits = out_of_fold(states, labels.targets, labels.weights, labels.groups, labels.folds, random_state)
    cost = best_cost(states, labels.targets, labels.weights, labels.groups, random_state)
    line = Line(*OF_STATES.learn(states, labels.targets, labels.weights, cost), states.mean(axis=0))
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
    vocabulary : what words are weighed, None where they are not.
    """

    lexicons: Sequence[str]
    signs: Ints
    cues: Cues | None = None
    vocabulary: Vocabulary | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What may be added to the logits of the states.

    Attributes
    ----------
    values : shape (n_rows, n_terms).
    directions : in which each may push, as `signs` or `FREE`; shape (n_terms,).
    families : the family of each, shape (n_terms,).
    """

    values: Floats
    directions: Ints
    families: Any

    def of(self, family: str) -> Bools:
        """Which terms are of a family, shape (n_terms,)."""
        return np.asarray(self.families == family)

    def only(self, families: Sequence[str]) -> Ints:
        """The directions with 0 for terms of all other families."""
        return np.where(np.isin(self.families, families), self.directions, 0)

    def could_say_something(self, family: str) -> bool:
        """Whether some term of a family differs from 0 and may push."""
        return bool(self.values[:, self.of(family) & (self.directions != 0)].any())


def calibrated(features: Features, labels: Labels, axis: Axis, sources: Sources, line: Line, logits: Floats) -> Fit:
    """The head of a line, calibrated with the families of features that make it better out of fold.

    Parameters
    ----------
    logits : of rows by lines that have not seen them, shape (n_rows,).
    """
    terms, scales = _terms(features, labels, axis, sources)
    families = {" + ".join(names): names for names in _combinations(terms)}
    tried = {name: _cross(terms, labels, logits, names) for name, names in families.items()}
    losses = {
        name: log_loss(labels.targets, values, labels.weights) / float(labels.weights.sum())
        for name, values in tried.items()
    }
    best = min((name for name in tried if _is_worth_it(name, families, tried, labels)), key=losses.__getitem__)
    calibration = fit(labels.targets, logits, terms.values, terms.only(families[best]), labels.weights)
    of_terms = {family: calibration.weights[terms.of(family)] for family in OTHERS}
    of_terms[CUES] = of_terms[CUES] / scales[1]
    head = _head(axis, line, calibration, sources, of_terms, scales[0])
    if isinstance(head, ArticleHead) and WORDS in families[best]:
        head = _with_words(head, features.words, labels, sources, float(of_terms[WORDS][0]))
    if terms.could_say_something(WORDS):
        tried[WORDS_ALONE] = _cross(terms, labels, np.zeros(len(logits)), (WORDS,))
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


def _combinations(terms: Terms) -> list[tuple[str, ...]]:
    """The states alone, and with each choice of the other families that could say something."""
    others = [family for family in OTHERS if terms.could_say_something(family)]
    return [(STATES, *chosen) for n in range(len(others) + 1) for chosen in combinations(others, n)]


def _terms(features: Features, labels: Labels, axis: Axis, sources: Sources) -> tuple[Terms, tuple[Floats, Floats]]:
    """All terms, cues with mean 0 and standard deviation 1, and the means and deviations that cues had."""
    mean, deviation = features.cues.mean(axis=0), features.cues.std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    parts: dict[str, tuple[Floats, int | Ints]] = {
        WORDS: (_worded(features, labels, sources), 1),
        CUES: ((features.cues - mean) / deviation, FREE),
        MARKERS: (features.hits, sources.signs),
        STANCE: (features.stance, of_stance(axis)),
    }
    directions = [np.broadcast_to(pushes, values.shape[1]) for values, pushes in parts.values()]
    families = np.repeat(list(parts), [values.shape[1] for values, _ in parts.values()])
    values = np.column_stack([values for values, _ in parts.values()])
    return Terms(values, np.concatenate(directions), families), (mean, deviation)


def of_stance(axis: Axis) -> Ints:
    """The directions in which `STANCE_FEATURES` may push, shape (4,).

    Whose side an article takes counts on axes between two opposites alone; elsewhere it could only mirror which side
    the labelled articles happen to criticise.
    """
    sided = FREE if axis.range == BIPOLAR else 0
    return np.array([sided if name == SIDED else FREE for name in STANCE_FEATURES])


def _worded(features: Features, labels: Labels, sources: Sources) -> Floats:
    """What words say of each row by weights that have not seen its fold, shape (n_rows, 1); no column without words."""
    if features.words is None or sources.vocabulary is None:
        return np.zeros((len(labels.targets), 0))
    of_rows = (labels.targets, labels.weights, labels.groups, labels.folds, labels.random_state)
    return out_of_fold(features.words, *of_rows, OF_WORDS)[:, None]


def _cross(terms: Terms, labels: Labels, logits: Floats, families: Sequence[str]) -> Floats:
    directions = terms.only(families)
    return cross_fitted(labels.targets, logits, terms.values, directions, labels.folds, labels.weights)


def _head(
    axis: Axis, line: Line, calibration: Calibration, sources: Sources, of_terms: Mapping[str, Floats], cues: Floats
) -> Head:
    """The head of an axis without its words; `cues` are the mean chances of cues, shape (n_cues,)."""
    weights = dict(zip(sources.lexicons, map(float, of_terms[MARKERS]), strict=True))
    signs = {name: int(sign) for name, sign in zip(sources.lexicons, sources.signs, strict=True) if sign}
    scale, offset = calibration.scale, calibration.offset
    if axis.level is Level.SENTENCE:
        return SentenceHead(
            axis.name, line.slope.astype(np.float32), line.bias, scale, offset, weights, signs, axis.range
        )
    along = (scale * line.slope).astype(np.float32)
    usual = float(line.mean @ along)
    intercept = scale * line.bias + offset + usual
    centre = usual + float(cues @ of_terms[CUES])
    read = (weights, signs, of_terms[STANCE], axis.range, sources.cues, of_terms[CUES])
    return ArticleHead(axis.name, along, centre, intercept, *read)


def _with_words(head: ArticleHead, words: Any, labels: Labels, sources: Sources, scale: float) -> ArticleHead:
    """The head with weights of words that were fitted on all rows, times `scale`."""
    cost = best_cost(words, labels.targets, labels.weights, labels.groups, labels.random_state, OF_WORDS)
    slope, bias = OF_WORDS.learn(words, labels.targets, labels.weights, cost)
    of_words, usual = (scale * slope[:-1]).astype(np.float32), -scale * float(slope[-1])
    intercept = head.intercept + scale * bias
    return replace(head, intercept=intercept, vocabulary=sources.vocabulary, of_words=of_words, usual=usual)


def said_by(head: Head, features: Features) -> Floats:
    """The probabilities of all rows by a head, shape (n_rows,)."""
    worded: Floats | float = 0.0
    if isinstance(head, ArticleHead) and head.vocabulary is not None:
        worded = features.words @ np.append(head.of_words, -head.usual)
    return head.many(features.states, features.hits, features.stance, features.cues, worded)


def chosen(features: Features, rows: Bools | Ints) -> Features:
    """The features of some rows."""
    words = None if features.words is None else features.words[rows]
    return Features(features.states[rows], features.hits[rows], features.stance[rows], features.cues[rows], {}, words)
