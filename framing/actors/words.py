"""The words of an article for finding names: possessives taken off, abbreviations without their dots."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from framing.actors.vocabulary import listed
from framing.article import Article, Removed, Sentence, Stretch
from framing.text.passages import TITLE

_WORD = re.compile(r"[A-Z]\.(?:(?:[A-Z]\.)+|(?:[A-Z]\.)*[A-Z]\b)(?:['’]s\b)?|\w+(?:['’]\w+)*|&")
_POSSESSIVES = ("'s", "’s", "'S", "’S", "ʼs")
# Between the parts of one name: a space, a line's end, a hyphen.
_JOINTS = frozenset((" ", "\u00a0", "\n", "\u202f", "-", "‐", "‑"))
_AFTER_ABBREVIATION = frozenset((". ", ".\u00a0", ".\n", "."))
_PLURAL_POSSESSIVE = frozenset(("' ", "’ "))
_ABBREVIATIONS = listed(
    "mr mrs ms dr prof gen sen sens rep reps gov lt col capt maj sgt adm rev jr sr st hon cmdr supt det"
)
_SMALL = listed(
    "a an and as at but by for from how if in into is it its nor of off on onto or out over per so than that the "
    "their then this to up via vs was were when while why with yet after amid before against about be are not no"
)
_MIN_TITLE_WORDS = 4
_TITLE_SHARE = 0.8
_SHOUTED_SHARE = 0.7


class Word(NamedTuple):
    """One word.

    Attributes
    ----------
    text : as written, without possessive and without the dots of "U.S.".
    key : `text` in lower case and without accents, which is how names are compared.
    start, stop, end : in `Article.text`; `end` is past a possessive, `stop` before it.
    """

    text: str
    key: str
    start: int
    stop: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def owns(self) -> bool:
        """Whether it is a possessive."""
        return self.end > self.stop


@dataclass(slots=True, eq=False)
class Line:
    """One sentence in words.

    Attributes
    ----------
    number : as in `Passage.sentence`, -1 for the headline.
    shouted : whether it is in capitals throughout, so that case says nothing.
    titled : whether it is in title case, so that a capital letter says little.
    """

    number: int
    text: str
    words: list[Word]
    stretches: tuple[Stretch, ...]
    shouted: bool = False
    titled: bool = False

    def __post_init__(self) -> None:
        capitals = [word.text for word in self.words if word.text[0].isupper()]
        if len(capitals) * 2 < len(self.words) or len(self.words) < 2:
            return
        long = [word.text for word in self.words if len(word.text) > 1]
        self.shouted = sum(text.isupper() for text in long) > _SHOUTED_SHARE * len(long)
        major = [word.text for word in self.words[1:] if word.key not in _SMALL and not word.text[0].isdigit()]
        # A sentence that ends in a full stop is in title case only if every word is.
        share = 1.0 if self.text.startswith(".", self.words[-1].end) else _TITLE_SHARE
        enough = len(major) >= _MIN_TITLE_WORDS - 1
        self.titled = enough and sum(text[0].isupper() for text in major) >= share * len(major)

    def gap(self, at: int) -> str:
        """The characters between word `at` and the word before it; "^" at the beginning."""
        if not 0 < at < len(self.words):
            return "^"
        return self.text[self.words[at - 1].end : self.words[at].start]

    def joined(self, at: int) -> bool:
        """Whether word `at` and the word before it can be parts of one name or phrase."""
        if not 0 < at < len(self.words):
            return False
        gap = self.gap(at)
        if gap in _JOINTS:
            return True
        before = self.words[at - 1]
        if gap in _PLURAL_POSSESSIVE:
            return before.text[-1] == "s"
        return gap in _AFTER_ABBREVIATION and (before.key in _ABBREVIATIONS or len(before.text) == 1)

    def hyphenated(self, at: int) -> bool:
        """Whether a hyphen joins word `at` to the word before it."""
        return self.gap(at) in ("-", "‐", "‑", "–")

    def key(self, at: int) -> str:
        """The key of word `at`; "" outside the line."""
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def next_to(self, at: int) -> str:
        """The key of word `at` where it is joined to the word before it, else ""."""
        return self.words[at].key if self.joined(at) else ""

    def written(self, begin: int, end: int) -> str:
        """Words `[begin, end)` as they stand in the text, the last possessive left out."""
        return " ".join(self.text[self.words[begin].start : self.words[end - 1].stop].split())

    def place(self, start: int, stop: int) -> tuple[int, int]:
        """The words that characters `[start, stop)` touch, as a half-open range."""
        begin = bisect_right(self.words, start, key=lambda word: word.end)
        end = begin
        while end < len(self.words) and self.words[end].start < stop:
            end += 1
        return begin, end


def lines_of(article: Article) -> list[Line]:
    """The headline and the sentences of an article in words, without what was removed."""
    title = [(TITLE, article.title)] if article.title is not None else []
    return [_line(article, number, sentence) for number, sentence in [*title, *enumerate(article.sentences)]]


def words_of(text: str, start: int = 0, stop: int | None = None) -> list[Word]:
    """The words of `text[start:stop]`."""
    words: list[Word] = []
    # Half of the time of finding names would go into the constructor of a named tuple.
    new = tuple.__new__
    for match in _WORD.finditer(text, start, len(text) if stop is None else stop):
        written = match[0]
        begin, end = match.span()
        if written.isalnum() and written.isascii():
            words.append(new(Word, (written, written.lower(), begin, end, end)))
        else:
            words.append(_unusual(written, begin, end))
    return words


def bare(text: str) -> str:
    """`text` in lower case and without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.lower().replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("’", "'")


def _unusual(text: str, start: int, end: int) -> Word:
    """A word with an apostrophe, a dot or an accent."""
    stop = end
    if text.endswith(_POSSESSIVES):
        text, stop = text[:-2], end - 2
    if "." in text:
        text = text.replace(".", "")
    return Word(text, bare(text), start, stop, end)


def _line(article: Article, number: int, sentence: Sentence) -> Line:
    words = words_of(article.text, sentence.span.start, sentence.span.stop)
    cut = [removed for removed in article.removed if removed.span.overlaps(sentence.span)]
    if cut:
        words = [word for word in words if not _inside(word, cut)]
    return Line(number, article.text, words, sentence.stretches)


def _inside(word: Word, removed: Sequence[Removed]) -> bool:
    return any(piece.span.start < word.end and word.start < piece.span.stop for piece in removed)
