"""Weights that are kept beside those in training: their mean over the last steps, and the best on development rows."""

from collections.abc import Mapping

import torch
from torch import Tensor


class Mean:
    """The running mean of weights, float32."""

    def __init__(self, tensors: dict[str, Tensor] | None = None, n: int = 0):
        self.tensors, self.n = tensors or {}, n

    @torch.no_grad()
    def add(self, weights: Mapping[str, Tensor]) -> None:
        """Counts `weights` in."""
        if self.n == 0:
            self.tensors = {name: one.detach().clone() for name, one in weights.items()}
        for name, one in weights.items():
            mean = self.tensors[name]
            mean += (one - mean) / (self.n + 1)
        self.n += 1


class Best:
    """The weights with the highest figure so far; an equal figure later does not replace them.

    Attributes
    ----------
    waited : how often a figure was no better since.
    """

    def __init__(self, tensors: dict[str, Tensor] | None = None, metric: float | None = None, waited: int = 0):
        self.tensors, self.metric, self.waited = tensors or {}, metric, waited

    def add(self, metric: float, weights: Mapping[str, Tensor]) -> None:
        """Keeps `weights` if they are better than what is kept."""
        if self.metric is None or metric > self.metric:
            self.metric, self.waited = metric, 0
            self.tensors = {name: one.detach().clone() for name, one in weights.items()}
        else:
            self.waited += 1

    def is_over(self, patience: int) -> bool:
        """Whether nothing has become better for `patience` figures."""
        return self.waited >= patience


@torch.no_grad()
def copy_into(weights: Mapping[str, Tensor], tensors: Mapping[str, Tensor]) -> None:
    """Overwrites `weights`."""
    for name, one in weights.items():
        one.copy_(tensors[name])
