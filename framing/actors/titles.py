"""Titles before names and what they tell: an office, a gender, where the name itself begins."""

from framing.actors.vocabulary import (
    CURRENT,
    FEMALE,
    FORMER,
    HEADS,
    MALE,
    MODIFIERS,
    OF_PARTS,
    PERSONAL,
    REGAL,
)
from framing.actors.words import Line

TITLES = PERSONAL | HEADS
_BEFORE_TITLES = FORMER | CURRENT
_LONGEST_PART = 2
_ENDS_OF_PARTS = frozenset(part[-1] for part in OF_PARTS)
_SHORT_FORMS = {
    "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain", "maj": "major", "sgt": "sergeant",
    "adm": "admiral", "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative",
    "gov": "governor", "amb": "ambassador", "sec": "secretary", "rev": "reverend", "prof": "professor",
}  # fmt: skip
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def title_begin(line: Line, at: int) -> int:
    """Where the titles before a name that begins at word `at` begin; `at` where there are none."""
    begin = at
    while begin > 0:
        word = line.words[begin - 1]
        key, head = word.key, begin - 1
        # "Major Ruiz", but "major donors".
        is_title = key in HEADS or (key in PERSONAL and word.capital)
        if not is_title and not (begin < at and key in MODIFIERS):
            head = _before_of(line, begin) if key in _ENDS_OF_PARTS else begin
        if head == begin or not _touches(line, begin):
            break
        begin = head
    while begin < at and line.key(begin) not in TITLES and line.key(begin) not in MODIFIERS:
        begin += 1
    return begin


def shown_begin(line: Line, first: int, at: int) -> int:
    """Where a mention of the name at word `at` begins: with the titles `[first, at)` as far as they are capitalised."""
    begin = at
    while begin > first and (line.words[begin - 1].capital or line.key(begin - 1) in ("of", "the")):
        begin -= 1
    while begin < at and line.key(begin) in ("of", "the"):
        begin += 1
    if begin < at and line.key(begin) not in TITLES and not _has_title(line, begin, at):
        return at
    return begin


def office_of(line: Line, begin: int, end: int) -> tuple[str, ...]:
    """The words of an office in titles `[begin, end)`, as keys; () for "Mr"."""
    keys = [_SHORT_FORMS.get(line.key(at), line.key(at)) for at in range(begin, end)]
    while keys and keys[0] in _BEFORE_TITLES:
        keys.pop(0)
    while keys and keys[-1] not in HEADS and "of" not in keys:
        keys.pop()
    return tuple(keys)


def gender_of(line: Line, begin: int, end: int) -> str | None:
    """What titles `[begin, end)` say of the gender: "m", "f" or None."""
    keys = {line.key(at) for at in range(begin, end)}
    if keys & FEMALE:
        return "f"
    return "m" if keys & MALE else None


def is_former(line: Line, begin: int) -> bool:
    """Whether the title that begins at `begin` is of the past."""
    return begin > 0 and line.joined(begin) and line.key(begin - 1) in FORMER


def past_titles(line: Line, begin: int, end: int) -> int:
    """Where the name itself begins in words `[begin, end)` that may open with titles; one word is left at least."""
    first = begin
    while begin < end - 1:
        if line.key(begin) in TITLES or (line.key(begin) in MODIFIERS and _title_ahead(line, begin, end)):
            begin += 1
        elif (stop := _past_of(line, begin, end)) > begin:
            begin = stop
        else:
            break
    if begin == end - 1 and begin > first and line.key(begin - 1) in REGAL:
        return begin - 1
    return begin


def without_suffix(keys: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The keys of a name without "Jr." or a number, and that suffix or ""."""
    if len(keys) > 1 and keys[-1] in _SUFFIXES:
        return keys[:-1], keys[-1]
    return keys, ""


def _touches(line: Line, at: int) -> bool:
    return line.joined(at) and not line.words[at - 1].owns


def _has_title(line: Line, begin: int, end: int) -> bool:
    return any(line.key(at) in TITLES for at in range(begin, end))


def _title_ahead(line: Line, begin: int, end: int) -> bool:
    at = begin
    while at < end - 1 and line.key(at) in MODIFIERS:
        at += 1
    return at < end - 1 and line.key(at) in TITLES


def _before_of(line: Line, at: int) -> int:
    """Where `Secretary of State` begins that ends before word `at`; `at` for none."""
    for length in range(1, _LONGEST_PART + 1):
        head = at - length - 2
        if head >= 0 and line.words[head + 1].key == "of" and line.words[head].key in HEADS:
            return head if tuple(word.key for word in line.words[head + 2 : at]) in OF_PARTS else at
    return at


def _past_of(line: Line, begin: int, end: int) -> int:
    """Past `of State` in `Secretary of State`, the head of which ends at `begin`."""
    if line.key(begin) != "of":
        return begin
    for stop in range(begin + 2, min(begin + 2 + _LONGEST_PART, end)):
        if tuple(word.key for word in line.words[begin + 1 : stop]) in OF_PARTS:
            return stop
    return begin
