"""Names that the article itself teaches: acronyms in brackets, speakers of quotations, and every name seen again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from framing.actors.context import is_part_of_longer
from framing.actors.index import Index, same_case
from framing.actors.mention import NameType
from framing.actors.pieces import Piece
from framing.actors.titles import TITLES, past_titles, without_suffix
from framing.actors.vocabulary import ARTICLES, DAYS, listed
from framing.actors.words import Line, Word, words_of
from framing.text.tokens import lowered
from framing.text.verbs import NAME_PARTICLES, ORGANISATION, PLACE_OPENERS

# Whether the article also has a word in lower case.
IsCommon = Callable[[str], bool]

_SMALL = frozenset(("of", "the", "for", "and", "on", "in", "to", "de", "la", "&"))
_LONGEST_ACRONYM = 8
_LONGEST_NAME = 6
# "The Kentucky Republican" is a description.
_PARTISANS = listed("republican democrat independent conservative liberal lawmaker native")
_OPENING = ("(", "(“", '("', "(the ", "[", "(‘", "('")
_CLOSING = (")", "”)", '")', "]", "’)", "')", ",", ";")


@dataclass(slots=True)
class Local:
    """Names to look for throughout the article, by their first word."""

    names: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], NameType]]] = field(default_factory=dict)

    def add(self, words: Sequence[Word], type: NameType) -> None:
        """Looks for these words from now on."""
        keys = tuple(word.key for word in words)
        entries = self.names.setdefault(keys[0], [])
        if all(keys != known for known, _, _ in entries):
            entries.append((keys, tuple(word.text for word in words), type))
            entries.sort(key=lambda entry: -len(entry[0]))


def acronyms(line: Line, pieces: Sequence[Piece], index: Index) -> Iterator[tuple[str, Piece]]:
    """Each acronym introduced in brackets with the piece it stands for: "Palestinian Islamic Jihad (PIJ)"."""
    if not line.words or line.text.find("(", line.words[0].start, line.words[-1].end) < 0:
        return
    for at in range(1, len(line.words)):
        short = line.words[at].text
        if not (1 < len(short) <= _LONGEST_ACRONYM and short.isupper() and short.isalpha()):
            continue
        if line.gap(at).lstrip() not in _OPENING or not line.text.startswith(_CLOSING, line.words[at].end):
            continue
        owner = next((piece for piece in pieces if piece.end == at), None)
        if owner is None:
            owner = _run(line, at, short)
        if owner is not None and _may_be_short_for(line, at, owner, index):
            yield short, owner


def _run(line: Line, at: int, short: str) -> Piece | None:
    """The capitalised words before a bracket whose first letters are the acronym's."""
    letters, begin = len(short), at
    while begin > 0 and letters and (begin == at or line.joined(begin)):
        word = line.words[begin - 1]
        if word.key in _SMALL and not word.capital:
            begin -= 1
            continue
        if not word.capital or word.text[0] != short[letters - 1]:
            return None
        begin, letters = begin - 1, letters - 1
    return None if letters else Piece(line, begin, at, NameType.ORGANISATION)


def _may_be_short_for(line: Line, at: int, piece: Piece, index: Index) -> bool:
    if piece.type is NameType.PERSON or (
        piece.hit is not None and index.kind(piece.hit.actor) in ("person", "state", "")
    ):
        return False
    if any(entry.actor != (piece.hit.actor if piece.hit else "") for entry in index.entries(line, at)):
        return False
    short = line.words[at].text
    initials = "".join(key[0] for key in piece.keys if key not in _SMALL)
    return initials.startswith(short[0].lower()) or (len(piece.keys) > 1 and piece.hit is not None)


def speakers(lines: Iterable[Line], index: Index, is_common: IsCommon) -> Iterator[tuple[list[Word], NameType]]:
    """The names of those who are quoted, as far as they have two words and are nobody known.

    Parameters
    ----------
    is_common : whether the article also has a word in lower case; no name begins with one.
    """
    seen: set[str] = set()
    for line in lines:
        for stretch in line.stretches:
            if stretch.speaker and stretch.speaker not in seen:
                seen.add(stretch.speaker)
                name = _speaker(stretch.speaker, index)
                if name is not None and not is_common(name[0][0].key):
                    yield name


def _speaker(speaker: str, index: Index) -> tuple[list[Word], NameType] | None:
    said = speaker.partition(",")[0].partition("(")[0].strip()
    line = Line(0, said, words_of(said), ())
    words = line.words
    while words and words[0].key in ARTICLES:
        words = words[1:]
    line = Line(0, said, words, ())
    if not 1 < len(words) <= _LONGEST_NAME or any(word.owns for word in words):
        return None
    named = all(word.capital or word.key in NAME_PARTICLES or word.key in _SMALL for word in words)
    if not named or not words[0].capital or "and" in (word.key for word in words):
        return None
    if any(entry.fits(line, at) for at in range(len(words)) for entry in index.entries(line, at)):
        return None
    if any(lowered(word.text) in ORGANISATION for word in words):
        return words, NameType.ORGANISATION
    if words[0].key in PLACE_OPENERS or "of" in (word.key for word in words):
        return None
    if words[-1].key in _PARTISANS:
        return None
    words = words[past_titles(line, 0, len(words)) :]
    return (words, NameType.PERSON) if len(words) > 1 else None


def learn(pieces: Iterable[Piece], local: Local) -> None:
    """Remembers the names that are not of the catalogue; of persons also the family name."""
    for piece in pieces:
        if piece.hit is not None or piece.type not in (NameType.PERSON, NameType.ORGANISATION):
            continue
        words = piece.line.words[piece.begin : piece.end]
        if words[-1].text.isupper() and piece.line.shouted:
            continue
        local.add(words, piece.type)
        plain, _ = without_suffix(piece.keys)
        if piece.type is NameType.PERSON and len(plain) > 1:
            local.add([words[len(plain) - 1]], NameType.PERSON)


def again(
    line: Line, pieces: Sequence[Piece], local: Local, short: Mapping[str, Piece], is_common: IsCommon
) -> list[Piece]:
    """The names of `local` and the acronyms `short` where `pieces` has nothing yet; `is_common` as in `speakers`."""
    names = local.names
    places = [at for at, word in enumerate(line.words) if word.key in names or word.text in short]
    if not places:
        return []
    found: list[Piece] = []
    taken = {at for piece in pieces for at in range(piece.begin, piece.end)}
    for at in places:
        word = line.words[at]
        if at in taken:
            continue
        if word.text in short:
            found.append(Piece(line, at, at + 1, short[word.text].type))
            continue
        piece = _name(line, at, local, is_common, taken)
        if piece is not None and taken.isdisjoint(range(piece.begin, piece.end)):
            found.append(piece)
            taken.update(range(piece.begin, piece.end))
    return found


def _name(line: Line, at: int, local: Local, is_common: IsCommon, taken: set[int]) -> Piece | None:
    for keys, written, type in local.names.get(line.words[at].key, ()):
        words = line.words[at : at + len(keys)]
        if tuple(word.key for word in words) != keys or not all(map(line.joined, range(at + 1, at + len(keys)))):
            continue
        if not all(same_case(word.text, form, line.shouted) for word, form in zip(words, written, strict=True)):
            continue
        if len(keys) == 1 and not _may_stand_alone(line, at, is_common, taken):
            continue
        return Piece(line, at, at + len(keys), type)
    return None


def _may_stand_alone(line: Line, at: int, is_common: IsCommon, taken: set[int]) -> bool:
    """Whether one capitalised word that the token head passed over can be a name here."""
    word = line.words[at]
    if word.key in DAYS or line.shouted or line.titled or word.key in TITLES:
        return False
    if at == 0 and is_common(word.key):
        return False
    if line.joined(at) and line.words[at - 1].capital and at - 1 in taken:
        return False
    return not is_part_of_longer(line, at, at + 1, (), "person")
