"""The target head: stance toward a mention and its roles, from the token states of its passage; numpy only.

One encoding of a passage serves all its mentions: the mention's mean state, the passage's, and what the mention
attends to pass through one hidden layer (`framing/neural/torch_heads.py` is the same in torch).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from framing.heads import softmax
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
        # The mean over a mention's tokens and, in the last row, over the passage's: one product for both.
        means = [_shares(spans) @ part for spans, part in zip(mentions, states, strict=True)]
        own = np.concatenate([part[:-1] for part in means])
        whole = np.concatenate([np.broadcast_to(part[-1], part[:-1].shape) for part in means])
        joined = np.concatenate([own, whole, self._attended(states, mentions, own)], axis=1)
        return self._layer("out", gelu(self._layer("hidden", joined)))

    def _attended(self, states: Sequence[Floats], mentions: Sequence[Bools], own: Floats) -> Floats:
        """What each mention attends to in its passage, shape (n_mentions, width of the values).

        A passage has many more tokens than mentions, so its states are not made keys and values: what a mention asks
        for is carried back to the states instead, and of the values only the mix of states it attends to is made. The
        keys' bias adds the same to all tokens, which a softmax does not see.
        """
        n, width = own.shape
        asks = _heads(self._layer("query", own))
        asks = asks / np.float32(np.sqrt(asks.shape[-1])) @ self.weights["key"].reshape(N_ATTENTION, -1, width)
        rows = np.split(asks.transpose(1, 0, 2), np.cumsum([len(spans) for spans in mentions])[:-1])
        mixed = [softmax(ask.reshape(-1, width) @ part.T) @ part for ask, part in zip(rows, states, strict=True)]
        heads = np.concatenate(mixed).reshape(n, N_ATTENTION, width).transpose(1, 0, 2)
        values = heads @ self.weights["value"].reshape(N_ATTENTION, -1, width).transpose(0, 2, 1)
        return np.asarray(values.transpose(1, 0, 2).reshape(n, -1) + self.biases["value"])

    def _layer(self, name: str, rows: Floats) -> Floats:
        return np.asarray(rows @ self.weights[name].T + self.biases[name])


def _shares(spans: Bools) -> Floats:
    """The weight of each token in the mean of each span and, in the last row, of all; shape (n_spans + 1, n_tokens)."""
    weights = np.ones((len(spans) + 1, spans.shape[1]), dtype=np.float32)
    weights[:-1] = spans
    weights /= weights.sum(axis=1, keepdims=True)
    return weights


def _heads(rows: Floats) -> Floats:
    """Rows cut into attention heads, shape (n_heads, n_rows, width of a head)."""
    return rows.reshape(len(rows), N_ATTENTION, -1).transpose(1, 0, 2)
