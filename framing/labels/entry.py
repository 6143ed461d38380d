"""One record of a source with its labels as they are written, before it is known what they mean."""

from dataclasses import dataclass, field
from typing import Any

from framing.labels.scales import Label


@dataclass(slots=True)
class Entry:
    """What one record says.

    Attributes
    ----------
    labels : axis → label; blanks are absent.
    mentions : start, stop and stance of each judged mention.
    words : start and stop of each marked word; None where no words were asked for.
    missing_words : marked words that the text has not.
    """

    where: str
    text: str
    labels: dict[str, Label] = field(default_factory=dict)
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    date: str | None = None
    group: str | None = None
    split: str | None = None
    annotator: str | None = None
    mentions: list[tuple[int, int, float]] = field(default_factory=list)
    words: list[tuple[int, int]] | None = None
    missing_words: list[str] = field(default_factory=list)


def encode(entry: Entry) -> dict[str, Any]:
    """An entry as plain data."""
    return {name: getattr(entry, name) for name in Entry.__slots__}


def decode(data: dict[str, Any]) -> Entry:
    """The entry that `encode` wrote, once it has been JSON."""
    labels = {axis: tuple(label) if isinstance(label, list) else label for axis, label in data["labels"].items()}
    return Entry(**data | {"labels": labels})
