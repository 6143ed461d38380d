"""What words in quotation marks are: speech, a scare quote, or a title or nickname."""

from collections.abc import Sequence
from enum import Enum

from framing.article import Kind
from framing.text.quotes import Quotation
from framing.text.tokens import Token
from framing.text.verbs import NICKNAMED, SMALL, TITLED_WORKS

# Without a speaker in the clause, this many words in quotation marks are somebody's and no longer a scare quote.
_SPEECH_WORDS = 6
_TERMINAL = ".!?…"
_DASHES = ("—", "–", "-")


class Use(Enum):
    """What a pair of quotation marks is used for."""

    SPEECH = 1
    SCARE = 2
    NEITHER = 3


def use(text: str, tokens: Sequence[Token], number: int, quotation: Quotation, kind: Kind, attributed: bool) -> Use:
    """What the quotation marks of quotation `number` of a unit are for."""
    at = next(index for index, token in enumerate(tokens) if token.quote == number)
    inner = quotation.inner.of(text)
    words = inner.split()
    if at > 0 and tokens[at - 1].lower == "so-called":
        return Use.SCARE
    if _is_nickname(tokens, at, words) or (_near_work(tokens, at) and _title_case(words)):
        return Use.NEITHER
    if attributed or quotation.continues or _stands_alone(tokens, at, inner, kind):
        return Use.SPEECH
    if len(words) >= 3 and kind is not Kind.HEADING and inner[-1] not in "!?" and _title_case(words):
        return Use.NEITHER
    return Use.SPEECH if len(words) >= _SPEECH_WORDS else Use.SCARE


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


def _is_nickname(tokens: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    if len(words) > 3 or at == 0:
        return False
    before = tokens[at - 1]
    if before.lower in NICKNAMED or (before.lower == "as" and at > 1 and tokens[at - 2].lower == "known"):
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and before.is_name_like and after.is_name_like and words[0][0].isupper()


def _near_work(tokens: Sequence[Token], at: int) -> bool:
    near = [*tokens[max(0, at - 3) : at], *tokens[at + 1 : at + 4]]
    return any(token.lower in TITLED_WORKS for token in near)


def _title_case(words: Sequence[str]) -> bool:
    major = [word.strip("‘’'\"“”.,!?:;()") for word in words]
    return all(word[:1].isupper() or word[:1].isdigit() or word in SMALL or not word for word in major) and any(
        word[:1].isupper() for word in major
    )
