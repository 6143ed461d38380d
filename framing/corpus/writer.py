"""A scores file, written in row groups as the scores come; it takes its name only when it is whole."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from framing.article import Failure
from framing.axes import Axis
from framing.corpus.layout import EMPTY, schema
from framing.corpus.rows import row
from framing.errors import UsageError
from framing.scores import ArticleScore

GROUP_ROWS = 256


def write_scores(
    results: Iterable[ArticleScore | Failure],
    path: Path,
    axes: Mapping[str, Axis],
    reference: str,
    card: Mapping[str, Any] = EMPTY,
) -> None:
    """Write a row a result; when the user interrupts, the rows finished by then are kept as `path`.part.

    Parameters
    ----------
    card : the bundle's manifest; what a reader of the scores should know of it goes into the header.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise UsageError(f"{path}: cannot hold a scores file; name a file, e.g. scores.parquet")
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    layout = schema(axes, reference, card)
    try:
        with ParquetWriter(partial, layout, compression="zstd") as writer:
            for group in _groups(results):
                writer.write_table(pa.Table.from_pylist(group, layout))
        partial.replace(target)
    except KeyboardInterrupt:
        kept = target.with_name(f"{target.name}.part")
        partial.replace(kept)
        print(f"framing: interrupted; the articles finished by then are in {kept}", file=sys.stderr)
        raise
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another place") from error
    finally:
        partial.unlink(missing_ok=True)


def _groups(results: Iterable[ArticleScore | Failure]) -> Iterator[list[dict[str, Any]]]:
    """Rows in groups; an interrupt comes out of here only after the rows before it."""
    stream = map(row, results)
    while True:
        group, interrupt = _group(stream)
        if group:
            yield group
        if interrupt:
            raise interrupt
        if not group:
            return


def _group(stream: Iterator[dict[str, Any]]) -> tuple[list[dict[str, Any]], KeyboardInterrupt | None]:
    group: list[dict[str, Any]] = []
    try:
        group.extend(islice(stream, GROUP_ROWS))
    except KeyboardInterrupt as interrupt:
        return group, interrupt
    return group, None
