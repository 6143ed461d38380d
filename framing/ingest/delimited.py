"""Rows of a .csv or .tsv file; delimiter and encoding are found."""

import codecs
import csv
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from framing.errors import InputError
from framing.ingest.decode import SAMPLE, declared_or_found
from framing.ingest.tables import check_columns

DELIMITERS = (",", ";", "\t", "|")
FIELD_LIMIT = 50_000_000
CHUNK = 1 << 20


def csv_rows(path: Path, where: str) -> Iterator[Mapping[str, Any] | str]:
    """The rows of a delimited file; a string says what is wrong with a row."""
    csv.field_size_limit(FIELD_LIMIT)
    with path.open(encoding=_encoding(path, where), errors="replace", newline="") as file:
        delimiter = _delimiter(file)
        reader = csv.reader(file, delimiter=delimiter)
        header = next(reader, [])
        check_columns(header, where)
        yield from _rows(reader, header)


def _rows(reader: Any, header: list[str]) -> Iterator[Mapping[str, Any] | str]:
    while True:
        try:
            fields = next(reader, None)
        except csv.Error as error:
            yield f"not a row of CSV ({error}); check its quotation marks"
            continue
        if fields is None:
            return
        if len(fields) > len(header):
            yield f"{len(fields)} fields under {len(header)} columns; check its quotation marks"
        elif fields:
            yield dict(zip(header, fields, strict=False))


def _delimiter(file: TextIO) -> str:
    """The delimiter under which the header has a `text` column, else the most frequent one."""
    first = "".join(islice(file, 1)).rstrip("\r\n")
    file.seek(0)
    for delimiter in DELIMITERS:
        names = next(csv.reader([first], delimiter=delimiter), [])
        if "text" in {name.strip().lower() for name in names}:
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
