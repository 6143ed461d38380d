"""What each attribution of a unit answers for: its quotations, and its clauses of indirect speech."""

from collections.abc import Sequence

from framing.text import speakers
from framing.text.attributions import Attribution, find
from framing.text.tokens import Token
from framing.text.verbs import (
    ADJACENT,
    ARTICLES,
    ASK,
    BARE,
    BARE_WITH_ANY_SUBJECT,
    CALL,
    CLAUSE_STARTERS,
    CLAUSE_VERBS,
    DAYS,
    DEEDS,
    DETERMINERS,
    FINITE,
    NO_CLAUSE,
    PREPOSITIONS,
    PRONOUNS,
    SAY,
    SAYING,
    SKIPPED,
    TELL,
    THAT_TIME,
    VIEW,
)

_NEW_DOMAIN = frozenset([",", ";", ":", "—", "–", "while", "but", "and", "although", "though", "whereas", "or"])
# An unquoted object longer than this stands between "described" and a quotation that is somebody else's.
_REACH = 10
_ESTIMATES = frozenset(["reported", "reports", "estimated", "estimates", "predicted", "predicts"])
_HARD_STOPS = frozenset(";:.?!")


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
    stop = _domain_end(tokens, begin if begin is not None else own.end, later)
    if begin is not None and (_in_relative_clause(tokens, own.verb) or _in_subordinate_clause(tokens, own)):
        stop = _first_comma(tokens, begin, stop)
    if begin is not None and not own.nested:
        own.clauses.append((begin, stop))
    _claim_forward_quotes(tokens, own, stop, selective=backward)
    if not own.clauses and not own.quotes and not own.nested and not earlier:
        _claim_trailing(tokens, own, floor, later)


def _first_comma(tokens: Sequence[Token], begin: int, stop: int) -> int:
    for at in range(begin, stop):
        if tokens[at].text == "," or tokens[at].last == ",":
            return at + tokens[at].is_quote
    return stop


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
        own.clauses.append((begin, _domain_end(tokens, begin, later)))
        return
    if floor:
        return
    own.clauses.append((floor, own.begin))
    if tokens[own.begin - 1].text == "," and end < len(tokens) and tokens[end].text == ",":
        own.clauses.append((end + 1, _domain_end(tokens, end + 1, later)))


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


def _domain_end(tokens: Sequence[Token], begin: int, later: Sequence[Attribution]) -> int:
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
    return begin if begin is not None and _is_clause(tokens, begin, verb) else None


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
        if token.is_quote or token.text in _HARD_STOPS or token.lower in ("who", "which"):
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


def _past_adverbials(tokens: Sequence[Token], at: int, verb: str) -> int | None:
    if verb in TELL:
        addressee = speakers.after(tokens, at)
        at = addressee.end if addressee is not None else at + 1
    while at < len(tokens):
        if tokens[at].lower in DAYS - {"last", "this", "early", "late"} or (
            tokens[at].lower in ("late", "on") and at + 1 < len(tokens) and tokens[at + 1].lower in DAYS
        ):
            at += 1
        elif tokens[at].lower in ("in", "during", "at", "via", "after", "on") and (
            phrase := speakers.after(tokens, at + 1)
        ):
            at = phrase.end
        else:
            return at
    return None


def _is_clause(tokens: Sequence[Token], begin: int, verb: str) -> bool:
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
        if token.text in _HARD_STOPS or (not any_subject and token.lower in ("who", "which", "that", ",")):
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
        own.clauses.append((own.end + 1, _domain_end(tokens, own.end + 1, later)))


def _claim_after_introduction(tokens: Sequence[Token], own: Attribution, later: Sequence[Attribution]) -> None:
    # "In fact, the auditor wrote, officials fretted about …".
    begin = own.end + 1
    if begin < len(tokens) and tokens[own.end].text == "," and _is_clause(tokens, begin, "said"):
        own.clauses.append((begin, _domain_end(tokens, begin, later)))


def _ends_attribution(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return not token.is_word or token.lower in PREPOSITIONS or token.lower in DAYS
