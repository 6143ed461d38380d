"""What the labels of a column are, found out from all of them, and how each becomes a target in [0, 1]."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from framing.errors import InputError, UsageError
from framing.labels.orders import known_order, plain, told_by_name
from framing.labels.row import Scale, ScaleKind
from framing.labels.values import number, yes_or_no

# Under this share of a column's labels, those of another kind are slips in rows; above it the column is not clear.
SLIPS = 0.02
MAX_CLASSES = 30
MAX_STEPS = 11

Label = str | tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """How often each label of a column occurs, and where it stands first."""

    counts: Counter[Label] = field(default_factory=Counter)
    places: dict[Label, str] = field(default_factory=dict)

    def add(self, label: Label, where: str) -> None:
        """Count one label."""
        self.counts[label] += 1
        self.places.setdefault(label, where)


@dataclass(frozen=True, slots=True)
class Coding:
    """The scales of a column, and the targets of its labels.

    Attributes
    ----------
    expected : what a label must be, for messages.
    target_of : the targets of a label by axis (none of them for "no label"), or None where it is none of this column's.
    """

    scales: tuple[Scale, ...]
    expected: str
    target_of: Callable[[Label], Mapping[str, float] | None]


def coding(axis: str, tally: Tally, where: str, order: Sequence[str] = ()) -> Coding:
    """How the labels of a column are read.

    Raises
    ------
    InputError
        No labels, of several kinds, out of range, too many classes, or all the same.
    UsageError
        Two classes of which the file does not say which is high, or an order that has none of the column's classes.
    """
    here = f"{where}: label {axis}"
    if not tally.counts:
        raise InputError(f"{here}: no labels in this column; fill it or leave it out")
    found = _by_order(axis, tally, here, order) if order else _found(axis, tally, here)
    _refuse_one_class(found, tally, here)
    return found


def _found(axis: str, tally: Tally, here: str) -> Coding:
    candidates = [_yes_no(axis, tally), _numbers(axis, tally), _steps(axis, tally), _ordered(axis, tally)]
    known = [found for found in candidates if found is not None]
    for allowed in (0.0, SLIPS):
        for found in known:
            if _share_outside(found, tally) <= allowed:
                return found
    return _unordered(axis, tally, here)


def _share_outside(found: Coding, tally: Tally) -> float:
    outside = sum(count for label, count in tally.counts.items() if found.target_of(label) is None)
    return outside / tally.counts.total()


def _yes_no(axis: str, tally: Tally) -> Coding:
    def target_of(label: Label) -> Mapping[str, float] | None:
        if _is_none(label):
            return {}
        answer = yes_or_no(label) if isinstance(label, str) else None
        return None if answer is None else {axis: float(answer)}

    return Coding((Scale(axis, ScaleKind.YES_NO),), "yes or no", target_of)


def _numbers(axis: str, tally: Tally) -> Coding:
    values = [value for label in tally.counts if (value := _number(label)) is not None]
    bipolar = any(-1 <= value < 0 for value in values)
    low = -1.0 if bipolar else 0.0

    def target_of(label: Label) -> Mapping[str, float] | None:
        if _is_none(label):
            return {}
        value = _number(label)
        return None if value is None or not low <= value <= 1 else {axis: (value - low) / (1 - low)}

    kind = ScaleKind.BIPOLAR if bipolar else ScaleKind.SHARE
    return Coding((Scale(axis, kind),), f"a {kind}", target_of)


def _steps(axis: str, tally: Tally) -> Coding | None:
    """Whole numbers beyond -1 to 1, as of a questionnaire: ordered classes."""
    values = [value for label in tally.counts if (value := _number(label)) is not None and value.is_integer()]
    if len(set(values)) < 2 or max(values) - min(values) + 1 > MAX_STEPS:
        return None
    return _classes(axis, [str(step) for step in range(int(min(values)), int(max(values)) + 1)], tally, none=True)


def _ordered(axis: str, tally: Tally) -> Coding | None:
    names = {plain(label) for label in tally.counts if isinstance(label, str)}
    common = {name for name in names if _count(tally, name) > SLIPS * tally.counts.total()}
    order = known_order(names) or known_order(common)
    return _classes(axis, order, tally) if order and len(common) > 1 else None


def _by_order(axis: str, tally: Tally, here: str, order: Sequence[str]) -> Coding:
    found = _classes(axis, order, tally, ScaleKind.YES_NO if len(order) == 2 else ScaleKind.CLASSES)
    if _share_outside(found, tally) == 1:
        raise UsageError(f"{here}: --order has none of its classes; they are {_some(tally)}")
    return found


def _unordered(axis: str, tally: Tally, here: str) -> Coding:
    """Classes of no known order; anything else is refused."""
    pieces = {plain(piece) for label in tally.counts for piece in _pieces(label, tally)}
    _refuse_numbers(tally, here)
    if len(pieces) > MAX_CLASSES:
        raise InputError(
            f"{here}: {len(pieces):,} different labels, e.g. {_some(tally)}; an axis takes yes/no, a number "
            f"or up to {MAX_CLASSES} classes"
        )
    several = any(len(_pieces(label, tally)) != 1 for label in tally.counts)
    if len(pieces) < 3 and not several:
        return _two_classes(axis, tally, here)
    return _one_axis_a_class(axis, sorted(pieces), tally)


def _two_classes(axis: str, tally: Tally, here: str) -> Coding:
    spelt = _spellings(tally)
    if len(spelt) < 2:
        return _classes(axis, [*spelt, *spelt], tally)  # `coding` refuses what has one class
    order = told_by_name(axis, list(spelt))
    if order is None:
        first, second = spelt.values()
        raise UsageError(
            f"{here}: which of {first!r} and {second!r} is high? say so with --order {axis}=LOW,HIGH, "
            f"e.g. --order {axis}={first},{second}"
        )
    return _classes(axis, order, tally, ScaleKind.YES_NO)


def _classes(
    axis: str, order: Sequence[str], tally: Tally, kind: ScaleKind = ScaleKind.CLASSES, none: bool = False
) -> Coding:
    """Ordered classes, spread evenly; each is called as the file spells it first."""
    spelt = _spellings(tally)
    names = tuple(spelt.get(plain(name), name) for name in order)
    steps = {plain(name): index / (len(order) - 1) for index, name in enumerate(order)}

    def target_of(label: Label) -> Mapping[str, float] | None:
        if none and _is_none(label):
            return {}
        value = _number(label) if none else None
        key = plain(label) if isinstance(label, str) else ""
        target = steps.get(str(int(value)) if value is not None and value.is_integer() else key)
        return None if target is None else {axis: target}

    return Coding((Scale(axis, kind, names),), f"one of {', '.join(names)}", target_of)


def _one_axis_a_class(axis: str, names: Sequence[str], tally: Tally) -> Coding:
    axes = {name: f"{axis}_{slug(name)}" for name in names}

    def target_of(label: Label) -> Mapping[str, float] | None:
        found = {plain(piece) for piece in _pieces(label, tally)}
        return {one: float(name in found) for name, one in axes.items()} if found <= axes.keys() else None

    scales = tuple(Scale(one, ScaleKind.YES_NO) for one in dict.fromkeys(axes.values()))
    return Coding(scales, f"one of {', '.join(axes)}", target_of)


def _pieces(label: Label, tally: Tally) -> tuple[str, ...]:
    """The classes of a label; a cell is several where each part, between commas or the like, is also a cell."""
    if isinstance(label, tuple):
        return label
    parts = tuple(part.strip() for part in re.split(r"[;|,]", label) if part.strip())
    known = _spellings(tally)
    return parts if len(parts) > 1 and all(plain(part) in known for part in parts) else (label,)


def slug(name: str) -> str:
    """`name` as the name of an axis: small letters, digits and underscores."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_")


def _spellings(tally: Tally) -> Mapping[str, str]:
    spelt: dict[str, str] = {}
    for label in tally.counts:
        if isinstance(label, str):
            spelt.setdefault(plain(label), label)
    return spelt


def _refuse_numbers(tally: Tally, here: str) -> None:
    values = {label: value for label in tally.counts if (value := _number(label)) is not None}
    others = [label for label in tally.counts if label not in values]
    if values and others:
        first, other = next(iter(values)), others[0]
        raise InputError(
            f"{here}: of several kinds, {first} ({tally.places[first]}) beside {_quoted(other)} "
            f"({tally.places[other]}); make them all numbers or all classes"
        )
    if values:
        raise InputError(
            f"{here}: numbers from {min(values.values()):g} to {max(values.values()):g}; bring them into 0 to 1 "
            f"or -1 to 1, or make them at most {MAX_STEPS} whole steps"
        )


def _refuse_one_class(found: Coding, tally: Tally, here: str) -> None:
    seen: dict[str, set[float]] = {scale.axis: set() for scale in found.scales}
    for label in tally.counts:
        for axis, target in (found.target_of(label) or {}).items():
            seen[axis].add(target)
    if not any(len(targets) > 1 for targets in seen.values()):
        label, n_labels = tally.counts.most_common(1)[0]
        raise InputError(
            f"{here}: every label is {_quoted(label)} ({n_labels:,}); an axis needs two classes, and a blank is not one"
        )


def _count(tally: Tally, name: str) -> int:
    return sum(count for label, count in tally.counts.items() if isinstance(label, str) and plain(label) == name)


def _number(label: Label) -> float | None:
    return number(label) if isinstance(label, str) else None


def _is_none(label: Label) -> bool:
    """Whether a label is what Python writes for a blank; among classes it is a class of its own."""
    return isinstance(label, str) and label.casefold() == "none"


def _some(tally: Tally) -> str:
    return ", ".join(_quoted(label) for label, _ in tally.counts.most_common(4))


def _quoted(label: Label) -> str:
    text = ", ".join(label) if isinstance(label, tuple) else label
    return repr(text if len(text) <= 30 else text[:29] + "…")
