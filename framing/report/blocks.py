"""Reports made of blocks, each a heading, lines and a table: on a terminal and as Markdown they are the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from framing.report.markdown import escape
from framing.report.sections import indented


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, lines of text, and a table; columns after the first `n_text` hold numbers."""

    heading: str
    lines: Sequence[str]
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    n_text: int = 1

    def is_text(self, column: int) -> bool:
        """Whether a column is set to the left."""
        return column < self.n_text


def rendered(blocks: Iterable[Block]) -> Iterator[RenderableType]:
    """Blocks for `console.print`."""
    for block in blocks:
        yield ""
        yield Text(block.heading.upper(), style="bold")
        yield from (indented(Text(line)) for line in block.lines)
        if block.rows:
            yield indented(_table(block))


def as_markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as parts of a Markdown document, to be joined by empty lines."""
    for block in blocks:
        yield from (f"## {escape(block.heading)}", *map(escape, block.lines))
        if block.rows:
            rule = ["---" if block.is_text(column) else "---:" for column in range(len(block.head))]
            lines = [block.head, rule, *([escape(cell) for cell in row] for row in block.rows)]
            yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _table(block: Block) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column, head in enumerate(block.head):
        is_text = block.is_text(column)
        table.add_column(head, justify="left" if is_text else "right", no_wrap=not is_text)
    for row in block.rows:
        table.add_row(*map(Text, row))
    return table
