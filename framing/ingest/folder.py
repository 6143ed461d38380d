"""A folder of articles and tables, in sorted order.

Read are text, Markdown, HTML and table files at any depth. Hidden files, `meta.csv`, README, LICENSE and CHANGELOG
files and every other ending are passed over. An article's outlet is the one `meta.csv` beside it gives, else the name
of its subfolder, else the file's stem.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from framing.article import Document
from framing.errors import InputError
from framing.ingest.decode import decode
from framing.ingest.files import HTML, TEXT
from framing.ingest.tables import TABLES

META = "meta.csv"
PASSED_OVER = frozenset({"readme", "license", "licence", "changelog", "notice"})


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a file from outside it."""

    outlet: str | None = None
    url: str | None = None
    date: str | None = None


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
    """The rows of `meta.csv` in `folder`, by file name."""
    path = folder / META
    if not path.is_file():
        return {}
    from csv import DictReader

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    rows = DictReader(decode(data, str(path)).splitlines() if data.strip() else ())
    return {row["file"].strip(): _meta(row) for row in rows if row.get("file")}


def described(document: Document, meta: Meta) -> Document:
    """`document` with what `meta` knows; the file's own URL and date stay where meta has none."""
    return Document(
        document.id,
        document.text,
        document.has_title,
        meta.outlet or document.outlet,
        meta.url or document.url,
        meta.date or document.date,
        document.columns,
    )


def _entry(root: Path, path: Path, metas: Mapping[str, Meta]) -> Entry:
    name = path.relative_to(root).as_posix()
    known = metas.get(path.name, Meta())
    outlet = known.outlet or (path.parent.name if path.parent != root else path.stem)
    return Entry(path, name, Meta(outlet, known.url, known.date))


def _meta(row: Mapping[str, str | None]) -> Meta:
    return Meta(*((row.get(name) or "").strip() or None for name in ("outlet", "url", "date")))


def _wanted(path: Path) -> bool:
    name = path.name.lower()
    if name.startswith(".") or name == META or path.stem.lower() in PASSED_OVER:
        return False
    return path.suffix.lower() in TEXT | HTML | TABLES and path.is_file()
