"""One bundle against another: verdicts on differences that are known, and the gate's exit code."""

import json
import shutil
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from test_evaluation import NUMBER, QUICK, YES_NO, fake, labelled, toy
from typer.testing import CliRunner

from framing.cli import app
from framing.config import default_bundle
from framing.evaluation.against import Pair, difference, judged, mcnemar
from framing.evaluation.measures import MAE, SIDES, measures
from framing.evaluation.options import Options
from framing.evaluation.outcome import (
    BETTER,
    NO_DIFFERENCE,
    SLIGHTLY_WORSE,
    UNPROVEN,
    WORSE,
    Against,
    Evaluation,
)
from framing.evaluation.run import evaluate
from framing.evaluation.tasks import Task
from framing.labels.row import Level
from framing.metrics import Estimate
from framing.scorer import Scorer

ROOT = Path(__file__).resolve().parent.parent
F1 = SIDES[0]
(ERROR,) = [one for one in measures(NUMBER) if one.name == MAE]


def against(found: Evaluation) -> Against:
    assert found.against is not None
    return found.against


@pytest.mark.parametrize(
    ("low", "value", "high", "normal", "strict"),
    [
        (0.01, 0.03, 0.05, BETTER, BETTER),
        (-0.005, 0.01, 0.02, NO_DIFFERENCE, NO_DIFFERENCE),
        (-0.05, -0.02, 0.01, NO_DIFFERENCE, UNPROVEN),
        (-0.009, -0.005, -0.001, SLIGHTLY_WORSE, SLIGHTLY_WORSE),
        (-0.05, -0.03, -0.001, WORSE, WORSE),
        (0.0, 0.0, 0.0, NO_DIFFERENCE, NO_DIFFERENCE),
    ],
)
def test_worse_is_what_is_shown_to_be_and_by_more_than_the_tolerance(
    low: float, value: float, high: float, normal: str, strict: str
) -> None:
    found = Estimate(value, low, high, 100, 0)
    assert judged(found, F1, Options()) == normal
    assert judged(found, F1, Options(strict=True)) == strict


def test_a_larger_error_is_worse() -> None:
    assert judged(Estimate(0.05, 0.02, 0.08, 100, 0), ERROR, Options()) == WORSE
    assert judged(Estimate(-0.05, -0.08, -0.02, 100, 0), ERROR, Options()) == BETTER


def test_a_bundle_does_not_differ_from_itself(tmp_path: Path) -> None:
    found = against(evaluate(fake(tmp_path), labelled(toy()), QUICK, fake(tmp_path)))
    (one,) = found.verdicts
    assert not found.failed
    assert (one.words, one.only_new, one.only_old, one.p) == (NO_DIFFERENCE, 0, 0, 1.0)
    assert {(d.value, d.low, d.high) for d in one.differences.values()} == {(0.0, 0.0, 0.0)}


def test_a_bundle_that_reads_every_third_row_the_wrong_way_is_worse_and_its_rival_better(tmp_path: Path) -> None:
    good, bad = fake(tmp_path), fake(tmp_path, flips=3)
    worse, better = (against(evaluate(new, labelled(toy()), QUICK, old)) for new, old in ((bad, good), (good, bad)))
    assert (worse.failed, worse.verdicts[0].words) == (True, WORSE)
    assert (better.failed, better.verdicts[0].words) == (False, BETTER)
    assert worse.verdicts[0].only_old == better.verdicts[0].only_new > worse.verdicts[0].only_new
    assert worse.verdicts[0].p == better.verdicts[0].p < 0.001  # type: ignore[operator]


def test_figures_of_both_are_of_the_same_rows_and_differ_by_the_difference(tmp_path: Path) -> None:
    (one,) = against(evaluate(fake(tmp_path, flips=3), labelled(toy()), QUICK, fake(tmp_path))).verdicts
    for name, found in one.differences.items():
        assert found.value == pytest.approx(one.new[name].value - one.old[name].value)
        assert found.n == one.new[name].n == one.old[name].n


def test_an_axis_that_only_the_old_bundle_has_closes_the_gate_unless_others_are_asked_for(tmp_path: Path) -> None:
    scales = [NUMBER, replace(NUMBER, axis="tone")]
    rows = [replace(row, labels={"loaded": 1.0, "tone": 1.0}) for row in toy(40)]
    new, old = fake(tmp_path), fake(tmp_path, axes=("loaded", "tone"))
    found = against(evaluate(new, labelled(rows, scales), QUICK, old))
    assert (found.gone, found.failed) == (("tone",), True)
    asked = against(evaluate(new, labelled(rows, scales), replace(QUICK, axes=("loaded",)), old))
    assert (asked.gone, asked.failed) == ((), False)


def test_the_gate_is_closed_where_there_is_no_row_to_compare(scorer: Scorer) -> None:
    rows = [replace(row, text="Too short for an article.") for row in toy(6)]
    found = against(evaluate(scorer, labelled(rows, [YES_NO], Level.ARTICLE), QUICK, scorer))
    assert (found.verdicts, found.incomparable, found.failed) == ((), ("loaded",), True)


def test_rows_read_by_both_bundles_are_told_of(tmp_path: Path) -> None:
    told: list[int] = []
    evaluate(fake(tmp_path), labelled(toy(40)), QUICK, fake(tmp_path), told.append)
    assert sum(told) == 80


@pytest.mark.parametrize(("new", "old", "p"), [(0, 0, 1.0), (5, 5, 1.0), (1, 9, 22 / 1024), (0, 10, 2 / 1024)])
def test_mcnemar_is_the_exact_binomial_of_rows_that_one_alone_calls_rightly(new: int, old: int, p: float) -> None:
    assert mcnemar(new, old) == pytest.approx(p)


def test_the_gate_closes_falsely_in_at_most_one_run_of_ten() -> None:
    closed, n_runs = 0, 200
    for state in range(n_runs):
        generator = np.random.default_rng(state)
        truth = generator.integers(0, 2, 120).astype(float)
        new, old = (np.where(generator.random(120) < 1 / 3, 1 - truth, truth) for _ in range(2))
        task = Task(YES_NO, "sentence", [], np.arange(120), truth, new)
        pair = Pair(task, truth, new, old, [str(at // 2) for at in range(120)])
        closed += judged(difference(pair, F1, QUICK), F1, QUICK) == WORSE
    assert closed <= 0.1 * n_runs


@pytest.fixture(scope="module")
def upside_down(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle that ships, its loaded head turned round."""
    folder = tmp_path_factory.mktemp("bundles") / "upside-down"
    shutil.copytree(default_bundle(), folder)
    heads, manifest = folder / "heads.safetensors", folder / "manifest.json"
    arrays = dict(load_file(heads))
    for name in ("directions", "biases"):
        arrays[name] = np.concatenate([-arrays[name][:1], arrays[name][1:]])
    save_file(arrays, heads)
    data = json.loads(manifest.read_text("utf-8"))
    data["files"][heads.name] = sha256(heads.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(data), "utf-8")
    return folder


def test_the_command_closes_the_gate_on_a_bundle_that_is_worse(upside_down: Path, tmp_path: Path) -> None:
    lines = (ROOT / "data" / "labelled" / "sentences.csv").read_text("utf-8").splitlines()[:60]
    data, out = tmp_path / "some.csv", tmp_path / "found.json"
    data.write_text("\n".join(lines), "utf-8")
    options = ["--axis", "loaded", "--against", str(default_bundle()), "--out", str(out)]
    done = CliRunner().invoke(app, ["evaluate", str(data), "--bundle", str(upside_down), *options])
    assert done.exit_code == 6, done.output
    assert "is worse than" in done.stderr
    assert json.loads(out.read_text("utf-8"))["against"]["failed"] is True
    back = ["--axis", "loaded", "--against", str(upside_down), "--format", "md"]
    assert CliRunner().invoke(app, ["evaluate", str(data), *back]).exit_code == 0
