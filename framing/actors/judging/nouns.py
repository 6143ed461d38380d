"""Judgements reported by a noun, an adjective or an adverb: "X’s criticism of Y", "the alleged attack", "allegedly"."""

from collections.abc import Mapping, Sequence

from framing.actors.judging.parties import (
    NOBODY,
    Judged,
    agent,
    first_auxiliary,
    is_authors,
    owner,
    subject,
    target_before,
)
from framing.actors.judging.scope import Range, of_content
from framing.actors.judging.verbs import object_starts
from framing.actors.judging.words import (
    ALLEGATIONS,
    BOUND_NOUNS,
    COMING,
    DEEDS,
    GIVING,
    NOT_RECEIVED,
    NOUNS,
    OWNED,
    PASTS,
    RECEIVING,
    UNDER,
    VERBAL,
    Form,
    words,
)
from framing.text.tokens import Token
from framing.text.verbs import BE, CONJUNCTIONS, DETERMINERS, PREPOSITIONS

OPENERS: Mapping[str, frozenset[str]] = {**NOUNS, **BOUND_NOUNS, **DEEDS}
_RELATIVES = words("who whom which that")
_STOPS = frozenset(",.;:—–?!…")
_GIVING_REACH = 6
_HEDGED_REACH = 10


def by_adverb(tokens: Sequence[Token], at: int) -> Judged:
    """`Y allegedly met …`: all of the clause."""
    return Judged(NOBODY, (*_clause_before(tokens, at), *of_content(tokens, at + 1, clause=True)))


def by_noun(tokens: Sequence[Token], at: int, word: str) -> Judged | None:
    """`X’s criticism of Y`, `Y faces accusations by X`."""
    if is_authors(tokens, at):
        return None
    giving, receiving = _verb_before(tokens, at, GIVING), _verb_before(tokens, at, RECEIVING)
    verbal = any(token.lower in VERBAL for token in tokens[max(0, at - 3) : at])
    if (word in BOUND_NOUNS and (receiving if word in UNDER else giving) is None) or (word in DEEDS and not verbal):
        return None
    if word in NOT_RECEIVED:
        receiving = None
    openers = OPENERS[word]
    begin, judge = at + 1, owner(tokens, at)
    if begin < len(tokens) and tokens[begin].lower in ("by", "from"):
        said = agent(tokens, begin)
        begin, judge = (said[1], said[0]) if said is not None else (begin, judge)
    opens = begin + 1 < len(tokens) and tokens[begin].lower in openers
    if opens and word in ALLEGATIONS and tokens[begin].lower == "of" and tokens[begin + 1].is_name_like:
        return None
    content = of_content(tokens, begin if tokens[begin].lower == "that" else begin + 1) if opens else ()
    target = target_before(tokens, _receiver_end(tokens, receiving)) if receiving is not None else ()
    if (word in UNDER and not opens) or not (content or target):
        return None
    if judge is None and giving is None and receiving is None and word in OWNED:
        return None
    if judge is None and giving is not None:
        form = Form.GERUND if tokens[giving].lower.endswith("ing") else Form.PAST
        judge = subject(tokens, first_auxiliary(tokens, giving), form)
        if judge is None:
            return None
    return Judged(judge or NOBODY, (*target, *content))


def _verb_before(tokens: Sequence[Token], noun: int, verbs: frozenset[str]) -> int | None:
    for at in range(noun - 1, max(-1, noun - 1 - _GIVING_REACH), -1):
        if tokens[at].text in _STOPS or tokens[at].lower in _RELATIVES:
            return None
        if tokens[at].lower in verbs:
            return at
        if tokens[at].may_be_verb and tokens[at].lower.endswith("ed"):
            # "rejected", "denied": another verb has the noun as its object.
            return None
    return None


def _receiver_end(tokens: Sequence[Token], receiving: int) -> int:
    # "has come under": the subject ends before "has".
    if tokens[receiving].lower == "under" and receiving > 0 and tokens[receiving - 1].lower in COMING:
        receiving -= 1
    return first_auxiliary(tokens, receiving)


def by_attitude(tokens: Sequence[Token], at: int) -> Judged | None:
    """`X is critical of Y`."""
    first = first_auxiliary(tokens, at)
    if at + 1 >= len(tokens) or tokens[at + 1].lower != "of" or not any(t.lower in BE for t in tokens[first:at]):
        return None
    judge = subject(tokens, first, Form.PAST)
    return Judged(judge, of_content(tokens, at + 2)) if judge is not None else None


def by_hearsay(tokens: Sequence[Token], at: int) -> Judged | None:
    """`Y is alleged to have …`: nobody in particular says so."""
    first = first_auxiliary(tokens, at)
    if not any(token.lower in BE for token in tokens[first:at]):
        return None
    said = agent(tokens, at + 1) if at + 1 < len(tokens) and tokens[at + 1].lower == "by" else None
    judge, begin = said if said is not None else (NOBODY, at + 1)
    if begin >= len(tokens) or tokens[begin].lower != "to":
        return None
    return Judged(judge, (*target_before(tokens, first), *of_content(tokens, begin + 1, clause=True)))


def by_adjective(tokens: Sequence[Token], at: int) -> Judged | None:
    """`the alleged attack by Y`, `suspected Y fighters`."""
    before = tokens[at - 1] if at > 0 else None
    if before is not None and (before.is_name_like and before.lower not in PREPOSITIONS | DETERMINERS):
        return None
    if at + 1 >= len(tokens) or not tokens[at + 1].is_word or not object_starts(tokens, at + 1):
        return None
    if tokens[at].lower == "accused" and (tokens[at + 1].lower in PASTS or tokens[at + 1].lower.endswith("ed")):
        return None
    stop = at + 1 + _HEDGED_REACH
    stop = next((i for i in range(at + 1, min(stop, len(tokens))) if tokens[i].text == ","), stop)
    return Judged(NOBODY, tuple((a, min(b, stop)) for a, b in of_content(tokens, at + 1) if a < stop))


def _clause_before(tokens: Sequence[Token], hedge: int) -> tuple[Range, ...]:
    """The words of the clause before an adverb like “allegedly”."""
    at = hedge
    while at > 0 and tokens[at - 1].text not in _STOPS and tokens[at - 1].lower not in CONJUNCTIONS - {"as"}:
        at -= 1
    if at > 0 and tokens[at - 1].lower in ("who", "which", "that"):
        return (*target_before(tokens, at - 1), (at, hedge))
    return ((at, hedge),) if at < hedge else ()
