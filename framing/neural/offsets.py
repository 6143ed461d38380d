"""Where tokens stand in a text, without the white space that some tokenizers count to the word after it."""

from collections.abc import Sequence

from tokenizers import Tokenizer


def counts_spaces(tokenizer: Tokenizer) -> bool:
    """Whether a token's place may begin with white space: not with WordPiece, but with others."""
    return type(tokenizer.model).__name__ != "WordPiece"


def trimmed(text: str, offsets: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places without white space at their ends; tokens of nothing else stay as they are."""
    return [_without_spaces(text, start, stop) for start, stop in offsets]


def _without_spaces(text: str, start: int, stop: int) -> tuple[int, int]:
    word = text[start:stop]
    kept = word.strip()
    if not kept or len(kept) == len(word):
        return start, stop
    first = start + len(word) - len(word.lstrip())
    return first, first + len(kept)
