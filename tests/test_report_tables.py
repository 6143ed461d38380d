import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_actors import acted_score, with_cast
from fakes import AXES, fake_score, null_score

from framing.article import Failure
from framing.errors import UsageError
from framing.report import actor_tables, tables
from framing.report.phrases import Result
from framing.report.write import Destination, destination

FAILURE = Failure("empty.txt", "input", "empty.txt: no text; give an article")


def read(results: list[Result], columns: list[str] | None = None) -> list[dict[str, str]]:
    file = io.StringIO()
    tables.write_csv(results, file, AXES, columns)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def read_actors(results: list[Result]) -> list[dict[str, str]]:
    file = io.StringIO()
    actor_tables.write_actors_csv(results, file)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def test_the_header_has_article_axes_errors_and_then_the_columns_carried_along() -> None:
    header = tables.header(AXES, ["topic"])

    assert header[:7] == ["id", "title", "outlet", "url", "date", "n_words", "n_sentences"]
    assert header[7:13] == ["loaded", "loaded_low", "loaded_high", "loaded_percentile", "loaded_title", "loaded_quoted"]
    assert header[13:16] == ["loaded_n", "loaded_set", "opinion"]
    assert header[-4:] == ["why_null", "error_kind", "error", "topic"]


def test_numbers_survive_the_round_trip_exactly() -> None:
    score = fake_score()

    (row,) = read([score])

    assert float(row["loaded"]) == score.axes["loaded"].value
    assert float(row["loaded_high"]) == score.axes["loaded"].high
    assert row["loaded_n"] == "11"
    assert row["id"] == "harbour-post-1"


def test_null_values_are_empty_and_say_why() -> None:
    (row,) = read([null_score()])

    assert (row["loaded"], row["why_null"]) == ("", "12 words of prose; at least 40 are needed")


def test_a_failed_article_is_a_row_too() -> None:
    first, second = read([FAILURE, fake_score(columns={"topic": "parks"})])

    assert (first["id"], first["error_kind"], first["loaded"]) == ("empty.txt", "input", "")
    assert (second["topic"], second["error"]) == ("parks", "")


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd|x", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    (row,) = read([fake_score(outlet=text, columns={"topic": text})])

    assert (row["outlet"], row["topic"]) == ("'" + text.replace("\r", "\n"),) * 2


def test_a_column_name_that_a_spreadsheet_would_run_is_guarded() -> None:
    (row,) = read([fake_score(columns={"=cmd": "x"})])

    assert row["'=cmd"] == "x"


@pytest.mark.parametrize("number", ["-3.5", "+2", -1, "-1e5"])
def test_a_negative_number_stays_a_number(number: object) -> None:
    (row,) = read([fake_score(columns={"delta": number})])

    assert row["delta"] == str(number)


def test_lists_and_objects_of_a_column_are_json() -> None:
    (row,) = read([fake_score(columns={"tags": ["a", "b"], "more": {"n": None}})])

    assert (json.loads(row["tags"]), json.loads(row["more"])) == (["a", "b"], {"n": None})


def test_a_carried_column_with_the_name_of_one_of_ours_keeps_both() -> None:
    (row,) = read([fake_score(columns={"loaded": "yes", "title": "theirs"})])

    assert (row["source_loaded"], row["source_title"]) == ("yes", "theirs")
    assert float(row["loaded"]) < 1


def test_columns_that_only_later_articles_have_are_kept() -> None:
    _, second = read([fake_score(columns={"a": 1}), fake_score(columns={"b": 2})])

    assert json.loads(second["other_columns"]) == {"b": "2"}


def test_lists_and_objects_among_the_other_columns_are_json_too() -> None:
    _, second = read([fake_score(columns={"a": 1}), fake_score(columns={"tags": ["x"], "more": {"n": None}})])

    assert json.loads(second["other_columns"]) == {"tags": ["x"], "more": {"n": None}}


def test_named_columns_are_written_in_the_order_given() -> None:
    (row,) = read([fake_score(columns={"a": 1, "b": 2})], columns=["b", "a"])

    assert list(row)[-3:] == ["b", "a", "other_columns"]


def test_rows_are_written_as_they_come() -> None:
    file = io.StringIO()
    lines = []

    def results() -> Iterator[Result]:
        for _ in range(3):
            yield fake_score()
            lines.append(file.getvalue().count("\n"))

    tables.write_csv(results(), file, AXES)

    assert lines == [2, 3, 4]


def test_every_actor_of_every_article_is_a_row_of_a_table_of_its_own() -> None:
    score = acted_score()
    rows = read_actors([score, FAILURE, fake_score(), acted_score(id="2")])
    first = rows[0]

    assert [row["id"] for row in rows] == ["harbour-post-1"] * 5 + ["2"] * 5
    assert (first["actor"], first["name"], first["kind"], first["known"]) == (
        "alderwick.council",
        "Alderwick town council",
        "agency",
        "True",
    )
    assert (float(first["stance"]), float(first["low"])) == (score.actors[0].stance, score.actors[0].low)
    assert (first["n"], first["n_mentions"], first["role"], first["why_null"]) == ("3", "4", "harms", "")
    assert first["sentence"].startswith("The town council of Alderwick slaughtered")
    assert float(first["sentence_stance"]) == pytest.approx(-0.62)


def test_an_actor_with_too_little_has_empty_cells_and_says_why() -> None:
    *_, they = read_actors([acted_score()])

    assert (they["stance"], they["low"], they["sentence"]) == ("", "", "")
    assert they["why_null"].startswith("too little")
    assert json.loads(they["speakers"]) == [{"name": "Lena Ortiz", "stance": pytest.approx(-0.82), "n": 1}]


def test_a_name_that_a_spreadsheet_would_run_is_guarded() -> None:
    (row,) = read_actors([with_cast(fake_score(), {"x": ("=1+1", "company", "Orla Timber", 0.1)})])

    assert row["name"] == "'=1+1"


def test_a_csv_file_has_the_actors_in_a_file_beside_it(tmp_path: Path) -> None:
    destination(None, tmp_path / "scores.csv", None).write([acted_score(), FAILURE], AXES, "")

    written = {path.name: path.read_text("utf-8").count("\n") for path in tmp_path.iterdir()}
    assert written == {"scores.csv": 3, "scores.actors.csv": 6}


@pytest.mark.parametrize(("table", "first"), [("articles", "id,title,outlet"), ("actors", "id,outlet,date,actor")])
def test_one_table_asked_for_is_the_only_one_written(tmp_path: Path, table: str, first: str) -> None:
    destination("csv", tmp_path / "out", table).write([acted_score()], AXES, "")

    (path,) = tmp_path.iterdir()
    assert (path.name, path.read_text("utf-8")[: len(first)]) == ("out", first)


@pytest.mark.parametrize(("table", "first"), [(None, "id,title"), ("actors", "id,outlet,date,actor")])
def test_standard_output_has_the_table_of_the_articles_or_the_one_asked_for(
    capsys: pytest.CaptureFixture[str], table: str | None, first: str
) -> None:
    Destination("csv", None, table).write([acted_score()], AXES, "")

    assert capsys.readouterr().out.startswith(first)


def test_only_csv_has_two_files(tmp_path: Path) -> None:
    destination(None, tmp_path / "scores.jsonl", None).write([acted_score()], AXES, "")

    assert [path.name for path in tmp_path.iterdir()] == ["scores.jsonl"]


def test_a_file_without_a_suffix_has_the_actors_in_one_with_it(tmp_path: Path) -> None:
    destination("csv", tmp_path / "scores", None).write([acted_score()], AXES, "")

    assert {path.name for path in tmp_path.iterdir()} == {"scores", "scores.actors.csv"}


@pytest.mark.parametrize(
    ("kind", "table", "message"),
    [
        ("csv", "people", "--table people: not a table; choose articles or actors"),
        ("json", "actors", "--table actors: only CSV is written as tables; add --format csv"),
    ],
)
def test_a_table_that_cannot_be_is_refused(kind: str, table: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        destination(kind, None, table)


def test_when_an_article_fails_for_good_neither_file_is_left(tmp_path: Path) -> None:
    def broken() -> Iterator[Result]:
        yield acted_score()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        destination(None, tmp_path / "scores.csv", None).write(broken(), AXES, "")

    assert list(tmp_path.iterdir()) == []
