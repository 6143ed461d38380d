"""The catalogue: every actor that framing knows by name, those derived from states included (docs/actors.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.errors import UsageError
from framing.seeds.derived import NOUNS, Nouns, declared_names, derive, withheld
from framing.seeds.known import KINDS, LEFT, OFFICE_KEYS, RIGHT, KnownActor, Office, StateNames
from framing.seeds.merging import without
from framing.seeds.offices import Index, Tenure, index, tenures

if TYPE_CHECKING:
    from framing.seeds.actor_file import Entry

__all__ = ["KINDS", "OFFICE_KEYS", "Catalogue", "KnownActor", "Office", "StateNames", "Tenure", "check_files"]

COMPILED = 1
_STATE = "state"
_SIGN = {LEFT: -1, RIGHT: 1}
_SOME_HAVE = ("gender", "demonyms", "members", "capital", "party", "side")


@dataclass(frozen=True)
class Catalogue:
    """Known actors, in the order of their files, each state followed by those derived from it.

    Attributes
    ----------
    declared : by id, the actors that stand in files.
    states : by the id of a state, what the files say of the actors derived from it.
    nouns : the words of derived names, by kind.
    notes : what a merge changed, for the user to read.
    actors : by id, all of them.
    """

    declared: Mapping[str, KnownActor]
    states: Mapping[str, StateNames] = field(default_factory=dict)
    nouns: Nouns = field(default_factory=lambda: NOUNS)
    notes: tuple[str, ...] = ()
    actors: Mapping[str, KnownActor] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        actors: dict[str, KnownActor] = {}
        for id, actor in self.declared.items():
            actors[id] = actor
            if id in self.states:
                for made in derive(actor, self.states[id], self.nouns):
                    actors[made.id] = made
        object.__setattr__(self, "actors", actors)

    @classmethod
    def load(cls, *paths: Path, beside: "Catalogue | None" = None) -> "Catalogue":
        """The actors of files and of folders of files; the first problem is raised.

        Parameters
        ----------
        beside : for a user's own files: the catalogue they will be merged into, whose ids they may name.
        """
        entries, problems = _read(paths, beside)
        if problems:
            raise problems[0]
        declared = {entry.actor.id: entry.actor for entry in entries}
        return cls._sound(declared, {entry.actor.id: entry.names for entry in entries if entry.names}, NOUNS)

    def merged(self, other: "Catalogue") -> "Catalogue":
        """This catalogue with the actors of `other`, who win where both have an id or a name; said in `notes`."""
        taken = dict(chain.from_iterable(declared_names(a, other.states.get(a.id)) for a in other.declared.values()))
        declared, states, notes = dict(self.declared), dict(self.states), [*self.notes, *other.notes]
        for id, actor in self.declared.items():
            if id in other.declared:
                del declared[id]
                states.pop(id, None)
                notes.append(f"{id}: your entry replaces the one that ships")
                continue
            declared[id], kept, lost = without(actor, states.get(id), taken)
            if kept is not None:
                states[id] = kept
            notes += [f"{name!r} is {taken[name]} in your file, and no longer {owner}" for name, owner in lost]
        declared.update(other.declared)
        states.update(other.states)
        return self._sound(declared, states, self.nouns, tuple(dict.fromkeys(notes)))

    def with_own(self, *paths: Path) -> "Catalogue":
        """This catalogue with the actors of the user's own files."""
        return self.merged(Catalogue.load(*paths, beside=self))

    def named(self, words: str) -> tuple[KnownActor, ...]:
        """The actor with this id, or else all that are called so, in whatever case."""
        if words in self.actors:
            return (self.actors[words],)
        wanted = words.lower()
        return tuple(a for a in self.actors.values() if any(wanted == name.lower() for name in a.names + a.members))

    @cached_property
    def sides(self) -> Mapping[str, int]:
        """By id, -1 for parties of the left and 1 for those of the right, and for whoever belongs to one of them."""
        of_parties = {id: _SIGN[actor.side] for id, actor in self.actors.items() if actor.side}
        of_others = {id: of_parties[actor.party] for id, actor in self.actors.items() if actor.party in of_parties}
        return of_parties | of_others

    @cached_property
    def _offices(self) -> Index:
        return index(self.actors.values())

    def tenures(self, office: str, of: str, date: str | None = None) -> tuple[Tenure, ...]:
        """Who held an office on a day, or without a day holds it as far as is known; the latest start first.

        Parameters
        ----------
        office : any usual title, "PM" or "foreign secretary"; "leader", "head" and "chief" are understood by actor.
        of : id of the actor it belongs to; a state and those derived from it stand in for each other.
        date : YYYY-MM-DD, or YYYY-MM or YYYY.
        """
        return tenures(self._offices, office, of, date)

    def holders(self, office: str, of: str, date: str | None = None) -> tuple[str, ...]:
        """The ids of those whom `tenures` gives."""
        return tuple(dict.fromkeys(tenure.actor for tenure in self.tenures(office, of, date)))

    def to_json(self) -> dict[str, Any]:
        """The catalogue as plain data: what files say, and the words to derive the rest."""
        rows = [_row(actor, self.states.get(id)) for id, actor in self.declared.items()]
        return {
            "compiled": COMPILED,
            "nouns": {kind: list(nouns) for kind, nouns in self.nouns.items()},
            "actors": rows,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Catalogue":
        """The catalogue that `to_json` wrote."""
        if data.get("compiled") != COMPILED:
            raise UsageError(f"actors: compiled version {data.get('compiled')!r}, expected {COMPILED}; compile again")
        declared, states = {}, {}
        for row in data["actors"]:
            declared[row[0]] = _actor(row)
            if _STATE in row[-1]:
                states[row[0]] = _state_names(row[-1][_STATE])
        return cls(declared, states, {kind: tuple(nouns) for kind, nouns in data["nouns"].items()})

    @classmethod
    def _sound(
        cls,
        declared: Mapping[str, KnownActor],
        states: Mapping[str, StateNames],
        nouns: Nouns,
        notes: tuple[str, ...] = (),
    ) -> "Catalogue":
        """A catalogue in which no derived actor has a name that files give to another."""
        named = chain.from_iterable(declared_names(actor, states.get(id)) for id, actor in declared.items())
        owners = {written.lower(): owner for written, owner in named}
        free = {id: names._replace(withheld=()) for id, names in states.items()}
        kept = {id: names._replace(withheld=withheld(declared[id], names, nouns, owners)) for id, names in free.items()}
        return cls(declared, kept, nouns, notes)


def check_files(*paths: Path, beside: Catalogue | None = None) -> tuple[UsageError, ...]:
    """Everything wrong in actor files, each a line with file and entry."""
    return _read(paths, beside)[1]


def _read(paths: Sequence[Path], beside: Catalogue | None) -> tuple[tuple["Entry", ...], tuple[UsageError, ...]]:
    # Imported here: a cold run reads the compiled JSON of a bundle and never needs the checks.
    from framing.seeds.actor_check import circles, clashes, overtaken, unresolved
    from framing.seeds.actor_file import actor_files, read_files

    files = read_files([file for path in paths for file in actor_files(path)], own=beside is not None)
    known = beside.actors if beside is not None else {}
    entries = files.entries
    between = (clashes(entries), unresolved(entries, known), overtaken(entries, known), circles(entries))
    return entries, (*files.problems, *chain.from_iterable(between))


def _row(actor: KnownActor, names: StateNames | None) -> list[Any]:
    """What every actor has, in order, and last by name what only some have."""
    more: dict[str, Any] = {key: getattr(actor, key) for key in _SOME_HAVE if getattr(actor, key)}
    if actor.offices:
        more["offices"] = actor.offices
    if names is not None:
        more[_STATE] = names
    return [actor.id, actor.name, actor.kind, actor.aliases, actor.acronyms, actor.country, actor.as_of, more]


def _actor(row: Sequence[Any]) -> KnownActor:
    id, name, kind, aliases, acronyms, country, as_of, more = row
    return KnownActor(
        id,
        name,
        kind,
        tuple(aliases),
        tuple(acronyms),
        country,
        more.get("gender"),
        tuple(more.get("demonyms", ())),
        tuple(more.get("members", ())),
        more.get("capital"),
        tuple([Office(*office) for office in more.get("offices", ())]),
        as_of,
        party=more.get("party"),
        side=more.get("side"),
    )


def _state_names(row: Sequence[Any]) -> StateNames:
    people, government, army, *lists = row
    return StateNames(tuple(people), tuple(government), army, *map(tuple, lists))
