"""What a training will do, told before it begins: what is tuned, which axes there will be, what is held out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from framing.bundle import Bundle
from framing.errors import UsageError
from framing.evaluation.seen import trained_on
from framing.labels.enough import HEADS_ONLY_BELOW, LEAST_OF_A_SIDE, sides
from framing.labels.row import LabelledSet, row_hash
from framing.training.choices import Choices
from framing.training.holding_out import Held, HoldOut, held
from framing.types import Bools


class Mode(StrEnum):
    """What is trained."""

    HEADS = "heads on the frozen encoder"
    ENCODER = "the encoder and its heads"


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done, and why.

    Attributes
    ----------
    trained : axis → number of labelled rows.
    kept, replaced, dropped : axes of the bundle that is started from.
    known : rows that the encoder which is started from was tuned on, shape (n_rows,): figures of them are too good.
    """

    mode: Mode
    why: str
    trained: Mapping[str, int]
    held: Held
    known: Bools
    kept: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    keeps_actors: bool = True
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[tuple[str, str]]:
        """The plan as headings and words."""
        yield "trains", f"{self.mode}: {self.why}"
        yield "axes", ", ".join(f"{name} ({n:,} rows)" for name, n in self.trained.items())
        if self.replaced:
            yield "replaces", ", ".join(self.replaced)
        if self.kept:
            yield "keeps", ", ".join((*self.kept, *["names and stance"][: self.keeps_actors]))
        if self.dropped or not self.keeps_actors:
            yield "drops", ", ".join((*self.dropped, *["names and stance"][self.keeps_actors :]))
        yield "measures on", self.held.how
        for note in self.notes:
            yield "note", note


def plan(labelled: LabelledSet, bundle: Bundle, choices: Choices) -> Plan:
    """The plan for a labelled set and the bundle that is started from.

    Raises
    ------
    UsageError
        The labels cannot teach anything, or a licence is excluded.
    """
    refuse_licences(labelled, bundle, choices)
    trained = {axis: sum(axis in row.labels for row in labelled.rows) for axis in labelled.scales}
    trained = {axis: n for axis, n in trained.items() if n}
    if not trained:
        raise UsageError(f"{labelled.name}: no axis to train; call a column label.AXIS, e.g. label.sensational")
    for axis in trained:
        _refuse_one_sided(labelled, axis)
    parts = held(labelled.rows, HoldOut(choices.hold_out), choices.random_state, choices.outlets)
    mode, why = _mode(min(trained.values()), choices)
    seen = frozenset[str]() if choices.base else trained_on(bundle)
    known = np.array([row_hash(row.text) in seen for row in labelled.rows])
    others = [name for name in bundle.axes if name not in trained]
    frozen = mode is Mode.HEADS
    return Plan(
        mode,
        why,
        trained,
        parts,
        known,
        kept=tuple(others if frozen else ()),
        replaced=tuple(name for name in trained if name in bundle.axes),
        dropped=tuple(() if frozen else others),
        keeps_actors=frozen and bundle.target is not None,
        notes=tuple(_notes(labelled, frozen, known)),
    )


def _mode(n_rows: int, choices: Choices) -> tuple[Mode, str]:
    if choices.freeze or (choices.freeze is None and choices.base is None and n_rows < HEADS_ONLY_BELOW):
        asked = "as asked for" if choices.freeze else f"{n_rows:,} rows are few (--tune tunes the encoder all the same)"
        return Mode.HEADS, asked
    if choices.base is not None:
        return Mode.ENCODER, f"starts from {choices.base}"
    if choices.freeze is None:
        return Mode.ENCODER, f"{n_rows:,} rows are enough (--freeze fits heads alone, and keeps all other axes)"
    return Mode.ENCODER, "as asked for"


def _notes(labelled: LabelledSet, frozen: bool, known: Bools) -> Iterator[str]:
    if known.all():
        yield "the encoder was tuned on all of these rows: every figure below is too good; --base starts from another"
    elif known.any():
        yield f"the encoder was tuned on {int(known.sum()):,} of these rows: they are trained on, and not measured on"
    if labelled.problems:
        yield f"{len(labelled.problems):,} rows cannot be used; framing data check lists them"
    if frozen and any(row.targets or row.words for row in labelled.rows):
        yield "labelled mentions and words are not used with a frozen encoder"


def _refuse_one_sided(labelled: LabelledSet, axis: str) -> None:
    targets = [row.labels[axis] for row in labelled.rows if axis in row.labels]
    low, high = sides(targets)
    if min(high, low) < LEAST_OF_A_SIDE:
        scale = labelled.scales[axis]
        names = scale.names or ("the lower half", "the upper half")
        few = names[-1] if high < low else names[0]
        raise UsageError(
            f"{labelled.name}: label.{axis}: {min(high, low)} rows of {len(targets)} are {few}; "
            f"at least {LEAST_OF_A_SIDE} are needed to learn anything, label more of them"
        )


def refuse_licences(labelled: LabelledSet, bundle: Bundle, choices: Choices) -> None:
    """Raises `UsageError` where data or the bundle that is started from is under an excluded licence."""
    _refuse(labelled.name, labelled.licence, choices.excluded, "leave it out")
    if choices.base is None:
        for data in bundle.manifest.get("data", ()):
            where = f"{bundle.folder}: was trained on {data['name']}, which"
            _refuse(where, data.get("licence"), choices.excluded, "start from another with --bundle or --base")


def _refuse(where: str, licence: str | None, excluded: Sequence[str], to_do: str) -> None:
    words = (licence or "").replace("-", " ").upper().split()
    for word in excluded:
        if word.upper() in words or word.upper() == (licence or "").upper():
            raise UsageError(f"{where} is under {licence}, excluded by --exclude-licence {word}; {to_do}")
