"""The heads of the encoder in torch: one linear head a sentence axis, one for names, one for what befalls a mention.

`framing/heads.py` and `framing/target.py` are the same functions in numpy, for the shipped scorer.
"""

import torch
from torch import Tensor, nn

from framing.neural.shapes import N_SHAPES, TAGS

STANCES = ("negative", "neutral", "positive")
ROLES = ("harms", "harmed", "helps", "helped")
_NAME_HIDDEN = 128
_TARGET_HIDDEN = 256
_N_ATTENTION = 4
_ATTENTION_WIDTH = 32


class NameNet(nn.Module):
    """Tags of tokens from their states, and from how their words and the neighbours' are written."""

    def __init__(self, width: int):
        super().__init__()
        self.state = nn.Linear(width, _NAME_HIDDEN)
        self.shape = nn.Parameter(torch.zeros(3, N_SHAPES, _NAME_HIDDEN))
        self.out = nn.Linear(_NAME_HIDDEN, len(TAGS))
        nn.init.normal_(self.shape, std=0.2)

    def forward(self, states: Tensor, shapes: Tensor) -> Tensor:
        """Logits, shape (n_rows, n_tokens, n_tags); shapes are int64, shape (n_rows, n_tokens)."""
        before = nn.functional.pad(shapes[:, :-1], (1, 0))
        after = nn.functional.pad(shapes[:, 1:], (0, 1))
        written = self.shape[0][before] + self.shape[1][shapes] + self.shape[2][after]
        logits: Tensor = self.out(nn.functional.gelu(self.state(states) + written, approximate="tanh"))
        return logits


class TargetNet(nn.Module):
    """Stance toward a mention and its roles: the mention's states, the sentence's, and what the mention attends to."""

    def __init__(self, width: int, dropout: float = 0.1):
        super().__init__()
        inner = _N_ATTENTION * _ATTENTION_WIDTH
        self.query, self.key, self.value = (nn.Linear(width, inner) for _ in range(3))
        self.hidden = nn.Linear(2 * width + inner, _TARGET_HIDDEN)
        self.out = nn.Linear(_TARGET_HIDDEN, len(STANCES) + len(ROLES))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, content: Tensor, rows: Tensor, spans: Tensor) -> Tensor:
        """Logits of three stances and four roles, shape (n_mentions, 7).

        Parameters
        ----------
        states : shape (n_rows, n_tokens, width).
        content : 1 on tokens that stand for text, shape (n_rows, n_tokens).
        rows : the row of each mention, int64, shape (n_mentions,).
        spans : 1 on the mention's tokens, shape (n_mentions, n_tokens).
        """
        inside = content[rows].bool()
        mention = _mean(states[rows], spans)
        sentence = _mean(states, content)[rows]
        query, key, value = (_split(part) for part in (self.query(mention), self.key(states), self.value(states)))
        scores = torch.einsum("mhd,mthd->mht", query, key[rows]) / _ATTENTION_WIDTH**0.5
        weights = scores.float().masked_fill(~inside.unsqueeze(1), float("-inf")).softmax(-1).to(value.dtype)
        attended = torch.einsum("mht,mthd->mhd", weights, value[rows]).flatten(1)
        joined = torch.cat([mention, sentence, attended], dim=-1)
        logits: Tensor = self.out(
            self.dropout(nn.functional.gelu(self.hidden(self.dropout(joined)), approximate="tanh"))
        )
        return logits.float()


def _split(part: Tensor) -> Tensor:
    return part.view(*part.shape[:-1], _N_ATTENTION, _ATTENTION_WIDTH)


def _mean(states: Tensor, weights: Tensor) -> Tensor:
    weighted = weights.unsqueeze(-1).to(states.dtype)
    return (states * weighted).sum(1) / weighted.sum(1).clamp(min=1.0)
