"""What an evaluation found, as plain data; every figure with its interval and the number of rows it rests on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from framing.metrics import Estimate
from framing.scores import BundleName

SCHEMA = 1
BUNDLE, RAW = "bundle", "bundle before calibration"
BETTER, WORSE, NO_DIFFERENCE = "better", "worse", "no difference shown"
SLIGHTLY_WORSE, UNPROVEN = "worse, within tolerance", "not shown to be as good"

Figures = Mapping[str, Mapping[str, Estimate]]


@dataclass(frozen=True, slots=True)
class Unscored:
    """A labelled row that the bundle says nothing of."""

    where: str
    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one outlet, year, month or range of lengths; means are in the units of the axis.

    `figure` is None where all labels are alike, since a macro-F1 would say nothing there.
    """

    name: str
    n: int
    mean_label: float
    mean_value: float
    figure: Estimate | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Rows by outlet, date or length; parts of fewer than `n_min` rows are one, the last."""

    by: str
    n_min: int
    pooled: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Rows of similar value: their mean value, their mean label, both in [0, 1]."""

    value: float
    label: float
    n: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many rows of each class (rows) were called each class (columns)."""

    classes: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class AxisFigures:
    """What was measured of one axis.

    Attributes
    ----------
    labels : what the labels are.
    level : what the bundle reads this axis of, sentence or article.
    unscored : labelled rows without a value; coverage is `n_scored` of `n_labelled`.
    judged_by : the measure of breakdowns and comparisons.
    figures : system → measure → figure.
    """

    axis: str
    labels: str
    level: str
    n_labelled: int
    n_scored: int
    unscored: tuple[Unscored, ...]
    judged_by: str
    figures: Figures
    breakdowns: tuple[Breakdown, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    confusion: Confusion | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A bundle against another on one axis.

    Attributes
    ----------
    differences : measure → this bundle's figure less the other's, on the same rows.
    only_new, only_old : rows that only one of the two calls rightly.
    p : of McNemar's exact test, which takes rows as independent; None where labels are numbers.
    words : one of the verdicts of this module.
    failed : whether the gate is closed on this axis.
    """

    axis: str
    judged_by: str
    n: int
    new: Mapping[str, Estimate]
    old: Mapping[str, Estimate]
    differences: Mapping[str, Estimate]
    only_new: int
    only_old: int
    p: float | None
    words: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Against:
    """The verdicts on the axes that two bundles share.

    Attributes
    ----------
    gone : labelled axes that only the other bundle has.
    incomparable : axes without a row that both bundles score.
    """

    bundle: BundleName
    tolerance: float
    strict: bool
    verdicts: tuple[Verdict, ...]
    gone: tuple[str, ...] = ()
    incomparable: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the new bundle is worse beyond the tolerance on any axis, or lacks one, or cannot be compared."""
        return bool(self.gone or self.incomparable) or any(one.failed for one in self.verdicts)


@dataclass(frozen=True, slots=True)
class DataUsed:
    """The labelled set: how many rows it has, and how many were left out as bad or as seen in training."""

    name: str
    sha256: str
    licence: str | None
    level: str
    n_rows: int
    n_groups: int
    n_problems: int
    n_seen: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything an evaluation found."""

    bundle: BundleName
    data: DataUsed
    random_state: int
    axes: tuple[AxisFigures, ...]
    against: Against | None = None
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """This evaluation as JSON (`framing/report/evaluation.schema.json`)."""
        plain = {"schema": SCHEMA, **asdict(self)}
        for axis, found in zip(plain["axes"], self.axes, strict=True):
            axis["coverage"] = found.n_scored / found.n_labelled
        if self.against:
            plain["against"]["failed"] = self.against.failed
        return plain
