"""The vocabulary of actors in one article: name, mention, actor."""

from dataclasses import dataclass, field
from enum import StrEnum

from framing.article import Span, Voice


class NameType(StrEnum):
    """What the token head takes a name for."""

    PERSON = "PER"
    ORGANISATION = "ORG"
    LOCATION = "LOC"
    OTHER = "MISC"


class How(StrEnum):
    """By what words an actor is mentioned."""

    NAME = "name"
    OFFICE = "office"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Name:
    """A name the token head found: `sentence` as in `Passage` (-1 is the headline), `probability` in [0, 1]."""

    span: Span
    type: NameType
    sentence: int
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the article. `known` ones come from the actor file, the others are grouped by name.

    `kind` is one of `framing.seeds.actors.KINDS`; `id` of an actor that is not known begins with `article:`.
    """

    id: str
    name: str
    kind: str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """The words of the text that stand for one actor.

    Attributes
    ----------
    sentence : index in `Article.sentences`; -1 is the headline.
    voice : of the stretch it stands in.
    speaker : who speaks that stretch, as the text names them; None in the journalist's voice or where unknown.
    judge : who judges the actor here, when the journalist reports somebody else's judgement without quotation marks
        ("X accused Y of …": for Y the judge is "X"). None otherwise.
    """

    actor: str
    span: Span
    sentence: int
    voice: Voice
    how: How = How.NAME
    speaker: str | None = None
    judge: str | None = None

    @property
    def narrated(self) -> bool:
        """Whether a stance toward this mention is the journalist's own."""
        return self.voice is Voice.JOURNALIST and self.judge is None


@dataclass(frozen=True, slots=True)
class Found:
    """The actors of an article by id, in order of first mention, and their mentions in order of the text."""

    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
