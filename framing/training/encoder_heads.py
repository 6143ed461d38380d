"""The heads of a tuned encoder: calibrated on the development rows, measured on the rows kept for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from framing.axes import Axis
from framing.evaluation.folds import grouped_folds
from framing.evaluation.measures import judged_by, measures
from framing.evaluation.tasks import Task
from framing.training.finetune import Tuned, logits
from framing.training.frozen import Fit, Line, Sources, calibrated, chosen, said_by
from framing.training.heads import signs
from framing.training.heads_mode import labels_of, task_of
from framing.training.holding_out import N_FOLDS
from framing.training.job import Job
from framing.training.rows import Row
from framing.training.states import Features
from framing.types import Floats, Ints


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of the set, by their places in it, with the features of each."""

    rows: Ints
    features: Features

    def of(self, job: Job, axis: Axis) -> "Part":
        """Those that are labelled on an axis and could be read."""
        labelled = np.array([axis.name in job.rows[index].labels for index in self.rows.tolist()])
        kept = np.flatnonzero(self.features.read & labelled)
        return Part(self.rows[kept], chosen(self.features, kept))


def fitted(job: Job, tuned: Tuned, axis: Axis, dev: Part, test: Part) -> tuple[Fit, Task]:
    """The head of an axis, and what it says of the test rows."""
    slope, bias = _line(tuned, axis.name)
    dev, test = dev.of(job, axis), test.of(job, axis)
    labels = labels_of(job, axis, dev.rows)
    labels = replace(labels, folds=grouped_folds(labels.groups, min(N_FOLDS, len(set(labels.groups))), 0))
    sources = Sources(job.lexicons, signs(axis.name, job.bundle.lexicons))
    states = dev.features.states
    line = Line(slope, bias, states.mean(axis=0))
    fit = calibrated(dev.features, labels, axis, sources, line, states @ slope + bias)
    found = test.features
    values = said_by(fit.head, found)
    return fit, task_of(job, axis, test.rows, values, expit(found.states @ slope + bias))


def _line(tuned: Tuned, axis: str) -> tuple[Floats, float]:
    row, head = tuned.recipe.heads.index(axis), tuned.model.head
    return head.weight.detach().numpy()[row].astype(np.float64), float(head.bias.detach().numpy()[row])


def figure(job: Job, tuned: Tuned, dev: Sequence[Row]) -> float:
    """What stops a training: the mean over the axes of macro-F1, or of 1 less the error where labels are numbers."""
    said = expit(logits(tuned, dev))
    return float(np.mean([_of_axis(job, axis, said[:, at], dev) for at, axis in enumerate(tuned.recipe.axes)]))


def _of_axis(job: Job, axis: str, values: Floats, dev: Sequence[Row]) -> float:
    labels = np.array([row.labels.get(axis, np.nan) for row in dev])
    labelled = ~np.isnan(labels)
    truth, said = labels[labelled], values[labelled]
    scale = job.labelled.scales[axis]
    measure = next(one for one in measures(scale) if one.name == judged_by(scale, truth))
    kept = measure.rows(truth)
    found = measure.metric(truth[kept], said[kept]) if kept.any() else 0.0
    return found if measure.higher_is_better else 1.0 - found


def agreement(tuned: Tuned, rows: Sequence[Row], dev: Part) -> dict[str, dict[str, float]]:
    """Differences of a row's probability, before calibration, between the encoder that ships and full precision."""
    axes = tuned.recipe.axes
    lines = [_line(tuned, axis) for axis in axes]
    states = dev.features.states[dev.features.read]
    shipped = expit(np.column_stack([states @ slope + bias for slope, bias in lines]))
    gaps = np.abs(shipped - expit(logits(tuned, rows)))
    return {
        axis: {"mean": float(gaps[:, at].mean()), "largest": float(gaps[:, at].max())} for at, axis in enumerate(axes)
    }
