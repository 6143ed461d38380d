"""A bundle against another on the same rows: paired bootstrap over articles, McNemar's test, and a verdict an axis.

A difference is this bundle's figure less the other's, its interval that of a bootstrap in which both are measured on
each resample. The verdict goes by one measure an axis. "Worse" needs both: the whole interval on the bad side of 0, and
the difference itself beyond the tolerance (docs/evaluate.md says why).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.evaluation.measures import MAE, Measure, class_of
from framing.evaluation.options import Options
from framing.evaluation.outcome import BETTER, NO_DIFFERENCE, SLIGHTLY_WORSE, UNPROVEN, WORSE, Against, Verdict
from framing.evaluation.predictions import Step, unwatched
from framing.evaluation.tasks import Task, shared_axes, tasks
from framing.labels.row import LabelledRow, LabelledSet, ScaleKind
from framing.metrics import Estimate, resamples
from framing.scorer import Scorer
from framing.types import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Pair:
    """What two bundles say of the same rows of one axis."""

    task: Task
    truth: Floats
    new: Floats
    old: Floats
    groups: Sequence[str]

    @classmethod
    def of(cls, new: Task, old: Task) -> "Pair":
        """The rows that both bundles score."""
        _, in_new, in_old = np.intersect1d(new.keys, old.keys, return_indices=True)
        groups = [new.groups[index] for index in in_new.tolist()]
        return cls(new, new.truth[in_new], new.values[in_new], old.values[in_old], groups)


def against(
    found: Sequence[Task],
    other: Scorer,
    rows: Sequence[LabelledRow],
    labelled: LabelledSet,
    options: Options,
    step: Step = unwatched,
) -> Against:
    """The verdict on every axis that both bundles have."""
    axes = shared_axes(other, labelled, rows, ())
    names = [task.scale.axis for task in found]
    common = [axis for axis in names if axis in axes]
    old = {task.scale.axis: task for task in tasks(other, rows, labelled, common, step)}
    pairs = [Pair.of(task, old[task.scale.axis]) for task in found if task.scale.axis in old]
    return Against(
        other.bundle.name,
        options.tolerance,
        options.strict,
        tuple(verdict(pair, options) for pair in pairs if len(pair.truth)),
        tuple(axis for axis in axes if axis not in names and not options.axes),
        tuple(pair.task.scale.axis for pair in pairs if not len(pair.truth)),
    )


def verdict(pair: Pair, options: Options) -> Verdict:
    """Whether the new bundle is better or worse on one axis, or nothing is shown."""
    measure = pair.task.judged_by
    differences = {one.name: difference(pair, one, options) for one in pair.task.measures if one.rows(pair.truth).any()}
    words = judged(differences[measure.name], measure, options)
    new, old = (_right(pair, values) for values in (pair.new, pair.old))
    only_new, only_old = int((new & ~old).sum()), int((old & ~new).sum())
    return Verdict(
        axis=pair.task.scale.axis,
        judged_by=measure.name,
        n=len(pair.truth),
        new=_figures(pair, pair.new, options),
        old=_figures(pair, pair.old, options),
        differences=differences,
        only_new=only_new,
        only_old=only_old,
        p=None if measure.name == MAE else mcnemar(only_new, only_old),
        words=words,
        failed=words in (WORSE, UNPROVEN),
    )


def difference(pair: Pair, measure: Measure, options: Options) -> Estimate:
    """The new bundle's figure less the old one's, with the percentile interval of the paired bootstrap."""
    kept = np.flatnonzero(measure.rows(pair.truth))

    def less(rows: Ints) -> float:
        new, old = (measure.metric(pair.truth[rows], values[rows]) for values in (pair.new, pair.old))
        return new - old

    drawn = resamples([pair.groups[index] for index in kept.tolist()], options.random_state, options.n_draws)
    low, high = np.quantile([less(kept[rows]) for rows in drawn], (0.05, 0.95))
    return Estimate(less(kept), float(low), float(high), len(kept), options.random_state)


def judged(found: Estimate, measure: Measure, options: Options) -> str:
    """The verdict on a difference."""
    gains = (
        (found.low, found.value, found.high) if measure.higher_is_better else (-found.high, -found.value, -found.low)
    )
    low, gain, high = gains
    if high < 0:
        return WORSE if gain < -options.tolerance else SLIGHTLY_WORSE
    if options.strict and low < -options.tolerance:
        return UNPROVEN
    return BETTER if low > 0 else NO_DIFFERENCE


def mcnemar(only_new: int, only_old: int) -> float:
    """The exact two-sided p of as uneven a split of the rows that only one bundle calls rightly (McNemar 1947)."""
    from scipy.stats import binomtest

    n = only_new + only_old
    return float(binomtest(only_new, n).pvalue) if n else 1.0


def _figures(pair: Pair, values: Floats, options: Options) -> dict[str, Estimate]:
    drawn = (options.random_state, options.n_draws)
    found = [one for one in pair.task.measures if one.rows(pair.truth).any()]
    return {one.name: one.estimate(pair.truth, values, pair.groups, *drawn) for one in found}


def _right(pair: Pair, values: Floats) -> Bools:
    """Which rows are called rightly; of those labelled in the middle of two sides, none is."""
    if pair.task.scale.kind is ScaleKind.CLASSES:
        n = len(pair.task.scale.classes)
        return np.asarray(class_of(pair.truth, n) == class_of(values, n))
    return np.asarray(((pair.truth >= 0.5) == (values >= 0.5)) & (pair.truth != 0.5))
