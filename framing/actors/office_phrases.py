"""Offices that stand without a name: where they are, whose they are, whether they mean one person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from framing.actors.index import Index, Role
from framing.actors.lookup import Hit
from framing.actors.pieces import Piece
from framing.actors.vocabulary import CURRENT, DAYS, FORMER, HEADS, MODIFIERS, OF_PARTS, listed
from framing.actors.words import Line

GROUPS = frozenset(("party", "armed_group", "body", "agency", "organisation", "company", "outlet", "religion"))
_BEFORE = FORMER | CURRENT
# Before a noun these are adjectives: "the general manager".
_ADJECTIVES = frozenset(("general", "deputy", "chief", "head", "lady", "representative", "counsel", "founder"))
_AFTER_NOUN = listed(
    "of for in on at to from with by who is was has had said says would will and but that as after before when "
    "while told did does could can may might"
)
# "Elected Canada's prime minister" says what somebody becomes, "is Canada's prime minister" what they are.
_BECOMING = listed("elected named appointed become becomes became becoming as made sworn is was be been being")
# "The powers of the president" are those of any.
_IN_GENERAL = listed("figure position office post role title power powers job seat duties age salary")


@dataclass(slots=True)
class Phrase:
    """Words `[begin, end)` that name an office without a name.

    Attributes
    ----------
    shown : where the mention begins: at the nationality, if there is one.
    stop : past what the office is of: "the president of Russia".
    of : id of the actor the office belongs to.
    elsewhere : whether it is of something that is no known actor: "the mayor of Almera".
    definite : whether it means one holder: "the prime minister", "Israel's prime minister", not "a prime minister".
    """

    line: Line
    begin: int
    end: int
    shown: int
    stop: int
    office: tuple[str, ...]
    of: str | None
    former: bool
    definite: bool
    elsewhere: bool = False


def office_phrases(line: Line, pieces: Sequence[Piece], hits: Sequence[Hit], index: Index) -> Iterator[Phrase]:
    """The offices of a line that are not titles right before a name."""
    heads = [at for at, word in enumerate(line.words) if word.key in HEADS]
    if not heads:
        return
    taken = {at for piece in pieces for at in range(piece.begin, piece.end) if not _is_adjective(piece)}
    stop = 0
    for at in heads:
        phrase = _phrase(line, at, taken, hits, index) if at >= stop and at not in taken else None
        if phrase is not None:
            stop = phrase.end
            yield phrase


def _is_adjective(piece: Piece) -> bool:
    return piece.hit is not None and piece.hit.role is Role.DEMONYM


def _phrase(line: Line, at: int, taken: set[int], hits: Sequence[Hit], index: Index) -> Phrase | None:
    begin, end = at, _office_end(line, at)
    while begin > 0 and line.joined(begin) and line.key(begin - 1) in MODIFIERS and begin - 1 not in taken:
        begin -= 1
    if _is_first_part(line, end):
        return None
    office = tuple(word.key for word in line.words[begin:end])
    before, former = _past_adverbs(line, begin)
    owner = next((hit for hit in hits if hit.end == before and line.joined(before)), None)
    of = _of(owner, index) if owner is not None else None
    if owner is None or of is None:
        definite = _is_definite(line, before)
        of, stop, elsewhere = _after_of(line, end, hits, index)
        return Phrase(line, begin, end, begin, stop, office, of, former, definite, elsewhere)
    shown = begin if owner.owns or index.kind(of) in GROUPS else owner.begin
    first, was = _past_adverbs(line, owner.begin)
    definite = line.key(first - 1) not in _BECOMING if owner.owns else _is_definite(line, first)
    return Phrase(line, begin, end, shown, end, office, of, former or was, definite)


def _office_end(line: Line, at: int) -> int:
    """Past `secretary of state`, `secretary general`, `chief of staff`."""
    if line.next_to(at + 1) == "of":
        for stop in range(at + 3, min(at + 4, len(line.words)) + 1):
            if tuple(word.key for word in line.words[at + 2 : stop]) in OF_PARTS:
                return stop
    while line.next_to(at + 1) in HEADS and not line.words[at].owns:
        at += 1
    return at + 1


def _is_first_part(line: Line, end: int) -> bool:
    """Whether the office is part of something longer: "prime minister-designate", "Mayor Ruiz", "general manager"."""
    if not line.joined(end):
        return False
    word = line.words[end]
    if line.words[end - 1].owns:
        # "the Prime Minister's Office"
        return word.capital and line.words[end - 1].capital and not line.titled
    if line.hyphenated(end):
        return True
    if word.capital:
        return not line.titled and word.key not in DAYS
    alone = line.key(end - 2) not in HEADS | MODIFIERS
    return alone and line.key(end - 1) in _ADJECTIVES and word.key not in _AFTER_NOUN


def _past_adverbs(line: Line, begin: int) -> tuple[int, bool]:
    """Before `former` and `current` in front of word `begin`, and whether the office is of the past."""
    former = False
    while begin > 0 and line.joined(begin) and line.key(begin - 1) in _BEFORE:
        former = former or line.key(begin - 1) in FORMER
        begin -= 1
    return begin, former


def _is_definite(line: Line, at: int) -> bool:
    """Whether `the` stands before word `at`, or nothing where articles are left out: headlines, openings."""
    if line.titled or at == 0:
        return at == 0 or line.key(at - 1) not in ("a", "an", "no", "any", "as", "for", "every")
    if line.key(at - 1) != "the" or not line.joined(at):
        return False
    if line.key(at - 2) in _BECOMING:
        return False
    return not (line.key(at - 2) in ("of", "for") and line.key(at - 3) in _IN_GENERAL)


def _of(hit: Hit, index: Index) -> str | None:
    """The actor whose office it is, if the name before it is that of a state or a group."""
    kind = index.kind(hit.actor)
    if kind == "government":
        return hit.actor.partition(".")[0]
    return hit.actor if kind == "state" or kind in GROUPS else None


def _after_of(line: Line, end: int, hits: Sequence[Hit], index: Index) -> tuple[str | None, int, bool]:
    """The actor after `of`, where it ends, and whether there is an `of` with something unknown."""
    if line.next_to(end) not in ("of", "for") or line.words[end - 1].owns:
        return None, end, False
    first = end + 2 if line.key(end + 1) == "the" else end + 1
    hit = next((hit for hit in hits if hit.begin == first), None)
    of = _of(hit, index) if hit is not None else None
    return of, hit.end if hit is not None and of is not None else end, of is None
