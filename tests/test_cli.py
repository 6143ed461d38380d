"""The command line as its users meet it: every format, every kind of bad input, exit codes, nothing half-written."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from jsonschema import Draft202012Validator

from framing import cli
from framing.report.records import schema

STORY = (
    "The city council approved a new budget on Monday after a debate of six hours. "
    "The plan sets aside 12 million dollars for road repairs and hires 40 teachers. "
    "Critics called it a shameless giveaway to developers. Two members voted against the measure because of its cost."
)
FRENCH = (
    "Le conseil municipal a approuvé lundi soir un nouveau budget après un débat de six heures. Le plan prévoit douze "
    "millions pour la réparation des routes et l'embauche de quarante enseignants dans les écoles de la ville."
)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in this process."""

    def framing(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["framing", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return framing


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


def test_a_file_is_scored_for_the_terminal(run: Run, story: Path) -> None:
    done = run("score", story)
    assert done.code == 0
    assert "LOADED" in done.out
    assert "90 % interval" in done.out
    assert done.err == ""


@pytest.mark.parametrize("kind", ["terminal", "json", "jsonl", "csv", "md", "html"])
def test_every_format_goes_to_a_file_as_to_the_screen(run: Run, story: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "result"
    printed, written = run("score", story, "-f", kind), run("score", story, "-f", kind, "-o", out)
    assert (printed.code, written.code, written.out) == (0, 0, "")
    assert out.read_text("utf-8") == printed.out
    assert len(printed.out) > 100


def test_json_of_one_article_is_an_object_and_of_several_a_list(run: Run, story: Path, sample: Path) -> None:
    check = Draft202012Validator(schema())
    one, several = json.loads(run("score", story, "-f", "json").out), json.loads(run("score", sample, "-f", "json").out)
    check.validate(one)
    assert [item["article"]["outlet"] is not None for item in several] == [True] * 5
    for item in several:
        check.validate(item)


def test_spans_in_json_point_into_its_text(run: Run, sample: Path) -> None:
    item = json.loads(run("score", sample / "left.txt", "-f", "json", "--with-text").out)
    text = item["article"]["text"]
    spans = [*item["markers"], *item["removed"], *item["axes"]["loaded"]["ledger"]]
    assert len(spans) > 20
    assert all(text[span["start"] : span["stop"]] == span["text"] for span in spans)


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    assert run("score", "-", "-f", "csv").out.count("\n") == 2


def test_a_table_keeps_its_columns_and_says_which_rows_failed(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    rows = [("a", STORY, "desk 1"), ("b", "", "desk 2"), ("c", FRENCH, "desk 3"), ("d", STORY, "=1+1")]
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "text", "desk"), *rows])
    done = run("score", table, "-f", "csv")
    found = list(csv.DictReader(io.StringIO(done.out)))
    assert done.code == 5
    assert "2 of 4" in done.err
    assert [row["id"] for row in found] == ["a", "b", "c", "d"]
    assert [bool(row["error"]) for row in found] == [False, True, True, False]
    assert "French" in found[2]["error"]
    assert [found[0]["desk"], found[3]["desk"]] == ["desk 1", "'=1+1"]


def test_parquet_and_json_lines_are_read_alike(run: Run, tmp_path: Path) -> None:
    rows = [{"id": "x", "title": "Council approves budget", "text": STORY, "outlet": "Post"}]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "rows.parquet")
    (tmp_path / "rows.jsonl").write_text(json.dumps(rows[0]) + "\n", "utf-8")
    first, second = (
        json.loads(run("score", tmp_path / f"rows.{kind}", "-f", "json").out) for kind in ("parquet", "jsonl")
    )
    assert first == second
    assert first["article"]["title"] == "Council approves budget"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b"  \n\n", "empty"),
        ("page.pdf.txt", b"%PDF-1.7\n\x00\x01", "PDF"),
        ("french.txt", FRENCH.encode(), "French"),
        ("numbers.txt", b"1, 2, 3\n4, 5, 6\n" * 40, "not an article"),
    ],
)
def test_what_is_not_an_article_is_one_line_and_code_3(
    run: Run, tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path, out = tmp_path / name, tmp_path / "out.json"
    path.write_bytes(content)
    done = run("score", path, "-f", "json", "-o", out)
    assert (done.code, done.out, out.exists()) == (3, "", False)
    assert done.err.count("\n") == 1
    assert says in done.err


def test_force_scores_what_is_not_english(run: Run, tmp_path: Path) -> None:
    (tmp_path / "french.txt").write_text(FRENCH * 2, "utf-8")
    assert run("score", tmp_path / "french.txt", "--force").code == 0


def test_a_missing_file_is_code_3_alone_and_a_row_among_others(run: Run, story: Path, tmp_path: Path) -> None:
    alone, among = run("score", tmp_path / "no.txt"), run("score", tmp_path / "no.txt", story, "-f", "jsonl")
    rows = [json.loads(line) for line in among.out.splitlines()]
    assert (alone.code, among.code) == (3, 5)
    assert "no such file" in alone.err
    assert ["error" in row for row in rows] == [True, False]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a", "http://localhost/a", "http://[::1]/a", "http://169.254.1.1/"])
def test_private_addresses_are_refused(run: Run, url: str) -> None:
    done = run("score", url)
    assert done.code == 3
    assert "--allow-private" in done.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--format", "pdf"], 2),
        (["--bundle", "/nowhere"], 4),
        (["--seeds", "/nowhere"], 2),
        (["--out", "/nowhere/at/all.json"], 2),
        (["--no-such-option"], 2),
    ],
)
def test_wrong_options_have_their_exit_code(run: Run, story: Path, arguments: list[str], code: int) -> None:
    done = run("score", story, *arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err


def test_a_bug_keeps_its_traceback(run: Run, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("framing.scorer.Scorer.score", broken)
    with pytest.raises(RuntimeError, match="ours"):
        run("score", story)


def test_an_interrupted_run_leaves_the_old_file_alone(
    run: Run, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "out.json"
    out.write_text("old", "utf-8")
    monkeypatch.setattr("framing.scorer.Scorer.score", broken)
    assert run("score", story, "-f", "json", "-o", out).code == 130
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["out.json", "story.txt"]
    assert out.read_text("utf-8") == "old"


def test_an_interrupted_batch_keeps_the_rows_that_were_finished(
    run: Run, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from framing.scorer import Scorer

    score = Scorer.score

    def once(self: Scorer, article: object) -> object:
        monkeypatch.setattr("framing.scorer.Scorer.score", stop)
        return score(self, article)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "out.jsonl"
    monkeypatch.setattr("framing.scorer.Scorer.score", once)
    done = run("score", story, story, "-o", out)
    assert (done.code, out.exists()) == (130, False)
    assert "out.jsonl.part" in done.err
    assert len((tmp_path / "out.jsonl.part").read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "begins"), [("a.html", "<!doctype"), ("a.csv", "id,"), ("a.json", "{"), ("a.out", "story.txt")]
)
def test_the_suffix_of_the_file_names_the_format(run: Run, story: Path, tmp_path: Path, name: str, begins: str) -> None:
    assert run("score", story, "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_text("utf-8").strip().lower().startswith(begins.lower())


def test_explain_reads_a_sentence_again_without_its_words(run: Run, sample: Path) -> None:
    found = json.loads(run("explain", sample / "tabloid.html", "--json").out)
    assert len(found) == 5
    telling = min(change["probability"] - one["probability"] for one in found for change in one["changes"])
    assert telling < -0.2
    shown = run("explain", sample / "tabloid.html", "--top", 2)
    assert "without" in shown.out
    assert run("explain", sample).code == 2
    assert run("explain", sample / "wire.txt", "--axis", "no_such").code == 2


def test_axes_are_explained(run: Run) -> None:
    assert "careful reader" in run("axes", "loaded").out
    assert [axis["name"] for axis in json.loads(run("axes", "--json").out)][:2] == ["loaded", "opinion"]
    assert run("axes", "no_such").code == 2


def test_lexicons_are_listed_shown_found_and_checked(run: Run) -> None:
    assert "disaster_metaphor" in run("seeds", "list").out
    assert "massacre → killing" in run("seeds", "show", "loaded").out
    assert "loaded: massacre" in run("seeds", "find", "massacres").out
    assert run("seeds", "check").code == 0
    assert run("seeds", "show", "no_such").code == 2


def test_a_broken_lexicon_is_named_by_file_and_entry(run: Run, tmp_path: Path, story: Path) -> None:
    (tmp_path / "bad.toml").write_text('name = "bad"\nterms = "hedge"\n', "utf-8")
    done = run("score", story, "--seeds", tmp_path)
    assert done.code == 2
    assert "bad.toml" in done.err
    assert done.err.count("\n") == 1


def test_the_program_answers_from_a_cold_start() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "framing.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("framing ")


def test_a_reader_that_stops_early_is_no_error(story: Path) -> None:
    command = f"{sys.executable} -m framing.cli score {story} {story} -f jsonl | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert done.stderr == ""
