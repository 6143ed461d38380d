"""A number, the article it leads to, and the verdict on a difference."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a contrast shows of its first group, against the second, after correction for many tests."""

    HIGHER = "higher"
    LOWER = "lower"
    EQUIVALENT = "equivalent"
    UNDECIDED = "undecided"
    TOO_LITTLE = "too little data"


class Reason(StrEnum):
    """Why something cannot be concluded."""

    TOO_FEW = "too few articles"
    WIDE = "the interval is too wide"
    TOPIC = "the groups write about different topics"
    DISAGREE = "raw, topic-adjusted and within-story estimates disagree"
    ONE_STORY = "one story only"
    NO_STORIES = "no shared stories"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 90 % cluster bootstrap interval; `n` articles in `n_clusters` stories or single articles."""

    value: float
    low: float | None
    high: float | None
    n: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article that a figure leads to: its index in the corpus, and its value there."""

    index: int
    id: str
    title: str | None
    group: str
    value: float | None = None
