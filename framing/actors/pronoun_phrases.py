"""A sentence read for its phrases: who is mentioned in it, by what words, and where its verbs stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from framing.actors.pronoun_words import (
    ADVERBS,
    AUXILIARIES,
    BEING,
    COORDINATORS,
    DETERMINERS,
    MARKS,
    NAME,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    is_finite,
    is_verb,
)

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|St|Jr|Sr|Lt|Col|Prof|Rev)\.|\w+(?:[-.&]\w+)*|[’']\w+|[^\w\s]"
)
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


@dataclass(slots=True)
class Reading:
    """A sentence as items in lower case, each mention one item, with an empty one at the end; its phrases in order.

    `verbs` : for each item, how many groups of finite verbs have begun up to it.
    """

    number: int
    words: list[str]
    phrases: list[Phrase]
    verbs: list[int]

    def verbs_between(self, left: int, right: int) -> int:
        """How many groups of finite verbs begin after item `left`, up to `right`."""
        return self.verbs[right] - self.verbs[left]


def read(text: str, start: int, stop: int, number: int, names: Sequence[Named]) -> Reading:
    """The sentence `text[start:stop]`; `names` are the mentions in it, in order and without overlap."""
    words: list[str] = []
    phrases: list[Phrase] = []
    at, named_to = 0, -1
    for match in _TOKEN.finditer(text, start, stop):
        begin, end = match.span()
        while at < len(names) and names[at].start < end:
            name = names[at]
            item = len(words)
            phrases.append(Phrase(Sort.NAME, number, item, name.start, name.stop, name.who, name.words, name.plural))
            words.append(NAME)
            named_to = name.stop
            at += 1
        if begin < named_to:
            continue
        word = match[0]
        lower = word.lower()
        if lower in PRONOUNS and (len(word) == 1 or not word.isupper()):
            phrases.append(Phrase(Sort.PRONOUN, number, len(words), begin, end, lower))
        elif lower in PERSON_NOUNS and (word == lower or (words and words[-1] in _BEFORE_OFFICE)):
            phrases.append(Phrase(Sort.NOUN, number, len(words), begin, end, lower))
        words.append(lower)
    verbs = _verb_groups(words)
    words.append("")
    kept = [phrase for phrase in phrases if phrase.sort is not Sort.NOUN or _is_somebody(words, phrase.item)]
    return Reading(number, words, kept, verbs)


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
        if word != "'s" and is_finite(word) and not (at and words[at - 1] in DETERMINERS):
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
