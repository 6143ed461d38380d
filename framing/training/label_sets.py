"""Conformal label sets of axes of whole articles: their thresholds, and how often they hold on rows held out."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.evaluation.measures import class_of
from framing.label_sets import LabelSets, members, nearness
from framing.metrics import Estimate, estimate
from framing.training.figures import Figure
from framing.types import Bools, Floats, Ints

LEVEL = 0.9
SYSTEM, HELD_OUT, EVERY = "90 % label sets", "groups, thresholds too", "all"
COVERAGE, SIZE, UNDECIDED = "coverage", "mean size", "undecided"


@dataclass(frozen=True, slots=True)
class Said:
    """What heads that have not seen a row say of it, beside its label.

    Attributes
    ----------
    conformity : of each label with the row, higher where it fits better; shape (n_rows, n_labels).
    truth : the number of the row's label, shape (n_rows,).
    groups : what was not split over the folds, shape (n_rows,).
    folds : shape (n_rows,).
    rules : the rows that thresholds are taken from, shape (n_rows,).
    """

    labels: Sequence[str]
    conformity: Floats
    truth: Ints
    groups: Sequence[Hashable]
    folds: Ints
    rules: Bools

    def taken(self, rows: Bools) -> "Said":
        """The same of some rows."""
        groups = [self.groups[index] for index in np.flatnonzero(rows).tolist()]
        return Said(self.labels, self.conformity[rows], self.truth[rows], groups, self.folds[rows], self.rules[rows])


def said(
    labels: Sequence[str],
    values: Floats,
    targets: Floats,
    groups: Sequence[Hashable],
    folds: Ints,
    rules: Bools | None = None,
) -> Said:
    """What is said by an axis whose labels are spread evenly over [0, 1]; each target counts as the nearest label.

    All rows rule when `rules` is left out, or where none does.
    """
    truth = class_of(targets, len(labels)).astype(np.int64)
    every = np.ones(len(truth), dtype=bool)
    return Said(
        labels,
        nearness(values, len(labels)),
        truth,
        groups,
        folds,
        every if rules is None or not rules.any() else rules,
    )


@dataclass(frozen=True, slots=True)
class Sets:
    """What decides the label sets of an axis, and how these do on rows that were held out."""

    kept: LabelSets
    figures: Sequence[Figure]


def of_axis(axis: str, found: Said, sources: Sequence[str]) -> Sets:
    """The label sets of an axis, measured on all rows, and on those of each source where there are several."""
    sets, of = cross_conformal(found), np.array(sources)
    names = dict.fromkeys(sources)
    parts = {EVERY: np.ones(len(of), dtype=bool)} | ({name: of == name for name in names} if len(names) > 1 else {})
    figures = [
        Figure(axis, name, HELD_OUT, SYSTEM, metric, figure)
        for name, rows in parts.items()
        for metric, figure in measured(found.taken(rows), sets[rows])
    ]
    return Sets(label_sets(found), figures)


def thresholds(found: Said, level: float = LEVEL) -> Floats:
    """The least conformity of each label, which `level` of its ruling rows reach (Vovk 2012); shape (n_labels,).

    Of n rows with a label the threshold is the conformity of number ⌊(1 - level)(n + 1)⌋ from below; of too few, it
    is -∞, and the label is in every set.
    """
    labels = range(len(found.labels))
    return np.array([_threshold(found.conformity[found.rules & (found.truth == one), one], level) for one in labels])


def label_sets(found: Said, level: float = LEVEL) -> LabelSets:
    """The thresholds from all ruling rows, as a bundle has them."""
    # No conformity is below 0, and JSON knows no infinity.
    least = np.maximum(thresholds(found, level), 0.0)
    return LabelSets(level, dict(zip(found.labels, map(float, least), strict=True)))


def cross_conformal(found: Said, level: float = LEVEL) -> Bools:
    """The set of each row by thresholds from the rows of other folds (Vovk 2015); shape (n_rows, n_labels)."""
    out = np.zeros(found.conformity.shape, dtype=bool)
    for fold in np.unique(found.folds):
        held_out = found.folds == fold
        out[held_out] = members(found.conformity[held_out], thresholds(found.taken(~held_out), level))
    return out


def measured(found: Said, sets: Bools) -> Iterator[tuple[str, Estimate]]:
    """How often the sets hold the label, of all rows and of those with each label; their size; how many are undecided.

    A set of two labels or more is undecided. Intervals are over groups.
    """
    is_in = sets[np.arange(len(found.truth)), found.truth].astype(float)
    size = sets.sum(axis=1)
    yield COVERAGE, _mean(found, is_in)
    for number, label in enumerate(found.labels):
        of_label = found.truth == number
        if of_label.any():
            yield f"{COVERAGE} of {label}", _mean(found.taken(of_label), is_in[of_label])
    yield SIZE, _mean(found, size.astype(float))
    yield UNDECIDED, _mean(found, (size > 1).astype(float))


def _threshold(conformity: Floats, level: float) -> float:
    rank = int((1 - level) * (len(conformity) + 1) + 1e-9)
    return float(np.sort(conformity)[rank - 1]) if rank else -np.inf


def _mean(found: Said, of: Floats) -> Estimate:
    return estimate(lambda truth, values: float(values.mean()), of, of, found.groups)
