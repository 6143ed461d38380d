"""Axes: named scales with two poles, a range, a written definition and a source. A bundle says which it has."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from framing.errors import UsageError

SHARE = (0.0, 1.0)
BIPOLAR = (-1.0, 1.0)


class Level(StrEnum):
    """What one label of an axis is given to, and what its score is read from."""

    SENTENCE = "sentence"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a reader would call a value, with a sentence of that value."""

    value: float
    reading: str
    example: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A named scale.

    Attributes
    ----------
    name : snake_case, the key in JSON.
    low, high : names of the two poles; `low` is the pole of the smaller numbers.
    range : (0, 1) for probabilities and shares, (-1, 1) for bipolar axes.
    unit : what the value is, in words ("expected share of the journalist's sentences …").
    level : whether readers labelled sentences, so that the value is a mean over them, or whole articles.
    """

    name: str
    low: str
    high: str
    range: tuple[float, float]
    unit: str
    definition: str
    source: str
    anchors: tuple[Anchor, ...] = ()
    level: Level = Level.SENTENCE

    def __post_init__(self) -> None:
        if self.range not in (SHARE, BIPOLAR):
            raise UsageError(f"axis {self.name}: range must be [0, 1] or [-1, 1], got {self.range}")

    def to_dict(self) -> dict[str, Any]:
        """This axis as plain data, the form it has in a bundle's manifest."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Axis":
        """The axis that `to_dict` wrote."""
        low, high = data["range"]
        anchors = tuple(Anchor(**anchor) for anchor in data.get("anchors", ()))
        level = Level(data.get("level", Level.SENTENCE))
        return cls(**{**data, "range": (float(low), float(high)), "anchors": anchors, "level": level})


def read_axes(path: Path) -> dict[str, Axis]:
    """The axes that a TOML file defines, by name."""
    import tomllib  # only training reads definitions; a bundle carries its own

    try:
        data = tomllib.loads(path.read_text("utf-8"))
        found = [Axis.from_dict(item) for item in data["axes"]]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as axes ({error}); see seeds/axes.toml for the form") from error
    return {axis.name: axis for axis in found}
