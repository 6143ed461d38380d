"""A sentence made ready for matching: folded case, hyphens and spaces, with the way back to its own characters."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

_SPACES = "\t\n\r\x0b\x0c\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
# İ is the one letter whose lower case is two characters, which would move every offset after it.
_EVEN = str.maketrans(
    {**dict.fromkeys("‘’ʼ", "'"), **dict.fromkeys("‐‑–", "-"), **dict.fromkeys(_SPACES, " "), "İ": "I"}
)
_MARK = "\u0300-\u036f"
_IGNORED = "\u00ad\u200b-\u200d\u2060\ufeff"
_UNEVEN = re.compile(rf"[{_MARK}{_IGNORED}]|\s\s")
_CLUSTER = re.compile(rf"(?P<space>\s+)[{_IGNORED}]*|(?P<cluster>[^{_IGNORED}][{_MARK}]*)[{_IGNORED}]*|[{_IGNORED}]+")
_QUOTE = re.compile(r"[\"“”«»`]|(?<![^\W_])'|'(?![^\W_])")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, in offsets of its even text."""

    text: str
    start: int
    stop: int

    @property
    def is_capitalised(self) -> bool:
        """Whether the first letter is upper case."""
        return self.text[0].isupper()


class Line:
    """One sentence, evened out.

    `even` has straight apostrophes, plain hyphens and single spaces; `folded` is `even` in lower case with hyphens as
    spaces. Both have the same length; `original` gives back the offsets of the text the line was made from.
    """

    def __init__(self, text: str) -> None:
        self._starts: list[int] | None = None
        self._stops: list[int] = []
        if _UNEVEN.search(text):
            text = self._squeeze(text)
        self.even = text.translate(_EVEN)
        self.folded = fold(self.even)

    def _squeeze(self, text: str) -> str:
        """`text` with runs of spaces as one, letters composed and invisible characters dropped."""
        self._starts, pieces = [], []
        for match in _CLUSTER.finditer(text):
            piece = " " if match["space"] else unicodedata.normalize("NFC", match["cluster"] or "")
            pieces.append(piece)
            self._starts.extend([match.start()] * len(piece))
            self._stops.extend([match.end(match.lastgroup or 0)] * len(piece))
        return "".join(pieces)

    def original(self, start: int, stop: int) -> tuple[int, int]:
        """`[start, stop)` of this line in the text it was made from."""
        if self._starts is None:
            return start, stop
        return self._starts[start], self._stops[stop - 1]

    def is_whole(self, start: int, stop: int) -> bool:
        """Whether `[start, stop)` begins and ends at the edges of words; "can" in "can't" does not."""
        return not self._continues_before(start) and not self._continues_after(stop)

    def _continues_before(self, start: int) -> bool:
        if start == 0:
            return False
        before = self.even[start - 1]
        return _joins(before) or (before == "'" and start > 1 and self.even[start - 2].isalnum())

    def _continues_after(self, stop: int) -> bool:
        after = self.even[stop : stop + 3]
        if after[:2] in ("'t", "'T"):
            return not _joins(after[2:])
        return _joins(after[:1])

    @cached_property
    def has_quotes(self) -> bool:
        """Whether the line has a quotation mark, an apostrophe at the edge of a word included."""
        return _QUOTE.search(self.even) is not None

    @cached_property
    def unquoted(self) -> "Line":
        """The line without its quotation marks; `unquoted_place` says where things are in it."""
        return Line("".join(self.even[place] for place in self._kept))

    def unquoted_place(self, place: int) -> int:
        """Where `place` of this line is in `unquoted`."""
        return bisect_left(self._kept, place)

    @cached_property
    def _kept(self) -> list[int]:
        """The places left without quotation marks, and without the second of two spaces that then meet."""
        marks = {match.start() for match in _QUOTE.finditer(self.even)}
        kept: list[int] = []
        for place, char in enumerate(self.even):
            doubled = char == " " and kept and self.even[kept[-1]] == " "
            if place not in marks and not doubled:
                kept.append(place)
        return kept

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the line, in order; a hyphen separates words."""
        return tuple(Word(match[0], *match.span()) for match in _WORD.finditer(self.even))

    def words_in(self, start: int, stop: int) -> tuple[Word, ...]:
        """The words that begin in `[start, stop)`."""
        return self.words[self._n_before(start) : self._n_before(stop)]

    def words_before(self, start: int, count: int) -> tuple[Word, ...]:
        """The last `count` words that begin before `start`."""
        last = self._n_before(start)
        return self.words[max(0, last - count) : last]

    def _n_before(self, place: int) -> int:
        return bisect_left(self.words, place, key=lambda word: word.start)


def fold(text: str) -> str:
    """`text`, already even, in lower case with hyphens as spaces; as many characters as before."""
    return text.lower().replace("-", " ")


def _joins(char: str) -> bool:
    """Whether a letter beside `char` is inside a longer word."""
    return char != "" and (char.isalnum() or char == "_" or unicodedata.combining(char) > 0)
