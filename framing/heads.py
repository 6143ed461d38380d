"""Sentence heads: linear, calibrated, with marker weights constrained in sign; numpy only.

The logit of a passage is the mean of its tokens' logits. Its probability is
``sigmoid(scale * logit + offset + sum of weight * hits)``, where `hits` counts a lexicon's markers, at most three.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.types import Bools, Floats, Ints

MAX_HITS = 3
# Log odds beyond which a chance is 0 or 1 in double precision, and its exponential would overflow.
_CERTAIN = 700.0
_PERCENTS = np.linspace(0.0, 100.0, 101)


@dataclass(frozen=True, slots=True)
class SentenceHead:
    """One axis read from the token states of a passage.

    Attributes
    ----------
    direction, bias : a token's logit is ``states @ direction + bias``; float32, shape (width,).
    scale, offset : calibration on held-out folds (Platt 1999).
    weights : lexicon → weight of one hit; its sign is that of `signs`, or it is 0.
    signs : lexicon → 1 where a hit may only raise the score, -1 where it may only lower it.
    bounds : the range of the axis; a probability of 0 stands for its lower end, 1 for its upper.
    """

    axis: str
    direction: Floats
    bias: float
    scale: float
    offset: float
    weights: Mapping[str, float]
    signs: Mapping[str, int]
    bounds: tuple[float, float] = (0.0, 1.0)

    def token_logits(self, states: Floats) -> Floats:
        """float32, shape (n_tokens,)."""
        return np.asarray(states @ self.direction + np.float32(self.bias))

    def probability(self, token_logits: Floats, hits: Mapping[str, int]) -> float:
        """Chance in (0, 1) that a careful reader would mark the passage."""
        logit = float(token_logits.mean()) if len(token_logits) else self.bias
        pushed = math.fsum(self.weights.get(name, 0.0) * min(n, MAX_HITS) for name, n in hits.items())
        return sigmoid(self.scale * logit + self.offset + pushed)

    def alone(self, states: Floats, hits: Mapping[str, int], _: str = "") -> float:
        """The probability of a passage read alone; `states`, shape (n_tokens, width). Its text says no more."""
        return self.probability(self.token_logits(states), hits)

    def many(self, means: Floats, hits: Floats, *_: Floats | float) -> Floats:
        """Probabilities of passages, shape (n_rows,), from mean states and hits; what else an article has is not read.

        Parameters
        ----------
        means : shape (n_rows, width).
        hits : capped counts of every lexicon in `weights`, in its order, shape (n_rows, n_lexicons).
        """
        pushed = hits @ np.array(list(self.weights.values()))
        logits = means @ self.direction + self.bias
        return expit(self.scale * logits + self.offset + pushed)

    def value(self, probability: float) -> float:
        """A probability as a value of the axis."""
        low, high = self.bounds
        return low + (high - low) * probability


@dataclass(frozen=True, slots=True)
class Hit:
    """A marker inside a passage: its lexicon and the tokens it covers (shape (n_tokens,))."""

    lexicon: str
    tokens: Bools


@dataclass(frozen=True, slots=True)
class Split:
    """A passage's probability and, hit by hit, the part of it that goes when the hit goes."""

    probability: float
    parts: tuple[float, ...]

    @property
    def rest(self) -> float:
        """What is left to the sentence itself."""
        return self.probability - math.fsum(self.parts)


def split(head: SentenceHead, token_logits: Floats, hits: Sequence[Hit]) -> Split:
    """The probability of a passage, split into its hits and the rest.

    A hit's part is the probability less the probability without it: its tokens left out of the mean, its lexicon's
    count one lower. With several hits they are taken away in order and in reverse order and the two are averaged, so
    that the parts sum to the probability less that without any of them. A part against the lexicon's sign is 0: what
    its tokens lower stays with the sentence.
    """
    full = head.probability(token_logits, _counts(hits))
    forward = _removals(head, token_logits, hits, range(len(hits)))
    backward = _removals(head, token_logits, hits, range(len(hits) - 1, -1, -1))
    parts = tuple(
        _signed((forward[index] + backward[index]) / 2, head.signs.get(hit.lexicon, 0))
        for index, hit in enumerate(hits)
    )
    return Split(full, parts)


def _removals(head: SentenceHead, token_logits: Floats, hits: Sequence[Hit], order: Sequence[int]) -> dict[int, float]:
    kept = np.ones(len(token_logits), dtype=bool)
    left = dict(enumerate(hits))
    before = head.probability(token_logits, _counts(hits))
    parts: dict[int, float] = {}
    for index in order:
        kept &= ~left.pop(index).tokens
        after = head.probability(token_logits[kept], _counts(tuple(left.values())))
        parts[index] = before - after
        before = after
    return parts


def word_effects(head: SentenceHead, token_logits: Floats, word: Ints, hits: Sequence[Hit]) -> Floats:
    """The probability of a passage less that without each word's tokens; its markers' counts stay as they are.

    Parameters
    ----------
    word : int, shape (n_tokens,); the number of the word each token belongs to.

    Returns
    -------
    float64, shape (max(word) + 1,); 0 for a word that is all of the passage.
    """
    n_tokens = np.bincount(word)
    left = len(token_logits) - n_tokens
    rest = token_logits.sum() - np.bincount(word, weights=token_logits)
    pushed = sum(head.weights.get(name, 0.0) * min(n, MAX_HITS) for name, n in _counts(hits).items())
    without = head.scale * rest / np.maximum(left, 1) + head.offset + pushed
    effects = head.probability(token_logits, _counts(hits)) - expit(without)
    return np.where((n_tokens > 0) & (left > 0), effects, 0.0)


def percentile(value: float, quantiles: Floats) -> float:
    """The share of the reference corpus that scores lower, in percent; `quantiles` has 101 points, 0 % to 100 %."""
    return float(np.interp(value, quantiles, _PERCENTS))


def _counts(hits: Sequence[Hit]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.lexicon] = counts.get(hit.lexicon, 0) + 1
    return counts


def _signed(part: float, sign: int) -> float:
    return part if part * sign > 0 else 0.0


def expit(logits: Floats) -> Floats:
    """The probabilities of many log odds, without overflow."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -_CERTAIN, _CERTAIN))))


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


def sigmoid(logit: float) -> float:
    """The probability of log odds, without overflow."""
    shrunk = math.exp(-abs(logit))
    return 1.0 / (1.0 + shrunk) if logit >= 0 else shrunk / (1.0 + shrunk)
