"""Reported judgements in one sentence: who judges, and which words that judgement covers."""

import re
from collections.abc import Iterator, Sequence

from framing.actors.judging.nouns import OPENERS, by_adjective, by_adverb, by_attitude, by_hearsay, by_noun
from framing.actors.judging.parties import NOBODY, Judge, Judged
from framing.actors.judging.verbs import by_verbs
from framing.actors.judging.words import ATTITUDES, HEARSAY, HEDGED, HEDGES, VERBS
from framing.text.tokens import Token

__all__ = ["Judge", "Judged", "judgements", "may_judge"]

_SIGNS = frozenset((*VERBS, *OPENERS, *HEDGES, *ATTITUDES, *HEARSAY, *HEDGED))
_WORD = re.compile(r"[a-z]+")


def may_judge(text: str) -> bool:
    """Whether a sentence has a word that can report a judgement: most have none, and need no tokens."""
    return not _SIGNS.isdisjoint(_WORD.findall(text.lower()))


def judgements(tokens: Sequence[Token], titled: bool = False) -> Iterator[Judged]:
    """Every reported judgement of a sentence, in order; `titled` where words have capitals that are no names."""
    for at, token in enumerate(tokens):
        word = token.text.lower() if titled else token.lower
        found = _at(tokens, at, word, plain=titled or token.may_be_verb or at == 0)
        if found is not None:
            yield _with_another_judge(found)


def _at(tokens: Sequence[Token], at: int, word: str, plain: bool) -> Judged | None:
    """The judgement that the word at `at` reports; `plain` where a capital letter does not make it a name."""
    found = by_verbs(tokens, at, VERBS[word]) if plain and word in VERBS else None
    if found is None and word in OPENERS:
        found = by_noun(tokens, at, word)
    if found is None and word in HEDGES:
        found = by_adverb(tokens, at)
    if found is None and word in ATTITUDES:
        found = by_attitude(tokens, at)
    if found is None and word in HEARSAY:
        found = by_hearsay(tokens, at)
    if found is None and word in HEDGED and plain:
        found = by_adjective(tokens, at)
    return found


def _with_another_judge(found: Judged) -> Judged:
    """Nobody in particular where the judge seemed to be among the judged."""
    own = found.judge.tokens
    inside = own is not None and any(begin < own[1] and own[0] < stop for begin, stop in found.ranges)
    return Judged(NOBODY, found.ranges) if inside else found
