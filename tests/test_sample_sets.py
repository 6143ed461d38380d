"""The example set of the tutorial: its form, its classes, and the axis that goes with it."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from framing.axes import SHARE, read_axes

LABELLED = Path(__file__).resolve().parent.parent / "data" / "labelled"
LABEL = "label.sensational"

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    with (LABELLED / "sensational.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_there_are_two_hundred_sentences_with_many_of_both_classes(rows: Rows) -> None:
    classes = Counter(row[LABEL] for row in rows)
    assert len(rows) == 200
    assert set(classes) == {"yes", "no"}
    assert min(classes.values()) >= 70
    assert all(12 <= len(row["text"].split()) <= 35 for row in rows)


def test_no_sentence_and_no_id_comes_twice(rows: Rows) -> None:
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["text"].casefold() for row in rows}) == len(rows)


@pytest.mark.parametrize("column", ["outlet", "group"])
def test_no_outlet_and_no_article_has_one_class_alone(rows: Rows, column: str) -> None:
    classes = defaultdict(set)
    for row in rows:
        classes[row[column]].add(row[LABEL])
    assert [name for name, found in classes.items() if len(found) < 2] == []


def test_an_article_has_one_outlet_and_one_date(rows: Rows) -> None:
    groups = {row["group"] for row in rows}
    assert len({(row["group"], row["outlet"], row["date"]) for row in rows}) == len(groups) == 50


def test_the_axis_of_the_set_can_be_read() -> None:
    axes = read_axes(LABELLED / "sensational_axes.toml")
    assert list(axes) == [LABEL.removeprefix("label.")]
    (axis,) = axes.values()
    assert axis.range == SHARE
    assert [anchor.value for anchor in axis.anchors] == [0.2, 0.5, 0.8]
