"""`framing report` from end to end: scores in, report out, and input that cannot be compared said in plain words."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fake_actors import acted_score
from fakes import AXES, REFERENCE
from typer.testing import CliRunner

from framing.article import Failure
from framing.cli import app
from framing.corpus import open_scores, write_scores
from framing.errors import GATE_CLOSED, UsageError
from framing.extras import need
from framing.report.comparison import records
from framing.scores import ArticleScore

ATTACK = "<script>document.title='owned'</script>"
SYLLABLES = [first + second for first in "bdfglmnrst" for second in "aeo"]
WORDS = [first + second + third for first in SYLLABLES[:10] for second in SYLLABLES[10:20] for third in SYLLABLES[20:]]


def articles(outlet: str, n: int = 12, loaded: float = 0.2, **about: object) -> Iterator[ArticleScore]:
    """Articles of one outlet, each of another text, whose value on `loaded` lies about a level."""
    for index in range(n):
        draw = random.Random(f"{outlet} {index}")
        body = "".join(f"The town council of Alderwick {' '.join(draw.sample(WORDS, 9))}.\n" for _ in range(20))
        day = {"date": f"2026-03-{1 + index:02d}", "outlet": outlet, "id": f"{outlet}-{index}"}
        score = acted_score(f"{' '.join(draw.sample(WORDS, 6))}\n{body}", **(day | about))
        value = loaded + 0.01 * (index % 5)
        axis = replace(score.axes["loaded"], value=value, low=value - 0.05, high=value + 0.05)
        yield replace(score, axes={**score.axes, "loaded": axis})


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    path = tmp_path / "scores.parquet"
    write([*articles("Harbour Post", loaded=0.15), *articles("Orla Echo", loaded=0.4)], path)
    return path


def write(results: list[ArticleScore | Failure], path: Path) -> None:
    write_scores(results, path, AXES, REFERENCE)


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `framing report`, errors as `main` prints them."""
    code = "import sys; from framing.cli import main; sys.argv = ['framing', 'report', *sys.argv[1:]]; main()"
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def invoke(*arguments: object) -> str:
    """Standard output of a run that ends well."""
    done = CliRunner().invoke(app, ["report", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_report_is_written_with_its_twins(scores: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    out = tmp_path / "report.html"
    invoke(scores, "--out", out, "--twins", tmp_path / "twins", "--title", "Two papers")
    data = json.loads((tmp_path / "twins" / "comparison.json").read_text("utf-8"))

    assert "<h1>Two papers</h1>" in out.read_text("utf-8")
    jsonschema.validate(data, records.schema())
    assert {row["outlet"] for row in pq.read_table(tmp_path / "twins" / "comparison.parquet").to_pylist()} >= {
        "Harbour Post",
        "Orla Echo",
    }
    assert any((tmp_path / "twins" / "charts").glob("*.png"))


def test_a_difference_that_is_there_is_the_answer(scores: Path) -> None:
    text = invoke(scores)

    answer = text.split("## The answer")[1].split("##")[0]
    assert "Harbour Post" in answer
    assert "loaded" in answer


def test_the_same_scores_make_the_same_page(scores: Path, tmp_path: Path) -> None:
    pages = []
    for _ in range(2):
        invoke(scores, "--out", tmp_path / "report.html")
        pages.append((tmp_path / "report.html").read_text("utf-8"))

    assert pages[0] == pages[1]


def test_a_condition_that_is_met_is_told_and_ends_with_its_own_code(scores: Path, tmp_path: Path) -> None:
    met = run(scores, "--out", tmp_path / "r.md", "--fail-if", "loaded > 0.3")
    unmet = run(scores, "--out", tmp_path / "r.md", "--fail-if", "loaded Harbour Post > 30 %")

    assert met[0] == GATE_CLOSED == 6
    assert met[2].startswith("loaded > 0.3: Orla Echo has 4")
    assert (unmet[0], unmet[2]) == (0, "")
    assert (tmp_path / "r.md").exists()


def test_groups_are_merged_left_out_and_chosen(tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    write([one for name in ("Harbour Post", "Harbor Post", "Orla Echo", "Tarn Times") for one in articles(name)], path)
    text = invoke(path, "--merge", "Harbor Post=Harbour Post", "--leave-out", "Tarn Times")
    only = invoke(path, "--only", "Orla Echo", "--only", "Tarn Times")

    assert "| Harbour Post | 24 |" in text
    assert "Harbor Post |" not in text
    assert "| Tarn Times |" not in text
    assert "| Harbour Post |" not in only


def test_any_column_can_be_compared(tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    write([*articles("A", columns={"section": "town"}), *articles("B", columns={"section": "sport"})], path)
    text = invoke(path, "--by", "section", "--format", "csv")

    assert text.startswith("section,against,axis")
    assert "\ntown,,loaded,,mean," in text


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--by", "colour"], 3, "no column 'colour'"),
        (["--merge", "Harbour Post"], 2, "--merge 'Harbour Post': write 'A=B'"),
        (["--fail-if", "loaded"], 2, "not a condition"),
        (["--fail-if", "noise > 1"], 2, "no axis 'noise'"),
        (["--axes", "noise"], 2, "no such axis"),
        (["--out", "report.pdf"], 2, "not a format of a report"),
        (["--format", "parquet"], 2, "needs a file to write"),
        (["other.txt"], 2, "a scores file among other sources"),
        (["--only", "Orla Echo"], 3, "Orla Echo"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_line(scores: Path, arguments: list[str], code: int, message: str) -> None:
    found, _, error = run(scores, *arguments)

    assert (found, len(error.splitlines())) == (code, 1), error
    assert error.startswith("framing: ")
    assert message in error


def test_one_outlet_alone_is_one_line(tmp_path: Path) -> None:
    write(list(articles("Harbour Post")), tmp_path / "s.parquet")
    code, _, error = run(tmp_path / "s.parquet")

    assert (code, len(error.splitlines())) == (3, 1)
    assert "Harbour Post" in error


def test_scores_of_several_bundles_are_refused_in_one_line(scores: Path) -> None:
    table = pq.read_table(scores)
    hashes = pa.array(["1" * 64, *table["bundle_sha256"].to_pylist()[1:]])
    index = table.schema.get_field_index("bundle_sha256")
    pq.write_table(table.set_column(index, table.schema.field(index), hashes), scores)
    code, _, error = run(scores)

    assert (code, len(error.splitlines())) == (3, 1)
    assert "several bundles" in error


def test_few_articles_missing_dates_failures_languages_and_spellings_are_said(tmp_path: Path) -> None:
    french = [
        replace(one, article=replace(one.article, language="fr"))
        for one in articles("Orla Echo", 2, id="fr", columns={})
    ]
    results: list[ArticleScore | Failure] = [
        *articles("Harbour Post"),
        *articles("The Harbour Post", date=None),
        *articles("Orla Echo"),
        *articles("Tarn Times", 3),
        *french,
        Failure("empty.txt", "input", "empty.txt: no text; give an article"),
    ]
    write(results, tmp_path / "s.parquet")
    invoke(tmp_path / "s.parquet", "--out", tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text("utf-8")

    assert "too few to test" in text
    assert "no date" in text
    assert "These names look like one: " in text
    assert "empty.txt" in text
    left_out = text.split("Left out, and why")[1].split("</ul>")[0]
    assert "<b>2</b>" in left_out
    assert "<b>1</b>" in left_out


def test_copies_of_one_text_are_no_crash(tmp_path: Path) -> None:
    write([acted_score(outlet=outlet, id=f"{outlet}{n}") for outlet in "AB" for n in range(6)], tmp_path / "s.parquet")

    code, _, error = run(tmp_path / "s.parquet", "--out", tmp_path / "r.html")
    assert code in (0, 3), error
    assert len(error.splitlines()) <= 1


def test_script_in_an_article_is_text(tmp_path: Path) -> None:
    names = (f"Post {ATTACK}", "Echo <b>")
    hostile = [one for name in names for one in articles(name)]
    write(hostile, tmp_path / "s.parquet")
    invoke(tmp_path / "s.parquet", "--out", tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text("utf-8")

    assert text.count("<script>") == 1
    assert "&lt;script&gt;document.title" in text


def test_an_extra_that_is_missing_is_one_line() -> None:
    need("report", "report", ("json",))
    with pytest.raises(UsageError, match=r"^report: needs the extra 'report'; pip install 'framing\[report\]'"):
        need("report", "report", ("json", "no_such_library"))


@pytest.mark.slow
def test_articles_are_scored_first_and_their_scores_kept_beside_the_report(sample: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    code, printed, error = run(sample, "--out", out)
    kept = tmp_path / "report.scores.parquet"
    again = run(kept, "--out", tmp_path / "again.html")

    assert (code, printed, again[0]) == (0, "", 0), error
    assert f"framing report {kept}" in error
    assert open_scores(kept).n_rows == 5
    assert "What cannot be concluded" in out.read_text("utf-8")
