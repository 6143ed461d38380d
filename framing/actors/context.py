"""Whether capitals around a known name show that it is a part of a longer one."""

from collections.abc import Sequence

from framing.actors import given_names
from framing.actors.index import Role
from framing.actors.lookup import Hit
from framing.actors.titles import TITLES, title_begin
from framing.actors.vocabulary import (
    ARTICLES,
    CURRENT,
    DAYS,
    FORMER,
    HEADS,
    MODIFIERS,
    NAMED_AFTER,
    NAMED_FOR,
    ORGANISATION_HEADS,
)
from framing.actors.words import Line

GIVEN = given_names.MALE | given_names.FEMALE
_BESIDE = TITLES | MODIFIERS | FORMER | CURRENT | DAYS | ARTICLES
_LONGEST = 3
_CHECKED_ALONE = frozenset(("person", "state"))


def is_part_of_longer(line: Line, begin: int, end: int, hits: Sequence[Hit], kind: str) -> bool:
    """Whether the known name in words `[begin, end)` stands in a name of its own: "Trump Tower", "Bank of Israel"."""
    return _goes_on(line, begin, end, hits, kind) or _began(line, begin, end, hits, kind) or _is_of(line, begin)


def _goes_on(line: Line, begin: int, end: int, hits: Sequence[Hit], kind: str) -> bool:
    if line.gap(end) != " " or line.words[end - 1].owns:
        return False
    word = line.words[end]
    if not word.capital or line.shouted:
        return False
    if word.key in ORGANISATION_HEADS and kind not in _CHECKED_ALONE:
        return False
    if word.key == "first" and line.key(end + 1) not in HEADS:
        return True
    if _heads_a_name(line, end, hits):
        return True
    if line.titled or kind not in _CHECKED_ALONE or end - begin > 1:
        return False
    if kind == "person" and title_begin(line, begin) < begin:
        return False
    return word.key not in _BESIDE and not any(hit.begin == end and hit.role is not Role.SURNAME for hit in hits)


def _heads_a_name(line: Line, at: int, hits: Sequence[Hit]) -> bool:
    """Whether a word like "Association" ends the capitalised words from `at` on, before any title or other actor."""
    for ahead in range(at, min(at + _LONGEST, len(line.words))):
        word = line.words[ahead]
        known = any(hit.begin <= ahead < hit.end and hit.end - hit.begin > 1 for hit in hits)
        if known or not word.capital or not line.joined(ahead) or (ahead > at and line.titled):
            return False
        if word.key in NAMED_AFTER:
            return True
        if word.key in _BESIDE or word.owns:
            return False
    return False


def _began(line: Line, begin: int, end: int, hits: Sequence[Hit], kind: str) -> bool:
    if line.gap(begin) != " " or kind not in _CHECKED_ALONE or end - begin > 1:
        return False
    word = line.words[begin - 1]
    if not word.capital or word.owns or word.key in _BESIDE:
        return False
    if any(hit.end == begin and hit.role is not Role.SURNAME for hit in hits):
        return False
    if begin == 1 or line.titled or line.shouted:
        return word.key in GIVEN
    # "When Trump" after a colon or a quotation mark opens a clause.
    return word.key in GIVEN or not _opens(line, begin - 1)


def _opens(line: Line, at: int) -> bool:
    return not line.joined(at)


def _is_of(line: Line, begin: int) -> bool:
    at = begin - 1
    if line.key(at) == "the":
        at -= 1
    if line.key(at) not in ("of", "for") or at < 1:
        return False
    return line.words[at - 1].capital and line.key(at - 1) in NAMED_FOR and not line.titled
