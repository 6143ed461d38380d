"""Texts that are nearly the same: reprints, corrections, a sentence with a word changed."""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from framing.errors import UsageError
from framing.labels.row import row_hash

# Shared pairs of neighbouring words among all of both: of twenty words one changed leaves 0.81, two leave
# 0.65. At 0.5, sentences made by one template, which are no copies, are taken for one.
ALIKE = 0.7
# Texts of fewer words have too few pairs to be told apart by.
LEAST_WORDS = 6
N_PERMUTATIONS = 64
KEPT_SETS = 512

_WORD = re.compile(r"\w+")

Pair = tuple[int, int]


def near_duplicates(texts: Sequence[str]) -> list[Pair]:
    """The pairs of texts, by place, that are nearly or wholly the same; of equal texts, the first with each other."""
    first: dict[str, int] = {}
    distinct, pairs = [], []
    for place, text in enumerate(texts):
        earlier = first.setdefault(row_hash(text), place)
        if earlier == place:
            distinct.append(place)
        else:
            pairs.append((earlier, place))
    return sorted([*pairs, *_nearly(texts, distinct)])


def word_pairs(text: str) -> frozenset[int]:
    """The hashes of a text's pairs of neighbouring words; none of a text too short."""
    words = _WORD.findall(text.casefold())
    if len(words) < LEAST_WORDS:
        return frozenset()
    return frozenset(zlib.crc32(f"{one} {two}".encode("utf-8", "replace")) for one, two in pairwise(words))


def _nearly(texts: Sequence[str], places: Iterable[int]) -> list[Pair]:
    cached = lru_cache(KEPT_SETS)(lambda place: word_pairs(texts[place]))
    return [pair for pair in _candidates(places, texts) if _alike(cached(pair[0]), cached(pair[1])) >= ALIKE]


def _candidates(places: Iterable[int], texts: Sequence[str]) -> list[Pair]:
    """Pairs that MinHash takes for alike; a few too many, and of those over `ALIKE` hardly one too few."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError as error:
        raise UsageError("near-duplicates: need the extra 'train'; pip install 'framing[train]'") from error
    index = MinHashLSH(threshold=ALIKE, num_perm=N_PERMUTATIONS, weights=(0.1, 0.9))
    found = []
    for place in places:
        if pairs := word_pairs(texts[place]):
            sketch = MinHash(N_PERMUTATIONS, seed=1, hashfunc=int)
            sketch.update_batch(sorted(pairs))
            found += [(other, place) for other in index.query(sketch)]
            index.insert(place, sketch)
    return sorted(found)


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)
