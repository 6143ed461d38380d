"""The scores file: a round trip, failures as rows, whole or not at all, and files that are something else."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fake_actors import acted_score
from fakes import AXES, LEANING, REFERENCE, bipolar_score, fake_score, null_score

from framing.article import Failure
from framing.corpus import is_scores, open_scores, write_scores, writer
from framing.corpus.layout import KEY
from framing.errors import InputError, UsageError
from framing.report.phrases import Result

FAILED = Failure("empty.txt", "input", "empty.txt: no text; give an article")
RESULTS: list[Result] = [acted_score(), null_score(), FAILED, fake_score(id="3", columns={"section": "town", "n": 4})]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_scores(RESULTS, tmp_path / "scores.parquet", AXES, REFERENCE, {"licence": "CC0", "files": {}})
    return tmp_path / "scores.parquet"


def rows(path: Path) -> list[dict[str, object]]:
    return [row for batch in open_scores(path).batches() for row in batch.to_pylist()]


def test_a_file_says_who_scored_on_which_axes_and_how_many(path: Path) -> None:
    scores = open_scores(path)

    assert is_scores(path)
    assert scores.axes == AXES
    assert (scores.reference, scores.bundle.name) == (REFERENCE, "default")
    assert (scores.n_rows, scores.n_failed) == (4, 1)
    assert scores.card == {"licence": "CC0"}


def test_what_a_score_says_comes_back(path: Path) -> None:
    first, null, failed, last = rows(path)
    score = acted_score()
    text = score.article.text

    assert first["text"] == text
    assert (first["loaded"], first["loaded_n"]) == (score.axes["loaded"].value, score.axes["loaded"].n)
    assert null["loaded"] is None
    assert "at least 40" in str(null["loaded_why_null"])
    assert (failed["id"], failed["error"], failed["text"]) == ("empty.txt", FAILED.message, None)
    assert last["columns"] == [("section", "town"), ("n", "4")]


def test_every_place_points_into_the_text(path: Path) -> None:
    first = rows(path)[0]
    text, score = str(first["text"]), acted_score()
    spans = {name: [text[one["start"] : one["stop"]] for one in first[name]] for name in ("sentences", "markers")}  # type: ignore[attr-defined]

    assert spans["sentences"] == [sentence.span.of(text) for sentence in score.article.sentences]
    assert spans["markers"] == [marker.span.of(text) for marker in score.markers]
    for actor, known in zip(first["actors"], score.actors, strict=True):  # type: ignore[call-overload]
        assert actor["stance"] == known.stance
        assert [text[one["start"] : one["stop"]] for one in actor["mentions"]] == [
            line.span.of(text) for line in known.evidence
        ]


def test_evidence_is_the_strongest_sentences_of_each_axis_with_all_that_their_markers_add(path: Path) -> None:
    first = rows(path)[0]
    for name, score in acted_score().axes.items():
        sums: dict[int, float] = {}
        for line in score.ledger:
            sums[line.sentence] = sums.get(line.sentence, 0.0) + line.contribution
        found = [one["contribution"] for one in first["evidence"] if one["axis"] == name]  # type: ignore[attr-defined]

        assert found == pytest.approx(sorted(sums.values(), key=lambda one: -abs(one))[:5])


def test_a_half_of_a_character_keeps_every_place_where_it_was(tmp_path: Path) -> None:
    score = fake_score("A title\nA bad \udcff byte. " + "Words follow it here. " * 9 + "\n")
    write_scores([score], tmp_path / "s.parquet", AXES, REFERENCE)
    (row,) = rows(tmp_path / "s.parquet")

    assert len(str(row["text"])) == len(score.article.text)


def test_rows_are_written_in_groups_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "GROUP_ROWS", 2)
    write_scores([fake_score(id=str(n)) for n in range(5)], tmp_path / "s.parquet", AXES, REFERENCE)

    assert pq.ParquetFile(tmp_path / "s.parquet").num_row_groups == 3


def test_an_interrupt_keeps_what_was_finished_under_another_name(tmp_path: Path) -> None:
    def interrupted() -> Iterator[Result]:
        yield fake_score(id="1")
        yield fake_score(id="2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_scores(interrupted(), tmp_path / "s.parquet", AXES, REFERENCE)

    assert [file.name for file in tmp_path.iterdir()] == ["s.parquet.part"]
    assert pq.read_table(tmp_path / "s.parquet.part").num_rows == 2


def test_an_error_leaves_no_file_and_the_old_one_as_it_was(path: Path) -> None:
    def broken() -> Iterator[Result]:
        yield fake_score()
        raise ValueError

    before = path.read_bytes()
    with pytest.raises(ValueError):  # noqa: PT011
        write_scores(broken(), path, AXES, REFERENCE)

    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_axis_named_as_a_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="axis text: a scores file has a column of that name"):
        write_scores([], tmp_path / "s.parquet", {"text": AXES["loaded"]}, REFERENCE)


def _retold(path: Path, **change: bytes) -> None:
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({KEY: change["header"]} if change else None), path)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.write_bytes(b"PAR1 not really"), "not a Parquet file"),
        (lambda path: pq.write_table(pa.table({"text": ["a"]}), path), "not a scores file; write one with"),
        (lambda path: _retold(path, header=b'{"version": 99}'), "of version 99, not 1; score again"),
        (lambda path: pq.write_table(pq.read_table(path).drop_columns("actors"), path), "without the columns actors"),
        (
            lambda path: pq.write_table(
                pq.read_table(path).drop_columns("id").append_column("id", pa.array(range(4))), path
            ),
            "column id is not as framing writes it",
        ),
    ],
    ids=["damaged", "another table", "another version", "a column short", "a column of another type"],
)
def test_a_file_that_is_something_else_is_one_line(path: Path, spoil: object, message: str) -> None:
    spoil(path)  # type: ignore[operator]
    with pytest.raises(InputError, match=message):
        open_scores(path)


def test_mixed_bundles_are_told(path: Path) -> None:
    table = pq.read_table(path)
    hashes = pa.array(["1" * 64, *table["bundle_sha256"].to_pylist()[1:]])
    index = table.schema.get_field_index("bundle_sha256")
    pq.write_table(table.set_column(index, table.schema.field(index), hashes), path)

    with pytest.raises(InputError, match=r"scored by several bundles \(.*\); score all articles with one"):
        _ = open_scores(path).bundle


def test_a_file_without_one_score_is_told(tmp_path: Path) -> None:
    write_scores([FAILED], tmp_path / "s.parquet", AXES, REFERENCE)

    with pytest.raises(InputError, match="no article in it has a score"):
        _ = open_scores(tmp_path / "s.parquet").bundle


def test_a_bipolar_axis_has_its_range(tmp_path: Path) -> None:
    score = bipolar_score()
    write_scores([score], tmp_path / "s.parquet", {"leaning": LEANING}, REFERENCE)

    assert open_scores(tmp_path / "s.parquet").axes["leaning"].range == (-1.0, 1.0)
