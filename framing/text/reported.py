"""What each attribution of a unit answers for: its quotations, and its clauses of indirect speech."""

from collections.abc import Sequence

from framing.text import speakers
from framing.text.attributions import Attribution, find
from framing.text.clauses import HARD_STOPS, domain_end, first_comma, is_clause
from framing.text.designation import Subject
from framing.text.tokens import Token
from framing.text.verbs import (
    ADJACENT,
    ASK,
    BARE,
    CALL,
    DAYS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    SAY,
    SAYING,
    SKIPPED,
    TELL,
    THAT_TIME,
    VIEW,
)

# An unquoted object longer than this stands between "described" and a quotation that is somebody else's.
_REACH = 10
_ESTIMATES = frozenset(["reported", "reports", "estimated", "estimates", "predicted", "predicts"])


def attributions(tokens: Sequence[Token]) -> list[Attribution]:
    """Every attribution of the unit that has words to answer for, or a colon to end with, in order."""
    found = find(tokens)
    for index, attribution in enumerate(found):
        following = found[index + 1 :]
        _claim(tokens, attribution, found[:index], following)
    opens = bool(found) and tokens[-1].text == ":"
    return [own for own in found if own.clauses or own.quotes or (opens and own is found[-1])]


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
    own.nested = any(begin <= own.verb < end for other in earlier for begin, end in other.clauses)
    backward = _claim_backward(tokens, own, floor) if not own.nested else False
    begin = _clause_begin(tokens, own, needs_that=backward)
    stop = domain_end(tokens, begin if begin is not None else own.end, later)
    if begin is not None and (_in_relative_clause(tokens, own.verb) or _in_subordinate_clause(tokens, own)):
        stop = first_comma(tokens, begin, stop)
    if begin is not None and not own.nested:
        own.clauses.append((begin, stop))
    _claim_forward_quotes(tokens, own, stop, selective=backward)
    if not own.clauses and not own.quotes and not own.nested and not earlier:
        _claim_trailing(tokens, own, floor, later)


def _in_relative_clause(tokens: Sequence[Token], verb: int) -> bool:
    at = verb - 1
    while at > 0 and tokens[at].lower in SKIPPED:
        at -= 1
    return at > 0 and tokens[at].lower in ("who", "which")


def _in_subordinate_clause(tokens: Sequence[Token], own: Attribution) -> bool:
    # "When Hale says that it is safe, …": what comes after the comma is the journalist's.
    return own.begin == 1 and tokens[0].lower in ("when", "while", "if", "although", "though", "after", "as", "since")


def _claim_according(tokens: Sequence[Token], own: Attribution, floor: int, later: Sequence[Attribution]) -> None:
    last = tokens[-1].text in ".!?"
    end = own.end
    if end < len(tokens) and tokens[end].text == "," and _is_apposition(tokens, end + 1):
        end = next((at for at in range(end + 1, len(tokens)) if tokens[at].text == ","), len(tokens) - last)
    if own.begin == 0 or (floor <= own.begin <= floor + 2 and tokens[floor].is_word):
        if points_back(tokens, own) or not _goes_on(tokens, end):
            return
        begin = next((at for at in range(end, len(tokens)) if tokens[at].text == ","), end - 1) + 1
        begin = end + 1 if end < len(tokens) and tokens[end].text == "," else begin
        own.clauses.append((begin, domain_end(tokens, begin, later)))
        return
    if floor:
        if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].is_quote:
            own.quotes.append(tokens[end + 1].quote)
        return
    own.clauses.append((floor, own.begin))
    if tokens[own.begin - 1].text == "," and end < len(tokens) and tokens[end].text == ",":
        own.clauses.append((end + 1, domain_end(tokens, end + 1, later)))


def points_back(tokens: Sequence[Token], own: Attribution) -> bool:
    """Whether this is `That’s according to X`, which is about the sentence before."""
    opening = [token.lower.replace("’", "'") for token in tokens[: own.begin]]
    return tokens[own.verb].lower == "according" and (
        opening == ["that's"] or (opening[:1] in (["that"], ["this"]) and opening[1:] in (["is"], ["was"]))
    )


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause can follow the source that ends at `at`, or begins after a comma further on."""
    if at < len(tokens) and tokens[at].is_word and tokens[at].lower in PREPOSITIONS:
        return any(token.text == "," for token in tokens[at:])
    return True


def _is_apposition(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens) or tokens[at].lower not in DETERMINERS | {"who", "which", "whose"} | DAYS:
        return at < len(tokens) and tokens[at].text.isdigit()
    rest = [token.text for token in tokens[at : at + 16]]
    return "," in rest or len(tokens) - at < 16


def _claim_backward(tokens: Sequence[Token], own: Attribution, floor: int) -> bool:
    """Quotation just before the attribution: it, those before it, and the words that lead into it."""
    at = own.begin - 1
    if tokens[own.verb].lower in (CALL | SAYING) - SAY:
        return False
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
        if not own.quotes and not own.clauses and at - own.end > _REACH and tokens[at - 1].is_word:
            continue
        own.quotes.append(tokens[at].quote)


def _clause_begin(tokens: Sequence[Token], own: Attribution, needs_that: bool) -> int | None:
    """Where a reported clause begins after the verb, with or without “that”."""
    verb = tokens[own.verb].lower
    if (verb not in SAY and verb not in SAYING and verb not in VIEW) or tokens[-1].text == "?":
        return None
    that = _that(tokens, own.end, verb)
    if that is not None:
        return that + 1
    if verb in ASK and own.end < len(tokens) and tokens[own.end].lower in ("whether", "if"):
        return own.end
    if verb not in BARE or own.inverted or needs_that:
        return None
    begin = _past_adverbials(tokens, own.end, verb)
    return begin if begin is not None and is_clause(tokens, begin, verb) else None


def _that(tokens: Sequence[Token], begin: int, verb: str) -> int | None:
    for at in range(begin, min(begin + 16, len(tokens) - 1)):
        token = tokens[at]
        if token.lower in ("of", "against", "about", "for"):
            return None
        if token.lower == "that":
            fits = at == begin or (_may_precede(tokens, begin, at, verb) and tokens[at - 1].lower not in PREPOSITIONS)
            if tokens[at + 1].lower in FINITE or tokens[at + 1].lower.endswith("ed"):
                return None
            return at if fits and tokens[at + 1].lower not in THAT_TIME else None
        if token.is_quote or token.text in HARD_STOPS or token.lower in ("who", "which"):
            return None
        if token.lower in FINITE and token.may_be_verb:
            return None
    return None


def _may_precede(tokens: Sequence[Token], begin: int, that: int, verb: str) -> bool:
    """Whether addressee, time or place may stand between the verb and “that”."""
    first = tokens[begin]
    if first.text == ",":
        return tokens[that - 1].text == "," and that > begin + 1
    return verb in TELL or first.lower in PREPOSITIONS | DAYS | SKIPPED


def _circumstance(tokens: Sequence[Token], at: int) -> Subject | None:
    # "in an interview", but "at least one witness".
    if tokens[at].lower not in ("in", "during", "at", "via", "after", "on"):
        return None
    return speakers.after(tokens, at + 1) if [token.lower for token in tokens[at + 1 : at + 2]] != ["least"] else None


def _past_adverbials(tokens: Sequence[Token], at: int, verb: str) -> int | None:
    if verb in TELL:
        addressee = speakers.after(tokens, at)
        at = addressee.end if addressee is not None else at + 1
    while at < len(tokens):
        if tokens[at].lower in DAYS - {"last", "this", "early", "late"} or (
            tokens[at].lower in ("late", "on") and at + 1 < len(tokens) and tokens[at + 1].lower in DAYS
        ):
            at += 1
        elif (phrase := _circumstance(tokens, at)) is not None:
            at = phrase.end
        else:
            return at
    return None


def _claim_trailing(tokens: Sequence[Token], own: Attribution, floor: int, later: Sequence[Attribution]) -> None:
    """`…, the mayor said.`: the clause before, and the rest after a second comma."""
    comma = own.begin - 1
    if comma < floor + 2 or tokens[comma].text not in (",", "—", "–"):
        return
    if tokens[own.verb].lower not in SAY - ADJACENT | _ESTIMATES:
        return
    opener = tokens[floor].lower
    plain = any(token.lower in FINITE or token.is_quote for token in tokens[floor:comma])
    if (opener in PREPOSITIONS or opener.endswith("ing")) and not plain:
        _claim_after_introduction(tokens, own, later)
        return
    following = tokens[own.end] if own.end < len(tokens) else None
    if following is not None and not (_ends_attribution(tokens, own.end)):
        return
    own.clauses.append((floor, comma))
    if following is None or following.text != "," or own.end + 2 >= len(tokens):
        return
    # "…, the bank said, underscoring the need …" and "…, says Ruiz, the mayor" are the journalist's again.
    opener = tokens[own.end + 1].lower
    if not opener.endswith("ing") and not (own.inverted and opener in DETERMINERS | {"who", "which", "whose"}):
        own.clauses.append((own.end + 1, domain_end(tokens, own.end + 1, later)))


def _claim_after_introduction(tokens: Sequence[Token], own: Attribution, later: Sequence[Attribution]) -> None:
    # "In fact, the auditor wrote, officials fretted about …".
    begin = own.end + 1
    if begin < len(tokens) and tokens[own.end].text == "," and is_clause(tokens, begin, "said"):
        own.clauses.append((begin, domain_end(tokens, begin, later)))


def _ends_attribution(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return not token.is_word or token.lower in PREPOSITIONS or token.lower in DAYS
