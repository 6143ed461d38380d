"""Which line is the headline, and which later lines repeat it."""

import re
from collections import Counter
from collections.abc import Sequence

from framing.text.lines import Line, ends_sentence, is_item

MOST_WORDS = 25
LEAST_WORDS = 3
PROSE_WORDS = 15
LOOK_AHEAD = 6

# Of the words of two headlines this share must be the same; Dice's coefficient, so one in seven may differ.
SAME_SHARE = 0.85
LEAST_SAME_WORDS = 5

_SITE = re.compile(r"\s+(?:[|–—:»·-]|::)\s+[^|–—]{2,40}$")
_NUMBER = re.compile(r"\d+")


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
    """Whether a line says the title again, with or without a site's name after it, or nearly so."""
    short, wanted = _SITE.sub("", line), _SITE.sub("", title)
    return _bare(line) == _bare(title) or _bare(short) == _bare(wanted) or _nearly(short, wanted)


def _nearly(line: str, title: str) -> bool:
    """Whether a line that is no sentence has all but a word or so of the title, and the same numbers."""
    if ends_sentence(line) != ends_sentence(title) or _NUMBER.findall(line) != _NUMBER.findall(title):
        return False
    words, wanted = (Counter(_bare(word) for word in text.split()) for text in (line, title))
    if min(words.total(), wanted.total()) < LEAST_SAME_WORDS:
        return False
    return 2 * (words & wanted).total() >= SAME_SHARE * (words.total() + wanted.total())


def _looks_like_title(line: Line) -> bool:
    if not LEAST_WORDS <= line.n_words <= MOST_WORDS or is_item(line.text) or line.text.startswith(">"):
        return False
    return not line.text[:1].islower() and not line.text.rstrip("\"'”’)").endswith((".", ":", ";", ",", "…"))


def _is_prose(line: Line) -> bool:
    return line.n_words >= PROSE_WORDS and (ends_sentence(line.text) or line.n_words > MOST_WORDS)


def _bare(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
