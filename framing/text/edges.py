"""Boilerplate at either end of a paragraph: a link in brackets, "Read more", an audio player, a label.

Only the span is taken off and listed; the prose beside it stays.
"""

import re

from framing.article import Removed
from framing.text.lines import Line, ends_sentence
from framing.text.reasons import Reason

MOST_TAILS = 4
PROSE_WORDS = 6

_POINTER = r"(?:RELATED|Related|READ(?: MORE| NEXT)?|Read [Mm]ore|WATCH|SEE ALSO|ALSO READ|Also [Rr]ead)"
_BRACKETED = (
    rf"(?:\({_POINTER}\s*:(?:[^()]|\([^()]{{0,80}}\)){{3,250}}\)"
    rf"|\[{_POINTER}\s*:(?:[^\[\]]|\[[^\[\]]{{0,80}}\]){{3,250}}\])"
)
_AFTER_SENTENCE = r"(?<=[.!?…\"”’)\]])\s*"
_MORE = r"(?:R(?:ead [Mm]ore|EAD MORE)|Continue [Rr]eading|CONTINUE READING)"
_AGENCY = r"(?:AP|AFP|EPA|PA|UPI|Reuters|REUTERS|Getty(?: Images)?)"

TAILS = (
    (Reason.RELATED_LINK, re.compile(rf"{_BRACKETED}[\s.]*$")),
    (Reason.RELATED_LINK, re.compile(rf"{_AFTER_SENTENCE}[\[(]?{_MORE}(?: here)?[^\w\"“”‘’']*$")),
    (
        Reason.RELATED_LINK,
        re.compile(rf"{_AFTER_SENTENCE}(?:{_MORE}|RELATED|Related)\s*:\s*[A-Z“‘\"'][^.!?]{{5,150}}$"),
    ),
    (Reason.SHARE, re.compile(rf"{_AFTER_SENTENCE}L(?:isten|ISTEN)\s*·\s*[\d:]{{4,8}}(?:\s+[\d:]{{4,8}})?\W*$")),
)
HEADS = (
    (Reason.RELATED_LINK, re.compile(rf"{_BRACKETED}\s+(?=[A-Z“‘\"'])")),
    (Reason.MENU, re.compile(r"(?:Story [Hh]ighlights|STORY HIGHLIGHTS)\W*?\s*(?=[A-Z“‘\"'\d])")),
    (
        Reason.CAPTION,
        re.compile(
            rf".{{10,400}}?[.!?)”\"]\s*\|\s*{_AGENCY}(?:\s*(?:and|&|,|/)\s*{_AGENCY})*(?: [Pp]hotos?| [Ii]mages)?"
            r"\s+(?=[A-Z“‘\"'])"
        ),
    ),
)


def without_head(line: Line) -> tuple[Line, tuple[Removed, ...]]:
    """The line without the boilerplate it begins with, and that."""
    for reason, pattern in HEADS:
        match = pattern.match(line.text)
        if match and _has_words(line.text[match.end() :]):
            gone = line.cut(0, match.end())
            return line.cut(match.end(), len(line.text)), (Removed(gone.span, reason),)
    return line, ()


def without_tail(line: Line) -> tuple[Line, tuple[Removed, ...]]:
    """The line without the boilerplate it ends with, and that, piece by piece."""
    found: list[Removed] = []
    for _ in range(MOST_TAILS):
        start, reason = _tail(line.text)
        if reason is None or not _has_words(line.text[:start]):
            break
        found.append(Removed(line.cut(start, len(line.text)).span, reason))
        line = line.cut(0, start)
    return line, tuple(found)


def opens_prose(text: str) -> bool:
    """Whether a link in brackets stands before a sentence, so that the line as a whole is prose."""
    match = HEADS[0][1].match(text)
    rest = text[match.end() :] if match else ""
    return len(rest.split()) >= PROSE_WORDS and ends_sentence(rest)


def _tail(text: str) -> tuple[int, Reason | None]:
    for reason, pattern in TAILS:
        match = pattern.search(text)
        if match:
            return match.start(), reason
    return len(text), None


def _has_words(text: str) -> bool:
    return any(character.isalpha() for character in text)
