"""A value and what stands beside it as places on a drawn scale."""

from dataclasses import dataclass

from framing.axes import Axis
from framing.report import phrases
from framing.scores import AxisScore


@dataclass(frozen=True, slots=True)
class Scale:
    """Places on a drawn scale, in percent of its width; `zero` on bipolar scales only."""

    value: float
    low: float | None
    high: float | None
    title: float | None
    quoted: float | None
    zero: float | None
    words: str


def scale(score: AxisScore, axis: Axis, name: str) -> Scale | None:
    """Where everything stands on the scale of what has this name, or null without a value."""
    if score.value is None:
        return None
    return Scale(
        value=place(score.value, axis) or 0.0,
        low=place(score.low, axis),
        high=place(score.high, axis),
        title=place(score.title, axis),
        quoted=place(score.quoted, axis),
        zero=place(0.0, axis) if axis.range[0] < 0 else None,
        words=_in_words(score, axis, name),
    )


def place(value: float | None, axis: Axis) -> float | None:
    """Where a value stands, in percent from the left."""
    bottom, top = axis.range
    return None if value is None else round(100 * (min(max(value, bottom), top) - bottom) / (top - bottom), 2)


def _in_words(score: AxisScore, axis: Axis, name: str) -> str:
    parts = [phrases.amount(score.value, axis), phrases.interval_note(score, axis), *phrases.apart(score, axis)]
    return f"{name}, from {axis.low} to {axis.high}: " + ", ".join(parts)
