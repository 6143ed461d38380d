"""Several articles: how each outlet's articles side with the actors they share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from framing.report import phrases
from framing.report.actors import kind, mean
from framing.scores import ActorScore, ArticleScore

ACTORS = 8
OUTLETS = 6

NOTE = "mean over an outlet's articles, their number in brackets; a few articles do not show an outlet's line"


@dataclass(frozen=True, slots=True)
class Cell:
    """The mean of an outlet's article stances toward an actor, and of how many articles; null and 0 where none has."""

    stance: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Row:
    """An actor and a cell an outlet."""

    name: str
    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Actors by outlets; `n_actors` and `n_outlets` count those left out too."""

    outlets: tuple[str, ...]
    rows: tuple[Row, ...]
    n_actors: int
    n_outlets: int

    @property
    def left_out(self) -> str:
        """What the summary does not show, or an empty text."""
        parts = [(self.n_actors - len(self.rows), "actor"), (self.n_outlets - len(self.outlets), "outlet")]
        return " and ".join(phrases.count(n, f"more {noun}") for n, noun in parts if n)


def summary(scores: Sequence[ArticleScore]) -> Summary:
    """The actors with a stance in at least two articles, by outlet; those in most articles first.

    Actors of the actor file are told by their id, others by name and kind.
    """
    stances: dict[tuple[str, str], list[tuple[str, ActorScore]]] = {}
    for score in scores:
        outlet = phrases.tidy(score.article.document.outlet or "")
        for actor in score.actors if outlet else ():
            if actor.stance is not None:
                stances.setdefault(_key(actor), []).append((outlet, actor))
    shared = sorted((found for found in stances.values() if len(found) > 1), key=lambda found: -len(found))
    outlets = [name for name, _ in Counter(outlet for found in shared for outlet, _ in found).most_common()]
    shown = tuple(outlets[:OUTLETS])
    rows = tuple(_row(found, shown) for found in shared[:ACTORS])
    return Summary(shown, rows, len(shared), len(outlets))


def _key(actor: ActorScore) -> tuple[str, str]:
    return (actor.id, "") if actor.known else (phrases.tidy(actor.name).casefold(), actor.kind)


def _row(found: Sequence[tuple[str, ActorScore]], outlets: Sequence[str]) -> Row:
    cells = [[a.stance for o, a in found if o == outlet and a.stance is not None] for outlet in outlets]
    first = found[0][1]
    return Row(phrases.tidy(first.name), kind(first), tuple(Cell(mean(one), len(one)) for one in cells))
