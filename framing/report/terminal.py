"""Scores on a terminal: readable at 80 columns, without colour, and where only ASCII can be shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from framing.article import Voice
from framing.axes import Axis
from framing.report import evidence, phrases, terminal_actors
from framing.report.anywhere import Anywhere
from framing.report.bars import bar
from framing.report.evidence import SentenceEvidence
from framing.report.kept_out import worded, wordless
from framing.report.overview import render_table
from framing.report.phrases import Axes, Result
from framing.report.sections import grid, indented, section
from framing.scores import ArticleScore, AxisScore, Marker, markers_by_lexicon

TOP = 3
REMOVED_WIDTH = 100


def render(score: ArticleScore, axes: Axes, reference: str) -> RenderableType:
    """One article, for `console.print`."""
    parts: list[RenderableType] = [_heading(score)]
    for name in score.axes:
        parts += ["", _Axis(score, axes[name], reference)]
    parts += ["", terminal_actors.Actors(score)]
    return Anywhere(Group(*parts, *_markers_found(score.markers), *_removed(score), *_notes(score), _Footer(score)))


def print_score(console: Console, score: ArticleScore, axes: Axes, reference: str) -> None:
    """Print one article."""
    console.print(render(score, axes, reference))


def print_results(console: Console, results: Sequence[Result], axes: Axes, reference: str) -> None:
    """Print one article in full, several as a table."""
    if len(results) == 1 and isinstance(results[0], ArticleScore):
        print_score(console, results[0], axes, reference)
    else:
        console.print(Anywhere(render_table(results, axes)))


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
        yield _value_line(self.score, self.axis)
        body = self._body(one, options.max_width - 2) if one.why_null is None else self._apart(one)
        yield indented(Group(*body))

    def _body(self, one: AxisScore, width: int) -> Iterator[RenderableType]:
        yield bar(one, self.axis, width)
        caution = phrases.caution(one)
        if caution:
            yield Text(caution, style="yellow")
        yield Text(self.axis.unit, style="dim")
        place = phrases.place(one, self.axis, self.reference)
        if place:
            yield Text(place)
        among = phrases.among(one)
        if among:
            yield Text(among, style="dim")
        yield from map(Text, phrases.labels(one))
        yield from self._apart(one)
        yield from _sentences(self.score, self.axis, width)
        yield from _markers(self.score, self.axis)
        yield from _stances(self.score, self.axis)

    def _apart(self, one: AxisScore) -> Iterator[RenderableType]:
        apart = phrases.apart(one, self.axis)
        if apart:
            yield Text(f"apart: {' · '.join(apart)}", style="dim")


def _value_line(score: ArticleScore, axis: Axis) -> Text:
    one = score.axes[axis.name]
    name = (phrases.label(axis.name).upper(), "bold")
    if one.why_null is not None:
        return Text.assemble(name, f"  no value: {one.why_null}")
    note = f"{phrases.interval_note(one, axis)} · {phrases.basis(one, score.article)}"
    return Text.assemble(name, "  ", (phrases.amount(one.value, axis), "bold"), (f"  {note}", "dim"))


def _sentences(score: ArticleScore, axis: Axis, width: int) -> Iterator[RenderableType]:
    found = _top(score, axis.name)
    if not found:
        return
    has_chances = any(one.probability is not None for one in found)
    chances = "chance, " if has_chances else ""
    unit = phrases.points_unit(score.axes[axis.name], axis)
    yield Text(f"\nstrongest sentences ({chances}adds in {unit})", style="dim")
    table = grid(*(("right",) if has_chances else ()), "right", "left")
    for one in found:
        chance = () if one.probability is None else (phrases.percent(one.probability),)
        words = f"\nwords: {', '.join(one.words)}" if one.words else ""
        shown = Text.assemble(phrases.excerpt(one.text, _sentence_width(width)), (words, "dim"))
        table.add_row(*chance, _points(one.contribution, score.axes[axis.name], axis), shown)
    yield table


def _sentence_width(width: int) -> int:
    """Characters of a sentence that fill three lines beside its figures."""
    return 3 * (width - 18)


def _markers(score: ArticleScore, axis: Axis) -> Iterator[RenderableType]:
    rows = []
    for one in evidence.weighty_markers(score, axis)[:TOP]:
        plain = f" → {one.plain}" if one.plain else ""
        hits = f" × {one.n}" if one.n > 1 else ""
        rows.append((one.contribution, f"{one.text}{plain}{hits}", phrases.label(one.lexicon)))
    return _adding("markers", rows, score, axis)


def _stances(score: ArticleScore, axis: Axis) -> Iterator[RenderableType]:
    found = evidence.weighty_stances(score, axis)[:TOP]
    return _adding("stances", [(one.contribution, one.actor, one.told) for one in found], score, axis)


def _adding(
    what: str, rows: Sequence[tuple[float, str, str]], score: ArticleScore, axis: Axis
) -> Iterator[RenderableType]:
    """What adds to a score beside its sentences: how much, what, and a note on it; nothing where nothing does."""
    if not rows:
        return
    yield Text(f"\nstrongest {what} (adds)", style="dim")
    table = grid("right", "left", "left")
    for contribution, shown, note in rows:
        table.add_row(_points(contribution, score.axes[axis.name], axis), Text(shown), Text(note, style="dim"))
    yield table


def _points(contribution: float, score: AxisScore, axis: Axis) -> Text:
    return Text(phrases.points(contribution, score, axis), style="bold")


def _markers_found(markers: Sequence[Marker]) -> list[RenderableType]:
    if not markers:
        return []
    counts = []
    for lexicon, hits in markers_by_lexicon(markers).items():
        quoted = sum(hit.voice is Voice.QUOTED for hit in hits)
        counts.append(f"{phrases.label(lexicon)} {len(hits)}" + (f" ({quoted} quoted)" if quoted else ""))
    return ["", Text("MARKERS FOUND", style="bold"), indented(Text(" · ".join(counts)))]


def _removed(score: ArticleScore) -> list[RenderableType]:
    article = score.article
    if not article.removed:
        return []
    texts: dict[str, list[str]] = {}
    for piece in worded(article):
        texts.setdefault(piece.reason, []).append(phrases.excerpt(piece.span.of(article.text), REMOVED_WIDTH))
    rows = [(f"{phrases.label(reason)} × {len(pieces)}", _listed(pieces)) for reason, pieces in texts.items()]
    rows += [(wordless(article), "bullets and other signs")] if wordless(article) else []
    return section("KEPT OUT OF THE SCORE", rows)


def _listed(pieces: Sequence[str]) -> str:
    more = [f"… and {len(pieces) - TOP} more"] if len(pieces) > TOP else []
    return "\n".join([*pieces[:TOP], *more])


def _notes(score: ArticleScore) -> list[RenderableType]:
    if not score.notes:
        return []
    return ["", Text("NOTES", style="bold"), *(indented(Text(phrases.tidy(n))) for n in score.notes)]


@dataclass(frozen=True, slots=True)
class _Footer:
    """What the signs of omission stand for, where they were used."""

    score: ArticleScore

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        sentences = [one.text for name in self.score.axes for one in _top(self.score, name)]
        room = _sentence_width(options.max_width - 2)
        text = self.score.article.text
        removed = (phrases.tidy(piece.span.of(text)) for piece in worded(self.score.article))
        parts = []
        shortened = any(len(one) > room for one in sentences) or any(len(one) > REMOVED_WIDTH for one in removed)
        if any(phrases.ELSEWHERE in one for one in sentences) or terminal_actors.leaves_out_quotes(self.score):
            parts.append(f"{phrases.ELSEWHERE} stands for quoted words, which are scored apart.")
        if shortened or terminal_actors.shortens(self.score, options.max_width - 2):
            parts.append("“…” at an end marks a text shortened here.")
        yield Text("\n" + " ".join([*parts, "--format json has everything."]), style="dim")


def _top(score: ArticleScore, axis: str) -> list[SentenceEvidence]:
    return evidence.sentence_evidence(score, axis)[:TOP]
