"""How a labelled set is to be read: what its columns are called, which order its classes have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from framing.axes import Level
from framing.errors import UsageError

OWN = (
    "id", "text", "title", "outlet", "date", "url", "group", "split", "annotator",
    "mention", "start", "stop", "stance", "mentions", "words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelOptions:
    """How to read one labelled set.

    Attributes
    ----------
    columns : framing's name of a column → the name it has in the file, e.g. text → sentence.
    labels : axis → column. Where any is given, only these are read; else every column `label.AXIS` is.
    order : axis → its classes, the lowest first.
    level : what the rows are; None is found out by their length.
    weigh_disagreement : whether rows on which annotators disagree weigh less in training.
    outlets : file of aliases of outlets, beside those that ship.
    licence : of the set; None is what the set itself says.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    level: Level | None = None
    weigh_disagreement: bool = False
    outlets: Path | None = None
    licence: str | None = None

    def __post_init__(self) -> None:
        unknown = [name for name in self.columns if name not in OWN]
        if unknown:
            raise UsageError(f"--column {unknown[0]}=…: no such column is read; there are {', '.join(OWN)}")
        short = [axis for axis, classes in self.order.items() if len(set(classes)) < 2]
        if short:
            raise UsageError(f"--order {short[0]}=…: an order has at least two classes; name them all, lowest first")

    def theirs(self, own: str) -> str:
        """The name, in the file, of the column that framing calls `own`."""
        return self.columns.get(own, own)


DEFAULT = LabelOptions()
