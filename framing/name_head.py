"""The name head: tags of words from token states and from how the words are written; numpy only."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from framing.neural.shapes import TAGS, shapes, word_starts
from framing.types import Bools, Floats, Ints

_GELU = np.float32(np.sqrt(2.0 / np.pi))
_GELU_CUBIC = np.float32(0.044715)
_INSIDE = [number for number, tag in enumerate(TAGS) if tag.startswith("I-")]
_SURELY_NONE = -0.01


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name in a text: characters `[start, stop)`, its type, and the mean probability of its words' tags."""

    start: int
    stop: int
    type: str
    probability: float


@dataclass(frozen=True, slots=True)
class NameHead:
    """Names from the states of a text's tokens (`framing/neural/torch_heads.py` is the same in torch).

    Attributes
    ----------
    state, bias : float32, shapes (hidden, width), (hidden,).
    shape : what a word's shape, its predecessor's and its successor's add; float32, shape (3, n_shapes, hidden).
    out, out_bias : float32, shapes (n_tags, hidden), (n_tags,).
    """

    state: Floats
    bias: Floats
    shape: Floats
    out: Floats
    out_bias: Floats

    def names(self, texts: Sequence[str], states: Sequence[Floats], offsets: Sequence[Ints]) -> list[list[Tagged]]:
        """The names in each text, in order; all texts are read at once, which is several times quicker than singly.

        Parameters
        ----------
        states : of each text, float32, shape (n_tokens, width).
        offsets : characters of each token, half open, shape (n_tokens, 2), of each text.
        """
        if not texts:
            return []
        places = [where.tolist() for where in offsets]
        starts = [word_starts(text, where) for text, where in zip(texts, places, strict=True)]
        written = [shapes(*parts) for parts in zip(texts, places, starts, strict=True)]
        words = _words(starts, offsets)
        scores = _log_softmax(self._tags(states, written, words.first))
        found: list[list[Tagged]] = [[] for _ in texts]
        for begin, end in _open_runs(scores, words.text):
            found[words.text[begin]] += _spans(scores[begin:end].tolist(), words.places[begin:end].tolist())
        return found

    def logits(self, states: Floats, written: Ints) -> Floats:
        """Logits of the tags of each token, float32, shape (n_tokens, n_tags); `written` are the words' shapes."""
        return self._tags([states], [written], np.arange(len(written)))

    def _tags(self, states: Sequence[Floats], written: Sequence[Ints], asked: Ints) -> Floats:
        """The same for some of the tokens of several texts, which are counted from the first text on."""
        own = np.concatenate(written)
        before, after = _neighbours(own, np.cumsum([len(part) for part in written])[:-1])
        hidden = np.concatenate(states)[asked] @ self.state.T
        hidden += (self.bias + self.shape[1])[own[asked]]
        hidden += self.shape[0][before[asked]]
        hidden += self.shape[2][after[asked]]
        return np.asarray(gelu(hidden) @ self.out.T + self.out_bias)


class _Words(NamedTuple):
    """The words of several texts in one row: first token, number of the text, and characters `[start, stop)` in it."""

    first: Ints
    text: Ints
    places: Ints


def _words(starts: Sequence[Bools], offsets: Sequence[Ints]) -> _Words:
    ends = np.cumsum([len(part) for part in starts])
    first = np.flatnonzero(np.concatenate(starts))
    text = np.searchsorted(ends, first, side="right")
    last = np.minimum(np.append(first[1:], ends[-1]), ends[text]) - 1
    where = np.concatenate(offsets)
    return _Words(first, text, np.stack([where[first, 0], where[last, 1]], axis=1))


def _neighbours(written: Ints, cuts: Ints) -> tuple[Ints, Ints]:
    """The shapes before and after each token of several texts, parted at `cuts`; beyond either end it is shape 0."""
    before, after = np.zeros_like(written), np.zeros_like(written)
    before[1:], after[:-1] = written[:-1], written[1:]
    cuts = cuts[cuts < len(written)]
    before[cuts] = after[cuts - 1] = 0
    return before, after


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _open_runs(scores: Floats, text: Ints) -> list[tuple[int, int]]:
    """Half-open ranges of words side by side in one text, without those that are surely no names."""
    asked = np.flatnonzero(scores[:, 0] < _SURELY_NONE)
    if not len(asked):
        return []
    parted = np.flatnonzero((np.diff(asked) > 1) | (np.diff(text[asked]) > 0)) + 1
    begins, ends = asked[np.append(0, parted)], asked[np.append(parted - 1, -1)] + 1
    return list(zip(begins.tolist(), ends.tolist(), strict=True))


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, by its tanh form (Hendrycks and Gimpel 2016)."""
    inner = values * values  # a product is many times quicker than a power
    inner *= _GELU_CUBIC
    inner += 1.0
    inner *= values
    inner *= _GELU
    np.tanh(inner, out=inner)
    inner += 1.0
    inner *= values
    inner *= 0.5
    return inner


def _spans(scores: list[list[float]], words: list[tuple[int, int]]) -> list[Tagged]:
    """The names of the likeliest sequence of tags; `scores` are the log probabilities of the words' tags."""
    found: list[Tagged] = []
    open_from = -1
    tags = _path(scores)
    for index, tag in enumerate([*tags, 0]):
        ends = open_from >= 0 and (tag == 0 or tag % 2 == 1)
        if ends:
            sure = [math.exp(scores[at][tags[at]]) for at in range(open_from, index)]
            kind = TAGS[tags[open_from]][2:]
            found.append(Tagged(words[open_from][0], words[index - 1][1], kind, sum(sure) / len(sure)))
            open_from = -1
        if tag % 2 == 1:
            open_from = index
    return found


def _path(scores: list[list[float]]) -> list[int]:
    """The likeliest sequence of tags (Viterbi 1967) after a word that is no name; "inside" only after its own type."""
    # Plain lists: names are short, and a call of numpy takes longer than the nine sums of a word.
    best = [-math.inf if tag in _INSIDE else score for tag, score in enumerate(scores[0])]
    back: list[list[int]] = []
    for row in scores[1:]:
        before = [best.index(max(best))] * len(TAGS)
        for tag in _INSIDE:
            before[tag] = max(tag - 1, tag, key=best.__getitem__)
        back.append(before)
        best = [best[tag] + score for tag, score in zip(before, row, strict=True)]
    tags = [best.index(max(best))]
    for before in reversed(back):
        tags.append(before[tags[-1]])
    return tags[::-1]
