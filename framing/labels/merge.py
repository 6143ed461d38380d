"""Entries of one text, by several annotators or of several mentions, to one row each."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from framing.article import Span
from framing.labels.entry import Entry
from framing.labels.row import JudgedMention, Judgements, LabelledRow, Problem, Scale
from framing.labels.scales import Coding, Label

# Labels that are numbers agree with the merged one when they are within this of it, as targets in [0, 1].
NEAR = 0.25
FACTS = ("title", "outlet", "url", "date", "group", "split")

Targets = dict[str, float]


def key_of(entry: Entry, number: int) -> str:
    """What entries of one row have in common; an entry without annotator and mention is a row of its own."""
    if entry.annotator is None and not entry.mentions:
        return str(number)
    # The text as it is: marks of a text in other spacing would be at other places.
    return hashlib.sha256(entry.text.encode()).hexdigest() + f" {entry.group} {entry.split}"


@dataclass(slots=True)
class Merger:
    """Makes rows of entries, and keeps the problems and the judgements met on the way.

    Attributes
    ----------
    outlet_name : an outlet as it is written → its one name.
    unmarked : what stands for the words of an entry without any.
    """

    codings: Mapping[str, Coding]
    weigh: bool
    outlet_name: Callable[[str], str]
    unmarked: list[tuple[int, int]] | None = None
    problems: list[Problem] = field(default_factory=list)
    _judged: dict[str, list[tuple[int, str, float]]] = field(default_factory=lambda: defaultdict(list))

    def rows(self, entries: Sequence[Entry], keys: Sequence[str]) -> Iterator[LabelledRow]:
        """The rows, in the order of their first entries."""
        members: dict[str, list[int]] = {}
        for number, key in enumerate(keys):
            members.setdefault(key, []).append(number)
        n_rows = 0
        for numbers in members.values():
            sound = [(entry, targets) for i in numbers if (targets := self._targets(entry := entries[i])) is not None]
            if sound:
                yield self._row(sound, n_rows)
                n_rows += 1

    def judgements(self) -> dict[str, Judgements]:
        """What each annotator said, by axis."""
        return {axis: _judgements(found) for axis, found in self._judged.items()}

    def _targets(self, entry: Entry) -> Targets | None:
        """The targets of an entry's labels, or None where one of them is no label of its column."""
        found: Targets = {}
        for axis, label in entry.labels.items():
            coding = self.codings[axis]
            targets = coding.target_of(label)
            if targets is None:
                what = f"label {axis} is {_shown(label)}, not {coding.expected}"
                self.problems.append(Problem(entry.where, what, "correct it or leave it empty"))
                return None
            found.update(targets)
        return found

    def _row(self, sound: Sequence[tuple[Entry, Targets]], place: int) -> LabelledRow:
        entries = [entry for entry, _ in sound]
        by_axis: dict[str, dict[str, float]] = defaultdict(dict)
        for number, (entry, targets) in enumerate(sound):
            for axis, target in targets.items():
                by_axis[axis][entry.annotator or f"#{number}"] = target
        labels = {axis: float(np.mean(list(said.values()))) for axis, said in by_axis.items()}
        self._keep(by_axis, place, {entry.annotator for entry in entries if entry.annotator})
        asked = [self.unmarked if entry.words is None else entry.words for entry in entries]
        facts = {name: next((v for e in entries if (v := getattr(e, name))), None) for name in FACTS}
        if facts["outlet"]:
            facts["outlet"] = self.outlet_name(facts["outlet"])
        return LabelledRow(
            entries[0].id or entries[0].where,
            entries[0].text,
            entries[0].where,
            labels,
            weight=self._weight(by_axis, labels) if self.weigh else 1.0,
            targets=_mentions(entries),
            words=_words([words for words in asked if words is not None]),
            **facts,
        )

    def _keep(self, by_axis: Mapping[str, Mapping[str, float]], place: int, annotators: set[str]) -> None:
        for axis, said in by_axis.items():
            self._judged[axis] += [(place, name, target) for name, target in said.items() if name in annotators]

    def _weight(self, by_axis: Mapping[str, Mapping[str, float]], labels: Targets) -> float:
        """The share of annotators who agree with the merged label, the mean over axes."""
        scales = {scale.axis: scale for coding in self.codings.values() for scale in coding.scales}
        shares = [_agreeing(scales[axis], list(said.values()), labels[axis]) for axis, said in by_axis.items()]
        return float(np.mean(shares)) if shares else 1.0


def _agreeing(scale: Scale, said: Sequence[float], merged: float) -> float:
    if scale.names:
        return float(np.mean([scale.name_of(target) == scale.name_of(merged) for target in said]))
    return float(np.mean([abs(target - merged) <= NEAR for target in said]))


def _judgements(found: Sequence[tuple[int, str, float]]) -> Judgements:
    names = tuple(sorted({name for _, name, _ in found}))
    places = {name: place for place, name in enumerate(names)}
    return Judgements(
        names,
        np.array([row for row, _, _ in found], dtype=np.int64),
        np.array([places[name] for _, name, _ in found], dtype=np.int64),
        np.array([target for _, _, target in found], dtype=np.float64),
    )


def _mentions(entries: Iterable[Entry]) -> tuple[JudgedMention, ...]:
    """Each judged mention once, with the mean of its stances."""
    stances: dict[tuple[int, int], list[float]] = defaultdict(list)
    for entry in entries:
        for start, stop, stance in entry.mentions:
            stances[start, stop].append(stance)
    return tuple(JudgedMention(Span(*place), float(np.mean(found))) for place, found in sorted(stances.items()))


def _words(asked: Sequence[Sequence[tuple[int, int]]]) -> tuple[Span, ...] | None:
    """What at least half of those asked marked, character by character; None where nobody was asked."""
    if not asked:
        return None
    if len(asked) == 1:
        return tuple(Span(start, stop) for start, stop in asked[0])
    marks = Counter(place for words in asked for place in {i for start, stop in words for i in range(start, stop)})
    kept = sorted(place for place, count in marks.items() if 2 * count >= len(asked))
    starts = [place for i, place in enumerate(kept) if i == 0 or kept[i - 1] != place - 1]
    stops = [place + 1 for i, place in enumerate(kept) if i == len(kept) - 1 or kept[i + 1] != place + 1]
    return tuple(map(Span, starts, stops))


def _shown(label: Label) -> str:
    return repr(", ".join(label) if isinstance(label, tuple) else label)
