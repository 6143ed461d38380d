"""Training with the encoder of a bundle as it is: heads alone, in seconds, and all other axes stay."""

import numpy as np

from framing.axes import Axis, Level
from framing.evaluation.outcome import Evaluation
from framing.evaluation.tasks import Task
from framing.scorer import Scorer
from framing.training.bundle_parts import write_beside
from framing.training.frozen import Fit, Labels, Sources, chosen, fitted, said_by
from framing.training.heads import signs
from framing.training.job import Job, Trained, addition
from framing.training.label_sets import EVERY, Sets, of_axis, said
from framing.training.learning_curve import CurvePoint, learning_curve
from framing.training.set_card import by_rows
from framing.training.states import Features, features
from framing.types import Bools, Ints


def train_heads(job: Job) -> Evaluation:
    """Fits a head an axis, writes the bundle, and gives the figures on what was held out."""
    found = features(Scorer(job.bundle), job.rows, job.level, job.choices.work / "features", job.step)
    done = [_axis(job, found, axis) for axis in job.axes().values()]
    curves = {fit.head.axis: curve for fit, _, curve, _ in done}
    seen = job.plan.held.trained[found.read[job.plan.held.trained]]
    fits, tasks = [fit for fit, *_ in done], [task for _, task, *_ in done]
    sets = {fit.head.axis: found_sets for fit, *_, found_sets in done if found_sets is not None}
    added, evaluation = addition(job, Trained(fits, tasks, seen, found.unread, by_rows(curves), sets=sets))
    write_beside(job.bundle, added, job.choices.out, job.choices.force)
    return evaluation


def _axis(job: Job, found: Features, axis: Axis) -> tuple[Fit, Task, list[CurvePoint], Sets | None]:
    held = job.plan.held
    usable = found.read & np.array([axis.name in row.labels for row in job.rows])
    seen = held.trained[usable[held.trained]]
    labels = labels_of(job, axis, seen)
    sources = Sources(job.lexicons, signs(axis.name, job.bundle.lexicons), job.bundle.cues, job.bundle.vocabulary)
    fit = fitted(chosen(found, seen), labels, axis, sources)
    task = _task(job, found, axis, fit, seen, usable)
    curve = learning_curve(found.states[seen], labels, task.judged_by)
    return fit, task, curve, _sets(job, fit, labels, honest(job, seen))


def _sets(job: Job, fit: Fit, labels: Labels, kept: Bools) -> Sets | None:
    """The label sets of an axis of articles, by what was said of the rows in `kept`."""
    names = job.labelled.scales[fit.head.axis].names
    if job.level is not Level.ARTICLE or not names:
        return None
    every = said(names, fit.values, labels.targets, labels.groups, labels.folds).taken(kept)
    return of_axis(fit.head.axis, every, [EVERY] * len(every.truth))


def labels_of(job: Job, axis: Axis, rows: Ints) -> Labels:
    """The labels of an axis that some rows have."""
    chosen_rows = [job.rows[index] for index in rows]
    return Labels(
        np.array([row.labels[axis.name] for row in chosen_rows]),
        np.array([row.weight for row in chosen_rows]),
        [job.plan.held.groups[index] for index in rows],
        job.plan.held.folds[rows],
        job.choices.random_state,
    )


def _task(job: Job, found: Features, axis: Axis, fit: Fit, seen: Ints, usable: Ints) -> Task:
    """What is measured: the rows for testing by the head, or else every row by heads that have not seen it."""
    test = job.plan.held.test[usable[job.plan.held.test]]
    if not len(test):
        kept = honest(job, seen)
        return task_of(job, axis, seen[kept], fit.values[kept], fit.raw[kept])
    test = test[honest(job, test)]
    return task_of(job, axis, test, said_by(fit.head, chosen(found, test)))


def honest(job: Job, rows: Ints) -> Bools:
    """Which of `rows` the encoder that was started from has not seen; all, where it has seen them all."""
    unknown = ~job.plan.known[rows]
    return unknown if unknown.any() else ~unknown


def task_of(job: Job, axis: Axis, measured: Ints, values: np.ndarray, raw: np.ndarray | None = None) -> Task:
    """What a head says of rows it was not fitted on, beside their labels."""
    rows = [job.rows[index] for index in measured]
    truth = np.array([row.labels[axis.name] for row in rows])
    return Task(job.labelled.scales[axis.name], str(axis.level), rows, measured, truth, values, (), raw)
