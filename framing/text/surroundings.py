"""Boilerplate that shows only in its place: tables, menus, bylines, biographies, link lists at the end.

Each rule takes the lines and the reasons found so far and adds to them.
"""

import re
from collections.abc import Iterator, MutableMapping, Sequence

from framing.text.boilerplate import NAME
from framing.text.dates import is_date_line, words
from framing.text.lines import Line, ends_sentence, is_item
from framing.text.reasons import Reason

Reasons = MutableMapping[int, Reason]

HEAD = 8
TAIL = 8
BIOGRAPHY_TAIL = 4
LINK_WORDS = 25
SHORT_WORDS = 5
PROSE_WORDS = 40
BIOGRAPHY_WORDS = 90
BYLINE_WORDS = 20
SHOUT_WORDS = 5
SHOUT_LETTERS = 25
SHOUTS_SHARE = 1.5
NAVIGATION = words(
    "home news politics sport sports business world opinion culture tech technology lifestyle travel health science",
    "video videos entertainment money weather local national us u.s. uk about contact subscribe search more shop faith",
    "law economy climate education arts style food finance markets jobs podcasts newsletters live games privacy terms",
)

_RULE = re.compile(r"[|+\s:=-]*-{2,}[|+\s:=-]*$")
_SEGMENTS = re.compile(r"\s*[|·•›»>/]\s*")
_BYLINE = re.compile(
    rf"[\W_]*(?:by|written by|story by|words by|posted by|from)\s+{NAME}(?:\s*(?:,|\||·|and|&|–|-|\()\s*.*)?$",
    re.IGNORECASE,
)
_STRICT_NAME = re.compile(rf"(?:[\W_]*\b(?i:by|written by|story by|words by|posted by|from)\s+){NAME}")
_SIGNED = re.compile(rf"[-–—•*]+\s*{NAME}$")
_NAME_ALONE = re.compile(rf"{NAME}(?:(?:,| and) {NAME})*$")
_HOUSE = re.compile(
    r"[A-Z]{2,}(?: [A-Z]{2,}){0,2}$|USA Today$|[A-Z]\w+\.(?:com|org)$|[Oo]pinion (?:contributor|columnist|editor)$"
)
SIGNED_WORDS = 4
HOUSE_WITHIN = 4
_ABOUT = re.compile(
    r"\W*(?:about the (?:authors?|writers?)|author bio(?:graphy)?|contributors?|meet the author)\W*$", re.IGNORECASE
)
_ROLE = (
    r"(?:writer|columnist|reporter|editor|correspondent|contributor|fellow|professor|author|journalist|host|director"
    r"|analyst|researcher|associate|scholar|president|founder|lecturer|attorney|commentator|producer|blogger|critic|member|chair\w*"
    r"|historian|economist|strategist|consultant|staff|adviser|advisor|intern)"
)
_BIOGRAPHY = re.compile(
    r"\W*(?:(?P<name>(?!(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|As|In|For|When|While|If|The|But|And)\b)"
    rf"{NAME})(?:,? and {NAME})?|[Tt]he (?:author|writer)),? "
    rf"(?:(?:is|are|was (?:an?|the)|has been|serves as|works as)\b(?: [\w’'.,&-]+){{0,12}}? {_ROLE}s?\b"
    r"|(?:writes|reports|covers|blogs|teaches)\b (?:\w+ )?(?:for|about|on|the|at|from)\b)"
)
_CONTACT = re.compile(
    rf"\W*(?i:follow|e-?mail|contact|reach|write to)\s+(?:him|her|them|{NAME})\b.{{0,80}}(?:@|[Tt]witter|[Ff]acebook)"
)
_RELATED = re.compile(
    r"\W*(?:related(?: (?:stories|articles|links?|coverage|content|news|reading|posts))?|go deeper|see also|recommended"
    r"(?: (?:for you|stories|reading))?|read (?:more(?: from .{2,30})?|next|also)|more (?:stories|news|like this"
    r"|on this(?: story| topic)?|from .{2,40})|most (?:read|popular|viewed)|further reading|don['’]t miss"
    r"|you (?:may|might) also (?:like|be interested in)|trending(?: now)?|top stories|latest(?: news| stories)?"
    r"|what to read next|also on .{2,30}|around the web|from the web|popular)\W*$",
    re.IGNORECASE,
)
_RECAP = re.compile(r"#{1,6}\s*(?:summary|key takeaways?|tl;?dr|in summary|conclusion)\W*$", re.IGNORECASE)


def tables(lines: Sequence[Line], reasons: Reasons) -> None:
    """Rows of a table: lines of cells between pipes or tabs, at least two together."""
    for first, last in _runs([_is_row(line.text) for line in lines]):
        long = any(len(cell.split()) > PROSE_WORDS for i in range(first, last + 1) for cell in lines[i].text.split("|"))
        if last > first and not long:
            reasons.update(dict.fromkeys(range(first, last + 1), Reason.TABLE))


def dates(lines: Sequence[Line], reasons: Reasons) -> None:
    """Lines that are only a date, a time or a reading time."""
    for index, line in enumerate(lines):
        if index not in reasons and is_date_line(line.text):
            reasons[index] = Reason.DATE_LINE


def menus(lines: Sequence[Line], reasons: Reasons) -> None:
    """A line of short entries between bars or dots; four or more short lines with names of sections."""
    for index, line in enumerate(lines):
        if index not in reasons and _is_menu(line.text):
            reasons[index] = Reason.MENU
    short = [
        reasons.get(i) in (None, Reason.MENU) and line.n_words <= 3 and not ends_sentence(line.text)
        for i, line in enumerate(lines)
    ]
    for first, last in _runs(short):
        if last - first >= 3 and sum(lines[i].text.lower() in NAVIGATION for i in range(first, last + 1)) >= 2:
            reasons.update(dict.fromkeys(range(first, last + 1), Reason.MENU))


def bylines(lines: Sequence[Line], reasons: Reasons) -> None:
    """ "By" and a name near the top, a name after a dash near either end, a name above that of the house."""
    for index, line in enumerate(lines):
        if index in reasons or line.n_words > BYLINE_WORDS or ends_sentence(line.text):
            continue
        if _is_byline(line.text, index) or _is_signature(lines, index):
            reasons[index] = Reason.BYLINE
    for index in range(min(HOUSE_WITHIN, len(lines) - 1)):
        if _NAME_ALONE.match(lines[index].text) and _HOUSE.match(lines[index + 1].text):
            reasons[index] = reasons[index + 1] = Reason.BYLINE


def biographies(lines: Sequence[Line], reasons: Reasons) -> None:
    """What follows "About the author", and closing lines on a person whom the article does not name."""
    for index, line in enumerate(lines):
        if _ABOUT.match(line.text):
            for part in [index, *_following(lines, reasons, index, most=3)]:
                reasons[part] = Reason.AUTHOR_BIOGRAPHY
    body = " ".join(line.text for i, line in enumerate(lines) if i not in reasons and i < len(lines) - 1)
    for index in _open_from_end(lines, reasons, BIOGRAPHY_TAIL):
        if _is_biography(lines[index].text, body):
            reasons[index] = Reason.AUTHOR_BIOGRAPHY
        elif lines[index].n_words > LINK_WORDS:
            return


def related(lines: Sequence[Line], reasons: Reasons) -> None:
    """A heading such as "Related" with the links under it."""
    for index, line in enumerate(lines):
        if index not in reasons and line.n_words <= 8 and _RELATED.match(line.text):
            reasons[index] = Reason.RELATED_LINK
            for part in _links_after(lines, reasons, index):
                reasons[part] = Reason.RELATED_LINK


def link_tail(lines: Sequence[Line], reasons: Reasons) -> None:
    """Two or more links at the very end, one of them sure to be one."""
    tail = list(_link_tail(lines, reasons))
    if len(tail) >= 2 and any(_is_sure_link(lines[i].text) for i in tail):
        reasons.update(dict.fromkeys(tail, Reason.RELATED_LINK))


def shouts(lines: Sequence[Line], reasons: Reasons) -> None:
    """Links in capitals between paragraphs; questions only beside such links, and none where capitals are the rule."""
    prose = [i for i, line in enumerate(lines) if i not in reasons and ends_sentence(line.text) and not _shouts(line)]
    if not prose:
        return
    inside = [i for i in range(prose[0] + 1, prose[-1]) if i not in reasons and _shouts(lines[i])]
    found = [i for i in inside if not lines[i - 1].text.endswith(":")]
    sure = [i for i in found if not ends_sentence(lines[i].text)]
    if sure and SHOUTS_SHARE * len(inside) <= len(prose):
        asked = [i for i in found if lines[i].text.endswith("?")]
        reasons.update(dict.fromkeys([*sure, *asked], Reason.RELATED_LINK))


def recaps(lines: Sequence[Line], reasons: Reasons) -> None:
    """The summary under a Markdown heading that a language model left beside its closing offer."""
    if Reason.LANGUAGE_MODEL_RESIDUE not in reasons.values():
        return
    for index, line in enumerate(lines):
        if index not in reasons and _RECAP.match(line.text):
            for part in [index, *_following(lines, reasons, index, most=1)]:
                reasons[part] = Reason.LANGUAGE_MODEL_RESIDUE


def _shouts(line: Line) -> bool:
    """Whether a line is in capitals, long enough to be a link, and nobody's quoted words."""
    if line.n_words < SHOUT_WORDS or line.text.startswith(("#", ">", '"', "“")) or is_item(line.text):
        return False
    return line.text.isupper() and sum(character.isalpha() for character in line.text) >= SHOUT_LETTERS


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of true flags."""
    start: int | None = None
    for index, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            yield start, index - 1
            start = None


def _is_row(text: str) -> bool:
    if "\t" in text.strip() and len([cell for cell in text.split("\t") if cell.strip()]) >= 3:
        return True
    return "|" in text and (text.count("|") >= 2 or _RULE.match(text) is not None)


def _is_menu(text: str) -> bool:
    segments = [segment for segment in _SEGMENTS.split(text.strip("|·•›»>/ ")) if segment]
    if len(segments) < 3 or any(len(segment.split()) > 4 or segment.endswith((".", ",")) for segment in segments):
        return False
    return not any(character.isdigit() for character in text) or segments[0].lower() in NAVIGATION


def _is_byline(text: str, index: int) -> bool:
    return index < HEAD and _STRICT_NAME.match(text) is not None and _BYLINE.match(text) is not None


def _is_signature(lines: Sequence[Line], index: int) -> bool:
    if HEAD <= index < len(lines) - TAIL or lines[index].n_words > SIGNED_WORDS:
        return False
    return _SIGNED.match(lines[index].text) is not None and not _among_items(lines, index)


def _among_items(lines: Sequence[Line], index: int) -> bool:
    beside = [lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return any(is_item(text) and any(character.isalpha() for character in text) for text in beside)


def _following(lines: Sequence[Line], reasons: Reasons, index: int, most: int) -> Iterator[int]:
    """Up to `most` lines after `index`, up to the next heading, separator or removed line."""
    for part in range(index + 1, min(index + 1 + most, len(lines))):
        if part in reasons or lines[part].text.startswith("#") or not ends_sentence(lines[part].text):
            return
        yield part


def _open_from_end(lines: Sequence[Line], reasons: Reasons, most: int) -> list[int]:
    """The last lines that have no reason yet, last first."""
    return [i for i in range(len(lines) - 1, -1, -1) if i not in reasons][:most]


def _is_biography(text: str, body: str) -> bool:
    if len(text.split()) > BIOGRAPHY_WORDS:
        return False
    if _CONTACT.match(text):
        return True
    match = _BIOGRAPHY.match(text)
    if match is None:
        return False
    surname = (match["name"] or "author").split()[-1]
    return _times(surname, body) <= _times(surname, text)


def _times(word: str, text: str) -> int:
    return len(re.findall(rf"\b{re.escape(word)}\b", text))


def _links_after(lines: Sequence[Line], reasons: Reasons, index: int) -> list[int]:
    """The links under a heading; a last short one with prose under it is a heading of the article."""
    found: list[int] = []
    for part in range(index + 1, len(lines)):
        if part in reasons:
            continue
        if not _may_be_link(lines[part]):
            return found[:-1] if found and lines[found[-1]].n_words <= SHORT_WORDS else found
        found.append(part)
    return found


def _may_be_link(line: Line) -> bool:
    return line.n_words <= LINK_WORDS and (_is_sure_link(line.text) or not ends_sentence(line.text))


def _link_tail(lines: Sequence[Line], reasons: Reasons) -> Iterator[int]:
    for index in range(len(lines) - 1, 0, -1):
        if index in reasons:
            continue
        if not _is_link(lines[index].text):
            return
        yield index


def _is_link(text: str) -> bool:
    if is_item(text) or len(text.split()) > LINK_WORDS:
        return False
    return _is_sure_link(text) or not ends_sentence(text)


def _is_sure_link(text: str) -> bool:
    """A headline cut off with dots, or with the name of a site after a bar."""
    return text.endswith(("...", "…")) or re.search(r"\s\|\s+\S", text) is not None
