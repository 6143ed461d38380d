"""What is kept from training, so that a figure says how a bundle does on text it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from framing.errors import UsageError
from framing.evaluation.folds import grouped_folds, random_folds
from framing.labels.groups import groups
from framing.labels.row import LabelledRow
from framing.outlets import Outlets
from framing.types import Ints

N_FOLDS = 5
# Of the rows, the latest: what a bundle meets after it was trained.
LATEST_SHARE = 0.2
SPLITS = {"train": "train", "training": "train", "dev": "dev", "validation": "dev", "valid": "dev", "test": "test"}


class HoldOut(StrEnum):
    """By what rows are held out."""

    ARTICLE = "article"
    OUTLET = "outlet"
    DATE = "date"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Held:
    """Which rows are trained on, and which are measured on.

    Attributes
    ----------
    groups : of each row: its article, near-duplicates of it, its story; shape (n_rows,).
    folds : of each row that is trained on, -1 for the others; shape (n_rows,).
    dev, test : rows that are never trained on; dev stops the training, test only measures.
    how : in words, for plan and card.
    """

    groups: Sequence[str]
    folds: Ints
    dev: Ints
    test: Ints
    how: str

    @property
    def trained(self) -> Ints:
        """The rows that are trained on, in folds."""
        return np.flatnonzero(self.folds >= 0)


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows that an encoder is tuned on, that stop and calibrate it, and that only measure."""

    train: Ints
    dev: Ints
    test: Ints


def parts_of(held: Held) -> Parts:
    """The parts that the set itself names; where it names none, a fold each."""
    spare = iter([held.trained[held.folds[held.trained] == fold] for fold in range(2)])
    dev = held.dev if len(held.dev) else next(spare)
    test = held.test if len(held.test) else next(spare)
    return Parts(np.setdiff1d(held.trained, np.concatenate([dev, test])), dev, test)


def held(rows: Sequence[LabelledRow], how: HoldOut, random_state: int, outlets: Path | None = None) -> Held:
    """The parts of a labelled set; a split column of its own is kept to.

    Raises
    ------
    UsageError
        Rows without outlet or date where that is asked for, a value of the split column that is not known, or too few
        groups to hold any out.
    """
    found = [f"g{number}" for number in groups(rows)]
    parts = [_part(row) for row in rows]
    if any(parts):
        return _by_column(found, parts, random_state)
    if how is HoldOut.DATE:
        return _by_date(rows, found, random_state)
    if how is HoldOut.RANDOM:
        folds = random_folds(len(rows), min(N_FOLDS, len(rows)), random_state)
        return _all(found, folds, "random folds, rows of one article on both sides: optimistic")
    if how is HoldOut.OUTLET:
        known = Outlets.load(outlets)
        keys = [_outlet(row, known) for row in rows]
        return _all(found, _folds(keys, random_state), "folds of outlets, no outlet on both sides")
    return _all(found, _folds(found, random_state), "folds of articles, no article or near-duplicate on both sides")


def _all(found: Sequence[str], folds: Ints, words: str) -> Held:
    none = np.zeros(0, dtype=np.int64)
    return Held(found, folds, none, none, f"{int(folds.max()) + 1} {words}")


def _folds(keys: Sequence[str], random_state: int) -> Ints:
    n_groups = len(set(keys))
    if n_groups < 2:
        raise UsageError("splits: all rows are one group, so none can be held out; give rows of several articles")
    return grouped_folds(keys, min(N_FOLDS, n_groups), random_state)


def _outlet(row: LabelledRow, known: Outlets) -> str:
    if row.outlet is None:
        raise UsageError(f"{row.where}: no outlet, so --hold-out outlet cannot be had; fill it or hold out articles")
    return known.name(row.outlet)


def _part(row: LabelledRow) -> str | None:
    if not row.split:
        return None
    part = SPLITS.get(row.split.strip().casefold())
    if part is None:
        raise UsageError(f"{row.where}: split {row.split!r} is not known; it is one of {', '.join(SPLITS)}")
    return part


def _by_column(found: Sequence[str], parts: Sequence[str | None], random_state: int) -> Held:
    trained = np.array([part in ("train", None) for part in parts])
    if not trained.any():
        raise UsageError("splits: the split column leaves no row to train on; mark some as train")
    dev, test = (np.flatnonzero([part == name for part in parts]) for name in ("dev", "test"))
    folds = _folds_of(found, trained, random_state)
    return Held(
        found, folds, dev, test, f"the split column of the set ({len(dev)} rows for development, {len(test)} test)"
    )


def _by_date(rows: Sequence[LabelledRow], found: Sequence[str], random_state: int) -> Held:
    undated = next((row for row in rows if not row.date), None)
    if undated is not None:
        raise UsageError(f"{undated.where}: no date, so --hold-out date cannot be had; fill it or hold out articles")
    first: dict[str, str] = {}
    for row, group in zip(rows, found, strict=True):
        first[group] = min(first.get(group, row.date or ""), row.date or "")
    days = np.array([first[group] for group in found])
    limit = np.sort(days)[int(len(days) * (1 - LATEST_SHARE))]
    test = np.flatnonzero(days >= limit)
    none = np.zeros(0, dtype=np.int64)
    return Held(found, _folds_of(found, days < limit, random_state), none, test, f"rows from {limit} on held out")


def _folds_of(found: Sequence[str], trained: np.ndarray, random_state: int) -> Ints:
    chosen = np.flatnonzero(trained)
    folds = np.full(len(found), -1, dtype=np.int64)
    folds[chosen] = _folds([found[index] for index in chosen.tolist()], random_state)
    return folds
