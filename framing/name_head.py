"""The name head: tags of words from token states and from how the words are written; numpy only."""

from dataclasses import dataclass

import numpy as np

from framing.neural.shapes import TAGS, Offsets, shapes, word_starts
from framing.types import Floats, Ints

_GELU = np.float32(np.sqrt(2.0 / np.pi))
_GELU_CUBIC = np.float32(0.044715)
_IMPOSSIBLE = np.float32(-1e4)


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

    def names(self, text: str, states: Floats, offsets: Ints) -> list[Tagged]:
        """The names in a text, in order.

        Parameters
        ----------
        states : float32, shape (n_tokens, width).
        offsets : characters of each token, half open, shape (n_tokens, 2).
        """
        if not len(states):
            return []
        where: Offsets = offsets.tolist()
        starts = word_starts(text, where)
        logits = self.logits(states, shapes(text, where, starts))
        firsts: list[int] = np.flatnonzero(starts).tolist()
        lasts = [first - 1 for first in firsts[1:]] + [len(where) - 1]
        return _spans(logits[firsts], [(where[a][0], where[b][1]) for a, b in zip(firsts, lasts, strict=True)])

    def logits(self, states: Floats, written: Ints) -> Floats:
        """Logits of the tags of each token, float32, shape (n_tokens, n_tags); `written` are the words' shapes."""
        before = np.concatenate(([0], written[:-1]))
        after = np.concatenate((written[1:], [0]))
        hidden = states @ self.state.T + self.bias
        hidden += self.shape[0][before] + self.shape[1][written] + self.shape[2][after]
        return np.asarray(gelu(hidden) @ self.out.T + self.out_bias)


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, by its tanh form (Hendrycks and Gimpel 2016)."""
    return np.asarray(0.5 * values * (1.0 + np.tanh(_GELU * (values + _GELU_CUBIC * values**3))))


def _spans(logits: Floats, words: list[tuple[int, int]]) -> list[Tagged]:
    """The names of the likeliest sequence of tags in which no name begins inside."""
    scores = logits - logits.max(axis=1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
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
    """Viterbi (1967) over the tags of words, "inside" tags only after their own type."""
    if (scores[:, 0] > -0.01).all():
        return [0] * len(scores)
    best = scores[0] + _FIRST
    back = np.zeros(scores.shape, dtype=np.int64)
    columns = np.arange(len(TAGS))
    for index in range(1, len(scores)):
        reached = best[:, None] + _FOLLOWS
        back[index] = reached.argmax(axis=0)
        best = reached[back[index], columns] + scores[index]
    tags = [int(best.argmax())]
    for index in range(len(scores) - 1, 0, -1):
        tags.append(int(back[index][tags[-1]]))
    return tags[::-1]


def _transitions() -> tuple[Floats, Floats]:
    follows = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for column, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            follows[:, column] = _IMPOSSIBLE
            follows[[column - 1, column], column] = 0.0
    return follows, follows[0].copy()


_FOLLOWS, _FIRST = _transitions()
