"""One training of a user's own axes: what it starts from, what it learns from, and what is written of it."""

import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import framing
from framing.axes import Axis, Level
from framing.bundle import Bundle
from framing.evaluation.options import Options
from framing.evaluation.outcome import AxisFigures, Evaluation
from framing.evaluation.run import axis_figures, used
from framing.evaluation.tasks import Task
from framing.labels.row import LabelledRow, LabelledSet, row_hash
from framing.scores import BundleName
from framing.training.bundle_parts import Addition
from framing.training.choices import Choices
from framing.training.definitions import axes_of
from framing.training.frozen import Fit
from framing.training.history import NAME as LOG
from framing.training.history import Progress, silent
from framing.training.label_sets import Sets
from framing.training.plan import Plan
from framing.training.set_card import Learning, Made, documents
from framing.types import Ints

LIBRARIES = ("numpy", "scikit-learn", "scipy", "torch", "transformers", "onnxruntime")


def unwatched(n_rows: int) -> None:
    """Takes note of rows that were read, for nobody."""


def unsaid(words: str) -> None:
    """Says something to nobody."""


@dataclass(frozen=True, slots=True)
class Job:
    """One training.

    Attributes
    ----------
    defined : axis → a definition of the user's own.
    command : what was typed, for manifest and card.
    step : is called with the number of rows each time some are read.
    progress : is told after each step of tuning.
    say : is given a line for the user.
    """

    labelled: LabelledSet
    bundle: Bundle
    choices: Choices
    plan: Plan
    defined: Mapping[str, Axis] = field(default_factory=dict)
    command: str = ""
    step: Callable[[int], None] = unwatched
    progress: Progress = silent
    say: Callable[[str], None] = unsaid

    @property
    def rows(self) -> Sequence[LabelledRow]:
        """The labelled rows."""
        return self.labelled.rows

    @property
    def level(self) -> Level:
        """What the rows are."""
        return Level(self.labelled.level)

    @property
    def name(self) -> str:
        """The name of the new bundle."""
        return self.choices.name or self.choices.out.name

    @property
    def lexicons(self) -> list[str]:
        """The lexicons that markers come from, by name, in the order of all weights."""
        return list(self.bundle.manifest["lexicons"])

    def axes(self) -> dict[str, Axis]:
        """The definitions of the axes that are trained."""
        return axes_of(self.labelled, list(self.plan.trained), self.defined)

    def data(self) -> list[dict[str, Any]]:
        """The data sets that are in the new bundle: those of the one that is started from, and this one."""
        own = {
            "name": self.labelled.name,
            "rows": len(self.rows),
            "licence": self.labelled.licence or "not stated",
            "citation": "the user's own",
            "sha256": self.labelled.sha256,
        }
        before = () if self.choices.base else self.bundle.manifest.get("data", ())
        return [*before, own]


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training.

    Attributes
    ----------
    tasks : what was measured, an axis each.
    seen : the rows that were trained on.
    unread : row → why an article could not be used.
    about : further keys of the manifest.
    log : of the steps of a tuning, a JSON object a line.
    sets : axis → its label sets, where whole articles have labels that can be named.
    """

    fits: Sequence[Fit]
    tasks: Sequence[Task]
    seen: Ints
    unread: Mapping[int, str]
    learning: Learning
    about: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    log: str = ""
    sets: Mapping[str, Sets] = field(default_factory=dict)


def addition(job: Job, trained: Trained) -> tuple[Addition, Evaluation]:
    """What is written of a training, and its figures on what was held out."""
    evaluation = _evaluation(job, trained)
    axes = list(job.axes().values())
    unread = {job.rows[index].where: why for index, why in trained.unread.items()}
    figures = [figure for sets in trained.sets.values() for figure in sets.figures]
    made = Made(job.plan, evaluation, axes, trained.fits, trained.learning, unread, job.data(), job.command, figures)
    rows = frozenset(row_hash(job.rows[index].text) for index in trained.seen)
    about = {**_about(job, evaluation), **trained.about, "label_sets": _kept(trained)}
    heads = [fit.head for fit in trained.fits]
    files = documents(made) | ({LOG: trained.log} if trained.log else {})
    return Addition(job.name, job.choices.version, axes, heads, about, rows, files), evaluation


def _kept(trained: Trained) -> dict[str, Any]:
    return {axis: sets.kept.to_dict() for axis, sets in trained.sets.items()}


def _evaluation(job: Job, trained: Trained) -> Evaluation:
    options = Options(random_state=job.choices.random_state)
    figures = tuple(axis_figures(task, job.labelled, options) for task in trained.tasks)
    notes = (f"held out: {job.plan.held.how}", *trained.notes)
    name = BundleName(job.name, job.choices.version, "")
    return Evaluation(name, used(job.labelled, job.rows), job.choices.random_state, figures, notes=notes)


def _about(job: Job, evaluation: Evaluation) -> dict[str, Any]:
    base = job.bundle.name
    return {
        "licence": job.bundle.manifest.get("licence", "not stated"),
        "base": {"name": base.name, "version": base.version, "sha256": base.sha256},
        "data": job.data(),
        "training": {
            "mode": str(job.plan.mode),
            "held_out": job.plan.held.how,
            "random_state": job.choices.random_state,
            "command": job.command or " ".join(sys.argv),
            "versions": {
                "framing": framing.__version__,
                "python": platform.python_version(),
                **{name: version(name) for name in LIBRARIES},
            },
        },
        "metrics": [metric for axis in evaluation.axes for metric in _metrics(axis)],
    }


def _metrics(axis: AxisFigures) -> list[dict[str, Any]]:
    return [
        {"axis": axis.axis, "system": system, "metric": metric, **estimate.to_dict()}
        for system, metrics in axis.figures.items()
        for metric, estimate in metrics.items()
    ]
