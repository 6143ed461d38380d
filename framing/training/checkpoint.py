"""Checkpoints: one file of tensors and plain facts, replaced whole or not at all; nothing in it is code."""

import json
import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor
from torch.optim import Optimizer

from framing.errors import UsageError

NAME = "checkpoint.safetensors"
_FACTS, _OPTIMISER = "facts", "optimiser"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a training needs to go on: named tensors, and facts that JSON can hold."""

    tensors: Mapping[str, Tensor]
    facts: Mapping[str, Any]

    def part(self, name: str) -> dict[str, Tensor]:
        """The tensors whose names begin with `name` and a point, without that."""
        start = f"{name}."
        return {key[len(start) :]: value for key, value in self.tensors.items() if key.startswith(start)}


def save(folder: Path, key: str, found: Checkpoint) -> None:
    """Writes the checkpoint of the run named `key`; until it is whole, an older one stays."""
    facts = json.dumps({**found.facts, "key": key, "torch": torch.__version__})
    tensors = {name: tensor.detach().contiguous() for name, tensor in found.tensors.items()}
    write_whole(folder / NAME, lambda path: save_file(tensors, path, {_FACTS: facts}))


def load(folder: Path, key: str) -> Checkpoint | None:
    """The checkpoint of the run named `key` in `folder`; None where there is none."""
    path = folder / NAME
    if not path.is_file():
        return None
    with _reading(path) as file:
        facts = json.loads(file.metadata()[_FACTS])
        if facts["key"] != key:
            raise UsageError(
                f"{path}: is of another training (other rows, recipe or start); choose another folder or delete it"
            )
        if facts["torch"] != torch.__version__:
            raise UsageError(f"{path}: was written with torch {facts['torch']}, here is {torch.__version__}; delete it")
        return Checkpoint({name: file.get_tensor(name) for name in file.keys()}, facts)  # noqa: SIM118


def of_optimiser(optimiser: Optimizer, trained: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What an optimiser knows of each named parameter, as tensors for a checkpoint."""
    states = ((name, optimiser.state.get(parameter, {})) for name, parameter in trained.items())
    return {f"{_OPTIMISER}.{name}.{key}": value for name, state in states for key, value in state.items()}


def into_optimiser(found: Checkpoint, optimiser: Optimizer, trained: Mapping[str, Tensor]) -> None:
    """Gives an optimiser back what `of_optimiser` found; a parameter that had no step yet has nothing."""
    for name, parameter in trained.items():
        state = found.part(f"{_OPTIMISER}.{name}")
        if state:
            optimiser.state[parameter] = {key: one.to(parameter.device) for key, one in state.items()}


def key_of(folder: Path) -> str | None:
    """Which run the checkpoint in `folder` is of; None where there is none."""
    path = folder / NAME
    if not path.is_file():
        return None
    with _reading(path) as file:
        return str(json.loads(file.metadata()[_FACTS])["key"])


def remove(folder: Path) -> None:
    """Takes away the checkpoint in `folder`, if there is one."""
    (folder / NAME).unlink(missing_ok=True)


@contextmanager
def _reading(path: Path) -> Iterator[Any]:
    try:
        with safe_open(path, "pt") as file:
            yield file
    except (OSError, SafetensorError, LookupError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as a checkpoint ({error!r}); delete it and start again") from error


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Lets `write` write a file beside `path` and puts it in its place when it is on the disk, whole."""
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(path)
        _keep_name(path.parent)
    except (OSError, SafetensorError) as error:
        raise UsageError(f"{path}: cannot be written ({_reason(error)}); make room or choose another folder") from error
    finally:
        partial.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """A renamed file survives a power cut only when its folder, too, is on the disk."""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def random_state(device: torch.device) -> dict[str, Tensor]:
    """The states of all generators that training may draw from, as tensors."""
    version, numbers, gauss = random.getstate()
    numpy_state: Any = np.random.get_state(legacy=False)
    drawn = numpy_state["state"]
    states = {
        "torch": torch.get_rng_state(),
        "python": torch.tensor([version, *numbers], dtype=torch.int64),
        "python_gauss": torch.tensor([np.nan if gauss is None else gauss], dtype=torch.float64),
        "numpy": torch.tensor([*drawn["key"].tolist(), drawn["pos"], numpy_state["has_gauss"]], dtype=torch.int64),
        "numpy_gauss": torch.tensor([numpy_state["gauss"]], dtype=torch.float64),
    }
    return states | ({"cuda": torch.cuda.get_rng_state(device)} if device.type == "cuda" else {})


def set_random_state(states: Mapping[str, Tensor], device: torch.device) -> None:
    """Puts all generators where `random_state` found them."""
    torch.set_rng_state(states["torch"])
    version, *numbers = states["python"].tolist()
    gauss = float(states["python_gauss"])
    random.setstate((version, tuple(numbers), None if np.isnan(gauss) else gauss))
    *key, position, has_gauss = states["numpy"].tolist()
    gauss_of = float(states["numpy_gauss"])
    np.random.set_state(("MT19937", np.array(key, dtype=np.uint32), position, has_gauss, gauss_of))
    if "cuda" in states and device.type == "cuda":
        torch.cuda.set_rng_state(states["cuda"], device)
