"""What a user names (a file, a folder, a URL, `-`) to its documents."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from framing.article import Document, Failure
from framing.errors import FramingError, InputError
from framing.ingest.files import STDIN, read_file, read_stdin, read_url
from framing.ingest.folder import Entry, Meta, described, entries, read_meta
from framing.ingest.options import DEFAULT, ReadOptions
from framing.ingest.tables import TABLES, count_rows, read_table


def read(source: str, options: ReadOptions = DEFAULT) -> Iterator[Document | Failure]:
    """The articles of `source`: a path, a folder, a URL or `-` for standard input.

    Raises
    ------
    InputError
        A single file, page or stream that cannot be read; in a table or folder that is a `Failure` among the rest.
    UsageError
        A table without a `text` column.
    """
    if source == STDIN:
        yield read_stdin(options)
    elif _is_url(source):
        yield read_url(source, options)
    else:
        yield from _read_path(_existing(source), options)


def read_all(sources: Sequence[str], options: ReadOptions = DEFAULT) -> Iterator[Document | Failure]:
    """The articles of all sources; of several, one that cannot be read is a `Failure` among the rest."""
    if len(sources) == 1:
        return read(sources[0], options)
    return chain.from_iterable(_read_or_fail(source, options) for source in sources)


def is_batch(source: str) -> bool:
    """Whether `source` can hold more than one article: a table or a folder."""
    if source == STDIN or _is_url(source):
        return False
    path = Path(source)
    return path.is_dir() or path.suffix.lower() in TABLES


def count(source: str) -> int | None:
    """How many articles `source` holds, or None where only reading it would tell."""
    if not is_batch(source):
        return 1
    path = _existing(source)
    if path.is_file():
        return count_rows(path)
    counts = [count_rows(entry.path) if entry.is_table else 1 for entry in entries(path)]
    known = [number for number in counts if number is not None]
    return sum(known) if len(known) == len(counts) else None


def count_all(sources: Sequence[str]) -> int | None:
    """How many articles all sources hold, or None where only reading them would tell."""
    counts = [count(source) for source in sources]
    known = [number for number in counts if number is not None]
    return sum(known) if len(known) == len(counts) else None


def _read_or_fail(source: str, options: ReadOptions) -> Iterator[Document | Failure]:
    try:
        yield from read(source, options)
    except InputError as error:
        if is_batch(source):
            raise
        yield Failure(source, error.kind, str(error))


def _read_path(path: Path, options: ReadOptions) -> Iterator[Document | Failure]:
    if path.is_dir():
        yield from _read_folder(path, options)
    elif path.suffix.lower() in TABLES:
        yield from read_table(path)
    else:
        yield described(read_file(path, options), read_meta(path.parent).get(path.name, Meta()))


def _read_folder(root: Path, options: ReadOptions) -> Iterator[Document | Failure]:
    empty = True
    for entry in entries(root):
        empty = False
        yield from _read_entry(entry, options)
    if empty:
        raise InputError(f"{root}: no articles in this folder; it needs .txt, .md, .html, .jsonl, .csv or .parquet")


def _read_entry(entry: Entry, options: ReadOptions) -> Iterator[Document | Failure]:
    try:
        if entry.is_table:
            yield from (_in_folder(item, entry) for item in read_table(entry.path, entry.name))
        else:
            yield described(read_file(entry.path, options, entry.name), entry.meta)
    except FramingError as error:
        yield Failure(entry.name, error.kind, str(error))


def _in_folder(item: Document | Failure, entry: Entry) -> Document | Failure:
    """A row of a table in a folder: its own outlet, else that of the file."""
    if isinstance(item, Failure):
        return item
    return described(item, Meta(item.outlet or entry.meta.outlet, columns=entry.meta.columns))


def _is_url(source: str) -> bool:
    return "://" in source


def _existing(source: str) -> Path:
    path = Path(source)
    if not path.exists():
        hint = "; for a web page begin with https://" if source.startswith("www.") else "; check the path"
        raise InputError(f"{source}: no such file or folder{hint}")
    return path
