"""A lexicon as data, and its compiled copy: plain JSON with every inflected form, quick to read in a cold process."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.errors import UsageError
from framing.seeds.inflect import phrase_surfaces, surfaces

POS = ("noun", "verb", "adjective", "adverb", "phrase")
FAMILIES = ("wording", "stance", "frame", "structure")
TERMS, SCARE_QUOTE, AGENTLESS_PASSIVE = KINDS = ("terms", "scare_quote", "agentless_passive")
COMPILED = 1


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a lexicon.

    Attributes
    ----------
    plain : the plainer alternative, if the lexicon is a contrast set.
    unless : longer phrases in which the term does not count.
    forms : irregular forms of the whole term.
    surfaces, blockers : the term and its `unless` phrases in every inflected form. A bundle carries them, so that a
        later change of the rules does not change what it finds; made by rule when left out.
    """

    term: str
    pos: str
    plain: str | None = None
    unless: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = field(default=(), repr=False, compare=False)
    blockers: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.surfaces:
            object.__setattr__(self, "surfaces", surfaces(self.term, self.pos, self.forms))
            blockers = (form for phrase in self.unless for form in phrase_surfaces(phrase, self.pos))
            object.__setattr__(self, "blockers", tuple(dict.fromkeys(blockers)))


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what the lexicon finds in it, in order, as written there; negated hits are found too."""

    text: str
    match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of one kind of lexical marker.

    `signs` maps an axis to the only direction, 1 or -1, in which a hit may push it.
    """

    name: str
    gloss: str
    family: str
    kind: str
    source: str
    licence: str
    as_of: str
    signs: Mapping[str, int] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    examples: tuple[Example, ...] = ()


def n_terms(lexicons: Iterable[Lexicon]) -> int:
    """How many different terms the lexicons list, each counted once a lexicon."""
    return sum(len({term.term for term in lexicon.terms}) for lexicon in lexicons)


def n_surfaces(lexicons: Iterable[Lexicon]) -> int:
    """How many different written forms the lexicons look for."""
    return len({form for lexicon in lexicons for term in lexicon.terms for form in term.surfaces})


def to_json(lexicons: Sequence[Lexicon]) -> dict[str, Any]:
    """The lexicons as plain data, inflected forms included."""
    return {"compiled": COMPILED, "lexicons": [_lexicon_dict(lexicon) for lexicon in lexicons]}


def from_json(data: Mapping[str, Any]) -> tuple[Lexicon, ...]:
    """The lexicons that `to_json` wrote."""
    if data.get("compiled") != COMPILED:
        raise UsageError(f"seeds.json: compiled version {data.get('compiled')!r}, expected {COMPILED}; compile again")
    return tuple(_lexicon_from(entry) for entry in data["lexicons"])


HEADER = ("name", "gloss", "family", "kind", "source", "licence", "as_of")


def _lexicon_dict(lexicon: Lexicon) -> dict[str, Any]:
    return {
        **{key: getattr(lexicon, key) for key in HEADER},
        "signs": dict(lexicon.signs),
        "terms": [[t.term, t.pos, t.plain, *map(list, _lists(t))] for t in lexicon.terms],
        "examples": [[example.text, list(example.match)] for example in lexicon.examples],
    }


def _lists(term: Term) -> tuple[tuple[str, ...], ...]:
    return term.unless, term.forms, term.surfaces, term.blockers


def _lexicon_from(entry: Mapping[str, Any]) -> Lexicon:
    return Lexicon(
        **{key: entry[key] for key in HEADER},
        signs=dict(entry["signs"]),
        terms=tuple(Term(row[0], row[1], row[2], *map(tuple, row[3:])) for row in entry["terms"]),
        examples=tuple(Example(text, tuple(match)) for text, match in entry["examples"]),
    )
