import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from framing.cli import app
from framing.labels import LabelOptions, load
from framing.labels.check import CheckedSet, check
from framing.labels.enough import enough

LONG = (
    "The council approved the budget of four hundred million crowns on Monday after a long and heated debate in town."
)
SENTENCES = [
    f"{who} {what} the {thing} on {day}."
    for who in ("Ann", "Bob", "Cem", "Dora", "Emil")
    for what in ("praised", "slammed", "opened", "closed")
    for thing in ("bridge", "library")
    for day in ("Monday", "Friday")
]


def checked(path: Path, text: str, **options: object) -> CheckedSet:
    path.write_text(text, encoding="utf-8")
    return check(load(path, LabelOptions(**options)), lambda text: "de" if " und " in text else "en")  # type: ignore[arg-type]


def test_what_is_wrong_with_rows_is_named_by_file_and_line(tmp_path: Path) -> None:
    found = checked(
        tmp_path / "a.csv",
        "id,text,label.x,split,group\n"
        f"1,{LONG},1,train,\n2,{LONG.replace('heated', 'tedious')},0,test,\n3,{LONG.upper()},1,train,\n"
        "4,Ja und nein und vielleicht und wieder ja und nein und noch einmal.,1,train,a\n"
        "4,Short one.,0,train,a\n5,A third sentence.,,dev,a\n",
    )
    assert found.suspects.equal == (("a.csv:2", "a.csv:4"),)
    assert found.suspects.alike == (("a.csv:2", "a.csv:3"),)
    assert found.suspects.contradictions == (("a.csv:2", "a.csv:3"),)
    assert found.suspects.astride == (("a.csv:2", "a.csv:3"), ("a.csv:5", "a.csv:7"))
    assert found.suspects.foreign == ("a.csv:5",)
    assert found.suspects.short == ("a.csv:6",)
    assert found.suspects.same_ids == {"4": ("a.csv:5", "a.csv:6")}
    assert (found.n_rows, found.n_unlabelled, found.n_groups) == (6, 1, 2)
    assert found.splits == {"train": 4, "test": 1, "dev": 1}


@pytest.mark.parametrize(
    ("low", "middle", "high", "answer"),
    [
        (9, 0, 500, "no"),
        (400, 99, 9, "no"),
        (10, 0, 10, "heads only"),
        (10, 279, 10, "heads only"),
        (10, 280, 10, "yes"),
    ],
)
def test_an_axis_needs_rows_on_both_sides_of_its_middle(low: int, middle: int, high: int, answer: str) -> None:
    assert enough([0.2] * low + [0.5] * middle + [1.0] * high) == answer


def test_labels_that_follow_the_outlet_are_told_from_those_that_do_not(tmp_path: Path) -> None:
    lines = [f"{text},{'Echo' if i % 2 else 'Gale'},{i % 2},{i // 2 % 2}" for i, text in enumerate(SENTENCES)]
    follows, free = checked(tmp_path / "a.csv", "\n".join(["text,outlet,label.x,label.y", *lines])).axes
    assert follows.outlet is not None
    assert follows.outlet.follows
    assert (follows.outlet.accuracy, follows.outlet.majority, follows.outlet.n_outlets) == (1, 0.5, 2)
    assert free.outlet is not None
    assert not free.outlet.follows
    assert free.outlet.p > 0.05


def test_the_command_prints_and_exits_with_five_where_rows_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Satz,wertend,wer\nOne thing.,ja,ann\nAnother thing.,nein,ann\nOne thing.,nein,bob\n,ja,ann\n")
    arguments = [
        "data",
        "check",
        str(path),
        "--label",
        "loaded=wertend",
        "--column",
        "text=Satz",
        "--column",
        "annotator=wer",
    ]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 5
    assert "a.csv:5: no text in this row; fill it or leave the row out" in done.stdout
    assert "Krippendorff's alpha (nominal)" in done.stdout
    data = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert data["axes"][0]["classes"] == {"no": 1, "yes": 1}
    assert data["problems"] == [
        {"where": "a.csv:5", "what": "no text in this row", "what_to_do": "fill it or leave the row out"}
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["a.csv", "--label", "x"], 2, "framing: --label x: give NAME=VALUE"),
        (["a.csv", "--level", "book"], 2, "framing: --level book: rows are sentence or article"),
        (["a.csv", "--column", "txt=a"], 2, "framing: --column txt=…: no such column is read; there are id, text"),
        (["a.csv", "--label", "x=nothing"], 2, "framing: a.csv: no column 'nothing' (found: text, label.x); correct"),
        (
            ["a.csv", "--order", "x=b,a"],
            2,
            "framing: a.csv: label x: --order has none of its classes; they are '1', '0'",
        ),
        (["b.csv"], 3, "framing: b.csv: no such file or folder; check the path"),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    (tmp_path / "a.csv").write_text("text,label.x\nOne thing.,1\nAnother thing.,0\n")
    done = subprocess.run(
        [sys.executable, "-m", "framing.cli", "data", "check", *arguments], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == code
    assert done.stderr.startswith(message)
    assert done.stderr.count("\n") == 1
