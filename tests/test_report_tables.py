import csv
import io
import json
from collections.abc import Iterator

import pytest
from fakes import AXES, fake_score, null_score

from framing.article import Failure
from framing.report import tables
from framing.report.phrases import Result

FAILURE = Failure("empty.txt", "input", "empty.txt: no text; give an article")


def read(results: list[Result], columns: list[str] | None = None) -> list[dict[str, str]]:
    file = io.StringIO()
    tables.write_csv(results, file, AXES, columns)
    return list(csv.DictReader(io.StringIO(file.getvalue())))


def test_the_header_has_article_axes_errors_and_then_the_columns_carried_along() -> None:
    header = tables.header(AXES, ["topic"])

    assert header[:7] == ["id", "title", "outlet", "url", "date", "n_words", "n_sentences"]
    assert header[7:13] == ["loaded", "loaded_low", "loaded_high", "loaded_percentile", "loaded_title", "loaded_quoted"]
    assert header[13:15] == ["loaded_n", "opinion"]
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
