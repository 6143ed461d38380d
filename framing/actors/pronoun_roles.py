"""What a phrase is in its sentence: subject, object, owner, after a preposition; by the words beside it, no parser."""

from collections.abc import Sequence

from framing.actors.pronoun_phrases import Phrase, Reading, Role, Sort, pairs
from framing.actors.pronoun_words import (
    ADVERBS,
    AUXILIARIES,
    BASES,
    COORDINATORS,
    DETERMINERS,
    FINITE,
    GERUNDS,
    MARKS,
    NAME,
    PREPOSITIONS,
    PRONOUNS,
    SAYS,
    SUBORDINATORS,
    is_finite,
    is_verb,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SUBJECT = frozenset(("he", "she", "they"))
_OBJECT = frozenset(("him", "them", "hers", "theirs"))
_REFLEXIVE = frozenset(("himself", "herself", "themselves"))
_OWNER = frozenset(("his", "their"))
# After a verb these make a pronoun its object; "behind her" may be herself.
_OF_VERBS = _words("to about against for of at by")
_AFTER_TO = frozenset(("to", "not")) | AUXILIARIES
# Prepositions that also open a clause: "after Ana left".
_OPENERS = _words("after before since as until till than like once")
_CLOSING = {",": ",", "(": ")", "—": "—", "–": "–", "-": "-", "[": "]"}
_OPEN_QUOTES = frozenset(("“", '"', "`", "‘"))
_OWN_ROLES = {"of": Role.OF, "by": Role.BY, "with": Role.WITH}
_PREPOSITIONAL = frozenset((Role.OF, Role.BY, Role.WITH, Role.PREPOSITION))
_OF_PHRASE = _words("of in from at on for with")
# After "her" these can begin what is owned, though they are adverbs or determiners elsewhere.
_OWNED = _words(
    "own first second last past long further only one two three four five several many other most more then former "
    "late still now once"
)
_AFTER_IS = _words("been not a an the going got also")
_NO_MODIFIED = PREPOSITIONS | SUBORDINATORS | COORDINATORS | ADVERBS | PRONOUNS.keys()
_NO_OWNED = _NO_MODIFIED | DETERMINERS | AUXILIARIES
_OUTSIDE = MARKS | PREPOSITIONS | COORDINATORS | SUBORDINATORS | FINITE | GERUNDS | PRONOUNS.keys() | {NAME}

_LONGEST_TITLE = 8
_LONGEST_OF_PHRASE = 9
_LONGEST_PAIR = 8
_LONGEST_INSERTION = 25


def assign(reading: Reading) -> None:
    """Sets the roles of the phrases of `reading`."""
    for phrase in reading.phrases:
        if phrase.sort is Sort.PRONOUN:
            _assign_pronoun(phrase, reading.words)
        else:
            _assign_name(phrase, reading.words)
    for left, right in pairs(reading):
        left.paired = right.paired = True
        if right.role is Role.COORDINATED or (
            left.role in _PREPOSITIONAL and "," not in _between(reading, left, right)
        ):
            right.role = left.role


def is_object_of(subject: Phrase, pronoun: Phrase, reading: Reading) -> bool:
    """Whether the pronoun is an object in the clause of that subject, and so somebody else."""
    if subject.role not in (Role.SUBJECT, Role.FIRST) or not _is_object(pronoun, reading.words):
        return False
    if subject.sentence != pronoun.sentence or subject.item > pronoun.item:
        return False
    between = reading.words[subject.item + 1 : pronoun.item]
    return NAME not in between and reading.verbs_between(subject.item, pronoun.item) <= 1


def _is_object(pronoun: Phrase, words: Sequence[str]) -> bool:
    """Whether it is the object of a verb, "talk to him" included."""
    at = pronoun.item
    if pronoun.role is Role.PREPOSITION and at > 1:
        return words[at - 1] in _OF_VERBS and is_verb(words[at - 2])
    return pronoun.role is Role.OBJECT


def _between(reading: Reading, left: Phrase, right: Phrase) -> Sequence[str]:
    return reading.words[left.item + 1 : right.item]


def _assign_pronoun(phrase: Phrase, words: Sequence[str]) -> None:
    word, at = phrase.who, phrase.item
    before = words[at - 1] if at else ""
    if word in _SUBJECT:
        verb = _verb_after(words, at + 1)
        phrase.role = Role.SUBJECT
        phrase.says = before in SAYS if verb < 0 else words[verb] in SAYS
    elif word in _REFLEXIVE:
        phrase.role = Role.REFLEXIVE
    elif word in _OWNER or (word == "her" and _owns(words[at + 1])):
        phrase.role = Role.OWNER
    elif before in PREPOSITIONS or before == "and":
        phrase.role = Role.PREPOSITION
    else:
        phrase.role = Role.OBJECT


def _owns(after: str) -> bool:
    """Whether "her" before this word is a possessive."""
    if after in _OPEN_QUOTES or after in _OWNED:
        return True
    return after[:1].isalnum() and after not in _NO_OWNED


def _assign_name(phrase: Phrase, words: Sequence[str]) -> None:
    at = phrase.item
    after = words[at + 1]
    if _is_owner(words, at + 1):
        phrase.role = Role.OWNER
        return
    left = _left(words, at)
    before = words[left] if left >= 0 else ""
    verb = _verb_after(words, at + 1)
    if verb < 0 and before in _CLOSING and after == _CLOSING[before]:
        # "The mayor, Ana Ruiz, was ill."
        verb = _finite(words, _past_adverbs(words, at + 2))
    elif phrase.plural and after in BASES:
        verb = at + 1
    if before in PREPOSITIONS and not (verb >= 0 and before in _OPENERS):
        phrase.role = _OWN_ROLES.get(before, Role.PREPOSITION)
        phrase.says = before == "to" and left > 0 and words[left - 1] == "according"
    elif before in SAYS and (left == 0 or words[left - 1] in MARKS):
        phrase.role, phrase.says = Role.SUBJECT, True
    elif verb >= 0:
        phrase.role, phrase.says = Role.SUBJECT, words[verb] in SAYS
    elif before and before not in MARKS and is_verb(before):
        phrase.role = Role.OBJECT
    elif before in COORDINATORS:
        phrase.role = Role.COORDINATED
    elif phrase.sort is Sort.NAME and after[:1].isalpha() and after not in _NO_MODIFIED:
        phrase.role = Role.MODIFIER
    elif left < 0:
        phrase.role = Role.FIRST
    elif before in _CLOSING:
        phrase.role = Role.APPOSITION


def _is_owner(words: Sequence[str], at: int) -> bool:
    """Whether the item is a possessive "'s" and no short "is" or "has"."""
    if words[at] in ("'", "’"):
        return words[at + 1][:1].isalpha()
    if words[at] not in ("'s", "’s"):
        return False
    return not (words[at + 1] in _AFTER_IS or words[at + 1] in GERUNDS)


def _left(words: Sequence[str], at: int) -> int:
    """The first item to the left that is no title or other part of the phrase; -1 if there is none."""
    left = at - 1
    while left >= 0 and at - left < _LONGEST_TITLE:
        word, before = words[left], words[left - 1] if left else ""
        if word in _OUTSIDE or (word in BASES and before in _AFTER_TO):
            break
        if word.endswith("ed") and is_finite(word) and before not in DETERMINERS:
            break
        left -= 1
    return left


def _verb_after(words: Sequence[str], at: int) -> int:
    """The finite verb of a phrase that ends before item `at`; -1 if none is in sight."""
    at = _past_adverbs(words, at)
    word = words[at]
    if is_finite(word) or _takes_object(words, at) or word in ("who", "which", "whose"):
        return at
    if word in _CLOSING:
        return _verb_past_insertion(words, at)
    if word in COORDINATORS:
        verb = _first_verb(words, at + 1, at + _LONGEST_PAIR)
        return verb if verb > at + 1 else -1
    return _first_verb(words, at + 1, at + _LONGEST_OF_PHRASE) if word in _OF_PHRASE else -1


def _first_verb(words: Sequence[str], at: int, stop: int) -> int:
    for place in range(at, min(stop, len(words))):
        word = words[place]
        if word in MARKS or word in SUBORDINATORS or word in PRONOUNS:
            return -1
        if is_finite(word):
            return place
    return -1


def _takes_object(words: Sequence[str], at: int) -> bool:
    """Whether a word in -s that is in no list is a verb: an object follows ("Ana babysits the twins")."""
    word = words[at]
    if len(word) < 4 or word[-1] != "s" or word[-2] == "s":
        return False
    after = words[at + 1]
    return after == NAME or after in DETERMINERS or after in PRONOUNS


def _past_adverbs(words: Sequence[str], at: int) -> int:
    while words[at] in ADVERBS or (words[at].endswith("ly") and len(words[at]) > 4):
        at += 1
    return at


def _verb_past_insertion(words: Sequence[str], at: int) -> int:
    """The verb after what stands between two commas, dashes or brackets, the first at `at`."""
    if words[at + 1] == "who":
        return at + 1
    closing = _CLOSING[words[at]]
    for place in range(at + 1, min(at + _LONGEST_INSERTION, len(words) - 1)):
        if words[place] in (";", ":") or words[place] in _OPEN_QUOTES:
            return -1
        if words[place] == closing:
            verb = _finite(words, _past_adverbs(words, place + 1))
            if verb >= 0:
                return verb
    return -1


def _finite(words: Sequence[str], at: int) -> int:
    return at if is_finite(words[at]) else -1
