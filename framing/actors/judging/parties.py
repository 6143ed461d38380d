"""Who judges and who is judged: subject and agent of a verb, owner of a noun."""

from collections.abc import Sequence
from dataclasses import dataclass

from framing.actors.judging.scope import Range
from framing.actors.judging.words import CONTROLLING, PASTS, UNNAMED, Form, words
from framing.text import attributions, sources, speakers
from framing.text.designation import Subject, designation, joined
from framing.text.tokens import Token
from framing.text.verbs import AUTHOR, BE, CONJUNCTIONS, DAYS, DETERMINERS, FINITE, PREPOSITIONS, SKIPPED

_NEGATIONS = words("not never hardly barely")
ADVERBS = SKIPPED | _NEGATIONS
_JOINTS = frozenset(("and", "but", "then", ",", "or", "—", "–"))
_OPENERS = words("then now still so meanwhile also later once back lastly finally again")
_OWN = frozenset(("my", "our"))
_THEIRS = words("his her their its")
_SUBORDINATE = words("while when although though after before as since because if")
# "a term deemed useful for blaming Y": whoever blames is not the subject of the sentence.
_UNCONTROLLED = words("for of from to at about")
_TIMES = DAYS | words("unlike hour year decade minute")
_MARKS = ("’s", "'s")
_PLURAL_MARKS = ("s’", "s'")
_DEMONYM = ("an", "i", "ish", "ese", "ic", "ch", "ab", "tern")
_AGENT_REACH = 30


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges: the words, and their tokens where they stand in the sentence."""

    words: str
    tokens: Range | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A reported judgement and the token ranges it covers."""

    judge: Judge
    ranges: tuple[Range, ...]


NOBODY = Judge(UNNAMED)


def first_auxiliary(tokens: Sequence[Token], verb: int) -> int:
    """The first of the auxiliaries and adverbs that stand before the verb; `verb` where there are none."""
    first = verb
    while first > 0 and (_is_adverb(tokens[first - 1]) or tokens[first - 1].lower in FINITE):
        first -= 1
    return first


def _is_adverb(token: Token) -> bool:
    return token.lower in ADVERBS or (token.may_be_verb and token.lower.endswith("ly"))


def subject(tokens: Sequence[Token], first: int, form: Form) -> Judge | None:
    """Who judges by the verb whose auxiliaries begin at `first`; None where it is the author of the text."""
    before = tokens[first - 1].lower if first > 0 else ""
    if before == "to":
        return _of_infinitive(tokens, first - 1)
    if before == "who" and (first < 2 or tokens[first - 2].lower in CONJUNCTIONS):
        # "And who could blame Y?"
        return None
    if form is Form.BASE and (not before or before in ("—", "–", ",", ":", ";", "”")):
        # An imperative is the author's.
        return None
    if form is Form.GERUND and not any(token.lower in BE for token in tokens[first : first + 3]):
        return _of_gerund(tokens, first)
    found = speakers.before(tokens, first)
    if found is None or found.begin >= first:
        return _of_main_clause(tokens, first)
    return _judge(found, tokens)


def _of_gerund(tokens: Sequence[Token], first: int) -> Judge | None:
    """`a senator praising Y`: the senator; `Ruiz’s speech praising Y`: Ruiz; `, praising Y`: the main subject."""
    before = tokens[first - 1] if first > 0 else None
    if before is not None and before.lower in _UNCONTROLLED:
        return NOBODY
    if before is None or not before.is_word or before.lower in PREPOSITIONS | CONJUNCTIONS:
        return _of_main_clause(tokens, first)
    if before.is_name_like or sources.can_speak(before.text):
        found = speakers.before(tokens, first)
        if found is not None:
            return _judge(found, tokens)
    return owner(tokens, first - 1) or _of_main_clause(tokens, first)


def _of_infinitive(tokens: Sequence[Token], to: int) -> Judge | None:
    """`urged Israel to condemn`, and `Israel refused to condemn`: Israel."""
    found = speakers.before(tokens, to) if to > 0 else None
    if found is not None and found.begin > 0 and tokens[found.begin - 1].lower in CONTROLLING:
        return _judge(found, tokens)
    opening = _opening(tokens, to)
    # "It is easy to …", "It’s not enough to …": the author says so.
    return None if opening is not None and _is_expletive(tokens[opening.begin :]) else _of_main_clause(tokens, to)


def _of_main_clause(tokens: Sequence[Token], at: int) -> Judge | None:
    """The subject of the clause that opens the sentence, if `at` stands in it, or of the first verb of speech."""
    found = _opening(tokens, at)
    if found is None:
        spoken = (one.subject for one in attributions.find(tokens[:at]))
        found = next((one for one in spoken if one is not None), None)
    return _judge(found, tokens) if found is not None else NOBODY


def _is_expletive(tokens: Sequence[Token]) -> bool:
    return tokens[0].lower in ("it’s", "it's") or (
        tokens[0].lower == "it" and len(tokens) > 1 and tokens[1].lower in BE
    )


def _opening(tokens: Sequence[Token], at: int) -> Subject | None:
    # "Analysis: Ruiz …".
    begin = next((number + 1 for number, token in enumerate(tokens[:4]) if token.text == ":"), 0)
    opener = tokens[0].lower if tokens else ""
    if opener in _OPENERS:
        begin = next((number + 1 for number in range(1, min(6, len(tokens))) if tokens[number].text == ","), 1)
    elif opener in _SUBORDINATE and not any(token.text == "," for token in tokens[1:at]):
        # "While Ruiz stayed and blamed Y, the talks went on."
        begin = 1
    found = speakers.leading(tokens, begin)
    if found is None or found.pronoun is not None:
        return found
    stop = next((at for at in range(found.begin + 1, len(tokens)) if _ends_subject(tokens, at)), len(tokens))
    return designation(tokens, found.begin, stop) or found


def _ends_subject(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if not token.is_word or token.lower in FINITE | SKIPPED or (token.lower in PREPOSITIONS and token.lower != "of"):
        return True
    if token.is_name_like or tokens[at - 1].text.endswith(_MARKS):
        return False
    if token.lower in PASTS or token.lower.endswith(("ly", "ed", "ing")):
        return True
    goes_on = at + 1 < len(tokens) and tokens[at + 1].is_name_like
    return tokens[at - 1].is_name_like and not goes_on and not sources.can_speak(token.text)


def _judge(found: Subject, tokens: Sequence[Token]) -> Judge | None:
    own = tokens[found.begin].lower in _OWN or (found.name or "").lower() in AUTHOR
    if found.pronoun in AUTHOR or own:
        return None
    if found.pronoun is not None:
        return Judge(joined(tokens, found.begin, found.end), (found.begin, found.end))
    name = sources.name_of(found, tokens)
    if name is not None and name.lower().removesuffix("s") in _TIMES:
        return NOBODY
    return Judge(name, (found.begin, found.end)) if name is not None else NOBODY


def agent(tokens: Sequence[Token], at: int) -> tuple[Judge, int] | None:
    """Who stands after `by` or `from` at `at`, and where that ends."""
    found = speakers.after(tokens, at + 1)
    if found is not None and not found.proper:
        # "lawmakers for failing users": the reason is no part of who they are.
        stop = next((i for i in range(found.begin, found.end) if tokens[i].lower == "for"), found.end)
        found = designation(tokens, found.begin, stop)
    if found is None or not sources.is_plausible(found, tokens):
        return None
    judge = _judge(found, tokens)
    return (judge, found.end) if judge is not None else None


def agent_within(tokens: Sequence[Token], begin: int, stop: int) -> tuple[Judge, Range] | None:
    """The `by` phrase in `[begin, stop)` that belongs to the passive, and not to a verb within what is said."""
    for at in range(begin, min(stop, begin + _AGENT_REACH)):
        before = tokens[at - 1]
        participle = before.may_be_verb and before.lower.endswith(("ed", "en", "wn", "ught", "stand", "standing"))
        if tokens[at].lower == "by" and (at == begin or not participle):
            found = agent(tokens, at)
            if found is not None:
                return found[0], (at, found[1])
    return None


def owner(tokens: Sequence[Token], noun: int) -> Judge | None:
    """Whose the noun is: `Ruiz’s latest criticism`, `his criticism`, `Turkish criticism`; None where not said."""
    at = noun - 1
    while at >= 0 and noun - at < 5 and tokens[at].may_be_verb and _is_modifier(tokens[at]):
        at -= 1
    if at < 0 or noun - at > 4:
        return None
    token = tokens[at]
    if token.lower in _THEIRS:
        return Judge(token.text, (at, at + 1))
    if token.text.endswith((*_MARKS, *_PLURAL_MARKS)):
        return _possessor(tokens, at)
    if token.is_name_like and at == noun - 1 and at > 0 and token.text.endswith(_DEMONYM):
        return Judge(token.text, (at, at + 1))
    return None


def is_authors(tokens: Sequence[Token], noun: int) -> bool:
    """Whether the noun is the author's own: `my criticism`."""
    return any(token.lower in _OWN for token in tokens[max(0, noun - 3) : noun])


def _is_modifier(token: Token) -> bool:
    taken = DETERMINERS | PREPOSITIONS | FINITE
    return token.lower not in taken and not token.text.endswith((*_MARKS, *_PLURAL_MARKS))


def _possessor(tokens: Sequence[Token], at: int) -> Judge:
    begin = at
    while begin > 0 and tokens[begin - 1].is_name_like and tokens[begin - 1].lower not in PREPOSITIONS | DETERMINERS:
        begin -= 1
    name = joined(tokens, begin, at + 1)
    for mark in _MARKS:
        name = name.removesuffix(mark)
    return Judge(name.rstrip("’'"), (begin, at + 1))


def target_before(tokens: Sequence[Token], stop: int) -> tuple[Range, ...]:
    """The tokens of whoever is judged, before `stop` or, where the sentence opens with the participle, after it."""
    if stop == 0:
        comma = next((at for at in range(1, min(len(tokens), 25)) if tokens[at].text == ","), None)
        found = speakers.after(tokens, comma + 1) if comma is not None else None
        return ((found.begin, found.end),) if found is not None else ()
    if tokens[stop - 1].text == ",":
        return _wide(tokens, speakers.before(tokens, stop) or speakers.before(tokens, stop - 1))
    return _wide(tokens, speakers.before(tokens, stop))


def _wide(tokens: Sequence[Token], found: Subject | None) -> tuple[Range, ...]:
    """A subject with what is joined to it: `Israel, the US and Britain`."""
    if found is None:
        return ()
    begin = found.begin
    while begin > 1 and tokens[begin - 1].text in (",", "and", "or") and tokens[begin - 2].is_name_like:
        begin -= 2
        while begin > 0 and tokens[begin - 1].is_name_like:
            begin -= 1
    return ((begin, found.end),)
