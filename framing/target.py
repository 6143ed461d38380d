"""The target head: stance toward a mention and its roles, from the token states of its passage; numpy only.

One encoding of a passage serves all its mentions: the mention's mean state, the passage's, and what the mention
attends to pass through one hidden layer (`framing/neural/torch_heads.py` is the same in torch).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.name_head import gelu
from framing.scores import Judgement
from framing.types import Bools, Floats

N_ATTENTION = 4
N_STANCES = 3
ARRAYS = ("query", "key", "value", "hidden", "out")


@dataclass(frozen=True, slots=True)
class TargetHead:
    """What is judged of mentions.

    Attributes
    ----------
    weights, biases : of the layers named in `ARRAYS`; float32, shapes (n_out, n_in), (n_out,).
    scale : the stance logits are multiplied by it before the softmax; fitted on held-out rows (Guo et al. 2017).
    offsets : added to the scaled stance logits, shape (3,).
    role_scales, role_offsets : the same for the four roles, shapes (4,), (4,).
    """

    weights: Mapping[str, Floats]
    biases: Mapping[str, Floats]
    scale: float
    offsets: Floats
    role_scales: Floats
    role_offsets: Floats

    def judge(self, states: Floats, mentions: Sequence[Bools]) -> list[Judgement]:
        """A judgement of each mention in one passage.

        Parameters
        ----------
        states : float32, shape (n_tokens, width).
        mentions : the tokens of each mention, shape (n_tokens,); at least one is true.
        """
        if not mentions:
            return []
        logits = self.logits(states, np.array(mentions))
        stances = softmax(logits[:, :N_STANCES] * self.scale + self.offsets)
        roles = 1.0 / (1.0 + np.exp(-(logits[:, N_STANCES:] * self.role_scales + self.role_offsets)))
        return [Judgement(*map(float, (*s, *r))) for s, r in zip(stances, roles, strict=True)]

    def logits(self, states: Floats, mentions: Bools) -> Floats:
        """Logits before calibration, float32, shape (n_mentions, 7); `mentions` is (n_mentions, n_tokens)."""
        spans = mentions.astype(np.float32)
        own = spans @ states / spans.sum(axis=1, keepdims=True)
        whole = np.broadcast_to(states.mean(axis=0), own.shape)
        joined = np.concatenate([own, whole, self._attended(states, own)], axis=1)
        return self._layer("out", gelu(self._layer("hidden", joined)))

    def _attended(self, states: Floats, own: Floats) -> Floats:
        query, key, value = (
            self._layer(name, rows).reshape(len(rows), N_ATTENTION, -1)
            for name, rows in (("query", own), ("key", states), ("value", states))
        )
        scores = np.einsum("mhd,thd->mht", query, key) / np.float32(np.sqrt(query.shape[-1]))
        return np.asarray(np.einsum("mht,thd->mhd", softmax(scores), value).reshape(len(own), -1))

    def _layer(self, name: str, rows: Floats) -> Floats:
        return np.asarray(rows @ self.weights[name].T + self.biases[name])


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))
