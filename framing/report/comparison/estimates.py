"""The same difference by several estimates, side by side: as it is, at the same mix of topics, in the same stories."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from framing.axes import Axis
from framing.compare.result import Comparison, Contrast, Difference
from framing.report.comparison.amounts import gap, gap_interval, gap_unit
from framing.report.comparison.domain import Domain, Tick, domain
from framing.report.comparison.dots import Mark
from framing.report.comparison.pairs import SURVIVES, Links, Name, around, by_axis, name_of, table_title, tick_of

OPEN_ROWS = 8
MOST_ROWS = 160  # of all tables on the page; the others are in the twins
KINDS = (("raw", "as it is"), ("standardised", "same topics"), ("within_story", "same stories"))


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate of a difference: `kind` is the name of its shape."""

    kind: str
    label: str
    mark: Mark | None
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A difference and its estimates; `margin` is the band inside which differences count as none."""

    name: Name
    margin: tuple[float, float]
    estimates: list[Estimate]
    disagree: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The differences of one axis: those that stand open, those folded away, and how many are not on the page."""

    anchor: str
    title: str
    unit: str
    ticks: tuple[Tick, ...]
    zero: float | None
    open: list[Row]
    folded: list[Row]
    n_left_out: int


def side_by_side(found: Comparison, links: Links) -> list[Table]:
    """A table an axis of the differences with more than one estimate; first those on which the estimates disagree."""
    several = {axis: [one for one in rows if len(_known(one)) > 1] for axis, rows in by_axis(found)}
    most = MOST_ROWS // max(1, len(several))
    return [_table(axis, rows, links, most) for axis, rows in several.items() if rows]


def _table(axis: Axis, contrasts: Sequence[Contrast], links: Links, most: int) -> Table:
    ranked = sorted(contrasts, key=lambda one: (not one.disagree, one.verdict not in SURVIVES, -_size(one)))
    shown = ranked[:most]
    width = axis.range[1] - axis.range[0]
    edges = [edge for one in shown for difference in _known(one) for edge in (difference.low, difference.high)]
    scale = domain([*edges, 0.0], (-width, width), 0.1 * width)
    rows = [_row(one, axis, scale, links) for one in shown]
    return Table(
        anchor=f"estimates-{axis.name}",
        title=table_title(axis),
        unit=gap_unit(axis),
        ticks=scale.ticks(lambda value: tick_of(value, axis)),
        zero=scale.place(0.0),
        open=rows[:OPEN_ROWS],
        folded=rows[OPEN_ROWS:],
        n_left_out=len(ranked) - len(shown),
    )


def _row(one: Contrast, axis: Axis, scale: Domain, links: Links) -> Row:
    return Row(name_of(one, links), around(one.margin, scale), list(_estimates(one, axis, scale)), one.disagree)


def _estimates(one: Contrast, axis: Axis, scale: Domain) -> Iterator[Estimate]:
    for kind, label in KINDS:
        found: Difference | None = getattr(one, kind)
        if found is None:
            yield Estimate(kind, label, None, "not to be had")
        else:
            mark = Mark(scale.place(found.value) or 0.0, scale.place(found.low), scale.place(found.high))
            yield Estimate(kind, label, mark, f"{gap(found.value, axis)} ({gap_interval(found, axis)})")


def _known(one: Contrast) -> list[Difference]:
    return [found for found in (one.raw, one.standardised, one.within_story) if found]


def _size(one: Contrast) -> float:
    return abs(one.raw.value) if one.raw else 0.0
