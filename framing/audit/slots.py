"""Sentences with slots for names: "{A} kept {A.his} word" and a name make a sentence and the places of the name.

============== =================================== =========================
slot           becomes                             of "the police", plural
============== =================================== =========================
{A}            the name with its article           the police
{A's}          its possessive                      the police's
{A.bare}       the name without its article        police
{A.last}       the last name; {A.last's} too       police
{A.adj miners} the adjective with its noun         (needs an adjective)
{A.his}        a pronoun: he, him, his, himself    their
{A:has|have}   what fits one, what fits several    have
============== =================================== =========================
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from framing.article import Span
from framing.errors import UsageError

ARTICLE = "the "
_SLOT = re.compile(
    r"\{([A-Z])(?:\.(?P<form>\w+))?(?P<own>'s)?(?: (?P<noun>[^{}|]+))?(?::(?P<one>[^{}|]*)\|(?P<many>[^{}|]*))?\}"
)
_STARTS = re.compile(r"(?:^|[.!?][\"”]? )[\"“]?$")
_PRONOUNS = {
    "f": {"he": "she", "him": "her", "his": "her", "himself": "herself"},
    "m": {"he": "he", "him": "him", "his": "his", "himself": "himself"},
    "plural": {"he": "they", "him": "them", "his": "their", "himself": "themselves"},
    "thing": {"he": "it", "him": "it", "his": "its", "himself": "itself"},
}


@dataclass(frozen=True, slots=True)
class SwapName:
    """A name that can stand in a slot.

    Attributes
    ----------
    name : with its article, where it has one: "the police".
    adjective : "Polish" for "Poles".
    last : the name a person is called by the second time.
    gender : "f", "m", or None for what is neither.
    groups : what the name is reported together with, such as "women".
    """

    name: str
    adjective: str | None = None
    last: str | None = None
    plural: bool = False
    gender: str | None = None
    groups: tuple[str, ...] = ()

    @property
    def bare(self) -> str:
        """The name without its article."""
        return self.name.removeprefix(ARTICLE)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence with names in its slots, and where each slot's name stands in it."""

    text: str
    spans: Mapping[str, tuple[Span, ...]]


def slots_of(form: str) -> frozenset[str]:
    """The letters of the slots in a form.

    Raises
    ------
    UsageError
        A brace that opens no slot.
    """
    if set(_SLOT.sub("", form)) & {*"{}"}:
        raise UsageError("a brace that is no slot; write {A}, {A's}, {A.his}, {A.adj miners} or {A:has|have}")
    return frozenset(match[1] for match in _SLOT.finditer(form))


def fill(form: str, names: Mapping[str, SwapName]) -> Filled:
    """The form with these names in its slots."""
    text, position = "", 0
    spans: dict[str, list[Span]] = {slot: [] for slot in names}
    for match in _SLOT.finditer(form):
        text += form[position : match.start()]
        name, position = names[match[1]], match.end()
        article, mention, rest = _words(match, name)
        start = len(text) + len(article)
        if mention:
            spans[match[1]].append(Span(start, start + len(mention)))
        written = article + mention + rest
        text += written[:1].upper() + written[1:] if _STARTS.search(text) else written
    return Filled(text + form[position:], {slot: tuple(found) for slot, found in spans.items()})


def _words(match: re.Match[str], name: SwapName) -> tuple[str, str, str]:
    """What a slot becomes: an article, the words that name the actor, and what follows them."""
    if match["one"] is not None:
        return "", "", match["many"] if name.plural else match["one"]
    form = match["form"]
    if form in _PRONOUNS["thing"]:
        kind = "plural" if name.plural else name.gender or "thing"
        return "", "", _PRONOUNS[kind][form]
    mention = _mention(form, name, match["noun"])
    possessive = "" if not match["own"] else "'" if name.plural and mention.endswith("s") else "'s"
    return (ARTICLE if form is None and name.name != name.bare else ""), mention, possessive


def _mention(form: str | None, name: SwapName, noun: str | None) -> str:
    if form is None or form == "bare":
        return name.bare
    if form == "last":
        return name.last or name.bare.split()[-1]
    if form == "adj" and name.adjective:
        return f"{name.adjective} {noun}" if noun else name.adjective
    raise UsageError(f"no form {form!r} of {name.name!r}; give it an adjective or write the sentence without")
