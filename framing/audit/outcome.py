"""What the audit found, as plain data; every figure with its interval and the number of rows it rests on."""

from dataclasses import asdict, dataclass
from typing import Any

from framing.metrics import Estimate
from framing.scores import BundleName

GOAL = 0.05
STRONG = 0.2
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names in the same sentences.

    `difference` is the mean of the absolute differences, `signed` the mean of the first's stance less the second's.
    """

    first: str
    second: str
    difference: float
    signed: float


@dataclass(frozen=True, slots=True)
class Lean:
    """How far a name, or a group of names, stands above the mean of all names of its set in the same sentences."""

    name: str
    lean: Estimate


@dataclass(frozen=True, slots=True)
class Widest:
    """A sentence with the two names between which its stance differs most; `labelled` is what a reader answers."""

    id: str
    form: str
    labelled: int
    lowest: str
    highest: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AxisMove:
    """How far a name moves a sentence on an axis: the mean absolute difference over all pairs of names."""

    axis: str
    difference: Estimate
    worst: Pair


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sentences with two actors, whose names are exchanged.

    Attributes
    ----------
    difference : mean absolute difference between the stances of two names that stood in the same slot.
    follows : share of the fillings of sentences labelled differently toward their two actors in which the stance is
        the higher toward the one labelled higher; null where a class has no such sentence.
    """

    n_sentences: int
    difference: Estimate
    follows: Estimate | None


@dataclass(frozen=True, slots=True)
class ClassSwaps:
    """One set of names in all its sentences.

    Attributes
    ----------
    difference : mean absolute difference of stance over all pairs of names; n is the number of sentences.
    as_labelled : share of the fillings whose stance is of the labelled class; a constant would not have it.
    pairs : those that differ most, the worst first.
    leans, groups : names, and groups of names, the lowest first.
    widest : the sentences that a name moves most.
    """

    name: str
    label: str
    n_names: int
    difference: Estimate
    as_labelled: Estimate
    pairs: tuple[Pair, ...]
    leans: tuple[Lean, ...]
    groups: tuple[Lean, ...]
    widest: tuple[Widest, ...]
    axes: tuple[AxisMove, ...]
    exchange: Exchange | None


@dataclass(frozen=True, slots=True)
class Swaps:
    """All sets; `difference` and the others are over the sentences of all of them, each counting once."""

    goal: float
    difference: Estimate
    as_labelled: Estimate
    exchange: Exchange | None
    axes: tuple[tuple[str, Estimate], ...]
    classes: tuple[ClassSwaps, ...]

    @property
    def meets_goal(self) -> bool:
        """Whether the mean difference is under the goal."""
        return self.difference.value < self.goal


@dataclass(frozen=True, slots=True)
class BareName:
    """An actor's name in sentences that say nothing of it: the mean absolute stance, and the mean stance."""

    id: str
    name: str
    kind: str
    size: float
    stance: float


@dataclass(frozen=True, slots=True)
class BareNames:
    """Bare names of all actors of the catalogue; intervals are by bootstrap over actors.

    Attributes
    ----------
    size : mean absolute stance.
    strong : share of the actors whose mean absolute stance is above `STRONG`.
    kinds : the mean absolute stance by kind of actor.
    frames : the mean stance of each sentence over all actors.
    worst : the actors with the largest mean absolute stance.
    """

    n_frames: int
    size: Estimate
    strong: Estimate
    kinds: tuple[tuple[str, Estimate], ...]
    frames: tuple[tuple[str, float], ...]
    worst: tuple[BareName, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """How often answers are a careful reader's; `accuracy` has a Wilson interval, `macro_f1` a bootstrap one."""

    accuracy: Estimate
    macro_f1: Estimate


@dataclass(frozen=True, slots=True)
class KindOfCase:
    """The cases of one kind: the head alone on all of them, the pipeline on those whose target it found."""

    kind: str
    n: int
    head: Answers
    pipeline: Answers | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One case as it was judged.

    Attributes
    ----------
    head : stance by the head alone, which reads the sentence whole.
    pipeline : the journalist's stance by the whole pipeline, 0 where it says the judgement is somebody else's; null
        where it did not find the target.
    speaker : whose judgement the pipeline takes it for, if not the journalist's.
    """

    id: str
    kind: str
    labelled: int
    head: float
    pipeline: float | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Cases:
    """The own cases: together, by kind, and each."""

    overall: KindOfCase
    kinds: tuple[KindOfCase, ...]
    rows: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What the audit found in one bundle."""

    bundle: BundleName
    swaps: Swaps
    bare_names: BareNames | None
    cases: Cases

    def to_dict(self) -> dict[str, Any]:
        """This report as plain data (docs/audit.md)."""
        data = asdict(self)
        data["swaps"]["meets_goal"] = self.swaps.meets_goal
        data["swaps"]["axes"] = [{"axis": name, "difference": asdict(one)} for name, one in self.swaps.axes]
        if self.bare_names is not None:
            data["bare_names"]["kinds"] = [{"kind": k, "size": asdict(one)} for k, one in self.bare_names.kinds]
            data["bare_names"]["frames"] = [{"form": f, "stance": mean} for f, mean in self.bare_names.frames]
        return {"schema": SCHEMA, **data}
