"""A progress bar on standard error."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")


@contextmanager
def tracker(total: int | None) -> Iterator[Callable[[Iterable[T]], Iterator[T]]]:
    """A function that passes items on and moves the bar; `total` may be unknown."""
    columns = (TextColumn("scoring"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("scoring", total=total)

        def track(items: Iterable[T]) -> Iterator[T]:
            for item in items:
                progress.advance(task)
                yield item

        yield track
