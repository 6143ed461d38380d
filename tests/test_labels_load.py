import json
import tempfile
import tracemalloc
import unicodedata
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Span
from framing.errors import FramingError, InputError, UsageError
from framing.labels import LabelledSet, LabelOptions, Level, ScaleKind, load, row_hash
from framing.labels.row import JudgedMention

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = (
    "The harbour opened on Tuesday.",
    "A reckless mayor squandered it all.",
    "Nobody was hurt.",
    "What a farce!",
)


def table(path: Path, column: str, labels: list[str], delimiter: str = ",") -> Path:
    lines = [f"{SENTENCES[i % 4].replace('.', f' {i}.')}{delimiter}{label}" for i, label in enumerate(labels)]
    path.write_text("\n".join([f"text{delimiter}{column}", *lines]) + "\n", encoding="utf-8")
    return path


def targets(found: LabelledSet, axis: str) -> list[float | None]:
    return [row.labels.get(axis) for row in found.rows]


def refused(path: Path, **options: object) -> str:
    with pytest.raises(FramingError) as caught:
        load(path, LabelOptions(**options))  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return f"{caught.value.exit_code} {caught.value}"


@pytest.mark.parametrize(
    ("labels", "kind", "expected"),
    [
        (["yes", "No", " YES ", ""], ScaleKind.YES_NO, [1, 0, 1, None]),
        (["1", "0", "0.0", "nan"], ScaleKind.YES_NO, [1, 0, 0, None]),
        (["TRUE", "FALSE", "None", "true"], ScaleKind.YES_NO, [1, 0, None, 1]),
        (["0.25", "1", "0", ""], ScaleKind.SHARE, [0.25, 1, 0, None]),
        (["-1", "0", "0.5", "1"], ScaleKind.BIPOLAR, [0, 0.5, 0.75, 1]),
        (["\N{MINUS SIGN}1", "0", "1", "n/a"], ScaleKind.BIPOLAR, [0, 0.5, 1, None]),
        (["1", "5", "3", "2"], ScaleKind.CLASSES, [0, 1, 0.5, 0.25]),
        (["0", "1", "2", "1"], ScaleKind.CLASSES, [0, 0.5, 1, 0.5]),
        (["-2", "2", "1", "-1"], ScaleKind.CLASSES, [0, 1, 0.75, 0.25]),
        (["50%", "25 %", "100%", ""], ScaleKind.SHARE, [0.5, 0.25, 1, None]),
        (["right", "Left", "centre", "left"], ScaleKind.CLASSES, [1, 0, 0.5, 0]),
        (["high", "low", "low", "medium"], ScaleKind.CLASSES, [1, 0, 0, 0.5]),
        (["biased", "non-biased", "Biased", ""], ScaleKind.YES_NO, [1, 0, 1, None]),
        (["sensational", "plain", "plain", "?"], ScaleKind.YES_NO, [1, 0, 0, None]),
    ],
)
def test_labels_become_targets_by_a_scale_found_from_all_of_them(
    tmp_path: Path, labels: list[str], kind: ScaleKind, expected: list[float | None]
) -> None:
    found = load(table(tmp_path / "a.csv", "label.sensational", labels))
    assert found.scales["sensational"].kind is kind
    assert targets(found, "sensational") == expected
    assert not found.problems


def test_a_value_is_a_number_in_the_range_of_its_scale_and_has_a_name(tmp_path: Path) -> None:
    leaning = load(table(tmp_path / "a.csv", "label.leaning", ["left", "center", "right"])).scales["leaning"]
    assert leaning.range == (-1, 1)
    assert [leaning.value(target) for target in (0, 0.5, 1)] == [-1, 0, 1]
    assert [leaning.name_of(target) for target in (0.2, 0.3, 0.8)] == ["left", "center", "right"]


def test_three_classes_of_no_known_order_become_an_axis_each(tmp_path: Path) -> None:
    found = load(table(tmp_path / "a.csv", "label.topic", ["Sport", "crime", "Local News", "crime"]))
    assert list(found.scales) == ["topic_crime", "topic_local_news", "topic_sport"]
    assert targets(found, "topic_crime") == [0, 1, 0, 1]


def test_a_cell_of_several_known_classes_is_all_of_them(tmp_path: Path) -> None:
    found = load(table(tmp_path / "a.csv", "label.topic", ["sport", "crime", "sport; crime", "weather, fog"], "\t"))
    assert list(found.scales) == ["topic_crime", "topic_sport", "topic_weather_fog"]
    assert targets(found, "topic_sport") == [1, 0, 1, 0]


def test_an_order_given_is_the_order(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "label.tone", ["calm", "shrill", "loud", "calm"])
    found = load(path, LabelOptions(order={"tone": ("calm", "loud", "shrill")}))
    assert targets(found, "tone") == [0, 1, 0.5, 0]


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (
            ["yes", "yes"],
            "3 a.csv: label x: every label is 'yes' (2); an axis needs two classes, and a blank is not one",
        ),
        (["", ""], "3 a.csv: no labels"),
        (["12", "99", "55", "0"], "3 a.csv: label x: numbers from 0 to 99; bring them into 0 to 1 or -1 to 1"),
        (["left", "0.5"], "3 a.csv: label x: of several kinds, 0.5 (a.csv:3) beside 'left' (a.csv:2); make them all"),
        (["news", "talk"], "2 a.csv: label x: which of 'news' and 'talk' is high? say so with --order x=LOW,HIGH"),
        ([f"remark {i}" for i in "abcdefghijklmnopqrstuvwxyzäöüßñ"], "3 a.csv: label x: 31 different labels"),
    ],
)
def test_a_column_that_cannot_be_understood_is_one_line(tmp_path: Path, labels: list[str], message: str) -> None:
    assert refused(table(tmp_path / "a.csv", "label.x", labels)).startswith(message)


def test_a_few_slips_are_rows_and_do_not_change_the_scale(tmp_path: Path) -> None:
    found = load(table(tmp_path / "a.csv", "label.x", ["yes", "no"] * 60 + ["yess", "7"]))
    assert found.scales["x"].kind is ScaleKind.YES_NO
    assert len(found.rows) == 120
    assert [str(problem) for problem in found.problems] == [
        "a.csv:122: label x is 'yess', not yes or no; correct it or leave it empty",
        "a.csv:123: label x is '7', not yes or no; correct it or leave it empty",
    ]


def test_a_number_outside_its_range_is_a_problem_of_its_row(tmp_path: Path) -> None:
    found = load(table(tmp_path / "a.csv", "label.x", ["0.1", "0.9"] * 50 + ["1.5"]))
    assert str(found.problems[0]).startswith("a.csv:102: label x is '1.5', not a number from 0 to 1; correct it")


def test_a_column_of_any_name_is_a_label_when_it_is_named(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "Biased", ["1", "0"])
    assert targets(load(path, LabelOptions(labels={"loaded": "biased"})), "loaded") == [1, 0]
    assert refused(path) == (
        "3 a.csv: no labels; call a column label.AXIS, e.g. label.loaded, or name one, e.g. --label loaded=biased"
    )
    assert refused(path, labels={"loaded": "bias"}) == (
        "2 a.csv: no column 'bias' (found: text, biased); correct --label loaded=bias"
    )
    assert refused(path, columns={"text": "body"}).startswith("2 a.csv: no column 'body' (found: text, Biased)")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_export_is_read_whatever_its_encoding_and_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = f'Text{delimiter}Label.Loaded\n"Naïve, he said.; no"{delimiter}0,5\r\nThe café opened.{delimiter}"0,25"\r\n'
    if delimiter == ",":
        text = text.replace(",0,5", ',"0,5"')
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    found = load(path)
    assert targets(found, "loaded") == [0.5, 0.25]
    assert found.rows[0].text == "Naïve, he said.; no"


def test_every_bad_row_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text,label.x\n1,"two\nlines.",yes\n2,,no\n3,Short,no,extra\n4,"Open,yes\n5,Good one.,no\n')
    found = load(path)
    assert [row.where for row in found.rows] == ["a.csv:2", "a.csv:7"]
    assert [problem.where for problem in found.problems] == ["a.csv:4", "a.csv:5", "a.csv:6"]
    assert str(found.problems[0]) == "a.csv:4: no text in this row; fill it or leave the row out"


def test_json_lines_and_parquet_give_the_same_rows_as_csv(tmp_path: Path) -> None:
    records = [{"text": text, "label.x": i / 4, "outlet": "Wire"} for i, text in enumerate(SENTENCES)]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(record) for record in records))
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "a.parquet")
    lines = [f"{record['text']},{record['label.x']},Wire" for record in records]
    (tmp_path / "a.csv").write_text("\n".join(["text,label.x,outlet", *lines]))
    found = [load(tmp_path / f"a.{ending}") for ending in ("jsonl", "parquet", "csv")]
    assert len({tuple((row.text, row.labels["x"], row.outlet) for row in one.rows) for one in found}) == 1


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One.", "label.x": true}\n\n{oops}\n{"text": "Two.", "label.x": false}\n')
    found = load(path)
    assert len(found.rows) == 2
    assert found.problems[0].where == "a.jsonl:3"


def test_mentions_of_one_text_become_targets_of_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "text,mention,start,stop,stance,label.loaded\n"
        "Ann blamed Bob.,Ann,0,3,0,1\nAnn blamed Bob.,Bob,,,negative,1\nBob and Bob left.,Bob,,,1,0\n"
        "Hi Al.,Al,0,2,1,\nAll calm.,,,,,0\n"
    )
    found = load(path)
    assert found.rows[0].targets == (JudgedMention(Span(0, 3), 0.0), JudgedMention(Span(11, 14), -1.0))
    assert [str(problem) for problem in found.problems] == [
        "a.csv:4: the mention 'Bob' occurs 2 times in the text; give its start and stop",
        "a.csv:5: the mention is 'Al', but characters 0 to 2 are 'Hi'; correct start and stop, counted from 0 and stop "
        "excluded",
    ]


def test_places_stay_right_when_characters_are_put_in_one_form(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = "Cafe\u0301 owner\u200b Ann spoke."
    rows = [{"text": text, "start": 13, "stop": 16, "stance": s, "words": [[0, 5]]} for s in (1, -1)]
    path.write_text("\n".join(map(json.dumps, rows)))
    (row,) = load(path).rows
    assert [one.span.of(row.text) for one in row.targets] == ["Ann"]
    assert [span.of(row.text) for span in row.words or ()] == ["Café"]


def test_rows_of_one_text_by_several_annotators_become_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "text,annotator,label.x,words\nA fine mess.,ann,1,mess\nA fine mess.,bob,1,\nA fine mess.,cem,0,mess\n"
        "All calm.,ann,0,\n"
    )
    found = load(path, LabelOptions(weigh_disagreement=True))
    assert [(row.labels["x"], round(row.weight, 3)) for row in found.rows] == [(pytest.approx(2 / 3), 0.667), (0, 1)]
    assert found.rows[0].words == (Span(7, 11),)
    assert found.judgements["x"].names == ("ann", "bob", "cem")
    assert found.judgements["x"].targets.tolist() == [1, 1, 0, 0]


def test_marked_words_that_the_text_has_not_are_noted_and_the_row_is_used(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps({"text": "A “fine” mess, mess.", "label.x": 1, "words": ["mess", '"fine"', "mes"]}) + "\n"
    )
    with path.open("a") as file:
        file.write(json.dumps({"text": "All calm.", "label.x": 0, "words": []}))
    found = load(path)
    assert [span.of(found.rows[0].text) for span in found.rows[0].words or ()] == ["fine", "mess"]
    assert [str(note) for note in found.notes] == ["a.jsonl:1: the marked word 'mes' is not in the text; correct it"]
    assert not found.problems


def test_rows_are_sentences_or_articles_by_their_length(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "label.x", ["1", "0"])
    assert load(path).level is Level.SENTENCE
    assert load(path, LabelOptions(level=Level.ARTICLE)).level is Level.ARTICLE
    assert load(ROOT / "data" / "labelled" / "articles.jsonl").level is Level.ARTICLE


def test_a_file_that_is_no_table_of_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"PK\x03\x04" + b"xl/workbook" * 9)
    assert refused(tmp_path / "a.csv").startswith("3 a.csv: an Excel workbook")
    (tmp_path / "b.csv").write_text("text,label.x\n")
    assert refused(tmp_path / "b.csv").startswith("3 b.csv: no rows")
    assert refused(tmp_path / "c.csv").startswith("3 ")


def test_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,label.x,Label.X\nOne thing.,1,0\nTwo things.,0,1\n")
    assert refused(path) == "2 a.csv: two columns 'label.x'; rename one of them"


def test_what_is_wrong_with_rows_is_said_where_it_may_be_why_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,label.x\nOne thing,left, right\nTwo,left\n")
    assert refused(path).endswith(
        "Rows that cannot be used: 1, the first a.csv:2: 3 fields under 2 columns; check its quotation marks"
    )


def test_options_that_name_nothing_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "label.x", ["1", "0"])
    with pytest.raises(UsageError, match="no such column is read"):
        LabelOptions(columns={"author": "a"})
    assert refused(path, order={"y": ("a", "b")}).startswith("2 a.csv: --order names 'y', which has no labels")
    with pytest.raises(InputError, match="no such file or folder"):
        load(tmp_path / "nowhere")


def test_a_text_is_known_again_whatever_its_case_and_white_space() -> None:
    assert row_hash("A  fine\nMESS ") == row_hash("a fine mess")
    assert len(row_hash("x")) == 16


def test_memory_does_not_grow_with_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.labels.store.IN_MEMORY_CHARACTERS", 300_000)

    def peak(n_rows: int) -> int:
        path = tmp_path / "a.jsonl"
        lines = (json.dumps({"text": f"{i} {SENTENCES[0] * 60}", "label.x": i % 2}) + "\n" for i in range(n_rows))
        with path.open("w") as file:
            file.writelines(lines)
        tracemalloc.start()
        found = load(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(found.rows) == n_rows
        assert found.rows[-1].text.startswith(f"{n_rows - 1} The")
        assert [row.labels["x"] for row in found.rows[1:4]] == [1, 0, 1]
        return most

    peak(10)
    assert peak(1800) < 2.5 * peak(300)  # the texts alone are 6 times as many


LABELS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9),
    st.floats(),
    st.text(max_size=12),
    st.lists(st.text(max_size=5), max_size=3),
)


@given(st.lists(st.tuples(st.text(max_size=30), LABELS), min_size=1, max_size=20))
def test_whatever_is_in_a_file_it_is_read_or_refused_in_one_line(rows: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_text("\n".join(json.dumps({"text": text, "label.x": label}) for text, label in rows))
        found = read_or_refused(path)
    if found is not None:
        assert len(found.rows) + len(found.problems) == len(rows)
        assert all(0 <= target <= 1 for row in found.rows for target in row.labels.values())


def read_or_refused(path: Path) -> LabelledSet | None:
    try:
        return load(path)
    except FramingError as error:
        message = str(error)
    assert not {"Cc", "Zl", "Zp"} & set(map(unicodedata.category, message)), message
    return None
