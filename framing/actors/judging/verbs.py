"""Judgements reported by a verb: "X accused Y of …", "Y was accused by X of …"."""

from collections.abc import Sequence

from framing.actors.judging.parties import (
    ADVERBS,
    NOBODY,
    Judge,
    Judged,
    agent,
    agent_within,
    first_auxiliary,
    subject,
    target_before,
)
from framing.actors.judging.scope import Range, of_content, of_object
from framing.actors.judging.words import MODALS, Form, Judging, Verb, words
from framing.text import speakers
from framing.text.designation import joined
from framing.text.tokens import Token
from framing.text.verbs import BE, CONJUNCTIONS, DAYS, DETERMINERS, FINITE, PREPOSITIONS

_PRONOUNS = words("him her them it us me")
_RELATIVES = words("who whom which that")
_SUBJECT_PRONOUNS = words("he she they")
_SUBJECTS = words("they we who and or but")
_MARKS = ("’s", "'s", "s’", "s'")


def by_verbs(tokens: Sequence[Token], at: int, verbs: Sequence[Verb]) -> Judged | None:
    """The judgement that one of `verbs`, at token `at`, reports."""
    for verb in verbs:
        begin = _past_particles(tokens, at + 1, verb.judging.particles)
        found = _by_verb(tokens, at, begin, verb) if begin is not None and begin < len(tokens) else None
        if found is not None:
            return found
    return None


def _past_particles(tokens: Sequence[Token], at: int, particles: Sequence[str]) -> int | None:
    """Where the object begins: past “out … at”."""
    for number, particle in enumerate(particles):
        stop = at + 1 if number == 0 else at + 4
        following = next((i for i in range(at, min(stop, len(tokens))) if tokens[i].lower == particle), None)
        if following is None:
            return None
        at = following + 1
    return at


def _by_verb(tokens: Sequence[Token], at: int, begin: int, verb: Verb) -> Judged | None:
    first = first_auxiliary(tokens, at)
    following = tokens[begin]
    if verb.form in (Form.PAST, Form.PARTICIPLE):
        passive = any(token.lower in BE for token in tokens[first:at])
        aside = verb.judging.near and at > 0 and tokens[at - 1].text == ","
        opens = following.lower in verb.judging.openers or (verb.judging.near and following.is_quote)
        bare = following.lower == "by" or (opens and (aside or not verb.judging.near))
        bare = bare and "to" not in verb.judging.openers and (first == 0 or tokens[first - 1].lower not in ("i", "we"))
        if passive or bare:
            found = _passive(tokens, first, begin, verb.judging)
            # ", called a liar by X", but "X, who is ill, called a meeting".
            return None if found is not None and not passive and aside and found.judge == NOBODY else found
    if not object_starts(tokens, begin) or _is_noun(tokens, at, first, verb.form):
        return None
    judge = subject(tokens, first, verb.form)
    ranges = of_object(tokens, begin, verb.judging)
    return Judged(judge, ranges) if judge is not None and ranges is not None else None


def object_starts(tokens: Sequence[Token], at: int) -> bool:
    """Whether an object can begin at `at`."""
    token = tokens[at]
    if token.lower.endswith(("self", "selves")):
        return False
    if token.is_quote or token.lower in DETERMINERS | _PRONOUNS | {"what", "how"}:
        return True
    if not token.is_word or token.lower in DAYS | ADVERBS or token.lower.endswith("ly"):
        return False
    if token.is_name_like:
        return True
    return token.lower not in PREPOSITIONS | CONJUNCTIONS | FINITE | {"to", "out", "up", "off", "back"}


def _is_noun(tokens: Sequence[Token], at: int, first: int, form: Form) -> bool:
    """Whether "blame" or "attacks" is a noun here, or "accused" an adjective."""
    before = tokens[at - 1] if at > 0 else None
    if before is None or form is Form.GERUND:
        return False
    if form in (Form.PAST, Form.PARTICIPLE):
        return before.lower in DETERMINERS - {"that"}
    if form is Form.BASE and (first < at or before.lower == "to"):
        return before.lower in DETERMINERS
    if before.lower in DETERMINERS | PREPOSITIONS or before.text.endswith(_MARKS):
        return True
    if before.is_name_like or before.lower in _SUBJECTS:
        return False
    return form is Form.BASE and not before.lower.endswith("s")


def _passive(tokens: Sequence[Token], first: int, begin: int, judging: Judging) -> Judged | None:
    """`Y was accused by X of …`, `Y, accused of …` and `Y, whom X accused of …`."""
    inverted = _relative_object(tokens, first, begin)
    if inverted is not None:
        judge, target = inverted
        return Judged(judge, (*target, *of_content(tokens, begin + 1)))
    at = begin
    while at < len(tokens) - 1 and (tokens[at].lower in ADVERBS or tokens[at].lower.endswith("ly")):
        at += 1
    said = agent(tokens, at) if tokens[at].lower == "by" else None
    at = said[1] if said is not None else at
    opens = at < len(tokens) and (tokens[at].lower in judging.openers or (judging.near and tokens[at].is_quote))
    if (judging.needed and not opens) or (at < len(tokens) and tokens[at].lower in judging.barred):
        return None
    content = of_content(tokens, at + 1) if opens else ()
    if said is None and content:
        within = agent_within(tokens, content[0][0], content[-1][1])
        if within is not None:
            return Judged(within[0], (*target_before(tokens, first), *_without(content, within[1])))
    if said is None and any(token.lower in MODALS for token in tokens[first:begin]):
        # "Y should be blamed": by whom it says, and that is the author.
        return None
    if said is None and judging.needed and not any(token.lower in BE for token in tokens[first:begin]):
        # "Y, once seen as strong, is failing": of Y itself the journalist speaks.
        return Judged(NOBODY, content)
    return Judged(said[0] if said is not None else NOBODY, (*target_before(tokens, first), *content))


def _relative_object(tokens: Sequence[Token], first: int, begin: int) -> tuple[Judge, tuple[Range, ...]] | None:
    if any(token.lower in BE for token in tokens[first:begin]):
        return None
    if first > 0 and tokens[first - 1].lower in _SUBJECT_PRONOUNS:
        # "an issue he described as hard": a pronoun in this form is the subject.
        pronoun = Judge(tokens[first - 1].text, (first - 1, first))
        return (pronoun, target_before(tokens, first - 1)) if first > 1 else None
    found = speakers.before(tokens, first)
    relative = found.begin - 1 if found is not None else -1
    if relative < 1 or tokens[relative].lower not in _RELATIVES:
        return _bare_relative(tokens, first, begin)
    judge = subject(tokens, first, Form.PAST)
    return (judge, target_before(tokens, relative)) if judge is not None else None


def _bare_relative(tokens: Sequence[Token], first: int, begin: int) -> tuple[Judge, tuple[Range, ...]] | None:
    """`a nation Ruiz once described as …`: an adverb or "has" before the verb shows that Ruiz is its subject."""
    name = first
    while name > 0 and tokens[name - 1].is_name_like:
        name -= 1
    begins = name - 1 if name > 0 and tokens[name - 1].lower in DETERMINERS else name
    before = tokens[begins - 1] if begins > 0 else None
    if before is None or name == first or tokens[first].stop >= tokens[begin - 1].start or not before.may_be_verb:
        return None
    if before.lower in PREPOSITIONS | CONJUNCTIONS | DETERMINERS | FINITE:
        return None
    return Judge(joined(tokens, name, first), (name, first)), target_before(tokens, begins)


def _without(ranges: Sequence[Range], spared: Range) -> tuple[Range, ...]:
    parts = [part for a, b in ranges for part in ((a, min(b, spared[0])), (max(a, spared[1]), b))]
    return tuple((a, b) for a, b in parts if a < b)
