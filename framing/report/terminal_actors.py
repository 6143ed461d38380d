"""The actors of an article on a terminal: a bar each, what stands apart, and the sentence that shows most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.text import Text

from framing.report import actors, phrases
from framing.report.actors import STANCE, Marked
from framing.report.bars import line
from framing.report.sections import grid, indented
from framing.scores import ActorScore, ArticleScore

MOST = 8
SPEAKERS = 3

_CELLS = 29
_AMOUNT = 7  # columns of a signed number and the space behind it
_NOTE = 36  # columns of the longest interval with its sentences


@dataclass(frozen=True, slots=True)
class Actors:
    """The section of the actors; one line where there are none."""

    score: ArticleScore

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        found = actors.ranked(self.score.actors)
        if not found:
            yield _heading("none found")
            return
        yield _heading(f"{len(found):,}, the most mentioned first" if len(found) > 1 else "1")
        width = options.max_width - 2
        parts: list[RenderableType] = [Text(f"stance: {STANCE.unit}; 90 % interval", style="dim")]
        for actor in found[:MOST]:
            parts += ["", *_block(self.score, actor, width)]
        if len(found) > MOST:
            parts += ["", Text(f"and {len(found) - MOST:,} more (in the JSON)", style="dim")]
        yield indented(Group(*parts))


def shortens(score: ArticleScore, width: int) -> bool:
    """Whether the section, `width` columns wide, leaves out a part of a sentence."""
    return any(one.text != one.around(_room(width)).text for one in _sentences(score))


def leaves_out_quotes(score: ArticleScore) -> bool:
    """Whether the section has a sentence whose quoted words are left out."""
    return any(phrases.ELSEWHERE in one.text for one in _sentences(score))


def _heading(what: str) -> Text:
    return Text.assemble(("ACTORS", "bold"), (f"  {what}", "dim"))


def _sentences(score: ArticleScore) -> Iterator[Marked]:
    for actor in actors.ranked(score.actors)[:MOST]:
        found = actors.strongest(score.article, actor)
        if found:
            yield found.marked


def _block(score: ArticleScore, actor: ActorScore, width: int) -> Iterator[RenderableType]:
    yield Text.assemble((phrases.tidy(actor.name), "bold"), (f"  {' · '.join(actors.facts(actor))}", "dim"))
    yield from _drawn(actor, width) if actor.stance is not None else [Text(actors.why_none(actor))]
    apart = _apart(actor)
    if apart:
        yield Text(f"apart: {' · '.join(apart)}", style="dim")
    found = actors.strongest(score.article, actor)
    if found:
        table = grid("right", "left")
        table.add_row(Text(phrases.amount(found.stance, STANCE), style="bold"), _words(found.marked, width))
        yield table


def _drawn(actor: ActorScore, width: int) -> Iterator[Text]:
    one = actors.as_axis(actor)
    amount = (phrases.amount(actor.stance, STANCE).ljust(_AMOUNT), "bold")
    note = (f"{phrases.interval(one, STANCE) or 'no interval'} · {phrases.count(actor.n, 'sentence')}", "dim")
    room = width - _AMOUNT - 2
    if room >= _CELLS + _NOTE:
        yield Text.assemble(amount, line(one, STANCE, _CELLS), "  ", note)
        return
    yield Text.assemble(amount, line(one, STANCE, min(_CELLS, room)))
    yield Text.assemble(note)


def _apart(actor: ActorScore) -> list[str]:
    apart = list(phrases.apart(actors.as_axis(actor), STANCE))
    who: Sequence[str] = actors.speakers(actor)
    more = ", …" if len(who) > SPEAKERS else ""
    return apart + ([f"says so: {', '.join(who[:SPEAKERS])}{more}"] if who else [])


def _words(marked: Marked, width: int) -> Text:
    shown = marked.around(_room(width))
    return Text.assemble(*((piece, "bold" if is_name else "") for piece, is_name in shown.pieces))


def _room(width: int) -> int:
    """Characters that fill three lines beside a number."""
    return max(_CELLS, 3 * (width - _AMOUNT - 4))
