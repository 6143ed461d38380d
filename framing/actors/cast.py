"""The actors of one article as they become known: who was named in full, by what titles, when last."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from framing.actors.gender import of_name
from framing.actors.index import Index
from framing.actors.lookup import Hit
from framing.actors.mention import NameType
from framing.actors.pieces import Piece
from framing.actors.titles import without_suffix
from framing.actors.vocabulary import GENERIC_NAMES, ORGANISATION_HEADS
from framing.seeds.offices import common_name

_KINDS = {NameType.PERSON: "person", NameType.ORGANISATION: "organisation"}
_INITIAL = 1
_LINKS = frozenset(("of", "for", "in", "on"))


class Post(NamedTuple):
    """An office that the article gives somebody; `of` is the id of a known actor it belongs to."""

    office: tuple[str, ...]
    former: bool
    of: str | None = None


@dataclass(slots=True, eq=False)
class Member:
    """One actor of the article.

    Attributes
    ----------
    id : of a known actor; of another it is made from the longest form at the end.
    forms : how it is written, the first as first seen.
    keys : of a person's full name; of another name without its head.
    gender : "m" or "f" where told.
    posts : the offices the article gives a person.
    seen : (line, word) of every mention so far, in order.
    """

    id: str
    type: NameType | None
    forms: list[str] = field(default_factory=list)
    keys: tuple[str, ...] = ()
    gender: str | None = None
    posts: set[Post] = field(default_factory=set)
    seen: list[tuple[int, int]] = field(default_factory=list)
    kind: str = "other"

    @property
    def known(self) -> bool:
        """Whether it is of the catalogue."""
        return bool(self.id)

    def name(self) -> str:
        """The longest form, one that is not all in capitals if there is any."""
        return max(self.forms, key=lambda form: (not form.isupper() or len(form) < 6, len(form)))


class Cast:
    """The actors of one article."""

    def __init__(self, index: Index, date: str | None) -> None:
        self.index = index
        self.date = date
        self.known: dict[str, Member] = {}
        self.persons: dict[tuple[str, ...], Member] = {}
        self.things: dict[tuple[str, ...], Member] = {}
        self.by_last: dict[str, list[Member]] = {}
        self.by_first: dict[str, list[Member]] = {}
        self.in_full: set[str] = set()
        self.acronyms: dict[str, Piece] = {}

    def agrees(self, hit: Hit, office: tuple[str, ...]) -> str | None:
        """The one of those a family name may mean who holds, or once held, this office."""
        held = [id for id in (hit.actor, *hit.others) if office and self.holds(id, office)]
        return held[0] if len(held) == 1 else None

    def know(self, id: str) -> Member:
        """The member for a known actor."""
        member = self.known.get(id)
        if member is None:
            actor = self.index.actors[id]
            gender = actor.gender if actor.gender in ("m", "f") else None
            member = self.known[id] = Member(id, None, [actor.name], gender=gender, kind=actor.kind)
        return member

    def name_known_person(self, id: str, keys: tuple[str, ...]) -> Member:
        """The member for a known person who is named in full."""
        member = self.know(id)
        if id not in self.in_full:
            # Known family names are found by the catalogue; the last word need not be one.
            self.in_full.add(id)
            self.by_first.setdefault(keys[0], []).append(member)
        return member

    def person(self, keys: tuple[str, ...], written: str) -> Member:
        """The member for a name that is not of the catalogue; of one word it is nobody's family name."""
        plain, suffix = without_suffix(keys)
        found = self.persons.get(keys)
        if found is None and len(plain) > 1:
            same = (one for one in self.by_last.get(plain[-1], ()) if _same_person(one.keys, plain, suffix))
            found = next(same, None)
        if found is None:
            found = Member("", NameType.PERSON, kind="person", gender=of_name(written))
            found.keys = (*plain, suffix) if suffix else plain
            self.persons[found.keys] = found
            if len(plain) > 1:
                self.by_last.setdefault(plain[-1], []).append(found)
                self.by_first.setdefault(plain[0], []).append(found)
        found.forms.append(written)
        return found

    def thing(self, keys: tuple[str, ...], written: str, kind: str) -> Member | None:
        """The member for an organisation, by its name without head; None for a bare common noun."""
        short = without_heads(keys)
        if all(key in GENERIC_NAMES for key in short):
            return None
        found = self.things.get(short) or self._longer(keys)
        if found is None:
            found = self.things[short] = Member("", NameType.ORGANISATION, kind=kind, keys=short)
        found.forms.append(written)
        return found

    def _longer(self, keys: tuple[str, ...]) -> Member | None:
        """The one organisation that these words, two at least, begin or end the name of: "Central Bank of …"."""
        if len(keys) < 2:
            return None
        n = len(keys)
        longer = [
            one
            for full, one in self.things.items()
            if len(full) > n and (full[-n:] == keys or (full[:n] == keys and full[n] in _LINKS))
        ]
        return longer[0] if len(longer) == 1 else None

    def called(self, last: str) -> list[Member]:
        """Those named in full with this family name who are not of the catalogue, in order of the text."""
        return self.by_last.get(last, [])

    def members(self) -> Iterator[Member]:
        """All of them, in no order that matters."""
        yield from self.known.values()
        yield from self.persons.values()
        yield from self.things.values()

    def holds(self, id: str, office: tuple[str, ...], former: bool | None = None, of: str | None = None) -> bool:
        """Whether a known person holds, or once held, this office.

        Parameters
        ----------
        former : True for past offices only, False for those held on the article's day, None for both.
        of : id of the actor it belongs to, where that is said.
        """
        actor = self.index.actors.get(id)
        words = " ".join(office)
        for one in actor.offices if actor is not None else ():
            if of not in (None, one.of) or common_name(words, one.of) != common_name(one.office, one.of):
                continue
            if former is None:
                return True
            if (id in self.index.catalogue.holders(words, one.of, self.date)) != former:
                return True
        return False


def without_heads(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of an organisation's name without article, legal form and general noun at its ends."""
    begin, end = 0, len(keys)
    while begin < end - 1 and keys[begin] == "the":
        begin += 1
    while end - 1 > begin and keys[end - 1] in ORGANISATION_HEADS:
        end -= 1
    return keys[begin:end]


def kind_of(type: NameType | None) -> str:
    """The kind of an actor that is not of the catalogue."""
    return _KINDS.get(type, "other") if type is not None else "other"


def latest(members: Iterable[Member], place: tuple[int, int]) -> Member | None:
    """Of several members the one mentioned last before `place`, else the first of them."""
    members = list(members)
    before = [(max(seen), number) for number, one in enumerate(members) if (seen := [p for p in one.seen if p < place])]
    if before:
        return members[max(before)[1]]
    return members[0] if members else None


def _same_person(known: tuple[str, ...], keys: tuple[str, ...], suffix: str) -> bool:
    """Whether two full names may be one person's: the same ends, initials and middle names left aside."""
    if not known:
        return False
    plain, other = without_suffix(known)
    if other != suffix and (other or suffix) in ("jr", "sr"):
        return False
    if plain[-1] != keys[-1]:
        return False
    first, second = plain[0], keys[0]
    return first == second or (_INITIAL in (len(first), len(second)) and first[0] == second[0])
