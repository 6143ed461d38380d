"""What a user chooses of a training."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from framing.errors import UsageError
from framing.training.holding_out import HoldOut
from framing.training.pack import refuse_existing


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose.

    Attributes
    ----------
    out : the folder of the new bundle.
    freeze : True or False as asked for, None by the number of rows.
    base : an encoder to start from in place of the bundle's, a folder or a name of the hub.
    excluded : words of licences; data under a licence with one of them is not trained on.
    outlets : the user's own table of outlet names.
    epochs, batch_size, learning_rate : of a training that tunes the encoder.
    balance : the rarer class costs more in that training, so that both cost alike.
    """

    out: Path
    name: str = ""
    version: str = "0.1.0"
    freeze: bool | None = None
    base: str | None = None
    hold_out: str = HoldOut.ARTICLE
    random_state: int = 0
    excluded: Sequence[str] = ()
    outlets: Path | None = None
    epochs: int = 8
    batch_size: int = 32
    learning_rate: float = 5e-5
    balance: bool = False
    resume: bool = False
    force: bool = False

    def __post_init__(self) -> None:
        if self.hold_out not in set(HoldOut):
            raise UsageError(f"--hold-out {self.hold_out}: no such way; choose {', '.join(HoldOut)}")
        if self.base is not None and self.freeze:
            raise UsageError("--freeze with --base: a base has no heads to keep; leave one of the two out")

    @property
    def work(self) -> Path:
        """Where unfinished work is kept."""
        return self.out.parent / f".{self.out.name}.work"

    def refuse_existing(self) -> None:
        """Raises `UsageError` where the bundle exists and may not be replaced."""
        refuse_existing(self.out, self.force)
