"""What an evaluation found, shown: every figure in every format, JSON by its schema, a page that runs nothing."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.console import Console
from test_evaluation import QUICK, fake, labelled, toy

from framing.errors import UsageError
from framing.evaluation.outcome import Evaluation, Unscored
from framing.evaluation.run import evaluate
from framing.report import evaluations
from framing.report.evaluations import evaluation_format, markdown, render, write_evaluation

SCHEMA = json.loads((Path(evaluations.__file__).parent / "evaluation.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    folder = tmp_path_factory.mktemp("bundle")
    rows = [replace(row, outlet="<b>Daily | Echo</b>" if row.outlet == "outlet 1" else row.outlet) for row in toy()]
    one = evaluate(fake(folder, flips=3), labelled(rows), QUICK, fake(folder))
    (axis,) = one.axes
    return replace(one, axes=(replace(axis, unscored=(Unscored("toy.csv:9", "r7", "too little text"),)),))


def written(found: Evaluation, kind: str) -> str:
    file = io.StringIO()
    write_evaluation(found, kind, file)
    return file.getvalue()


def estimates(data: Any) -> list[str]:
    """Every figure of the axes as a reader sees it."""
    found = [str(one) for figures in data.axes[0].figures.values() for one in figures.values()]
    return found + [str(part.figure) for one in data.axes[0].breakdowns for part in one.parts]


def test_json_is_what_its_schema_says(found: Evaluation) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(written(found, "json"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)] == []
    alone = json.loads(written(replace(found, against=None), "json"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(alone)] == []


def test_every_figure_with_its_interval_stands_in_markdown_and_on_the_page(found: Evaluation) -> None:
    document, page = markdown(found).replace("\\", ""), written(found, "html")
    assert not [one for one in estimates(found) if one not in document or one not in page]


@pytest.mark.parametrize(
    "words",
    [
        "Bundle fake 1.0 on toy.csv",
        "200 sentences in 100 groups",
        "AGAINST FAKE 1.0",
        "The gate is closed.",
        "r7",
        "too little text",
        "LOADED BY OUTLET",
        "called yes",
    ],
)
def test_a_terminal_of_80_columns_tells_what_matters(found: Evaluation, words: str) -> None:
    file = io.StringIO()
    Console(file=file, width=80).print(render(found))
    assert words in re.sub(r"\s+", " ", file.getvalue())


def test_a_terminal_of_80_columns_cuts_no_figure(found: Evaluation) -> None:
    file = io.StringIO()
    Console(file=file, width=80).print(render(found))
    assert "…" not in file.getvalue()


def test_the_page_draws_the_curve_and_escapes_what_the_set_says(found: Evaluation) -> None:
    page = written(found, "html")
    assert page.count("<circle") == len(found.axes[0].curve)
    assert "<b>Daily" not in page
    assert "&lt;b&gt;Daily" in page
    assert "<script" not in page
    assert not re.findall(r"https?://", page)


def test_every_table_of_the_document_has_cells_for_its_columns(found: Evaluation) -> None:
    tables = [part.splitlines() for part in markdown(found).split("\n\n") if part.startswith("|")]
    assert tables
    assert all(len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) == 1 for lines in tables)


@pytest.mark.parametrize(
    ("asked", "out", "kind"), [(None, "a.md", "md"), (None, None, "terminal"), ("html", "a.x", "html")]
)
def test_the_format_is_the_one_asked_for_or_that_of_the_file(asked: str | None, out: str | None, kind: str) -> None:
    assert evaluation_format(asked, Path(out) if out else None) == kind


def test_a_format_that_an_evaluation_has_not_is_named() -> None:
    with pytest.raises(UsageError, match="csv: an evaluation has no such format"):
        evaluation_format("csv", None)
