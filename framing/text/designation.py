"""The shortest full designation in a noun phrase: a name without its titles, or a role without its article."""

from collections.abc import Sequence
from dataclasses import dataclass

from framing.text.tokens import Token
from framing.text.verbs import (
    ARTICLES,
    CROWD,
    DETERMINERS,
    KEPT_PREPOSITIONS,
    NAME_PARTICLES,
    ORGANISATION,
    PREPOSITIONS,
    PRONOUNS,
    TITLES,
    WITH_COMPLEMENT,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase at tokens `[begin, end)`; `name` is None for a pronoun, which is in `pronoun` then."""

    begin: int
    end: int
    name: str | None
    pronoun: str | None = None
    proper: bool = False


def designation(tokens: Sequence[Token], begin: int, end: int) -> Subject | None:
    """The shortest full designation in tokens `[begin, end)`."""
    if begin >= end or (end == begin + 1 and tokens[begin].text.isdigit()):
        return None
    pronoun = tokens[begin].lower.replace("’", "'").partition("'")[0]
    if pronoun in PRONOUNS and end - begin == 1:
        return Subject(begin, end, None, pronoun)
    if _has_complement(tokens, begin, end):
        return _role(tokens, begin, end, end)
    head = _head_end(tokens, begin, end)
    run = _titled_after_of(tokens, head, end) or name_run(tokens, begin, head)
    if run is not None:
        run = run[0], _organisation_end(tokens, run[1], end)
        return Subject(begin, end, joined(tokens, *run), None, True)
    return _role(tokens, begin, end, head)


def _has_complement(tokens: Sequence[Token], begin: int, end: int) -> bool:
    # "sources close to Voss" are not Voss.
    return any(
        tokens[at].lower in WITH_COMPLEMENT and tokens[at].may_be_verb and tokens[at + 1].lower in PREPOSITIONS
        for at in range(begin + 1, end - 1)
    )


def _head_end(tokens: Sequence[Token], begin: int, end: int) -> int:
    for at in range(begin + 1, end):
        token = tokens[at]
        if token.lower in PREPOSITIONS and tokens[at - 1].lower in WITH_COMPLEMENT:
            continue
        if token.lower in PREPOSITIONS or not token.is_word or _is_participle(tokens, begin, at):
            return at
    return end


def _is_participle(tokens: Sequence[Token], begin: int, at: int) -> bool:
    # "sources cited by", "a report published on", but "the retired pilot".
    followed = at + 1 < len(tokens) and tokens[at + 1].lower in PREPOSITIONS
    return at > begin + 1 - (tokens[begin].lower not in ARTICLES) and tokens[at].lower.endswith("ed") and followed


def name_run(tokens: Sequence[Token], begin: int, head: int) -> tuple[int, int] | None:
    """The capitalised words the head ends with, without titles."""
    first = head
    while first > begin and _in_name(tokens, first - 1, head):
        first -= 1
    while first < head and (not tokens[first].is_name_like or tokens[first].lower in DETERMINERS):
        first += 1
    for at in range(head - 1, first - 1, -1):
        if tokens[at].lower in ORGANISATION:
            break
        if at == head - 1 and _is_surname(tokens, first, at):
            continue
        if tokens[at].lower in TITLES or tokens[at].text.endswith(("’s", "'s")):
            first = at + 1
            break
    if first >= head or (tokens[first].lower in CROWD and first == begin):
        return None
    return first, head


def _is_surname(tokens: Sequence[Token], first: int, at: int) -> bool:
    # "Peter King", but "Prime Minister" and "the King".
    return at > first and tokens[at - 1].is_name_like and tokens[at - 1].lower not in TITLES


def _titled_after_of(tokens: Sequence[Token], head: int, end: int) -> tuple[int, int] | None:
    # "Secretary of State John Kerry", "Institutes of Health Director Francis Collins".
    if head + 1 >= end or tokens[head].lower != "of" or not tokens[head - 1].is_name_like:
        return None
    run = name_run(tokens, head + 1, end)
    return run if run is not None and run[0] > head + 1 else None


def _organisation_end(tokens: Sequence[Token], head: int, end: int) -> int:
    # "Department of Justice", "University of the Arts".
    if head >= end or tokens[head].lower != "of" or tokens[head - 1].lower not in ORGANISATION:
        return head
    at = head + 1
    while at < end and (tokens[at].is_name_like or tokens[at].lower in ("the", "and")):
        at += 1
    return at


def _in_name(tokens: Sequence[Token], at: int, head: int) -> bool:
    token = tokens[at]
    if token.is_name_like or (token.is_quote and at < head - 1):
        return True
    return token.lower in NAME_PARTICLES and at < head - 1 and tokens[at + 1].is_word


def _role(tokens: Sequence[Token], begin: int, end: int, head: int) -> Subject | None:
    first = begin
    while first < head - 1 and tokens[first].lower in ARTICLES:
        first += 1
    if tokens[first].lower in ARTICLES | PREPOSITIONS or end - first > 9:
        return None
    stop = head
    if head < end and tokens[head].lower in KEPT_PREPOSITIONS:
        stop = head + 1
        while stop < end and (tokens[stop].lower in KEPT_PREPOSITIONS or tokens[stop].lower not in PREPOSITIONS):
            stop += 1
    return Subject(begin, end, joined(tokens, first, stop), None, False)


def joined(tokens: Sequence[Token], begin: int, end: int) -> str:
    """The tokens `[begin, end)` as they are written."""
    parts = [tokens[begin].text]
    for left, right in zip(tokens[begin:end], tokens[begin + 1 : end], strict=False):
        parts.append(" " * min(1, right.start - left.stop) + right.text)
    return "".join(parts)
