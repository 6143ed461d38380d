"""Lines that are only a date, a time or a reading time."""

import re

MOST_WORDS = 16

_TOKEN = re.compile(r"[A-Za-z][A-Za-z.]*|\d[\d:./]*(?:st|nd|rd|th|am|pm)?")


def words(*lines: str) -> frozenset[str]:
    """The words of these lines, as a set."""
    return frozenset(" ".join(lines).split())


_SIGNS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul",
    "aug sep sept oct nov dec published updated posted modified min minute ago am pm a.m. p.m. a.m p.m old",
)
_OTHERS = words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun last first",
    "on at et est edt gmt utc bst pt pst pdt ct cst ist mins minutes read hours hour days day original originally",
    "date this article is more than year years month months was story has been of the",
)


def is_date_line(text: str) -> bool:
    """Whether a line has a number, a word that only dates have, and nothing but words of dates."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    if len(tokens) > MOST_WORDS or not any(token[0].isdigit() for token in tokens):
        return False
    if not any(token.lstrip("0123456789:.") in _SIGNS for token in tokens):
        return False
    return all(token[0].isdigit() or _known(token) for token in tokens)


def _known(token: str) -> bool:
    return token in _SIGNS | _OTHERS or token.rstrip(".") in _SIGNS | _OTHERS
