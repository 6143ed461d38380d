"""`framing train`: from a spreadsheet to a bundle that scores, with a plan before and figures after."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from framing.article import Document
from framing.axes import Level
from framing.bundle import Bundle, load_bundle
from framing.cli import app
from framing.config import default_bundle
from framing.errors import FramingError, UsageError
from framing.evaluation.seen import trained_on
from framing.labels.load import load
from framing.labels.row import LabelledRow
from framing.scorer import Scorer
from framing.text import article_of
from framing.training.choices import Choices
from framing.training.holding_out import HoldOut, held
from framing.training.pack import whole
from framing.training.plan import Mode, plan

SENTENCES = Path(__file__).parent.parent / "data" / "labelled" / "sentences.csv"
N_ROWS = 80


def write(path: Path, n: int = N_ROWS, **columns: Callable[[int, dict[str, str]], str]) -> Path:
    """A labelled set of the project's own sentences with an axis `sensational`, and further columns."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[:n]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "outlet", "group", "label.sensational", *columns])
        for number, row in enumerate(rows):
            label = "yes" if float(row["label.loaded"]) > 0.5 else "no"
            extra = [make(number, row) for make in columns.values()]
            writer.writerow([row["id"], row["text"], row["outlet"], row["group"], label, *extra])
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["train", *map(str, arguments)])


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    place = tmp_path_factory.mktemp("train")
    out = place / "mine"
    return out, run(write(place / "set.csv"), "--out", out)


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle(default_bundle())


def test_a_spreadsheet_becomes_a_bundle_with_the_new_axis_and_all_old_ones(trained: tuple[Path, Result]) -> None:
    out, result = trained
    assert result.exit_code == 0, result.output
    found, before = load_bundle(out), load_bundle(default_bundle())
    assert list(found.axes) == [*before.axes, "sensational"]
    article = article_of(Document("a", "The board met on Monday. " * 20 + "It was a shameless massacre of jobs."))
    new, old = Scorer(found, threads=1).score(article), Scorer(before, threads=1).score(article)
    assert new.axes["loaded"] == old.axes["loaded"]
    assert new.actors == old.actors
    score = new.axes["sensational"]
    assert score.value is not None
    assert score.raw == pytest.approx(sum(line.contribution for line in score.ledger))
    assert score.percentile is None


def test_the_plan_is_told_before_and_the_figures_after(trained: tuple[Path, Result]) -> None:
    _, result = trained
    assert "80 rows are few" in " ".join(result.stderr.split())
    assert "names and stance" in result.stderr
    assert "SENSATIONAL" in result.stdout
    assert "macro-F1" in result.stdout


def test_the_bundle_knows_what_it_was_trained_on_and_how(trained: tuple[Path, Result]) -> None:
    out, _ = trained
    found = load_bundle(out)
    assert len(trained_on(found) - trained_on(load_bundle(default_bundle()))) == N_ROWS
    training = found.manifest["training"]
    assert training["random_state"] == 0
    assert "numpy" in training["versions"]
    assert found.manifest["data"][-1]["name"] == "set.csv"
    assert {item["name"] for item in found.manifest["data"]} > {"babe", "set.csv"}


def test_the_card_has_data_figures_families_learning_curve_and_limits(trained: tuple[Path, Result]) -> None:
    out, _ = trained
    card = (out / "card.md").read_text("utf-8")
    for part in ("Trained on", "sensational", "What each family of features adds", "Learning curve", "Limits"):
        assert f"## {part}" in card
    assert (out / "learning_curve.svg").read_text("utf-8").startswith("<svg")
    assert "<svg" in (out / "card.html").read_text("utf-8")


def test_the_same_set_and_seed_give_the_same_heads(trained: tuple[Path, Result], tmp_path: Path) -> None:
    out, _ = trained
    again = tmp_path / "again"
    assert run(write(tmp_path / "set.csv"), "--out", again).exit_code == 0
    assert (again / "heads.safetensors").read_bytes() == (out / "heads.safetensors").read_bytes()


def test_an_existing_bundle_is_not_overwritten_without_force(trained: tuple[Path, Result], tmp_path: Path) -> None:
    out, _ = trained
    before = (out / "manifest.json").read_bytes()
    found = run(write(tmp_path / "set.csv"), "--out", out)
    assert isinstance(found.exception, UsageError)
    assert "exists; choose another place or give --force" in str(found.exception)
    assert (out / "manifest.json").read_bytes() == before


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(tmp_path: Path) -> None:
    found = run(write(tmp_path / "set.csv"), "--out", tmp_path / "mine", "--dry-run")
    assert found.exit_code == 0
    assert "heads on the frozen encoder" in found.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["set.csv"]


def one_class(number: int, row: dict[str, str]) -> str:
    return "yes"


def nine(number: int, row: dict[str, str]) -> str:
    return "yes" if number < 9 else "no"


@pytest.mark.parametrize(
    ("columns", "options", "message"),
    [
        ({"label.a": nine}, (), "label.a: 9 rows of 80 are yes; at least 10 are needed"),
        ({}, ("--exclude-licence", "NC"), "excluded by --exclude-licence NC; start from another"),
        ({}, ("--licence", "CC BY-NC 4.0", "--exclude-licence", "NC"), "set.csv is under CC BY-NC 4.0, excluded"),
        ({}, ("--hold-out", "date"), "no date, so --hold-out date cannot be had"),
        ({}, ("--hold-out", "moon"), "--hold-out moon: no such way; choose article, outlet, date, random"),
        ({}, ("--freeze", "--base", "x"), "--freeze with --base"),
        ({"split": lambda n, row: "maybe"}, (), "split 'maybe' is not known"),
    ],
    ids=[
        "few of a class",
        "licence of the start",
        "licence of the set",
        "no dates",
        "no such way",
        "two starts",
        "split",
    ],
)
def test_what_cannot_be_trained_is_one_clear_line(
    tmp_path: Path, columns: dict[str, Callable[[int, dict[str, str]], str]], options: Sequence[str], message: str
) -> None:
    found = run(write(tmp_path / "set.csv", **columns), "--out", tmp_path / "mine", *options)
    assert isinstance(found.exception, FramingError), found.output
    assert message in str(found.exception)
    assert not (tmp_path / "mine").exists()


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.extras.find_spec", lambda name: None if name == "torch" else object())
    found = run(write(tmp_path / "set.csv"), "--out", tmp_path / "mine")
    assert str(found.exception) == "train: needs the extra 'train'; pip install 'framing[train]'"


def test_rows_marked_for_testing_are_measured_on_and_not_trained_on(tmp_path: Path) -> None:
    data = write(tmp_path / "set.csv", split=lambda number, row: "test" if number >= 60 else "train")
    found = run(data, "--out", tmp_path / "mine")
    assert found.exit_code == 0, found.output
    assert "20 of 20 labelled rows scored" in " ".join(found.stdout.split())
    assert len(trained_on(load_bundle(tmp_path / "mine")) - trained_on(load_bundle(default_bundle()))) == 60


def test_rows_that_the_encoder_was_tuned_on_are_not_measured_on(trained: tuple[Path, Result], tmp_path: Path) -> None:
    out, _ = trained
    found = run(write(tmp_path / "set.csv", n=120), "--bundle", out, "--out", tmp_path / "mine")
    assert found.exit_code == 0, found.output
    assert "was tuned on 80 of these rows" in " ".join(found.stderr.split())
    assert "40 of 40 labelled rows scored" in " ".join(found.stdout.split())


def row(number: int, **columns: object) -> LabelledRow:
    text = f"Sentence number {number} is about {'abcdefghij'[number % 10] * 5} and the {number} bridges of the town."
    return replace(LabelledRow(f"r{number}", text, f"set.csv:{number}", {"a": 0.0}), **columns)  # type: ignore[arg-type]


def test_no_outlet_is_on_both_sides_whatever_it_is_called() -> None:
    names = ("Fox News", "Fox Online News", "The Quay", "Quay", "Post", "Echo", "Herald")
    rows = [row(number, outlet=names[number % len(names)]) for number in range(42)]
    folds = held(rows, HoldOut.OUTLET, 0).folds
    of_fox = {int(fold) for one, fold in zip(rows, folds, strict=True) if str(one.outlet).startswith("Fox")}
    assert len(of_fox) == 1
    assert len(set(folds.tolist())) > 1


def test_the_latest_rows_are_held_out_by_date() -> None:
    rows = [row(number, date=f"2024-01-{number + 1:02}") for number in range(30)]
    parts = held(rows, HoldOut.DATE, 0)
    assert parts.test.tolist() == list(range(24, 30))
    assert not set(parts.test.tolist()) & set(parts.trained.tolist())


def test_rows_of_one_article_are_in_one_fold() -> None:
    rows = [row(number, group=f"a{number // 3}") for number in range(30)]
    folds = held(rows, HoldOut.ARTICLE, 0).folds.reshape(10, 3)
    assert np.all(folds == folds[:, :1])


def test_more_rows_than_a_few_are_worth_tuning_the_encoder_for(tmp_path: Path, bundle: Bundle) -> None:
    labelled = load(write(tmp_path / "set.csv"))
    many = replace(labelled, rows=[replace(one, id=f"{n}-{one.id}") for n in range(5) for one in labelled.rows])
    assert plan(labelled, bundle, Choices(tmp_path / "o")).mode is Mode.HEADS
    tuned = plan(many, bundle, Choices(tmp_path / "o"))
    assert tuned.mode is Mode.ENCODER
    assert tuned.dropped == tuple(bundle.axes)
    assert plan(many, bundle, Choices(tmp_path / "o", freeze=True)).mode is Mode.HEADS


def test_an_axis_of_articles_is_read_from_articles(tmp_path: Path) -> None:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sides = [[one["text"] for one in rows if (float(one["label.loaded"]) > 0.5) is loaded] for loaded in (False, True)]
    with (tmp_path / "set.jsonl").open("w", encoding="utf-8") as file:
        for number in range(24):
            text = " ".join(sides[number % 2][5 * (number // 2) + at] for at in range(5))
            file.write(json.dumps({"id": str(number), "text": text, "label.polemic": number % 2}) + "\n")
    found = run(tmp_path / "set.jsonl", "--out", tmp_path / "mine", "--column", "group=id")
    assert found.exit_code == 0, found.exception
    mine = load_bundle(tmp_path / "mine")
    assert mine.axes["polemic"].level is Level.ARTICLE
    scorer = Scorer(mine, threads=1)
    low, high = (scorer.score(article_of(Document("a", " ".join(side[-8:])))).axes["polemic"] for side in sides)
    assert low.value is not None
    assert high.value is not None
    assert low.value < 0.5 < high.value
    assert (low.label_set, high.label_set) == (("no",), ("yes",))
    assert "Label sets" in (tmp_path / "mine" / "card.md").read_text("utf-8")


def fill_and_fail(folder: Path, error: Exception) -> None:
    with whole(folder, force=True) as place:
        (place / "half").write_text("x")
        raise error


def test_a_folder_that_fails_half_way_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fill_and_fail(tmp_path / "mine", ZeroDivisionError())
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_one_line_and_leaves_the_old_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "old").write_text("kept")
    with pytest.raises(UsageError, match="the disk is full"):
        fill_and_fail(tmp_path / "mine", OSError(28, "No space left on device"))
    assert (tmp_path / "mine" / "old").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
