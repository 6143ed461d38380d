"""The actors of articles as rows of a table of their own, beside that of the articles."""

import csv
from collections.abc import Iterable, Iterator
from typing import TextIO

from framing.article import Failure
from framing.report import actors, phrases
from framing.report.phrases import Result
from framing.report.tables import Row, cell
from framing.scores import ActorScore, ArticleScore

HEADER = (
    *("id", "outlet", "date"),
    *("actor", "name", "kind", "known", "n_mentions", "role"),
    *("stance", "low", "high", "n", "why_null"),
    *("title_stance", "quoted_stance", "n_quoted", "share_of_voice", "speakers"),
    *("sentence", "sentence_stance"),
)


def write_actors_csv(results: Iterable[Result], file: TextIO) -> None:
    """Write the rows of every result, each article's as soon as it is there."""
    for _ in beside(results, file):
        pass


def beside(results: Iterable[Result], file: TextIO) -> Iterator[Result]:
    """The results as they come, each passed on once its actors are written; an article that failed has none."""
    writer = csv.DictWriter(file, HEADER, lineterminator="\n")
    writer.writeheader()
    for result in results:
        writer.writerows({name: cell(value) for name, value in row.items()} for row in rows(result))
        yield result


def rows(result: Result) -> Iterator[Row]:
    """A row an actor: whose article, who, the stance and what it rests on, and the sentence that shows most."""
    if isinstance(result, Failure):
        return
    document = result.article.document
    about = {"id": document.id, "outlet": document.outlet, "date": document.date}
    for actor in result.actors:
        yield about | _actor(result, actor)


def _actor(score: ArticleScore, actor: ActorScore) -> Row:
    found = actors.strongest(score.article, actor)
    return {
        "actor": actor.id,
        "name": phrases.tidy(actor.name),
        "kind": actor.kind,
        "known": actor.known,
        "n_mentions": actor.n_mentions,
        "role": actor.role,
        "stance": actor.stance,
        "low": actor.low,
        "high": actor.high,
        "n": actor.n,
        "why_null": actor.why_null,
        "title_stance": actor.title_stance,
        "quoted_stance": actor.quoted_stance,
        "n_quoted": actor.n_quoted,
        "share_of_voice": actor.share_of_voice,
        "speakers": [{"name": who.name, "stance": who.stance, "n": who.n} for who in actor.speakers] or None,
        "sentence": found.marked.text if found else None,
        "sentence_stance": found.stance if found else None,
    }
