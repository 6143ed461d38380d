"""The twins of a comparison: JSON and its schema, tidy tables, Markdown, charts; and the conditions of monitors."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pyarrow.parquet as pq
import pytest
from fake_comparison import comparison

from framing.errors import UsageError
from framing.report.comparison import gates, records, summary, tidy
from framing.report.comparison.domain import domain
from framing.report.comparison.library import Library
from framing.report.comparison.write import Report, format_of

ATTACK = "<script>alert(1)</script>|"


@pytest.mark.parametrize("n", [2, 4, 50])
def test_the_json_satisfies_its_schema(n: int) -> None:
    file = io.StringIO()
    records.write_json(comparison(n), file)
    data = json.loads(file.getvalue())

    jsonschema.Draft202012Validator.check_schema(records.schema())
    jsonschema.validate(data, records.schema())
    assert data["contrasts"][0]["ref"] == comparison(n).contrasts[0].ref


def test_the_schema_allows_no_key_that_it_does_not_name() -> None:
    file = io.StringIO()
    records.write_json(comparison(2), file)
    data = json.loads(file.getvalue())
    data["means"][0]["surprise"] = 1

    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        jsonschema.validate(data, records.schema())


def test_csv_and_parquet_hold_the_same_rows(tmp_path: Path) -> None:
    found = comparison(4)
    file = io.StringIO()
    tidy.write_csv(found, file)
    tidy.write_parquet(found, tmp_path / "rows.parquet")
    as_csv = list(csv.DictReader(io.StringIO(file.getvalue())))
    as_parquet = pq.read_table(tmp_path / "rows.parquet").to_pylist()

    assert [row["outlet"] for row in as_csv] == [row["outlet"] for row in as_parquet]
    assert [float(row["estimate"]) for row in as_csv] == [row["estimate"] for row in as_parquet]
    assert {row["method"] for row in as_parquet} >= {"mean", "difference_raw", "stance_quoted", "rolling_mean"}
    assert as_csv[0].keys() == as_parquet[0].keys()


def test_a_name_that_a_spreadsheet_would_run_is_guarded() -> None:
    file = io.StringIO()
    tidy.write_csv(comparison(2, hostile="=cmd()"), file)

    assert all(not row["outlet"].startswith("=") for row in csv.DictReader(io.StringIO(file.getvalue())))


def test_markdown_has_the_answer_first_and_no_markup_of_an_article() -> None:
    text = summary.render(comparison(4, hostile=ATTACK), "Title")

    assert text.index("## The answer") < text.index("## What cannot be concluded") < text.index("## The articles")
    assert "<script>" not in text
    assert "| axis | first | second | verdict |" in text


def test_twins_are_written_with_every_chart_as_svg_and_png(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    found = comparison(4, hostile=ATTACK)
    Report.of(found, Library({}), None, {}, "").write_twins(tmp_path / "twins")
    names = {
        path.relative_to(tmp_path / "twins").as_posix() for path in (tmp_path / "twins").rglob("*") if path.is_file()
    }
    charts = sorted((tmp_path / "twins" / "charts").glob("*.svg"))

    assert names >= {f"comparison.{kind}" for kind in ("json", "schema.json", "csv", "parquet", "md")}
    assert [path.stem for path in charts] == [path.stem for path in sorted((tmp_path / "twins/charts").glob("*.png"))]
    assert "means-loaded" in {path.stem for path in charts}
    for path in charts:
        assert ElementTree.parse(path).getroot().tag.endswith("svg")
        assert "<script" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("loaded > 0.2", ("loaded", None, ">", 0.2)),
        ("loaded Harbour Post >= 20 %", ("loaded", "Harbour Post", ">=", 0.2)),
        ("leaning<-.5", ("leaning", None, "<", -0.5)),
        ("leaning A < B <= −0.5", ("leaning", "A < B", "<=", -0.5)),
    ],
)
def test_a_condition_is_read(text: str, gate: tuple[object, ...]) -> None:
    found = gates.parse(text)

    assert (found.axis, found.group, found.compare, found.number) == gate


@pytest.mark.parametrize("text", ["loaded", "loaded 0.2", "> 0.2", "loaded > much", "loaded == 0.2", ""])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a condition; write AXIS"):
        gates.parse(text)


def test_a_condition_is_met_by_the_groups_whose_mean_does_it() -> None:
    found = comparison(4)
    means = {one.group: one.mean.value for one in found.means if one.axis == "loaded" and one.mean}
    highest = max(means, key=lambda name: means[name])

    assert len(list(gates.met([gates.parse("loaded > 0")], found))) == len(means)
    assert list(gates.met([gates.parse(f"loaded {highest} < {means[highest]:.3f}")], found)) == []
    (line,) = gates.met([gates.parse(f"loaded > {means[highest] - 1e-6:.6f}")], found)
    assert highest in line


@pytest.mark.parametrize(
    ("text", "message"), [("noise > 1", "no axis 'noise'"), ("loaded Nobody > 1", "no group 'Nobody'")]
)
def test_a_condition_on_what_is_not_compared_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        list(gates.met([gates.parse(text)], comparison(2)))


@pytest.mark.parametrize(
    ("asked", "out", "kind"),
    [
        (None, "report.html", "html"),
        (None, "report.HTM", "html"),
        (None, "report", "html"),
        (None, None, "md"),
        ("json", "report.txt", "json"),
    ],
)
def test_the_format_follows_the_option_then_the_name(asked: str | None, out: str | None, kind: str) -> None:
    assert format_of(asked, Path(out) if out else None) == kind


@pytest.mark.parametrize(("asked", "out"), [("pdf", None), (None, "report.pdf")])
def test_a_format_that_is_none_is_refused(asked: str | None, out: str | None) -> None:
    with pytest.raises(UsageError, match="not a format of a report; choose html"):
        format_of(asked, Path(out) if out else None)


@pytest.mark.parametrize(
    ("values", "ends"),
    [([0.12, 0.31], (0.1, 0.4)), ([0.2, 0.2], (0.15, 0.25)), ([-0.93, 0.02], (-1.0, 0.5)), ([], (0.0, 1.0))],
)
def test_a_drawn_scale_holds_its_values_and_has_round_ends(values: list[float], ends: tuple[float, float]) -> None:
    limits = (-1.0, 1.0) if min(values, default=0) < 0 else (0.0, 1.0)
    found = domain(values, limits, 0.1, 3)

    assert (found.low, found.high) == pytest.approx(ends)
    assert all(0 <= (found.place(value) or 0) <= 100 for value in values)
    assert len(found.ticks(str)) <= 6
