"""A progress bar on standard error, if a person is looking."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

Track = Callable[[Iterable[Any]], Iterable[Any]]


@contextmanager
def progress(total: Callable[[], int | None]) -> Iterator[Track]:
    """A function that passes items on and moves the bar; `total`, which may not know, is asked only if there is one."""
    if not sys.stderr.isatty():
        yield lambda items: items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("scoring"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scoring", total=total())

        def track(items: Iterable[Any]) -> Iterator[Any]:
            for item in items:
                bar.advance(task)
                yield item

        yield track
