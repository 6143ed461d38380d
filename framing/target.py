"""The target head: stance toward a mention and its roles, from the token states of its passage; numpy only.

One encoding of a passage serves all its mentions: the mention's mean state, the passage's, and what the mention
attends to pass through one hidden layer (`framing/neural/torch_heads.py` is the same in torch).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

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

    def judge(self, states: Sequence[Floats], mentions: Sequence[Sequence[Bools]]) -> list[list[Judgement]]:
        """A judgement of each mention of each passage; all are read at once, which is quicker than singly.

        Parameters
        ----------
        states : of each passage, float32, shape (n_tokens, width).
        mentions : of each passage, the tokens of each mention, shape (n_tokens,); at least one is true.
        """
        asked = [(part, np.array(spans)) for part, spans in zip(states, mentions, strict=True) if spans]
        if not asked:
            return [[] for _ in states]
        logits = self.logits([part for part, _ in asked], [spans for _, spans in asked])
        stances = softmax(logits[:, :N_STANCES] * self.scale + self.offsets)
        roles = 1.0 / (1.0 + np.exp(-(logits[:, N_STANCES:] * self.role_scales + self.role_offsets)))
        judged = (Judgement(*map(float, (*s, *r))) for s, r in zip(stances, roles, strict=True))
        return [list(islice(judged, len(spans))) for spans in mentions]

    def logits(self, states: Sequence[Floats], mentions: Sequence[Bools]) -> Floats:
        """Logits before calibration of the mentions of all passages, one passage after the other.

        float32, shape (n_mentions, 7); the mentions of a passage are (n_mentions of it, n_tokens).
        """
        spans = [part.astype(np.float32) for part in mentions]
        own = [part @ state / part.sum(axis=1, keepdims=True) for part, state in zip(spans, states, strict=True)]
        whole = [
            np.repeat(state.mean(axis=0)[None], len(part), axis=0) for part, state in zip(spans, states, strict=True)
        ]
        mine = np.concatenate(own)
        joined = np.concatenate([mine, np.concatenate(whole), self._attended(states, own)], axis=1)
        return self._layer("out", gelu(self._layer("hidden", joined)))

    def _attended(self, states: Sequence[Floats], own: Sequence[Floats]) -> Floats:
        """What each mention attends to in its passage, shape (n_mentions, width of the values)."""
        tokens = np.concatenate(states)
        asks = _heads(self._layer("query", np.concatenate(own)))
        keys, values = (_heads(self._layer(name, tokens)) for name in ("key", "value"))
        ends_own, ends = (np.cumsum([len(part) for part in parts])[:-1] for parts in (own, states))
        found = [
            softmax(ask @ key.transpose(0, 2, 1) / np.float32(np.sqrt(ask.shape[-1]))) @ value
            for ask, key, value in zip(
                np.split(asks, ends_own, axis=1),
                np.split(keys, ends, axis=1),
                np.split(values, ends, axis=1),
                strict=True,
            )
        ]
        return np.concatenate(found, axis=1).transpose(1, 0, 2).reshape(asks.shape[1], -1)

    def _layer(self, name: str, rows: Floats) -> Floats:
        return np.asarray(rows @ self.weights[name].T + self.biases[name])


def _heads(rows: Floats) -> Floats:
    """Rows cut into attention heads, shape (n_heads, n_rows, width of a head)."""
    return rows.reshape(len(rows), N_ATTENTION, -1).transpose(1, 0, 2)


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))
