"""What of a text is prose, what is its headline, and what is kept out and why.

Nothing vanishes: the title, the paragraphs and the removed pieces are disjoint spans, and every character outside
them is white space. When unsure a line is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from framing.article import Paragraph, Removed, Span
from framing.text import edges, surroundings
from framing.text.boilerplate import reason_of
from framing.text.headline import headline, repeats
from framing.text.lines import Line, split, wrapped_after
from framing.text.paragraphs import block, blocks
from framing.text.reasons import Reason

IN_PLACE = (
    surroundings.menus,
    surroundings.dates,
    surroundings.bylines,
    surroundings.recaps,
    surroundings.related,
    surroundings.link_tail,
    surroundings.biographies,
    surroundings.link_tail,  # links may stand above the biography or below it
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The parts of a text, each in order of the text."""

    title: Span | None
    paragraphs: tuple[Paragraph, ...]
    removed: tuple[Removed, ...]


def clean(text: str, has_title: bool = False) -> Cleaned:
    """The headline, the paragraphs and the removed pieces of `text`.

    `has_title` says that the first line is known to be the headline.
    """
    lines = split(text)
    wrapped = wrapped_after(lines)
    reasons = _reasons(lines, wrapped, has_title)
    top = _title(lines, reasons, wrapped, has_title)
    if top is not None:
        reasons.pop(top, None)
        _mark_repeats(lines, reasons, top)
    body = [None if i in reasons or i == top else line for i, line in enumerate(lines)]
    found = list(blocks(body, wrapped))
    head = block([lines[top]]) if top is not None else None
    marks = [mark for part in [*found, *([head] if head else [])] for mark in part.marks]
    removed = [Removed(lines[i].span, reason) for i, reason in reasons.items()] + marks
    return Cleaned(
        head.paragraph.span if head else None,
        tuple(part.paragraph for part in found),
        tuple(sorted(removed, key=lambda piece: piece.span)),
    )


def _reasons(lines: Sequence[Line], wrapped: frozenset[int], has_title: bool) -> dict[int, Reason]:
    """Why each removed line is removed: tables first, then lines by themselves, then by their place."""
    reasons: dict[int, Reason] = {}
    surroundings.tables(lines, reasons)
    for index, line in enumerate(lines):
        inside = index in wrapped or index - 1 in wrapped
        if index not in reasons and not inside and not (has_title and index == 0):
            reason = None if edges.opens_prose(line.text) else reason_of(line.text)
            if reason is not None:
                reasons[index] = reason
    for rule in IN_PLACE:
        rule(lines, reasons)
    if not wrapped:
        surroundings.shouts(lines, reasons)
    return reasons


def _title(lines: Sequence[Line], reasons: dict[int, Reason], wrapped: frozenset[int], has_title: bool) -> int | None:
    if has_title:
        return 0 if lines else None
    kept = [i for i in range(len(lines)) if i not in reasons]
    at = headline([lines[i] for i in kept], hard_wrapped=bool(wrapped))
    return kept[at] if at is not None else None


def _mark_repeats(lines: Sequence[Line], reasons: dict[int, Reason], top: int) -> None:
    for index in range(top + 1, len(lines)):
        if reasons.get(index) in (None, Reason.RELATED_LINK) and repeats(lines[index].text, lines[top].text):
            reasons[index] = Reason.DUPLICATED_HEADLINE
