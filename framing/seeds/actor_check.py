"""What is wrong between the entries of actor files: names given twice, references to nobody, circles."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from framing.errors import UsageError
from framing.seeds.actor_file import Entry
from framing.seeds.derived import declared_names, derived_id, state_of
from framing.seeds.known import DERIVED, PARTY, STATE, KnownActor

# What the actor must be whose id stands there.
_KIND = {"country": STATE, "party": PARTY}


def clashes(entries: Sequence[Entry]) -> Iterator[UsageError]:
    """Ids and names that two actors have, or one actor in two places."""
    ids: dict[str, Entry] = {}
    owners: dict[str, tuple[str, Entry]] = {}
    for entry in entries:
        actor = entry.actor
        if actor.id in ids:
            yield entry.problem(f"the id is also in {ids[actor.id].file}; give one of them another")
            continue
        ids[actor.id] = entry
        for written, id in declared_names(actor, entry.names):
            owner, first = owners.setdefault(written, (id, entry))
            if owner != id:
                yield entry.problem(f"{written!r} also names {owner} in {first.file}; take it out of one of them")
        for written, n in Counter((*actor.names, *actor.members)).items():
            if n > 1:
                yield entry.problem(f"{written!r} stands in two places; take one out")


def unresolved(entries: Sequence[Entry], beside: Mapping[str, KnownActor]) -> Iterator[UsageError]:
    """References to an id that is neither in the entries nor in `beside`, or to no state where one is needed."""
    kinds = {id: actor.kind for id, actor in beside.items()}
    for entry in entries:
        kinds[entry.actor.id] = entry.actor.kind
        if entry.actor.kind == STATE:
            kinds |= {derived_id(entry.actor.id, kind): kind for kind in DERIVED}
    for entry in entries:
        for key, id in _references(entry):
            if id not in kinds:
                yield entry.problem(f"{key} is {id!r}, and there is no such actor; add it or correct the id")
            elif kinds[id] != _KIND.get(key, kinds[id]):
                yield entry.problem(f"{key} is {id!r}, of kind {kinds[id]}; give the id of a {_KIND[key]}")


def overtaken(entries: Sequence[Entry], beside: Mapping[str, KnownActor]) -> Iterator[UsageError]:
    """Actors of `beside` whose every name stands in the entries, under another id."""
    taken = {written: entry for entry in entries for written, _ in declared_names(entry.actor, entry.names)}
    own = {entry.actor.id for entry in entries}
    for id, actor in beside.items():
        if id not in own and state_of(id) == id and taken.keys() >= {actor.name, *actor.aliases}:
            what = f"{actor.name!r} is all that {id!r} is called, which ships"
            yield taken[actor.name].problem(f"{what}; give the entry this id to replace it")


def circles(entries: Sequence[Entry]) -> Iterator[UsageError]:
    """Entries that are part of themselves by way of `part_of` and `country`, each circle once."""
    by_id = {entry.actor.id: entry for entry in entries}
    done: set[str] = set()
    for id in by_id:
        path = _circle(id, by_id, (), done)
        if path:
            shown = " → ".join(path)
            yield by_id[path[0]].problem(f"part_of and country lead round in a circle ({shown}); take one out")


def _references(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.actor.country:
        yield "country", entry.actor.country
    if entry.actor.party:
        yield "party", entry.actor.party
    if entry.part_of:
        yield "part_of", entry.part_of
    for office in entry.actor.offices:
        yield f"of ({office.office})", office.of


def _circle(id: str, by_id: Mapping[str, Entry], path: tuple[str, ...], done: set[str]) -> tuple[str, ...] | None:
    if id in path:
        return (*path[path.index(id) :], id)
    if id in done or id not in by_id:
        return None
    done.add(id)
    entry = by_id[id]
    for above in dict.fromkeys((entry.part_of, entry.actor.country)):
        found = _circle(state_of(above), by_id, (*path, id), done) if above else None
        if found:
            return found
    return None
