"""Copies: texts that repeat each other, as wire copy and reprints do."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from framing.types import Ints

# Runs of five words; of their hashes every fourth is kept, chosen by its value (Broder 1997, "mod m" sketches).
RUN = 5
KEPT_OF = 4
N_PERMUTATIONS = 64
# Characters of a text that are looked at: a copy shows in its beginning.
READ = 8000
# An article with half its text in another is called a copy; candidates are those that MinHash finds this much alike.
COPIED = 0.5
CANDIDATE = 0.3


class _Hashes(dict[str, int]):
    """The hash of each word, computed once."""

    def __missing__(self, word: str) -> int:
        self[word] = found = zlib.crc32(word.encode("utf-8", "replace"))
        return found


_HASHES = _Hashes()


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles with text in common: which share of each, in [0, 1], the other has too."""

    first: int
    second: int
    share_of_first: float
    share_of_second: float


def find_copies(texts: Iterable[str]) -> list[Copy]:
    """The pairs of texts of which one has at least `COPIED` of the other's runs of words, in order."""
    sketches = [sketch(text) for text in texts]
    found = (_copy(i, j, sketches) for i, j in _candidates(sketches))
    return [copy for copy in found if max(copy.share_of_first, copy.share_of_second) >= COPIED]


def sketch(text: str) -> Ints:
    """The kept hashes of a text's runs of words, sorted; nearly always the same few of the same runs."""
    words = np.fromiter(map(_HASHES.__getitem__, text[:READ].casefold().split()), dtype=np.uint64)
    if len(words) < RUN:
        return np.zeros(0, dtype=np.uint64)
    n = len(words) - RUN + 1
    runs = np.zeros(n, dtype=np.uint64)
    for place in range(RUN):  # a polynomial in an odd number, modulo 2**64
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + words[place : place + n]
    runs ^= runs >> np.uint64(31)
    return np.unique(runs[runs % np.uint64(KEPT_OF) == 0])


def _candidates(sketches: Sequence[Ints]) -> list[tuple[int, int]]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=CANDIDATE, num_perm=N_PERMUTATIONS, weights=(0.2, 0.8))
    first = MinHash(N_PERMUTATIONS, seed=1, hashfunc=_folded)
    pairs = []
    for number, hashes in enumerate(sketches):
        if len(hashes):
            one = first.copy()
            one.update_batch(hashes.tolist())
            pairs += [(other, number) for other in index.query(one)]
            index.insert(number, one)
    return sorted(pairs)


def _folded(value: int) -> int:
    return value >> 32


def _copy(i: int, j: int, sketches: Sequence[Ints]) -> Copy:
    common = len(np.intersect1d(sketches[i], sketches[j], assume_unique=True))
    return Copy(i, j, common / len(sketches[i]), common / len(sketches[j]))
