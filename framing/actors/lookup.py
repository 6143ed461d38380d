"""Where the names of the catalogue stand in a line, before anything is known of the article."""

from dataclasses import dataclass

from framing.actors.index import Entry, Index, Role
from framing.actors.vocabulary import OBJECT_CASE, PREFIXES, SHOUTED_WORDS, SUFFIXES
from framing.actors.words import Line

_CURRENCIES = ("$", "€", "£", "¥")


@dataclass(slots=True, eq=False)
class Hit:
    """Words `[begin, end)` of a line that are written like a known name.

    Attributes
    ----------
    actor : the id it most likely means.
    others : further persons of that family name.
    """

    line: Line
    begin: int
    end: int
    role: Role
    actor: str
    others: tuple[str, ...] = ()

    @property
    def owns(self) -> bool:
        """Whether it is a possessive."""
        return self.line.words[self.end - 1].owns


def scan(line: Line, index: Index) -> list[Hit]:
    """The known names of a line from left to right, of overlapping ones the first and of these the longest."""
    hits: list[Hit] = []
    stop, firsts, small = 0, index.firsts, index.small_firsts
    for at, (text, key, _, _, _) in enumerate(line.words):
        if key not in firsts or at < stop or (text == key and key not in small):
            continue
        hit = _best(line, at, index.entries(line, at))
        if hit is not None:
            if _is_adjective(hit):
                hit.role = Role.DEMONYM
            owner = _owner(hit, index)
            if owner is not None:
                hits.append(owner)
                hit.begin = owner.end
            hits.append(hit)
            stop = hit.end
    return hits


def _is_adjective(hit: Hit) -> bool:
    """Whether a hyphen makes the name a part of an adjective: "pro-Israel", "Trump-era"."""
    line = hit.line
    before = line.hyphenated(hit.begin) and line.key(hit.begin - 1) in PREFIXES
    return before or (line.hyphenated(hit.end) and line.key(hit.end) in SUFFIXES)


def _owner(hit: Hit, index: Index) -> Hit | None:
    """The person or state a name of several words begins with as a possessive: "Trump's campaign"."""
    at = hit.begin
    if not hit.line.words[at].owns or hit.end == at + 1:
        return None
    for entry in index.entries(hit.line, at):
        alone = len(entry.keys) == 1 and entry.role is Role.NAME and entry.fits(hit.line, at)
        if alone and index.kind(entry.actor) in ("person", "state"):
            return Hit(hit.line, at, at + 1, Role.NAME, entry.actor)
    return None


def _best(line: Line, at: int, entries: tuple[Entry, ...]) -> Hit | None:
    first: Entry | None = None
    others: list[str] = []
    for entry in entries:
        if first is not None and len(entry.keys) < len(first.keys):
            break
        if not entry.fits(line, at) or (entry.role is Role.ACRONYM and _is_no_name(line, at)):
            continue
        if first is None:
            first = entry
        elif entry.role is Role.SURNAME and entry.actor != first.actor:
            others.append(entry.actor)
    if first is None:
        return None
    return Hit(line, at, at + len(first.keys), first.role, first.actor, tuple(others))


def _is_no_name(line: Line, at: int) -> bool:
    """Whether an acronym is part of a sum of money, or a common word in a line that is all in capitals."""
    word = line.words[at]
    if line.text[word.end : word.end + 2].lstrip()[:1] in _CURRENCIES:
        return True
    if not line.shouted:
        return False
    if word.text == "US" and "." not in line.text[word.start : word.stop]:
        return line.key(at - 1) in OBJECT_CASE
    return word.key in SHOUTED_WORDS
