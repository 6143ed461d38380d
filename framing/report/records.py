"""Scores as JSON and JSON Lines, of the schema in `score.schema.json` (docs/schema.md)."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any, TextIO

from framing.article import Failure
from framing.report.phrases import Result
from framing.scores import failure_dict


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one article, scored or failed."""
    text = files("framing.report").joinpath("score.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def record(result: Result, with_text: bool = False) -> dict[str, Any]:
    """One result as plain data that JSON can hold."""
    data = failure_dict(result) if isinstance(result, Failure) else result.to_dict(with_text)
    return {key: _plain(value) for key, value in data.items()}


def write_json(results: Sequence[Result], file: TextIO, with_text: bool = False) -> None:
    """Write one object for one result, a list for several (and for none)."""
    rows = [record(result, with_text) for result in results]
    json.dump(rows[0] if len(rows) == 1 else rows, file, ensure_ascii=False, allow_nan=False, indent=2)
    file.write("\n")


def write_jsonl(results: Iterable[Result], file: TextIO, with_text: bool = False) -> None:
    """Write one object a line, each as soon as it is there."""
    for result in results:
        file.write(json.dumps(record(result, with_text), ensure_ascii=False, allow_nan=False) + "\n")
        file.flush()


def _plain(value: object) -> Any:
    # Columns carried along from Parquet hold dates, decimals and NaN, which JSON has no form for.
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, bool | int | str) else str(value)
