"""A bundle and a labelled set become figures, axis by axis, beside baselines on the same rows."""

from collections.abc import Iterator, Sequence

import numpy as np

from framing.evaluation.against import against
from framing.evaluation.measures import ECE, class_of, curve
from framing.evaluation.options import Options
from framing.evaluation.outcome import AxisFigures, Confusion, DataUsed, Evaluation, Figures
from framing.evaluation.parts import breakdowns
from framing.evaluation.predictions import Step, unwatched
from framing.evaluation.seen import trained_on, unseen
from framing.evaluation.tasks import MENTION, STANCE, Task, group_of, shared_axes, tasks
from framing.extras import MEASURE, need
from framing.labels.row import LabelledRow, LabelledSet, ScaleKind
from framing.metrics import Estimate
from framing.scorer import Scorer
from framing.types import Floats

SIDES = ("lower half", "upper half")


def evaluate(
    scorer: Scorer,
    labelled: LabelledSet,
    options: Options | None = None,
    other: Scorer | None = None,
    step: Step = unwatched,
) -> Evaluation:
    """The figures of a bundle on every axis that the set labels; against another bundle, if one is given.

    `step` is told of so many more rows read by a bundle.
    """
    options = options or Options()
    need("evaluate", "train", MEASURE)
    bundles = [one.bundle for one in (scorer, other) if one]
    rows = list(labelled.rows) if options.allow_seen else unseen(labelled.rows, bundles, labelled.name)
    axes = shared_axes(scorer, labelled, rows, options.axes)
    found = tasks(scorer, rows, labelled, axes, step)
    figures = tuple(axis_figures(task, labelled, options) for task in found)
    compared = against(found, other, rows, labelled, options, step) if other else None
    notes = tuple(_notes(scorer, labelled, rows, axes))
    return Evaluation(scorer.bundle.name, used(labelled, rows), options.random_state, figures, compared, notes)


def used(labelled: LabelledSet, rows: Sequence[LabelledRow]) -> DataUsed:
    """What the figures of `rows` rest on."""
    return DataUsed(
        name=labelled.name,
        sha256=labelled.sha256,
        licence=labelled.licence,
        level=str(labelled.level),
        n_rows=len(rows),
        n_groups=len(set(map(group_of, rows))),
        n_problems=len(labelled.problems),
        n_seen=len(labelled.rows) - len(rows),
    )


def axis_figures(task: Task, labelled: LabelledSet, options: Options) -> AxisFigures:
    """Everything that is measured of one axis."""
    scored = len(task.rows) > 0
    calibrated = scored and any(measure.name == ECE for measure in task.measures)
    return AxisFigures(
        axis=task.scale.axis,
        labels=str(task.scale.kind),
        level=task.level,
        n_labelled=len(task.rows) + len(task.unscored),
        n_scored=len(task.rows),
        unscored=task.unscored,
        judged_by=task.judged_by.name,
        figures=_figures(task, options) if scored else {},
        breakdowns=tuple(breakdowns(task, labelled.level, options)) if scored else (),
        curve=tuple(curve(task.truth, task.values)) if calibrated else (),
        confusion=_confusion(task) if scored else None,
        notes=tuple(_axis_notes(task, labelled)),
    )


def _figures(task: Task, options: Options) -> Figures:
    return {system: dict(_of_system(task, values, options)) for system, values in task.systems.items()}


def _of_system(task: Task, values: Floats, options: Options) -> Iterator[tuple[str, Estimate]]:
    known = np.flatnonzero(~np.isnan(values))
    groups = [task.groups[index] for index in known.tolist()]
    truth, said = task.truth[known], values[known]
    for measure in task.measures:
        if measure.rows(truth).any():
            yield measure.name, measure.estimate(truth, said, groups, options.random_state, options.n_draws)


def _confusion(task: Task) -> Confusion:
    """Counts by class; of numbers, by half of the range, those in the middle left out."""
    kept = task.judged_by.rows(task.truth)
    names = task.scale.names or SIDES
    truth, called = (class_of(part[kept], len(names)).astype(int) for part in (task.truth, task.values))
    counts = np.zeros((len(names), len(names)), dtype=int)
    np.add.at(counts, (truth, called), 1)
    return Confusion(tuple(names), tuple(tuple(map(int, row)) for row in counts))


def _axis_notes(task: Task, labelled: LabelledSet) -> Iterator[str]:
    level, axis = str(labelled.level), task.scale.axis
    if task.level not in (level, MENTION):
        yield (
            f"the bundle reads {axis} of {_articles(task.level)}, and the rows are {_articles(level)}: "
            "it was not trained to judge such"
        )
    n_middle = int((task.truth == 0.5).sum())
    if n_middle and task.scale.kind is not ScaleKind.CLASSES:
        yield f"{n_middle} rows labelled in the middle are left out of macro-F1, accuracy and AUC"
    if len(np.unique(task.truth)) == 1:
        yield "all labels are alike: neither macro-F1 nor AUC says anything here"


def _articles(level: str) -> str:
    return "articles" if level == "article" else "sentences"


def _notes(scorer: Scorer, labelled: LabelledSet, rows: Sequence[LabelledRow], axes: Sequence[str]) -> Iterator[str]:
    absent = [axis for axis in labelled.scales if axis not in scorer.bundle.heads]
    if absent:
        yield f"labelled, but no axis of the bundle: {', '.join(absent)}"
    if not any(row.group for row in rows):
        yield "no row names its group: each is taken as an article of its own, and intervals may be too narrow"
    if not trained_on(scorer.bundle):
        yield "the bundle keeps no list of the rows it was trained on: whether it has seen these cannot be told"
    if STANCE in axes:
        yield "stance is judged of the mentions as they are marked; finding them is not measured here"
