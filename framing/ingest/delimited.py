"""Rows of a .csv or .tsv file; delimiter and encoding are found."""

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TextIO

from framing.errors import InputError
from framing.ingest.decode import SAMPLE, declared_or_found
from framing.ingest.records import Broken, records

DELIMITERS = (",", ";", "\t", "|")
FIELD_LIMIT = 50_000_000
CHUNK = 1 << 20

Row = Mapping[str, str]


def csv_rows(path: Path, where: str, check: Callable[[list[str], str], None], key: str) -> Iterator[Row | str]:
    """The rows of a delimited file; a string says what is wrong with a row."""
    yield from (row for _, row in numbered_rows(path, where, check, key))


def numbered_rows(
    path: Path, where: str, check: Callable[[list[str], str], None], key: str
) -> Iterator[tuple[int, Row | str]]:
    """The rows of a delimited file, each with its first line; a string says what is wrong with a row.

    Parameters
    ----------
    check : raises an error when the columns are not those wanted.
    key : the column that tells the delimiter.
    """
    csv.field_size_limit(FIELD_LIMIT)
    with path.open(encoding=_encoding(path, where), errors="replace", newline="") as file:
        found = records(file, _delimiter(file, key))
        _, header = next(found, (1, []))
        if isinstance(header, Broken):
            raise InputError(f"{where}: line 1: {header.what}")
        check(header, where)
        yield from ((line, _row(record, header)) for line, record in found if record)


def _row(record: list[str] | Broken, header: list[str]) -> Row | str:
    if isinstance(record, Broken):
        return f"line {record.line}: {record.what}"
    # Fewer are as bad as more: lines of a cell that lost its first quotation mark come one by one as short rows.
    if len(record) != len(header):
        return f"{len(record)} fields under {len(header)} columns; check its quotation marks"
    return dict(zip(header, record, strict=False))


def _delimiter(file: TextIO, key: str) -> str:
    """The delimiter under which the header has a column `key`, else the most frequent one."""
    first = "".join(islice(file, 1)).rstrip("\r\n")
    file.seek(0)
    for delimiter in DELIMITERS:
        names = next(csv.reader([first], delimiter=delimiter), [])
        if key in {name.strip().lower() for name in names}:
            return delimiter
    return max(DELIMITERS, key=first.count)


def _encoding(path: Path, where: str) -> str:
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if not head.strip():
        raise InputError(f"{where}: empty; give a table with a header and rows")
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if _is_utf8(path):
        return "utf-8"
    found = declared_or_found(head, where)
    return "cp1252" if found == "utf-8" else found


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
