"""What a training is about to do, and how far it is, on standard error."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from framing.report.phrases import tidy


class Report(Protocol):
    """Where a training stands after a step."""

    @property
    def step(self) -> int:
        """Steps taken."""

    @property
    def n_steps(self) -> int:
        """All steps."""

    @property
    def epoch(self) -> int:
        """The pass over the rows, from 1 on."""

    @property
    def n_epochs(self) -> int:
        """All passes."""

    @property
    def loss(self) -> float:
        """Of this step."""

    @property
    def metric(self) -> float | None:
        """Of the development rows, as last measured."""


def print_plan(lines: Iterable[tuple[str, str]]) -> None:
    """The plan, a line a heading."""
    grid = Table.grid(padding=(0, 2))
    for heading, words in lines:
        grid.add_row(Text(heading, style="bold"), Text(tidy(words)))
    Console(stderr=True).print(grid)


class Watch:
    """Bars of a training: rows that are read, then steps that are taken."""

    def __init__(self, bars: Progress, n_rows: int):
        self._bars = bars
        self._reading = bars.add_task("reading rows", total=n_rows, said="")
        self._steps = bars.add_task("training", total=None, said="", visible=False)

    def read(self, n_rows: int) -> None:
        """So many more rows are read."""
        self._bars.advance(self._reading, n_rows)

    def say(self, words: str) -> None:
        """A line above the bars."""
        self._bars.console.print(tidy(words), highlight=False, markup=False)

    def step(self, report: Report) -> None:
        """A step is taken."""
        figure = "" if report.metric is None else f", development {report.metric:.3f}"
        said = f"epoch {report.epoch} of {report.n_epochs}, loss {report.loss:.3f}{figure}"
        self._bars.update(self._steps, total=report.n_steps, completed=report.step, said=said, visible=True)


@contextmanager
def watching(n_rows: int) -> Iterator[Watch]:
    """Bars on standard error, gone at the end; nothing where nobody looks."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[said]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield Watch(bars, n_rows)
