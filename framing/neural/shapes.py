"""How words are written: the encoder reads lower case alone, and names are told by their capitals."""

from collections.abc import Sequence

import numpy as np

from framing.types import Bools, Ints

_LOWER, _INITIAL, _CAPITALS, _LETTER, _MIXED, _DIGITS, _MARK, _SHOUTED = range(8)
N_SHAPES = 16
TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC")
_SHOUTING = 0.6
_ENDS = frozenset(".!?:…“\"‘'—–•")

Offsets = Sequence[tuple[int, int]] | Ints


def word_starts(text: str, offsets: Offsets) -> Bools:
    """Whether each token begins a word, shape (n_tokens,).

    Later pieces of a word do not, nor those of one character, nor white space, which some tokenizers have tokens for.
    """
    out = np.ones(len(offsets), dtype=np.bool_)
    before = -1
    for index, (start, stop) in enumerate(offsets):
        goes_on = start < before or (start == before and _within_word(text, start))
        out[index] = not goes_on and not text[start:stop].isspace() and start < stop
        before = stop
    return out


def _within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at].isalnum() and text[at - 1].isalnum()


def shapes(text: str, offsets: Offsets, starts: Bools) -> Ints:
    """The shape of each token's word, in [0, N_SHAPES), int64, shape (n_tokens,).

    The upper half are words that open a sentence or quotation, where a capital says little. In a text mostly in
    capitals, as some headlines are, capitals are a shape of their own.
    """
    out = np.zeros(len(offsets), dtype=np.int64)
    firsts = np.flatnonzero(starts)
    stops = np.append(firsts[1:], len(starts))
    shouted, opens = _is_shouted(text), N_SHAPES // 2
    found: list[int] = []
    for first, stop in zip(firsts.tolist(), stops.tolist(), strict=False):
        word = text[offsets[first][0] : offsets[stop - 1][1]]
        found.append(_shape(word, shouted) + opens)
        opens = N_SHAPES // 2 if word[-1:] in _ENDS else 0
    if found:
        out[firsts[0] :] = np.repeat(found, stops - firsts)
    return out


def _shape(word: str, shouted: bool) -> int:
    if not word[:1].isalnum():
        return _MARK
    if word.islower():
        return _LOWER
    if word.isdigit():
        return _DIGITS
    if word.isupper():
        return _SHOUTED if shouted else _LETTER if len(word) == 1 else _CAPITALS
    return _INITIAL if word[0].isupper() and word[1:].islower() else _MIXED


def _is_shouted(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > 0 and sum(map(str.isupper, text)) > _SHOUTING * letters
