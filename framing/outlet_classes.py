"""Like which outlets' articles an article is: chances of classes of outlets, told from axes of articles; numpy only.

Outlets of the center are not those in the middle of an axis from left to right but those that take no side: cuts of
that axis alone tell the classes apart less well than it and how partisan an article is (docs/experiments.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.errors import UsageError
from framing.heads import softmax
from framing.types import Floats


@dataclass(frozen=True, slots=True)
class OutletClasses:
    """A multinomial logistic regression on the log odds of axes.

    Attributes
    ----------
    labels : the classes, in order from the low pole of the first axis.
    axes : the axes that count; with the first the chances are shown.
    weights, biases : float64, shapes (n_labels, n_axes) and (n_labels,).
    """

    labels: tuple[str, ...]
    axes: tuple[str, ...]
    weights: Floats
    biases: Floats

    def __post_init__(self) -> None:
        n_labels = len(self.labels)
        if self.weights.shape != (n_labels, len(self.axes)) or self.biases.shape != (n_labels,):
            raise UsageError("classes of outlets: labels, axes and weights do not fit; restore the bundle")

    def chances(self, raws: Mapping[str, float]) -> dict[str, float]:
        """The chance of each class for an article, from its log odds by axis."""
        (found,) = self.many(np.array([[raws[name] for name in self.axes]]))
        return dict(zip(self.labels, found.tolist(), strict=True))

    def many(self, raws: Floats) -> Floats:
        """The chances of each class, shape (n_rows, n_labels), from log odds, shape (n_rows, n_axes)."""
        return softmax(raws @ self.weights.T + self.biases)

    def to_dict(self) -> dict[str, Any]:
        """These as plain data, the form they have in a bundle's manifest."""
        named = {"labels": list(self.labels), "axes": list(self.axes)}
        return {**named, "weights": self.weights.tolist(), "biases": self.biases.tolist()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "OutletClasses":
        """What `to_dict` wrote."""
        weights, biases = (np.array(data[name], dtype=np.float64) for name in ("weights", "biases"))
        return cls(tuple(data["labels"]), tuple(data["axes"]), weights, biases)
