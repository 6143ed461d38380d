"""What is measured: on each axis, the labels of the rows and what a bundle says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from framing.axes import Level
from framing.errors import UsageError
from framing.evaluation import baselines
from framing.evaluation.folds import grouped_folds
from framing.evaluation.measures import MACRO_F1, Measure, class_of, judged_by, measures, nearest_class
from framing.evaluation.outcome import BUNDLE, RAW, Unscored
from framing.evaluation.predictions import Step, judge, predict, unwatched
from framing.labels.row import LabelledRow, LabelledSet, Scale, ScaleKind
from framing.scorer import Scorer
from framing.types import Floats, Ints

STANCE, MENTION = "stance", "mention"
STANCES = Scale(STANCE, ScaleKind.CLASSES, ("against", "neutral", "for"))
N_FOLDS = 5


@dataclass(frozen=True)
class Task:
    """The rows of one axis that are labelled and scored; of stance, a row a mention.

    Attributes
    ----------
    truth, values : labels and what the bundle says, in [0, 1], shape (n_rows,).
    raw : the same before calibration, where the bundle has it.
    keys : by which rows are found again in another bundle's task, shape (n_rows,).
    level : what the bundle reads the axis of.
    """

    scale: Scale
    level: str
    rows: Sequence[LabelledRow]
    keys: Ints
    truth: Floats
    values: Floats
    unscored: tuple[Unscored, ...] = ()
    raw: Floats | None = None

    @cached_property
    def groups(self) -> list[str]:
        """What must be drawn together: the article of each row."""
        return [group_of(row) for row in self.rows]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What is measured."""
        return nearest_class(len(STANCES.classes)) if self.scale is STANCES else measures(self.scale)

    @cached_property
    def judged_by(self) -> Measure:
        """What breakdowns show and bundles are compared by."""
        name = MACRO_F1 if self.scale is STANCES else judged_by(self.scale, self.truth)
        return next(one for one in self.measures if one.name == name)

    @cached_property
    def systems(self) -> Mapping[str, Floats]:
        """What each system says of the rows; baselines are cross-fitted in folds grouped by article."""
        kind, outlets = self.scale.kind, [row.outlet for row in self.rows]
        found = {BUNDLE: self.values} | ({} if self.raw is None else {RAW: self.raw})
        found[baselines.MAJORITY] = baselines.majority(self.truth, kind)
        n_folds = min(N_FOLDS, len(set(self.groups)))
        if n_folds < 2:
            return found
        folds = grouped_folds(self.groups, n_folds, 0)
        if len(set(outlets)) > 1:
            found[baselines.OUTLET] = baselines.outlet_only(outlets, self.truth, folds)
        found[baselines.TFIDF] = baselines.tfidf([row.text for row in self.rows], self.truth, folds, kind)
        return found


def tasks(
    scorer: Scorer,
    rows: Sequence[LabelledRow],
    labelled: LabelledSet,
    axes: Sequence[str],
    step: Step = unwatched,
) -> list[Task]:
    """What the scorer's bundle says on `axes`, and of labelled mentions if `STANCE` is among them."""
    read = [axis for axis in axes if axis != STANCE]
    found = [_stances(scorer, rows, labelled.level)] if STANCE in axes else []
    if not read:
        return found
    predicted = predict(scorer, rows, labelled.level, read, step)
    for axis in reversed(read):
        having = np.array([at for at, row in enumerate(rows) if axis in row.labels])
        scored = having[~np.isnan(predicted.values[axis][having])]
        found.insert(
            0,
            Task(
                labelled.scales[axis],
                level_of(scorer, axis),
                [rows[at] for at in scored],
                scored,
                np.array([rows[at].labels[axis] for at in scored]),
                predicted.values[axis][scored],
                tuple(predicted.unscored(axis, rows, having.tolist())),
                predicted.raw[axis][scored] if axis in predicted.raw else None,
            ),
        )
    return found


def _stances(scorer: Scorer, rows: Sequence[LabelledRow], level: Level) -> Task:
    judged = judge(scorer, rows, level)
    known = [(key, one, one.judgement) for key, one in enumerate(judged) if one.judgement]
    truth = np.array([one.stance for _, one, _ in known])
    called = np.array([np.argmax((said.negative, said.neutral, said.positive)) for _, _, said in known])
    return Task(
        STANCES,
        MENTION,
        [rows[one.row] for _, one, _ in known],
        np.array([key for key, _, _ in known]),
        class_of((truth + 1) / 2, len(STANCES.classes)) / 2,
        called / 2,
        tuple(Unscored(rows[one.row].where, rows[one.row].id, one.why) for one in judged if not one.judgement),
    )


def level_of(scorer: Scorer, axis: str) -> str:
    """What the bundle reads an axis of: a sentence or an article."""
    return str(scorer.bundle.axes[axis].level)


def shared_axes(scorer: Scorer, labelled: LabelledSet, rows: Sequence[LabelledRow], only: Sequence[str]) -> list[str]:
    """The axes that the set labels and the bundle has; `STANCE` last, where mentions are labelled.

    Raises
    ------
    UsageError
        There is none, or one of `only` is not among them.
    """
    named = {axis for row in rows for axis in row.labels}
    found = [axis for axis in labelled.scales if axis in scorer.bundle.heads and axis in named]
    if any(row.targets for row in rows) and scorer.bundle.target is not None:
        found.append(STANCE)
    wrong = [axis for axis in only if axis not in found]
    if wrong or not found:
        which = f"no label {wrong[0]!r} that the bundle has" if wrong else "nothing labelled that the bundle has"
        raise UsageError(
            f"{labelled.name}: {which}; the set has {_listed(labelled.scales)}, "
            f"the bundle {_listed(scorer.bundle.heads)}"
        )
    return [axis for axis in found if axis in only] if only else found


def group_of(row: LabelledRow) -> str:
    """What must not be split: the row's article, else the row."""
    return row.group or row.id


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(names) or "none"
