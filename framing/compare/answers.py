"""Sentences of the answer, from verdicts that survive alone, and what cannot be concluded, with why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from framing.axes import SHARE, Axis
from framing.compare.options import REST
from framing.compare.result import Contrast, DataCard, Difference, Reason, Statement, Unknown, Verdict

MOST_AXES = 3
MOST_ACTORS = 2
MOST_UNDECIDED = 3
MOST_QUARRELS = 5
SHOWN = (Verdict.HIGHER, Verdict.LOWER)

_By = Mapping[str, list[Contrast]]


def answers(contrasts: Sequence[Contrast], axes: Mapping[str, Axis]) -> tuple[Statement, ...]:
    """What the comparison shows: the axes that differ most, the actors treated most differently, then the rest."""
    by_axis = _by_axis(contrasts)
    differing = [line for axis, rows in by_axis.items() for line in _difference_line(axis, rows, axes)]
    ranked = [line for _, line in sorted(differing, key=lambda pair: -pair[0])]
    alike = [line for axis, rows in by_axis.items() for line in _alike_line(axis, rows, axes)]
    actors = list(_actor_lines([one for one in contrasts if one.actor and one.verdict in SHOWN]))
    found = (*ranked[:MOST_AXES], *actors, *ranked[MOST_AXES:], *alike)
    if found:
        return found
    n = sum(one.verdict is not Verdict.TOO_LITTLE for one in contrasts)
    tested = f"none of the {n} comparisons that could be tested survives" if n else "no comparison could be tested"
    return (Statement(f"No difference between these groups is shown: {tested}.", ()),)


def unknowns(contrasts: Sequence[Contrast], card: DataCard, axes: Mapping[str, Axis]) -> tuple[Unknown, ...]:
    """What cannot be concluded; alike rows are put together."""
    found = list(_of_the_data(card))
    for axis, rows in _by_axis(contrasts).items():
        found += _of_an_axis(axis, rows, _Unit.of(axes.get(axis)))
    actors = [one for one in contrasts if one.actor]
    open_ = [one for one in actors if one.verdict in (Verdict.TOO_LITTLE, Verdict.UNDECIDED)]
    if open_:
        n = len({one.actor for one in open_})
        text = f"Stance toward actors: {len(open_)} of {len(actors)} comparisons, of {n} actors, are open"
        found.append(
            Unknown(f"{text}: too few articles, or none of one side.", Reason.TOO_FEW, _refs(open_), len(open_))
        )
    return tuple(found)


def _difference_line(
    axis: str, rows: Sequence[Contrast], axes: Mapping[str, Axis]
) -> Iterator[tuple[float, Statement]]:
    """The largest difference on an axis, after its effect size."""
    shown = sorted((one for one in rows if one.verdict in SHOWN), key=lambda one: -abs(_raw(one).value))
    poles, unit = _poles(axis, axes), _Unit.of(axes.get(axis))
    if shown:
        best = shown[0]
        rest = f" {len(shown)} differences on this axis survive; this is the largest." if len(shown) > 1 else ""
        amount = f"{_amount(_raw(best), unit)}{_others(best, unit)}"
        text = f"On {poles}, {best.first} is {best.verdict} than {best.second} by {amount}.{rest}"
        yield abs(best.hedges_g or 0.0), Statement(text, _refs(shown))


def _alike_line(axis: str, rows: Sequence[Contrast], axes: Mapping[str, Axis]) -> Iterator[Statement]:
    poles, unit = _poles(axis, axes), _Unit.of(axes.get(axis))
    alike = [one for one in rows if one.verdict is Verdict.EQUIVALENT]
    if len(alike) == 1:
        one = alike[0]
        text = f"On {poles}, {one.first} and {one.second} are alike: they differ by less than {unit.size(one.margin)}."
        yield Statement(text, _refs(alike))
    elif alike:
        margin = max(one.margin for one in alike)
        text = f"On {poles}, {len(alike)} of {len(rows)} comparisons show groups alike, within {unit.size(margin)}."
        yield Statement(text, _refs(alike))


def _actor_lines(shown: Sequence[Contrast]) -> Iterator[Statement]:
    seen: set[str | None] = set()
    for one in sorted(shown, key=lambda one: -abs(_raw(one).value)):
        if one.actor not in seen and len(seen) < MOST_ACTORS:
            seen.add(one.actor)
            side = "more" if one.verdict is Verdict.HIGHER else "less"
            amount = _amount(_raw(one), _Unit())
            text = f"{one.first} is {side} favourable to {one.actor_name} than {one.second}, by {amount}."
            yield Statement(text, (one.ref,))


def _others(one: Contrast, unit: "_Unit") -> str:
    """What the other two estimates say, where there are any."""
    parts = []
    if one.standardised:
        parts.append(f"{unit.number(abs(one.standardised.value))} at the same mix of topics")
    if one.within_story:
        parts.append(f"{unit.number(abs(one.within_story.value))} inside {one.within_story.n_first} shared stories")
    return f"; {' and '.join(parts)}" if parts else ""


def _amount(found: Difference, unit: "_Unit") -> str:
    low, high = sorted((abs(found.low), abs(found.high)))
    size = f"{found.n_first} and {found.n_second} articles"
    bounds = f"{unit.number(low)} to {unit.number(high)}"
    return f"{unit.size(abs(found.value))} (90 % interval {bounds}; {size})"


def _of_the_data(card: DataCard) -> Iterator[Unknown]:
    if card.n_stories == 1 and card.n_used > 1:
        text = "All articles are of one story: whether the groups differ elsewhere cannot be told from it."
        yield Unknown(text, Reason.ONE_STORY, ())
    elif not card.n_shared_stories:
        text = "No story is shared by two groups, so nothing can be compared within stories."
        yield Unknown(text, Reason.NO_STORIES, ())
    if card.too_few:
        names = ", ".join(card.too_few[:6]) + (" and others" if len(card.too_few) > 6 else "")
        text = f"Nothing can be concluded about {names}: too few articles, or articles of too few stories."
        yield Unknown(text, Reason.TOO_FEW, (), len(card.too_few))


def _of_an_axis(axis: str, rows: Sequence[Contrast], unit: "_Unit") -> Iterator[Unknown]:
    name = _label(axis)
    quarrels = [one for one in rows if one.disagree]
    for one in sorted(quarrels, key=lambda one: -abs(_raw(one).value))[:MOST_QUARRELS]:
        reason = Reason.TOPIC if "topic-adjusted" in one.why else Reason.DISAGREE
        amount = unit.size(abs(_raw(one).value))
        text = f"{name}: {one.first} and {one.second} differ by {amount} as they are, but {one.why}."
        yield Unknown(text, reason, (one.ref,))
    wide = [one for one in rows if one.verdict is Verdict.UNDECIDED and not one.disagree]
    nearest = sorted(wide, key=lambda one: one.n_needed or 10**9)
    for one in nearest[:MOST_UNDECIDED]:
        raw = _raw(one)
        needed = f"; about {one.n_needed:,} articles of each would tell" if one.n_needed and one.second != REST else ""
        span = f"{unit.number(raw.low, '+')} to {unit.size(raw.high, '+')} are possible{needed}"
        text = f"{name}: whether {one.first} and {one.second} differ: {span}."
        yield Unknown(text, Reason.WIDE, (one.ref,))
    if len(nearest) > MOST_UNDECIDED:
        more = nearest[MOST_UNDECIDED:]
        yield Unknown(f"{name}: {len(more)} more comparisons are undecided.", Reason.WIDE, _refs(more), len(more))
    few = [one for one in rows if one.verdict is Verdict.TOO_LITTLE]
    if few:
        text = f"{name}: {len(few)} of {len(rows)} comparisons have too few articles, or articles of too few stories."
        yield Unknown(text, Reason.TOO_FEW, _refs(few), len(few))


@dataclass(frozen=True, slots=True)
class _Unit:
    """How differences on an axis are printed: percentage points for shares, else points of its scale."""

    factor: float = 1.0
    digits: int = 2
    name: str = ""

    @classmethod
    def of(cls, axis: Axis | None) -> "_Unit":
        """The unit of an axis."""
        return cls(100.0, 1, " percentage points") if axis and axis.range == SHARE else cls()

    def number(self, value: float, sign: str = "") -> str:
        """A difference without its unit."""
        return f"{self.factor * value:{sign}.{self.digits}f}".replace("-", "\N{MINUS SIGN}")

    def size(self, value: float, sign: str = "") -> str:
        """A difference with its unit."""
        return self.number(value, sign) + self.name


def _poles(axis: str, axes: Mapping[str, Axis]) -> str:
    return f"{_label(axis)} ({axes[axis].low} to {axes[axis].high})" if axis in axes else _label(axis)


def _label(axis: str) -> str:
    return axis.replace("_", " ")


def _by_axis(contrasts: Iterable[Contrast]) -> _By:
    found: dict[str, list[Contrast]] = defaultdict(list)
    for one in contrasts:
        if one.actor is None:
            found[one.axis].append(one)
    return found


def _raw(one: Contrast) -> Difference:
    assert one.raw is not None
    return one.raw


def _refs(rows: Iterable[Contrast]) -> tuple[str, ...]:
    return tuple(one.ref for one in rows)
