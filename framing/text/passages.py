"""Passages: what one voice says in one sentence, as a text of its own for the encoder.

Stretches of one voice are encoded alone, with an ellipsis where the other voice was cut out, so that no quoted word
can reach the journalist's score through attention (docs/experiments.md, "voice").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from framing.article import Article, Kind, Sentence, Span, Voice

ELLIPSIS = "…"
MIN_WORDS = 4
MIN_WORDS_BESIDE_QUOTES = 8
TITLE = -1
_WORD = re.compile(r"\w(?:[\w'’.-]|,(?=\d))*")


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one voice in one sentence.

    Attributes
    ----------
    sentence : index in `Article.sentences`, or `TITLE`.
    pieces : (start in `text`, span in the article) of each stretch, in order.
    """

    sentence: int
    voice: Voice
    text: str
    pieces: tuple[tuple[int, Span], ...]

    def article_span(self, start: int, stop: int) -> Span | None:
        """Where characters `[start, stop)` of this passage stand in the article; None for the ellipsis."""
        for offset, span in self.pieces:
            if offset <= start < offset + span.stop - span.start:
                moved = span.start - offset
                return Span(start + moved, max(start + moved + 1, min(stop + moved, span.stop)))
        return None


def passages(article: Article) -> Iterator[Passage]:
    """Every passage long enough to score: four words, or eight where the journalist speaks beside a quotation.

    Less is a label or a mere attribution ("… said Ana Ruiz on Monday"). Headings within the body say too little
    alone and are left out; the headline is scored whatever its length.
    """
    if article.title is not None:
        yield from _of_sentence(article, article.title, TITLE)
    for index, sentence in enumerate(article.sentences):
        if sentence.kind is not Kind.HEADING:
            yield from _of_sentence(article, sentence, index)


def _of_sentence(article: Article, sentence: Sentence, index: int) -> Iterator[Passage]:
    for voice in Voice:
        spans = sentence.spans(voice)
        if not spans:
            continue
        words = sum(len(_WORD.findall(span.of(article.text))) for span in spans)
        if words >= _enough(sentence, voice) or (index == TITLE and words):
            yield _joined(article.text, sentence, spans, voice, index)


def _enough(sentence: Sentence, voice: Voice) -> int:
    mixed = voice is Voice.JOURNALIST and any(stretch.voice is Voice.QUOTED for stretch in sentence.stretches)
    return MIN_WORDS_BESIDE_QUOTES if mixed else MIN_WORDS


def _joined(text: str, sentence: Sentence, spans: tuple[Span, ...], voice: Voice, index: int) -> Passage:
    parts: list[str] = []
    pieces: list[tuple[int, Span]] = []
    length = 0
    position = sentence.span.start
    for span in spans:
        if span.start > position:
            parts.append(ELLIPSIS if voice is Voice.JOURNALIST else f" {ELLIPSIS} " if pieces else "")
            length += len(parts[-1])
        pieces.append((length, span))
        parts.append(span.of(text))
        length += len(parts[-1])
        position = span.stop
    if voice is Voice.JOURNALIST and position < sentence.span.stop:
        parts.append(ELLIPSIS)
    return Passage(index, voice, "".join(parts), tuple(pieces))
