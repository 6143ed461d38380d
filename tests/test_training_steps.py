"""Which rows a step sees: each once a pass, of like length, the same in every run, and none kept in memory."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import toy_rows

from framing.article import Span
from framing.training.recipe import Recipe
from framing.training.rows import Named, Row, Target
from framing.training.steps import Steps


def steps(rows: Sequence[Row], size: int = 8, passes: float = 1.0, **changes: object) -> Steps:
    return Steps(rows, Recipe(passes=(("toy", passes),), batch_size=size, **changes))  # type: ignore[arg-type]


def ids(found: Steps) -> list[str]:
    return [row.id for step in found for row in found.rows(step)]


@given(st.integers(0, 200), st.integers(1, 20), st.integers(0, 5))
def test_every_row_comes_once_a_pass_in_batches_of_the_size_asked_for(n: int, size: int, random_state: int) -> None:
    rows = [Row(str(index), "x" * (index * 7 % 31), "g", "toy", {}) for index in range(n)]
    found = steps(rows, size, random_state=random_state)
    assert sorted(map(int, ids(found))) == list(range(n))
    assert sorted(len(step.places) for step in found) == sorted(min(size, n - at) for at in range(0, n, size))
    assert len(found) == len(list(found))


@pytest.mark.parametrize(("passes", "spread"), [(0.5, False), (2.5, False), (2.5, True)])
def test_a_part_of_a_pass_sees_a_part_of_the_rows(passes: float, spread: bool) -> None:
    found = steps(toy_rows(400), passes=passes, spread=spread)
    assert len(ids(found)) == pytest.approx(400 * passes, rel=0.15)
    assert max(Counter(ids(found)).values()) <= -(-passes // 1)


def test_rows_of_a_source_that_is_not_named_are_not_seen() -> None:
    rows = [*toy_rows(8), Row("other", "mayor", "g", "elsewhere", {})]
    assert "other" not in ids(steps(rows))


def test_batches_differ_from_epoch_to_epoch_and_not_from_run_to_run() -> None:
    found = steps(toy_rows(64), passes=2.0)
    first, second = ids(found)[:64], ids(found)[64:]
    assert ids(found) == ids(steps(toy_rows(64), passes=2.0))
    assert first != second
    assert sorted(first) == sorted(second)


def test_the_last_step_of_an_epoch_says_so() -> None:
    ends = [(step.number, step.epoch) for step in steps(toy_rows(20), passes=3.0) if step.ends_epoch]
    assert ends == [(3, 1), (6, 2), (9, 3)]


def test_rows_of_one_batch_are_of_like_length() -> None:
    found = steps([Row(str(index), "x" * (index * 37 % 128), "g", "toy", {}) for index in range(128)])
    lengths = [[len(row.text) for row in found.rows(step)] for step in found]
    assert max(max(batch) - min(batch) for batch in lengths) < 16


def test_names_are_swapped_anew_in_each_pass_and_alike_in_each_run() -> None:
    names = ("Ana Ruiz", "Omar Diallo", "Lena Park", "Ivo Novak")
    named = [Row(name, name, name, "toy", {}, names=(Named(Span(0, len(name)), "PER"),)) for name in names]
    judged = [
        Row(f"{at}", "Mary Lund voted", "g", "toy", {}, targets=(Target(Span(0, 9), (1, 0, 0)),)) for at in range(40)
    ]
    found = steps([*named, *judged], passes=2.0, swaps=0.5)
    texts = [[row.text for step in found if step.epoch == epoch for row in found.rows(step)] for epoch in (1, 2)]
    again = [[row.text for step in found if step.epoch == epoch for row in found.rows(step)] for epoch in (1, 2)]
    assert texts == again
    assert texts[0] != texts[1]
    assert 8 < sum(text == "Mary Lund voted" for text in texts[0]) < 32


def test_a_row_with_the_label_of_an_axis_keeps_its_names() -> None:
    target = Target(Span(0, 9), (1, 0, 0))
    rows = [Row(f"{at}", "Mary Lund voted", "g", "toy", {"left": 1.0}, targets=(target,)) for at in range(20)]
    found = steps([Row("n", "Ana", "n", "toy", {}, names=(Named(Span(0, 3), "PER"),)), *rows], swaps=1.0)
    kept = [row.text for step in found for row in found.rows(step) if row.labels]
    assert kept == ["Mary Lund voted"] * 20


class OnDisk(Sequence[Row]):
    """Rows made anew whenever they are read, as if from a file; counts those that are alive."""

    def __init__(self, n: int):
        self.n, self.n_read = n, 0

    def __len__(self) -> int:
        return self.n

    def __getitem__(self, index: int | slice) -> Row:  # type: ignore[override]
        assert isinstance(index, int)
        if not 0 <= index < self.n:
            raise IndexError(index)
        self.n_read += 1
        return Row(str(index), "mayor " * (index % 7), "g", "toy", {})

    def __iter__(self) -> Iterator[Row]:
        return (self[index] for index in range(self.n))


def test_what_is_kept_of_rows_on_a_disk_is_a_number_each() -> None:
    import tracemalloc

    rows = OnDisk(50_000)
    tracemalloc.start()
    found = steps(rows, 32)
    n = sum(len(found.rows(step)) for step in found)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n == 50_000
    assert peak < 50_000 * 60
