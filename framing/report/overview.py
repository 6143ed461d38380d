"""Several articles on a terminal: a row each, and under the table what the rows leave open."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from framing.article import Failure
from framing.axes import Axis
from framing.report import by_outlet, phrases
from framing.report.actors import STANCE
from framing.report.by_outlet import Summary
from framing.report.phrases import Axes, Result
from framing.report.sections import grid, indented, section
from framing.scores import ArticleScore

NAME_WIDTH = 36


def render_table(results: Sequence[Result], axes: Axes) -> RenderableType:
    """A row an article, then which values are missing, which rest on little, and what could not be scored."""
    scores = [result for result in results if isinstance(result, ArticleScore)]
    failures = [result for result in results if isinstance(result, Failure)]
    parts: list[RenderableType] = [_Overview(scores, axes)] if scores else []
    parts += _actors(by_outlet.summary(scores))
    parts += section("NO VALUE", [(_short_name(score), why) for score in scores if (why := _why_null(score))])
    parts += section("FEW SENTENCES: TREAT WITH CARE", [(_short_name(s), few) for s in scores if (few := _few(s))])
    parts += section("NOT SCORED", [(phrases.tidy(f.id), f"{f.kind}: {phrases.failure(f)}") for f in failures])
    return Group(*parts)


@dataclass(frozen=True, slots=True)
class _Overview:
    """A table with a row an article; axes that do not fit beside each other go into a further table."""

    scores: Sequence[ArticleScore]
    axes: Axes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        names = list(self.axes)
        widest = max(len(text) for name in names for text in self._column(name))
        room = max(1, (options.max_width - 30) // (widest + 2))
        for begin in range(0, len(names), room):
            if begin:
                yield ""
            yield self._table(names[begin : begin + room], options.max_width)
        yield Text("value and 90 % interval; --format json has everything", style="dim")

    def _table(self, names: Sequence[str], width: int) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
        columns = [self._column(name) for name in names]
        widths = [max(map(len, column)) for column in columns]
        title = max(20, width - sum(widths) - 2 * len(widths) - 2)
        table.add_column("article", max_width=title, overflow="ellipsis", no_wrap=True)
        for column, cells in zip(columns, widths, strict=True):
            table.add_column(column[0], no_wrap=True, width=cells)
        for row, score in enumerate(self.scores, start=1):
            table.add_row(Text(_name(score)), *(Text(column[row]) for column in columns))
        return table

    def _column(self, name: str) -> list[str]:
        return [phrases.label(name), *(_cell(score, self.axes[name]) for score in self.scores)]


def _actors(found: Summary) -> list[RenderableType]:
    if not found.rows:
        return []
    table = grid("left", "left")
    for row in found.rows:
        stances = zip(found.outlets, row.cells, strict=True)
        by = [f"{outlet} {phrases.amount(cell.stance, STANCE)} ({cell.n})" for outlet, cell in stances if cell.n]
        table.add_row(Text(row.name), Text(" · ".join(by)))
    notes = [Text(f"and {found.left_out}", style="dim")] if found.left_out else []
    heading = Text.assemble(("STANCE BY OUTLET", "bold"), (f"  {STANCE.unit}", "dim"))
    return ["", heading, indented(Group(table, *notes, Text(by_outlet.NOTE, style="dim")))]


def _name(score: ArticleScore) -> str:
    outlet, title = phrases.tidy(score.article.document.outlet or ""), phrases.title(score.article)
    return title if not outlet or title.startswith(outlet) else f"{outlet}: {title}"


def _cell(score: ArticleScore, axis: Axis) -> str:
    one = score.axes.get(axis.name)
    if one is None or one.value is None:
        return "none"
    bounds = phrases.interval(one, axis)
    return phrases.amount(one.value, axis) + (f" ({bounds})" if bounds else "")


def _short_name(score: ArticleScore) -> str:
    return phrases.excerpt(_name(score), NAME_WIDTH)


def _why_null(score: ArticleScore) -> str:
    """Why values are missing; once where all axes lack theirs for the same reason."""
    reasons = {phrases.label(name): one.why_null for name, one in score.axes.items() if one.why_null}
    if len(reasons) == len(score.axes) and len(set(reasons.values())) == 1:
        return next(iter(reasons.values()))
    return "\n".join(f"{name}: {why}" for name, why in reasons.items())


def _few(score: ArticleScore) -> str:
    """How few sentences the values rest on, where they are few."""
    few = {f"{name} {one.n}": one.n for name, one in score.axes.items() if phrases.caution(one)}
    if len(few) == len(score.axes) and len(set(few.values())) == 1:
        return f"values from {phrases.count(next(iter(few.values())), 'sentence')}"
    return ", ".join(phrases.label(name) for name in few)
