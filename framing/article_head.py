"""Article heads: one axis read from a whole article, linear over its families of features; numpy only.

The log odds are a sum: ``intercept + mean over sentences of (state · direction + chances of cues · weights - centre) +
sum over sentences of (weights of its words - usual) / √n + mean number of markers a sentence · weight + stance toward
the actors · weight``. Each term is a part of some sentence, marker or mention.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from framing.features.vocabulary import Vocabulary, lower_words
from framing.heads import expit, sigmoid
from framing.types import Floats

NOTHING: Floats = np.zeros(0)

SIDED = "sided"
STANCE_FEATURES = ("level", "spread", "extremity", SIDED)


@dataclass(frozen=True, slots=True)
class Cues:
    """What a sentence may show by itself, such as a moral yardstick: heads that are no axes, shared by article heads.

    Attributes
    ----------
    directions, biases : float32, shapes (n_cues, width), (n_cues,).
    """

    names: tuple[str, ...]
    directions: Floats
    biases: Floats

    def chances(self, means: Floats) -> Floats:
        """The chance of each cue in sentences of these mean states, shapes (n_rows, width), (n_rows, n_cues)."""
        return expit(means @ self.directions.T + self.biases)


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An axis whose labels were given to whole articles.

    Attributes
    ----------
    direction : of the mean token state of a sentence; float32, shape (width,).
    centre : what an average sentence of the training articles gives, so that its part is 0.
    weights : lexicon → weight of one hit a sentence; its sign is that of `signs`, or it is 0.
    signs : lexicon → 1 where a hit may only raise the score, -1 where it may only lower it.
    stance : weights of `STANCE_FEATURES`, shape (4,); 0 where stance added nothing.
    cues : what the sentences show; `of_cues`, shape (n_cues,), are the weights of their mean chances.
    vocabulary : the words that count, None where they added nothing; `of_words`, shape (n_words,), are their weights.
    usual : what the words of an average sentence of the training articles add up to, so that their part is 0.
    bounds : the range of the axis; a probability of 0 stands for its lower end, 1 for its upper.
    """

    axis: str
    direction: Floats
    centre: float
    intercept: float
    weights: Mapping[str, float]
    signs: Mapping[str, int]
    stance: Floats
    bounds: tuple[float, float] = (0.0, 1.0)
    cues: Cues | None = None
    of_cues: Floats = field(default_factory=lambda: NOTHING)
    vocabulary: Vocabulary | None = None
    of_words: Floats = field(default_factory=lambda: NOTHING)
    usual: float = 0.0

    @property
    def reads_actors(self) -> bool:
        """Whether the stance toward the actors is part of the score."""
        return bool(np.any(self.stance))

    def sentence(self, states: Floats) -> float:
        """What a sentence with these token states, shape (n_tokens, width), has to add, before it is divided by n."""
        return float(self.gains(self.projected(states).mean(axis=0, keepdims=True))[0]) if len(states) else 0.0

    def projected(self, states: Floats) -> Floats:
        """What the head sees of states, linear in them: along `direction`, and the log odds of each cue.

        Shape (n_states, 1 + n_cues); of a sentence, the mean over its tokens is what `gains` takes.
        """
        along = states @ self.direction
        if self.cues is None or not self.reads_cues:
            return np.asarray(along[:, None])
        return np.column_stack([along, states @ self.cues.directions.T + self.cues.biases])

    def gains(self, projected: Floats) -> Floats:
        """What sentences have to add, before it is divided by their number; shape (n_sentences,)."""
        along = projected[:, 0] - self.centre
        return np.asarray(along + expit(projected[:, 1:]) @ self.of_cues if self.reads_cues else along)

    @property
    def reads_cues(self) -> bool:
        """Whether cues are part of the score."""
        return bool(np.any(self.of_cues))

    def worded(self, words: Iterable[str]) -> float:
        """What the words of a sentence have to add, before it is divided by √n; one that is repeated counts once."""
        if self.vocabulary is None:
            return 0.0
        return float(self.of_words[self.vocabulary.places(words)].sum()) - self.usual

    def alone(self, states: Floats, hits: Mapping[str, int], text: str) -> float:
        """The probability of a text of one sentence, without actors; `states`, shape (n_tokens, width)."""
        pushed = sum(self.weights.get(name, 0.0) * n for name, n in hits.items())
        worded = self.worded(word for word, _ in lower_words(text))
        return sigmoid(self.intercept + self.sentence(states) + worded + pushed)

    def many(self, means: Floats, hits: Floats, stance: Floats, cues: Floats, worded: Floats | float = 0.0) -> Floats:
        """Probabilities of articles, shape (n_rows,), from the means over their sentences.

        Parameters
        ----------
        means : of the sentences' mean states, shape (n_rows, width).
        hits : of every lexicon in `weights`, in its order, a sentence, shape (n_rows, n_lexicons).
        stance : `stance_features`, shape (n_rows, 4).
        cues : mean chances over the sentences, shape (n_rows, n_cues).
        worded : sum of what `worded` gives for the sentences, over √n, shape (n_rows,).
        """
        along = means @ self.direction - self.centre
        if self.reads_cues:
            along = along + cues @ self.of_cues
        pushed = hits @ np.array(list(self.weights.values()))
        return expit(self.intercept + along + worded + pushed + stance @ self.stance)

    def mentions(self, stances: Sequence[float], sides: Sequence[int]) -> Floats:
        """What each mention adds; together they are the weighted `stance_features`. Shape (n_mentions,)."""
        return parts_of_stance(stances, sides) @ self.stance

    def value(self, raw: float) -> float:
        """The value of the axis for log odds."""
        low, high = self.bounds
        return low + (high - low) * sigmoid(raw)


def stance_features(stances: Sequence[float], sides: Sequence[int]) -> Floats:
    """Mean of the stances, their variance, the mean of their sizes, and whose side they take; 0 without any.

    The last is the sum of the stances toward those of the right, less that toward those of the left, over √n of them:
    evidence that adds up. `sides` are 1, -1 and, for all others, 0. float64, shape (4,).
    """
    return np.asarray(parts_of_stance(stances, sides).sum(axis=0))


def parts_of_stance(stances: Sequence[float], sides: Sequence[int]) -> Floats:
    """What each mention adds to `stance_features`, float64, shape (n_mentions, 4)."""
    found, sided = np.asarray(stances, dtype=np.float64), np.asarray(sides, dtype=np.float64)
    if not len(found):
        return np.zeros((0, len(STANCE_FEATURES)))
    of_all = np.column_stack([found, (found - found.mean()) ** 2, np.abs(found)]) / len(found)
    return np.column_stack([of_all, found * sided / math.sqrt(max(1, int((sided != 0).sum())))])
