"""Lists of other headlines that a site's script leaves in the middle of a sentence."""

import re
from collections.abc import Sequence

from framing.article import Span

# The Hill: "Rep. Ana Ruiz Ana Maria RuizHouse votes on bridge Mayor resigns MORE said on Monday".
_ASIDE = re.compile(
    r"\b(?P<surname>[A-Z][\w’'-]+) (?!\w+ (?P=surname) )"
    r"(?P<aside>(?:[A-Z][\w.’'-]* |\([^)\n]{1,20}\) ){1,5}(?P=surname)(?=[A-Z\d ])"
    r".{10,700}?\bMORE\b(?:[’']s)?)"
)


def find(text: str) -> list[Span]:
    """Where such lists stand."""
    if " MORE" not in text:
        return []
    return [Span(*match.span("aside")) for match in _ASIDE.finditer(text)]


def blanked(text: str, asides: Sequence[Span]) -> str:
    """The text with spaces in place of `asides`: characters do not move."""
    for aside in asides:
        text = text[: aside.start] + " " * (aside.stop - aside.start) + text[aside.stop :]
    return text
