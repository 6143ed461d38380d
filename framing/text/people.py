"""Who was named last: what a pronoun, or a quotation without an attribution, can be referred to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from framing.article import Kind
from framing.text import sources, speakers
from framing.text.designation import Subject
from framing.text.tokens import Token
from framing.text.verbs import ORGANISATION, PLACE_OPENERS, TITLES

_SINGULAR = frozenset(("he", "she"))
_NOT_BEFORE_PERSONS = frozenset(["in", "at", "near", "from", "the", "of", "across", "outside"])
_REACH = 3


@dataclass(slots=True)
class Memory:
    """The speakers and subjects of the units read so far, each with the unit it was last seen in."""

    unit: int = 0
    speaker: str | None = None
    spoke_in: int = -10
    subject: str | None = None
    subject_in: int = -10
    unclear_in: int = -10
    full_names: set[str] = field(default_factory=set)

    def resolve(self, subject: Subject, tokens: Sequence[Token]) -> str | None:
        """The name `subject` stands for; None when it is not plain or no designation."""
        if subject.pronoun is None:
            return sources.name_of(subject, tokens)
        if subject.pronoun in _SINGULAR and subject.begin > 0:
            opener = self.person(speakers.leading(tokens))
            if opener is not None:
                return opener
        return self._antecedent(subject.pronoun)

    def _antecedent(self, pronoun: str) -> str | None:
        if pronoun in _SINGULAR and self.unit - self.unclear_in <= 1 and self.unclear_in > self.spoke_in:
            return None
        if self.speaker is not None and self.unit - self.spoke_in <= _REACH and self.subject_in <= self.spoke_in:
            return self.speaker
        return self.subject if pronoun in _SINGULAR and self.unit - self.subject_in <= 1 else None

    def narrated(self) -> str | None:
        """The person the unit before was about, if one was."""
        return self.subject if self.unit - self.subject_in <= 1 else None

    def names_subject(self) -> bool:
        """Whether the unit before itself names the person it is about."""
        return self.subject_in == self.unit - 1

    def spoke(self, name: str | None) -> None:
        """Remembers the last speaker."""
        if name is not None:
            self.speaker, self.spoke_in = name, self.unit

    def read(self, tokens: Sequence[Token], kind: Kind) -> None:
        """Remembers the names of a unit that has been dealt with, and moves on."""
        if kind is Kind.HEADING:
            # Headings capitalise all words, which then look like names.
            self.unit += 1
            return
        names = _full_names(tokens)
        self.full_names.update(name.split()[-1] for name in names)
        if self.spoke_in != self.unit:
            self._read_subject(tokens, names)
        self.unit += 1

    def _read_subject(self, tokens: Sequence[Token], names: set[str]) -> None:
        opener = speakers.leading(tokens)
        person = self.person(opener)
        if opener is not None and opener.end < len(tokens) and tokens[opener.end].lower == "and" and person:
            person = None
        elif person is None and opener is not None and opener.pronoun in _SINGULAR:
            person = self._antecedent(opener.pronoun)
        elif person is None and len(names) == 1:
            person = next(iter(names))
        if person is not None:
            self.subject, self.subject_in = person, self.unit
        elif len(names) > 1:
            self.unclear_in = self.unit

    def person(self, subject: Subject | None) -> str | None:
        """The name of `subject` if it looks like a person's: two words, or the surname of one."""
        if subject is None or not subject.proper or subject.name is None:
            return None
        words = subject.name.split()
        if any(word.lower() in ORGANISATION for word in words) or words[0].lower() in PLACE_OPENERS:
            return None
        return subject.name if len(words) > 1 or words[0] in self.full_names else None


def _full_names(tokens: Sequence[Token]) -> set[str]:
    """Names of two or more words that look like persons'."""
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and tokens[stop].is_name_like and tokens[stop].lower not in TITLES:
            stop += 1
        if stop - at > 1 and _is_person(tokens, at, stop):
            found.add(" ".join(token.text for token in tokens[at:stop]))
        at = max(stop, at + 1)
    return found


def _is_person(tokens: Sequence[Token], begin: int, end: int) -> bool:
    if begin > 0 and tokens[begin - 1].lower in _NOT_BEFORE_PERSONS:
        return False
    words = [token.lower for token in tokens[begin:end]]
    return words[0] not in PLACE_OPENERS and not any(word in ORGANISATION for word in words)
