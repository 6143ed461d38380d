"""How an evaluation is done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of an evaluation.

    Attributes
    ----------
    axes : only these; all that bundle and set share when left out.
    n_min : rows that a part needs to be shown by itself.
    allow_seen : rows that a bundle was trained on are kept.
    tolerance : how much worse than the other bundle is let pass, in the units of what an axis is judged by.
    strict : that the bundle is not worse by more than that must be shown; else it must only not be shown to be.
    """

    axes: tuple[str, ...] = ()
    n_min: int = 30
    allow_seen: bool = False
    tolerance: float = 0.01
    strict: bool = False
    random_state: int = 0
    n_draws: int = 1000
