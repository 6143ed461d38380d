"""The one training loop: on a CPU, on a GPU, in several processes; kept on the way, gone on with, stopped early."""

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from framing.errors import StoppedError
from framing.neural.torch_encoder import FramingModel
from framing.training import checkpoint
from framing.training.averages import Best, Mean, copy_into
from framing.training.checkpoint import Checkpoint
from framing.training.collate import Coder
from framing.training.history import History, Progress, Report, silent
from framing.training.losses import TASKS, known, losses
from framing.training.processes import Processes
from framing.training.recipe import Recipe
from framing.training.rows import Row
from framing.training.steps import Step, Steps

MEAN_EVERY = 10


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run is kept, and which it is.

    Attributes
    ----------
    key : a hash of all that decides the weights; a checkpoint of another key is refused.
    every : steps between checkpoints; more are made at the end of each epoch and when the user stops the run.
    resume : a checkpoint that is there is gone on from; otherwise the run starts anew.
    how : what to say of resuming to a user who has stopped the run.
    """

    folder: Path
    key: str
    every: int = 200
    resume: bool = True
    how: str = "start it again to go on"


@dataclass(frozen=True, slots=True)
class Course:
    """How a run is kept, watched and stopped; of these only `evaluate` has a say in the weights.

    Attributes
    ----------
    evaluate : a figure of development rows, the higher the better; asked after each epoch, and the weights of the best
        one are those that stay.
    patience : epochs without a better figure after which the run ends, 1 or more.
    """

    place: Place | None = None
    evaluate: Callable[[FramingModel], float] | None = None
    patience: int = 2
    progress: Progress = silent


def train(model: FramingModel, steps: Steps, coder: Coder, recipe: Recipe, course: Course) -> None:
    """Trains `model` where it is, and leaves it on the CPU, ready for use.

    To go on with a run, the model is to be made as it was made for its beginning, all generators seeded alike: the
    stored masks of its dropout are drawn then, and are in no checkpoint.
    """
    run = _Run(model, steps, coder, recipe, course)
    run.resume()
    with _stop_signals(course.place is not None) as stop, run.history():
        for step in steps:
            if run.best.is_over(course.patience):
                break
            if step.number > run.done:
                run.advance(step, stop.is_set())
    run.finish()


class _Run:
    """A training under way: all that a checkpoint holds."""

    def __init__(self, model: FramingModel, steps: Steps, coder: Coder, recipe: Recipe, course: Course):
        self.processes = Processes()
        self.model = model.to(self.processes.device).train()
        self.steps, self.coder, self.recipe, self.course = steps, coder, recipe, course
        self.trained = {name: one for name, one in model.named_parameters() if one.requires_grad}
        self.optimiser = torch.optim.AdamW(parameter_groups(model, recipe), fused=True)
        self.rates = [float(group["lr"]) for group in self.optimiser.param_groups]
        self.n_steps = len(steps)
        self.mean, self.best = Mean(), Best()
        self.metric: float | None = None
        self.done = 0
        self._history: History | None = None
        self._started = time.monotonic()
        self._first = 0
        if self.processes.rank:
            torch.manual_seed(recipe.random_state * 1000 + self.processes.rank)

    def advance(self, step: Step, stopped: bool) -> None:
        """Takes one step, and what is due after it."""
        began = time.monotonic()
        found, n_tokens, stopped = self._step(self.steps.rows(step), stopped)
        seconds = time.monotonic() - began
        self.done = step.number
        measured = step.ends_epoch and self.course.evaluate is not None
        if measured:
            self._measure()
        self._tell(step, found, n_tokens / seconds, measured)
        place = self.course.place
        if place is not None and (stopped or step.ends_epoch or self.done % place.every == 0):
            self._save(place)
        if place is not None and stopped and self.done < self.n_steps:
            raise StoppedError(f"{place.folder}: stopped after step {self.done} of {self.n_steps}; {place.how}")

    def _step(self, rows: list[Row], stopped: bool) -> tuple[dict[str, float], int, bool]:
        """Loss of each task, tokens read, and whether any process was asked to stop."""
        pieces = [batch for _, batch in self.coder.pieces(self.processes.share(rows))]
        n_tokens = sum(int(batch["content"].sum()) for batch in pieces)
        here = torch.stack([known(batch) for batch in pieces]).sum(0) if pieces else torch.zeros(len(TASKS)).double()
        all_of = self.processes.total(torch.cat([here, torch.tensor([n_tokens, stopped], dtype=torch.float64)]))
        divisors = all_of[: len(TASKS)].float().to(self.model.device)
        self._set_rates()
        found = torch.zeros(len(TASKS), device=self.model.device)
        for batch in pieces:
            on_device = {name: tensor.to(self.model.device) for name, tensor in batch.items()}
            parts = losses(self.model, on_device, divisors, self.recipe)
            parts.sum().backward()  # type: ignore[no-untyped-call]
            found += parts.detach()
        self._apply()
        task_losses = self.processes.total(found).tolist()
        there = {task: value for task, value, n in zip(TASKS, task_losses, divisors.tolist(), strict=True) if n}
        return there, int(all_of[-2]), bool(all_of[-1])

    def _set_rates(self) -> None:
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * share_of_rate(self.done, self.n_steps)

    def _apply(self) -> None:
        self.processes.sum_gradients(self.trained.values())
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        averages = self.recipe.average and self.done >= self.n_steps * (1 - self.recipe.average)
        if averages and self.done % MEAN_EVERY == 0:
            self.mean.add(self.trained)

    def _measure(self) -> None:
        assert self.course.evaluate is not None
        self.model.eval()
        self.metric = self.processes.first(self.course.evaluate(self.model))
        self.model.train()
        self.best.add(self.metric, self.trained)

    def finish(self) -> None:
        """Puts the weights in place that stay: the mean, or the best."""
        if self.mean.n:
            copy_into(self.trained, self.mean.tensors)
        if self.course.evaluate is not None and self.mean.n:
            self._measure()
        if self.best.tensors:
            copy_into(self.trained, self.best.tensors)
        self.model.to("cpu").eval()

    @contextmanager
    def history(self) -> Iterator[None]:
        """Keeps the log open; without a place, and in processes beside the first, there is none."""
        place = self.course.place
        if place is None or not self.processes.is_first:
            yield
            return
        self._history = History(place.folder, self.done)
        try:
            yield
        finally:
            self._history.close()

    def _tell(self, step: Step, found: Mapping[str, float], tokens_per_second: float, measured: bool) -> None:
        if not self.processes.is_first:
            return
        if self._history is not None:
            line = {"step": step.number, "epoch": step.epoch, "loss": {name: round(x, 6) for name, x in found.items()}}
            line |= {"rate": self.optimiser.param_groups[0]["lr"], "tokens_per_second": round(tokens_per_second)}
            self._history.add(line | ({"metric": self.metric} if measured else {}))
        pace = (time.monotonic() - self._started) / (self.done - self._first)
        left, n_epochs = pace * (self.n_steps - self.done), self.steps.n_epochs
        self.course.progress(
            Report(self.done, self.n_steps, step.epoch, n_epochs, sum(found.values()), self.metric, left)
        )

    def resume(self) -> None:
        """Goes on from the checkpoint, where there is one and it is wanted."""
        place = self.course.place
        found = checkpoint.load(place.folder, place.key) if place is not None and place.resume else None
        if found is None:
            return
        facts = found.facts
        self.done = self._first = int(facts["step"])
        self.metric = facts["metric"]
        copy_into(self.trained, found.part("model"))
        checkpoint.into_optimiser(found, self.optimiser, self.trained)
        self.mean = Mean(found.part("mean"), facts["mean_n"])
        self.best = Best(found.part("best"), facts["best_metric"], facts["best_waited"])
        states = {name: lines[self.processes.rank] for name, lines in found.part("random").items()}
        checkpoint.set_random_state(states, self.model.device)

    def _save(self, place: Place) -> None:
        drawn = {name: self.processes.all(state) for name, state in checkpoint.random_state(self.model.device).items()}
        if self.processes.is_first:
            facts = {"step": self.done, "metric": self.metric, "mean_n": self.mean.n}
            facts |= {"best_metric": self.best.metric, "best_waited": self.best.waited}
            checkpoint.save(place.folder, place.key, Checkpoint(self._tensors(drawn), facts))
        self.processes.wait()

    def _tensors(self, drawn: Mapping[str, Tensor]) -> dict[str, Tensor]:
        parts: dict[str, Mapping[str, Tensor]] = {
            "model": self.trained,
            "mean": self.mean.tensors,
            "best": self.best.tensors,
            "random": drawn,
        }
        named = {f"{part}.{name}": one for part, tensors in parts.items() for name, one in tensors.items()}
        return named | checkpoint.of_optimiser(self.optimiser, self.trained)


def share_of_rate(done: int, n_steps: int) -> float:
    """The share of the learning rate after `done` steps: up over the first tenth, then down to 0, both in a line."""
    n_up = n_steps // 10
    return done / n_up if done < n_up else (n_steps - done) / max(1, n_steps - n_up)


def parameter_groups(model: FramingModel, recipe: Recipe) -> list[dict[str, object]]:
    """What the optimiser treats alike: the encoder's matrices, its other parameters, the heads."""
    tuned = (parameter for parameter in model.encoder.parameters() if parameter.requires_grad)
    heads = [*model.head.parameters(), *model.name.parameters(), *model.target.parameters()]
    return [
        *({**group, "lr": recipe.learning_rate} for group in decay_groups(tuned, recipe.weight_decay)),
        {"params": heads, "lr": recipe.head_learning_rate, "weight_decay": 0.0},
    ]


def decay_groups(parameters: Iterable[Tensor], weight_decay: float) -> list[dict[str, object]]:
    """Matrices, whose weights decay, and all else, which does not."""
    trained = list(parameters)
    return [
        {"params": [one for one in trained if one.ndim > 1], "weight_decay": weight_decay},
        {"params": [one for one in trained if one.ndim <= 1], "weight_decay": 0.0},
    ]


@contextmanager
def _stop_signals(wanted: bool) -> Iterator[threading.Event]:
    """An event that Ctrl-C or a polite end of the process sets; a second Ctrl-C ends at once."""
    stop = threading.Event()
    if not wanted or threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(number: int, _: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
