"""The order in which an article's names are read: known ones, those it teaches itself, then offices."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from framing.actors import offices
from framing.actors.cast import Cast, Member
from framing.actors.dating import day_of
from framing.actors.grouping import assign, register
from framing.actors.homes import at_home
from framing.actors.index import index_of
from framing.actors.local import Local, acronyms, again, learn, speakers
from framing.actors.lookup import Hit, scan
from framing.actors.mention import How, Name, NameType
from framing.actors.office_phrases import office_phrases
from framing.actors.phrases import governments
from framing.actors.pieces import Named, Piece, settle
from framing.actors.titles import shown_begin
from framing.actors.words import Line, lines_of
from framing.article import Article
from framing.seeds.actors import Catalogue


class Spotted(NamedTuple):
    """Words `[begin, end)` of a line that mention an actor."""

    line: Line
    begin: int
    end: int
    member: Member
    how: How


class Reading:
    """One article read for its actors."""

    def __init__(self, article: Article, names: Sequence[Name], catalogue: Catalogue) -> None:
        index = index_of(catalogue)
        self.lines = lines_of(article)
        found = [scan(line, index) for line in self.lines]
        date = article.document.date or day_of((hit for hits in found for hit in hits), index)
        self.cast = Cast(index, date)
        self.hits = [list(governments(hits, index, date)) for hits in at_home(found, index)]
        self.pieces = self._settled(names)
        self._common: set[str] | None = None
        self._learn()

    def found(self) -> list[Spotted]:
        """Every mention by name or office, in order of the text, none overlapping another."""
        everything = [piece for pieces in self.pieces for piece in pieces]
        register(everything, self.cast)
        by_line: dict[int, list[tuple[Piece, Member]]] = defaultdict(list)
        for piece, member in assign(everything, self.cast):
            by_line[piece.line.number].append((piece, member))
        return [
            spotted
            for line, pieces, hits in zip(self.lines, self.pieces, self.hits, strict=True)
            for spotted in self._of_line(line, pieces, hits, by_line[line.number])
        ]

    def _settled(self, names: Sequence[Name]) -> list[list[Piece]]:
        by_line: dict[int, list[Name]] = defaultdict(list)
        for name in names:
            by_line[name.sentence].append(name)
        settled = []
        for line, hits in zip(self.lines, self.hits, strict=True):
            placed = [(line.place(name.span.start, name.span.stop), name.type) for name in by_line[line.number]]
            known = [Named(begin, end, type) for (begin, end), type in placed if begin < end]
            settled.append(settle(line, hits, known, self.cast.index))
        return settled

    def _learn(self) -> None:
        """Adds what the article itself teaches: acronyms, speakers, names the token head passed over elsewhere."""
        local = Local()
        for line, pieces in zip(self.lines, self.pieces, strict=True):
            for short, owner in acronyms(line, pieces, self.cast.index):
                self.cast.acronyms.setdefault(short, owner)
                if not any(piece.begin < owner.end and owner.begin < piece.end for piece in pieces):
                    pieces.append(owner)
            learn(pieces, local)
        for words, type in speakers(self.lines, self.cast.index, self._is_common):
            local.add(words, type)
            if type is NameType.PERSON:
                local.add(words[-1:], type)
        if not local.names and not self.cast.acronyms:
            return
        for line, pieces in zip(self.lines, self.pieces, strict=True):
            pieces += again(line, pieces, local, self.cast.acronyms, self._is_common)
            pieces.sort(key=lambda piece: piece.begin)

    def _is_common(self, key: str) -> bool:
        """Whether the article has this word in lower case too."""
        if self._common is None:
            self._common = {word.key for line in self.lines for word in line.words if word.text == word.key}
        return key in self._common

    def _of_line(
        self, line: Line, pieces: list[Piece], hits: Sequence[Hit], meant: Sequence[tuple[Piece, Member]]
    ) -> Iterator[Spotted]:
        spotted = list(_shown(line, meant))
        for phrase in office_phrases(line, pieces, hits, self.cast.index):
            spotted = [one for one in spotted if not (phrase.shown <= one.begin and one.end <= phrase.begin)]
            begins = {one.begin: one.member for one in spotted}
            ends = {one.end: one.member for one in spotted}
            if offices.note_apposition(phrase, begins, ends):
                continue
            place = (line.number, phrase.begin)
            member = offices.holder(phrase, self.cast, place)
            if member is not None and not any(one.begin < phrase.end and phrase.shown < one.end for one in spotted):
                member.seen.append(place)
                spotted.append(Spotted(line, phrase.shown, phrase.end, member, How.OFFICE))
        yield from sorted(spotted, key=lambda one: one.begin)


def _shown(line: Line, meant: Sequence[tuple[Piece, Member]]) -> Iterator[Spotted]:
    """The mentions of a line by name, persons with their titles, states that are adjectives of a title left out."""
    titled = {piece.title for piece, member in meant if member.kind == "person"}
    untitled = {piece.begin for piece, member in meant if member.kind == "person"}
    stop = 0
    for piece, member in meant:
        attribute = piece.end in titled - untitled and not line.words[piece.end - 1].owns
        if member.kind == "state" and attribute and line.joined(piece.end):
            continue
        begin = max(stop, shown_begin(line, piece.title, piece.begin)) if member.kind == "person" else piece.begin
        stop = piece.end
        yield Spotted(line, begin, piece.end, member, How.NAME)
