"""The blocks a terminal's output is made of."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def grid(*justify: str) -> Table:
    """Columns without lines; those on the right do not wrap."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for side in justify:
        table.add_column(justify="right" if side == "right" else "left", no_wrap=side == "right")
    return table


def section(name: str, rows: Sequence[tuple[str, str]]) -> list[RenderableType]:
    """A heading, and rows of two columns under it; nothing where there are no rows."""
    if not rows:
        return []
    table = grid("left", "left")
    for left, right in rows:
        table.add_row(Text(left), Text(right))
    return ["", Text(name, style="bold"), indented(table)]


def indented(inner: RenderableType) -> Padding:
    """Two columns to the right."""
    return Padding(inner, (0, 0, 0, 2), expand=False)
