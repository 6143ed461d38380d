"""The name head: tags of words from token states and from how the words are written; numpy only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.neural.shapes import TAGS, shapes, word_starts
from framing.types import Bools, Floats, Ints

_GELU = np.float32(np.sqrt(2.0 / np.pi))
_GELU_CUBIC = np.float32(0.044715)
_IMPOSSIBLE = np.float32(-1e4)
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
        scores = _log_softmax(self._tags(states, written))
        ends = np.cumsum([len(part) for part in written])[:-1]
        parts = zip(np.split(scores, ends), starts, places, strict=True)
        return [_named(part, first, where) for part, first, where in parts]

    def logits(self, states: Floats, written: Ints) -> Floats:
        """Logits of the tags of each token, float32, shape (n_tokens, n_tags); `written` are the words' shapes."""
        return self._tags([states], [written])

    def _tags(self, states: Sequence[Floats], written: Sequence[Ints]) -> Floats:
        """The same for the tokens of several texts, one text after the other."""
        own = np.concatenate(written)
        hidden = np.concatenate(states) @ self.state.T
        hidden += (self.bias + self.shape[1])[own]
        hidden += self.shape[0][np.concatenate([_moved(part, 1) for part in written])]
        hidden += self.shape[2][np.concatenate([_moved(part, -1) for part in written])]
        return np.asarray(gelu(hidden) @ self.out.T + self.out_bias)


def _moved(written: Ints, by: int) -> Ints:
    """The shapes of the neighbours; beyond either end it is shape 0."""
    out = np.zeros_like(written)
    if by > 0:
        out[by:] = written[:-by]
    else:
        out[:by] = written[-by:]
    return out


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def _named(scores: Floats, starts: Bools, where: list[tuple[int, int]]) -> list[Tagged]:
    if not len(where):
        return []
    firsts: list[int] = np.flatnonzero(starts).tolist()
    lasts = [first - 1 for first in firsts[1:]] + [len(where) - 1]
    return _spans(scores[firsts], [(where[a][0], where[b][1]) for a, b in zip(firsts, lasts, strict=True)])


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


def _spans(scores: Floats, words: list[tuple[int, int]]) -> list[Tagged]:
    """The names of the likeliest sequence of tags; `scores` are the log probabilities of the words' tags."""
    found: list[Tagged] = []
    open_from = -1
    tags = _likeliest(scores)
    for index, tag in enumerate([*tags, 0]):
        ends = open_from >= 0 and (tag == 0 or tag % 2 == 1)
        if ends:
            sure = float(np.exp(scores[np.arange(open_from, index), tags[open_from:index]]).mean())
            kind = TAGS[tags[open_from]][2:]
            found.append(Tagged(words[open_from][0], words[index - 1][1], kind, sure))
            open_from = -1
        if tag % 2 == 1:
            open_from = index
    return found


def _likeliest(scores: Floats) -> list[int]:
    """The likeliest tags of words, "inside" only after its own type; words that are surely no names are not asked."""
    tags = [0] * len(scores)
    open_words = np.flatnonzero(scores[:, 0] < _SURELY_NONE)
    for run in np.split(open_words, np.flatnonzero(np.diff(open_words) > 1) + 1):
        if len(run):
            tags[run[0] : run[-1] + 1] = _path(scores[run])
    return tags


def _path(scores: Floats) -> list[int]:
    """The likeliest sequence of tags (Viterbi 1967) after a word that is no name."""
    best = scores[0] + _FIRST
    back = []
    for row in scores[1:]:
        reached = best[:, None] + _FOLLOWS
        back.append(reached.argmax(axis=0))
        best = reached.max(axis=0) + row
    tags = [int(best.argmax())]
    for step in reversed(back):
        tags.append(int(step[tags[-1]]))
    return tags[::-1]


def _transitions() -> tuple[Floats, Floats]:
    follows = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for column, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            follows[:, column] = _IMPOSSIBLE
            follows[[column - 1, column], column] = 0.0
    return follows, follows[0].copy()


_FOLLOWS, _FIRST = _transitions()
