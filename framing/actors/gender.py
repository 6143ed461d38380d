"""Whether an actor of an article is a man or a woman, as far as catalogue, names, titles and words beside them tell."""

import re
from collections.abc import Mapping, Sequence

from framing.actors.given_names import FEMALE, MALE, SURNAMES
from framing.actors.mention import Actor, Mention
from framing.actors.pronoun_words import FEMALE_NOUNS, MALE_NOUNS
from framing.seeds.actors import Catalogue


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PERSON = "person"
_MALE = MALE_NOUNS | _words("mr sir father fr brother archbishop monsignor señor herr monsieur signor don")
_FEMALE = FEMALE_NOUNS | _words("mrs ms miss madam dame sister mother señora frau madame signora")
_NO_GENDER = _words(
    "president dr sen senator rep gov governor gen general prime minister judge justice professor prof mayor"
)
# "his wife, Ana Ruiz" stands before, "Ana Ruiz, the actress" after.
_BEFORE = 40
_WORDS_BEFORE = 3
_AFTER = 60
_APPOSITION = re.compile(r",? (?:an?|the|his|her|their|whose) ((?:[\w-]+ ){0,3}[\w-]+)\b(?![’'])")
_SHORT_TITLES = frozenset(("mr.", "mrs.", "ms.", "fr."))
_NO_TITLES = _words("of to and with by for from told met than or but in said at on as")


def of_actors(
    text: str, actors: Mapping[str, Actor], mentions: Sequence[Mention], catalogue: Catalogue
) -> dict[str, str | None]:
    """The gender of each person among the actors: "m", "f", or None where nothing tells.

    Known persons who are neither are left out: he and she do not lead to them.
    """
    found: dict[str, str | None] = {}
    for id, actor in actors.items():
        if actor.kind == PERSON:
            known = catalogue.actors[id].gender if id in catalogue.actors else None
            if known != "x":
                found[id] = known or of_name(actor.name)
    for mention in mentions:
        if found.get(mention.actor, "known") is None:
            span = mention.span
            found[mention.actor] = of_name(span.of(text)) or beside(text, span.start, span.stop)
    return found


def of_name(name: str) -> str | None:
    """The gender that a name shows by itself: by a title or a given name."""
    words = name.lower().replace(".", " ").split()
    while words and words[0] in _NO_GENDER:
        words.pop(0)
    if not words:
        return None
    first = words[0]
    if first in _MALE or first in _FEMALE:
        return "m" if first in _MALE else "f"
    if len(words) == 1 and first in SURNAMES:
        return None
    # "Jean-Claude" is in the list as a whole, "Anne-Marie" by its first part; "David-Simonds" alone is a surname.
    for given in (first, first.partition("-")[0]) if len(words) > 1 else (first,):
        if given in MALE or given in FEMALE:
            return "m" if given in MALE else "f"
    return None


def beside(text: str, start: int, stop: int) -> str | None:
    """The gender that a title or noun shows right before the name `text[start:stop]`, or in apposition after it."""
    if start and text[start - 1] in " ,":
        for word in reversed(text[max(0, start - _BEFORE) : start].lower().rstrip(", ").split()[-_WORDS_BEFORE:]):
            if word in _NO_TITLES or not (word.isalpha() or word in _SHORT_TITLES):
                break
            plain = word.rstrip(".")
            if plain in _MALE or plain in _FEMALE:
                return "m" if plain in _MALE else "f"
    match = _APPOSITION.match(text, stop, stop + _AFTER)
    for word in match[1].lower().split() if match else ():
        if word in _NO_TITLES:
            break
        if word in MALE_NOUNS or word in FEMALE_NOUNS:
            return "m" if word in MALE_NOUNS else "f"
    return None
