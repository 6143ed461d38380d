"""Numbers of a comparison as a reader sees them: means with a decimal, differences in percentage points."""

import re

from framing.axes import BIPOLAR, Axis
from framing.compare.result import Difference, Figure, Verdict
from framing.report.phrases import MINUS, signed, tidy

STANCE = "stance"

_NEGATIVE = re.compile(r"(?<![\w-])-(?=\d)")

GLYPHS = {
    Verdict.HIGHER: "▲",
    Verdict.LOWER: "▼",
    Verdict.EQUIVALENT: "≈",
    Verdict.UNDECIDED: "○",
    Verdict.TOO_LITTLE: "–",
}
MEANINGS = {
    Verdict.HIGHER: "the first is higher, by more than chance among this many tests explains",
    Verdict.LOWER: "the first is lower, by more than chance among this many tests explains",
    Verdict.EQUIVALENT: "any difference is smaller than the margin under which differences count as none",
    Verdict.UNDECIDED: "no difference shown, and none ruled out: the interval is too wide",
    Verdict.TOO_LITTLE: "too few articles to test",
}


def plain(text: str) -> str:
    """A sentence of the comparison on one line, its negative numbers with a minus."""
    return _NEGATIVE.sub(MINUS, tidy(text))


def amount(value: float | None, axis: Axis) -> str:
    """A mean: percent with a decimal for shares, a signed number for bipolar axes, a dash for null."""
    if value is None:
        return "–"
    return signed(value, 2) if axis.range == BIPOLAR else f"{100 * value:.1f} %"


def interval(figure: Figure, axis: Axis) -> str:
    """The 90 % interval of a mean; empty where it has none."""
    if figure.low is None or figure.high is None:
        return ""
    if axis.range == BIPOLAR:
        return f"{signed(figure.low, 2)} to {signed(figure.high, 2)}"
    return f"{100 * figure.low:.1f}–{100 * figure.high:.1f} %"


def gap(value: float | None, axis: Axis) -> str:
    """A difference, in the unit that `gap_unit` names."""
    if value is None:
        return "–"
    return signed(value, 2) if axis.range == BIPOLAR else signed(100 * value, 1)


def gap_interval(found: Difference, axis: Axis) -> str:
    """The 90 % interval of a difference."""
    return f"{gap(found.low, axis)} to {gap(found.high, axis)}"


def gap_unit(axis: Axis) -> str:
    """The unit of `gap`."""
    return "points of the scale from −1 to +1" if axis.range == BIPOLAR else "percentage points"


def number(value: float | None, digits: int = 2) -> str:
    """A plain number, a dash for null."""
    return "–" if value is None else signed(value, digits).removeprefix("+")


def chance(q: float | None) -> str:
    """A corrected p as it is printed."""
    return "–" if q is None else "< 0.001" if q < 0.001 else f"{q:.3f}"


def rate(value: float | None) -> str:
    """A rate per 1000 words."""
    return "–" if value is None else f"{value:.2f}"
