"""Quotation marks of an article: where something stands between them, whatever it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from framing.article import Kind, Paragraph, Span

_MARK = re.compile(r"[\"“”„«»]|``|''|[‘’']")
_DOUBLE_OPENERS = '“„«"``'
_SINGLES = "‘’'"
_SINGLE = re.compile(r"[‘’']")
_FIRST_DOUBLE = re.compile(r"[\"“”]")
_ELISION = re.compile(r"[‘’'](?:\d\ds?\b|(?:em|tis|twas|til|cause|bout|n|round)\b)", re.IGNORECASE)
_REOPENERS = '“"‘«„'
_NAME = r"(?:[A-Z][\w.’'-]*\s?){1,4}"
_VERB = r"(?:said|says|asked|added|told|replied|recalled)\b"
_LOST_BEFORE = re.compile(rf"([,?!])\s(?:{_VERB}\s{_NAME}|{_NAME}{_VERB}|(?:he|she|they)\s{_VERB})")
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s*$")
_FRAGMENT_END = re.compile(r"(?<=[a-z]{3})([.!?])\s+(?=[A-Z])")
# No more words than this, and a full stop: the closing mark is missing, though the next paragraph opens a quotation.
_FRAGMENT = 4
_BEFORE_OPENING = " \t\n\r\u00a0\u2009\u202f([{—–-/*_:"
_AFTER_CLOSING = " \t\n\r\u00a0\u2009\u202f)]}—–-/*_.,;:!?…\"”’'»"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two quotation marks of one paragraph.

    Attributes
    ----------
    outer : marks included.
    inner : without the marks and without white space at its ends.
    continues : whether it goes on from the quotation before it, in the paragraph before or after a new opening mark.
    """

    outer: Span
    inner: Span
    continues: bool = False


@dataclass(slots=True)
class _Open:
    start: int
    inner: int
    continues: bool
    depth: int = 1


def find(text: str, paragraphs: Sequence[Paragraph]) -> list[list[Quotation]]:
    """The outermost quotations of each paragraph, in order."""
    found: list[list[Quotation]] = []
    goes_on = False
    for index, paragraph in enumerate(paragraphs):
        following = _following(paragraphs, index)
        scanner = _Scanner(text, paragraph.span, following)
        found.append([] if paragraph.kind is Kind.QUOTE else scanner.scan(goes_on))
        goes_on = scanner.unclosed
    return found


def _following(paragraphs: Sequence[Paragraph], index: int) -> Span | None:
    if index + 1 == len(paragraphs) or paragraphs[index + 1].kind is Kind.QUOTE:
        return None
    return paragraphs[index + 1].span


class _Scanner:
    """One paragraph, read from left to right."""

    def __init__(self, text: str, span: Span, following: Span | None) -> None:
        self.text = text
        self.span = span
        self.following = following
        self.found: list[Quotation] = []
        self.open: _Open | None = None
        self.unclosed = False

    def scan(self, goes_on: bool) -> list[Quotation]:
        """The quotations; `goes_on` says that the paragraph before ended inside one."""
        if goes_on and self._closes_first():
            self.open = _Open(self.span.start, self.span.start, True)
        position = self.span.start
        while (match := _MARK.search(self.text, position, self.span.stop)) is not None:
            position = self._read(match, goes_on)
        if self.open is not None:
            self._recover(self.open)
        return self.found

    def _recover(self, opened: _Open) -> None:
        """The closing mark is missing: in the next paragraph, or lost before the attribution, or just lost."""
        reopened = self._reopened()
        lost = None if reopened else _LOST_BEFORE.search(self.text, opened.inner, self.span.stop)
        stop = lost.end(1) if lost is not None else self._fragment_end(opened, reopened)
        self._close(stop, stop)
        self.unclosed = lost is None and stop == self.span.stop

    def _fragment_end(self, opened: _Open, reopened: bool) -> int:
        """Words opened in the middle of a sentence do not run past it when nothing closes them."""
        before = self.text[self.span.start : opened.start].rstrip()
        if not before or not before[-1].isalnum():
            return self.span.stop
        end = _FRAGMENT_END.search(self.text, opened.inner, self.span.stop)
        if end is None or (reopened and len(self.text[opened.inner : end.end(1)].split()) > _FRAGMENT):
            return self.span.stop
        return end.end(1)

    def _closes_first(self) -> bool:
        # A paragraph wrongly broken inside a quotation shows a closing mark before any opening one.
        match = _FIRST_DOUBLE.search(self.text, *self._bounds())
        if match is None or match.start() == self.span.start:
            return False
        return match[0] == "”" or (match[0] == '"' and not self._may_open(*match.span()))

    def _bounds(self) -> tuple[int, int]:
        return self.span.start, self.span.stop

    def _read(self, match: re.Match[str], goes_on: bool) -> int:
        start, stop = match.span()
        if match[0] in _SINGLES:
            return self._read_single(match, goes_on) if self.open is None else stop
        if self.open is None:
            if match[0] in _DOUBLE_OPENERS and self._may_open(start, stop):
                self.open = _Open(start, stop, goes_on and start == self.span.start)
        else:
            self._read_inside(self.open, match[0], start, stop)
        return stop

    def _read_inside(self, opened: _Open, mark: str, start: int, stop: int) -> None:
        opens = mark in _DOUBLE_OPENERS and self._may_open(start, stop) and not self._may_close(start, stop)
        if opens and _SENTENCE_END.search(self.text, max(opened.inner, start - 6), start):
            self._close(start, start)
            self.open = _Open(start, stop, True)
        elif opens:
            opened.depth += 1
        elif opened.depth > 1:
            opened.depth -= 1
        else:
            self._close(start, stop)

    def _read_single(self, match: re.Match[str], goes_on: bool) -> int:
        start, stop = match.span()
        if match[0] == "’" or not self._may_open(start, stop) or _ELISION.match(self.text, start):
            return stop
        close, sure = self._single_close(stop, match[0])
        running = close is None or (start == self.span.start and not sure)
        if running and match[0] == "‘" and self._reopened("‘"):
            self.open = _Open(start, stop, goes_on and start == self.span.start)
            return self.span.stop
        if close is None:
            return stop
        self.open = _Open(start, stop, goes_on and start == self.span.start)
        self._close(close, close + 1)
        return close + 1

    def _reopened(self, marks: str = _REOPENERS) -> bool:
        return self.following is not None and self.text[self.following.start] in marks

    def _single_close(self, begin: int, mark: str) -> tuple[int | None, bool]:
        """Where a single quotation closes, and whether that is sure: a mark after “s” or “n” may be an apostrophe."""
        weak: int | None = None
        for match in _SINGLE.finditer(self.text, begin, self.span.stop):
            at = match.start()
            if match[0] == "‘" or (mark == "'" and self._may_open(at, at + 1)):
                break
            if not self._may_close(at, at + 1):
                continue
            if self.text[at - 1] not in "sn" or self.text[at + 1 : at + 2] in ",.;:?!)—–" or at + 1 == self.span.stop:
                return at, True
            weak = weak if weak is not None else at
        return weak, False

    def _may_open(self, start: int, stop: int) -> bool:
        before = self.text[start - 1] if start > self.span.start else " "
        after = self.text[stop] if stop < self.span.stop else " "
        if before not in _BEFORE_OPENING and before not in "“‘\"'«":
            return False
        if self.text[start] == "“" and after.isspace():
            return stop < self.span.stop
        return not after.isspace() and after not in ",.;:!?)"

    def _may_close(self, start: int, stop: int) -> bool:
        before = self.text[start - 1] if start > self.span.start else " "
        after = self.text[stop] if stop < self.span.stop else " "
        return not before.isspace() and after in _AFTER_CLOSING

    def _close(self, inner_stop: int, outer_stop: int) -> None:
        assert self.open is not None
        piece = self.text[self.open.inner : inner_stop]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if left < right:
            inner = Span(self.open.inner + left, self.open.inner + right)
            stop = outer_stop if outer_stop > inner_stop else inner.stop
            self.found.append(Quotation(Span(self.open.start, stop), inner, self.open.continues))
        self.open = None
