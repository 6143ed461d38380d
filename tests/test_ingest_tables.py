import csv
import datetime
import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from framing.article import Document, Failure
from framing.errors import InputError, UsageError
from framing.ingest import count, is_batch, read

TEXT = "The harbour opened again on Tuesday.\n\nNobody was hurt."


def documents(path: Path) -> list[Document]:
    found = list(read(str(path)))
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def test_a_jsonl_row_becomes_a_document_with_its_other_columns(tmp_path: Path) -> None:
    row = {"id": "x1", "title": "Harbour opens", "text": TEXT, "outlet": "Wire", "date": "2025-03-04", "topic": ["sea"]}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")
    (document,) = documents(path)
    assert document == Document("x1", "Harbour opens\n\n" + TEXT, True, "Wire", None, "2025-03-04", {"topic": ["sea"]})
    assert is_batch(str(path))
    assert count(str(path)) == 1


def test_a_title_that_the_text_already_begins_with_is_not_put_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"title": "Harbour opens", "text": "Harbour opens\n" + TEXT}))
    (document,) = documents(path)
    assert document.text == "Harbour opens\n" + TEXT
    assert document.has_title


def test_rows_without_an_id_are_named_by_file_and_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text,outlet\n"One, two.",A\n"Three.",B\n')
    assert [document.id for document in documents(path)] == ["a.csv:1", "a.csv:2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_a_csv_is_found(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        delimiter.join(["Title", "Text", "n"])
        + "\n"
        + delimiter.join(["Hello", "Some words; and, more.".replace(delimiter, " "), "3"])
    )
    (document,) = documents(path)
    assert document.text.startswith("Hello\n\nSome words")
    assert document.columns == {"n": "3"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_of_a_csv_is_found(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("text;n\n“Naïve,” said the café’s owner, who had seen it all before.;1\n".encode(encoding))
    (document,) = documents(path)
    assert document.text == "“Naïve,” said the café’s owner, who had seen it all before."


def test_quoted_fields_may_hold_lines_and_be_very_long(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    long = "word " * 50_000
    path.write_text(f'text,outlet\n"first line\nsecond ""line""",A\n"{long}",B\n')
    first, second = documents(path)
    assert first.text == 'first line\nsecond "line"'
    assert len(second.text) > 200_000


def outcome(path: Path, text: str) -> list[str]:
    """Texts that were read, and messages in brackets."""
    path.write_text(text, encoding="utf-8")
    return [item.text if isinstance(item, Document) else f"[{item.message}]" for item in read(str(path))]


@pytest.mark.parametrize(
    ("rows", "first", "rest"),
    [
        (
            '1,"One,A\n2,Two,B\n3,Three,C\n',
            "line 2: a quotation mark opens a cell here that nothing closes",
            ["Two", "Three"],
        ),
        ('1,"One,A\n2,"Two",B\n3,Three,C\n', "line 2: its quotation marks do not pair up", ["Two", "Three"]),
        (
            '1,"One,A\n2,Six foot 5\'6",B\n3,Three,C\n',
            "goes on into what looks like the next row \\(line 3\\)",
            ["Six foot 5'6\"", "Three"],
        ),
        ('1,"He said "no" to it, twice",A\n2,Two,B\n', "line 2: its quotation marks do not pair up", ["Two"]),
        ('1,"One, "so\nmore, and more\nend",A\n2,Two,B\n', "lines 2 to 4 were left out", ["Two"]),
        ('a-01,"One,A\na-02,"Two\nlines, here",B\n', "line 2: its quotation marks", ["Two\nlines, here"]),
    ],
)
def test_a_row_with_broken_quotes_is_a_failure_and_swallows_no_other(
    tmp_path: Path, rows: str, first: str, rest: list[str]
) -> None:
    bad, *good = outcome(tmp_path / "a.csv", "id,text,outlet\n" + rows)
    assert re.search(first, bad), bad
    assert bad.startswith("[a.csv:1: line 2: ")
    assert good == rest


def test_rows_that_cannot_be_told_from_a_broken_one_are_said_to_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    (bad,) = outcome(path, 'text\n"One\nTwo\nThree\n')
    assert bad.endswith("close it; lines 2 to 4 were left out]")


def test_a_quote_left_open_in_the_last_row_is_a_failure(tmp_path: Path) -> None:
    good, bad = outcome(tmp_path / "a.csv", 'text,outlet\nOne,A\n"Two,B')
    assert good == "One"
    assert bad.startswith("[a.csv:2: line 3: a quotation mark opens a cell here that nothing closes; close it")


def test_cells_with_many_lines_commas_and_quotes_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    bodies = [
        "First, a line.\n\n2, 3 and 4, he said.\nThe end, all told.",
        'He said "no", twice.\n"Yes", she said, "but why?"\n',
        "1,000 people, or so\n2,000 people, they say",
        '"\n"',
        "a\r\nb, c",
    ]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["id", "text", "outlet"], *([n, body, "A, B"] for n, body in enumerate(bodies, 100))])
    assert [document.text for document in documents(path)] == [body.replace("\r\n", "\n") for body in bodies]


def test_the_lines_of_a_cell_that_lost_its_first_quote_are_failures_and_no_articles(tmp_path: Path) -> None:
    *bad, good = outcome(tmp_path / "a.csv", 'id,text,outlet\n1,One\ntwo, he said\nthree",A\n2,Two,B\n')
    assert good == "Two"
    assert len(bad) == 3
    assert all("2 fields under 3 columns" in message for message in bad)


def test_a_header_with_an_open_quote_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('"text,outlet\nOne,A\n')
    with pytest.raises(InputError, match=r"a\.csv: line 1: a quotation mark opens"):
        list(read(str(path)))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_a_table_without_a_text_column_names_those_it_has(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("parquet"):
        pq.write_table(pa.table({"headline": ["x"], "body": ["y"]}), path)
    else:
        path.write_text('{"headline": "x", "body": "y"}' if name.endswith("l") else "headline,body\nx,y\n")
    with pytest.raises(UsageError, match=rf"{name}: no column 'text' \(found: headline, body\); rename"):
        list(read(str(path)))


def test_bad_rows_become_failures_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        json.dumps({"id": "ok", "text": TEXT}),
        "{not json",
        "[1]",
        json.dumps({"id": "e", "text": " "}),
        json.dumps({"text": 7}),
        "[" * 100_000,
    ]
    path.write_text("\n".join(rows))
    first, *bad = read(str(path))
    assert isinstance(first, Document)
    assert [item.id for item in bad] == ["a.jsonl:2", "a.jsonl:3", "e", "a.jsonl:5", "a.jsonl:6"]
    assert all(isinstance(item, Failure) and item.kind == "input" for item in bad)


def test_a_csv_row_with_too_many_fields_or_none_for_the_text_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,one,two,three\n2\n3,fine words\n")
    long, short, fine = read(str(path))
    assert isinstance(long, Failure)
    assert "4 fields under 2 columns" in long.message
    assert isinstance(short, Failure)
    assert "1 fields under 2 columns" in short.message
    assert isinstance(fine, Document)


def test_parquet_values_become_plain_json(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    day = datetime.datetime(2025, 3, 4, tzinfo=datetime.UTC)
    columns = {
        "text": [TEXT],
        "date": pa.array([datetime.date(2025, 3, 4)]),
        "seen": pa.array([day]),
        "score": [float("nan")],
        "tags": [["a", "b"]],
        "raw": [b"\x00"],
    }
    pq.write_table(pa.table(columns), path)
    (document,) = documents(path)
    assert document.date == "2025-03-04"
    assert json.loads(json.dumps(document.columns)) == {
        "seen": "2025-03-04T00:00:00+00:00",
        "score": None,
        "tags": ["a", "b"],
        "raw": "b'\\x00'",
    }
    assert count(str(path)) == 1


def test_parquet_is_read_in_batches_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [f"Row number {i}." for i in range(1000)]}), path, row_group_size=300)
    assert [document.text for document in documents(path)] == [f"Row number {i}." for i in range(1000)]


def test_a_file_that_only_claims_to_be_parquet_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_text("hello")
    with pytest.raises(InputError, match=r"a\.parquet: not a Parquet file"):
        list(read(str(path)))
    assert count(str(path)) is None


def test_a_parquet_file_damaged_in_its_middle_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": [f"{TEXT} {i}" for i in range(600)]}), path, use_dictionary=False)
    data = bytearray(path.read_bytes())
    data[100 : len(data) // 2] = b"\xff" * (len(data) // 2 - 100)
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"a\.parquet: a damaged Parquet file"):
        list(read(str(path)))


def test_an_empty_csv_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("")
    with pytest.raises(InputError, match="empty"):
        list(read(str(path)))


def test_rows_of_a_table_in_a_folder_take_the_folders_outlet_where_they_have_none(tmp_path: Path) -> None:
    (tmp_path / "times").mkdir()
    (tmp_path / "times" / "a.jsonl").write_text(
        json.dumps({"text": TEXT}) + "\n" + json.dumps({"text": TEXT, "outlet": "Own"})
    )
    first, second = read(str(tmp_path))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.id, first.outlet) == ("times/a.jsonl:1", "times")
    assert second.outlet == "Own"
    assert count(str(tmp_path)) == 2


def test_lone_surrogates_do_not_travel_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "bad \\ud800 pair"}')
    (document,) = documents(path)
    assert document.text.encode()
