"""Attributions: where a unit of text says that somebody says something."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from framing.text import sources, speakers
from framing.text.designation import Subject
from framing.text.tokens import Token
from framing.text.verbs import (
    AUTHOR,
    BE,
    CALL,
    CROWD,
    DETERMINERS,
    DOCUMENTS,
    INFER,
    NOT_PEOPLE,
    NOT_SOURCES,
    NOT_WITH_INVERSION,
    OBJECT_NEEDED,
    PREPOSITIONS,
    REPORTING,
    SAY,
    SAYING,
    SAYING_NOUNS,
    SKIPPED,
)


@dataclass(slots=True)
class Attribution:
    """Somebody is said to speak: by the verb at `verb`, or by “according to”.

    Attributes
    ----------
    begin, end : the tokens of the attribution itself; what is reported stands before or after them.
    nested : whether it stands inside what another attribution reports.
    clauses : token ranges of indirect speech.
    quotes : numbers of the quotations that are theirs.
    """

    verb: int
    begin: int
    end: int
    subject: Subject | None
    inverted: bool = False
    nested: bool = False
    clauses: list[tuple[int, int]] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)


def find(tokens: Sequence[Token]) -> list[Attribution]:
    """Every attribution of the unit, in order; what they answer for is still to be filled in."""
    found: list[Attribution] = []
    for at, token in enumerate(tokens):
        attribution = None
        if token.lower in REPORTING and (at == 0 or not token.is_name_like):
            attribution = _by_verb(tokens, at, found)
        elif token.lower == "according" and at + 2 < len(tokens) and tokens[at + 1].lower == "to":
            attribution = _according(tokens, at)
        if attribution is not None:
            found.append(attribution)
    return found


def _by_verb(tokens: Sequence[Token], verb: int, earlier: Sequence[Attribution]) -> Attribution | None:
    if tokens[verb].lower in SAYING_NOUNS and verb > 0 and tokens[verb - 1].lower in DETERMINERS | PREPOSITIONS:
        return None
    passive = _passive(tokens, verb)
    if passive is not None:
        return passive
    if speakers.blocked(tokens, verb) or _is_bare_participle(tokens, verb):
        return None
    subject = _left_subject(tokens, verb)
    if subject is not None:
        return _with_subject(tokens, verb, subject)
    if _may_invert(tokens, verb):
        subject = speakers.after(tokens, verb + 1)
        if subject is not None and _plausible_inverted(tokens, verb, subject):
            return Attribution(verb, verb, subject.end, subject, inverted=True)
        if subject is not None and not sources.is_plausible(subject, tokens):
            # "…,” tweeted an image": an object, and whoever tweeted stands further off.
            return None
    return _elided(tokens, verb, earlier)


def _with_subject(tokens: Sequence[Token], verb: int, subject: Subject) -> Attribution | None:
    if subject.pronoun in AUTHOR:
        return None
    if _is_noun(tokens, verb, subject) or _is_adjective(tokens, subject):
        return None
    if tokens[verb].lower in INFER and not _can_speak(subject):
        return None
    if any(token.lower in NOT_PEOPLE for token in tokens[subject.begin : subject.begin + 3]):
        return None
    return Attribution(verb, subject.begin, verb + 1, subject)


def _is_noun(tokens: Sequence[Token], verb: int, subject: Subject) -> bool:
    # "the interview report", "a police report", but "officials report".
    singular = tokens[subject.begin].lower in ("a", "an", "this", "each", "every", "his", "her", "its")
    return tokens[verb].lower in SAYING_NOUNS and (singular or not _is_plural(subject))


def _is_adjective(tokens: Sequence[Token], subject: Subject) -> bool:
    # "extravagant claims that", "raised fears that": one bare word in the singular is no subject.
    word = tokens[subject.begin]
    lone = subject.end == subject.begin + 1 and subject.name is not None and not subject.proper
    return lone and word.may_be_verb and word.lower not in CROWD and not word.lower.endswith("s")


def _is_plural(subject: Subject) -> bool:
    # "officials report", but "the interview report".
    if subject.name is None:
        return subject.pronoun not in ("he", "she", "it")
    last = subject.name.split()[-1]
    return (last.endswith("s") and last.islower()) or last.lower() in CROWD or " and " in subject.name


def _can_speak(subject: Subject) -> bool:
    if subject.name is None or subject.proper:
        return True
    words = subject.name.lower().split()
    if words[0] in ("source", "person", "official") or words[:2] == ["one", "source"]:
        return True
    return not CROWD.isdisjoint(words) or not DOCUMENTS.isdisjoint(words) or words[-1].endswith(("er", "or", "ist"))


def _left_subject(tokens: Sequence[Token], verb: int) -> Subject | None:
    if tokens[verb].lower not in SAYING:
        return speakers.before(tokens, verb)
    if verb > 0 and tokens[verb - 1].lower in BE:
        return speakers.before(tokens, verb - 1)
    return None


def _passive(tokens: Sequence[Token], verb: int) -> Attribution | None:
    """`described as “peaceful” by the ministry` and `described by the ministry as “peaceful”`."""
    if tokens[verb].lower not in CALL or not _is_bare_participle(tokens, verb):
        return None
    for at in range(verb + 1, min(verb + 6, len(tokens))):
        if tokens[at].lower == "by" and (subject := speakers.after(tokens, at + 1)) is not None:
            quotes = [token.quote for token in tokens[verb : subject.end + 3] if token.is_quote]
            return Attribution(verb, verb, subject.end, subject, quotes=quotes)
        if tokens[at].text in (",", ";", "."):
            return None
    return None


def _is_bare_participle(tokens: Sequence[Token], verb: int) -> bool:
    if tokens[verb].lower not in OBJECT_NEEDED or verb + 1 >= len(tokens):
        return False
    following = tokens[verb + 1]
    if tokens[verb].lower == "referred":
        return verb > 0 and tokens[verb - 1].lower in BE
    if following.is_quote:
        return tokens[verb].lower not in ("described", "hailed")
    return not following.is_word or following.lower in ("as", "by", "of")


def _may_invert(tokens: Sequence[Token], verb: int) -> bool:
    if tokens[verb].lower in NOT_WITH_INVERSION or tokens[verb].lower not in SAY or verb + 1 >= len(tokens):
        return False
    return verb == 0 or tokens[verb - 1].is_quote or tokens[verb - 1].text in (",", "—", "–", "-")


def _plausible_inverted(tokens: Sequence[Token], verb: int, subject: Subject) -> bool:
    after_quote = verb > 0 and (tokens[verb - 1].is_quote or (verb > 1 and tokens[verb - 2].is_quote))
    opener = tokens[subject.begin]
    if subject.pronoun is not None:
        return subject.pronoun not in AUTHOR and after_quote
    return sources.is_plausible(subject, tokens) and (after_quote or subject.proper or opener.lower in DETERMINERS)


def _elided(tokens: Sequence[Token], verb: int, earlier: Sequence[Attribution]) -> Attribution | None:
    if verb == 0 or tokens[verb].lower in ("report", "reports", "state", "states", "claims", "calls", "posts"):
        return None
    joints = ("and", "but", "then", ",", "—", "–") if tokens[verb].lower in SAYING else ("and", "but", "then")
    if _previous_word(tokens, verb) not in joints and not tokens[verb - 1].is_quote:
        return None
    subject = earlier[-1].subject if earlier else speakers.leading(tokens)
    if subject is None or subject.pronoun in AUTHOR:
        return None
    if subject.proper is False and subject.pronoun is None and not earlier and tokens[verb].lower in SAYING:
        return None
    begin = verb
    while begin > 0 and tokens[begin - 1].lower in SKIPPED:
        begin -= 1
    return Attribution(verb, begin, verb + 1, subject)


def _previous_word(tokens: Sequence[Token], at: int) -> str:
    at -= 1
    while at > 0 and tokens[at].lower in SKIPPED - {"then"}:
        at -= 1
    return tokens[at].lower


def _according(tokens: Sequence[Token], at: int) -> Attribution | None:
    subject = speakers.after(tokens, at + 2)
    if subject is None or subject.pronoun in AUTHOR or tokens[at + 2].lower in NOT_SOURCES:
        return None
    if subject.end == subject.begin + 1 and not _is_source(tokens[subject.begin]):
        return None
    return Attribution(at, at, subject.end, subject)


def _is_source(token: Token) -> bool:
    # A single bare noun is a source only in the plural ("officials"), not in "according to height".
    return token.is_name_like or token.lower in CROWD or token.lower.endswith("s")
