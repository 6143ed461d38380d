"""Records of CSV, JSON lines and Parquet with the place of each, a record at a time."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from framing.ingest.tables import json_object

Record = Mapping[str, Any]
Check = Callable[[list[str]], None]
Placed = tuple[str, Record | str]


def delimited(path: Path, name: str, check: Check, key: str) -> Iterator[Placed]:
    """The rows of a CSV or TSV file by line; a text says what is wrong with a row."""
    from framing.ingest.delimited import numbered_rows

    for line, row in numbered_rows(path, name, lambda columns, _: check(columns), key):
        yield f"{name}:{line}", row


def json_lines(path: Path, name: str) -> Iterator[Placed]:
    """The objects of a file with one a line; a text says what is wrong with a line."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield f"{name}:{number}", json_object(line)


def parquet(path: Path, name: str, check: Check) -> Iterator[Placed]:
    """The rows of a Parquet file by number, from 1."""
    from framing.ingest.parquet import parquet_rows

    for number, row in enumerate(parquet_rows(path, name, lambda columns, _: check(columns)), start=1):
        yield f"{name}:{number}", row
