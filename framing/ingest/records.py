"""Records of a delimited file, none lost in silence: a quotation mark that is not closed would swallow the rows after.

A cell may hold lines, so where a broken record ends cannot be known. It ends where a line looks like the beginning of
the next one; the lines before that are left out with it, and its message says which.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_DIGIT = re.compile(r"\d")
_ALPHABETIC = re.compile(r"[^\W\d_]")
_LETTER = re.compile(r"[^\W_]")
# Characters of an id from which on its length and punctuation alone tell it: hashes mix letters and digits.
LONG_KEY = 8


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be told: its first line, from 1, and what is wrong."""

    line: int
    what: str


def records(file: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str] | Broken]]:
    """The header and the records of `file`, each with its first line; a broken one as what is wrong with it."""
    return _Records(file, delimiter).read()


class _Lines(Iterator[str]):
    """The lines of a file; those of the record being read can be read again."""

    def __init__(self, file: Iterable[str]) -> None:
        self._file = iter(file)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.first = 1

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._file)
        self.taken.append(line)
        return line

    def keep(self, n_lines: int) -> None:
        """Gives back all but the first `n_lines` taken."""
        self._again.extendleft(reversed(self.taken[n_lines:]))
        del self.taken[n_lines:]

    def move_on(self) -> None:
        """Begins a record after the lines taken."""
        self.first += len(self.taken)
        self.taken.clear()


class _Records:
    """Reads records one after another and finds the next one after a fault."""

    def __init__(self, file: Iterable[str], delimiter: str) -> None:
        self._delimiter = delimiter
        self._lines = _Lines(file)
        self._reader = csv.reader(self._lines, delimiter=delimiter, strict=True)
        self._width = 0

    def read(self) -> Iterator[tuple[int, list[str] | Broken]]:
        while True:
            try:
                fields = next(self._reader, None)
            except csv.Error as error:
                yield self._lines.first, self._broken(self._why(error))
            else:
                if fields is None:
                    return
                swallowed = self._swallowed(fields)
                yield self._lines.first, self._broken(swallowed) if swallowed else fields
                self._width = self._width or len(fields)
            self._lines.move_on()

    def _why(self, error: csv.Error) -> str:
        if "unexpected end of data" in str(error):
            return "a quotation mark opens a cell here that nothing closes; close it"
        if "expected after" in str(error):
            return "its quotation marks do not pair up; close every quoted cell and double the marks inside it"
        return f"not a row of CSV ({error}); check its quotation marks"

    def _swallowed(self, fields: Sequence[str]) -> str | None:
        """What to say when a cell goes on into what looks like the next record."""
        lines = self._lines.taken
        if len(lines) == 1 or not self._width:
            return None
        if (key := _key(fields[0])) is None:
            return None
        for number, line in enumerate(lines[1:], self._lines.first + 1):
            alone = self._alone(line)
            if len(alone) == self._width and _follows(key, fields[0], alone[0]):
                return f"a cell goes on into what looks like the next row (line {number}); close its quotation mark"
        return None

    def _broken(self, what: str) -> Broken:
        """The fault, with the lines left out; reading goes on where the next record seems to begin."""
        first = self._alone(self._lines.taken[0])
        n_lines = 1
        for line in self._following():
            if self._begins(line, first):
                break
            n_lines += 1
        self._lines.keep(n_lines)
        last = self._lines.first + n_lines - 1
        left_out = f"; lines {self._lines.first} to {last} were left out" if n_lines > 1 else ""
        return Broken(self._lines.first, what + left_out)

    def _following(self) -> Iterator[str]:
        """The lines after the first of the broken record, those not read yet too."""
        yield from self._lines.taken[1:]
        yield from self._lines

    def _begins(self, line: str, first: Sequence[str]) -> bool:
        """Whether `line` looks like the first of a record, as `first` is."""
        cells = self._alone(line)
        key = _key(first[0]) if first else None
        opens = line.count('"') % 2 == 1
        if key is not None and cells:
            fits = len(cells) <= self._width if opens else len(cells) == self._width
            return fits and _follows(key, first[0], cells[0])
        return not opens and len(cells) == len(first) == self._width > 1

    def _alone(self, line: str) -> list[str]:
        """The cells of a line by itself, quotation marks read leniently and an open one as a plain letter."""
        line = line.rstrip("\r\n")
        if line.count('"') % 2:
            return line.split(self._delimiter)
        return next(csv.reader([line], delimiter=self._delimiter), [])


def _key(cell: str) -> str | None:
    """The shape of a cell that can only be an id, a date or an address: one word with a digit in it."""
    cell = cell.strip('" ')
    if len(cell.split()) != 1 or not _DIGIT.search(cell):
        return None
    if cell.startswith(("http://", "https://")):
        return "http"
    return _LETTER.sub("x", cell) if len(cell) >= LONG_KEY else _DIGIT.sub("9", _ALPHABETIC.sub("a", cell))


def _follows(key: str, cell: str, other: str) -> bool:
    """Whether `other` may be the first cell of a record after one that begins with `cell`, of the shape `key`."""
    cell, other = cell.strip('" '), other.strip('" ')
    if cell.isdecimal() and other.isdecimal() and int(other) == int(cell) + 1:
        return True
    return len(key) > 2 and _key(other) == key
