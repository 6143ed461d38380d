"""The charts of a comparison as files: SVG for a paper, PNG for a slide."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from framing.report import phrases
from framing.report.comparison.domain import Tick
from framing.report.comparison.dots import Dot, Mark, Panel
from framing.report.comparison.pairs import Pair, PairTable
from framing.report.comparison.view import View
from framing.report.templating import rendered

WIDTH, LEFT, PLOT = 880, 270, 420
ROW, ABOVE, BELOW = 26, 92, 20
LABEL = 42
MOST_ROWS = 60
SCALE = 2  # pixels of PNG for one of SVG


_VOICES = "● in the journalists' words, □ in the words they quote"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a chart; places in percent of the plot."""

    label: str
    amount: str
    interval: str
    marks: list[tuple[Mark, str]]
    band: tuple[float, float] | None = None
    middle: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the name of its file."""

    name: str
    title: str
    note: str
    poles: tuple[str, str]
    ticks: tuple[Tick, ...]
    reference: float | None
    rows: list[Row]

    def svg(self) -> str:
        """The chart, its colours and fonts its own."""
        return rendered(
            "chart.svg",
            title=self.title,
            note=self.note,
            poles=self.poles,
            ticks=self.ticks,
            reference=self.reference,
            rows=self.rows,
            width=WIDTH,
            height=ABOVE + ROW * len(self.rows) + BELOW,
            left=LEFT,
            plot=PLOT,
            x=lambda place: round(LEFT + PLOT * place / 100, 1),
        )


def charts(view: View) -> Iterator[Chart]:
    """Means of every axis, differences on every axis, and stances toward every actor that the page shows."""
    for panel in view.panels:
        yield _of_panel(panel, "means")
    for table in view.tables:
        yield _of_pairs(table)
    for panel in view.actors:
        yield _of_panel(panel, "stance")


def write_charts(view: View, folder: Path) -> None:
    """Write every chart as SVG and PNG."""
    from vl_convert import svg_to_png  # of the extra `report`; the command line looks for it before it begins

    folder.mkdir(parents=True, exist_ok=True)
    seen: Counter[str] = Counter()
    for chart in charts(view):
        seen[chart.name] += 1
        name = chart.name if seen[chart.name] == 1 else f"{chart.name}-{seen[chart.name]}"
        drawn = chart.svg()
        (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")
        (folder / f"{name}.png").write_bytes(svg_to_png(drawn, scale=SCALE))


def _of_panel(panel: Panel, kind: str) -> Chart:
    dots = [*panel.top, *panel.folded, *panel.bottom][:MOST_ROWS]
    return Chart(
        name=_file_name(f"{kind}-{panel.title}"),
        title=f"{panel.title[:1].upper()}{panel.title[1:]}" if kind == "means" else f"Stance toward {panel.title}",
        note=phrases.excerpt(f"{panel.note if kind == 'means' else _VOICES}; mean with 90 % interval", 120),
        poles=(panel.axis.low, panel.axis.high),
        ticks=panel.ticks,
        reference=panel.reference.place if panel.reference else None,
        rows=[_of_dot(dot) for dot in dots],
    )


def _of_dot(dot: Dot) -> Row:
    marks = [(mark, kind) for mark, kind in ((dot.second, "quoted"), (dot.mark, "own")) if mark]
    return Row(phrases.excerpt(dot.group, LABEL), dot.amount, dot.interval, marks, dot.band, dot.middle)


def _of_pairs(table: PairTable) -> Chart:
    return Chart(
        name=_file_name(table.anchor.replace("pairs", "differences")),
        title=f"Differences: {table.title}",
        note=f"first less second, {table.unit}, with 90 % interval",
        poles=("first lower", "first higher"),
        ticks=table.ticks,
        reference=table.zero,
        rows=[_of_pair(row) for row in [*table.open, *table.folded][:MOST_ROWS] if row.raw],
    )


def _of_pair(row: Pair) -> Row:
    half = LABEL // 2 if not row.name.about else LABEL // 3
    names = [phrases.excerpt(name, half) for name in (row.name.first, row.name.second)]
    label = " – ".join(names) + (f", {phrases.excerpt(row.name.about, half)}" if row.name.about else "")
    marks = [(row.raw, "own")] if row.raw else []
    return Row(label, f"{row.name.glyph} {row.amount}", row.interval, marks, row.margin)


def _file_name(text: str) -> str:
    return re.sub(r"[^\w-]+", "-", text.casefold()).strip("-")[:80]
