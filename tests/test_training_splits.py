"""Folds: a group is never on both sides of a split, and every row is held out once."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.errors import UsageError
from framing.training.splits import grouped_folds, random_folds

GROUPS = st.lists(st.one_of(st.integers(0, 9), st.sampled_from(["Post", "Times", "0"])), min_size=1, max_size=80)


@given(GROUPS, st.integers(2, 5), st.integers(0, 5))
def test_a_group_sits_in_one_fold(groups: list[int | str], n_folds: int, random_state: int) -> None:
    groups = [*groups, *(f"extra {index}" for index in range(n_folds))]
    folds = grouped_folds(groups, n_folds, random_state)
    assert len(set(zip(groups, folds.tolist(), strict=True))) == len(set(groups))
    assert set(folds.tolist()) == set(range(n_folds))


@given(st.integers(5, 200), st.integers(0, 5))
def test_random_folds_hold_out_about_as_many_rows_each(n_rows: int, random_state: int) -> None:
    sizes = Counter(random_folds(n_rows, 5, random_state).tolist())
    assert set(sizes) == set(range(5))
    assert max(sizes.values()) - min(sizes.values()) <= 1


def test_folds_depend_on_the_random_state_alone() -> None:
    groups = [f"a{index // 3}" for index in range(60)]
    for split in (lambda state: grouped_folds(groups, 5, state), lambda state: random_folds(60, 5, state)):
        assert np.array_equal(split(0), split(0))
        assert not np.array_equal(split(0), split(1))


def test_fewer_groups_than_folds_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="5 folds need as many groups, got 2"):
        grouped_folds(["a", "b", "a"], 5, 0)
