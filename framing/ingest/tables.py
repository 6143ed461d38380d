"""Tables of articles: .jsonl, .csv and .parquet, a row at a time.

Columns `id`, `title`, `text`, `outlet`, `url`, `date` are framing's own, in any case; the others are carried along. A
table without a `text` column is a `UsageError`; a bad row is a `Failure` and the rest goes on.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from framing.article import Document, Failure
from framing.errors import InputError, UsageError
from framing.ingest.decode import normalise
from framing.ingest.titles import with_title

TABLES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet"})
OWN = ("id", "title", "text", "outlet", "url", "date")

Row = Mapping[str, Any]


def read_table(path: Path, name: str | None = None) -> Iterator[Document | Failure]:
    """The articles of a table, in its order; `name` is what rows without an id are called after."""
    where = name or path.name
    try:
        for number, row in enumerate(_rows(path, where), start=1):
            label = f"{where}:{number}"
            yield Failure(label, InputError.kind, f"{label}: {row}") if isinstance(row, str) else _document(row, label)
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({error.strerror}); check the path and its permissions") from error


def count_rows(path: Path) -> int | None:
    """How many rows a table has, where that is cheap to tell."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        from framing.ingest.parquet import count_parquet

        return count_parquet(path)
    if suffix in {".jsonl", ".ndjson"}:
        try:
            with path.open("rb") as lines:
                return sum(1 for line in lines if line.strip())
        except OSError:  # said when it is read
            return None
    return None


def check_columns(columns: list[str], where: str) -> None:
    """Raise UsageError when there is no `text` among the columns, naming those there are."""
    if "text" not in {column.strip().lower() for column in columns}:
        found = ", ".join(columns[:12]) or "none"
        raise UsageError(f"{where}: no column 'text' (found: {found}); rename the column that holds the articles")


def _rows(path: Path, where: str) -> Iterator[Row | str]:
    """The rows as mappings; a string says what is wrong with a row."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        from framing.ingest.parquet import parquet_rows

        return parquet_rows(path, where)
    if suffix in {".csv", ".tsv"}:
        from framing.ingest.delimited import csv_rows

        return csv_rows(path, where, check_columns, "text")
    return _json_rows(path, where)


def _json_rows(path: Path, where: str) -> Iterator[Row | str]:
    checked = False
    with path.open("rb") as lines:
        for line in lines:
            if not line.strip():
                continue
            row = json_object(line)
            if isinstance(row, Mapping) and not checked:
                check_columns(list(row), where)
                checked = True
            yield row


def json_object(line: bytes) -> Row | str:
    """The object that a line holds; a string says what is wrong with it."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"not a JSON object in UTF-8 ({error}); one object a line"
    return row if isinstance(row, dict) else "not a JSON object; one object a line"


def _document(row: Row, label: str) -> Document | Failure:
    own = {name: row[column] for column in row if (name := column.strip().lower()) in OWN}
    name = _text(own.get("id")) or label
    text = own.get("text")
    if not isinstance(text, str) or not text.strip():
        return Failure(name, InputError.kind, f"{label}: no text in this row; fill it or leave the row out")
    title = " ".join((_text(own.get("title")) or "").split()) or None
    columns = {column: plain(row[column]) for column in row if column.strip().lower() not in OWN}
    outlet, url, day = (_text(own.get(key)) for key in ("outlet", "url", "date"))
    return Document(name, with_title(title, normalise(text)), title is not None, outlet, url, day, columns)


def plain(value: Any) -> Any:
    """`value` as JSON can hold it: times as ISO 8601, not-a-number as null, the unknown as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value)


def _text(value: Any) -> str | None:
    """One of framing's own columns as a line of text; empty is None."""
    if isinstance(value, datetime) and value.time() == time(0):
        value = value.date()
    found = plain(value)
    return (normalise(str(found)).strip() or None) if found is not None else None
