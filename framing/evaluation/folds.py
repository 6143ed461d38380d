"""Folds in which rows of one group (an article, an outlet) are never on both sides."""

from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from framing.errors import UsageError
from framing.types import Ints


def grouped_folds(groups: Sequence[Hashable], n_folds: int, random_state: int) -> Ints:
    """The fold of each row, shape (n_rows,), in [0, n_folds); a group sits in one fold."""
    from sklearn.model_selection import GroupKFold

    codes = {group: index for index, group in enumerate(dict.fromkeys(groups))}
    if len(codes) < n_folds:
        raise UsageError(f"splits: {n_folds} folds need as many groups, got {len(codes)}; ask for fewer folds")
    splitter = GroupKFold(n_folds, shuffle=True, random_state=random_state)
    numbers = np.array([codes[group] for group in groups])
    return _fold_of_row(splitter.split(numbers, groups=numbers), len(groups))


def random_folds(n_rows: int, n_folds: int, random_state: int) -> Ints:
    """The fold of each row when articles are ignored, as published figures do."""
    from sklearn.model_selection import KFold

    splitter = KFold(n_folds, shuffle=True, random_state=random_state)
    return _fold_of_row(splitter.split(np.zeros(n_rows)), n_rows)


def _fold_of_row(splits: Iterable[tuple[Ints, Ints]], n_rows: int) -> Ints:
    folds = np.zeros(n_rows, dtype=np.int64)
    for fold, (_, held_out) in enumerate(splits):
        folds[held_out] = fold
    return folds
