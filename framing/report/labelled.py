"""What is to be known of a labelled set, on a terminal or as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console, Group
from rich.text import Text

from framing.axes import Level
from framing.labels.agreement import Agreement
from framing.labels.check import LONG_WORDS, AxisCount, CheckedSet
from framing.labels.enough import HEADS_ONLY_BELOW, LEAST_OF_A_SIDE
from framing.report import phrases
from framing.report.anywhere import Anywhere
from framing.report.blocks import Block, rendered

SHOWN = 5
SHOWN_PROBLEMS = 20
UNTOLD = {"und": "too short to tell"}
ENOUGH = {
    "no": f"refused: under {LEAST_OF_A_SIDE} on one side",
    "heads only": f"under {HEADS_ONLY_BELOW}: heads only",
    "yes": "enough to tune",
}


def print_checked(checked: CheckedSet, as_json: bool) -> None:
    """A labelled set: what it holds, what to beware of, and every row that cannot be used."""
    if as_json:
        print(json.dumps(checked.to_dict(), ensure_ascii=False, allow_nan=False, indent=2))
        return
    title = (
        f"{checked.name}: {phrases.count(checked.n_rows, checked.level)} in {phrases.count(checked.n_groups, 'group')}"
    )
    Console().print(Anywhere(Group(Text(title, style="bold"), *rendered(_blocks(checked)))))


def _blocks(checked: CheckedSet) -> Iterator[Block]:
    yield Block("The set", list(_facts(checked)))
    if checked.axes:
        head = ["axis", "labels are", "classes", "training", "rows"]
        yield Block("Axes", [], head, [_axis(axis) for axis in checked.axes], n_text=4)
    if checked.agreement:
        yield Block("Agreement", list(_agreement(checked.agreement)))
    yield Block("Beware", list(_warnings(checked)) or ["nothing found"])
    if checked.problems:
        heading = f"Unusable: {phrases.count(len(checked.problems), 'row')}, left out"
        yield Block(heading, list(_some(map(str, checked.problems), SHOWN_PROBLEMS)))


def _facts(checked: CheckedSet) -> Iterator[str]:
    words = checked.words
    yield f"words a row: {words['least']:,} to {words['most']:,}, median {words['median']:,}"
    yield f"languages: {_counts({UNTOLD.get(code, code): n for code, n in checked.languages.items()})}"
    if checked.splits:
        yield f"splits: {_counts(checked.splits)}"
    if checked.n_mentions:
        yield f"{phrases.count(checked.n_mentions, 'judged mention')}: {_counts(checked.stances)}"
    if checked.n_marked:
        yield f"{phrases.count(checked.n_marked, 'row')} read for marked words"
    if checked.n_unlabelled:
        yield f"{phrases.count(checked.n_unlabelled, 'row')} without any label"
    yield f"licence: {checked.licence or 'not stated'}"
    yield f"sha256: {checked.sha256}"


def _axis(axis: AxisCount) -> Sequence[str]:
    return axis.axis, axis.kind, _counts(axis.classes), ENOUGH[axis.enough], f"{axis.n:,}"


def _agreement(found: Iterable[Agreement]) -> Iterator[str]:
    for one in found:
        people, rows = phrases.count(one.n_annotators, "annotator"), phrases.count(one.n_rows, "row")
        alpha = str(one.alpha) if one.alpha else "is not defined"
        yield f"{one.axis}: Krippendorff's alpha ({one.metric}) {alpha}, of {people} on {rows} judged twice or more"
        for pair in one.pairs:
            names = f"{phrases.tidy(pair.first)} and {phrases.tidy(pair.second)}"
            yield f"  {names}: Cohen's kappa {pair.kappa} on {phrases.count(pair.kappa.n, 'row')}"


def _warnings(checked: CheckedSet) -> Iterator[str]:
    for axis in checked.axes:
        if axis.outlet is not None and axis.outlet.follows:
            by_name, by_majority = phrases.percent(axis.outlet.accuracy), phrases.percent(axis.outlet.majority)
            yield (
                f"{axis.axis} follows the outlet: knowing its name alone is right for {by_name} of the rows, the most "
                f"frequent class for {by_majority} (p = {axis.outlet.p:.3f}, permutation); hold out outlets"
            )
    suspects = checked.suspects
    yield from _listed("text", "on both sides of a split", _pairs(suspects.astride))
    yield from _listed("pair", "of rows with the same text and opposite labels", _pairs(suspects.contradictions))
    yield from _listed("pair", "of rows with the same text", _pairs(suspects.equal))
    yield from _listed("pair", "of rows with nearly the same text", _pairs(suspects.alike))
    ids = [f"{name} ({', '.join(found[:3])})" for name, found in suspects.same_ids.items()]
    yield from _listed("id", "of several rows", ids)
    yield from _listed("row", "not in English", suspects.foreign)
    yield from _listed("row", "of under three words", suspects.short)
    notes = [f"{note.what} ({note.where})" for note in checked.notes]
    yield from _listed("mark", "left out", notes)
    yield from _listed("row", f"of over {LONG_WORDS[Level(checked.level)]:,} words", suspects.long)


def _listed(noun: str, what: str, found: Sequence[str]) -> Iterator[str]:
    if found:
        yield f"{phrases.count(len(found), noun)} {what}: {', '.join(_some(found, SHOWN))}"


def _pairs(found: Iterable[Sequence[str]]) -> list[str]:
    return [" and ".join(places) for places in found]


def _some(found: Iterable[str], shown: int) -> Iterator[str]:
    every = list(found)
    yield from map(phrases.tidy, every[:shown])
    if len(every) > shown:
        yield f"and {len(every) - shown:,} more (--json has all)"


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{phrases.tidy(name)} {number:,}" for name, number in found.items())
