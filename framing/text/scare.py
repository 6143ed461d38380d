"""What words in quotation marks are: speech, a scare quote, or a title or nickname."""

from collections.abc import Collection, Sequence
from enum import Enum

from framing.article import Kind
from framing.text import sources
from framing.text.quotes import Quotation
from framing.text.titles import is_name, is_nickname, is_programme, near_work, title_case
from framing.text.tokens import Token
from framing.text.verbs import (
    BE,
    CALL,
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENTS,
    FINITE,
    NOT_PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    SAY,
    SAYING,
    SKIPPED,
    VIEW,
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# More words than this in quotation marks are somebody's: as the head of a noun phrase, and before a noun.
_AS_HEAD = 2
_AS_MODIFIER = 4
_TERMINAL = ".!?…"
_DISOWNING = _words("euphemism misnomer")
_DASHES = ("—", "–", "-")
# Verbs too often nouns, or seldom of speech, to show that a sentence hands on somebody's words.
_WEAK = _words("state states post posts brand add adds added continue continues continued welcome credit credits thank")
# Verbs and nouns after which words in quotation marks are somebody's.
_VOICING = (SAY | CALL | SAYING) - _WEAK | _words(
    "speaking spoken chant chants chanted chanting sing singing sang scream screamed screaming cry cries cried read "
    "reads reading bill billed billing tout touts touted touting implore implored insult insults insulted insulting "
    "ruled rules rule held plead pleaded portray portrays portrayed portraying depict depicted cast voted dismiss "
    "accuse mark marked marks rated stamped outlined outlines list lists listed listing mean means meant meaning "
    "translate translated translates echo echoes echoed echoing invoke invokes invoked invoking coin coined use uses "
    "used using utter uttered attack hear heard termed known filed charged charging expressed express expressing "
    "voiced voicing underscored underscoring defended defending reportedly"
)
_WORDINGS = _words(
    "reports studies statements letters memos reviews surveys polls filings documents document ruling rulings opinion "
    "order orders lawsuit suit complaint complaints indictment affidavit transcript testimony email emails e-mail "
    "e-mails tweet tweets message messages slogan slogans chant motto mantra hashtag hashtags headline headlines "
    "op-ed editorial speech speeches remark remarks comment comments interview interviews phrase phrases word words "
    "term terms label labels quote quotes language lyrics nickname name named names question questions accusation "
    "saying accusations allegation allegations charge charges claim claims argument warning warnings criticism "
    "promise promises pledge vow call calls answer answers notion idea jab dig insult insults refrain cliché adage "
    "t-shirts shirts button buttons hat hats stickers category categories section article amendment constitution "
    "statute clause guideline guidelines definition reference references talk doctrine concept principle theory "
    "practice diagnosis author legislation"
)
_HANDING_ON = _VOICING | _WORDINGS | DOCUMENTS | NOT_PEOPLE
# What says of the quotation before it that it is written or spoken, a word, or the term for a thing.
_WORDINGS_AFTER = _words(
    "sign signs banner banners poster posters placard t-shirt t-shirts shirt shirts hat hats button sticker stickers "
    "chant chants slogan slogans mantra motto hashtag label labels tag tweet tweets post posts comment comments "
    "remark remarks line speech speeches quote memo letter email statement pledge promise vow language warning vote "
    "votes column host category box option question answer clause standard test rule section means meant mean refers "
    "referred feels sounds system systems model concept theory mechanism provision brief level"
)
_NOT_BEFORE_NOUN = PREPOSITIONS | CONJUNCTIONS | FINITE | DETERMINERS | PRONOUNS | SKIPPED | _words("to not off out up")
_PUT = _words("put puts calls called call says said describes described termed terms dubbed")
_SAID = (SAY | SAYING) - _WEAK - _words("find finds found report reports promise pledge demand claim claims note")
_NOT_SAID_AFTER = _words("who which to that a an the")
_BEFORE_PREDICATE = FINITE | PRONOUNS | _words("to by not who which that")
_BEFORE_PREDICATE_NOUN = BE | _words("as not it's he's she's it’s he’s she’s")
# What stands before the head of a noun phrase; the other prepositions come with names, places and verbs too often.
_OPENERS = DETERMINERS | _words(
    "such each every any no another many few more most so of for on about against with into from over under toward "
    "towards amid"
)
_HEADING_OPENERS = _words("a an the this that these those such")
_POSSESSIVE = ("’s", "'s", "s’", "s'")
_ADJECTIVE_ENDS = tuple(_words("ed ing ic al ous ive less ful able ible ent ant est ary an"))
_ADJECTIVES = _words("new old own big false same other whole entire real very little great good bad so-called latest")


class Use(Enum):
    """What a pair of quotation marks is used for."""

    SPEECH = 1
    SCARE = 2
    NEITHER = 3


def uses(
    text: str,
    tokens: Sequence[Token],
    quotations: Sequence[Quotation],
    kind: Kind,
    attributed: Collection[int],
    goes_on: bool,
) -> list[Use]:
    """What the quotation marks of each quotation of a unit are for.

    `attributed` are the numbers of those that somebody says; `goes_on` tells that somebody spoke just before.
    """
    places = [index for index, token in enumerate(tokens) if token.is_quote]
    found = [
        _use(text, tokens, at, quotation, kind, number in attributed)
        for number, (at, quotation) in enumerate(zip(places, quotations, strict=True))
    ]
    voiced = [number for number, use in enumerate(found) if use is Use.SPEECH]
    for number, use in enumerate(found):
        # Beside words of somebody who is not named, or before words of somebody who is, these are theirs too.
        theirs = goes_on or any(other > number or other not in attributed for other in voiced)
        if use is Use.SCARE and theirs and not _is_disowned(tokens, places[number]):
            found[number] = Use.SPEECH
    return found


def _is_disowned(tokens: Sequence[Token], at: int) -> bool:
    """`so-called “…”`, and `“…” — a euphemism for …`: the journalist says that the word is not theirs."""
    called = at > 0 and tokens[at - 1].lower == "so-called"
    return called or any(token.lower in _DISOWNING for token in tokens[at + 1 : at + 4])


def _use(text: str, tokens: Sequence[Token], at: int, quotation: Quotation, kind: Kind, attributed: bool) -> Use:
    inner = quotation.inner.of(text)
    words = inner.split()
    if _is_disowned(tokens, at):
        return Use.SCARE
    if is_nickname(tokens, at, words) or (near_work(tokens, at) and title_case(words)):
        return Use.NEITHER
    if kind is Kind.HEADING and is_programme(tokens, at, words):
        return Use.NEITHER
    if attributed or quotation.continues or _stands_alone(tokens, at, inner, kind):
        return Use.SPEECH
    if kind is not Kind.HEADING and inner[-1] not in "!?" and is_name(tokens, at, words):
        return Use.NEITHER
    if _is_distanced(tokens, at, words, kind):
        return Use.SCARE
    return Use.NEITHER if _is_mentioned(tokens, at, words) else Use.SPEECH


def ends_sentence(tokens: Sequence[Token], number: int) -> bool:
    """Whether quotation `number` ends its unit with a full stop, and nothing before it names another source."""
    end = len(tokens) - 1
    return tokens[end].quote == number and tokens[end].last in _TERMINAL and not _hands_on(tokens, end)


def _hands_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sentence up to the quotation at `at` speaks of somebody's words, said or written."""
    begin = at
    while begin > 0 and tokens[begin - 1].text not in (".", "?", "!", ";"):
        begin -= 1
    return any(_is_voiced(tokens, index) for index in range(begin, at)) or _put_so(tokens, at)


def _put_so(tokens: Sequence[Token], at: int) -> bool:
    """`“…”, as he put it,` and `the “…” decision, Ruiz said, was`."""
    for index, token in enumerate(tokens[at + 1 :], at + 1):
        if token.text in (".", "?", "!", ";"):
            return False
        if token.lower == "as" and any(other.lower in _PUT for other in tokens[index + 1 : index + 5]):
            return True
        if token.lower in _SAID and token.may_be_verb and tokens[index - 1].lower not in _NOT_SAID_AFTER:
            return True
    return False


def _is_voiced(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].lower
    if word in VIEW:
        return at + 1 < len(tokens) and tokens[at + 1].lower != "in"
    # "“…,” Orlov said of the “upgrade”": the verb has had its words.
    if word in _HANDING_ON:
        return not (word in SAY and any(token.is_quote for token in tokens[max(0, at - 4) : at]))
    return False


def _is_distanced(tokens: Sequence[Token], at: int, words: Sequence[str], kind: Kind) -> bool:
    """Whether a quotation nobody says is a noun phrase of the sentence, or a part of one."""
    last = words[-1][-1]
    if last in _TERMINAL + ",:;" or words[0][0] in "#@" or len("".join(words)) == 1 or _hands_on(tokens, at):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.lower in _WORDINGS_AFTER:
        return False
    if following is not None and following.is_name_like and _is_designation(words):
        return True
    opened = _is_opened(tokens, at, kind) and not _is_predicate_noun(tokens, at)
    if following is not None and _is_noun(following) and not _is_predicate(tokens, at, kind):
        return len(words) <= _AS_MODIFIER
    return opened and len(words) <= _AS_HEAD


def _is_designation(words: Sequence[str]) -> bool:
    # “NSA leaker” before a name.
    return len(words) <= _AS_MODIFIER and words[-1].islower() and sources.can_speak(words[-1])


def _is_mentioned(tokens: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    """`“Frosty” was the word`: one or two words that are the subject, and nobody's."""
    if len(words) > _AS_HEAD or not words[-1][-1].isalnum() or _hands_on(tokens, at):
        return False
    begins = at == 0 or not tokens[at - 1].is_word
    return begins and at + 1 < len(tokens) and tokens[at + 1].lower in BE


def _is_noun(token: Token) -> bool:
    return (
        token.is_word and token.may_be_verb and token.lower not in _NOT_BEFORE_NOUN and not token.lower.endswith("ly")
    )


def _is_predicate(tokens: Sequence[Token], at: int, kind: Kind) -> bool:
    """`They “failed to act”`, `has “starved” them`, `to “save” it`."""
    if at == 0:
        return True
    before = tokens[at - 1]
    if (kind is Kind.HEADING and not before.is_word) or before.lower.endswith("ly"):
        return True
    if before.lower in CONJUNCTIONS and before.lower not in ("and", "or", "but"):
        return True
    if before.lower in _BEFORE_PREDICATE:
        return True
    plain_name = before.is_name_like and not before.text.endswith(_POSSESSIVE) and before.lower not in DETERMINERS
    return plain_name and at > 1


def _is_predicate_noun(tokens: Sequence[Token], at: int) -> bool:
    """`is a “bully”`, `treated as a “bully”`."""
    before = [token.lower for token in tokens[max(0, at - 4) : at]]
    article = next((index for index, word in enumerate(before) if word in ("a", "an")), None)
    return article is not None and article > 0 and before[article - 1] in _BEFORE_PREDICATE_NOUN


def _is_opened(tokens: Sequence[Token], at: int, kind: Kind) -> bool:
    """Whether an article, a possessive or a preposition, and perhaps an adjective, lead up to the quotation."""
    openers = _HEADING_OPENERS if kind is Kind.HEADING else _OPENERS
    for index in range(at - 1, max(-1, at - 4), -1):
        token = tokens[index]
        if not token.is_word:
            return False
        if token.lower in openers or (kind is not Kind.HEADING and token.text.endswith(_POSSESSIVE)):
            return True
        if not (token.lower in _ADJECTIVES or token.lower.endswith(_ADJECTIVE_ENDS)) or token.lower in BE:
            return False
    return False


def _stands_alone(tokens: Sequence[Token], at: int, inner: str, kind: Kind) -> bool:
    """A unit that is nothing but quotation, or what follows a colon or opens a sentence like speech."""
    if not any(token.is_word for token in tokens):
        return kind is not Kind.HEADING or inner[-1] in _TERMINAL
    sentence_like = inner[0].isupper() and (inner[-1] in _TERMINAL + "," or len(inner.split()) > 2)
    if at > 0 and tokens[at - 1].text == ":":
        rest = tokens[at + 1 :]
        return sentence_like and not any(token.is_word for token in rest)
    if at == 0 and inner[0].isupper() and inner[-1] in _TERMINAL + ",":
        return True
    return _breaks_off(tokens, at) or _resumes(tokens, at)


def _breaks_off(tokens: Sequence[Token], at: int) -> bool:
    """`“We will never” – he thumped the table – “give in.”`: the first half."""
    if at != 0 or len(tokens) < 2 or tokens[1].text not in _DASHES:
        return False
    return any(_resumes(tokens, later) for later in range(2, len(tokens)) if tokens[later].is_quote)


def _resumes(tokens: Sequence[Token], at: int) -> bool:
    halves = at > 2 and tokens[0].is_quote and tokens[1].text in _DASHES
    return halves and tokens[at - 1].text in _DASHES
