"""What a protocol asks: texts to be told apart, and which of them are held out when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.article import Span
from framing.training.rows import Row
from framing.types import Floats, Ints

ALWAYS_TRAINED = -1


@dataclass(frozen=True, slots=True)
class Problem:
    """Labelled texts; those of fold 0, 1, … are held out in turn, those of `ALWAYS_TRAINED` never.

    Attributes
    ----------
    truth : in [0, 1], classes spread evenly, shape (n_texts,).
    groups : what a resample draws together.
    spans : the judged mention of each text, where mentions are judged.
    rows : the same as rows of training, where the encoder can be tuned on them; those of mentions may be fewer.
    axis : of `rows`, "" where mentions are judged.
    """

    texts: Sequence[str]
    truth: Floats
    n_classes: int
    folds: Ints
    groups: Sequence[str]
    outlets: Sequence[str | None]
    spans: Sequence[Span] | None = None
    rows: Sequence[Row] = ()
    axis: str = ""

    @property
    def n_folds(self) -> int:
        """How many folds are held out."""
        return int(self.folds.max()) + 1

    def turns(self, n_folds: int) -> Iterator[tuple[Ints, Ints]]:
        """Rows to train on and rows to measure on, fold by fold."""
        for fold in range(n_folds):
            yield np.flatnonzero(self.folds != fold), np.flatnonzero(self.folds == fold)

    def classes(self, chosen: Ints) -> Ints:
        """The number of each row's class, shape (n_chosen,)."""
        return np.rint(self.truth[chosen] * (self.n_classes - 1)).astype(np.int64)
