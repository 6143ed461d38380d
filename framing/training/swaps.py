"""Augmentation: names are swapped for others, since a stance is not the name's, and news is full of new names."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from framing.article import Span
from framing.seeds.actors import Catalogue
from framing.seeds.known import PERSON, STATE
from framing.training.rows import Named, Row, Target

_PRONOUNS = frozenset(
    ("he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "who", "we", "us", "i", "you")
)
_MISC = "MISC"
_TYPES = {PERSON: "PER", STATE: "LOC"} | dict.fromkeys(
    ("party", "armed_group", "body", "agency", "organisation", "company", "outlet"), "ORG"
)
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Pool:
    """Names to put in the place of others, sorted.

    Attributes
    ----------
    marked : names of people, organisations and places that are marked in rows.
    known : names of known actors, by their kind.
    typed : both, by the type they are marked as; capitals are LOC, and MISC are demonyms alone.
    """

    marked: tuple[str, ...]
    known: Mapping[str, tuple[str, ...]]
    typed: Mapping[str, tuple[str, ...]]

    def draw(self, generator: random.Random) -> str:
        """Any name: as often a marked one as one of a known actor, of which each kind is as likely as another."""
        if self.known and generator.random() < _SHARE:
            return generator.choice(self.known[generator.choice(list(self.known))])
        return generator.choice(self.marked)


def pool_of(rows: Sequence[Row], catalogue: Catalogue | None = None) -> Pool:
    """The names that are marked in `rows`, and those of known actors."""
    actors = list(catalogue.actors.values()) if catalogue else []
    marked = {(type, name) for row in rows for type, name in _marked(row)}
    known = {(actor.kind, actor.name) for actor in actors}
    typed = {(_TYPES[actor.kind], actor.name) for actor in actors if actor.kind in _TYPES}
    typed |= {("LOC", actor.capital) for actor in actors if actor.capital}
    typed |= {(_MISC, name) for actor in actors for name in actor.demonyms}
    return Pool(tuple(sorted({name for _, name in marked})), _by_first(known), _by_first(marked | typed))


def _marked(row: Row) -> Iterable[tuple[str, str]]:
    found = ((name.type, name.span.of(row.text)) for name in row.names or ())
    return ((type, name) for type, name in found if type != _MISC and name[0].isupper())


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, name in sorted(pairs):
        found.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in found.items()}


def swapped(row: Row, pool: Pool, generator: random.Random) -> Row:
    """The row with each judged name replaced, wherever it stands, by any other; pronouns stay."""
    names = {target.span.of(row.text) for target in row.targets}
    new = {name: pool.draw(generator) for name in sorted(names) if _is_name(name)}
    places = _places(row.text, list(new))
    if not places or any(_crosses(target, places) for target in row.targets):
        return row
    text, moves = _rebuilt(row.text, places, new)
    targets = tuple(replace(target, span=_moved(target.span, moves)) for target in row.targets)
    return replace(row, text=text, targets=targets)


def renamed(row: Row, pool: Pool, generator: random.Random) -> Row:
    """The row with about half of its marked names replaced by others of the same type; demonyms by demonyms."""
    new: dict[str, str] = {}
    chosen: list[Span] = []
    for name in row.names or ():
        written = name.span.of(row.text)
        if _fits(name, written, pool) and generator.random() < _SHARE:
            new.setdefault(written, generator.choice(pool.typed[name.type]))
            chosen.append(name.span)
    text, moves = _rebuilt(row.text, chosen, new)
    return replace(row, text=text, names=tuple(replace(one, span=_moved(one.span, moves)) for one in row.names or ()))


def _fits(name: Named, written: str, pool: Pool) -> bool:
    names = pool.typed.get(name.type, ())
    return bool(names) and written[0].isupper() and (name.type != _MISC or written in names)


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
