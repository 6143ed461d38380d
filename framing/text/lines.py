"""The lines of a text: trimmed, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from framing.article import Span

BULLET = re.compile(r"(?:[-–—•*‣▪●○◦·+]+|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)")
WIDTHS = range(40, 121)
_ENDS = ".!?…"
_CLOSING = "\"'”’)]»*_ "


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the white space at its ends.

    `gap` is whether a blank line stands before it (or nothing at all).
    """

    start: int
    text: str
    gap: bool

    @property
    def stop(self) -> int:
        """The character after the last."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Where the line stands."""
        return Span(self.start, self.stop)

    @property
    def n_words(self) -> int:
        """Words between white space."""
        return len(self.text.split())

    def cut(self, start: int, stop: int) -> "Line":
        """The part of this line between two of its own offsets, trimmed."""
        part = self.text[start:stop]
        return Line(self.start + start + len(part) - len(part.lstrip()), part.strip(), self.gap)


def split(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not blank."""
    return tuple(_lines(text))


def is_item(text: str) -> bool:
    """Whether a line begins with a bullet or a number of a list."""
    return BULLET.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, closing quotation marks aside."""
    return text.rstrip(_CLOSING).endswith(tuple(_ENDS))


def starts_lower(text: str) -> bool:
    """Whether the first letter of a line is a small one."""
    return text[:1].islower()


def wrapped_after(lines: tuple[Line, ...]) -> frozenset[int]:
    """Indices of the lines that a text editor broke: the next line's first word did not fit.

    In a block of at least three lines every line but the last must be broken so, at a width of 40 to 120 characters.
    """
    broken: set[int] = set()
    for first, last in _blocks(lines):
        width = max(len(line.text) for line in lines[first : last + 1])
        fits = [_fits(lines[i].text, lines[i + 1].text, width) for i in range(first, last)]
        if last - first >= 2 and width in WIDTHS and sum(fits) <= 0.1 * len(fits):
            broken.update(i for i, fit in zip(range(first, last), fits, strict=True) if not fit)
    return frozenset(broken)


def _lines(text: str) -> Iterator[Line]:
    start, gap = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            yield Line(start + len(raw) - len(raw.lstrip()), stripped, gap)
        gap = not stripped
        start += len(raw) + 1


def _blocks(lines: tuple[Line, ...]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of lines with no blank line inside."""
    first = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap:
            yield first, index - 1
            first = index


def _fits(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) <= width
