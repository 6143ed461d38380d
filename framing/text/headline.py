"""Which line is the headline, and which later lines repeat it."""

import re
from collections.abc import Sequence

from framing.text.lines import Line, ends_sentence, is_item

MOST_WORDS = 25
LEAST_WORDS = 3
PROSE_WORDS = 15
LOOK_AHEAD = 6

_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


def headline(lines: Sequence[Line], hard_wrapped: bool) -> int | None:
    """Index of the headline among `lines`, none of which is boilerplate; None when the text begins without one.

    It must be marked as one, or look like one: 3 to 25 words, no full stop, prose within six lines.
    """
    if not lines:
        return None
    if lines[0].text.startswith("# "):
        return 0
    following = lines[1 : 1 + LOOK_AHEAD]
    if not _looks_like_title(lines[0]) or not following:
        return None
    if hard_wrapped:
        prose = following[0].gap and sum(line.n_words for line in following) >= PROSE_WORDS
    else:
        prose = any(_is_prose(line) for line in following)
    return 0 if prose else None


def repeats(line: str, title: str) -> bool:
    """Whether a line says the title again, with or without a site's name after it."""
    return _bare(line) == _bare(title) or _bare(_SITE.sub("", line)) == _bare(_SITE.sub("", title))


def _looks_like_title(line: Line) -> bool:
    if not LEAST_WORDS <= line.n_words <= MOST_WORDS or is_item(line.text):
        return False
    return not line.text[:1].islower() and not line.text.rstrip("\"'”’)").endswith((".", ":", ";", ",", "…"))


def _is_prose(line: Line) -> bool:
    return line.n_words >= PROSE_WORDS and (ends_sentence(line.text) or line.n_words > MOST_WORDS)


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
