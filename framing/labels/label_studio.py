"""Exports of Label Studio, JSON and JSON-MIN, as records of a table.

A control for choices, ratings or numbers is a column `label.NAME`; a marked region is a word, or a mention where its
label, or a control on the region called `stance`, says for or against.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from framing.labels.columns import PREFIX
from framing.labels.marks import Marks
from framing.labels.tables import Record

# What Label Studio writes about the annotation into JSON-MIN, beside data and labels.
MIN_KEYS = frozenset({"annotation_id", "lead_time"})
VALUES = ("choices", "rating", "number", "taxonomy")


def is_export(item: Any) -> bool:
    """Whether an item of a JSON array is a task of Label Studio, in either form."""
    if not isinstance(item, Mapping):
        return False
    return ("data" in item and ("annotations" in item or "completions" in item)) or item.keys() >= MIN_KEYS


def task_records(name: str, item: Mapping[str, Any]) -> Iterator[tuple[str, Record]]:
    """A record an annotation of a task, each with its place."""
    where = f"{name}:task {item.get('id', '?')}"
    if "data" not in item:
        yield where, _minimal(item)
        return
    data = {"id": item.get("id"), **item["data"]}
    for annotation in item.get("annotations") or item.get("completions") or ():
        if not annotation.get("was_cancelled"):
            yield where, {**data, "annotator": _annotator(annotation), **_results(annotation.get("result") or ())}


def _results(results: Sequence[Mapping[str, Any]]) -> Record:
    """What one annotation says: labels of the text, and marks in it with what is said of them."""
    labels: dict[str, Any] = {}
    marks = Marks()
    for result in results:
        value, name = result.get("value") or {}, str(result.get("from_name"))
        if "start" in value and "end" in value:
            judged = name == "stance"
            marks.add(value["start"], value["end"], _value(value) if judged else value.get("labels"), judged)
        elif (found := _value(value)) is not None:
            labels[PREFIX + name] = found
    return {**labels, **marks.columns()}


def _value(value: Mapping[str, Any]) -> Any:
    found = next((value[key] for key in VALUES if key in value), None)
    if isinstance(found, list) and found and isinstance(found[0], list):
        return [path[-1] for path in found if path]  # the last step of each path of a taxonomy
    return found


def _annotator(annotation: Mapping[str, Any]) -> str | None:
    by = annotation.get("completed_by")
    if isinstance(by, Mapping):
        by = by.get("email") or by.get("id")
    return None if by is None else str(by)


def _minimal(item: Mapping[str, Any]) -> Record:
    """A task of JSON-MIN: choices and regions are told by their form, other controls look like data."""
    marks, record = Marks(), dict(item)
    for key, value in item.items():
        if isinstance(value, Mapping) and "choices" in value:
            record[PREFIX + key] = value["choices"]
        elif _are_regions(value):
            for region in value:
                marks.add(region["start"], region["end"], region.get("labels"))
    return {**record, **marks.columns()}


def _are_regions(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) and one.keys() >= {"start", "end"} for one in value)
