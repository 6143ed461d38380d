"""The part of a scale that is drawn: its ends, its ticks, and where a value stands on it."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MANY_TICKS = 4
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick: where it stands, in percent from the left, and what is printed there."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A stretch of a scale, as wide as the values that are drawn on it."""

    low: float
    high: float
    step: float

    def place(self, value: float | None) -> float | None:
        """Where a value stands, in percent from the left; what lies outside stands at the end."""
        if value is None:
            return None
        return round(100 * (min(max(value, self.low), self.high) - self.low) / (self.high - self.low), 1)

    def ticks(self, text: Callable[[float], str]) -> tuple[Tick, ...]:
        """The ticks from end to end; of many, every other has a text."""
        n = round((self.high - self.low) / self.step)
        values = [round(self.low + index * self.step, 10) for index in range(n + 1)]
        every = 2 if n >= MANY_TICKS else 1
        return tuple(
            Tick(self.place(value) or 0.0, "" if index % every else text(value)) for index, value in enumerate(values)
        )


def domain(values: Iterable[float | None], limits: tuple[float, float], least: float, n_ticks: int = 4) -> Domain:
    """The smallest domain with round ends that holds the values, inside the limits and at least `least` wide."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else limits
    middle = (low + high) / 2
    low, high = min(low, middle - least / 2), max(high, middle + least / 2)
    low, high = max(low, limits[0]), min(high, limits[1])
    step = _step((high - low) / n_ticks)
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return Domain(max(round(low, 10), limits[0]), min(round(high, 10), limits[1]), step)


def _step(width: float) -> float:
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in STEPS if step * power >= width * 0.999)
