"""Results in any format, to standard output or to a file that appears whole or not at all."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

from framing.errors import UsageError
from framing.report.phrases import Axes, Result

FORMATS = ("terminal", "json", "jsonl", "csv", "md", "html", "parquet")
TABLES = ("articles", "actors")


def write(
    results: Iterable[Result],
    kind: str,
    file: TextIO,
    axes: Axes,
    reference: str,
    with_text: bool = False,
    table: str | None = None,
    actors: TextIO | None = None,
) -> None:
    """Write all results in one format; `jsonl` and `csv` as they come, the others once all are there.

    Parameters
    ----------
    table : which table CSV has, one of `TABLES`; that of the articles when left out.
    actors : where the table of the actors goes beside that of the articles.
    """
    if kind != "terminal" and isinstance(file, TextIOWrapper):
        # UTF-8 whatever the locale; the half of a character, as the name of a file may have, is written as its escape.
        file.reconfigure(encoding="utf-8", errors="backslashreplace")
    # Each format imports its own library, and only the one that was asked for is paid.
    if kind == "jsonl":
        from framing.report.records import write_jsonl

        write_jsonl(results, file, with_text)
    elif kind == "csv":
        from framing.report.actor_tables import beside, write_actors_csv
        from framing.report.tables import write_csv

        if table == "actors":
            write_actors_csv(results, file)
        else:
            write_csv(beside(results, actors) if actors else results, file, axes)
    elif kind == "json":
        from framing.report.records import write_json

        write_json(list(results), file, with_text)
    elif kind == "md":
        from framing.report.markdown import render_all

        file.write(render_all(list(results), axes, reference))
    elif kind == "html":
        from framing.report.html import render

        file.write(render(list(results), axes, reference))
    else:
        from rich.console import Console

        from framing.report.terminal import print_results

        print_results(Console(file=file), list(results), axes, reference)


def format_of(asked: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's suffix names, else the terminal's."""
    if asked is None:
        suffix = out.suffix[1:].lower() if out else ""
        return {"htm": "html", "markdown": "md"}.get(suffix, suffix if suffix in FORMATS else "terminal")
    if asked not in FORMATS:
        raise UsageError(f"--format {asked}: not a format; choose {', '.join(FORMATS)}")
    return asked


@dataclass(frozen=True, slots=True)
class Destination:
    """Where results go: the format, a file or else standard output, and which of CSV's tables if only one."""

    kind: str
    out: Path | None
    table: str | None = None

    def write(
        self,
        results: Iterable[Result],
        axes: Axes,
        reference: str,
        with_text: bool = False,
        card: Mapping[str, Any] | None = None,
    ) -> None:
        """Write all results; CSV in a file has the actors in a second file beside it.

        Parameters
        ----------
        card : the bundle's manifest, of which a scores file keeps what its reader should know.
        """
        if self.kind == "parquet" and self.out is not None:
            from framing.corpus import write_scores

            write_scores(results, self.out, axes, reference, card or {})
            return
        beside = self._beside()
        with output(self.out) as file, output(beside) if beside else nullcontext() as actors:
            write(results, self.kind, file, axes, reference, with_text, self.table, actors)

    def _beside(self) -> Path | None:
        if self.kind != "csv" or self.table or self.out is None or (self.out.exists() and not self.out.is_file()):
            return None
        return self.out.with_name(f"{self.out.stem}.actors{self.out.suffix or '.csv'}")


def destination(asked: str | None, out: Path | None, table: str | None) -> Destination:
    """Where results go by the options `--format`, `--out` and `--table`."""
    kind = format_of(asked, out)
    if table is not None and table not in TABLES:
        raise UsageError(f"--table {table}: not a table; choose {' or '.join(TABLES)}")
    if kind == "parquet" and out is None:
        raise UsageError("--format parquet: needs a file to write; add --out scores.parquet")
    if table is not None and kind != "csv":
        raise UsageError(f"--table {table}: only CSV is written as tables; add --format csv")
    return Destination(kind, out, table)


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file beside `path` that takes its name only when all went well.

    When the user interrupts, what was written by then is kept beside it, with `.part` behind the name.
    """
    if path is None:
        yield sys.stdout
        return
    if path.exists() and not path.is_file():  # a device or a pipe has no name to take over
        with _opened(path, path) as file:
            yield file
        return
    target = path.resolve()
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with _opened(partial, path) as file:
            yield file
        partial.replace(target)
    except KeyboardInterrupt:
        _keep(partial, target.with_name(f"{target.name}.part"))
        raise
    finally:
        partial.unlink(missing_ok=True)


def _keep(partial: Path, name: Path) -> None:
    if partial.stat().st_size:
        partial.replace(name)
        print(f"framing: interrupted; the articles finished by then are in {name}", file=sys.stderr)


def _opened(path: Path, asked: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{asked}: cannot be written ({error.strerror}); choose another place") from error
