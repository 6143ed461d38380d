"""Conditions that a monitor fails on: "loaded > 0.2", "opinion Harbour Post >= 30 %", "leaning < -0.1".

    CONDITION = AXIS [GROUP] COMPARISON NUMBER
    COMPARISON = > | >= | < | <=
    NUMBER = 0.2 | 20 % | -0.1

It is met when the mean of the group does it; without a group, when that of any group does.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from framing.compare.result import Comparison
from framing.errors import UsageError
from framing.report import phrases
from framing.report.comparison.amounts import amount

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_FORM = re.compile(r"\s*(\S+)(?:\s+(.*\S))?\s*(>=|<=|>|<)\s*([+-]?\d*\.?\d+)\s*(%?)\s*")


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition: `group` is None for any."""

    text: str
    axis: str
    group: str | None
    compare: str
    number: float


def parse(text: str) -> Gate:
    """The condition that a text says.

    Raises
    ------
    UsageError
        It is not one.
    """
    match = _FORM.fullmatch(text.replace(phrases.MINUS, "-"))
    if match is None:
        raise UsageError(f"--fail-if {text!r}: not a condition; write AXIS [GROUP] > NUMBER, e.g. 'loaded > 0.2'")
    axis, group, compare, number, percent = match.groups()
    return Gate(text, axis, group, compare, float(number) / (100 if percent else 1))


def met(gates: Iterable[Gate], found: Comparison) -> Iterator[str]:
    """A line for each mean that meets a condition.

    Raises
    ------
    UsageError
        A condition names an axis or a group that is not compared.
    """
    for gate in gates:
        yield from _met(gate, found)


def _met(gate: Gate, found: Comparison) -> Iterator[str]:
    axes = list(dict.fromkeys(one.axis for one in found.means))
    names = [group.name for group in found.groups]
    if gate.axis not in axes:
        raise UsageError(f"--fail-if {gate.text!r}: no axis {gate.axis!r} in this comparison; it has {', '.join(axes)}")
    if gate.group is not None and gate.group not in names:
        raise UsageError(f"--fail-if {gate.text!r}: no group {gate.group!r}; there are {', '.join(names[:12])}")
    for one in found.means:
        asked = one.axis == gate.axis and gate.group in (None, one.group)
        if asked and one.mean and _COMPARE[gate.compare](one.mean.value, gate.number):
            value = amount(one.mean.value, found.axes[one.axis])
            yield f"{gate.text}: {phrases.tidy(one.group)} has {value} (n = {one.mean.n:,})"
