"""The vocabulary of labelled sets: row, mention, scale, level, set, and what is wrong with a row."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from framing.article import Span
from framing.axes import BIPOLAR, SHARE, Level
from framing.types import Floats, Ints

# First and last class of an order whose middle is neither: such an axis runs from -1 to 1.
OPPOSITES = frozenset(
    {("left", "right"), ("negative", "positive"), ("against", "for"), ("liberal", "conservative"), ("con", "pro")}
)
NO, YES = "no", "yes"


class ScaleKind(StrEnum):
    """What the labels of an axis are."""

    YES_NO = "yes/no"
    SHARE = "number from 0 to 1"
    BIPOLAR = "number from -1 to 1"
    CLASSES = "ordered classes"


@dataclass(frozen=True, slots=True)
class Scale:
    """How the labels of one axis are one number, its target in [0, 1].

    Attributes
    ----------
    classes : of ordered classes, the lowest first, spread evenly over [0, 1]; of yes/no, the names of no and yes
        where the file has others.
    """

    axis: str
    kind: ScaleKind
    classes: tuple[str, ...] = ()

    @property
    def range(self) -> tuple[float, float]:
        """The range of `value`: from -1 to 1 where the middle of the axis is neither of two opposites."""
        return BIPOLAR if self._is_bipolar else SHARE

    def value(self, target: float) -> float:
        """A target in [0, 1] as a number in `range`."""
        return 2 * target - 1 if self._is_bipolar else target

    def name_of(self, target: float) -> str:
        """The class nearest to `target`; where labels are numbers, the value."""
        names = self.names
        if not names:
            return f"{self.value(target):.2f}"
        return names[min(len(names) - 1, int(target * (len(names) - 1) + 0.5))]

    @property
    def names(self) -> tuple[str, ...]:
        """The classes, the lowest first; none where labels are numbers."""
        return self.classes or ((NO, YES) if self.kind is ScaleKind.YES_NO else ())

    @property
    def _is_bipolar(self) -> bool:
        if self.kind is ScaleKind.CLASSES:
            low, high = (name.split()[-1].casefold() for name in (self.classes[0], self.classes[-1]))
            return (low, high) in OPPOSITES or low == f"-{high}"
        return self.kind is ScaleKind.BIPOLAR


@dataclass(frozen=True, slots=True)
class JudgedMention:
    """A mention in a row's text with the stance toward it, from -1, against, to 1, for."""

    span: Span
    stance: float


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A sentence or an article that people labelled.

    Attributes
    ----------
    where : file and line, for messages.
    labels : axis → target in [0, 1] by its `Scale`; an axis without a label is absent.
    group : what must not be split, e.g. the article of a sentence.
    weight : of the row in training; below 1 where annotators disagree, if that was asked for.
    words : what annotators marked; None where no words were asked for.
    """

    id: str
    text: str
    where: str
    labels: Mapping[str, float]
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    date: str | None = None
    group: str | None = None
    split: str | None = None
    weight: float = 1.0
    targets: tuple[JudgedMention, ...] = ()
    words: tuple[Span, ...] | None = None

    def to_dict(self) -> dict[str, object]:
        """This row as plain data."""
        spans = None if self.words is None else [[span.start, span.stop] for span in self.words]
        targets = [[one.span.start, one.span.stop, one.stance] for one in self.targets]
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {"labels": dict(self.labels), "targets": targets, "words": spans}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "LabelledRow":
        """The row that `to_dict` wrote."""
        plain: dict[str, object] = dict(data)
        plain["targets"] = tuple(JudgedMention(Span(a, b), stance) for a, b, stance in data["targets"])  # type: ignore[attr-defined]
        if data["words"] is not None:
            plain["words"] = tuple(Span(start, stop) for start, stop in data["words"])  # type: ignore[attr-defined]
        return cls(**plain)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a part of it, that cannot be used: where it is, what is wrong with it, what to do."""

    where: str
    what: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.what_to_do}"


@dataclass(frozen=True, slots=True)
class Judgements:
    """What each annotator said on one axis; the three arrays have an entry a judgement.

    Attributes
    ----------
    rows : places in `LabelledSet.rows`.
    annotators : places in `names`.
    targets : in [0, 1].
    """

    names: tuple[str, ...]
    rows: Ints
    annotators: Ints
    targets: Floats


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Labelled rows with the scales of their axes, and the rows that cannot be used.

    Attributes
    ----------
    rows : on disk, not in memory, where there are many; a row is read when it is asked for.
    sha256 : of the file; of the rows, where the set is a folder or comes from the hub.
    notes : what was left out of rows that are used all the same.
    judgements : axis → what each annotator said; empty where rows have no annotator.
    """

    name: str
    rows: Sequence[LabelledRow]
    scales: Mapping[str, Scale]
    level: Level
    problems: tuple[Problem, ...]
    sha256: str
    licence: str | None = None
    notes: tuple[Problem, ...] = ()
    judgements: Mapping[str, Judgements] = field(default_factory=dict)


def row_hash(text: str) -> str:
    """16 hexadecimal digits by which a text is known again, whatever its case and white space."""
    return hashlib.sha256(" ".join(text.split()).casefold().encode()).hexdigest()[:16]
