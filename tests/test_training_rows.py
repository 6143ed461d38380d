"""Readers of the public sets: small copies in their layout, and the sets themselves where they are at hand."""

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from framing.errors import UsageError
from framing.training.rows import SETS, Row, read_all, read_babe, read_subjectivity

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"

BABE = [
    ("x1", "Shameful hacks, they said. Hacks!", "url1", "Post", 1, "opinion", ["hacks", "shameful"]),
    ("x2", "The plan passed.", "url1", "Post", 0, "factual", []),
    ("x3", "An assault on classrooms.", None, "Times", 1, "mixed", ["class", "assault"]),
    ("x4", "A plan (so-called).", "url2", "Times", 0, "no agreement", ["so-called"]),
]
SUBJECTIVITY = [("s1", "It rained.", "OBJ"), ("s2", "What a mess.", "SUBJ")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ("id", "text", "article_url", "outlet", "biased", "opinion", "biased_words")
    write(tmp_path / "babe.parquet", names, BABE)
    write(tmp_path / "subjectivity.parquet", ("sentence_id", "sentence", "label"), SUBJECTIVITY)
    return tmp_path


def write(path: Path, names: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    parquet.write_table(pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows]), path)


@pytest.fixture(scope="module")
def real() -> tuple[Row, ...]:
    if not all((DATA / one.file).is_file() for one in SETS):
        pytest.skip("the public sets are not at hand (../shared/data)")
    return read_all(DATA)


def marked(row: Row) -> list[str]:
    return [span.of(row.text) for span in row.words or ()]


def test_a_sentence_of_babe_has_the_labels_it_was_given(folder: Path) -> None:
    assert [(row.id, row.group, row.outlet, dict(row.labels)) for row in read_babe(folder)] == [
        ("x1", "url1", "Post", {"loaded": 1.0, "opinion": 1.0}),
        ("x2", "url1", "Post", {"loaded": 0.0, "opinion": 0.0}),
        ("x3", "x3", "Times", {"loaded": 1.0, "opinion": 0.5}),
        ("x4", "url2", "Times", {"loaded": 0.0}),
    ]


def test_marked_words_are_found_whole_whatever_their_case(folder: Path) -> None:
    found = {row.id: marked(row) for row in read_babe(folder)}
    assert found == {"x1": ["Shameful", "hacks"], "x2": [], "x3": ["assault"], "x4": ["so-called"]}


def test_a_sentence_of_the_other_set_is_its_own_group_without_marked_words(folder: Path) -> None:
    assert list(read_subjectivity(folder)) == [
        Row("s1", "It rained.", "s1", "subjectivity", {"opinion": 0.0}),
        Row("s2", "What a mess.", "s2", "subjectivity", {"opinion": 1.0}),
    ]


def test_a_missing_set_is_a_usage_error_that_says_where_to_get_it(folder: Path) -> None:
    (folder / "subjectivity.parquet").unlink()
    with pytest.raises(
        UsageError, match=re.escape(f"{folder / 'subjectivity.parquet'}: no such data set; give the folder")
    ):
        read_all(folder)


@pytest.mark.parametrize(("source", "n"), [("babe", 2913), ("subjectivity", 1292)])
def test_every_row_of_the_real_sets_is_read(real: tuple[Row, ...], source: str, n: int) -> None:
    assert sum(row.source == source for row in real) == n


def test_ids_of_the_real_sets_are_unique(real: tuple[Row, ...]) -> None:
    assert len({(row.source, row.id) for row in real}) == len(real)


def test_every_span_of_the_real_sets_covers_a_marked_word(real: tuple[Row, ...]) -> None:
    records = parquet.read_table(DATA / "babe.parquet", columns=["id", "biased_words"]).to_pylist()
    words = {record["id"]: {word.lower() for word in record["biased_words"]} for record in records}
    spans = [(row.id, word.lower()) for row in real for word in marked(row)]
    assert len(spans) == 2999
    assert not [(row_id, word) for row_id, word in spans if word not in words[row_id]]


def test_labels_of_the_real_sets_are_in_range(real: tuple[Row, ...]) -> None:
    assert {value for row in real for value in row.labels.values()} == {0.0, 0.5, 1.0}
    assert all(row.text.strip() for row in real)
