"""Which actor the words for a speaker mean: "Ruiz", "Israeli army", "spokesman for the ministry"."""

from functools import lru_cache

from framing.actors.cast import without_heads
from framing.actors.index import Index, Role, index_of
from framing.actors.lookup import Hit, scan
from framing.actors.mention import Found
from framing.actors.office_phrases import office_phrases
from framing.actors.phrases import governments
from framing.actors.titles import past_titles, without_suffix
from framing.actors.vocabulary import ARTICLES, listed
from framing.actors.words import Line, words_of
from framing.seeds.actors import Catalogue
from framing.seeds.offices import common_name

# Who speaks for somebody; of others ("a friend of Ruiz") the words are their own.
_SPEAKS_FOR = listed(
    "spokesman spokeswoman spokesperson spokespeople spokesmen official officials statement representative "
    "representatives report source sources leader leadership leaders head chief director president chairman "
    "minister ministry office department government army military police authorities lawyers lawyer aides campaign"
)
_LINKS = frozenset(("of", "for", "from", "in", "at", "to", "with"))


def actor_of(words: str, found: Found, catalogue: Catalogue) -> str | None:
    """The id of the actor of `found` that these words for a speaker mean; None where that is not plain."""
    index = index_of(catalogue)
    said = words.partition(",")[0].partition("(")[0].strip()
    line = Line(0, said, words_of(said), ())
    begin = 1 if line.key(0) in ARTICLES else 0
    end = next((at for at in range(begin + 1, len(line.words)) if line.key(at) in _LINKS), len(line.words))
    if begin >= len(line.words):
        return None
    whole = _named(line, begin, len(line.words), found)
    if whole is not None:
        return whole
    hits = list(governments(scan(line, index), index, None))
    if end < len(line.words) and line.key(end - 1) in _SPEAKS_FOR:
        return _office(line, hits, found, index) or _last(hits, end, len(line.words), found)
    office = _office(line, hits, found, index)
    return office or _named_inside(line, begin, end, found) or _last(hits, begin, end, found)


def _named(line: Line, begin: int, end: int, found: Found) -> str | None:
    """The actor whose name words `[begin, end)` are, in full, by family name, or without its head."""
    first = past_titles(line, begin, end)
    keys = tuple(word.key for word in line.words[first:end])
    by_last: list[str] = []
    for id, actor in found.actors.items():
        name = _keys(actor.name)
        if keys == name or without_heads(keys) == without_heads(name):
            return id
        if actor.kind == "person" and keys == without_suffix(name)[0][-1:]:
            by_last.append(id)
    return by_last[0] if len(by_last) == 1 else None


# Every actor is compared with the words for every speaker.
@lru_cache(maxsize=1024)
def _keys(name: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(name))


def _named_inside(line: Line, begin: int, end: int, found: Found) -> str | None:
    """The actor whose name the words end with: "Trump adviser Ana Ruiz"."""
    for first in range(begin + 1, end):
        if line.words[first].capital and (named := _named(line, first, end, found)) is not None:
            return named
    return None


def _last(hits: list[Hit], begin: int, end: int, found: Found) -> str | None:
    """The last known actor of the article in words `[begin, end)`: "the Gaza health ministry of Hamas"."""
    for hit in reversed(hits):
        if hit.role is not Role.DEMONYM and begin <= hit.begin and hit.end <= end:
            return next((id for id in (hit.actor, *hit.others) if id in found.actors), None)
    return None


def _office(line: Line, hits: list[Hit], found: Found, index: Index) -> str | None:
    """The person of the article whose office the words name: "Israeli prime minister"."""
    for phrase in office_phrases(line, (), hits, index):
        words = " ".join(phrase.office)
        holders = [
            id
            for id in found.actors
            if id in index.actors
            and any(
                phrase.of in (None, one.of) and common_name(words, one.of) == common_name(one.office, one.of)
                for one in index.actors[id].offices
            )
        ]
        if len(holders) == 1 and not phrase.elsewhere:
            return holders[0]
    return None
