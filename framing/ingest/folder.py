"""A folder of articles and tables, in sorted order.

Read are text, Markdown, HTML and table files at any depth. Hidden files, `meta.csv`, README, LICENSE and CHANGELOG
files and every other ending are passed over. An article's outlet is the one `meta.csv` beside it gives, else the name
of its subfolder, else the file's stem.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from framing.article import Document
from framing.errors import InputError, UsageError
from framing.ingest.files import HTML, TEXT
from framing.ingest.tables import TABLES

META = "meta.csv"
OWN = ("file", "outlet", "url", "date")
PASSED_OVER = frozenset({"readme", "license", "licence", "changelog", "notice"})


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a file from outside it; `columns` are those that are not framing's own."""

    outlet: str | None = None
    url: str | None = None
    date: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a folder: where it is, its name from the folder down, and what is known of it."""

    path: Path
    name: str
    meta: Meta = field(default_factory=Meta)

    @property
    def is_table(self) -> bool:
        """Whether the file holds many articles."""
        return self.path.suffix.lower() in TABLES


def entries(root: Path) -> Iterator[Entry]:
    """The files of `root` that can hold articles."""
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        here = Path(folder)
        metas = read_meta(here)
        for name in sorted(names):
            if _wanted(here / name):
                yield _entry(root, here / name, metas)


def read_meta(folder: Path) -> Mapping[str, Meta]:
    """The rows of `meta.csv` in `folder`, by file name.

    Raises
    ------
    UsageError
        No column `file`.
    InputError
        It cannot be read, or a row is broken.
    """
    path = folder / META
    try:
        if not path.is_file() or not path.stat().st_size:
            return {}
        return dict(_rows(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error


def described(document: Document, meta: Meta) -> Document:
    """`document` with what `meta` knows; the file's own URL, date and columns stay where meta has none."""
    return replace(
        document,
        outlet=meta.outlet or document.outlet,
        url=meta.url or document.url,
        date=meta.date or document.date,
        columns={**meta.columns, **document.columns},
    )


def _entry(root: Path, path: Path, metas: Mapping[str, Meta]) -> Entry:
    name = path.relative_to(root).as_posix()
    known = metas.get(path.name, Meta())
    outlet = known.outlet or (path.parent.name if path.parent != root else path.stem)
    return Entry(path, name, replace(known, outlet=outlet))


def _rows(path: Path) -> Iterator[tuple[str, Meta]]:
    from framing.ingest.delimited import csv_rows

    for row in csv_rows(path, str(path), _check_columns, "file"):
        if isinstance(row, str):
            raise InputError(f"{path}: {row}")
        own = {column.strip().lower(): value.strip() for column, value in row.items()}
        if own.get("file"):
            outlet, url, day = (own.get(name) or None for name in OWN[1:])
            columns = {name: row[name] for name in row if name.strip().lower() not in OWN}
            yield own["file"], Meta(outlet, url, day, columns)


def _check_columns(columns: list[str], where: str) -> None:
    if "file" not in {column.strip().lower() for column in columns}:
        found = ", ".join(columns[:12]) or "none"
        raise UsageError(f"{where}: no column 'file' (found: {found}); name so the column of the files' names")


def _wanted(path: Path) -> bool:
    name = path.name.lower()
    if name.startswith(".") or name == META or path.stem.lower() in PASSED_OVER:
        return False
    return path.suffix.lower() in TEXT | HTML | TABLES and path.is_file()
