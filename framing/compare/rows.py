"""What is compared: a corpus of scored articles, its numbers in columns, its texts read only where they are wanted.

`framing.compare.load.load` has one of a scores file.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from framing.article import Failure
from framing.axes import Axis
from framing.errors import InputError
from framing.scores import BundleName
from framing.types import Bools, Floats, Ints

Texts = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class MentionText:
    """A mention of an actor, at `start` to `stop` of the text of its sentence.

    Attributes
    ----------
    actor : as in `ActorRows.actor`.
    narrated : whether the words there are the journalist's.
    labels : hits of the lexicon `labels` in that sentence.
    """

    actor: str
    sentence: str
    start: int
    stop: int
    narrated: bool
    labels: tuple[str, ...] = ()


class Source(Protocol):
    """Where the texts of a corpus are read, by index of the article and in the order asked for."""

    def sentences(self, articles: Sequence[int]) -> Iterable[tuple[str, ...]]:
        """The sentences of each article's scored prose: without headline and without what was removed."""

    def mentions(self, articles: Sequence[int]) -> Iterable[tuple[MentionText, ...]]:
        """The mentions of actors in each article."""


@dataclass(frozen=True, slots=True)
class AxisColumn:
    """One axis over all articles: float64 of shape (n_articles,), NaN for null; `n` counts sentences."""

    value: Floats
    low: Floats
    high: Floats
    n: Ints


@dataclass(frozen=True, slots=True)
class ActorRows:
    """The actors of all articles, a row an actor of an article.

    Attributes
    ----------
    article : index of the article in the corpus.
    actor : the actor's id, for one of the actor file; else "article:" and the name, which is told by its spelling.
    stance, quoted_stance, share_of_voice : float64, NaN for null.
    """

    article: Ints
    actor: Sequence[str]
    name: Sequence[str]
    kind: Sequence[str]
    known: Bools
    stance: Floats
    n: Ints
    quoted_stance: Floats
    n_quoted: Ints
    n_mentions: Ints
    share_of_voice: Floats

    def __len__(self) -> int:
        return len(self.article)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Scored articles, all by one bundle.

    Attributes
    ----------
    bundles : those that scored; more than one is refused by `compare`.
    dates : as written in the source ("2026-03-11", with or without a time), None where there is none.
    markers : lexicon → hits in the journalist's voice, not negated, shape (n_articles,).
    columns : every other column of the table, for `--by`, stories and topics.
    axes : axis → its column; `definitions` has what each means.
    failures : articles that could not be read or scored; they are counted in the data card.
    """

    name: str
    bundles: tuple[BundleName, ...]
    definitions: Mapping[str, Axis]
    ids: Sequence[str]
    titles: Texts
    outlets: Texts
    dates: Texts
    languages: Texts
    n_words: Ints
    axes: Mapping[str, AxisColumn]
    actors: ActorRows
    markers: Mapping[str, Ints]
    source: Source
    columns: Mapping[str, Sequence[object]] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()

    def __post_init__(self) -> None:
        own = (self.titles, self.outlets, self.dates, self.languages, *self.columns.values())
        if {len(self.n_words), *map(len, own)} != {len(self.ids)}:
            raise InputError(f"{self.name}: columns of unequal length; write the scores again")

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Sequence[object]:
        """A column by name: outlet, date, language or one that was carried along."""
        own: dict[str, Sequence[object]] = {"outlet": self.outlets, "date": self.dates, "language": self.languages}
        known = {**self.columns, **own}
        if name not in known:
            raise InputError(f"{self.name}: no column '{name}'; it has {', '.join(sorted(known))}")
        return known[name]
