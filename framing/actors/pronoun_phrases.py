"""A sentence read for its phrases: who is mentioned in it, by what words, and where its verbs stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice

from framing.actors.pronoun_words import (
    ADVERBS,
    AUXILIARIES,
    BEING,
    COORDINATORS,
    DETERMINERS,
    FINITE,
    MARKS,
    NAME,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    is_finite,
    is_verb,
)
from framing.article import Span

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|Jr|Sr|Lt|Col|Prof|Rev)\.|\w+(?:[-.&]\w+)*|[’']\w+|[^\w\s]"
)
_FORMS = "|".join((*PRONOUNS, *(form.title() for form in PRONOUNS)))
_PRONOUN = re.compile(rf"\b(?:{_FORMS})\b(?P<either>(?: or |/)(?:{_FORMS})\b)?")
# "The US President", but not "White House Speaker Ana Ruiz" or what is capitalised as the first word.
_BEFORE_OFFICE = frozenset((NAME, "the", "a", "an", "us", "u.s.", "his", "her", "their"))
_COMPOUND = 6
_PAIR = 4


class Sort(StrEnum):
    """What a phrase is: the name (or office) of an actor, a pronoun, or a noun for some person."""

    NAME = "name"
    PRONOUN = "pronoun"
    NOUN = "noun"


class Role(StrEnum):
    """What a phrase is in its sentence; `OF`, `BY`, `WITH` and `PREPOSITION` follow such a word."""

    SUBJECT = "subj"
    OBJECT = "obj"
    OWNER = "poss"
    OF = "of"
    BY = "by"
    WITH = "with"
    PREPOSITION = "prep"
    REFLEXIVE = "self"
    MODIFIER = "mod"
    APPOSITION = "appos"
    COORDINATED = "and"
    FIRST = "first"
    OTHER = "other"


@dataclass(slots=True)
class Named:
    """A mention as the reading needs it: its characters, whose it is, words of the name, whether it names a group."""

    start: int
    stop: int
    who: str
    words: int = 1
    plural: bool = False


@dataclass(slots=True)
class Phrase:
    """Words that stand for somebody.

    Attributes
    ----------
    sentence, item : where it stands.
    who : of a name the actor's id; else the word, in lower case.
    says : whether it is the subject of a verb of speech.
    paired : whether it is part of "X and Y".
    words, plural : of a name, how many words, and whether it is a group's in the plural.
    quotation : the number of the direct quotation it stands in, or -1.
    """

    sort: Sort
    sentence: int
    item: int
    start: int
    stop: int
    who: str
    words: int = 1
    plural: bool = False
    role: Role = Role.OTHER
    says: bool = False
    paired: bool = False
    quotation: int = -1


@dataclass
class Reading:
    """A sentence as items in lower case, each mention one item, with an empty one at the end; its phrases in order."""

    number: int
    words: list[str]
    phrases: list[Phrase]

    @cached_property
    def verbs(self) -> list[int]:
        """For each item, how many groups of finite verbs have begun up to it."""
        return _verb_groups(self.words)

    def verbs_between(self, left: int, right: int) -> int:
        """How many groups of finite verbs begin after item `left`, up to `right`."""
        return self.verbs[right] - self.verbs[left]


def pronouns(text: str) -> list[Span]:
    """Where the pronouns of a text stand, those in capitals and "he or she" left aside."""
    return [Span(*match.span()) for match in _PRONOUN.finditer(text) if match["either"] is None]


def read(text: str, span: Span, number: int, names: Sequence[Named], found: Sequence[Span]) -> Reading:
    """The sentence `text[span]`; the mentions in it and its pronouns are in order, the mentions without overlap."""
    written: list[str] = []
    phrases: list[Phrase] = []
    at = span.start
    marks: list[Named | Span] = [*names, *found]
    for mark in sorted(marks, key=_start):
        if mark.start < at:
            continue
        written += _TOKEN.findall(text, at, mark.start)
        at = mark.stop
        phrases.append(_phrase(text, mark, number, len(written)))
        written.append(NAME if phrases[-1].sort is Sort.NAME else phrases[-1].who)
    written += _TOKEN.findall(text, at, span.stop)
    words = [word.lower() for word in written]
    words.append("")
    nouns = [item for item, word in enumerate(words) if word in PERSON_NOUNS and _is_noun(written, item)]
    for item in nouns:
        if _is_somebody(words, item):
            start = _place(text, phrases, item, span.start)
            phrases.append(Phrase(Sort.NOUN, number, item, start, start + len(words[item]), words[item]))
    if nouns:
        phrases.sort(key=_item)
    return Reading(number, words, phrases)


def named_only(number: int, names: Sequence[Named]) -> Reading:
    """The mentions of a sentence that is not read itself, in no role."""
    return Reading(number, [], [_name(name, number, item) for item, name in enumerate(names)])


def _phrase(text: str, mark: Named | Span, number: int, item: int) -> Phrase:
    if isinstance(mark, Named):
        return _name(mark, number, item)
    return Phrase(Sort.PRONOUN, number, item, mark.start, mark.stop, mark.of(text).lower())


def _name(name: Named, number: int, item: int) -> Phrase:
    return Phrase(Sort.NAME, number, item, name.start, name.stop, name.who, name.words, name.plural)


def _start(mark: Named | Span) -> int:
    return mark.start


def _item(phrase: Phrase) -> int:
    return phrase.item


def _is_noun(written: Sequence[str], item: int) -> bool:
    word = written[item]
    return word.islower() or (item > 0 and written[item - 1].lower() in _BEFORE_OFFICE)


def _place(text: str, phrases: Sequence[Phrase], item: int, start: int) -> int:
    """Where item `item` begins: so many tokens after the last mention or pronoun before it, or the sentence's start."""
    before = max((phrase for phrase in phrases if phrase.item < item), key=_item, default=None)
    first, stop = (0, start) if before is None else (before.item + 1, before.stop)
    return next(islice(_TOKEN.finditer(text, stop), item - first, None)).start()


def pairs(reading: Reading) -> Iterable[tuple[Phrase, Phrase]]:
    """The names joined as in "Ana and Eva"."""
    for left, right in zip(reading.phrases, reading.phrases[1:], strict=False):
        if right.item - left.item > _PAIR or Sort.PRONOUN in (left.sort, right.sort):
            continue
        between = reading.words[left.item + 1 : right.item]
        if "and" in between and not any(is_finite(word) for word in between):
            yield left, right


def _verb_groups(words: Sequence[str]) -> list[int]:
    groups: list[int] = []
    count, last = 0, -9
    for at, word in enumerate(words):
        if (word in FINITE or word[-2:] == "ed") and word != "'s" and is_finite(word):
            if at and words[at - 1] in DETERMINERS:
                groups.append(count)
                continue
            apart = last < at - 2 or (last == at - 2 and words[at - 1] not in ADVERBS)
            count += apart
            last = at
        elif word in AUXILIARIES:
            last = at
        groups.append(count)
    return groups


def _is_somebody(words: Sequence[str], at: int) -> bool:
    """Whether a noun stands for a person of its own: it is no title, predicate, apposition or part of a compound."""
    after = words[at + 1]
    if after in (NAME, "-") or (after == "," and words[at + 2] == NAME):
        return False
    if after[:1].isalpha() and not _ends_phrase(after):
        return False
    left = at - 1
    while left >= 0 and at - left < _COMPOUND and not _opens_phrase(words[left]):
        left -= 1
    before = words[left] if left >= 0 else ""
    # "Ana Ruiz, the mayor" and "Ruiz is a lawyer" are said of the name.
    if before in MARKS and left and words[left - 1] == NAME and at - left > 1:
        return False
    if before in BEING or before in ("as", "became", "become"):
        return False
    # "by train driver" has no article: a kind, not a person.
    return not (left == at - 1 and before in PREPOSITIONS)


def _ends_phrase(word: str) -> bool:
    return is_verb(word) or word.endswith("ly") or word in _AFTER_PHRASE


def _opens_phrase(word: str) -> bool:
    return word == NAME or word in MARKS or word in PREPOSITIONS or is_finite(word)


_AFTER_PHRASE = PREPOSITIONS | SUBORDINATORS | COORDINATORS | ADVERBS | DETERMINERS | PRONOUNS.keys()
