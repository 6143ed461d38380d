"""What went in: data card and groups."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dropped:
    """Articles that are not compared, or counted once, and why."""

    reason: str
    n: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """Names of groups that look like one; `merge` is the name they would have together."""

    names: tuple[str, ...]
    merge: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Stories that two groups both have."""

    first: str
    second: str
    n_stories: int


@dataclass(frozen=True, slots=True)
class DataCard:
    """What went in, what was left out and why, and what the reader must know of the rest."""

    n_in: int
    n_used: int
    dropped: tuple[Dropped, ...]
    n_stories: int
    n_shared_stories: int
    stories_from: str
    topics_from: str
    overlaps: tuple[Overlap, ...]
    n_undated: int
    first_date: str | None
    last_date: str | None
    languages: Mapping[str, int]
    spellings: tuple[Spelling, ...]
    too_few: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One group of articles; `tested` is false where it has too few."""

    name: str
    n_articles: int
    n_words: int
    n_stories: int
    n_shared_stories: int
    n_copied: int
    tested: bool
    first_date: str | None
    last_date: str | None
