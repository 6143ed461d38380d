"""Article heads: one axis read from a whole article, linear over three families of features; numpy only.

The log odds are a sum: ``intercept + mean over sentences of (state · direction - centre) + mean number of markers a
sentence · weight + stance toward the actors · weight``. Each term is a part of some sentence, marker or mention.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.heads import sigmoid
from framing.types import Floats

STANCE_FEATURES = ("level", "spread", "extremity")


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """An axis whose labels were given to whole articles.

    Attributes
    ----------
    direction : of the mean token state of a sentence; float32, shape (width,).
    centre : what an average sentence of the training articles has along `direction`, so that its part is 0.
    weights : lexicon → weight of one hit a sentence; its sign is that of `signs`, or it is 0.
    signs : lexicon → 1 where a hit may only raise the score, -1 where it may only lower it.
    stance : weights of `STANCE_FEATURES`, shape (3,); 0 where stance added nothing.
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

    @property
    def reads_actors(self) -> bool:
        """Whether the stance toward the actors is part of the score."""
        return bool(np.any(self.stance))

    def sentence(self, states: Floats) -> float:
        """What a sentence with these token states, shape (n_tokens, width), has to add, before it is divided by n."""
        return float(states.mean(axis=0) @ self.direction) - self.centre if len(states) else 0.0

    def alone(self, states: Floats, hits: Mapping[str, int]) -> float:
        """The probability of a text of one sentence, without actors; `states`, shape (n_tokens, width)."""
        pushed = sum(self.weights.get(name, 0.0) * n for name, n in hits.items())
        return sigmoid(self.intercept + self.sentence(states) + pushed)

    def many(self, means: Floats, hits: Floats, stance: Floats) -> Floats:
        """Probabilities of articles, shape (n_rows,), from the means over their sentences.

        Parameters
        ----------
        means : of the sentences' mean states, shape (n_rows, width).
        hits : of every lexicon in `weights`, in its order, a sentence, shape (n_rows, n_lexicons).
        stance : `stance_features`, shape (n_rows, 3).
        """
        along = means @ self.direction - self.centre
        raw = self.intercept + along + hits @ np.array(list(self.weights.values())) + stance @ self.stance
        return np.asarray(1.0 / (1.0 + np.exp(-raw)))

    def mentions(self, stances: Sequence[float]) -> Floats:
        """What each mention adds; together they are the weighted `stance_features`. Shape (n_mentions,)."""
        return parts_of_stance(stances) @ self.stance

    def value(self, raw: float) -> float:
        """The value of the axis for log odds."""
        low, high = self.bounds
        return low + (high - low) * sigmoid(raw)


def stance_features(stances: Sequence[float]) -> Floats:
    """Mean of the stances, their variance and the mean of their sizes; 0 without any. float64, shape (3,)."""
    return np.asarray(parts_of_stance(stances).sum(axis=0))


def parts_of_stance(stances: Sequence[float]) -> Floats:
    """What each mention adds to `stance_features`, float64, shape (n_mentions, 3)."""
    found = np.asarray(stances, dtype=np.float64)
    if not len(found):
        return np.zeros((0, len(STANCE_FEATURES)))
    return np.column_stack([found, (found - found.mean()) ** 2, np.abs(found)]) / len(found)
