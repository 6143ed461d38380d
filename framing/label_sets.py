"""Label sets: which labels a value leaves open at a level, by conformal thresholds (docs/statistics.md); numpy only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.errors import UsageError
from framing.types import Bools, Floats

NO_YES = ("no", "yes")


@dataclass(frozen=True, slots=True)
class LabelSets:
    """What decides which labels of an axis, in order from its low pole, go with a value.

    Attributes
    ----------
    level : the share of articles whose own label is in the set, of those with that label.
    least : label → the least conformity at which it is in the set.
    """

    level: float
    least: Mapping[str, float]

    def __post_init__(self) -> None:
        if len(self.least) < 2 or not 0 < self.level < 1:
            raise UsageError("label sets: need two labels and a level between 0 and 1; restore the bundle")

    def of(self, share: float) -> tuple[str, ...]:
        """The set for a value, given in [0, 1] of its range."""
        least = np.array(list(self.least.values()))
        (found,) = members(nearness(np.array([share]), len(least)), least)
        return tuple(label for label, is_in in zip(self.least, found, strict=True) if is_in)

    def to_dict(self) -> dict[str, Any]:
        """These as plain data, the form they have in a bundle's manifest."""
        return {"level": self.level, "least": [[label, least] for label, least in self.least.items()]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "LabelSets":
        """What `to_dict` wrote."""
        return cls(float(data["level"]), {str(label): float(least) for label, least in data["least"]})


def nearness(values: Floats, n_labels: int) -> Floats:
    """The conformity of each label with values of an axis whose labels are spread evenly; shape (n_rows, n_labels).

    It is 1 less the distance in [0, 1]; of two labels, their probabilities.
    """
    return np.asarray(1.0 - np.abs(values[:, None] - np.linspace(0.0, 1.0, n_labels)))


def members(conformity: Floats, least: Floats) -> Bools:
    """Which labels are in the set of each row, shape (n_rows, n_labels); never none.

    Where every label falls short, the one that falls least short is the set.

    Parameters
    ----------
    conformity : `nearness`, or the probabilities of classes; shape (n_rows, n_labels).
    least : of each label, shape (n_labels,).
    """
    spare = conformity - least
    return np.asarray((spare >= 0) | (spare == spare.max(axis=1, keepdims=True)))
