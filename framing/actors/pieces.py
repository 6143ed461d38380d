"""One reading of a line: known names and the names of the token head, settled where they overlap."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from framing.actors.context import is_part_of_longer
from framing.actors.index import Index, Role
from framing.actors.lookup import Hit
from framing.actors.mention import NameType
from framing.actors.titles import TITLES, past_titles, title_begin
from framing.actors.vocabulary import ARTICLES, HEADS, MODIFIERS, ORGANISATION_HEADS
from framing.actors.words import Line

_INITIAL = 1
_OTHER_PARTY = frozenset(("new", "liberal", "social", "christian", "free", "sweden"))


@dataclass(slots=True, eq=False)
class Piece:
    """Words `[begin, end)` of a line that name somebody or something, titles not included.

    Attributes
    ----------
    type : what the token head takes it for; None where only the catalogue has it.
    hit : the known name, if it is written like one.
    full : whether a known person is named in full.
    known_title, known_keys : `title` and `keys` once asked for.
    """

    line: Line
    begin: int
    end: int
    type: NameType | None = None
    hit: Hit | None = None
    full: bool = False
    known_title: int = -1
    known_keys: tuple[str, ...] = ()

    @property
    def title(self) -> int:
        """Where the titles before it begin; `begin` where there are none."""
        if self.known_title < 0:
            self.known_title = title_begin(self.line, self.begin)
        return self.known_title

    @property
    def keys(self) -> tuple[str, ...]:
        """The words as keys, the possessives inside kept."""
        if not self.known_keys:
            words = self.line.words[self.begin : self.end]
            inside = [word.key + "'s" if word.end > word.stop else word.key for word in words[:-1]]
            self.known_keys = (*inside, words[-1].key)
        return self.known_keys

    @property
    def written(self) -> str:
        """The words as they stand in the text."""
        return self.line.written(self.begin, self.end)


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the token head in words `[begin, end)` of its line."""

    begin: int
    end: int
    type: NameType


def settle(line: Line, hits: Sequence[Hit], names: Iterable[Named], index: Index) -> list[Piece]:
    """The pieces of a line from left to right, none overlapping another."""
    free = [_stretched(hit, index) for hit in hits]
    pieces: list[Piece] = []
    for name in (trimmed for name in names if (trimmed := _trimmed(line, name, hits)) is not None):
        inside = [piece for piece in free if piece.begin < name.end and name.begin < piece.end]
        if any(piece.begin < name.end and name.begin < piece.end for piece in pieces):
            continue
        pieces += _settled(line, name, inside, index)
        free = [piece for piece in free if piece not in inside]
    pieces += [piece for piece in free if not _is_longer(piece, hits, index)]
    if len(pieces) > 1:
        pieces.sort(key=lambda piece: piece.begin)
    return pieces


def _stretched(hit: Hit, index: Index) -> Piece:
    """The piece of a hit; a person's with the given name and initials before it, if they are that person's own."""
    piece = Piece(hit.line, hit.begin, hit.end, None, hit)
    if index.kind(hit.actor) != "person":
        return piece
    if hit.end - hit.begin > 1 and hit.role is Role.NAME:
        piece.full = True
        return piece
    line, at = hit.line, hit.begin
    while line.joined(at) and len(line.words[at - 1].text) == _INITIAL and line.words[at - 1].capital:
        at -= 1
    if not line.joined(at) or line.words[at - 1].owns:
        return piece
    for person in (hit.actor, *hit.others):
        if any(keys[0] == line.key(at - 1) for keys in index.full_names(person)):
            others = tuple(id for id in (hit.actor, *hit.others) if id != person)
            hit = replace(hit, actor=person, others=others)
            return Piece(line, at - 1, hit.end, None, hit, full=True)
    return piece


def _trimmed(line: Line, name: Named, hits: Sequence[Hit]) -> Named | None:
    """The name without article, nationality and titles before it; None if nothing is left."""
    begin, end = name.begin, name.end
    while begin < end and line.key(begin) in ARTICLES:
        begin += 1
    if name.type is NameType.PERSON:
        for hit in hits:
            if hit.begin == begin and hit.role is Role.DEMONYM and hit.end < end:
                begin = hit.end
        begin = past_titles(line, begin, end) if begin < end else begin
    several = end > begin + 1 or line.key(begin - 1) in ARTICLES
    if several and line.key(end - 1) in HEADS and all(_is_title(line, at) for at in range(begin, end)):
        return None
    if begin >= end or not any(word.capital for word in line.words[begin:end]):
        return None
    return Named(begin, end, name.type)


def _is_title(line: Line, at: int) -> bool:
    return line.key(at) in TITLES or line.key(at) in MODIFIERS


def _settled(line: Line, name: Named, inside: list[Piece], index: Index) -> Iterator[Piece]:
    """What stays of a name and the known names in it."""
    own = Piece(line, name.begin, name.end, name.type)
    if not inside:
        yield own
        return
    covering = next((piece for piece in inside if piece.begin <= name.begin and name.end <= piece.end), None)
    if covering is not None:
        if _is_somebody_else(covering, name):
            yield own
        else:
            covering.type = name.type
            yield covering
    elif name.type is NameType.PERSON:
        yield from _person(line, own, inside, index)
    else:
        yield from _thing(line, own, inside, index)


def _is_somebody_else(known: Piece, name: Named) -> bool:
    """Whether the type of a name speaks against a family name: Lincoln the town."""
    return known.hit is not None and known.hit.role is Role.SURNAME and name.type is not NameType.PERSON


def _person(line: Line, own: Piece, inside: list[Piece], index: Index) -> Iterator[Piece]:
    """A person's name with known names in it: that person, or somebody of the same name."""
    last = inside[-1]
    covered = sum(min(piece.end, own.end) - max(piece.begin, own.begin) for piece in inside)
    if covered == own.end - own.begin and all(map(_is_apart, inside[:-1], inside[1:], [index] * len(inside))):
        last.type = own.type
        yield from inside
    elif last.end == own.end and (person := _with_given_name(own, index)):
        yield Piece(line, own.begin, own.end, own.type, Hit(line, own.begin, own.end, Role.NAME, person), full=True)
    elif last.full and last.end == own.end:
        last.type = own.type
        yield last
    else:
        yield own


def _is_apart(left: Piece, right: Piece, index: Index) -> bool:
    """Whether two known names side by side are two: "Trump-Netanyahu", "Hamas leader", not "Diana Kennedy"."""
    persons = all(piece.hit is not None and index.kind(piece.hit.actor) == "person" for piece in (left, right))
    return not persons or right.line.hyphenated(right.begin)


def _with_given_name(own: Piece, index: Index) -> str | None:
    """The known person of this family name and given name, whatever stands between: "Donald John Trump"."""
    for entry in index.entries(own.line, own.end - 1):
        person = len(entry.keys) == 1 and index.kind(entry.actor) == "person"
        if person and any(own.keys[0] == keys[0] for keys in index.full_names(entry.actor)):
            return entry.actor
    return None


def _thing(line: Line, own: Piece, inside: list[Piece], index: Index) -> Iterator[Piece]:
    """A thing's name with a known name in it: "Bank of Israel" is not Israel, "Hamas movement" is Hamas."""
    first = inside[0]
    covered = sum(min(piece.end, own.end) - max(piece.begin, own.begin) for piece in inside)
    rest = [line.key(at) for at in range(own.begin, own.end) if not any(p.begin <= at < p.end for p in inside)]
    if covered == own.end - own.begin or (_is_group(inside, index) and ORGANISATION_HEADS.issuperset(rest)):
        yield from inside
    elif first.hit is not None and first.hit.owns and first.begin <= own.begin:
        yield first
        yield Piece(line, first.end, own.end, own.type)
    elif any(piece.begin < own.begin or own.end < piece.end for piece in inside):
        yield max((own, *inside), key=lambda piece: piece.end - piece.begin)
    else:
        yield own


def _is_group(inside: Sequence[Piece], index: Index) -> bool:
    kinds = {index.kind(piece.hit.actor) for piece in inside if piece.hit is not None}
    return len(inside) == 1 and kinds.isdisjoint(("person", "state", ""))


def _is_longer(piece: Piece, hits: Sequence[Hit], index: Index) -> bool:
    hit = piece.hit
    if hit is None or hit.role in (Role.DEMONYM, Role.CAPITAL):
        return False
    if hit.role is Role.MEMBER and piece.line.next_to(piece.begin) and piece.line.key(piece.begin - 1) in _OTHER_PARTY:
        return True
    # What follows an acronym is more often a description than a part of its name: "US Senator".
    kind = "" if hit.role is Role.ACRONYM else index.kind(hit.actor)
    return is_part_of_longer(piece.line, piece.begin, piece.end, hits, kind)
