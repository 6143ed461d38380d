"""Block quotations: who wrote them, and which of their words are the writer's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from framing.article import Kind, Paragraph, Span
from framing.text import sources, speakers
from framing.text.designation import Subject
from framing.text.tokens import Token, tokenize

_SIGNATURE = re.compile(r"(?:^|(?<=[\s.!?”\"’]))[—–-]{1,3}\s?(?=[A-Z])(?P<name>[^—–\n]{2,80})$")
_BULLET = re.compile(r"[—–-]{1,3}\s*$")
_OPENING, _CLOSING = '“"«„', '”"»“'


@dataclass(frozen=True, slots=True)
class Signed:
    """Characters of a block that are quoted, and whoever signs it, if somebody does."""

    words: Span | None
    speaker: str | None


def read(text: str, span: Span) -> Signed:
    """The words of one paragraph of a block, without marks around them and without its signature."""
    match = _SIGNATURE.search(text[span.start : span.stop])
    name = _name(text, Span(span.start + match.start("name"), span.stop)) if match is not None else None
    stop = span.start + match.start() if match is not None and name is not None else span.stop
    start = span.start
    piece = text[start:stop].rstrip()
    if len(piece) > 2 and piece[0] in _OPENING:
        start += 1
        piece = piece[:-1] if piece[-1] in _CLOSING else piece
    stop = max(span.start + len(piece), start)
    return Signed(Span(start, stop) if start < stop else None, name)


def signature_after(text: str, paragraphs: Sequence[Paragraph], index: int) -> str | None:
    """Who signs the block that goes on at paragraph `index`: in it, or on the line after."""
    while index < len(paragraphs) and paragraphs[index].kind is Kind.QUOTE:
        name = read(text, paragraphs[index].span).speaker
        if name is not None:
            return name
        index += 1
    if index == len(paragraphs):
        return None
    span = paragraphs[index].span
    # The dash may have been taken for a bullet, and so stand before the paragraph.
    if _BULLET.search(text, max(0, span.start - 4), span.start):
        return _name(text, span)
    match = _SIGNATURE.match(text[span.start : span.stop])
    return _name(text, Span(span.start + match.start("name"), span.stop)) if match is not None else None


def introduced(tokens: Sequence[Token]) -> Subject | None:
    """`Ana Ruiz:`, all that stands before a block."""
    if len(tokens) < 2 or tokens[-1].text != ":":
        return None
    subject = speakers.after(tokens, 0)
    return subject if subject is not None and subject.end == len(tokens) - 1 else None


def _name(text: str, span: Span) -> str | None:
    tokens = tokenize(text, span.start, span.stop, [])
    subject = speakers.after(tokens, 0)
    if subject is None or not subject.proper or (subject.end < len(tokens) and tokens[subject.end].is_word):
        return None
    return sources.name_of(subject, tokens)
