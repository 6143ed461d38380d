"""Average linkage on a sparse graph: two clusters are one while their members are alike on average, not by one pair."""

import heapq
from typing import Any

import numpy as np

from framing.types import Ints


def average_linkage(likeness: Any, threshold: float) -> Ints:
    """The number of each row's cluster, counted from 0 in order of first appearance.

    Clusters are joined, the most alike first, while the mean likeness over all pairs of their members reaches
    `threshold` (UPGMA, Sokal and Michener 1958); pairs that the matrix lacks count 0. scipy's linkage needs the
    distances of all pairs, which 100,000 articles have too many of.

    Parameters
    ----------
    likeness : symmetric scipy sparse matrix without diagonal.
    """
    n = likeness.shape[0]
    sums: dict[int, dict[int, float]] = {i: {} for i in range(n)}
    members = {i: [i] for i in range(n)}
    pairs = likeness.tocoo()
    heap = []
    for i, j, value in zip(pairs.row.tolist(), pairs.col.tolist(), pairs.data.tolist(), strict=True):
        sums[i][j] = value
        if i < j and value >= threshold:
            heap.append((-value, i, j))
    heapq.heapify(heap)
    new = n
    while heap:
        _, i, j = heapq.heappop(heap)
        if i in members and j in members:
            _join(i, j, new, sums, members)
            for other, total in sums[new].items():
                mean = total / (len(members[new]) * len(members[other]))
                if mean >= threshold:
                    heapq.heappush(heap, (-mean, other, new))
            new += 1
    return _numbered(n, members)


def _join(i: int, j: int, new: int, sums: dict[int, dict[int, float]], members: dict[int, list[int]]) -> None:
    members[new] = members.pop(i) + members.pop(j)
    large, small = sorted((sums.pop(i), sums.pop(j)), key=len, reverse=True)
    for other, total in small.items():
        large[other] = large.get(other, 0.0) + total
    large.pop(i, None)
    large.pop(j, None)
    sums[new] = large
    for other, total in large.items():
        sums[other].pop(i, None)
        sums[other].pop(j, None)
        sums[other][new] = total


def _numbered(n: int, members: dict[int, list[int]]) -> Ints:
    found = np.empty(n, dtype=np.int64)
    for number, rows in enumerate(sorted(members.values(), key=min)):
        found[rows] = number
    return found
