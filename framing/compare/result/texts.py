"""Actors, words, stories and time."""

from collections.abc import Mapping
from dataclasses import dataclass

from framing.compare.result.figures import ArticleRef, Figure


@dataclass(frozen=True, slots=True)
class Label:
    """Words that a group puts to an actor ("embattled", "hardliner"), with a sentence where it does."""

    text: str
    n: int
    n_articles: int
    sentence: str
    article: ArticleRef


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """One actor in one group: narrated and quoted stance in [-1, 1], share of voice in [0, 1], labels used."""

    actor: str
    name: str
    kind: str
    known: bool
    group: str
    narrated: Figure | None
    quoted: Figure | None
    share_of_voice: Figure | None
    n_articles: int
    n_mentions: int
    labels: tuple[Label, ...]
    examples: tuple[ArticleRef, ...]

    @property
    def ref(self) -> str:
        """Name of this row, for links."""
        return f"actor|{self.actor}|{self.group}"


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence with a term in it, at `start` to `stop` of `sentence`."""

    sentence: str
    start: int
    stop: int
    article: ArticleRef


@dataclass(frozen=True, slots=True)
class Term:
    """A word or two that a group uses more than the others (Monroe et al. 2008); `q` is corrected for all terms."""

    group: str
    term: str
    z: float
    log_odds: float
    q: float
    n: int
    n_articles: int
    rate_per_1000: float
    rate_elsewhere: float
    contexts: tuple[Context, ...]

    @property
    def ref(self) -> str:
        """Name of this row, for links."""
        return f"term|{self.group}|{self.term}"


@dataclass(frozen=True, slots=True)
class LexiconRate:
    """Hits of a lexicon in a group, per 1000 words of the journalist's text."""

    group: str
    lexicon: str
    n: int
    rate_per_1000: Figure


@dataclass(frozen=True, slots=True)
class StoryMember:
    """An article of a story; `copied` is the share of its text that an earlier article of the story has too."""

    article: ArticleRef
    date: str | None
    values: Mapping[str, float | None]
    copied: float
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of one event; `missing` are the groups without one."""

    id: str
    title: str
    first_date: str | None
    last_date: str | None
    members: tuple[StoryMember, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """The rolling mean around one day."""

    date: str
    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Series:
    """Rolling means of a group on an axis."""

    group: str
    axis: str
    window_days: int
    points: tuple[Point, ...]
