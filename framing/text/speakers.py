"""Who speaks: the noun phrase before or after a verb of speech."""

from collections.abc import Sequence

from framing.text import sources
from framing.text.designation import (
    Subject,
    designation,
    joined,
    name_run,
)
from framing.text.tokens import Token
from framing.text.verbs import (
    BE,
    BLOCKING,
    COMMON_VERBS,
    CONJUNCTIONS,
    CROWD,
    DAYS,
    DETERMINERS,
    FINITE,
    KEPT_PREPOSITIONS,
    NAME_PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    ROLES,
    SAYING_NOUNS,
    SKIPPED,
    TITLES,
    WITH_COMPLEMENT,
)

_MAX_TOKENS = 14


def before(tokens: Sequence[Token], verb: int) -> Subject | None:
    """The subject to the left of the verb, if a noun phrase ends there."""
    last = verb - 1
    while last >= 0 and _skipped(tokens, last):
        last -= 1
    if last < 0 or tokens[last].is_quote or tokens[last].text.endswith(("’s", "'s", "s’")):
        return None
    if tokens[last].lower in ("who", "which"):
        relative = last
        last -= 1
        if last >= 0 and tokens[last].text == ",":
            last -= 1
        return _antecedent(tokens, last, tokens[relative].lower)
    if tokens[last].text in (",", ")", "—", "–"):
        return _before_apposition(tokens, last)
    return _past_relative(tokens, _ending_at(tokens, last))


def _past_relative(tokens: Sequence[Token], found: Subject | None) -> Subject | None:
    """`Vendors who worked on the project said`: the vendors."""
    if found is None or found.begin < 2 or tokens[found.begin - 1].lower != "who":
        return found
    first = tokens[found.begin]
    opens_phrase = first.is_name_like or first.lower in DETERMINERS | PRONOUNS | CROWD | ROLES
    if opens_phrase or not tokens[found.begin - 2].is_word:
        return found
    return _antecedent(tokens, found.begin - 2, "who")


def _antecedent(tokens: Sequence[Token], last: int, relative: str) -> Subject | None:
    """What `who` or `which` refers to."""
    if last >= 0 and tokens[last].lower in ("those", "anyone", "people", "others"):
        return Subject(last, last + 1, None, "those")
    found = _nearest_name(tokens, last) or _ending_at(tokens, last)
    if found is None or found.proper or (relative == "who" and sources.is_plausible(found, tokens)):
        return found
    start = max((at + 1 for at in range(found.begin, last) if tokens[at].lower in PREPOSITIONS), default=found.begin)
    return designation(tokens, start, last + 1)


def _nearest_name(tokens: Sequence[Token], last: int) -> Subject | None:
    if last < 0 or not tokens[last].is_name_like:
        return None
    run = name_run(tokens, max(0, last - 6), last + 1)
    if run is None:
        return None
    if run[0] > 1 and tokens[run[0] - 1].lower in ("of", "in") and tokens[run[0] - 2].is_name_like:
        return _nearest_name(tokens, run[0] - 2)
    return Subject(run[0], last + 1, joined(tokens, *run), None, True)


def blocked(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb is negated, hypothetical, an infinitive or passive, and so reports nobody's words."""
    at = verb - 1
    while at >= 0 and (_skipped(tokens, at) or tokens[at].lower in BLOCKING | BE):
        if tokens[at].lower in BLOCKING:
            return True
        if tokens[at].lower in BE and not tokens[verb].lower.endswith("ing"):
            return True
        at -= 1
    return at >= 0 and tokens[at].lower == "that" and (at == 0 or not tokens[at - 1].is_word) and at == verb - 1


def after(tokens: Sequence[Token], begin: int) -> Subject | None:
    """The noun phrase that begins at `begin`, with a name that stands in apposition to it."""
    end = begin
    while end < len(tokens) and end - begin < _MAX_TOKENS and _continues(tokens, begin, end):
        end += 1
    if end == begin:
        return None
    subject = designation(tokens, begin, end)
    if subject is None or subject.proper or subject.pronoun:
        return subject
    if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].is_name_like:
        other = after(tokens, end + 1)
        if other is not None and other.proper and _closes(tokens, other.end):
            return Subject(begin, other.end, other.name, None, True)
    return subject


def leading(tokens: Sequence[Token], begin: int = 0) -> Subject | None:
    """The subject the sentence opens with, past an introductory phrase, where it is plain."""
    first = _past_introduction(tokens, begin)
    end = first
    while end < len(tokens) and end - first < 7 and _is_nominal(tokens, first, end):
        end += 1
    if end == first or end >= len(tokens) or tokens[first].lower.endswith("ing"):
        return None
    subject = designation(tokens, first, end)
    if subject is not None and not subject.proper and not subject.pronoun and tokens[end].text == ",":
        return after(tokens, first)
    return subject


def _past_introduction(tokens: Sequence[Token], begin: int) -> int:
    opens = tokens[begin].lower if begin < len(tokens) else ""
    if opens in PREPOSITIONS or opens in CONJUNCTIONS or opens.endswith("ing") or opens.endswith("ly"):
        for at in range(begin + 1, min(len(tokens), begin + 25)):
            if tokens[at].text == ",":
                return at + 1
        return begin + 1 if opens in ("but", "and") else begin
    return begin


def _is_nominal(tokens: Sequence[Token], first: int, at: int) -> bool:
    token = tokens[at]
    if not token.is_word or token.lower in FINITE or token.lower in CONJUNCTIONS:
        return False
    if token.lower in PREPOSITIONS and token.lower not in KEPT_PREPOSITIONS:
        return False
    if token.is_name_like or token.lower in DETERMINERS or token.lower in PRONOUNS or at == first:
        return True
    if token.lower in REPORTING or token.lower.endswith("ed"):
        return False
    previous = tokens[at - 1]
    if previous.text.endswith(("’s", "'s", "s’")):
        return True
    if previous.lower in PRONOUNS or (previous.is_name_like and previous.lower not in DETERMINERS):
        return token.lower in TITLES | ROLES | CROWD or token.lower in NAME_PARTICLES
    return True


def _skipped(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.lower in SKIPPED or (token.lower.endswith("ly") and not token.is_name_like):
        return True
    return token.lower in DAYS or (token.lower in ("on", "in") and tokens[at + 1].lower in DAYS)


def _continues(tokens: Sequence[Token], begin: int, at: int) -> bool:
    token = tokens[at]
    if not token.is_word or token.lower in FINITE or token.lower in DAYS:
        return False
    if token.lower == "and":
        return at + 1 < len(tokens) and tokens[at - 1].is_name_like and tokens[at + 1].is_name_like
    if token.lower in CONJUNCTIONS or (token.lower in REPORTING - SAYING_NOUNS and token.may_be_verb):
        return False
    if token.lower in PREPOSITIONS:
        kept = token.lower in KEPT_PREPOSITIONS or tokens[at - 1].lower in WITH_COMPLEMENT
        return kept and at > begin and not tokens[at - 1].is_name_like
    if token.lower in SKIPPED and token.may_be_verb and at > begin:
        return False
    if token.lower in DETERMINERS and at > begin:
        return tokens[at - 1].lower in PREPOSITIONS
    if token.lower in PRONOUNS:
        return at == begin
    return at == begin or tokens[at - 1].lower not in PRONOUNS or _is_count(tokens, at - 1)


def _is_count(tokens: Sequence[Token], at: int) -> bool:
    # "one source", but "one said".
    return tokens[at].lower == "one" and tokens[at + 1].is_word and tokens[at + 1].lower not in PREPOSITIONS


def _closes(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or not tokens[at].is_word


def _before_apposition(tokens: Sequence[Token], comma: int) -> Subject | None:
    """`Ana Ruiz, the mayor, said` and `the mayor, Ana Ruiz, said`; `comma` is the second one."""
    opening = comma - 1
    mark = tokens[comma].text
    marks = ("(", ";", ":") if mark == ")" else (mark, ";", ":")
    while opening > 0 and not tokens[opening].is_quote and tokens[opening].text not in marks:
        opening -= 1
    if opening <= 0 or tokens[opening].text not in (",", "(", "—", "–") or comma - opening > 16:
        return None
    inserted = tokens[opening + 1]
    outer = _ending_at(tokens, opening - 1)
    if outer is None or outer.pronoun or not inserted.is_word:
        return None
    inner = designation(tokens, opening + 1, comma)
    if not outer.proper and inner is not None and inner.proper and inserted.is_name_like:
        return Subject(outer.begin, comma + 1, inner.name, None, True)
    if not outer.proper and outer.begin > 1 and tokens[outer.begin - 1].text == ",":
        deeper = _before_apposition(tokens, outer.begin - 1) or _ending_at(tokens, outer.begin - 2)
        if deeper is not None and deeper.proper:
            return Subject(deeper.begin, comma + 1, deeper.name, None, True)
    if not outer.proper and opening - outer.begin > 8:
        return None
    return Subject(outer.begin, comma + 1, outer.name, None, outer.proper)


def _ending_at(tokens: Sequence[Token], last: int) -> Subject | None:
    """The noun phrase whose last token is `last`."""
    first = last + 1
    while first > 0 and last + 1 - first < _MAX_TOKENS and _belongs(tokens, first - 1, last):
        first -= 1
    if first > last:
        return None
    return designation(tokens, _past_adverbials(tokens, first, last + 1), last + 1)


def _belongs(tokens: Sequence[Token], at: int, last: int) -> bool:
    token = tokens[at]
    if not token.is_word:
        return token.text == "'" or token.text == "’"
    if token.lower == "and":
        return _joins_names(tokens, at, last)
    if token.lower in CONJUNCTIONS and token.lower != "as":
        return False
    if token.lower in PRONOUNS:
        return at == last or (token.lower == "one" and _is_count(tokens, at))
    if token.lower in REPORTING and not token.is_name_like:
        return token.lower in SAYING_NOUNS
    return token.lower not in FINITE and token.lower not in COMMON_VERBS


def _joins_names(tokens: Sequence[Token], at: int, last: int) -> bool:
    if at == 0 or at == last:
        return False
    left, right = tokens[at - 1], tokens[at + 1]
    lone = at == 1 or not tokens[at - 2].is_word
    return (left.is_name_like and right.is_name_like) or lone


def _past_adverbials(tokens: Sequence[Token], first: int, stop: int) -> int:
    """Where the noun phrase begins, past `On Monday` or `In a statement`."""
    best = first
    for at in range(first, stop):
        opens = tokens[at].lower in DETERMINERS and tokens[at].lower != "that"
        follows_preposition = at > first and tokens[at - 1].lower in PREPOSITIONS
        if opens and at > first and not follows_preposition:
            best = at
    if best == first and tokens[first].lower in PREPOSITIONS:
        with_article = first + 2 < stop and tokens[first + 1].lower in DETERMINERS
        best = first + 1 if with_article else _last_run(tokens, first, stop)
    while best < stop - 1 and (tokens[best].lower in SKIPPED | DAYS or tokens[best].lower.endswith("ly")):
        best += 1
    return best


def _last_run(tokens: Sequence[Token], first: int, stop: int) -> int:
    at = stop - 1
    while at > first + 1 and tokens[at - 1].is_name_like and tokens[at - 1].lower not in DAYS:
        at -= 1
    return at
