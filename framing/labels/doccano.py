"""Exports of doccano, JSON lines, as records of a table: classes in `label`, marked places, or `entities`."""

from collections.abc import Mapping
from typing import Any

from framing.labels.marks import Marks
from framing.labels.tables import Record

KEYS = ("label", "labels")


def is_export(row: Mapping[str, Any]) -> bool:
    """Whether an object is a document of doccano."""
    return any(isinstance(row.get(key), list) for key in (*KEYS, "entities"))


def document(row: Mapping[str, Any]) -> Record:
    """A document with its marked places as words and mentions; classes stay in the column `label`."""
    marks, classes = Marks(), []
    for item in (item for key in KEYS for item in row.get(key) or ()):
        if isinstance(item, list):
            marks.add(*item)
        else:
            classes.append(item)
    for entity in row.get("entities") or ():
        marks.add(entity["start_offset"], entity["end_offset"], entity.get("label"))
    record = {key: value for key, value in row.items() if key not in (*KEYS, "entities")}
    return {**record, "label": classes, **marks.columns()}
