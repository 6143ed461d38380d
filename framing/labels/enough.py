"""How many labelled rows an axis needs: one rule, for the check of a set and for the training."""

from collections.abc import Iterable

# Fewer on one side of the middle say nothing, whatever figure comes out.
LEAST_OF_A_SIDE = 10
# Under so many labelled rows a tuned encoder learns the rows; heads alone do as well (docs/experiments.md).
HEADS_ONLY_BELOW = 300


def sides(targets: Iterable[float]) -> tuple[int, int]:
    """How many targets are under the middle of their axis, and how many over it."""
    every = list(targets)
    return sum(target < 0.5 for target in every), sum(target > 0.5 for target in every)


def enough(targets: Iterable[float]) -> str:
    """Whether an axis with these targets can be trained: "no", "heads only" or "yes"."""
    every = list(targets)
    if min(sides(every)) < LEAST_OF_A_SIDE:
        return "no"
    return "heads only" if len(every) < HEADS_ONLY_BELOW else "yes"
