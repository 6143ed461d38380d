"""What is measured of an axis, by the kind of its labels."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing import metrics
from framing.evaluation.outcome import CurvePoint
from framing.labels.row import Scale, ScaleKind
from framing.metrics import Estimate, Metric
from framing.types import Bools, Floats

# Labels that are numbers but take few values, such as 0, 0.5 and 1, are judged as classes are.
MAX_HARD_VALUES = 3
MIDDLE = 0.5
CURVE_BINS = 10
MACRO_F1, MAE, ECE = "macro_f1", "mae", "ece"


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric of labels and values in [0, 1].

    Attributes
    ----------
    decided : rows labelled exactly in the middle are left out, as they are of neither class.
    higher_is_better : of an error, False.
    """

    name: str
    metric: Metric
    decided: bool = False
    higher_is_better: bool = True

    def rows(self, truth: Floats) -> Bools:
        """The rows that count, shape (n_rows,)."""
        return np.asarray(truth != MIDDLE if self.decided else np.ones(len(truth), dtype=bool))

    def estimate(
        self, truth: Floats, values: Floats, groups: Sequence[Hashable], random_state: int = 0, n_draws: int = 1000
    ) -> Estimate:
        """The figure over the rows that count, with its interval."""
        chosen = np.flatnonzero(self.rows(truth))
        kept = [groups[index] for index in chosen.tolist()]
        if self.metric is metrics.calibration_error:
            return metrics.calibration_estimate(truth[chosen], values[chosen], kept, random_state, n_draws)
        return metrics.estimate(self.metric, truth[chosen], values[chosen], kept, random_state, n_draws)


SIDES = (
    Measure(MACRO_F1, metrics.macro_f1, decided=True),
    Measure("accuracy", metrics.accuracy, decided=True),
    Measure("auc", metrics.auc, decided=True),
)
PROBABILITIES = (
    Measure(ECE, metrics.calibration_error, higher_is_better=False),
    Measure("brier", metrics.brier, higher_is_better=False),
)


def measures(scale: Scale) -> tuple[Measure, ...]:
    """The measures of an axis; errors of numbers are in the units of its range."""
    width = scale.range[1] - scale.range[0]

    def error(truth: Floats, values: Floats) -> float:
        return width * metrics.mean_absolute_error(truth, values)

    numbers = (Measure(MAE, error, higher_is_better=False), Measure("spearman", metrics.spearman))
    if scale.kind is ScaleKind.YES_NO:
        return (*SIDES, *PROBABILITIES)
    if scale.kind is ScaleKind.CLASSES:
        return (*nearest_class(len(scale.classes)), *numbers)
    return (*SIDES, *PROBABILITIES, *numbers)


def nearest_class(n_classes: int) -> tuple[Measure, Measure]:
    """Macro-F1 and accuracy of the class nearest to the value."""

    def f1(truth: Floats, values: Floats) -> float:
        return float(np.mean(f1_by_class(class_of(truth, n_classes), class_of(values, n_classes), n_classes)))

    def right(truth: Floats, values: Floats) -> float:
        return float(np.mean(class_of(truth, n_classes) == class_of(values, n_classes)))

    return Measure(MACRO_F1, f1), Measure("accuracy", right)


def class_of(values: Floats, n_classes: int) -> Floats:
    """The number of the class nearest to each value in [0, 1]; halfway belongs to the higher class."""
    return np.asarray(np.minimum(n_classes - 1, np.floor(values * (n_classes - 1) + 0.5)))


def f1_by_class(truth: Floats, called: Floats, n_classes: int) -> list[float]:
    """F1 of each class; 0 where it is neither a label nor called."""
    both, labelled, found = (
        np.bincount(part.astype(int), minlength=n_classes) for part in (truth[truth == called], truth, called)
    )
    return [float(2 * b / (m + f)) if m + f else 0.0 for b, m, f in zip(both, labelled, found, strict=True)]


def judged_by(scale: Scale, truth: Floats) -> str:
    """The measure that one bundle is held against another by: macro-F1, or the error where labels are real numbers."""
    numbers = scale.kind in (ScaleKind.SHARE, ScaleKind.BIPOLAR)
    return MAE if numbers and len(np.unique(truth)) > MAX_HARD_VALUES else MACRO_F1


def curve(truth: Floats, values: Floats) -> Iterator[CurvePoint]:
    """The calibration curve: the mean value and the mean label of equal-mass bins."""
    for n, label, value in zip(*metrics.calibration_bins(truth, values, CURVE_BINS), strict=True):
        yield CurvePoint(float(value), float(label), int(n))
