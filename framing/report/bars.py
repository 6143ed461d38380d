"""A value and its interval on a line of characters."""

from rich.text import Text

from framing.axes import Axis
from framing.scores import AxisScore

_LEAST = 12
_MOST = 60


def bar(score: AxisScore, axis: Axis, width: int) -> Text:
    """The scale from pole to pole, the interval as a thick stretch, the value as a dot.

    The poles stand at its two ends, or under it where `width` leaves too little room beside them.
    """
    beside = width - len(axis.low) - len(axis.high) - 4
    drawn = line(score, axis, min(_MOST, beside if beside >= _LEAST else width - 2))
    if beside >= _LEAST:
        return Text.assemble(axis.low, " ", drawn, " ", axis.high)
    return Text.assemble(drawn, f"\n{axis.low} … {axis.high}")


def line(score: AxisScore, axis: Axis, cells: int) -> Text:
    """The same without its poles, `cells` characters between its ends."""

    def cell(value: float) -> int:
        low, high = axis.range
        return min(cells - 1, max(0, int((value - low) / (high - low) * cells)))

    marks = ["─"] * cells
    if axis.range[0] < 0:
        marks[cell(0.0)] = "┼"
    if score.low is not None and score.high is not None:
        first, last = cell(score.low), cell(score.high)
        marks[first : last + 1] = "━" * (last + 1 - first)
    if score.value is not None:
        marks[cell(score.value)] = "●"
    return Text.assemble("├", *((mark, _STYLE.get(mark, "")) for mark in marks), "┤")


_STYLE = {"●": "bold yellow", "━": "yellow", "─": "dim"}
