"""What is left of a shipped actor when the user's own actors take names of it."""

from collections.abc import Collection

from framing.seeds.derived import declared_names
from framing.seeds.known import KnownActor, StateNames

Lost = list[tuple[str, str]]


def without(
    actor: KnownActor, names: StateNames | None, taken: Collection[str]
) -> tuple[KnownActor, StateNames | None, Lost]:
    """The actor and its state's names without those in `taken`, and what it lost: names, and whose they were."""
    lost = [(written, owner) for written, owner in declared_names(actor, names) if written in taken]
    if not lost:
        return actor, names, lost

    def kept(written: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in written if name not in taken)

    # `actor_check.overtaken` has seen to it that one is left.
    name, *aliases = kept((actor.name, *actor.aliases)) or (actor.name,)
    actor = actor._replace(
        name=name,
        aliases=tuple(aliases),
        acronyms=kept(actor.acronyms),
        demonyms=kept(actor.demonyms),
        members=kept(actor.members),
        capital=None if actor.capital in taken else actor.capital,
    )
    if names is None:
        return actor, None, lost
    names = names._replace(
        people=kept(names.people),
        government_aliases=kept(names.government_aliases),
        army_name=None if names.army_name in taken else names.army_name,
        army_aliases=kept(names.army_aliases),
        army_acronyms=kept(names.army_acronyms),
    )
    return actor, names, lost
