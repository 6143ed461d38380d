"""The page's view of a comparison: everything the template prints, worked out and named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framing.axes import Axis
from framing.compare.result import Comparison, Reason, Statement, Unknown, Verdict
from framing.report import phrases
from framing.report.comparison.amounts import GLYPHS, MEANINGS, plain
from framing.report.comparison.dots import Panel, Rows, actor_panels, axis_panels, chosen, room
from framing.report.comparison.estimates import Table, side_by_side
from framing.report.comparison.library import Library
from framing.report.comparison.pairs import Links, Matrix, PairTable, matrices, pair_tables
from framing.report.comparison.trends import TrendPanel, trend_panels
from framing.report.comparison.validity import Held, held_out
from framing.report.comparison.words import (
    LexiconTable,
    StoryPage,
    TermGroup,
    lexicon_table,
    n_stories,
    story_pages,
    term_groups,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the answer and the rows it rests on, as links with a number each."""

    text: str
    hrefs: list[str]


@dataclass(frozen=True, slots=True)
class View:
    """The whole page; `titles` are its sections, in order, by anchor."""

    found: Comparison
    title: str
    by: str
    facts: list[str]
    answers: list[Told]
    unknowns: list[tuple[str, list[Told]]]
    panels: list[Panel]
    tables: list[PairTable]
    matrices: list[Matrix]
    estimates: list[Table]
    actors: list[Panel]
    n_actors: int
    terms: list[TermGroup]
    lexicons: LexiconTable
    stories: list[StoryPage]
    n_stories: int
    trends: list[TrendPanel]
    axes: list[Axis]
    groups: list[tuple[int, str]]
    verdicts: list[tuple[str, str, str]]
    held_out: list[Held]
    card: Mapping[str, Any]
    command: str


class Anchors:
    """Short anchors for the rows of a page: given when a row is made, so that links lead only to what is there."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, ref: str) -> str:
        """The anchor of a row, the same each time."""
        return self._known.setdefault(ref, f"r{len(self._known) + 1}")

    def href(self, ref: str) -> str:
        """A link to a row that has an anchor by now; empty for any other."""
        anchor = self._known.get(ref)
        return f"#{anchor}" if anchor else ""


def view(found: Comparison, library: Library, title: str, card: Mapping[str, Any], command: str) -> View:
    """Everything the page shows of a comparison."""
    anchors = Anchors()
    keys = {group.name: index for index, group in enumerate(found.groups)}
    rows = Rows(keys, anchors.of, library, *room(found))
    panels, actors = axis_panels(found, rows), actor_panels(found, rows)
    links = Links(anchors.of, anchors.href, keys)
    tables, axes = pair_tables(found, links), chosen(found)
    terms = term_groups(found, rows)
    return View(
        found=found,
        title=title,
        by=phrases.label(found.options.by),
        facts=_facts(found),
        answers=_told(found.answers, anchors.href),
        unknowns=_unknowns(found, anchors.href),
        panels=panels,
        tables=tables,
        matrices=matrices(found, links),
        estimates=side_by_side(found, links),
        actors=actors,
        n_actors=len({one.actor for one in found.actors}),
        terms=terms,
        lexicons=lexicon_table(found),
        stories=story_pages(found, axes, rows),
        n_stories=n_stories(found),
        trends=trend_panels(found, keys),
        axes=axes,
        groups=[(index, phrases.tidy(name)) for name, index in keys.items()],
        verdicts=[(GLYPHS[verdict], verdict.value, MEANINGS[verdict]) for verdict in Verdict],
        held_out=held_out(card, axes),
        card=card,
        command=command,
    )


def how_many(found: Comparison) -> str:
    """The number of groups in words: "4 outlets", "12 groups by section"."""
    if found.options.by == "outlet":
        return phrases.count(len(found.groups), "outlet")
    return f"{phrases.count(len(found.groups), 'group')} by {phrases.label(found.options.by)}"


def _facts(found: Comparison) -> list[str]:
    card = found.card
    dates = [day[:10] for day in (card.first_date, card.last_date) if day]
    return [
        phrases.count(card.n_used, "article"),
        how_many(found),
        *([" to ".join(dict.fromkeys(dates))] if dates else []),
        phrases.count(card.n_shared_stories, "shared story", "shared stories"),
    ]


def _told(found: Sequence[Statement | Unknown], href: Callable[[str], str]) -> list[Told]:
    return [Told(plain(one.text), _links(one.refs, href)) for one in found]


def _links(refs: Sequence[str], href: Callable[[str], str]) -> list[str]:
    return list(dict.fromkeys(link for ref in refs if (link := href(ref))))[:4]


def _unknowns(found: Comparison, href: Callable[[str], str]) -> list[tuple[str, list[Told]]]:
    """What cannot be concluded, by reason."""
    groups = {reason: _told([one for one in found.unknowns if one.reason is reason], href) for reason in Reason}
    return [("" if reason is Reason.OTHER else reason.value, told) for reason, told in groups.items() if told]
