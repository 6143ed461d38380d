"""Contrasts as rows and as a matrix: who differs from whom, by how much, and by which estimate."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from framing.axes import Axis
from framing.compare.options import REST
from framing.compare.result import Comparison, Contrast, Difference, Verdict
from framing.report import phrases
from framing.report.actors import STANCE
from framing.report.comparison.amounts import GLYPHS, chance, gap, gap_interval, gap_unit, number, plain
from framing.report.comparison.amounts import STANCE as STANCE_NAME
from framing.report.comparison.domain import Domain, Tick, domain
from framing.report.comparison.dots import Mark

OPEN_ROWS = 12
MOST_ROWS = 360  # of all tables on the page; the others are in the twins
MATRIX_ROWS = 17

RANK = {
    Verdict.HIGHER: 0,
    Verdict.LOWER: 0,
    Verdict.EQUIVALENT: 1,
    Verdict.UNDECIDED: 2,
    Verdict.TOO_LITTLE: 3,
}
SURVIVES = (Verdict.HIGHER, Verdict.LOWER)
MIRRORED = {Verdict.HIGHER: Verdict.LOWER, Verdict.LOWER: Verdict.HIGHER}


@dataclass(frozen=True, slots=True)
class Name:
    """What a row is about: two groups with links to their own rows, the actor if there is one, and the verdict."""

    first: str
    second: str
    keys: str
    hrefs: tuple[str, str]
    about: str
    verdict: Verdict
    glyph: str
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups on one axis."""

    anchor: str
    name: Name
    raw: Mark | None
    margin: tuple[float, float]
    sort: str
    amount: str
    interval: str
    effect: str
    overlap: str
    q: str
    n: str
    note: str
    disagree: bool


@dataclass(frozen=True, slots=True)
class PairTable:
    """The contrasts of one axis: those that stand open, those folded away, and how many are not on the page."""

    anchor: str
    title: str
    unit: str
    ticks: tuple[Tick, ...]
    zero: float | None
    open: list[Pair]
    folded: list[Pair]
    n_left_out: int
    counts: list[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A verdict in a matrix: of the row against the column; `href` leads to its row, empty where there is none."""

    glyph: str
    verdict: str
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Verdicts at a glance."""

    title: str
    columns: list[str]
    rows: list[tuple[str, list[Cell | None]]]


@dataclass(frozen=True, slots=True)
class Links:
    """Anchors of rows: `of` gives one to a row that is shown, `href` the link to a row, empty if it is not shown."""

    of: Callable[[str], str]
    href: Callable[[str], str]
    keys: dict[str, int]


def pair_tables(found: Comparison, links: Links) -> list[PairTable]:
    """A table an axis, and one of the stances, of those that have contrasts."""
    axes = by_axis(found)
    return [_table(axis, rows, links, MOST_ROWS // len(axes)) for axis, rows in axes]


def by_axis(found: Comparison) -> list[tuple[Axis, list[Contrast]]]:
    """The contrasts of each axis that has some, in the bundle's order, those of stances last."""
    axes = {**found.axes, STANCE_NAME: STANCE}
    named = {name: [one for one in found.contrasts if one.axis == name] for name in axes}
    return [(axes[name], rows) for name, rows in named.items() if rows]


def matrices(found: Comparison, links: Links) -> list[Matrix]:
    """Groups against groups, one an axis; or, where each is set against all others, groups by axes."""
    contrasts = [one for one in found.contrasts if one.actor is None]
    if any(one.second == REST for one in contrasts):
        return _against_rest(found, [one for one in contrasts if one.second == REST], links)
    axes = dict.fromkeys(one.axis for one in contrasts)
    return [_of_pairs(found, name, [one for one in contrasts if one.axis == name], links) for name in axes]


def name_of(one: Contrast, links: Links) -> Name:
    """What a contrast is about."""
    return Name(
        first=phrases.tidy(one.first),
        second=phrases.tidy(one.second),
        keys=" ".join(str(links.keys[name]) for name in (one.first, one.second) if name in links.keys),
        hrefs=(_mean_href(one, one.first, links), _mean_href(one, one.second, links)),
        about=phrases.tidy(one.actor_name or ""),
        verdict=one.verdict,
        glyph=GLYPHS[one.verdict],
        why=plain(one.why),
    )


def table_title(axis: Axis) -> str:
    """What the differences on an axis are headed with."""
    return "stance toward actors" if axis is STANCE else phrases.label(axis.name)


def tick_of(value: float, axis: Axis) -> str:
    """A difference as it stands at a tick."""
    return gap(value, axis).removesuffix(".0")


def around(margin: float, scale: Domain) -> tuple[float, float]:
    """The band from minus to plus a margin."""
    return scale.place(-margin) or 0.0, scale.place(margin) or 0.0


def _table(axis: Axis, contrasts: Sequence[Contrast], links: Links, most: int) -> PairTable:
    ranked = sorted(contrasts, key=lambda one: (RANK[one.verdict], -abs(one.raw.value if one.raw else 0.0)))
    shown = ranked[:most]
    width = axis.range[1] - axis.range[0]
    edges = [edge for one in shown if one.raw for edge in (one.raw.low, one.raw.high)]
    scale = domain([*edges, 0.0], (-width, width), 0.1 * width)
    rows = [_pair(one, axis, scale, links) for one in shown]
    tested = sum(one.verdict is not Verdict.TOO_LITTLE for one in shown)
    n_open = tested if tested <= OPEN_ROWS else min(OPEN_ROWS, max(3, sum(one.verdict in SURVIVES for one in shown)))
    counts = Counter(one.verdict for one in contrasts)
    return PairTable(
        anchor=f"pairs-{axis.name}",
        title=table_title(axis),
        unit=gap_unit(axis),
        ticks=scale.ticks(lambda value: tick_of(value, axis)),
        zero=scale.place(0.0),
        open=rows[:n_open],
        folded=rows[n_open:],
        n_left_out=len(ranked) - len(shown),
        counts=[(GLYPHS[verdict], verdict.value, counts[verdict]) for verdict in RANK if counts[verdict]],
    )


def _pair(one: Contrast, axis: Axis, scale: Domain, links: Links) -> Pair:
    raw = one.raw
    return Pair(
        anchor=links.of(one.ref),
        name=name_of(one, links),
        raw=_mark(raw, scale),
        margin=around(one.margin, scale),
        sort="" if raw is None else f"{raw.value:.5f}",
        amount=gap(raw.value if raw else None, axis),
        interval=gap_interval(raw, axis) if raw else "",
        effect=number(one.hedges_g if raw else None),
        overlap=number(one.cliffs_delta if raw else None),
        q=chance(one.q),
        n=f"{raw.n_first:,} / {raw.n_second:,}" if raw else "–",
        note=_note(one),
        disagree=one.disagree,
    )


def _mean_href(one: Contrast, group: str, links: Links) -> str:
    return links.href(f"actor|{one.actor}|{group}" if one.actor else f"mean|{one.axis}|{group}")


def _note(one: Contrast) -> str:
    if one.n_needed is None or one.verdict not in (Verdict.UNDECIDED, Verdict.TOO_LITTLE):
        return ""
    return f"about {one.n_needed:,} articles each would tell"


def _mark(found: Difference | None, scale: Domain) -> Mark | None:
    if found is None:
        return None
    return Mark(scale.place(found.value) or 0.0, scale.place(found.low), scale.place(found.high))


def _of_pairs(found: Comparison, axis: str, contrasts: Sequence[Contrast], links: Links) -> Matrix:
    cells = {(one.first, one.second): _cell(one, one.verdict, links) for one in contrasts}
    cells |= {(one.second, one.first): _cell(one, MIRRORED.get(one.verdict, one.verdict), links) for one in contrasts}
    names = [group.name for group in found.groups if any(group.name in key for key in cells)]
    rows = [(phrases.tidy(row), [cells.get((row, column)) for column in names]) for row in names]
    return Matrix(phrases.label(axis), [phrases.tidy(name) for name in names], rows)


def _against_rest(found: Comparison, contrasts: Sequence[Contrast], links: Links) -> list[Matrix]:
    """Groups by axes, in stretches that stand side by side."""
    cells = {(one.first, one.axis): _cell(one, one.verdict, links) for one in contrasts}
    axes = list(dict.fromkeys(one.axis for one in contrasts))
    names = [group.name for group in found.groups]
    rows = [(phrases.tidy(name), [cells.get((name, axis)) for axis in axes]) for name in names]
    columns = [phrases.label(axis) for axis in axes]
    return [
        Matrix("each against all others" if not start else "and on", columns, rows[start : start + MATRIX_ROWS])
        for start in range(0, len(rows), MATRIX_ROWS)
    ]


def _cell(one: Contrast, verdict: Verdict, links: Links) -> Cell:
    first, second = (one.first, one.second) if verdict is one.verdict else (one.second, one.first)
    words = f"{phrases.tidy(first)} against {phrases.tidy(second)}, {phrases.label(one.axis)}: {verdict.value}"
    return Cell(GLYPHS[verdict], verdict.name.lower(), links.href(one.ref), words)
