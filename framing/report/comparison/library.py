"""The articles that figures lead to: their sentences and words, from the rows of a scores file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.article import Sentence, Span, Stretch, Voice
from framing.axes import Axis
from framing.compare.result import ArticleRef
from framing.report import phrases
from framing.report.actors import STANCE, Marked, marked
from framing.report.page import WEB

Row = Mapping[str, Any]

# What a page needs of a row whose sentences it shows, and of one that it only names.
COLUMNS = ("url", "date", "text", "quotes", "evidence", "actors")
NAMING = ("url", "date")
WIDTH = 260


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as shown: a figure beside it, and its pieces, each with whether it is marked."""

    amount: str
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that a figure leads to."""

    title: str
    url: str | None
    date: str
    amount: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Rows of a scores file by index of the article in the corpus.

    Attributes
    ----------
    rows : those whose sentences are shown.
    named : those that are only named; what is in neither is shown by its title alone.
    """

    rows: Mapping[int, Row]
    named: Mapping[int, Row] = field(default_factory=dict)

    def on_axis(self, ref: ArticleRef, axis: Axis, amount: str, top: int) -> Shown:
        """An article with the journalist's sentences that do most for its value on an axis, and their words."""
        row = self.rows.get(ref.index)
        found = [one for one in row["evidence"] or () if one["axis"] == axis.name] if row else []
        lines = (_evidence_line(row, one) for one in found[:top] if row)
        return self._shown(ref, amount, lines)

    def toward(self, ref: ArticleRef, actor: str, name: str, top: int) -> Shown:
        """An article with the journalist's sentences that show its stance toward an actor."""
        row = self.rows.get(ref.index)
        found = next((one for one in (row["actors"] or () if row else ()) if _is(one, actor, name)), None)
        lines = _mention_lines(row, found["mentions"] or ()) if row and found else ()
        return self._shown(ref, phrases.amount(ref.value, STANCE), list(lines)[:top])

    def plain(self, ref: ArticleRef) -> Shown:
        """An article by its title."""
        return self._shown(ref, "", ())

    def _shown(self, ref: ArticleRef, amount: str, lines: Iterator[Line] | Sequence[Line]) -> Shown:
        row = self.rows.get(ref.index) or self.named.get(ref.index) or {}
        url = row.get("url")
        return Shown(
            title=phrases.excerpt(ref.title or ref.id, 140),
            url=url if url and WEB.match(url) else None,
            date=phrases.tidy(row.get("date") or "")[:10],
            amount=amount,
            lines=tuple(lines),
        )


def split(text: str, start: int, stop: int) -> list[tuple[str, bool]]:
    """A sentence in pieces, those from `start` to `stop` marked."""
    tidy = phrases.visible(text[:start]).lstrip()
    inside = phrases.visible(text[start:stop])
    names = ((len(tidy), len(tidy) + len(inside)),) if inside else ()
    return Marked(tidy + inside + phrases.visible(text[stop:]).rstrip(), names).around(WIDTH).pieces


def _evidence_line(row: Row, found: Row) -> Line:
    words = [Span(one["start"], one["stop"]) for one in found["words"] or ()]
    chance = found["probability"]
    return Line("" if chance is None else phrases.percent(chance), _pieces(row, found["start"], found["stop"], words))


def _mention_lines(row: Row, mentions: Sequence[Row]) -> Iterator[Line]:
    """The journalist's sentences, the strongest stance first, each with its mentions marked."""
    groups: dict[tuple[int, int], list[Row]] = {}
    for one in mentions:
        if one["weight"] and one["stance"] is not None:
            groups.setdefault((one["sentence_start"], one["sentence_stop"]), []).append(one)
    for (start, stop), found in sorted(groups.items(), key=lambda item: -max(abs(one["stance"]) for one in item[1])):
        strongest = max(found, key=lambda one: abs(one["stance"]))
        spans = [Span(one["start"], one["stop"]) for one in found]
        yield Line(phrases.amount(strongest["stance"], STANCE), _pieces(row, start, stop, spans))


def _pieces(row: Row, start: int, stop: int, words: Sequence[Span]) -> list[tuple[str, bool]]:
    sentence = Sentence(Span(start, stop), tuple(_stretches(row, start, stop)))
    return marked(row["text"], sentence, words, own=True).around(WIDTH).pieces


def _stretches(row: Row, start: int, stop: int) -> Iterator[Stretch]:
    place = start
    for quote in row["quotes"] or ():
        if start <= quote["start"] and quote["stop"] <= stop:
            if place < quote["start"]:
                yield Stretch(Span(place, quote["start"]), Voice.JOURNALIST)
            yield Stretch(Span(quote["start"], quote["stop"]), Voice.QUOTED)
            place = quote["stop"]
    if place < stop:
        yield Stretch(Span(place, stop), Voice.JOURNALIST)


def _is(found: Row, actor: str, name: str) -> bool:
    return found["id"] == actor or phrases.tidy(found["name"]).casefold() == phrases.tidy(name).casefold()
