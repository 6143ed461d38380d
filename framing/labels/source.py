"""A source as a user names it to its entries: the format is found by looking at it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from framing.errors import InputError
from framing.ingest.decode import refuse_binary
from framing.labels import tables
from framing.labels.columns import Columns
from framing.labels.entry import Entry
from framing.labels.options import LabelOptions
from framing.labels.row import Problem

HEAD = 8192
_LINE = re.compile(r"^line \d+: ")

Found = Iterator[Entry | Problem]


@dataclass(frozen=True, slots=True)
class Source:
    """A labelled set before its labels are understood.

    Attributes
    ----------
    file : what its hash is taken of; None where it is not one file.
    check : after the last entry, raises an error for options that met nothing.
    """

    name: str
    entries: Found
    file: Path | None = None
    licence: str | None = None
    check: Callable[[], None] = lambda: None


def open_source(source: str, options: LabelOptions) -> Source:
    """The entries of a file, a folder or a set of the hub.

    Raises
    ------
    InputError
        There is no such source, or it is in no format that can be read.
    """
    path = Path(source)
    if path.is_file():
        return _file(path, options)
    raise InputError(f"{source}: no such file or folder; check the path")


def _file(path: Path, options: LabelOptions) -> Source:
    columns = Columns(path.name, options)
    found = _placed(path, columns, options)
    return Source(path.name, entries_of(found, columns), path, check=columns.check_options)


def _placed(path: Path, columns: Columns, options: LabelOptions) -> Iterator[tables.Placed]:
    head = _head(path)
    if head.startswith(b"PAR1"):
        return tables.parquet(path, path.name, columns.check)
    refuse_binary(head, path.name)
    if head.decode("utf-8-sig", "replace").lstrip().startswith("{"):
        return tables.json_lines(path, path.name, columns.check)
    return tables.delimited(path, path.name, columns.check, options.theirs("text"))


def entries_of(placed: Iterable[tables.Placed], columns: Columns) -> Found:
    """The entries of records; a record that is no record is a problem."""
    for where, record in placed:
        yield _broken(where, record) if isinstance(record, str) else columns.entry(record, where)


def _broken(where: str, what: str) -> Problem:
    said, _, to_do = _LINE.sub("", what).partition("; ")
    return Problem(where, said, to_do or "correct it")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
