"""Contrasts as rows and as a matrix: who differs from whom, by how much, and by which estimate."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from framing.axes import Axis
from framing.compare.options import REST
from framing.compare.result import Comparison, Contrast, Difference, Verdict
from framing.report import phrases
from framing.report.actors import STANCE
from framing.report.comparison.amounts import GLYPHS, chance, gap, gap_interval, gap_unit, number
from framing.report.comparison.amounts import STANCE as STANCE_NAME
from framing.report.comparison.domain import Domain, Tick, domain
from framing.report.comparison.dots import Mark

OPEN_ROWS = 12
MOST_ROWS = 110  # rows of one table on the page; the others are in the twins
MOST_ESTIMATES = 40

RANK = (Verdict.HIGHER, Verdict.LOWER, Verdict.EQUIVALENT, Verdict.UNDECIDED, Verdict.TOO_LITTLE)
SURVIVES = (Verdict.HIGHER, Verdict.LOWER)
MIRRORED = {Verdict.HIGHER: Verdict.LOWER, Verdict.LOWER: Verdict.HIGHER}
ESTIMATES = (("raw", "as it is"), ("standardised", "same topics"), ("within_story", "same stories"))


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate of a difference: `kind` is the name of its shape."""

    kind: str
    label: str
    mark: Mark | None
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups on one axis."""

    anchor: str
    first: str
    second: str
    keys: str
    hrefs: tuple[str, str]
    about: str
    verdict: Verdict
    glyph: str
    raw: Mark | None
    sort: str
    amount: str
    interval: str
    effect: str
    overlap: str
    q: str
    n: str
    note: str
    estimates: list[Estimate]
    disagree: bool
    why: str

    @property
    def words(self) -> str:
        """The row as a sentence, for those who do not see the drawing."""
        return f"{self.first} against {self.second}: {self.amount}, 90 % interval {self.interval or 'none'}"


@dataclass(frozen=True, slots=True)
class PairTable:
    """The contrasts of one axis: those that stand open, those folded away, and how many are not on the page."""

    anchor: str
    title: str
    unit: str
    ticks: tuple[Tick, ...]
    zero: float | None
    margin: tuple[float, float] | None
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
    axes = {**found.axes, STANCE_NAME: STANCE}
    named = dict.fromkeys(one.axis for one in found.contrasts)
    order = [name for name in axes if name in named]
    return [_table(axes[name], [one for one in found.contrasts if one.axis == name], links) for name in order]


def side_by_side(tables: Sequence[PairTable]) -> list[PairTable]:
    """The rows that have more than one estimate, those first on which the estimates disagree."""
    return [one for table in tables if (one := _several(table)).open]


def matrices(found: Comparison, links: Links) -> list[Matrix]:
    """Groups against groups, one an axis; or, where each is set against all others, groups by axes."""
    contrasts = [one for one in found.contrasts if one.actor is None]
    if any(one.second == REST for one in contrasts):
        return [_against_rest(found, [one for one in contrasts if one.second == REST], links)]
    axes = dict.fromkeys(one.axis for one in contrasts)
    return [_of_pairs(found, name, [one for one in contrasts if one.axis == name], links) for name in axes]


def _table(axis: Axis, contrasts: Sequence[Contrast], links: Links) -> PairTable:
    ranked = sorted(contrasts, key=lambda one: (RANK.index(one.verdict), -abs(one.raw.value if one.raw else 0.0)))
    shown = ranked[:MOST_ROWS]
    width = axis.range[1] - axis.range[0]
    margins = [one.margin for one in shown]
    edges = [edge for one in shown for found in _differences(one) for edge in (found.low, found.high)]
    scale = domain([*edges, 0.0, *margins], (-width, width), 0.1 * width)
    rows = [_pair(one, axis, scale, links) for one in shown]
    n_open = len(rows) if len(rows) <= OPEN_ROWS else min(OPEN_ROWS, sum(one.verdict in SURVIVES for one in shown) or 3)
    counts = Counter(one.verdict for one in contrasts)
    margin = max(margins, default=0.0) if len({round(one, 6) for one in margins}) == 1 else None
    return PairTable(
        anchor=f"pairs-{axis.name}",
        title="stance toward actors" if axis is STANCE else phrases.label(axis.name),
        unit=gap_unit(axis),
        ticks=scale.ticks(lambda value: gap(value, axis).replace(".0", "")),
        zero=scale.place(0.0),
        margin=None if margin is None else (scale.place(-margin) or 0.0, scale.place(margin) or 0.0),
        open=rows[:n_open],
        folded=rows[n_open:],
        n_left_out=len(ranked) - len(shown),
        counts=[(GLYPHS[verdict], verdict.value, counts[verdict]) for verdict in RANK if counts[verdict]],
    )


def _several(table: PairTable) -> PairTable:
    rows = [one for one in (*table.open, *table.folded) if sum(est.mark is not None for est in one.estimates) > 1]
    rows = sorted(rows, key=lambda one: (not one.disagree, one.verdict not in SURVIVES))
    return PairTable(
        anchor=table.anchor.replace("pairs", "estimates"),
        title=table.title,
        unit=table.unit,
        ticks=table.ticks,
        zero=table.zero,
        margin=table.margin,
        open=rows[:OPEN_ROWS],
        folded=rows[OPEN_ROWS:MOST_ESTIMATES],
        n_left_out=max(0, len(rows) - MOST_ESTIMATES),
        counts=[],
    )


def _pair(one: Contrast, axis: Axis, scale: Domain, links: Links) -> Pair:
    raw = one.raw
    return Pair(
        anchor=links.of(one.ref),
        first=phrases.tidy(one.first),
        second=phrases.tidy(one.second),
        keys=" ".join(str(links.keys[name]) for name in (one.first, one.second) if name in links.keys),
        hrefs=(_mean_href(one, one.first, links), _mean_href(one, one.second, links)),
        about=phrases.tidy(one.actor_name or ""),
        verdict=one.verdict,
        glyph=GLYPHS[one.verdict],
        raw=_mark(raw, scale),
        sort="" if raw is None else f"{raw.value:.5f}",
        amount=gap(raw.value if raw else None, axis),
        interval=gap_interval(raw, axis) if raw else "",
        effect=number(one.hedges_g),
        overlap=number(one.cliffs_delta),
        q=chance(one.q),
        n=f"{raw.n_first:,} / {raw.n_second:,}" if raw else "–",
        note=_note(one),
        estimates=list(_estimates(one, axis, scale)),
        disagree=one.disagree,
        why=phrases.tidy(one.why),
    )


def _mean_href(one: Contrast, group: str, links: Links) -> str:
    return links.href(f"actor|{one.actor}|{group}" if one.actor else f"mean|{one.axis}|{group}")


def _note(one: Contrast) -> str:
    if one.n_needed is None or one.verdict not in (Verdict.UNDECIDED, Verdict.TOO_LITTLE):
        return ""
    return f"about {one.n_needed:,} articles each would tell"


def _estimates(one: Contrast, axis: Axis, scale: Domain) -> Iterator[Estimate]:
    for kind, label in ESTIMATES:
        found: Difference | None = getattr(one, kind)
        text = "not to be had" if found is None else f"{gap(found.value, axis)} ({gap_interval(found, axis)})"
        yield Estimate(kind, label, _mark(found, scale), text)


def _differences(one: Contrast) -> list[Difference]:
    return [found for found in (one.raw, one.standardised, one.within_story) if found]


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


def _against_rest(found: Comparison, contrasts: Sequence[Contrast], links: Links) -> Matrix:
    cells = {(one.first, one.axis): _cell(one, one.verdict, links) for one in contrasts}
    axes = list(dict.fromkeys(one.axis for one in contrasts))
    names = [group.name for group in found.groups]
    rows = [(phrases.tidy(name), [cells.get((name, axis)) for axis in axes]) for name in names]
    return Matrix("each against all others", [phrases.label(axis) for axis in axes], rows)


def _cell(one: Contrast, verdict: Verdict, links: Links) -> Cell:
    first, second = (one.first, one.second) if verdict is one.verdict else (one.second, one.first)
    words = f"{phrases.tidy(first)} against {phrases.tidy(second)}, {phrases.label(one.axis)}: {verdict.value}"
    return Cell(GLYPHS[verdict], verdict.name.lower(), links.href(one.ref), words)
