"""The day of an article that does not say its date: a day on which those it calls president or minister were so."""

from collections.abc import Iterable
from datetime import date, timedelta

from framing.actors.index import Index, Role
from framing.actors.lookup import Hit
from framing.actors.titles import is_former, office_of, title_begin
from framing.seeds.known import Office
from framing.seeds.offices import common_name

# Person, office and state.
_Called = tuple[str, str, str]


def day_of(hits: Iterable[Hit], index: Index) -> str | None:
    """The latest day on which everybody held the state's office by which the article calls them; None for today.

    Where there is no such day, as in an article that also tells of the past, it is today too.
    """
    called: set[_Called] = set()
    stops: set[str] = set()
    for hit in hits:
        if hit.role is Role.NAME and index.kind(hit.actor) == "person":
            for one in _offices(hit, index):
                called.add((hit.actor, one.office, one.of))
                stops |= {one.stop} if one.stop else set()
    days = [None, *(_day_before(stop) for stop in sorted(stops, reverse=True))]
    return next((day for day in days if all(_held(one, day, index) for one in called)), None)


def _offices(hit: Hit, index: Index) -> list[Office]:
    """The offices of a state that the title before a name means: "President Ana Ruiz"."""
    begin = title_begin(hit.line, hit.begin)
    if begin == hit.begin or is_former(hit.line, begin):
        return []
    office = " ".join(office_of(hit.line, begin, hit.begin))
    return [
        one
        for one in index.actors[hit.actor].offices
        if index.kind(one.of) == "state" and common_name(office, one.of) == common_name(one.office, one.of)
    ]


def _held(called: _Called, day: str | None, index: Index) -> bool:
    person, office, of = called
    return person in index.catalogue.holders(office, of, day)


def _day_before(stop: str) -> str:
    """The day before `stop`, which is YYYY, YYYY-MM or YYYY-MM-DD."""
    first = date.fromisoformat(stop + "-01-01"[len(stop) - 4 :])
    return (first - timedelta(days=1)).isoformat()
