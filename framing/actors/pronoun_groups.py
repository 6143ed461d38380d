"""They, them and their: led to a group that is named in the plural, where nothing else in sight is plural."""

from collections.abc import Iterator, Sequence

from framing.actors.pronoun_phrases import Phrase, Reading, Role, Sort, pairs
from framing.actors.pronoun_roles import is_object_of
from framing.actors.pronoun_words import FEMALE_NOUNS, MALE_NOUNS, NAME, PERSON_NOUNS, PRONOUNS, THIRD


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Kinds whose names are groups of people when they are in the plural ("Houthis", "Israeli forces").
KINDS = frozenset(("people", "government", "army", "party", "armed_group", "agency", "religion", "organisation"))
_PLURAL_HEADS = _words(
    "police taliban troops people british french irish dutch chinese japanese swiss spanish english lebanese "
    "vietnamese portuguese sudanese taiwanese welsh scottish turkish polish danish swedish"
)
_SINGULAR_HEADS = _words(
    "hamas isis affairs nations states services congress emirates kataeb news times reuters games operations sciences "
    "works hizbullah us press house series yes headquarters politics"
)
_NO_PLURALS = _words(
    "as is was has does this its his us yes less unless perhaps always besides across towards news politics thus plus "
    "versus afterwards nevertheless nonetheless economics mathematics whereas congress series means 's ’s hers ours "
    "theirs yours overseas sometimes indeed christmas mr mrs ms mr. mrs. ms."
)
_OTHER_PLURALS = _words(
    "people men women children police others those many some few both we us ourselves you your our parents kids folks "
    "two three four five six seven eight nine ten dozens hundreds thousands anyone someone everyone everybody somebody "
    "anybody nobody whoever one person media data youth staff personnel crew family couple"
)
_ENDINGS = ("ss", "us", "is", "ous")
_ANYBODY = PERSON_NOUNS - MALE_NOUNS - FEMALE_NOUNS
_SINGULAR_SUBJECTS = frozenset((NAME, "who", "which", "that", "it", "he", "she"))
_LEADING = frozenset((Role.SUBJECT, Role.FIRST))
_STRONG = frozenset((Role.SUBJECT, Role.FIRST, Role.OBJECT, Role.BY))
_OPENING = 2


def is_plural_name(name: str) -> bool:
    """Whether a group's name is in the plural."""
    head = name.split()[-1].lower()
    if head in _PLURAL_HEADS:
        return True
    return head.endswith("s") and not name.isupper() and head not in _SINGULAR_HEADS and not head.endswith(("ss", "us"))


class Groups:
    """Whom they stand for, as an article is read from its first sentence on."""

    def __init__(self) -> None:
        self._reading: Reading | None = None
        self._before: Reading | None = None
        self._plurals: list[tuple[int, Phrase | None]] | None = None
        self._meant: dict[int, str] = {}

    def read(self, reading: Reading) -> None:
        """Turns to the next sentence."""
        self._before, self._reading, self._plurals = self._reading, reading, None

    def choose(self, pronoun: Phrase) -> str | None:
        """The actor that `pronoun` plainly stands for: all that is plural so far in its sentence is that actor.

        Where nothing is, and the pronoun opens the sentence, the same is asked of the sentence before.
        """
        assert self._reading is not None
        if self._plurals is None:
            self._plurals = list(_plurals(self._reading))
        here = [(at, phrase) for at, phrase in self._plurals if at < pronoun.item]
        actor = None
        if here:
            actor = self._only(here, pronoun, _STRONG)
            if any(phrase is not None and is_object_of(phrase, pronoun, self._reading) for _, phrase in here):
                actor = None
        elif self._before is not None and self._before.number == pronoun.sentence - 1 and _opens(pronoun):
            actor = self._only(list(_plurals(self._before)), pronoun, _LEADING)
        if actor is not None:
            self._meant[pronoun.start] = actor
        return actor

    def _only(self, things: Sequence[tuple[int, Phrase | None]], pronoun: Phrase, roles: frozenset[Role]) -> str | None:
        """The one actor that all of `things` are, in the pronoun's voice and at least once in one of `roles`."""
        actors: set[str | None] = set()
        strong = False
        for _, phrase in things:
            if phrase is None:
                return None
            named = phrase.sort is Sort.NAME
            actors.add(phrase.who if named else self._meant.get(phrase.start))
            strong = strong or (phrase.role in roles and phrase.quotation == pronoun.quotation)
        return actors.pop() if strong and len(actors) == 1 else None


def _opens(pronoun: Phrase) -> bool:
    return pronoun.item < _OPENING and pronoun.quotation < 0


def _plurals(reading: Reading) -> Iterator[tuple[int, Phrase | None]]:
    """The items of a sentence that "they" may stand for, each with its phrase if it is a group or such a pronoun."""
    phrases = {phrase.item: phrase for phrase in reading.phrases}
    paired = {item for pair in pairs(reading) for item in (pair[0].item, pair[1].item)}
    for at, word in enumerate(reading.words):
        phrase = phrases.get(at)
        if word == NAME:
            if phrase is not None and (phrase.plural or at in paired):
                yield at, None if at in paired else phrase
        elif PRONOUNS.get(word) == "they":
            yield at, phrase
        elif word in _OTHER_PLURALS or word in _ANYBODY or (_is_plural(word) and not _is_third(reading.words, at)):
            yield at, None


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word[-1] == "s" and word not in _NO_PLURALS and not word.endswith(_ENDINGS)


def _is_third(words: Sequence[str], at: int) -> bool:
    """Whether a word in -s is a verb in the singular: its subject is right before it."""
    return words[at] in THIRD and at > 0 and words[at - 1] in _SINGULAR_SUBJECTS
