"""One loop: cutting a step changes nothing, a stopped run ends as if it had not been, the best weights stay."""

import json
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from tiny import recipe, toy_rows
from torch import Tensor

from framing.errors import StoppedError, UsageError
from framing.neural.torch_encoder import FramingModel
from framing.training import checkpoint, history
from framing.training.finetune import Recipe, Tuned, finetune, logits
from framing.training.history import Report
from framing.training.loop import Course, Place, share_of_rate
from framing.training.rows import Row

HERE = Path(__file__).resolve().parent
ROWS = toy_rows(48)


def weights(tuned: Tuned) -> dict[str, Tensor]:
    return tuned.model.state_dict()


def same(one: dict[str, Tensor], other: dict[str, Tensor]) -> bool:
    return all(torch.equal(tensor, other[name]) for name, tensor in one.items())


def apart(one: dict[str, Tensor], other: dict[str, Tensor], start: dict[str, Tensor]) -> float:
    """How far two trainings are apart, against how far the first went: not weight by weight, since Adam makes steps of
    full size from rounding errors where a gradient is really zero."""
    gap = sum(float(((tensor - other[name]) ** 2).sum()) for name, tensor in one.items())
    way = sum(float(((tensor - start[name]) ** 2).sum()) for name, tensor in one.items())
    return math.sqrt(gap / way)


def untrained(plan: Recipe) -> dict[str, Tensor]:
    return weights(finetune([], replace(plan, passes=(("toy", 0.0),))))


@pytest.fixture
def short(tiny_base: Path) -> Recipe:
    """Three epochs of three steps, without anything drawn while training."""
    return recipe(tiny_base, epochs=3, dropout=0.0)


def article_rows() -> list[Row]:
    """Articles of one to four passages, labelled by whether any of them has a loaded word."""
    texts = [row.text for row in toy_rows(96, random_state=3)]
    parts = [tuple(texts[at : at + 1 + at // 3 % 4]) for at in range(0, 90, 3)]
    return [
        Row(f"a{n}", " ".join(p), f"a{n}", "toy", {"loaded": float("shame" in " ".join(p))}, passages=p)
        for n, p in enumerate(parts)
    ]


@pytest.mark.parametrize("rows", [ROWS, article_rows()], ids=["sentences", "articles"])
def test_a_step_read_in_pieces_gives_the_same_weights(short: Recipe, rows: list[Row]) -> None:
    whole = finetune(rows, short)
    pieces = finetune(rows, replace(short, piece_tokens=40))
    assert 0 < apart(weights(whole), weights(pieces), untrained(short)) < 0.03


class Stopper:
    """Asks the process to stop after a step, as Ctrl-C does."""

    def __init__(self, after: int, number: int = signal.SIGINT):
        self.after, self.number = after, number

    def __call__(self, report: Report) -> None:
        if report.step == self.after:
            os.kill(os.getpid(), self.number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "a polite end"])
@pytest.mark.parametrize("after", [1, 3, 7], ids=["in the first epoch", "at its end", "while weights are averaged"])
def test_a_run_that_was_stopped_ends_with_the_weights_of_one_that_was_not(
    tiny_base: Path, tmp_path: Path, after: int, number: int
) -> None:
    plan = recipe(tiny_base, epochs=8, average=0.8)
    place = Place(tmp_path, "run", every=1000, how="add --resume")
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(StoppedError, match=f"^{tmp_path}: stopped after step {after + 1} of 24; add --resume$"):
        finetune(ROWS, plan, course=Course(place, progress=Stopper(after, number)))
    assert signal.getsignal(signal.SIGINT) is handler
    torch.rand(5)
    resumed = finetune(ROWS, plan, course=Course(place))
    assert same(weights(resumed), weights(finetune(ROWS, plan)))


def test_the_log_has_a_line_a_step_and_none_twice(short: Recipe, tmp_path: Path) -> None:
    with pytest.raises(StoppedError):
        finetune(ROWS, short, course=Course(Place(tmp_path, "run"), progress=Stopper(4)))
    with (tmp_path / history.NAME).open("a") as file:
        file.write(json.dumps({"step": 6, "loss": {"axes": 9.0}}) + '\n{"step": 7, "lo')
    finetune(ROWS, short, course=Course(Place(tmp_path, "run")))
    lines = history.read(tmp_path)
    assert [line["step"] for line in lines] == list(range(1, 10))
    assert [line["epoch"] for line in lines] == [1] * 3 + [2] * 3 + [3] * 3
    assert all(line["loss"]["axes"] < 2 and line["tokens_per_second"] > 0 for line in lines)
    assert all(set(line["loss"]) == {"axes", "words"} for line in lines)


def test_a_checkpoint_of_another_run_is_refused(short: Recipe, tmp_path: Path) -> None:
    finetune(ROWS, short, course=Course(Place(tmp_path, "one")))
    with pytest.raises(UsageError, match=r"is of another training .*; choose another folder or delete it"):
        finetune(ROWS, short, course=Course(Place(tmp_path, "other")))


def test_a_run_that_is_not_to_be_resumed_starts_anew(short: Recipe, tmp_path: Path) -> None:
    finetune(ROWS, short, course=Course(Place(tmp_path, "one")))
    anew = finetune(ROWS, short, course=Course(Place(tmp_path, "two", resume=False)))
    assert [line["step"] for line in history.read(tmp_path)] == list(range(1, 10))
    assert same(weights(anew), weights(finetune(ROWS, short)))


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\x10\0\0\0\0\0\0\0{}"], ids=["empty", "nonsense", "torn"])
def test_a_damaged_checkpoint_is_one_line(short: Recipe, tmp_path: Path, data: bytes) -> None:
    (tmp_path / checkpoint.NAME).write_bytes(data)
    with pytest.raises(UsageError, match=r"cannot be read as a checkpoint .*; delete it and start again") as caught:
        finetune(ROWS, short, course=Course(Place(tmp_path, "run")))
    assert "\n" not in str(caught.value)


class Falling:
    """Figures of development rows as given in advance; keeps the weights it was asked about."""

    def __init__(self, *figures: float):
        self.figures: Iterator[float] = iter(figures)
        self.seen: list[dict[str, Tensor]] = []

    def __call__(self, model: FramingModel) -> float:
        assert not model.training
        self.seen.append({name: tensor.clone() for name, tensor in model.state_dict().items()})
        return next(self.figures)


@pytest.mark.parametrize(
    ("figures", "n_asked", "best"),
    [((1, 2, 3, 4, 5, 6), 6, 5), ((1, 3, 2, 2, 9, 9), 4, 1), ((3, 3, 3, 9), 3, 0), ((1, 2, 1, 3, 2, 1), 6, 3)],
    ids=["better to the end", "worse twice", "never better", "worse once"],
)
def test_a_run_ends_when_nothing_becomes_better_and_keeps_the_best_weights(
    tiny_base: Path, figures: tuple[float, ...], n_asked: int, best: int
) -> None:
    falling = Falling(*figures)
    tuned = finetune(ROWS, recipe(tiny_base, epochs=6), course=Course(evaluate=falling, patience=2))
    assert len(falling.seen) == n_asked
    assert same(weights(tuned), falling.seen[best])
    assert not tuned.model.training


def test_an_early_stop_is_the_same_after_an_interruption(tiny_base: Path, tmp_path: Path) -> None:
    plan, figures = recipe(tiny_base, epochs=6), (1.0, 3.0, 2.0, 2.0)
    whole = finetune(ROWS, plan, course=Course(evaluate=Falling(*figures)))
    course = Course(Place(tmp_path, "run"), Falling(*figures[:2]), progress=Stopper(7))
    with pytest.raises(StoppedError):
        finetune(ROWS, plan, course=course)
    resumed = finetune(ROWS, plan, course=Course(Place(tmp_path, "run"), Falling(*figures[2:])))
    assert same(weights(resumed), weights(whole))
    assert [line["metric"] for line in history.read(tmp_path) if "metric" in line] == list(figures)


def test_mean_weights_are_kept_only_where_they_are_better(tiny_base: Path) -> None:
    plan = recipe(tiny_base, epochs=4, average=0.9)
    for figures, kept in (((1, 2, 3, 4, 0), 3), ((1, 2, 3, 4, 5), 4)):
        asked = Falling(*figures)
        assert same(weights(finetune(ROWS, plan, course=Course(evaluate=asked))), asked.seen[kept])


def test_progress_is_told_after_each_step(short: Recipe) -> None:
    told: list[Report] = []
    finetune(ROWS, short, course=Course(evaluate=Falling(0.1, 0.2, 0.3), progress=told.append))
    assert [(one.step, one.epoch) for one in told] == [(n, 1 + (n - 1) // 3) for n in range(1, 10)]
    assert [one.metric for one in told] == [None, None, 0.1, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3]
    assert told[-1].seconds_left == 0 < told[0].seconds_left
    assert all(math.isfinite(one.loss) for one in told)


@contextmanager
def no_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A disk on which nothing can be written to its end."""

    def torn(tensors: dict[str, Tensor], path: Path, metadata: dict[str, str]) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(checkpoint, "save_file", torn)
        yield


def test_a_full_disk_is_one_line_and_leaves_the_older_checkpoint(
    short: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path, "run")
    with pytest.raises(StoppedError):
        finetune(ROWS, short, course=Course(place, progress=Stopper(1)))
    before = (tmp_path / checkpoint.NAME).read_bytes()
    with (
        no_room(monkeypatch),
        pytest.raises(UsageError, match=r"cannot be written .No space left.*; make room"),
    ):
        finetune(ROWS, short, course=Course(place))
    assert {path.name for path in tmp_path.iterdir()} == {checkpoint.NAME, history.NAME}
    assert (tmp_path / checkpoint.NAME).read_bytes() == before
    assert same(weights(finetune(ROWS, short, course=Course(place))), weights(finetune(ROWS, short)))


def test_a_folder_that_cannot_be_made_is_one_line_before_anything_is_trained(short: Recipe, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[Report] = []
    with pytest.raises(UsageError, match=r"cannot be written .*; make room or choose another folder"):
        finetune(ROWS, short, course=Course(Place(tmp_path / "file" / "run", "run"), progress=told.append))
    assert not told


def test_the_learning_rate_rises_over_a_tenth_and_falls_to_nothing() -> None:
    found = [share_of_rate(done, 20) for done in range(20)]
    assert found[:3] == [0.0, 0.5, 1.0]
    assert found[2:] == pytest.approx([(20 - done) / 18 for done in range(2, 20)])
    assert share_of_rate(0, 5) == 1.0


def test_a_label_that_costs_more_when_it_is_one_raises_the_logits(short: Recipe) -> None:
    plain = logits(finetune(ROWS, short), ROWS).mean(0)
    costly = logits(finetune(ROWS, replace(short, positive_weights=(("loaded", 5.0),))), ROWS).mean(0)
    assert costly[0] > plain[0] + 1
    assert costly[1] == pytest.approx(plain[1], abs=0.1)


def test_a_row_of_no_weight_teaches_nothing(tiny_base: Path) -> None:
    plan = recipe(tiny_base, epochs=6, dropout=0.0)
    other = [replace(row, labels={"opinion": 1.0}, words=None) for row in ROWS]
    before, after = (finetune([*ROWS, *(replace(row, weight=w) for row in other)], plan) for w in (0.0, 1.0))
    opinion = [float(logits(tuned, ROWS)[:, 1].mean()) for tuned in (before, after)]
    assert opinion[0] < 1 < opinion[1]


PROGRAM = """
import os, sys, time
from pathlib import Path
sys.path.insert(0, {tests!r})
import torch
from safetensors.torch import save_file
from tiny import recipe, toy_rows
from framing.errors import FramingError
from framing.training.finetune import finetune
from framing.training.loop import Course, Place
torch.set_num_threads(1)
base, folder, out, slow, changes = sys.argv[1:]
place = Place(Path(folder), "run", every=4, how="add --resume") if folder != "." else None
course = Course(place, progress=lambda report: time.sleep(float(slow)))
try:
    tuned = finetune(toy_rows(48), recipe(base, epochs=8, **eval(changes)), course=course)
except FramingError as error:
    sys.exit(print(error, file=sys.stderr) or error.exit_code)
save_file(tuned.model.state_dict(), out + os.environ.get("RANK", ""))
"""


def program(base: Path, folder: Path, out: Path, slow: float = 0.0, **changes: object) -> list[str]:
    """A process that trains and leaves its weights in `out`."""
    code = PROGRAM.format(tests=str(HERE))
    return [sys.executable, "-c", code, str(base), str(folder), str(out), str(slow), repr(changes)]


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGKILL, -9, ""), (signal.SIGINT, 130, "stopped after step .* of 24; add --resume")],
    ids=["killed", "Ctrl-C"],
)
def test_a_process_that_was_ended_and_started_again_ends_with_the_very_same_weights(
    tiny_base: Path, tmp_path: Path, number: int, code: int, said: str
) -> None:
    changes = {"average": 0.5, "swaps": 0.0}
    command = program(tiny_base, tmp_path / "run", tmp_path / "resumed", slow=0.05, **changes)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: len(history.read(tmp_path / "run")) >= 6)
        process.send_signal(number)
        errors = process.communicate()[1]
    assert process.returncode == code
    assert (len(errors.splitlines()), bool(said)) in {(0, False), (1, True)}
    assert not (tmp_path / "resumed").exists()
    subprocess.run(program(tiny_base, tmp_path / "run", tmp_path / "resumed", **changes), check=True)
    subprocess.run(program(tiny_base, Path(), tmp_path / "whole", **changes), check=True)
    assert same(load_file(tmp_path / "resumed"), load_file(tmp_path / "whole"))


@pytest.mark.slow
def test_two_processes_give_the_weights_of_one(tiny_base: Path, tmp_path: Path) -> None:
    command = program(tiny_base, tmp_path / "run", tmp_path / "weights", dropout=0.0)
    script = tmp_path / "program.py"
    script.write_text(command[2])
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", str(script)]
    subprocess.run([*torchrun, *command[3:]], check=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    first, second = (load_file(tmp_path / f"weights{rank}") for rank in (0, 1))
    alone = finetune(toy_rows(48), recipe(tiny_base, epochs=8, dropout=0.0))
    assert same(first, second)
    assert all(bool(torch.isfinite(one).all()) for one in first.values())
    assert apart(weights(alone), first, untrained(alone.recipe)) < 0.03
    assert [line["step"] for line in history.read(tmp_path / "run")] == list(range(1, 25))
