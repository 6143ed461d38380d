"""The log of a training, a JSON object a line, and what is told of it while it runs."""

import errno
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from framing.errors import UsageError

NAME = "log.jsonl"


@dataclass(frozen=True, slots=True)
class Report:
    """Where a training stands after a step.

    Attributes
    ----------
    loss : the sum of all tasks' losses in this step.
    metric : of the development rows, as last measured; None before.
    seconds_left : at the pace so far.
    """

    step: int
    n_steps: int
    epoch: int
    n_epochs: int
    loss: float
    metric: float | None
    seconds_left: float


class Progress(Protocol):
    """Anything that is told after each step; a bar, say."""

    def __call__(self, report: Report) -> None:
        """Shows it."""


def silent(report: Report) -> None:
    """Shows nothing."""


class History:
    """The log in `folder`, gone on with after step `step`; what it says of later steps is dropped.

    A line is written by one call, so that a process that is killed leaves whole lines and at most one torn one.
    """

    def __init__(self, folder: Path, step: int):
        self._path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            kept = sum(len(line) for line in _lines(self._path) if json.loads(line)["step"] <= step)
            self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            os.ftruncate(self._file, kept)
        except OSError as error:
            raise self._unwritable(error) from error

    def add(self, facts: Mapping[str, Any]) -> None:
        """Appends a line."""
        line = json.dumps(facts).encode() + b"\n"
        try:
            if os.write(self._file, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise self._unwritable(error) from error

    def close(self) -> None:
        """Closes the file."""
        os.close(self._file)

    def _unwritable(self, error: OSError) -> UsageError:
        return UsageError(f"{self._path}: cannot be written ({error.strerror}); make room or choose another folder")


def read(folder: Path) -> list[dict[str, Any]]:
    """What the log in `folder` says, for learning curves."""
    return [json.loads(line) for line in _lines(folder / NAME)]


def _lines(path: Path) -> list[bytes]:
    """The whole lines of the log; a last one that was torn is left out."""
    data = path.read_bytes() if path.is_file() else b""
    return data[: data.rfind(b"\n") + 1].splitlines(keepends=True)
