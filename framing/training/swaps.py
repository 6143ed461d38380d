"""Augmentation: the names in a judged sentence are swapped for others, since a stance is not the name's."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from framing.article import Span
from framing.training.rows import Row, Target

_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "who", "we", "us", "i", "you")
)


def pool_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The names of people, organisations and places in rows whose names are marked, each once, sorted."""
    found = {
        name.span.of(row.text)
        for row in rows
        for name in row.names or ()
        if name.type != "MISC" and name.span.of(row.text)[0].isupper()
    }
    return tuple(sorted(found))


def swapped(row: Row, pool: Sequence[str], generator: random.Random) -> Row:
    """The row with each judged name replaced, wherever it stands, by one of `pool`; pronouns stay."""
    names = {target.span.of(row.text) for target in row.targets}
    new = {name: generator.choice(pool) for name in sorted(names) if _is_name(name)}
    places = _places(row.text, list(new))
    if not places or any(_crosses(target, places) for target in row.targets):
        return row
    text, moves = _rebuilt(row.text, places, new)
    targets = tuple(replace(target, span=_moved(target.span, moves)) for target in row.targets)
    return replace(row, text=text, targets=targets)


def _is_name(words: str) -> bool:
    return words.lower() not in _PRONOUNS and any(character.isupper() for character in words)


def _places(text: str, names: Sequence[str]) -> list[Span]:
    found: list[Span] = []
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in found):
                found.append(span)
    return sorted(found)


def _crosses(target: Target, places: Sequence[Span]) -> bool:
    """Whether a mention shares characters with a swapped name without being one."""
    return any(target.span.overlaps(place) and target.span != place for place in places)


def _rebuilt(text: str, places: Sequence[Span], new: dict[str, str]) -> tuple[str, list[tuple[Span, Span]]]:
    parts: list[str] = []
    moves: list[tuple[Span, Span]] = []
    length, position = 0, 0
    for place in places:
        kept, name = text[position : place.start], new[place.of(text)]
        moves.append((place, Span(length + len(kept), length + len(kept) + len(name))))
        parts += [kept, name]
        length += len(kept) + len(name)
        position = place.stop
    return "".join([*parts, text[position:]]), moves


def _moved(span: Span, moves: Sequence[tuple[Span, Span]]) -> Span:
    shift = 0
    for old, new in moves:
        if old == span:
            return new
        if old.start < span.start:
            shift = new.stop - old.stop
    return Span(span.start + shift, span.stop + shift)
