"""A comparison as data: everything that a report shows. Values are those of the axes, never percent; None is null."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from framing.axes import Axis
from framing.compare.options import Options
from framing.compare.result.card import DataCard, Dropped, Group, Overlap, Spelling
from framing.compare.result.differences import Contrast, Difference, GroupMean
from framing.compare.result.figures import ArticleRef, Figure, Reason, Verdict
from framing.compare.result.texts import (
    ActorGroup,
    Context,
    Label,
    LexiconRate,
    Point,
    Series,
    Story,
    StoryMember,
    Term,
)
from framing.scores import BundleName

__all__ = [
    "ActorGroup",
    "ArticleRef",
    "Comparison",
    "Context",
    "Contrast",
    "DataCard",
    "Difference",
    "Dropped",
    "Figure",
    "Group",
    "GroupMean",
    "Label",
    "LexiconRate",
    "Methods",
    "Overlap",
    "Point",
    "Reason",
    "Series",
    "Spelling",
    "Statement",
    "Story",
    "StoryMember",
    "Term",
    "Unknown",
    "Verdict",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer; `refs` name the rows it rests on."""

    text: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that cannot be concluded, and why; `refs` name the rows, `n` how many of them it stands for."""

    text: str
    reason: Reason
    refs: tuple[str, ...]
    n: int = 1


@dataclass(frozen=True, slots=True)
class Methods:
    """How it was done, as a paragraph to print in a paper, and the sources it cites."""

    text: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of articles compared: what a report shows, in its order."""

    corpus: str
    bundle: BundleName
    options: Options
    axes: Mapping[str, Axis]
    answers: tuple[Statement, ...]
    unknowns: tuple[Unknown, ...]
    card: DataCard
    groups: tuple[Group, ...]
    means: tuple[GroupMean, ...]
    contrasts: tuple[Contrast, ...]
    actors: tuple[ActorGroup, ...]
    terms: tuple[Term, ...]
    lexicons: tuple[LexiconRate, ...]
    stories: tuple[Story, ...]
    series: tuple[Series, ...]
    methods: Methods
    seconds: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """This comparison as plain data, with the name of each row as `ref`."""
        data = asdict(self)
        for name in ("means", "contrasts", "actors", "terms"):
            for row, plain in zip(getattr(self, name), data[name], strict=True):
                plain["ref"] = row.ref
        return data
