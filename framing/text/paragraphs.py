"""Lines to paragraphs: broken lines are joined, marks taken off, kinds told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from framing.article import Kind, Paragraph, Removed, Span
from framing.text import edges
from framing.text.lines import BULLET, Line, ends_sentence, is_item, starts_lower
from framing.text.reasons import Reason

HEADING_WORDS = 14
TITLE_CASE_WORDS = 22
TITLE_CASE_SHARE = 0.6
BROKEN_WORDS = 8

_HASHES = re.compile(r"#{1,6}[ \t]+(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]*)+(?=[^>\s])")
# A heading, or a line of a block quotation: their marks stand on every line, so none is joined to another.
_OWN_LINE = re.compile(r"#{1,6}[ \t]+\S|>")
_SIGNATURE_DASHES = ("–", "—")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)\1$")
_NEEDS_NAME = re.compile(
    r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|Supt|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Hon|St|Messrs|Insp|Cmdr|Adm|Pres)\.$"
)
_MAY_GO_ON = re.compile(r"(?:^|[\s(])(?:U\.S|U\.K|U\.N|E\.U|D\.C|a\.m|p\.m|vs|v|Inc|Corp|Co|Ltd|No|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that make one paragraph, first to last, and the marks before and after."""

    lines: tuple[Line, ...]
    kind: Kind
    marks: tuple[Removed, ...]

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph from the first to the last character."""
        return Paragraph(Span(self.lines[0].start, self.lines[-1].stop), self.kind)


def blocks(lines: Sequence[Line | None], wrapped: frozenset[int]) -> Iterator[Block]:
    """The paragraphs of `lines`, where None stands for a line that was removed."""
    group: list[Line] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        if line is None or before is None or not _goes_on(before, line, index - 1 in wrapped):
            if group:
                yield block(group)
            group = []
        if line is not None:
            group.append(line)
    if group:
        yield block(group)


def block(lines: Sequence[Line]) -> Block:
    """One paragraph of these lines."""
    first, marks, kind = _unmarked(lines[0], single=len(lines) == 1)
    first, opening = edges.without_head(first)
    last, closing = edges.without_tail(lines[-1] if len(lines) > 1 else first)
    kept = (first, *lines[1:-1], last) if len(lines) > 1 else (last,)
    if kind is Kind.PROSE and len(kept) == 1 and _is_heading(last.text):
        kind = Kind.HEADING
    return Block(kept, kind, (*marks, *opening, *closing))


def _goes_on(line: Line, following: Line, wrapped: bool) -> bool:
    """Whether a sentence runs from one line into the next."""
    if is_item(following.text) or any(_OWN_LINE.match(text) for text in (line.text, following.text)):
        return False
    if wrapped:
        return True
    if line.n_words < BROKEN_WORDS:
        return False
    if _NEEDS_NAME.search(line.text):
        return True
    open_end = line.text[-1].isalnum() or line.text.endswith(",")
    return starts_lower(following.text) and (open_end or _MAY_GO_ON.search(line.text) is not None)


def _unmarked(line: Line, single: bool) -> tuple[Line, tuple[Removed, ...], Kind]:
    """The line without its marks, the marks, and the kind they give it."""
    marks: list[Removed] = []
    kind = Kind.PROSE
    for pattern, named in ((_QUOTED, Kind.QUOTE), (_HASHES, Kind.HEADING), (BULLET, Kind.ITEM)):
        match = pattern.match(line.text)
        if match and not (kind is Kind.QUOTE and line.text.startswith(_SIGNATURE_DASHES)):
            marks.append(_mark(line.cut(0, match.end())))
            line = line.cut(match.end(), len(line.text))
            kind = Kind.QUOTE if kind is Kind.QUOTE else named
    bold = _BOLD.match(line.text) if single else None
    if bold:
        marks += [_mark(line.cut(0, bold.start(2))), _mark(line.cut(bold.end(2), len(line.text)))]
        line = line.cut(bold.start(2), bold.end(2))
    return line, tuple(marks), kind


def _mark(line: Line) -> Removed:
    return Removed(line.span, Reason.MARKUP)


def _is_heading(text: str) -> bool:
    """A short line with a capital and without an end, or a longer one in title case."""
    words = text.split()
    if ends_sentence(text) or text.rstrip("\"'”’)").endswith((",", ":", ";", "-", "–", "—")) or not _opens(text):
        return False
    return len(words) <= HEADING_WORDS or (len(words) <= TITLE_CASE_WORDS and _title_case(words))


def _opens(text: str) -> bool:
    first = text.lstrip("\"'“‘([")[:1]
    return first.isupper() or first.isdigit()


def _title_case(words: Sequence[str]) -> bool:
    long = [word for word in words if len(word) > 3]
    return bool(long) and sum(word[:1].isupper() for word in long) >= TITLE_CASE_SHARE * len(long)
