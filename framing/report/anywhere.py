"""What a terminal shows, also where its encoding has ASCII only."""

import unicodedata
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

_ASCII = str.maketrans(
    {
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("–—‒−─", "-"),
        **dict.fromkeys("├┤", "|"),
        "━": "=",
        "┼": "+",
        "●": "O",
        "·": "|",
        "×": "x",
        "→": "->",
        "…": "...",
        "\u00a0": " ",
    }
)
_ASCII_SLACK = 4  # columns kept free for "…" and "→", which grow


@dataclass(frozen=True, slots=True)
class Anywhere:
    """What it holds, in plain ASCII where the terminal's encoding has no more."""

    inner: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not options.ascii_only:
            yield self.inner
            return
        narrow = options.update_width(options.max_width - _ASCII_SLACK)
        for segment in console.render(self.inner, narrow):
            yield Segment(_to_ascii(segment.text), segment.style, segment.control)


def _to_ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_ASCII))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters.encode("ascii", "replace").decode()
