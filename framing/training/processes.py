"""The processes that train together, as torchrun starts them; one alone is the common case."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import torch
from accelerate import PartialState
from accelerate.utils import broadcast, gather, reduce
from torch import Tensor, nn

Item = TypeVar("Item")


class Processes:
    """This process and those beside it, each with a GPU of its own or all on the CPU.

    Gradients are added up here rather than by a wrapper around the model: each process divides by what the whole step
    knows (`losses`), so that a plain sum is exact, and a head that one process had no labels for makes no trouble.
    """

    def __init__(self) -> None:
        self._state = PartialState(cpu=not torch.cuda.is_available())
        self.rank = int(self._state.process_index)
        self.n = int(self._state.num_processes)
        self.device: torch.device = self._state.device

    @property
    def is_first(self) -> bool:
        """Whether this is the process that writes files and talks."""
        return self.rank == 0

    def share(self, items: Sequence[Item]) -> Sequence[Item]:
        """What this process does of a step."""
        return items[self.rank :: self.n]

    def total(self, numbers: Tensor) -> Tensor:
        """The sum of `numbers` over all processes."""
        return numbers if self.n == 1 else reduce(numbers.to(self.device), "sum").to(numbers.device)

    def first(self, number: float) -> float:
        """The number of the first process, for all."""
        if self.n == 1:
            return number
        return float(broadcast(torch.tensor([number], dtype=torch.float32, device=self.device))[0])

    def all(self, numbers: Tensor) -> Tensor:
        """The numbers of every process, a line each."""
        line = numbers.unsqueeze(0)
        return line if self.n == 1 else gather(line.to(self.device)).to(numbers.device)

    def wait(self) -> None:
        """Returns when all have come here."""
        self._state.wait_for_everyone()

    def sum_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replaces each gradient by its sum over all processes; one that none has stays away."""
        if self.n == 1:
            return
        trained = list(parameters)
        there = self.total(torch.tensor([float(one.grad is not None) for one in trained]))
        shared = [one for one, n in zip(trained, there.tolist(), strict=True) if n]
        flat = torch.cat([(torch.zeros_like(one) if one.grad is None else one.grad).flatten() for one in shared])
        parts = self.total(flat).split([one.numel() for one in shared])  # type: ignore[no-untyped-call]
        for one, part in zip(shared, parts, strict=True):
            one.grad = part.view_as(one)
