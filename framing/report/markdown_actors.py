"""The actors of articles as Markdown: a table, and the sentences that show most."""

from collections.abc import Callable, Iterator, Sequence

from framing.report import actors, by_outlet, phrases
from framing.report.actors import STANCE, Marked
from framing.scores import ActorScore, ArticleScore

MOST = 8

Escape = Callable[[str], str]
Table = Callable[[Sequence[str], Sequence[Sequence[str]]], str]

_HEAD = ["actor", "kind", "stance", "90 % interval", "sentences", "headline", "quoted voice", "mentions"]


def section(score: ArticleScore, escape: Escape, table: Table) -> Iterator[str]:
    """All actors of one article, the most mentioned first, and the strongest sentence of the first few."""
    found = actors.ranked(score.actors)
    yield "## Actors"
    if not found:
        yield "None found."
        return
    yield escape(f"Stance: {STANCE.unit}. {STANCE.definition}")
    rows = [[escape(text) for text in _cells(actor)] for actor in found]
    yield table([*_HEAD, "share of voice", "role"], rows)
    shown = [(actor, one) for actor in found[:MOST] if (one := actors.strongest(score.article, actor))]
    if shown:
        yield "### Strongest sentence of each main actor"
    for actor, one in shown:
        yield f"> {_bold(one.marked, escape)}\n>\n> {escape(actor.name)}: {phrases.amount(one.stance, STANCE)}"


def outlets(scores: Sequence[ArticleScore], escape: Escape, table: Table) -> Iterator[str]:
    """How each outlet's articles side with the actors that several share; nothing where there are none."""
    found = by_outlet.summary(scores)
    if not found.rows:
        return
    yield "## Stance by outlet"
    yield escape(f"Stance: {STANCE.unit}. The {by_outlet.NOTE}.")
    rows = [[escape(row.name), *(_cell(cell) for cell in row.cells)] for row in found.rows]
    yield table(["actor", *map(escape, found.outlets)], rows)
    if found.left_out:
        yield f"And {found.left_out}."


def _cells(actor: ActorScore) -> Iterator[str]:
    one = actors.as_axis(actor)
    yield phrases.tidy(actor.name)
    yield actors.kind(actor)
    yield actors.why_none(actor) or phrases.amount(actor.stance, STANCE)
    yield phrases.interval(one, STANCE) or "–"
    yield f"{actor.n:,}"
    yield phrases.amount(actor.title_stance, STANCE)
    who = f": {', '.join(actors.speakers(actor))}" if actor.speakers else ""
    yield phrases.amount(actor.quoted_stance, STANCE) + (f" ({actor.n_quoted})" if actor.n_quoted else "") + who
    yield f"{actor.n_mentions:,}"
    yield "–" if actor.share_of_voice is None else phrases.percent(actor.share_of_voice)
    yield phrases.label(actor.role or "–")


def _bold(marked: Marked, escape: Escape) -> str:
    return "".join(_piece(text, is_name, escape) for text, is_name in marked.pieces)


def _piece(text: str, is_name: bool, escape: Escape) -> str:
    # `escape` takes the white space at both ends, which stays outside of the asterisks.
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    inner = escape(text)
    return before + (f"**{inner}**" if is_name and inner else inner) + (after if inner else "")


def _cell(cell: by_outlet.Cell) -> str:
    return f"{phrases.amount(cell.stance, STANCE)} ({cell.n})" if cell.n else "–"
