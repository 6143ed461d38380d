"""Scores on a terminal: readable at 80 columns, without colour, and where only ASCII can be shown."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from framing.article import Failure, Voice
from framing.axes import Axis
from framing.report import evidence, phrases
from framing.report.bars import bar
from framing.report.phrases import Axes, Result
from framing.scores import ArticleScore, AxisScore, Marker, markers_by_lexicon

TOP = 3

_ASCII = str.maketrans(
    {
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("–—‒−─", "-"),
        **dict.fromkeys("├┤", "|"),
        "━": "=",
        "┼": "+",
        "●": "O",
        "·": "|",
        "×": "x",
        "→": "->",
        "…": "...",
        "\u00a0": " ",
    }
)
_ASCII_SLACK = 4  # columns kept free for "…" and "→", which grow


def render(score: ArticleScore, axes: Axes, reference: str) -> RenderableType:
    """One article, for `console.print`."""
    parts: list[RenderableType] = [_heading(score)]
    for name in score.axes:
        parts += ["", _Axis(score, axes[name], reference)]
    return _Anywhere(Group(*parts, *_markers_found(score.markers), *_removed(score), *_notes(score), *_footer(score)))


def render_table(results: Sequence[Result], axes: Axes) -> RenderableType:
    """Several articles: a row each, then what could not be scored."""
    scores = [result for result in results if isinstance(result, ArticleScore)]
    failures = [result for result in results if isinstance(result, Failure)]
    parts: list[RenderableType] = [_Overview(scores, axes)] if scores else []
    parts += _failures(failures)
    return _Anywhere(Group(*parts))


def print_score(console: Console, score: ArticleScore, axes: Axes, reference: str) -> None:
    """Print one article."""
    console.print(render(score, axes, reference))


def print_results(console: Console, results: Sequence[Result], axes: Axes, reference: str) -> None:
    """Print one article in full, several as a table."""
    if len(results) == 1 and isinstance(results[0], ArticleScore):
        print_score(console, results[0], axes, reference)
    else:
        console.print(render_table(results, axes))


@dataclass(frozen=True, slots=True)
class _Anywhere:
    """What it holds, in plain ASCII where the terminal's encoding has no more."""

    inner: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not options.ascii_only:
            yield self.inner
            return
        narrow = options.update_width(options.max_width - _ASCII_SLACK)
        for segment in console.render(self.inner, narrow):
            yield Segment(_to_ascii(segment.text), segment.style, segment.control)


def _to_ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_ASCII))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters.encode("ascii", "replace").decode()


def _heading(score: ArticleScore) -> RenderableType:
    article = score.article
    facts = " · ".join([*phrases.facts(article), f"bundle {score.bundle.name} {score.bundle.version}"])
    return Group(Text(phrases.title(article), style="bold"), Text(facts, style="dim"))


@dataclass(frozen=True, slots=True)
class _Axis:
    """One axis: value, bar, place, what stands apart, and the strongest evidence."""

    score: ArticleScore
    axis: Axis
    reference: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        one = self.score.axes[self.axis.name]
        yield _value_line(one, self.axis)
        body = self._body(one, options.max_width - 2) if one.why_null is None else self._apart(one)
        yield _indented(Group(*body))

    def _body(self, one: AxisScore, width: int) -> Iterator[RenderableType]:
        yield bar(one, self.axis, width)
        yield Text(self.axis.unit, style="dim")
        place = phrases.place(one, self.axis, self.reference)
        if place:
            yield Text(place)
        yield from self._apart(one)
        yield from _sentences(self.score, self.axis, width)
        yield from _markers(self.score, self.axis)

    def _apart(self, one: AxisScore) -> Iterator[RenderableType]:
        apart = phrases.apart(one, self.axis)
        if apart:
            yield Text(f"apart: {' · '.join(apart)}", style="dim")


def _value_line(one: AxisScore, axis: Axis) -> Text:
    name = (phrases.label(axis.name).upper(), "bold")
    if one.why_null is not None:
        return Text.assemble(name, f"  no value: {one.why_null}")
    note = phrases.interval_note(one, axis)
    return Text.assemble(name, "  ", (phrases.amount(one.value, axis), "bold"), (f"  {note}", "dim"))


def _sentences(score: ArticleScore, axis: Axis, width: int) -> Iterator[RenderableType]:
    found = evidence.sentence_evidence(score, axis.name)
    if not found:
        return
    yield Text(
        f"\nstrongest sentences (chance, adds in {phrases.points_unit(score.axes[axis.name], axis)})", style="dim"
    )
    table = _grid("right", "right", "left")
    for one in found[:TOP]:
        chance = "" if one.probability is None else phrases.percent(one.probability)
        table.add_row(
            chance,
            _points(one.contribution, score.axes[axis.name], axis),
            Text(phrases.excerpt(one.text, 3 * (width - 18))),
        )
    yield table


def _markers(score: ArticleScore, axis: Axis) -> Iterator[RenderableType]:
    found = evidence.marker_evidence(score, axis.name)
    if not found:
        return
    yield Text("\nstrongest markers (adds)", style="dim")
    table = _grid("right", "left", "left")
    for one in found[:TOP]:
        plain = f" → {one.plain}" if one.plain else ""
        hits = f" × {one.n}" if one.n > 1 else ""
        lexicon = Text(phrases.label(one.lexicon), style="dim")
        table.add_row(_points(one.contribution, score.axes[axis.name], axis), Text(f"{one.text}{plain}{hits}"), lexicon)
    yield table


def _points(contribution: float, score: AxisScore, axis: Axis) -> Text:
    return Text(phrases.points(contribution, score, axis), style="bold")


def _grid(*justify: str) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for side in justify:
        table.add_column(justify="right" if side == "right" else "left", no_wrap=side == "right")
    return table


def _section(name: str, rows: Iterable[tuple[str, str]]) -> list[RenderableType]:
    table = _grid("left", "left")
    for left, right in rows:
        table.add_row(Text(left), Text(right))
    return ["", Text(name, style="bold"), _indented(table)]


def _indented(inner: RenderableType) -> Padding:
    return Padding(inner, (0, 0, 0, 2), expand=False)


def _markers_found(markers: Sequence[Marker]) -> list[RenderableType]:
    if not markers:
        return []
    counts = []
    for lexicon, hits in markers_by_lexicon(markers).items():
        quoted = sum(hit.voice is Voice.QUOTED for hit in hits)
        counts.append(f"{phrases.label(lexicon)} {len(hits)}" + (f" ({quoted} quoted)" if quoted else ""))
    return ["", Text("MARKERS FOUND", style="bold"), _indented(Text(" · ".join(counts)))]


def _removed(score: ArticleScore) -> list[RenderableType]:
    removed = score.article.removed
    if not removed:
        return []
    texts: dict[str, list[str]] = {}
    for piece in removed:
        texts.setdefault(piece.reason, []).append(phrases.excerpt(piece.span.of(score.article.text), 100))
    rows = [(f"{phrases.label(reason)} × {len(pieces)}", _listed(pieces)) for reason, pieces in texts.items()]
    return _section("KEPT OUT OF THE SCORE", rows)


def _listed(pieces: Sequence[str]) -> str:
    more = [f"… and {len(pieces) - TOP} more"] if len(pieces) > TOP else []
    return "\n".join([*pieces[:TOP], *more])


def _notes(score: ArticleScore) -> list[RenderableType]:
    if not score.notes:
        return []
    return ["", Text("NOTES", style="bold"), *(_indented(Text(phrases.tidy(n))) for n in score.notes)]


def _footer(score: ArticleScore) -> list[RenderableType]:
    quoted = f"{phrases.ELSEWHERE} stands for quoted words, which are scored apart. "
    shown = "“…” at an end marks a text shortened here; --format json has everything."
    has_quotes = any(s.spans(Voice.QUOTED) for s in score.article.sentences)
    return ["", Text((quoted if has_quotes else "") + shown, style="dim")]


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


def _name(score: ArticleScore) -> str:
    outlet, title = phrases.tidy(score.article.document.outlet or ""), phrases.title(score.article)
    return title if not outlet or title.startswith(outlet) else f"{outlet}: {title}"


def _cell(score: ArticleScore, axis: Axis) -> str:
    one = score.axes.get(axis.name)
    if one is None or one.value is None:
        return "none"
    bounds = phrases.interval(one, axis)
    return phrases.amount(one.value, axis) + (f" ({bounds})" if bounds else "")


def _failures(failures: Sequence[Failure]) -> list[RenderableType]:
    if not failures:
        return []
    rows = [(phrases.tidy(one.id), f"{one.kind}: {phrases.tidy(one.message)}") for one in failures]
    return _section("NOT SCORED", rows)
