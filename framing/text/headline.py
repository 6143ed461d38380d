"""Which line is the headline, and which later lines repeat it."""

import re
from collections.abc import Sequence

from framing.text.lines import Line, ends_sentence, is_item

MOST_WORDS = 25
LEAST_WORDS = 3
PROSE_WORDS = 15
LOOK_AHEAD = 6

_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


def headline(lines: Sequence[Line], has_title: bool, one_paragraph_a_line: bool = True) -> int | None:
    """Index of the headline among `lines`, none of which is boilerplate; None when the text begins without one.

    A first line not known to be the title must look like one: 3 to 25 words, no full stop, prose within six lines.
    """
    if not lines:
        return None
    if has_title or lines[0].text.startswith("# "):
        return 0
    first = lines[0]
    if not _looks_like_title(first) or not (one_paragraph_a_line or _stands_apart(lines)):
        return None
    return 0 if any(_is_prose(line) for line in lines[1 : 1 + LOOK_AHEAD]) else None


def repeats(line: str, title: str) -> bool:
    """Whether a line says the title again, with or without a site's name after it."""
    return _bare(line) == _bare(title) or _bare(_SITE.sub("", line)) == _bare(_SITE.sub("", title))


def _looks_like_title(line: Line) -> bool:
    if not LEAST_WORDS <= line.n_words <= MOST_WORDS or is_item(line.text):
        return False
    return not line.text[:1].islower() and not line.text.rstrip("\"'”’)").endswith((".", ":", ";", ",", "…"))


def _stands_apart(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and lines[1].gap


def _is_prose(line: Line) -> bool:
    return line.n_words >= PROSE_WORDS and (ends_sentence(line.text) or line.n_words > MOST_WORDS)


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
