"""Windows and batches: every token is read once, and no batch is larger than it may be."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.neural.windows import Window, batches, padded, windows

TEXTS = st.lists(st.lists(st.integers(5, 99), max_size=50), max_size=12)


@given(TEXTS, st.integers(1, 20))
def test_every_token_is_in_exactly_one_window(texts: list[list[int]], size: int) -> None:
    found = windows(texts, size)
    read = [(window.text, window.start + place, token) for window in found for place, token in enumerate(window.ids)]
    assert read == [(text, place, token) for text, ids in enumerate(texts) for place, token in enumerate(ids)]


@given(TEXTS, st.integers(1, 20))
def test_the_windows_of_a_text_are_of_about_equal_length(texts: list[list[int]], size: int) -> None:
    for text, ids in enumerate(texts):
        lengths = [len(window.ids) for window in windows(texts, size) if window.text == text]
        assert max(lengths) <= size
        assert len(lengths) <= max(1, -(-len(ids) // size))
        assert len(set(lengths[:-1])) <= 1


def test_a_text_without_tokens_has_one_empty_window() -> None:
    assert windows([[7], [], [8, 9]], 5) == [Window(0, 0, (7,)), Window(1, 0, ()), Window(2, 0, (8, 9))]


def longest(batch: Sequence[Window]) -> int:
    return max(len(window.ids) for window in batch)


@given(TEXTS, st.integers(1, 20), st.integers(1, 6), st.integers(20, 60))
def test_batches_hold_every_window_once_and_respect_their_limits(
    texts: list[list[int]], size: int, max_rows: int, max_tokens: int
) -> None:
    parts = windows(texts, size)
    found = list(batches(parts, max_rows, max_tokens))
    assert sorted((w.text, w.start) for batch in found for w in batch) == [(w.text, w.start) for w in parts]
    assert all(len(batch) <= max_rows and len(batch) * longest(batch) <= max_tokens for batch in found)


def test_batches_are_as_full_as_their_limits_allow() -> None:
    parts = windows([[5] * length for length in (4, 4, 4, 4, 4)], 10)
    assert [len(batch) for batch in batches(parts, max_rows=4, max_tokens=100)] == [4, 1]
    assert [len(batch) for batch in batches(parts, max_rows=9, max_tokens=8)] == [2, 2, 1]


def test_a_window_over_the_limit_is_a_batch_of_its_own() -> None:
    assert [len(batch) for batch in batches(windows([[5] * 9, [6] * 9], 9), max_rows=4, max_tokens=5)] == [1, 1]


def test_nothing_makes_no_batch() -> None:
    assert list(batches(windows([], 8), 4, 32)) == []


@pytest.mark.parametrize(
    ("batch", "ids", "mask"),
    [
        ([Window(0, 0, (7, 8))], [[2, 7, 8, 3]], [[1, 1, 1, 1]]),
        (
            [Window(0, 0, (7,)), Window(1, 4, (8, 9, 10))],
            [[2, 7, 3, 0, 0], [2, 8, 9, 10, 3]],
            [[1, 1, 1, 0, 0], [1, 1, 1, 1, 1]],
        ),
        ([Window(0, 0, ())], [[2, 3]], [[1, 1]]),
    ],
    ids=["one", "a shorter beside a longer", "empty"],
)
def test_padding_stands_behind_the_special_tokens(
    batch: list[Window], ids: list[list[int]], mask: list[list[int]]
) -> None:
    found = padded(batch, first=2, last=3, pad=0)
    assert [array.tolist() for array in found] == [ids, mask]
    assert {array.dtype for array in found} == {np.dtype(np.int64)}
