"""The day of an article that does not say its date: a day on which those it calls president or minister were so."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from framing.actors.index import Index, Role
from framing.actors.lookup import Hit
from framing.actors.phrases import leading
from framing.actors.titles import is_former, office_of, title_begin
from framing.actors.vocabulary import PERSONS_GOVERNMENT
from framing.seeds.known import Office
from framing.seeds.offices import common_name

# A person and the offices of states that the article may mean by what it calls them.
_Called = tuple[str, tuple[Office, ...]]


def day_of(hits: Iterable[Hit], index: Index) -> str | None:
    """The day on which most of those held the state's office that the article calls by it, of several the latest.

    None is today. Governments called by their leader count only where no leader is named with an office.
    """
    persons = [hit for hit in hits if hit.role is Role.NAME and index.kind(hit.actor) == "person"]
    called = Counter(one for hit in persons if (one := (hit.actor, _offices(hit, index)))[1])
    if not called:
        called = Counter(one for hit in persons if (one := (hit.actor, _led(hit, index)))[1])
    stops = {office.stop for _, offices in called for office in offices if office.stop}
    days = [None, *(_day_before(stop) for stop in sorted(stops, reverse=True))]
    return max(days, key=lambda day: sum(n for one, n in called.items() if _held(one, day, index)))


def _offices(hit: Hit, index: Index) -> tuple[Office, ...]:
    """The offices of a state that the title before a name means: "President Ana Ruiz"."""
    begin = title_begin(hit.line, hit.begin)
    if begin == hit.begin or is_former(hit.line, begin):
        return ()
    title = " ".join(office_of(hit.line, begin, hit.begin))
    offices: Sequence[Office] = index.actors[hit.actor].offices
    named = (one for one in offices if common_name(title, one.of) == common_name(one.office, one.of))
    return tuple(one for one in named if index.kind(one.of) == "state")


def _led(hit: Hit, index: Index) -> tuple[Office, ...]:
    """The offices in which a person led the government that is called after them: "the Ruiz administration"."""
    called = hit.line.next_to(hit.end) in PERSONS_GOVERNMENT
    return tuple(leading(hit.actor, index)) if called else ()


def _held(called: _Called, day: str | None, index: Index) -> bool:
    person, offices = called
    return any(person in index.catalogue.holders(one.office, one.of, day) for one in offices)


def _day_before(stop: str) -> str:
    """The day before `stop`, which is YYYY, YYYY-MM or YYYY-MM-DD."""
    first = date.fromisoformat(stop + "-01-01"[len(stop) - 4 :])
    return (first - timedelta(days=1)).isoformat()
