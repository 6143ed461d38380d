"""What is to be known of a labelled set before it is trained on."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from framing.axes import Level
from framing.labels.agreement import Agreement, agreements
from framing.labels.by_outlet import OutletAlone, outlet_alone
from framing.labels.duplicates import Pair, near_duplicates
from framing.labels.enough import enough
from framing.labels.groups import Texts, groups
from framing.labels.row import LabelledRow, LabelledSet, Problem, Scale, row_hash

SHORT_WORDS = 3
# Words from which on a row is told as long: the encoder's window, about 250 words; a newspaper's page.
LONG_WORDS = {Level.SENTENCE: 250, Level.ARTICLE: 10_000}
LANGUAGE_CHARACTERS = 2000
# Of shorter texts, headlines most of all, the language is often mistaken.
LANGUAGE_WORDS = 12
UNTOLD = "und"

Places = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AxisCount:
    """The labels of one axis.

    Attributes
    ----------
    classes : rows by class; of numbers, by the halves of the range.
    enough : "no", "heads only" or "yes".
    """

    axis: str
    kind: str
    n: int
    n_missing: int
    classes: Mapping[str, int]
    mean: float
    enough: str
    outlet: OutletAlone | None


@dataclass(frozen=True, slots=True)
class Suspects:
    """Rows to look at, by file and line.

    Attributes
    ----------
    foreign, short, long : rows that are not in English, of under three words, of very many.
    equal, alike : pairs of rows with the same text, and with nearly the same.
    contradictions : pairs of rows of the same text, or nearly, with labels that differ by more than half the range.
    same_ids : ids that several rows have.
    astride : groups of rows that sit on more than one side of the column `split`.
    """

    foreign: tuple[str, ...]
    short: tuple[str, ...]
    long: tuple[str, ...]
    equal: Places
    alike: Places
    contradictions: Places
    same_ids: Mapping[str, tuple[str, ...]]
    astride: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CheckedSet:
    """A labelled set and what is to be known of it.

    Attributes
    ----------
    n_groups : of rows that a split keeps together.
    words : the least, the median and the most words of a row.
    n_marked : rows that were read for words to mark.
    languages : rows by ISO 639-1 code; "und" where a text is too short to tell.
    """

    name: str
    sha256: str
    licence: str | None
    level: str
    n_rows: int
    n_unlabelled: int
    n_groups: int
    words: Mapping[str, int]
    axes: tuple[AxisCount, ...]
    n_mentions: int
    stances: Mapping[str, int]
    n_marked: int
    splits: Mapping[str, int]
    languages: Mapping[str, int]
    suspects: Suspects
    agreement: tuple[Agreement, ...]
    notes: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    def to_dict(self) -> dict[str, Any]:
        """This set as plain data."""
        return asdict(self)


def check(labelled: LabelledSet, language_of: Callable[[str], str], random_state: int = 0) -> CheckedSet:
    """What is to be known of a labelled set.

    Parameters
    ----------
    language_of : the ISO 639-1 code of a text's language.
    """
    rows = labelled.rows
    pairs = near_duplicates(Texts(rows))
    lengths = [len(row.text.split()) for row in rows]
    languages = [_language(row.text, language_of) for row in rows]
    group_of = groups(rows, pairs)
    return CheckedSet(
        labelled.name,
        labelled.sha256,
        labelled.licence,
        labelled.level,
        len(rows),
        sum(not row.labels and not row.targets and row.words is None for row in rows),
        int(group_of.max()) + 1,
        {"least": min(lengths), "median": int(np.median(lengths)), "most": max(lengths)},
        tuple(_axis(scale, rows, random_state) for scale in labelled.scales.values()),
        sum(len(row.targets) for row in rows),
        _stances(rows),
        sum(row.words is not None for row in rows),
        dict(Counter(row.split for row in rows if row.split)),
        dict(Counter(languages).most_common()),
        Suspects(
            _where(rows, (code not in {"en", UNTOLD} for code in languages)),
            _where(rows, (length < SHORT_WORDS for length in lengths)),
            _where(rows, (length > LONG_WORDS[labelled.level] for length in lengths)),
            *_pairs(rows, pairs),
            _same_ids(rows),
            _astride(rows, group_of.tolist()),
        ),
        agreements(labelled, random_state),
        labelled.notes,
        labelled.problems,
    )


def _language(text: str, language_of: Callable[[str], str]) -> str:
    sample = text[:LANGUAGE_CHARACTERS]
    return language_of(sample) if len(sample.split()) >= LANGUAGE_WORDS else UNTOLD


def _axis(scale: Scale, rows: Sequence[LabelledRow], random_state: int) -> AxisCount:
    targets = [row.labels[scale.axis] for row in rows if scale.axis in row.labels]
    names = scale.names or ("lower half", "upper half")
    steps = len(names) - 1
    counts = Counter(names[min(steps, int(target * steps + 0.5))] for target in targets)
    classes = {name: counts[name] for name in names}
    return AxisCount(
        scale.axis,
        scale.kind,
        len(targets),
        len(rows) - len(targets),
        classes,
        scale.value(float(np.mean(targets))) if targets else 0.0,
        enough(targets),
        outlet_alone(rows, scale, random_state),
    )


def _stances(rows: Iterable[LabelledRow]) -> dict[str, int]:
    counts = Counter(_side(one.stance) for row in rows for one in row.targets)
    return {side: counts[side] for side in ("against", "neutral", "for")}


def _side(stance: float) -> str:
    if abs(stance) < 1 / 3:
        return "neutral"
    return "for" if stance > 0 else "against"


def _where(rows: Iterable[LabelledRow], chosen: Iterable[bool]) -> tuple[str, ...]:
    return tuple(row.where for row, wanted in zip(rows, chosen, strict=True) if wanted)


def _pairs(rows: Sequence[LabelledRow], pairs: Sequence[Pair]) -> tuple[Places, Places, Places]:
    """Of pairs of rows that are nearly the same: those that are wholly, the others, and those labelled differently."""
    equal: list[tuple[str, str]] = []
    alike: list[tuple[str, str]] = []
    contradictions: list[tuple[str, str]] = []
    for one, other in ((rows[first], rows[second]) for first, second in pairs):
        places = (one.where, other.where)
        (equal if row_hash(one.text) == row_hash(other.text) else alike).append(places)
        if _contradict(one, other):
            contradictions.append(places)
    return tuple(equal), tuple(alike), tuple(contradictions)


def _contradict(one: LabelledRow, other: LabelledRow) -> bool:
    shared = one.labels.keys() & other.labels.keys()
    return any(abs(one.labels[axis] - other.labels[axis]) > 0.5 for axis in shared)


def _same_ids(rows: Iterable[LabelledRow]) -> dict[str, tuple[str, ...]]:
    places: dict[str, list[str]] = {}
    for row in rows:
        places.setdefault(row.id, []).append(row.where)
    return {name: tuple(found) for name, found in places.items() if len(found) > 1}


def _astride(rows: Sequence[LabelledRow], group_of: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """The rows of each group that has rows in several splits: the first of each split."""
    first: dict[int, dict[str, str]] = {}
    for row, group in zip(rows, group_of, strict=True):
        if row.split:
            first.setdefault(group, {}).setdefault(row.split, row.where)
    return tuple(tuple(found.values()) for found in first.values() if len(found) > 1)
