"""A source as a user names it to its entries: the format is found by looking at it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from framing.errors import InputError
from framing.ingest.decode import refuse_binary
from framing.labels import doccano, hub, label_studio, tables, webanno
from framing.labels.columns import Columns
from framing.labels.entry import Entry
from framing.labels.json_array import array_items
from framing.labels.options import LabelOptions
from framing.labels.row import Problem
from framing.labels.tables import Placed

HEAD = 8192
EXPORTS = (".tsv", ".jsonl")
# A file of INCEpTION that no annotator made.
NO_ANNOTATOR = "INITIAL_CAS"
_LINE = re.compile(r"^line \d+: ")
_HUB_NAME = re.compile(r"[\w-]+/[\w.-]+")

Found = Iterator[Entry | Problem]


@dataclass(frozen=True, slots=True)
class Source:
    """A labelled set before its labels are understood.

    Attributes
    ----------
    check : after the last entry, raises an error for options that met nothing.
    file : what its hash is taken of; None where it is not one file.
    marked : whether a text without marks was read for them: if one has any, the others have none.
    """

    name: str
    entries: Found
    check: Callable[[], None]
    file: Path | None = None
    licence: str | None = None
    marked: bool = False


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
    if path.is_dir():
        return _folder(path, options)
    if _HUB_NAME.fullmatch(source) and not path.parent.is_dir():
        return _splits(hub.open_hub(source), source, options)
    raise InputError(f"{source}: no such file or folder; check the path")


def _splits(splits: hub.Splits, name: str, options: LabelOptions) -> Source:
    columns = Columns(name, options)
    entries = _entries(hub.records(splits, name), columns)
    return Source(name, entries, columns.check_options, licence=hub.licence_of(splits))


def _file(path: Path, options: LabelOptions) -> Source:
    columns = Columns(path.name, options)
    placed, marked = _placed(path, path.name, columns, options)
    return Source(path.name, _entries(placed, columns), columns.check_options, path, marked=marked)


def _folder(root: Path, options: LabelOptions) -> Source:
    """A folder that `datasets` wrote, or one of exports: a file an annotator, in a folder a document or all in one."""
    if hub.is_dataset_folder(root):
        return _splits(hub.open_folder(root), root.name, options)
    files = [path for path in sorted(root.rglob("*")) if path.suffix in EXPORTS and path.stem != NO_ANNOTATOR]
    if not files:
        raise InputError(f"{root}: no labelled set in this folder; give a file, or a folder of .tsv or .jsonl exports")
    columns = Columns(root.name, options)

    def placed() -> Iterator[Placed]:
        for path in files:
            name = path.relative_to(root).as_posix()
            if _begins(path).startswith(webanno.BEGINS):
                nested = path.parent != root
                yield from webanno.sentences(
                    path, name, path.parent.name if nested else path.stem, path.stem if nested else None
                )
            else:
                rows, _ = _placed(path, name, columns, options)
                yield from ((where, _by(row, path.stem)) for where, row in rows)

    return Source(root.name, _entries(placed(), columns), columns.check_options, marked=True)


def _by(row: tables.Record | str, annotator: str) -> tables.Record | str:
    return row if isinstance(row, str) else {"annotator": annotator, **row}


def _placed(path: Path, name: str, columns: Columns, options: LabelOptions) -> tuple[Iterator[Placed], bool]:
    """The records of a file, and whether it is the export of a tool for annotation."""
    head = _begins(path)
    if head.startswith("PAR1"):
        return tables.parquet(path, name, columns.check), False
    if head.startswith(webanno.BEGINS):
        return webanno.sentences(path, name, path.stem), True
    if head.startswith("["):
        return _array(path, name)
    if head.startswith("{"):
        return _lines(path, name)
    return tables.delimited(path, name, columns.check, options.theirs("text")), False


def _lines(path: Path, name: str) -> tuple[Iterator[Placed], bool]:
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    found = tables.json_lines(path, name)
    try:
        row = json.loads(first.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return found, False
    if not doccano.is_export(row):
        return found, False
    return ((where, row if isinstance(row, str) else doccano.document(row)) for where, row in found), True


def _array(path: Path, name: str) -> tuple[Iterator[Placed], bool]:
    _, first = next(array_items(path, name), (1, None))
    if label_studio.is_export(first):
        return _tasks(path, name), True
    return _objects(path, name), False


def _tasks(path: Path, name: str) -> Iterator[Placed]:
    for line, item in array_items(path, name):
        if label_studio.is_export(item):
            yield from label_studio.task_records(name, item)
        else:
            yield f"{name}:{line}", "not a task of Label Studio; export the project again"


def _objects(path: Path, name: str) -> Iterator[Placed]:
    for line, item in array_items(path, name):
        yield f"{name}:{line}", item if isinstance(item, Mapping) else "not an object; give an object a row"


def _entries(placed: Iterable[Placed], columns: Columns) -> Found:
    """The entries of records; a record that is no record is a problem."""
    for where, record in placed:
        yield _broken(where, record) if isinstance(record, str) else columns.entry(record, where)


def _broken(where: str, what: str) -> Problem:
    said, _, to_do = _LINE.sub("", what).partition("; ")
    return Problem(where, said, to_do or "correct it")


def _begins(path: Path) -> str:
    """The first characters of a file of text, or of a Parquet file; anything else binary is refused."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    if not head.strip():
        raise InputError(f"{path.name}: empty; give texts and their labels")
    if not head.startswith(b"PAR1"):
        refuse_binary(head, path.name)
    return head.decode("utf-8-sig", "replace").lstrip()
