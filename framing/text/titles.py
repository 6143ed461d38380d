"""Names in quotation marks: titles of works and programmes, and nicknames."""

from collections.abc import Sequence

from framing.text.tokens import Token
from framing.text.verbs import (
    NICKNAMED,
    SMALL,
    TITLED_WORKS,
)

_LONGEST = 4


def is_programme(tokens: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    """Whether a heading names a programme: “Ana Ruiz on ‘Morning Edition’”."""
    before = tokens[at - 1].lower if at else ""
    return before in ("on", "from") and 1 < len(words) <= _LONGEST and words[-1][-1].isalnum() and title_case(words)


def is_name(tokens: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    """Whether the words are written like a name or a title."""
    if not title_case(words):
        return False
    return len(words) > 1 or (at > 0 and tokens[at - 1].is_word)


def is_nickname(tokens: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    """Whether this is a nickname: Ana “Cat” Ruiz."""
    if len(words) > 3 or at == 0:
        return False
    before = tokens[at - 1]
    if before.lower in NICKNAMED or (before.lower == "as" and at > 1 and tokens[at - 2].lower == "known"):
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and before.is_name_like and after.is_name_like and words[0][0].isupper()


def near_work(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word like “film” stands near."""
    near = [*tokens[max(0, at - 3) : at], *tokens[at + 1 : at + 4]]
    return any(token.lower in TITLED_WORKS for token in near)


def title_case(words: Sequence[str]) -> bool:
    """Whether every long word has a capital."""
    major = [word.strip("‘’'\"“”.,!?:;()") for word in words]
    return all(
        word[:1].isupper() or word[:1].isdigit() or word in SMALL or word in ("", "&") for word in major
    ) and any(word[:1].isupper() for word in major)
