"""Attributions in a unit of text, and the words each of them answers for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from framing.text import speakers
from framing.text.speakers import Subject
from framing.text.tokens import Token
from framing.text.verbs import (
    ADJACENT,
    ASK,
    AUTHOR,
    BARE,
    BARE_WITH_ANY_SUBJECT,
    BE,
    CALL,
    CLAUSE_STARTERS,
    CROWD,
    DOCUMENTS,
    INFER,
    DAYS,
    DETERMINERS,
    FINITE,
    NOT_PEOPLE,
    NOT_WITH_INVERSION,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAY,
    SAYING,
    SKIPPED,
    TELL,
    VIEW,
)

_OBJECT_NEEDED = frozenset(
    "called described dubbed branded labeled labelled characterised characterized referred accused deemed "
    "nicknamed hailed".split()
)
_NEW_DOMAIN = frozenset(", ; : — – while but and although though whereas or".split())
_DEEDS = frozenset("declined refused gave offered provided stopped walked left thanked".split())
_NOT_SOURCES = frozenset("plan plans law rules schedule whether how what custom tradition taste".split())
_HARD_STOPS = frozenset(";:.?!")
_NO_CLAUSE = frozenset("to so nothing something goodbye thanks yes no hello sorry of about as little much more".split())


@dataclass(slots=True)
class Attribution:
    """Somebody is said to speak: by the verb at `verb`, or by “according to”.

    Attributes
    ----------
    begin, end : the tokens of the attribution itself; what is reported stands before or after them.
    clauses : token ranges of indirect speech.
    quotes : numbers of the quotations that are theirs.
    """

    verb: int
    begin: int
    end: int
    subject: Subject | None
    inverted: bool = False
    clauses: list[tuple[int, int]] = field(default_factory=list)
    quotes: list[int] = field(default_factory=list)


def attributions(tokens: Sequence[Token]) -> list[Attribution]:
    """Every attribution of the unit that has words to answer for, in order."""
    found: list[Attribution] = []
    for at, token in enumerate(tokens):
        attribution = None
        if token.lower in REPORTING and (at == 0 or not token.is_name_like):
            attribution = _by_verb(tokens, at, found)
        elif token.lower == "according" and at + 2 < len(tokens) and tokens[at + 1].lower == "to":
            attribution = _according(tokens, at)
        if attribution is not None:
            found.append(attribution)
    for index, attribution in enumerate(found):
        following = found[index + 1 :]
        _claim(tokens, attribution, found[:index], following)
    opens = bool(found) and tokens[-1].text == ":"
    return [own for own in found if own.clauses or own.quotes or (opens and own is found[-1])]


def _by_verb(tokens: Sequence[Token], verb: int, earlier: Sequence[Attribution]) -> Attribution | None:
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
    return _elided(tokens, verb, earlier)


def _with_subject(tokens: Sequence[Token], verb: int, subject: Subject) -> Attribution | None:
    if subject.pronoun in AUTHOR:
        return None
    if tokens[verb].lower in INFER and not _can_speak(subject):
        return None
    if any(token.lower in NOT_PEOPLE for token in tokens[subject.begin : subject.begin + 3]):
        return None
    return Attribution(verb, subject.begin, verb + 1, subject)


def _can_speak(subject: Subject) -> bool:
    if subject.name is None or subject.proper:
        return True
    words = subject.name.lower().split()
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
    if tokens[verb].lower not in _OBJECT_NEEDED or verb + 1 >= len(tokens):
        return False
    following = tokens[verb + 1]
    if tokens[verb].lower == "referred":
        return verb > 0 and tokens[verb - 1].lower in BE
    return following.is_quote or not following.is_word or following.lower in ("as", "by", "of")


def _may_invert(tokens: Sequence[Token], verb: int) -> bool:
    if tokens[verb].lower in NOT_WITH_INVERSION or tokens[verb].lower not in SAY or verb + 1 >= len(tokens):
        return False
    return verb == 0 or tokens[verb - 1].is_quote or tokens[verb - 1].text in (",", "—", "–", "-")


def _plausible_inverted(tokens: Sequence[Token], verb: int, subject: Subject) -> bool:
    after_quote = verb > 0 and (tokens[verb - 1].is_quote or (verb > 1 and tokens[verb - 2].is_quote))
    opener = tokens[subject.begin]
    if subject.pronoun is not None:
        return subject.pronoun not in AUTHOR and after_quote
    return after_quote or subject.proper or opener.lower in DETERMINERS


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
    if subject is None or subject.pronoun in AUTHOR or tokens[at + 2].lower in _NOT_SOURCES:
        return None
    if subject.end == subject.begin + 1 and not _is_source(tokens[subject.begin]):
        return None
    return Attribution(at, at, subject.end, subject)


def _is_source(token: Token) -> bool:
    # A single bare noun is a source only in the plural ("officials"), not in "according to height".
    return token.is_name_like or token.lower in CROWD or token.lower.endswith("s")


def _claim(
    tokens: Sequence[Token], own: Attribution, earlier: Sequence[Attribution], later: Sequence[Attribution]
) -> None:
    """Fills in the clauses and quotations `own` answers for."""
    if own.quotes:
        return
    floor = max((end for other in earlier for _, end in [*other.clauses, (0, other.end)]), default=0)
    if tokens[own.verb].lower == "according":
        _claim_according(tokens, own, floor, later)
        return
    nested = any(begin <= own.verb < end for other in earlier for begin, end in other.clauses)
    backward = _claim_backward(tokens, own, floor) if not nested else False
    begin = _clause_begin(tokens, own)
    stop = _domain_end(tokens, begin if begin is not None else own.end, later)
    if begin is not None and _in_relative_clause(tokens, own.verb):
        stop = next((at for at in range(begin, stop) if tokens[at].text == ","), stop)
    if begin is not None and not nested:
        own.clauses.append((begin, stop))
    _claim_forward_quotes(tokens, own, stop, selective=backward)
    if not own.clauses and not own.quotes and not nested and not earlier:
        _claim_trailing(tokens, own, floor)


def _in_relative_clause(tokens: Sequence[Token], verb: int) -> bool:
    at = verb - 1
    while at > 0 and tokens[at].lower in SKIPPED:
        at -= 1
    return at > 0 and tokens[at].lower in ("who", "which")


def _claim_according(tokens: Sequence[Token], own: Attribution, floor: int, later: Sequence[Attribution]) -> None:
    last = tokens[-1].text in ".!?"
    end = own.end
    if end < len(tokens) and tokens[end].text == "," and _is_apposition(tokens, end + 1):
        end = next((at for at in range(end + 1, len(tokens)) if tokens[at].text == ","), len(tokens) - last)
    if own.begin == floor == 0 or own.begin <= floor + 1:
        begin = next((at for at in range(end, len(tokens)) if tokens[at].text == ","), end - 1) + 1
        begin = end + 1 if end < len(tokens) and tokens[end].text == "," else begin
        own.clauses.append((begin, _domain_end(tokens, begin, later)))
        return
    if floor:
        return
    own.clauses.append((floor, own.begin))
    if tokens[own.begin - 1].text == "," and end < len(tokens) and tokens[end].text == ",":
        own.clauses.append((end + 1, _domain_end(tokens, end + 1, later)))


def _is_apposition(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens) or tokens[at].lower not in DETERMINERS | {"who", "which", "whose"} | DAYS:
        return at < len(tokens) and tokens[at].text.isdigit()
    rest = [token.text for token in tokens[at : at + 16]]
    return "," in rest or len(tokens) - at < 16


def _claim_backward(tokens: Sequence[Token], own: Attribution, floor: int) -> bool:
    """Quotation just before the attribution: it, those before it, and the words that lead into it."""
    at = own.begin - 1
    if at >= 0 and tokens[at].text in (",", "—", "–", "-"):
        at -= 1
    if at < floor or not tokens[at].is_quote:
        return False
    own.quotes += [token.quote for token in tokens[floor : at + 1] if token.is_quote]
    first = next(index for index in range(floor, at + 1) if tokens[index].is_quote)
    leads_in = first > floor and tokens[first - 1].is_word
    if leads_in and not any(token.text == ":" for token in tokens[floor:first]):
        own.clauses.append((floor, at + 1))
    return True


def _claim_forward_quotes(tokens: Sequence[Token], own: Attribution, stop: int, selective: bool) -> None:
    beside = selective or tokens[own.verb].lower in ADJACENT | VIEW
    for at in range(own.end, stop):
        if not tokens[at].is_quote or tokens[at].quote in own.quotes:
            continue
        if beside and at > own.end and tokens[at - 1].is_word:
            continue
        own.quotes.append(tokens[at].quote)


def _domain_end(tokens: Sequence[Token], begin: int, later: Sequence[Attribution]) -> int:
    """Where what is reported from `begin` on stops: at the next attribution of its own, a semicolon, the end."""
    stop = len(tokens)
    for other in later:
        if other.begin > begin and tokens[other.begin - 1].lower in _NEW_DOMAIN:
            stop = other.begin - 1
            while stop > begin and tokens[stop - 1].lower in _NEW_DOMAIN:
                stop -= 1
            break
    for at in range(begin, stop):
        if tokens[at].text == ";" or _is_narration(tokens, at):
            return at
    return stop


def _is_narration(tokens: Sequence[Token], at: int) -> bool:
    # "…, but declined to say more": the speaker's deeds again, in the journalist's words.
    if tokens[at].lower not in ("but", "and") or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].lower in _DEEDS


def _clause_begin(tokens: Sequence[Token], own: Attribution) -> int | None:
    """Where a reported clause begins after the verb, with or without “that”."""
    verb = tokens[own.verb].lower
    if verb not in SAY and verb not in SAYING and verb not in VIEW:
        return None
    that = _that(tokens, own.end, verb)
    if that is not None:
        return that + 1
    if verb in ASK and own.end < len(tokens) and tokens[own.end].lower in ("whether", "if"):
        return own.end
    if verb not in BARE or own.inverted:
        return None
    begin = _past_adverbials(tokens, own.end, verb)
    return begin if begin is not None and _is_clause(tokens, begin, verb) else None


def _that(tokens: Sequence[Token], begin: int, verb: str) -> int | None:
    for at in range(begin, min(begin + 16, len(tokens) - 1)):
        token = tokens[at]
        if token.lower in ("of", "against", "about", "for"):
            return None
        if token.lower == "that":
            return at if tokens[at + 1].lower not in DAYS and (at == begin or _may_precede(tokens, begin, verb)) else None
        if token.is_quote or token.text in _HARD_STOPS or token.lower in FINITE or token.lower in ("who", "which"):
            return None
    return None


def _may_precede(tokens: Sequence[Token], begin: int, verb: str) -> bool:
    first = tokens[begin]
    return verb in TELL or first.lower in PREPOSITIONS | DAYS | SKIPPED or first.text == ","


def _past_adverbials(tokens: Sequence[Token], at: int, verb: str) -> int | None:
    if verb in TELL:
        addressee = speakers.after(tokens, at)
        at = addressee.end if addressee is not None else at + 1
    while at < len(tokens):
        if tokens[at].lower in DAYS - {"last", "this", "early", "late"} or tokens[at].lower in ("late", "on") and at + 1 < len(tokens) and tokens[at + 1].lower in DAYS:
            at += 1
        elif tokens[at].lower in ("in", "during", "at", "via", "after", "on") and (phrase := speakers.after(tokens, at + 1)):
            at = phrase.end
        else:
            return at
    return None


def _is_clause(tokens: Sequence[Token], begin: int, verb: str) -> bool:
    first = tokens[begin]
    if not first.is_word or first.lower in _NO_CLAUSE or first.lower in PREPOSITIONS:
        return False
    any_subject = verb in BARE_WITH_ANY_SUBJECT
    if not any_subject and not (first.lower in CLAUSE_STARTERS or first.is_name_like):
        return False
    reach = 40 if any_subject else 10
    for at in range(begin + 1, min(begin + reach, len(tokens))):
        token = tokens[at]
        if token.is_quote and at - begin <= 6 and all(t.is_word for t in tokens[begin:at]):
            return True
        if token.text in _HARD_STOPS or (not any_subject and token.lower in ("who", "which", "that", ",")):
            return False
        if token.lower in FINITE or (any_subject and token.lower.endswith("ed") and not token.is_name_like):
            return True
        if first.lower in PRONOUNS | {"they", "there"} and at == begin + 1 and token.is_word:
            return True
    return False


def _claim_trailing(tokens: Sequence[Token], own: Attribution, floor: int) -> None:
    """`…, the mayor said.`: the clause before, and the rest after a second comma."""
    comma = own.begin - 1
    if comma < floor + 2 or tokens[comma].text not in (",", "—", "–") or tokens[own.verb].lower not in SAY:
        return
    opener = tokens[floor].lower
    plain = any(token.lower in FINITE or token.is_quote for token in tokens[floor:comma])
    if (opener in PREPOSITIONS or opener.endswith("ing")) and not plain:
        return
    following = tokens[own.end] if own.end < len(tokens) else None
    if following is not None and not (_ends_attribution(tokens, own.end)):
        return
    own.clauses.append((floor, comma))
    if following is not None and following.text == "," and own.end + 2 < len(tokens):
        own.clauses.append((own.end + 1, len(tokens)))


def _ends_attribution(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return not token.is_word or token.lower in PREPOSITIONS or token.lower in DAYS
