"""Regular English inflection of a term; irregular forms are listed in the lexicon.

Rules rather than a dictionary: a wrong extra form ("slayed") is a string that no text contains, a missing one is a
missed hit, so where spelling is undecided ("heros", "heroes") both are made.
"""

import re
from collections.abc import Callable, Iterator

VOWELS = "aeiou"
SIBILANT = ("s", "x", "z", "ch", "sh")
PREPOSITIONS = frozenset(("of", "in", "for", "to", "from", "on", "at", "with", "against", "by"))
_SILENT_U = re.compile(r"qu")
_VOWEL_RUN = re.compile(r"[aeiouy]+")


def surfaces(term: str, pos: str, forms: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Every way `term` is written in a text, the term itself first; hyphens and spaces stay as in the lexicon."""
    return tuple(dict.fromkeys((term, *_regular(term, pos), *forms)))


def phrase_surfaces(phrase: str, pos: str) -> tuple[str, ...]:
    """Every way an `unless` phrase of a term of this `pos` is written: in the plural, and of verbs also inflected."""
    inflected = _verbs(phrase) if pos == "verb" else ()
    return tuple(dict.fromkeys((phrase, *_nouns(phrase), *inflected)))


def plural(noun: str) -> tuple[str, ...]:
    """The plural of one word, in every spelling that may be right."""
    if _ends_consonant_y(noun):
        return (noun[:-1] + "ies",)
    if noun.endswith("is"):
        return (noun[:-2] + "es", noun + "es")
    if noun.endswith("man"):
        return (noun[:-3] + "men", noun + "s")
    if noun.endswith("o"):
        return (noun + "s", noun + "es")
    return (noun + ("es" if noun.endswith(SIBILANT) else "s"),)


def verb_forms(verb: str) -> tuple[str, str, str]:
    """The -s, -ed and -ing form of one regular verb."""
    stem = _doubled(verb)
    if _ends_consonant_y(verb):
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith((*SIBILANT, "o")) else "s")
    if verb.endswith("ie"):
        return third, verb + "d", verb[:-2] + "ying"
    if verb.endswith("e"):
        return third, verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing"
    return third, stem + "ed", stem + "ing"


def _regular(term: str, pos: str) -> Iterator[str]:
    if pos == "noun":
        yield from _nouns(term)
    elif pos == "verb":
        yield from _verbs(term)


def _nouns(term: str) -> Iterator[str]:
    """The last word in the plural, and in "act of war" the word before the preposition."""
    yield from _with_word(term, -1, plural)
    words = re.split(r"[ -]", term)
    head = next((i for i, word in enumerate(words) if i and word in PREPOSITIONS), 0)
    if head and head < len(words) - 1:
        yield from _with_word(term, head - 1, plural)


def _verbs(term: str) -> Iterator[str]:
    first, space, rest = term.partition(" ")
    front, hyphen, verb = first.rpartition("-")
    for form in verb_forms(verb) if verb else ():
        yield front + hyphen + form + space + rest


def _with_word(term: str, index: int, inflect: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    parts = re.split(r"([ -])", term)
    position = index * 2 if index >= 0 else len(parts) - 1
    for form in inflect(parts[position]):
        yield "".join((*parts[:position], form, *parts[position + 1 :]))


def _ends_consonant_y(word: str) -> bool:
    return len(word) > 1 and word.endswith("y") and word[-2] not in VOWELS


def _doubled(verb: str) -> str:
    """The stem before -ed and -ing: "slamm", "panick", "wait"."""
    letters = _SILENT_U.sub("qw", verb)
    if letters.endswith(("ac", "ic")):
        return verb + "k"
    if len(letters) < 3 or letters[-1] in VOWELS + "wxy" or letters[-2] not in VOWELS or letters[-3] in VOWELS:
        return verb
    return verb + verb[-1] if len(_VOWEL_RUN.findall(letters)) == 1 else verb
