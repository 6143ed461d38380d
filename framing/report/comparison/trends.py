"""Rolling means over time: an axis' groups as small charts on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from framing.axes import Axis
from framing.compare.result import Comparison, Point, Series
from framing.report import phrases
from framing.report.comparison.amounts import amount
from framing.report.comparison.domain import Domain, Tick, domain
from framing.report.comparison.dots import chosen, tick_text

MOST_CHARTS = 12  # of an axis: the groups with most articles
MOST_POINTS = 1800  # of all lines; a line has at least 20


@dataclass(frozen=True, slots=True)
class Trend:
    """One group's line and band, as points of a square of 100 by 100."""

    group: str
    key: int
    line: str
    band: str
    words: str


@dataclass(frozen=True, slots=True)
class TrendPanel:
    """One axis: its charts, ticks and ends of the value, first and last day, and how many groups are not shown."""

    title: str
    n_left_out: int
    ticks: tuple[Tick, ...]
    ends: tuple[str, str]
    days: tuple[str, str]
    window: str
    charts: list[Trend]


def trend_panels(found: Comparison, keys: dict[str, int]) -> list[TrendPanel]:
    """A panel an axis, of the groups with a line."""
    most = max(20, min(60, MOST_POINTS // max(1, min(MOST_CHARTS, len(found.groups)) * len(found.axes))))
    panels = [
        _panel(axis, [one for one in found.series if one.axis == axis.name], keys, most) for axis in chosen(found)
    ]
    return [panel for panel in panels if panel]


def _panel(axis: Axis, series: Sequence[Series], keys: dict[str, int], most: int) -> TrendPanel | None:
    lines = sorted(
        (one for one in series if len(one.points) > 1), key=lambda one: -sum(point.n for point in one.points)
    )
    drawn = [replace(one, points=_thinned(one.points, most)) for one in lines[:MOST_CHARTS]]
    if not drawn:
        return None
    points = [point for one in drawn for point in one.points]
    days = min(_day(point) for point in points), max(_day(point) for point in points)
    width = axis.range[1] - axis.range[0]
    bounds = [edge for point in points for edge in (point.value, point.low, point.high)]
    scale = domain(bounds, axis.range, 0.1 * width, n_ticks=4)
    return TrendPanel(
        title=phrases.label(axis.name),
        n_left_out=len(lines) - len(drawn),
        ticks=scale.ticks(lambda value: tick_text(value, axis)),
        ends=(tick_text(scale.low, axis), tick_text(scale.high, axis)),
        days=(date.fromordinal(days[0]).isoformat(), date.fromordinal(days[1]).isoformat()),
        window=phrases.count(drawn[0].window_days, "day"),
        charts=[_trend(one, axis, scale, days, keys) for one in drawn],
    )


def _trend(one: Series, axis: Axis, scale: Domain, days: tuple[int, int], keys: dict[str, int]) -> Trend:
    low = [(point, point.low) for point in one.points if point.low is not None]
    high = [(point, point.high) for point in one.points if point.high is not None]
    first, last = one.points[0], one.points[-1]
    group = phrases.tidy(one.group)
    return Trend(
        group=group,
        key=keys.get(one.group, 0),
        line=_path([(point, point.value) for point in one.points], scale, days),
        band=_path(high + low[::-1], scale, days) if len(low) > 1 else "",
        words=f"{group}: from {amount(first.value, axis)} ({first.date[:10]}) to {amount(last.value, axis)}"
        f" ({last.date[:10]})",
    )


def _thinned(points: tuple[Point, ...], most: int) -> tuple[Point, ...]:
    """At most that many points, evenly spaced, the last among them."""
    step = -(-len(points) // most)
    return points[::-step][::-1]


def _path(points: Sequence[tuple[Point, float]], scale: Domain, days: tuple[int, int]) -> str:
    span = max(1, days[1] - days[0])
    return " ".join(
        f"{100 * (_day(point) - days[0]) / span:.1f},{100 - (scale.place(value) or 0.0):.1f}" for point, value in points
    )


def _day(point: Point) -> int:
    return date.fromisoformat(point.date[:10]).toordinal()
