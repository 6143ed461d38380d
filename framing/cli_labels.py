"""The commands of `framing data`: labelled sets, before they are trained on."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from framing.cli_seeds import Json
from framing.errors import SOME_ROWS_FAILED, UsageError

if TYPE_CHECKING:
    from framing.labels import LabelOptions

data_app = typer.Typer(help="Labelled sets: what is in them, and what is wrong with them.", no_args_is_help=True)

Data = Annotated[str, typer.Argument(help="A file, a folder, or a set of the hub.", metavar="DATA")]
Label = Annotated[
    list[str] | None, typer.Option("--label", help="A column of labels of another name.", metavar="AXIS=COLUMN")
]
Column = Annotated[
    list[str] | None, typer.Option("--column", help="Another column, e.g. text=sentence.", metavar="NAME=COLUMN")
]
Order = Annotated[
    list[str] | None, typer.Option("--order", help="Classes of an axis, lowest first.", metavar="AXIS=LOW,…,HIGH")
]
LevelOf = Annotated[str | None, typer.Option("--level", help="What rows are: sentence or article.")]
OutletsFile = Annotated[Path | None, typer.Option("--outlets", help="File of your own outlets' names.", metavar="FILE")]


@data_app.command("check")
def data_check(
    data: Data,
    label: Label = None,
    column: Column = None,
    order: Order = None,
    level: LevelOf = None,
    outlets: OutletsFile = None,
    as_json: Json = False,
) -> None:
    """Check a labelled set: classes, languages, duplicates, leaks, agreement, and every row that cannot be used."""
    from framing.labels import load
    from framing.labels.check import check
    from framing.report.labelled import print_checked
    from framing.text.language import detect

    checked = check(load(data, label_options(label, column, order, level, outlets)), lambda text: detect(text).code)
    print_checked(checked, as_json)
    if checked.problems:
        raise typer.Exit(SOME_ROWS_FAILED)


def label_options(
    label: Iterable[str] | None = None,
    column: Iterable[str] | None = None,
    order: Iterable[str] | None = None,
    level: str | None = None,
    outlets: Path | None = None,
) -> "LabelOptions":
    """How to read a labelled set, from the options that every command with one has."""
    from framing.labels import LabelOptions, Level

    if level not in (None, *Level):
        raise UsageError(f"--level {level}: rows are {' or '.join(Level)}")
    return LabelOptions(
        columns=_pairs("--column", column),
        labels=_pairs("--label", label),
        order={
            axis: tuple(part.strip() for part in classes.split(","))
            for axis, classes in _pairs("--order", order).items()
        },
        level=Level(level) if level else None,
        outlets=outlets,
    )


def _pairs(option: str, given: Iterable[str] | None) -> dict[str, str]:
    pairs = dict(one.partition("=")[::2] for one in given or ())
    for name, value in pairs.items():
        if not name.strip() or not value.strip():
            raise UsageError(f"{option} {name}: give NAME=VALUE")
    return {name.strip(): value.strip() for name, value in pairs.items()}
