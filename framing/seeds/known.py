"""One known actor as data, and what is written of a state's government, army and people.

Named tuples, since thousands are made whenever the program starts: a frozen dataclass takes several times as long.
"""

from typing import NamedTuple

PERSON, STATE, PARTY = "person", "state", "party"
GOVERNMENT, ARMY, PEOPLE = DERIVED = ("government", "army", "people")
KINDS = (
    PERSON,
    STATE,
    *DERIVED,
    PARTY,
    "armed_group",
    "body",
    "agency",
    "organisation",
    "company",
    "outlet",
    "religion",
    "other",
)
GENDERS = ("m", "f", "x")
LEFT, RIGHT = SIDES = ("left", "right")
# As in files, in the order of the fields of `Office`.
OFFICE_KEYS = ("office", "of", "from", "to", "as_of")


class Office(NamedTuple):
    """What a person was, where, and when.

    Attributes
    ----------
    of : id of the actor the office belongs to.
    start, stop : YYYY, YYYY-MM or YYYY-MM-DD, both included; None is not known, of `stop` also not ended.
    as_of : until when this is known to be right.
    """

    office: str
    of: str
    start: str | None = None
    stop: str | None = None
    as_of: str | None = None


class KnownActor(NamedTuple):
    """A real-world actor of the catalogue. Names are in their exact case.

    Attributes
    ----------
    kind : one of `KINDS`.
    aliases : other names. Of a derived actor the nouns are in lower case ("Israeli army"); a text may capitalise them.
    acronyms : names that count in this very case only.
    country : id of the state it belongs to.
    gender : "m", "f", "x", or None where not said.
    demonyms : adjectives of a state.
    members : names for the members of a group taken together.
    capital : of a state and its government: a city that stands for the government where it acts, speaks or owns.
    as_of : until when the entry is known to be right.
    own : from the user's own file.
    party : id of the party it belongs to or sits with, and did for most of its time in politics.
    side : of a party that is one of the two sides of its country's politics: one of `SIDES`.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    country: str | None = None
    gender: str | None = None
    demonyms: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    capital: str | None = None
    offices: tuple[Office, ...] = ()
    as_of: str | None = None
    own: bool = False
    party: str | None = None
    side: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All that is written for the actor itself, the name first; not its members, demonyms or capital."""
        return (self.name, *self.aliases, *self.acronyms)


class StateNames(NamedTuple):
    """What the file of a state says of the actors derived from it.

    `withheld` are names the rules would make, but which the files give to another actor.
    """

    people: tuple[str, ...] = ()
    government_aliases: tuple[str, ...] = ()
    army_name: str | None = None
    army_aliases: tuple[str, ...] = ()
    army_acronyms: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
