"""The government, the army and the people of a state, made from its entry by rule."""

from collections.abc import Iterator, Mapping, Sequence

from framing.seeds.known import ARMY, DERIVED, GOVERNMENT, PEOPLE, KnownActor, StateNames

Nouns = Mapping[str, tuple[str, ...]]

# A bundle carries a copy, so that a later change here does not change whom it finds.
NOUNS: Nouns = {
    GOVERNMENT: ("government", "cabinet", "authorities", "administration", "officials"),
    ARMY: ("army", "military", "armed forces", "forces", "troops", "soldiers", "air force", "navy"),
    PEOPLE: ("people", "public", "population", "citizens", "civilians"),
}
# Words of names that stand after "the": "government of the Czech Republic".
_AFTER_THE = {"Emirates", "Islands", "Kingdom", "Maldives", "Netherlands", "Philippines", "Republic", "See", "States"}


def derived_id(state: str, kind: str) -> str:
    """The id of a state's government, army or people: "israel.army"."""
    return f"{state}.{kind}"


def state_of(id: str) -> str:
    """The id of the state that an actor is derived from; any other id as it is."""
    return id.partition(".")[0]


def derive(state: KnownActor, names: StateNames, nouns: Nouns) -> Iterator[KnownActor]:
    """Government, army and people of one state; the first name that the files allow becomes its name."""
    words = (*state.demonyms, *state.acronyms) or (state.name,)
    place = state.name if _AFTER_THE.isdisjoint(state.name.split()) else f"the {state.name}"
    for kind, listed, acronyms, capital in (
        (GOVERNMENT, names.government_aliases, (), governing_city(state)),
        (ARMY, names.army_aliases, names.army_acronyms, None),
        (PEOPLE, names.people, (), None),
    ):
        plain = f"{nouns[kind][0]} of {place}"
        made = [f"{word} {noun}" for word in words for noun in nouns[kind]]
        written = dict.fromkeys([*made, plain, *listed])
        for name in names.withheld:
            written.pop(name, None)
        name = _title(kind, names) or next(iter(written), plain)
        written.pop(name, None)
        yield KnownActor(
            f"{state.id}.{kind}",
            name,
            kind,
            tuple(written),
            acronyms,
            country=state.id,
            capital=capital,
            as_of=state.as_of,
            own=state.own,
        )


def governing_city(state: KnownActor) -> str | None:
    """The capital, unless it is also a name of the state itself, as in Singapore."""
    return None if state.capital in state.names else state.capital


def declared_names(actor: KnownActor, names: StateNames | None) -> Iterator[tuple[str, str]]:
    """Every name that files give an actor, with the id it stands for; demonyms stand for the people."""
    yield from ((written, actor.id) for written in (*actor.names, *actor.members))
    if names is None:
        return
    capital = governing_city(actor)
    lists: tuple[Sequence[str | None], ...] = (
        (*names.government_aliases, capital),
        (names.army_name, *names.army_aliases, *names.army_acronyms),
        (*names.people, *actor.demonyms),
    )
    for kind, listed in zip(DERIVED, lists, strict=True):
        yield from ((written, derived_id(actor.id, kind)) for written in listed if written is not None)


def withheld(state: KnownActor, names: StateNames, nouns: Nouns, owners: Mapping[str, str]) -> tuple[str, ...]:
    """The names made by rule for one state that files give to another actor, in whatever case.

    Parameters
    ----------
    owners : the id that each declared name, in lower case, belongs to.
    """
    return tuple(
        written
        for actor in derive(state, names, nouns)
        for written in (actor.name, *actor.aliases)
        if owners.get(written.lower(), actor.id) != actor.id
    )


def _title(kind: str, names: StateNames) -> str | None:
    if kind == ARMY:
        return names.army_name
    return names.people[0] if kind == PEOPLE and names.people else None
