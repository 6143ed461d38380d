"""Which articles a page shows sentences of, and which it only names: no others are read."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from framing.compare.result import Comparison
from framing.report.comparison.dots import room, shown_actors
from framing.report.comparison.library import COLUMNS, NAMING, Library
from framing.report.comparison.words import STORIES, shared_stories


class Shelf(Protocol):
    """Where rows of scores are read, by index among those that have a score."""

    def rows_at(self, indices: Collection[int], columns: Sequence[str]) -> Mapping[int, Mapping[str, Any]]:
        """These rows, with these columns."""


def library(found: Comparison, scores: Shelf) -> Library:
    """The articles that the figures of a comparison lead to."""
    shown = _shown(found)
    return Library(scores.rows_at(shown, COLUMNS), scores.rows_at(_named(found) - shown, NAMING))


def _shown(found: Comparison) -> set[int]:
    most, _ = room(found)
    examples = [row.examples for row in found.means]
    examples += [row.examples for actor in shown_actors(found) for row in actor]
    return {ref.index for refs in examples for ref in refs[:most]}


def _named(found: Comparison) -> set[int]:
    members = [member.article for story in shared_stories(found)[:STORIES] for member in story.members]
    return {ref.index for ref in (*members, *(one.article for term in found.terms for one in term.contexts))}
