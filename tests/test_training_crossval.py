"""Out-of-fold logits: no model has seen what it is asked about, and an interrupted run goes on where it stopped."""

import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tiny import recipe, toy_rows
from torch import Tensor

from framing.article import Span
from framing.errors import StoppedError
from framing.training import checkpoint, crossval, history
from framing.training.crossval import Folds, exported, exported_logits, load_tuned, out_of_fold, run_key, tuned_model
from framing.training.finetune import Recipe, Tuned, finetune, logits
from framing.training.history import Report
from framing.training.loop import Course
from framing.training.rows import Named, Row, Target
from framing.training.splits import grouped_folds

N_FOLDS = 3
ROWS = toy_rows(48)
FOLDS = grouped_folds([row.group for row in ROWS], N_FOLDS, 0)


class CountingTrainer:
    """Trains as `finetune` does, and keeps which rows it was given."""

    def __init__(self) -> None:
        self.seen: list[set[str]] = []

    def __call__(
        self,
        rows: Sequence[Row],
        recipe: Recipe,
        start: Mapping[str, Tensor] | None = None,
        course: Course | None = None,
    ) -> Tuned:
        self.seen.append({row.id for row in rows})
        return finetune(rows, recipe, start, course)


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch) -> CountingTrainer:
    counting = CountingTrainer()
    monkeypatch.setattr(crossval, "finetune", counting)
    return counting


@pytest.fixture
def short(tiny_base: Path) -> Recipe:
    return recipe(tiny_base, epochs=1)


def held_out(fold: int) -> set[str]:
    return {row.id for row, where in zip(ROWS, FOLDS, strict=True) if where == fold}


def test_no_model_has_seen_the_rows_it_is_asked_about(trainer: CountingTrainer, short: Recipe, tmp_path: Path) -> None:
    found = out_of_fold(Folds(ROWS, FOLDS, short, tmp_path, N_FOLDS))
    assert found.shape == (len(ROWS), 2)
    assert trainer.seen == [{row.id for row in ROWS} - held_out(fold) for fold in range(N_FOLDS)]


def test_the_logits_of_a_fold_are_those_of_its_own_exported_model(short: Recipe, tmp_path: Path) -> None:
    found = out_of_fold(Folds(ROWS, FOLDS, short, tmp_path, N_FOLDS))
    training = [row for row, where in zip(ROWS, FOLDS, strict=True) if where != 1]
    asked = [row for row, where in zip(ROWS, FOLDS, strict=True) if where == 1]
    tuned = finetune(training, short)
    apart = exported_logits(tuned, exported(tuned, training, tmp_path), asked)
    np.testing.assert_allclose(found[FOLDS == 1], apart, atol=1e-6)


INTERRUPTIONS = [
    ("none", lambda folder: None, 0),
    ("before the second model was done", lambda folder: (folder / "fold-1" / "done.json").unlink(), 1),
    ("after the models, before an export", lambda folder: (folder / "fold-2" / "encoder.onnx").unlink(), 0),
]


@pytest.mark.parametrize(
    ("change", "n_trained"), [case[1:] for case in INTERRUPTIONS], ids=[case[0] for case in INTERRUPTIONS]
)
def test_a_run_goes_on_where_it_stopped(
    trainer: CountingTrainer, short: Recipe, tmp_path: Path, change: Callable[[Path], None], n_trained: int
) -> None:
    first = out_of_fold(Folds(ROWS, FOLDS, short, tmp_path, N_FOLDS))
    change(tmp_path)
    trainer.seen.clear()
    second = out_of_fold(Folds(ROWS, FOLDS, short, tmp_path, N_FOLDS))
    assert len(trainer.seen) == n_trained
    assert np.array_equal(first, second)


def changed(**what: object) -> list[Row]:
    return [replace(ROWS[0], **what), *ROWS[1:]]  # type: ignore[arg-type]


CHANGES = [
    ("nothing", ROWS, {}, False),
    ("a text", changed(text="shame mayor plan"), {}, True),
    ("a label", changed(labels={"loaded": 1.0}), {}, True),
    ("the order", ROWS[::-1], {}, True),
    ("a row less", ROWS[1:], {}, True),
    ("the random state", ROWS, {"random_state": 1}, True),
    ("the recipe", ROWS, {"learning_rate": 1e-3}, True),
]


@pytest.mark.parametrize(("rows", "recipe_changes", "trained"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_model_is_trained_again_when_anything_that_decides_it_changes(
    trainer: CountingTrainer,
    short: Recipe,
    tmp_path: Path,
    rows: list[Row],
    recipe_changes: dict[str, object],
    trained: bool,
) -> None:
    tuned_model(ROWS, short, tmp_path)
    tuned_model(rows, replace(short, **recipe_changes), tmp_path)  # type: ignore[arg-type]
    assert len(trainer.seen) == 1 + trained


@pytest.mark.parametrize(
    "what",
    [
        {"words": (Span(0, 3),)},
        {"names": (Named(Span(0, 3), "PER"),)},
        {"targets": (Target(Span(0, 3), (1.0, 0.0, 0.0)),)},
        {"weight": 0.5},
        {"source": "another"},
    ],
    ids=["words", "names", "targets", "weight", "source"],
)
def test_a_model_is_trained_again_when_what_is_marked_changes(short: Recipe, what: dict[str, object]) -> None:
    assert run_key(changed(**what), short) != run_key(ROWS, short)


def test_a_stage_goes_on_from_the_weights_of_another_and_is_trained_again_when_they_change(
    trainer: CountingTrainer, short: Recipe, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    tuned_model(ROWS[:16], short, first)
    still = replace(short, passes=(("toy", 0.0),))
    before, after = load_tuned(first, short), tuned_model(ROWS, still, second, first)
    assert np.array_equal(logits(after, ROWS), logits(before, ROWS))
    tuned_model(ROWS[:17], short, first)
    tuned_model(ROWS, still, second, first)
    assert len(trainer.seen) == 4


def test_rows_beside_are_seen_in_every_fold(trainer: CountingTrainer, short: Recipe, tmp_path: Path) -> None:
    beside = [Row("beside", "mayor", "b", "toy", {})]
    out_of_fold(Folds(ROWS, FOLDS, short, tmp_path, 2, beside))
    assert trainer.seen == [{row.id for row in ROWS} - held_out(fold) | {"beside"} for fold in range(2)]


def test_a_share_of_the_start_is_mixed_into_each_model_and_asked_anew_when_it_changes(
    trainer: CountingTrainer, short: Recipe, tmp_path: Path
) -> None:
    start = tuned_model(ROWS[:16], replace(short, random_state=3), tmp_path / "start").model.state_dict()
    plain = Folds(ROWS, FOLDS, short, tmp_path / "folds", 1, start=tmp_path / "start")
    mixed = replace(plain, start_share=0.25)
    alone, both = plain.model(0).model.state_dict(), mixed.model(0).model.state_dict()
    assert not np.allclose(alone["head.weight"], start["head.weight"])
    for name, weights in both.items():
        np.testing.assert_allclose(weights, 0.75 * alone[name] + 0.25 * start[name], atol=1e-6, err_msg=name)
    assert not np.allclose(plain.logits(0), mixed.logits(0))
    assert len(trainer.seen) == 2


def test_folds_that_are_not_measured_have_no_logits(short: Recipe, tmp_path: Path) -> None:
    found = out_of_fold(Folds(ROWS, FOLDS, short, tmp_path, 1))
    assert np.array_equal(np.isnan(found[:, 0]), FOLDS != 0)


def test_a_run_that_is_cut_off_while_saving_does_not_pass_for_done(
    short: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object) -> None:
        raise KeyboardInterrupt

    tuned_model(ROWS, short, tmp_path)
    monkeypatch.setattr(crossval, "save_file", torn)
    with pytest.raises(KeyboardInterrupt):
        tuned_model(ROWS[1:], short, tmp_path)
    assert not (tmp_path / "done.json").exists()


class StoppedTrainer(CountingTrainer):
    """Trains as `finetune` does, and is stopped by the user after a step."""

    def __call__(
        self,
        rows: Sequence[Row],
        recipe: Recipe,
        start: Mapping[str, Tensor] | None = None,
        course: Course | None = None,
    ) -> Tuned:
        def stop(report: Report) -> None:
            if report.step == 2:
                os.kill(os.getpid(), signal.SIGINT)

        assert course is not None
        return super().__call__(rows, recipe, start, replace(course, progress=stop))


@pytest.mark.parametrize("rows", [ROWS, ROWS[1:]], ids=["of the same run", "of another run"])
def test_a_model_that_was_begun_is_gone_on_with_when_its_run_is_the_same(
    tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[Row]
) -> None:
    plan = recipe(tiny_base, epochs=3)
    with monkeypatch.context() as patch:
        patch.setattr(crossval, "finetune", StoppedTrainer())
        with pytest.raises(StoppedError, match="stopped after step 3 of 9; start it again to go on"):
            tuned_model(rows, plan, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {checkpoint.NAME, history.NAME}
    found, whole = tuned_model(ROWS, plan, tmp_path), finetune(ROWS, plan)
    assert np.array_equal(logits(found, ROWS), logits(whole, ROWS))
    assert not (tmp_path / checkpoint.NAME).exists()
    assert [line["step"] for line in history.read(tmp_path)] == list(range(1, 10))


def test_a_saved_model_is_the_one_that_was_tuned(short: Recipe, tmp_path: Path) -> None:
    tuned_model(ROWS, short, tmp_path)
    tuned = finetune(ROWS, short)
    assert np.array_equal(logits(load_tuned(tmp_path, short), ROWS), logits(tuned, ROWS))


def test_exported_logits_are_close_to_those_of_torch(tiny_base: Path, tmp_path: Path) -> None:
    tuned = finetune(ROWS, recipe(tiny_base))
    found = exported_logits(tuned, exported(tuned, ROWS, tmp_path), ROWS)
    expected = logits(tuned, ROWS)
    assert np.abs(found - expected).mean() < 0.05 * expected.std()
