"""Published protocols on public sets, and what was measured by them: plain data that benchmark and report share."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from framing.metrics import Estimate

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that a paper gives, in the words of the paper where they matter."""

    metric: str
    value: float
    system: str
    source: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """One way of measuring on one set.

    Attributes
    ----------
    level : what is classified: sentence, mention or article.
    held_out : how rows are kept from training, in words.
    differs : where rows, folds or figures are not those of the papers, in words.
    """

    name: str
    data: str
    level: str
    held_out: str
    differs: str
    published: tuple[Published, ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured by one protocol.

    Attributes
    ----------
    n_trained : rows in training, of the first fold.
    folds : "2 of 5", where not all were held out.
    figures : system → measure → figure.
    """

    protocol: Protocol
    how: str
    n: int
    n_trained: int
    folds: str
    seconds: float
    figures: Mapping[str, Mapping[str, Estimate]]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Every protocol that was run."""

    version: str
    base: str
    quick: bool
    random_state: int
    results: tuple[Measured, ...]
    left_out: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """This benchmark as JSON (docs/benchmark.md)."""
        return {"schema": SCHEMA, **asdict(self)}
