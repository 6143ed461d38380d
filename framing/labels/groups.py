"""Groups of rows that must not sit on both sides of a split."""

from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np

from framing.labels.duplicates import Pair, near_duplicates
from framing.labels.row import LabelledRow
from framing.types import Ints


class Texts(Sequence[str]):
    """The texts of rows, each read when it is asked for."""

    def __init__(self, rows: Sequence[LabelledRow]):
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [row.text for row in self._rows[index]]
        return self._rows[index].text


def groups(rows: Sequence[LabelledRow], alike: Iterable[Pair] | None = None) -> Ints:
    """The group of each row, shape (n_rows,), counted from 0 in order.

    Rows are of one group where they share the column `group` or the URL, or are nearly the same text, and where a
    chain of such rows joins them.

    Parameters
    ----------
    alike : the pairs of `near_duplicates`, where they are known already.
    """
    parent = list(range(len(rows)))
    first: dict[tuple[str, str], int] = {}
    for place, row in enumerate(rows):
        for key in (("group", row.group), ("url", row.url)):
            if key[1]:
                _join(parent, first.setdefault((key[0], key[1]), place), place)
    for one, other in near_duplicates(Texts(rows)) if alike is None else alike:
        _join(parent, one, other)
    _, numbers = np.unique([_root(parent, place) for place in range(len(rows))], return_inverse=True)
    return numbers


def _join(parent: list[int], one: int, other: int) -> None:
    """Makes two rows one group; its root is its first row."""
    low, high = sorted((_root(parent, one), _root(parent, other)))
    parent[high] = low


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place
