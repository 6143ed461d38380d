"""Which actor each name of an article means: known ones by the catalogue, the others grouped by name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from framing.actors import capitals
from framing.actors.cast import Cast, Member, Post, kind_of, latest
from framing.actors.index import Role
from framing.actors.mention import NameType
from framing.actors.phrases import PAST, leading
from framing.actors.pieces import Piece
from framing.actors.titles import gender_of, is_former, office_of, without_suffix
from framing.actors.vocabulary import HEADS, PERSONAL, listed

_GOVERNMENT = re.compile(r"\b(?:regime|cabinet|govt)$", re.IGNORECASE)
_ADMINISTRATION = re.compile(r"\b(?:administration|white house)$", re.IGNORECASE)
# These the catalogue knows of everybody it has: "President Trump" is not Ivanka Trump.
_HIGH = listed("president minister chancellor king queen pope premier")
_PLACED = listed("in to from near across into of through outside inside and the")
_MEMBERS_VERBS = listed("who is are was were has have had said say says will would can could did do does")


def register(pieces: Sequence[Piece], cast: Cast) -> None:
    """Notes who is named in full anywhere, so that a family name can mean them before that too."""
    types = _types(pieces)
    organisations: list[Piece] = []
    for piece in pieces:
        hit = piece.hit
        if hit is not None:
            if piece.full:
                cast.name_known_person(hit.actor, piece.keys)
            elif hit.role in (Role.NAME, Role.SURNAME) and (id := cast.agrees(hit, _office(piece))):
                cast.name_known_person(id, piece.keys)
            continue
        piece.type = types[piece.keys]
        if piece.type is NameType.PERSON and len(without_suffix(piece.keys)[0]) > 1:
            cast.person(piece.keys, piece.written)
        elif piece.type is NameType.ORGANISATION:
            organisations.append(piece)
    # The longest first, so that a short form finds its full one wherever that stands.
    for piece in sorted(organisations, key=lambda piece: -len(piece.keys)):
        cast.thing(piece.keys, piece.written, kind_of(piece.type))


def assign(pieces: Iterable[Piece], cast: Cast) -> Iterator[tuple[Piece, Member]]:
    """The pieces that mean an actor, in order, each with the member of the cast it means."""
    last: Piece | None = None
    for piece in pieces:
        member = _meant(piece, cast)
        if member is None:
            last = piece
            continue
        if not member.known:
            member.forms.append(piece.written)
        begin = piece.title
        if begin < piece.begin and member.kind == "person":
            owner = last if last is not None and last.line is piece.line and last.end == begin else None
            _note_title(piece, begin, member, owner)
        member.seen.append((piece.line.number, piece.begin))
        last = piece
        yield piece, member


def _types(pieces: Sequence[Piece]) -> dict[tuple[str, ...], NameType | None]:
    """For each name that is not known the type it is given most often."""
    counts: dict[tuple[str, ...], Counter[NameType | None]] = {}
    for piece in pieces:
        if piece.hit is None:
            counts.setdefault(piece.keys, Counter())[piece.type] += 1
    return {keys: count.most_common(1)[0][0] for keys, count in counts.items()}


def _meant(piece: Piece, cast: Cast) -> Member | None:
    hit = piece.hit
    if hit is None:
        return _unknown(piece, cast)
    if hit.actor == PAST:
        written = _ADMINISTRATION.sub("administration", _GOVERNMENT.sub("government", piece.written))
        return cast.thing(tuple(written.lower().split()), written, "government")
    kind = cast.index.kind(hit.actor)
    if kind != "person" and (namesake := _namesake(piece, cast)):
        return namesake
    if hit.role is Role.DEMONYM or (hit.role is Role.CAPITAL and not capitals.acts(piece.line, piece.begin, piece.end)):
        return None
    if hit.role is Role.MEMBER and _is_attribute(piece):
        return None
    if kind == "person":
        return cast.know(hit.actor) if piece.full else _surname(piece, cast)
    if kind == "government" and capitals.is_place(piece.line, piece.begin, piece.end):
        return None
    return cast.know(hit.actor)


def _namesake(piece: Piece, cast: Cast) -> Member | None:
    """The person meant by a name that is also a state's or a group's: Jordan, where the article has a Jim Jordan."""
    line, hit = piece.line, piece.hit
    before = line.words[piece.begin - 1] if piece.title < piece.begin else None
    titled = before is not None and before.key in PERSONAL and before.capital
    likely = titled or piece.type is NameType.PERSON
    if hit is None or hit.end - hit.begin > 1:
        return None
    if not likely and (piece.type is not None or hit.role is not Role.NAME or line.key(piece.begin - 1) in _PLACED):
        return None
    known = [cast.know(id) for id in hit.others if id in cast.in_full]
    named = [*known, *cast.called(piece.keys[-1])]
    if named:
        return latest(_by_title(piece, named, cast), (line.number, piece.begin))
    return cast.person(piece.keys, piece.written) if titled else None


def _is_attribute(piece: Piece) -> bool:
    """Whether a member's name is an adjective: "a Republican senator"."""
    line, end = piece.line, piece.end
    if piece.keys[-1].endswith("s") or line.words[end - 1].owns or line.gap(end) != " ":
        return False
    return line.key(end) not in _MEMBERS_VERBS


def _unknown(piece: Piece, cast: Cast) -> Member | None:
    keys, place = piece.keys, (piece.line.number, piece.begin)
    owner = cast.acronyms.get(piece.written)
    if owner is not None:
        return _meant(owner, cast)
    if len(without_suffix(keys)[0]) == 1:
        found = _by_title(piece, cast.called(without_suffix(keys)[0][0]), cast)
        if found:
            return latest(found, place)
    if piece.type is NameType.PERSON:
        return _person(piece, cast)
    if piece.type is NameType.ORGANISATION:
        return cast.thing(keys, piece.written, "organisation")
    if piece.type is NameType.LOCATION and capitals.speaks(piece.line, piece.begin, piece.end):
        return cast.thing(keys, piece.written, "other")
    return None


def _person(piece: Piece, cast: Cast) -> Member | None:
    """A person who is not in the catalogue: in full, by a given name that only one bears, or by one name alone."""
    keys = piece.keys
    if len(without_suffix(keys)[0]) > 1:
        return cast.person(keys, piece.written)
    same_first = cast.by_first.get(keys[0], [])
    if len(same_first) == 1 and piece.title == piece.begin:
        return same_first[0]
    if keys[0] in HEADS or len(keys[0]) == 1:
        return None
    return cast.person(keys, piece.written)


def _surname(piece: Piece, cast: Cast) -> Member | None:
    """Whom the family name of a known person means here."""
    hit, place = piece.hit, (piece.line.number, piece.begin)
    assert hit is not None
    holder = cast.agrees(hit, _office(piece))
    if holder is not None:
        return cast.know(holder)
    others = cast.called(piece.keys[-1])
    named = [cast.know(id) for id in (hit.actor, *hit.others) if id in cast.in_full]
    if hit.role is not Role.SURNAME:
        return _famous(piece, cast, named, others)
    candidates = _by_title(piece, list(dict.fromkeys((*named, *others))), cast)
    if candidates:
        return latest(candidates, place)
    return _unknown(piece, cast) if piece.type is NameType.PERSON else None


def _office(piece: Piece) -> tuple[str, ...]:
    return office_of(piece.line, piece.title, piece.begin)


def _famous(piece: Piece, cast: Cast, named: list[Member], others: list[Member]) -> Member | None:
    """Whom a family name means that is an alias of one known person, perhaps among others of that name."""
    hit = piece.hit
    assert hit is not None
    owner = cast.know(hit.actor)
    everybody = list(dict.fromkeys((owner, *named, *others, *map(cast.know, hit.others))))
    fitting = _by_title(piece, everybody, cast)
    if owner in fitting and (owner in named or owner.posts or leading(hit.actor, cast.index)):
        return owner
    place = (piece.line.number, piece.begin)
    here = [one for one in fitting if (one in named or one in others) and any(seen < place for seen in one.seen)]
    if here:
        return latest(here, place)
    return owner if owner in fitting else next(iter(fitting), None) or cast.person(piece.keys, piece.written)


def _by_title(piece: Piece, members: list[Member], cast: Cast) -> list[Member]:
    """Those of some persons whom the titles before a family name do not exclude."""
    begin = piece.title
    if begin == piece.begin or not members:
        return members
    gender = gender_of(piece.line, begin, piece.begin)
    if gender:
        members = [one for one in members if one.gender in (None, gender)]
    office = office_of(piece.line, begin, piece.begin)
    if office and office[-1] in _HIGH:
        members = [one for one in members if not one.known or _has_role(one, office, cast)]
    if office and len(members) > 1:
        agreeing = [one for one in members if _has_role(one, office, cast)]
        return agreeing or members
    return members


def _has_role(member: Member, office: tuple[str, ...], cast: Cast) -> bool:
    return any(post.office[-1:] == office[-1:] for post in member.posts) or (
        member.known and cast.holds(member.id, office)
    )


def _note_title(piece: Piece, begin: int, member: Member, before: Piece | None) -> None:
    gender = gender_of(piece.line, begin, piece.begin)
    member.gender = member.gender or gender
    office = office_of(piece.line, begin, piece.begin)
    if office:
        state = before.hit.actor.partition(".")[0] if before is not None and before.hit is not None else None
        member.posts.add(Post(office, is_former(piece.line, begin), state))
