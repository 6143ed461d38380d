"""The catalogue by first word: which known names may begin where a word stands.

Built once for a catalogue. A name is cut into words only when a text has its first word.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from framing.actors.vocabulary import listed
from framing.actors.words import Line, Word, words_of
from framing.seeds.actors import Catalogue, KnownActor, StateNames
from framing.seeds.derived import derived_id, governing_city
from framing.seeds.known import DERIVED, PERSON

_KEPT = 4
_SHORT = 3
_ARTICLE_OF_SURNAME = re.compile(r"(?:al|el|ad|an|ar|as|at|az|Al|El)[-‑](?=[A-Z])")
# Names that are far more often something else.
_NO_NAMES = listed("he she so an to do you no me my may will")
_TITLES = listed("king queen prince princess president pope general sheikh")
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
# There the family name stands first.
_FAMILY_FIRST = frozenset(("china", "north-korea", "south-korea", "taiwan", "vietnam", "cambodia", "singapore"))


class Role(IntEnum):
    """What a written name is to its actor; the lower, the sooner it is taken."""

    NAME = 0
    ACRONYM = 1
    MEMBER = 2
    DEMONYM = 3
    CAPITAL = 4
    SURNAME = 5


class Entry(NamedTuple):
    """One known name, ready to be compared.

    Attributes
    ----------
    words, keys : as in `Word`; in `keys` the possessives inside a name are kept ("people's").
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    role: Role
    actor: str

    def fits(self, line: Line, at: int) -> bool:
        """Whether this name stands at word `at` of `line`, whose first word is known to agree."""
        stop = at + len(self.keys)
        if stop == at + 1:
            return self._is_word(line.words[at], line.shouted)
        words = line.words[at:stop]
        if len(words) < len(self.keys) or (words[-1].key != self.keys[-1] and _whole(words[-1]) != self.keys[-1]):
            return False
        if any(_whole(word) != key for word, key in zip(words[:-1], self.keys, strict=False)):
            return False
        if not all(map(line.joined, range(at + 1, stop))):
            return False
        if self.role is Role.ACRONYM:
            return all(word.text == written for word, written in zip(words, self.words, strict=True))
        return all(same_case(word.text, written, line.shouted) for word, written in zip(words, self.words, strict=True))

    def _is_word(self, word: Word, shouted: bool) -> bool:
        """Whether a name of one word is this word."""
        if word.key != self.keys[0] and _whole(word) != self.keys[0]:
            return False
        written = self.words[0]
        return word.text == written if self.role is Role.ACRONYM else same_case(word.text, written, shouted)


class Index:
    """The names of a catalogue by their first word, and by their second if they have one.

    What is made by rule from the names of states is left to `phrases`: "Israeli troops".

    Attributes
    ----------
    firsts : the written names by the key of their first word.
    small_firsts : the keys with which a name in lower case begins.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.actors = catalogue.actors
        self.firsts: dict[str, list[tuple[str, Role, str]]] = {}
        self.small_firsts: set[str] = set()
        self._ready: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._full_names: dict[str, tuple[tuple[str, ...], ...]] = {}
        for written, role, id in _names(catalogue):
            first = written.partition(" ")[0]
            key = first.lower() if first.isalnum() and first.isascii() else words_of(first)[0].key
            if not first[0].isupper():
                self.small_firsts.add(key)
            if key in self.firsts:
                self.firsts[key].append((written, role, id))
            else:
                self.firsts[key] = [(written, role, id)]

    def entries(self, line: Line, at: int) -> tuple[Entry, ...]:
        """The names that may begin at word `at`, longest first."""
        key = line.words[at].key
        ready = self._ready.get(key)
        if ready is None:
            ready = self._ready[key] = _by_second(_entry(*raw) for raw in self.firsts.get(key, ()))
        longer = ready.get(line.words[at + 1].key, ()) if at + 1 < len(line.words) else ()
        return longer + ready.get("", ())

    def kind(self, actor: str) -> str:
        """The kind of a known actor; "" of any other."""
        known = self.actors.get(actor)
        return known.kind if known else ""

    def full_names(self, actor: str) -> tuple[tuple[str, ...], ...]:
        """The names of two words and more of a known actor, as keys; "Jr." is no word of them."""
        found = self._full_names.get(actor)
        if found is None:
            known = self.actors[actor]
            written = (known.name, *known.aliases)
            names = (tuple(word.key for word in words_of(one) if word.text not in _SUFFIXES) for one in written)
            found = self._full_names[actor] = tuple(keys for keys in names if len(keys) > 1)
        return found


_recent: list[tuple[Catalogue, Index]] = []


def index_of(catalogue: Catalogue) -> Index:
    """The index of a catalogue, built when it is first asked for."""
    for known, index in _recent:
        if known is catalogue:
            return index
    index = Index(catalogue)
    _recent.insert(0, (catalogue, index))
    del _recent[_KEPT:]
    return index


def same_case(text: str, written: str, shouted: bool) -> bool:
    """Whether `text` may stand for a name written `written`: capitals where it has them, or throughout."""
    if text == written:
        return True
    if text.isupper() and len(text) > 1 and not written.isupper():
        return shouted or len(text) > _SHORT
    if written.isupper() and len(written) > 1:
        return False
    # Common nouns in names may be capitalised: "the Israeli Army".
    return text[0].isupper() or not written[0].isupper()


def _whole(word: Word) -> str:
    return word.key + "'s" if word.end > word.stop else word.key


def _names(catalogue: Catalogue) -> Iterator[tuple[str, Role, str]]:
    """Everything that is written for an actor in a file."""
    for id, actor in catalogue.declared.items():
        yield actor.name, Role.NAME, id
        for role, names in (
            (Role.NAME, actor.aliases),
            (Role.ACRONYM, actor.acronyms),
            (Role.MEMBER, actor.members),
            (Role.DEMONYM, actor.demonyms),
        ):
            for written in names:
                yield written, role, id
        if actor.kind == PERSON:
            for written in _surnames(actor):
                yield written, Role.SURNAME, id
        elif id in catalogue.states:
            yield from _derived_names(actor, catalogue.states[id])


def _derived_names(state: KnownActor, names: StateNames) -> Iterator[tuple[str, Role, str]]:
    government, army, people = (derived_id(state.id, kind) for kind in DERIVED)
    capital = governing_city(state)
    if capital:
        yield capital, Role.CAPITAL, government
    for written in names.government_aliases:
        yield written, Role.NAME, government
    for written in names.people:
        yield written, Role.NAME, people
    for written in (*([names.army_name] if names.army_name else ()), *names.army_aliases):
        yield written, Role.NAME, army
    for written in names.army_acronyms:
        yield written, Role.ACRONYM, army


def _surnames(actor: KnownActor) -> Iterable[str]:
    """The family names of a person: the last word with its particles, or the first where it stands there."""
    found: dict[str, None] = {}
    for written in (actor.name, *actor.aliases):
        parts = written.split(" ")
        if parts[-1] in _SUFFIXES:
            parts.pop()
        if len(parts) < 2 or "of" in parts:
            continue
        begin = len(parts) - 1
        while begin > 1 and parts[begin - 1].islower():
            begin -= 1
        family_first = actor.country in _FAMILY_FIRST
        if parts[-1].lower() not in _NO_NAMES and not (family_first and len(parts) > 2):
            found[" ".join(parts[begin:])] = None
            found[_ARTICLE_OF_SURNAME.sub("", parts[-1])] = None
        if begin == len(parts) - 1 > 1 and len(parts[-2]) > _SHORT:
            found[" ".join(parts[-2:])] = None
        if family_first and parts[0].lower() not in _NO_NAMES | _TITLES:
            found[parts[0]] = None
    return found


def _by_second(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Names of one first word by their second word, "" for those that have none."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        second = entry.keys[1].removesuffix("'s") if len(entry.keys) > 1 else ""
        found.setdefault(second, []).append(entry)
    order = {second: sorted(some, key=lambda one: (-len(one.keys), one.role)) for second, some in found.items()}
    return {second: tuple(some) for second, some in order.items()}


def _entry(written: str, role: Role, actor: str) -> Entry:
    words = words_of(written)
    keys = (*map(_whole, words[:-1]), _whole(words[-1]))
    return Entry(tuple(word.text for word in words), keys, role, actor)
