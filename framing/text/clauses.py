"""Where a reported clause begins and ends."""

from collections.abc import Sequence

from framing.text.attributions import Attribution
from framing.text.tokens import Token
from framing.text.verbs import (
    ARTICLES,
    BARE_WITH_ANY_SUBJECT,
    CLAUSE_STARTERS,
    CLAUSE_VERBS,
    DEEDS,
    FINITE,
    NO_CLAUSE,
    PREPOSITIONS,
    PRONOUNS,
)

_NEW_DOMAIN = frozenset([",", ";", ":", "—", "–", "while", "but", "and", "although", "though", "whereas", "or"])
HARD_STOPS = frozenset(";:.?!")


def first_comma(tokens: Sequence[Token], begin: int, stop: int) -> int:
    """The first comma in `[begin, stop)`, or `stop`."""
    for at in range(begin, stop):
        if tokens[at].text == "," or tokens[at].last == ",":
            return at + tokens[at].is_quote
    return stop


def domain_end(tokens: Sequence[Token], begin: int, later: Sequence[Attribution]) -> int:
    """Where what is reported from `begin` on stops: at the next attribution of its own, a semicolon, the end."""
    stop = len(tokens)
    for other in later:
        # "Qandil, noting that …, said": the subject of the second verb stands before the first.
        opening = other.begin if other.begin > begin else other.verb
        if opening > begin and tokens[opening - 1].lower in _NEW_DOMAIN and not _introduces(tokens, begin, opening):
            stop = opening - 1
            while stop > begin and tokens[stop - 1].lower in _NEW_DOMAIN:
                stop -= 1
            break
    for at in range(begin, stop):
        if tokens[at].text == ";" or _is_narration(tokens, at):
            return at
    return stop


def _introduces(tokens: Sequence[Token], begin: int, opening: int) -> bool:
    # "wrote that after noon on Tuesday, he called Flint": the clause has not begun before the comma.
    opener = tokens[begin].lower
    if tokens[opening - 1].text != "," or not (opener in PREPOSITIONS or opener.endswith("ly")):
        return False
    return not any(t.is_quote or t.lower in FINITE or t.lower.endswith("ed") for t in tokens[begin:opening])


def _is_narration(tokens: Sequence[Token], at: int) -> bool:
    # "…, but declined to say more": the speaker's deeds again, in the journalist's words.
    if tokens[at].lower not in ("but", "and") or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].lower in DEEDS


def is_clause(tokens: Sequence[Token], begin: int, verb: str) -> bool:
    """Whether what begins at `begin` is a clause that `verb` reports without “that”."""
    first = tokens[begin]
    if not first.is_word or first.lower in NO_CLAUSE or first.lower in PREPOSITIONS:
        return False
    if first.lower in ("when", "if", "while") and begin + 1 < len(tokens) and tokens[begin + 1].lower.endswith("ed"):
        return False
    any_subject = verb in BARE_WITH_ANY_SUBJECT
    if not any_subject and not (first.lower in CLAUSE_STARTERS or first.is_name_like):
        return False
    reach = 40 if any_subject else 10
    for at in range(begin + 1, min(begin + reach, len(tokens))):
        token = tokens[at]
        if token.is_quote and at - begin <= 6 and all(t.is_word for t in tokens[begin:at]):
            return True
        if token.text in HARD_STOPS or (not any_subject and token.lower in ("who", "which", "that", ",")):
            return False
        if (token.lower in CLAUSE_VERBS and token.may_be_verb) or (any_subject and _looks_finite(tokens, begin, at)):
            return True
        if first.lower in PRONOUNS | {"they", "there"} and at == begin + 1 and token.is_word:
            return True
    return False


def _looks_finite(tokens: Sequence[Token], begin: int, at: int) -> bool:
    # "attacked", and "needs" in "the party needs a plan".
    word = tokens[at].lower
    if not tokens[at].may_be_verb or word.endswith("ss"):
        return False
    with_noun = at > begin + 1 and (tokens[begin].lower in ARTICLES or tokens[begin].is_name_like)
    return word.endswith("ed") or (with_noun and word.endswith("s") and tokens[at + 1 : at + 2] != [])
