"""Governments and armies named by their state or by who leads them: "Israeli troops", "the Biden administration"."""

from collections.abc import Iterator, Sequence

from framing.actors.index import Index, Role
from framing.actors.lookup import Hit
from framing.actors.vocabulary import (
    ARMY,
    FORMER,
    GOVERNMENT,
    OF_ARMY,
    OF_GOVERNMENT,
    PEOPLE,
    PERSONS_GOVERNMENT,
    listed,
)
from framing.actors.words import Line
from framing.seeds.known import Office

_MODIFIERS = 2
_ARMIES = frozenset(("army", "military", "navy"))
# The actor of a hit on the government of somebody who leads no state on that day.
PAST = "past"
# "American military aid" is no army.
_NO_ARMY = listed(
    "aid assistance support help equipment hardware commitment commitments backing cooperation coordination "
    "exercise exercises intervention action option options service budget spending sales base bases doctrine "
    "strength posture presence might power superiority hospital court courts rule dictatorship junta coup training "
    "technology assets capability capabilities pressure ties relations alliance partnership threat occupation "
    "aircraft drill drills history matters affairs communication buildup build-up academy college"
)
# "The Liberian public works minister" is not of the people.
_PUBLIC = listed(
    "works health sector debt opinion broadcaster broadcasting transport school schools finances finance service "
    "services servant servants spending affairs holiday prosecutor prosecutors television radio university life "
    "figure figures money funds policy relations security order safety library housing interest investment"
)
_LEADS_STATE = listed(
    "president prime minister chancellor premier king queen emir sultan taoiseach supreme leader crown prince"
)


def governments(hits: Sequence[Hit], index: Index, date: str | None) -> Iterator[Hit]:
    """The hits of a line, those of states and persons with what is said of their governments and armies."""
    stop = 0
    for number, hit in enumerate(hits):
        if hit.begin < stop:
            continue
        hit = _leader_in(hit, index) or hit
        following = hits[number + 1].begin if number + 1 < len(hits) else len(hit.line.words)
        of_person = index.kind(hit.actor) == "person"
        for found in _of_person(hit, index, date) if of_person else _of_state(hit, index, (stop, following)):
            stop = found.end
            yield found


def leads(person: str, index: Index, date: str | None) -> str | None:
    """The state that a known person leads on that day, or leads as far as is known."""
    for office in leading(person, index):
        if person in index.catalogue.holders(office.office, office.of, date):
            return office.of
    return None


def leading(person: str, index: Index) -> list[Office]:
    """The offices in which a known person leads or led a state."""
    offices = index.actors[person].offices
    return [o for o in offices if index.kind(o.of) == "state" and _LEADS_STATE.issuperset(o.office.lower().split())]


def _of_state(hit: Hit, index: Index, between: tuple[int, int]) -> Iterator[Hit]:
    """The hit of a state, with what is said of its government or army in the free words around it."""
    state, _, part = hit.actor.partition(".")
    line = hit.line
    if index.kind(state) != "state" or part:
        if part != "army" or not _is_no_army(line, hit.end - 1):
            yield hit
        return
    before = _noun_before(line, hit.begin) if hit.role is not Role.DEMONYM else None
    if before is not None and before[1] >= between[0]:
        yield Hit(line, before[1], hit.end, Role.NAME, f"{state}.{before[0]}")
        return
    kind, stop = _noun(line, hit.end, min(between[1], hit.end + _MODIFIERS + 1))
    if not kind or f"{state}.{kind}" not in index.actors:
        yield hit
    elif hit.owns:
        yield from (hit, Hit(line, hit.end, stop, Role.NAME, f"{state}.{kind}"))
    elif line.key(stop - 1) != "officials" or line.key(hit.begin - 1) not in FORMER:
        # Former officials are nobody's government.
        yield Hit(line, hit.begin, stop, Role.NAME, f"{state}.{kind}")


def _noun(line: Line, at: int, limit: int) -> tuple[str, int]:
    """Which derived actor the words from `at` on name, and where they end; "" for none."""
    first = at
    while at < limit and line.joined(at) and (not line.hyphenated(at) or at > first):
        key = line.key(at)
        closed = not line.hyphenated(at + 1)
        if key in GOVERNMENT and closed and _all(line, first, at, OF_GOVERNMENT) and not _goes_on(line, at):
            return "government", at + 1
        if key == "air" and line.next_to(at + 1) == "force" and _all(line, first, at, OF_ARMY):
            return "army", at + 2
        if key in PEOPLE and at == first and closed and not (key == "public" and line.next_to(at + 1) in _PUBLIC):
            return "people", at + 1
        if key in ARMY and closed and not _is_no_army(line, at) and _all(line, first, at, OF_ARMY):
            return "army", at + 1
        at += 1
    return "", first


def _noun_before(line: Line, begin: int) -> tuple[str, int] | None:
    """Which derived actor `government of the` before a state's name names, and where it begins."""
    at = begin - 2 if line.key(begin - 1) == "the" else begin - 1
    if line.key(at) != "of" or not line.joined(begin) or at < 1 or line.words[at - 1].owns:
        return None
    noun = line.key(at - 1)
    kinds = ((GOVERNMENT, "government"), (_ARMIES, "army"), (PEOPLE, "people"))
    return next(((kind, at - 1) for nouns, kind in kinds if noun in nouns), None)


def _goes_on(line: Line, at: int) -> bool:
    """Whether an army follows, with "government" or "security" as its adjective."""
    return line.next_to(at + 1) in ("forces", "troops", "soldiers")


def _all(line: Line, begin: int, end: int, allowed: frozenset[str]) -> bool:
    return all(line.key(at) in allowed for at in range(begin, end))


def _is_no_army(line: Line, at: int) -> bool:
    return line.key(at) == "military" and (line.hyphenated(at + 1) or line.next_to(at + 1) in _NO_ARMY)


def _of_person(hit: Hit, index: Index, date: str | None) -> Iterator[Hit]:
    line, at = hit.line, hit.end
    while hit.owns and line.next_to(at) in OF_GOVERNMENT and at - hit.end < _MODIFIERS:
        at += 1
    if line.hyphenated(at) and line.words[at].capital and not hit.owns:
        # "the Biden-Harris administration"
        at += 1
    stop = _government_end(line, at)
    if stop == at:
        yield hit
        return
    led = [state for person in (hit.actor, *hit.others) if (state := leads(person, index, date))]
    if led:
        if hit.owns:
            yield hit
        yield Hit(line, hit.end if hit.owns else hit.begin, stop, Role.NAME, f"{led[0]}.government")
    elif hit.owns or not any(leading(person, index) for person in (hit.actor, *hit.others)):
        yield hit
    else:
        # Not in office on that day: an actor of its own, not the government of the day.
        yield Hit(line, hit.begin, stop, Role.NAME, PAST)


def _government_end(line: Line, at: int) -> int:
    """Past `administration` or `White House` at word `at`; `at` if neither stands there."""
    if line.next_to(at) in PERSONS_GOVERNMENT and not line.hyphenated(at):
        return at + 1
    return at + 2 if line.next_to(at) == "white" and line.next_to(at + 1) == "house" else at


def _leader_in(hit: Hit, index: Index) -> Hit | None:
    """The person by whom a listed name calls a government: whose it is depends on the day."""
    if index.kind(hit.actor) != "government" or hit.end - hit.begin == 1:
        return None
    entries = [one for one in index.entries(hit.line, hit.begin) if one.fits(hit.line, hit.begin)]
    persons = [one for one in entries if index.kind(one.actor) == "person" and one.role in (Role.NAME, Role.SURNAME)]
    if not persons:
        return None
    longest = [one for one in persons if len(one.keys) == len(persons[0].keys)]
    others = tuple(one.actor for one in longest[1:])
    end = hit.begin + len(longest[0].keys)
    return Hit(hit.line, hit.begin, end, longest[0].role, longest[0].actor, others)
