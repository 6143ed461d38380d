"""Whether labels follow the outlet alone: what knowing its name is worth, tested by permutation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.labels.row import LabelledRow, Scale
from framing.types import Ints

N_PERMUTATIONS = 999
# A gain by the outlet's name that is said aloud: as much as this, and hardly ever by chance.
GAIN, SURE = 0.1, 0.01


@dataclass(frozen=True, slots=True)
class OutletAlone:
    """How often the majority label of a row's outlet is its label, against that of all rows.

    Attributes
    ----------
    p : share of permutations of the labels, over all rows, in which outlets tell as much.
    """

    n_rows: int
    n_outlets: int
    accuracy: float
    majority: float
    p: float

    @property
    def follows(self) -> bool:
        """Whether a model could learn the outlet in place of the axis."""
        return self.accuracy - self.majority >= GAIN and self.p <= SURE


def outlet_alone(rows: Sequence[LabelledRow], scale: Scale, random_state: int = 0) -> OutletAlone | None:
    """What the outlet's name says of an axis; None where fewer than two outlets have labels."""
    pairs = [
        (row.outlet, _class(scale, row.labels[scale.axis])) for row in rows if row.outlet and scale.axis in row.labels
    ]
    if len({outlet for outlet, _ in pairs}) < 2:
        return None
    _, outlets = np.unique([outlet for outlet, _ in pairs], return_inverse=True)
    classes = np.array([found for _, found in pairs])
    accuracy = _accuracy(outlets, classes)
    generator = np.random.default_rng(random_state)
    as_good = sum(_accuracy(outlets, generator.permutation(classes)) >= accuracy for _ in range(N_PERMUTATIONS))
    majority = float(np.bincount(classes).max() / len(classes))
    return OutletAlone(len(pairs), int(outlets.max()) + 1, accuracy, majority, (as_good + 1) / (N_PERMUTATIONS + 1))


def _class(scale: Scale, target: float) -> int:
    """The class of a target; of numbers, the upper or the lower half."""
    steps = max(2, len(scale.names)) - 1
    return int(target * steps + 0.5)


def _accuracy(outlets: Ints, classes: Ints) -> float:
    width = int(classes.max()) + 1
    table = np.bincount(outlets * width + classes, minlength=(int(outlets.max()) + 1) * width).reshape(-1, width)
    return float(table.max(axis=1).sum() / len(classes))
