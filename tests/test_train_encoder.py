"""`framing train --tune`: the encoder is tuned, exported, calibrated, measured, and goes on after an interruption."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from test_train_command import run
from tiny import LOADED, PLAIN, toy_rows

from framing.bundle import load_bundle
from framing.config import default_bundle
from framing.evaluation.seen import trained_on
from framing.neural.torch_encoder import BASE
from framing.scorer import Scorer
from framing.training.finetune import Recipe, logits, new_model
from framing.training.rows import Row
from framing.training.warm import encoder_weights, start_of

QUICK = ("--epochs", 20, "--learning-rate", 0.003, "--batch-size", 16)
ROOT = Path(__file__).parent.parent


def write(path: Path, n: int = 160) -> Path:
    """Sentences that the tiny encoder can learn, with an axis `harsh`."""
    with path.open("w", encoding="utf-8") as file:
        for number, row in enumerate(toy_rows(n)):
            line = {"id": row.id, "text": f"{row.text} {number}", "group": row.group, "outlet": row.outlet}
            file.write(json.dumps(line | {"label.harsh": row.labels["loaded"]}) + "\n")
    return path


@pytest.fixture(scope="module")
def tuned(tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("tuned")
    found = run(write(place / "set.jsonl"), "--out", place / "mine", "--base", tiny_base, *QUICK)
    assert found.exit_code == 0, found.exception
    assert "drops" in found.stderr
    return place / "mine"


def test_a_tuned_encoder_scores_what_it_has_learnt_and_finds_no_actors(tuned: Path) -> None:
    bundle = load_bundle(tuned)
    assert list(bundle.axes) == ["harsh"]
    assert bundle.names is None
    texts = [f"the {PLAIN[0]} {word} {PLAIN[1]}" for word in (*LOADED, *PLAIN)]
    said = Scorer(bundle, threads=1).probabilities(texts)["harsh"]
    assert said[: len(LOADED)].min() > said[len(LOADED) :].max()


def test_the_card_of_a_tuned_encoder_tells_epochs_and_the_loss_by_quantising(tuned: Path) -> None:
    card = (tuned / "card.md").read_text("utf-8")
    assert "mean loss in training" in card
    assert "in full precision differ by" in card
    assert json.loads((tuned / "log.jsonl").read_text("utf-8").splitlines()[0])["step"] == 1
    gap = load_bundle(tuned).manifest["agreement"]["harsh"]
    assert 0 < gap["mean"] <= gap["largest"] < 0.3


def test_rows_that_only_measure_are_not_among_those_trained_on(tuned: Path) -> None:
    assert 100 < len(trained_on(load_bundle(tuned))) < 160


def test_nothing_unfinished_is_left_behind(tuned: Path) -> None:
    assert {path.name for path in tuned.parent.iterdir()} == {"set.jsonl", "mine"}


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_an_interrupted_training_ends_as_an_uninterrupted_one(
    tuned: Path, tiny_base: Path, tmp_path: Path, how: signal.Signals
) -> None:
    command = ["train", write(tmp_path / "set.jsonl"), "--out", tmp_path / "mine", "--base", tiny_base, *QUICK]
    log = tmp_path / ".mine.work" / "run" / "log.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "framing.cli", *map(str, command)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    while process.poll() is None and not (log.is_file() and log.read_bytes().count(b"\n") >= 5):
        time.sleep(0.02)
    process.send_signal(how)
    _, said = process.communicate()
    assert process.returncode != 0, "it was over before it could be interrupted"
    assert not (tmp_path / "mine").exists()
    if how is signal.SIGINT:
        assert "--resume goes on" in said
    found = run(*command[1:], "--resume")
    assert found.exit_code == 0, found.exception
    for name in ("encoder.onnx", "heads.safetensors"):
        assert (tmp_path / "mine" / name).read_bytes() == (tuned / name).read_bytes()


def test_an_unfinished_training_of_other_rows_is_not_gone_on_with(tiny_base: Path, tmp_path: Path) -> None:
    work = tmp_path / ".mine.work" / "run"
    work.mkdir(parents=True)
    found = run(
        write(tmp_path / "set.jsonl", 60), "--out", tmp_path / "mine", "--base", tiny_base, "--tune", "--resume"
    )
    assert found.exit_code == 0, found.exception


def test_a_base_that_cannot_be_loaded_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    found = run(write(tmp_path / "set.jsonl", 60), "--out", tmp_path / "mine", "--base", tmp_path / "base")
    assert "cannot be loaded" in str(found.exception)
    assert not (tmp_path / "mine").exists()


def test_the_weights_of_the_shipped_encoder_are_near_those_it_was_rounded_from() -> None:
    found = encoder_weights(default_bundle() / "encoder.onnx")
    weight = found["encoder.layer.2.attention.self.key.weight"]
    step = np.abs(weight).max(axis=1, keepdims=True) / 127
    off_grid = np.abs(weight / step - np.round(weight / step))
    assert weight.shape == (384, 384)
    assert off_grid.mean() == pytest.approx(0.25, abs=0.02)
    assert found["embeddings.word_embeddings.weight"].shape == (30522, 384)


def test_a_warm_start_says_what_the_bundle_says() -> None:
    bundle = load_bundle(default_bundle())
    model = new_model(Recipe(axes=("loaded", "other"), base=BASE))
    model.model.load_state_dict(start_of(bundle, model.model))
    texts = ["The reckless regime butchered its own people.", "The council approved the budget by nine votes to four."]
    states = bundle.encoder(1).result().encode(texts)
    head = bundle.heads["loaded"]
    theirs = [float(head.token_logits(token.states).mean()) for token in states]  # type: ignore[union-attr]
    ours = logits(model, [Row(str(number), text, "g", "s", {}) for number, text in enumerate(texts)])[:, 0]
    assert ours == pytest.approx(theirs, abs=0.5)
