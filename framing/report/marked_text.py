"""An article's text cut into blocks, sentences, voices and marked words, for a page to lay out.

Every character of the text that is not white space is in exactly one bit: scored, kept out with a reason, or neither.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from framing.article import Article, Removed, Sentence, Span, Stretch, Voice
from framing.scores import Marker


@dataclass(frozen=True, slots=True)
class Bit:
    """A run of characters to which the same things apply.

    `markers` are indices into `ArticleScore.markers`, `weighed` those of the axes on which it is one of the words that
    weighed most in its sentence, `mentions` those of the mentions it belongs to, `ends` those of the mentions it ends.
    """

    text: str
    markers: tuple[int, ...] = ()
    weighed: tuple[int, ...] = ()
    scare: bool = False
    removed: str | None = None
    mentions: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """The bits of one stretch of voice."""

    stretch: Stretch
    bits: tuple[Bit, ...]

    @property
    def is_quoted(self) -> bool:
        """Whether somebody other than the journalist speaks."""
        return self.stretch.voice is Voice.QUOTED


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, by its index in the article (null for the headline), or text that is neither sentence nor removed."""

    sentence: int | None
    runs: tuple[Run, ...]
    unscored: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: `kind` is "title", "prose", "heading", "item" or "removed"."""

    kind: str
    lines: tuple[Line, ...] = ()
    removed: tuple[Removed, ...] = ()


_Part = tuple[Span, str, Sentence | Removed, int | None]


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is to be marked in the text."""

    markers: tuple[Span, ...]
    words: Sequence[Sequence[Span]]
    mentions: Sequence[Span]


def blocks(
    article: Article,
    markers: Sequence[Marker],
    words: Sequence[Sequence[Span]] = (),
    mentions: Sequence[Span] = (),
) -> list[Block]:
    """The whole text in its own order; `words` are, an axis each, the spans of the words that weighed most."""
    marks = _Marks(tuple(marker.span for marker in markers), words, mentions)
    found: list[Block] = []
    cursor = 0
    for span, kind, what, index in _parts(article):
        between = article.text[cursor : span.start]
        _add_unscored(found, between)
        if isinstance(what, Removed):
            block = Block(kind, removed=(what,))
        else:
            runs = tuple(Run(s, tuple(_bits(article, marks, s.span))) for s in what.stretches)
            block = Block(kind, (Line(index, runs),))
        _append(found, block, joins=kind == "removed" or "\n" not in between)
        cursor = max(cursor, span.stop)
    _add_unscored(found, article.text[cursor:])
    return found


def _parts(article: Article) -> list[_Part]:
    parts: list[_Part] = [(s.span, s.kind.value, s, i) for i, s in enumerate(article.sentences)]
    if article.title is not None:
        parts.append((article.title.span, "title", article.title, None))
    taken = [part[0] for part in parts]
    parts += [(r.span, "removed", r, None) for r in article.removed if not any(r.span.overlaps(t) for t in taken)]
    return sorted(parts, key=lambda part: part[0])


def _append(found: list[Block], block: Block, joins: bool) -> None:
    if joins and found and found[-1].kind == block.kind:
        last = found.pop()
        block = Block(block.kind, last.lines + block.lines, last.removed + block.removed)
    found.append(block)


def _add_unscored(found: list[Block], text: str) -> None:
    words = text.strip()
    if not words:
        return
    line = Line(None, (), unscored=words)
    joins = bool(found) and found[-1].kind in ("prose", "item") and not text.startswith("\n")
    _append(found, Block(found[-1].kind if joins else "prose", (line,)), joins)


def _bits(article: Article, marks: _Marks, span: Span) -> Iterator[Bit]:
    hits = _over(marks.markers, span)
    named = _over(marks.mentions, span)
    heavy = [(axis, one) for axis, spans in enumerate(marks.words) for one in spans if one.overlaps(span)]
    scare = [one for one in article.scare_quotes if one.overlaps(span)]
    removed = [one for one in article.removed if one.span.overlaps(span)]
    bounds = [*(one for _, one in hits + named + heavy), *scare, *(one.span for one in removed), span]
    cuts = sorted({min(max(edge, span.start), span.stop) for one in bounds for edge in (one.start, one.stop)})
    for start, stop in pairwise(cuts):
        here = Span(start, stop)
        yield Bit(
            here.of(article.text),
            tuple(i for i, one in hits if one.overlaps(here)),
            tuple(axis for axis, one in heavy if one.overlaps(here)),
            any(one.overlaps(here) for one in scare),
            next((one.reason for one in removed if one.span.overlaps(here)), None),
            tuple(i for i, one in named if one.overlaps(here)),
            tuple(i for i, one in named if one.stop == stop),
        )


def _over(spans: Sequence[Span], span: Span) -> list[tuple[int, Span]]:
    return [(index, one) for index, one in enumerate(spans) if one.overlaps(span)]


def speakers(sentence: Sentence) -> list[str]:
    """Who is quoted in a sentence, each once, in order."""
    return list(dict.fromkeys(s.speaker for s in sentence.stretches if s.speaker and s.voice is Voice.QUOTED))
