"""From estimates to verdicts: corrected for all contrasts at once, flagged where the three ways disagree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.compare.estimates import MIN_SHARED_STORIES, Estimates
from framing.compare.options import Options
from framing.compare.result import Contrast, Difference, Verdict
from framing.types import Bools, Floats

# The least difference that is called one; twice as much is the most that is called none.
LEAST_MARGIN = 0.05
MOST_MARGIN = 0.10
SHOWN, TESTED = 0.90, 0.95
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Family:
    """Contrasts of one axis, or of one actor's stance, before the correction; arrays have one entry a contrast.

    Attributes
    ----------
    spread : pooled standard deviation of the two groups' articles.
    design_effect : by how much clusters enlarge the variance.
    tested : whether both groups have enough articles.
    """

    axis: str
    pairs: Sequence[tuple[str, str]]
    raw: Estimates
    standardised: Estimates | None
    within: Estimates
    g: Sequence[float | None]
    delta: Sequence[float | None]
    margin: Floats
    spread: Floats
    design_effect: Floats
    tested: Bools
    actor: str | None = None
    actor_name: str | None = None


@dataclass(frozen=True, slots=True)
class _Corrected:
    """p after correction (Benjamini and Hochberg 1995), over all contrasts of all axes; NaN where there is none."""

    raw: Floats
    equivalence: Floats
    standardised: Floats
    within: Floats


# Raw, topic-adjusted and within stories.
_Three = tuple[Difference | None, Difference | None, Difference | None]


def decide(families: Sequence[Family], options: Options) -> tuple[Contrast, ...]:
    """All contrasts with their verdicts; the correction is over all of them together.

    Groups that both have an axis are always listed, toward an actor only those that can be told apart at all.
    """
    if not families:
        return ()
    masked = [np.where(one.tested, one.raw.p, np.nan) for one in families]
    equal = [np.where(one.tested, one.raw.p_equivalence(one.margin), np.nan) for one in families]
    nothing = [np.full(len(one.pairs), np.nan) for one in families]
    standardised = [
        np.where(one.tested, one.standardised.p, np.nan) if one.standardised else empty
        for one, empty in zip(families, nothing, strict=True)
    ]
    within = [one.within.p for one in families]
    columns = [_adjust(column) for column in (masked, equal, standardised, within)]
    corrected = [_Corrected(*row) for row in zip(*columns, strict=True)]
    rate = options.false_discovery_rate
    return tuple(row for one, q in zip(families, corrected, strict=True) for row in _contrasts(one, q, rate))


def n_needed(one: Family) -> Floats:
    """Articles in each group with which a difference of this size, or of the margin, would be found at 80 % power."""
    from statsmodels.stats.power import normal_sample_size_one_tail

    size = np.maximum(np.abs(np.nan_to_num(one.raw.value)), np.minimum(one.margin, MOST_MARGIN))
    found = normal_sample_size_one_tail(size, POWER, (1 - TESTED) / 2, np.sqrt(2) * one.spread)
    return np.asarray(np.ceil(found * np.maximum(1.0, one.design_effect)))


def _adjust(columns: Sequence[Floats]) -> list[Floats]:
    from statsmodels.stats.multitest import multipletests

    p = np.concatenate(columns)
    kept, q = ~np.isnan(p), np.full(len(p), np.nan)
    if kept.any():
        q[kept] = multipletests(p[kept], method="fdr_bh")[1]
    return np.split(q, np.cumsum([len(column) for column in columns])[:-1])


def _contrasts(one: Family, q: _Corrected, rate: float) -> Iterator[Contrast]:
    nothing: list[Difference | None] = [None] * len(one.pairs)
    adjusted = differences(one.standardised) if one.standardised else nothing
    rows = zip(differences(one.raw), adjusted, differences(one.within), n_needed(one), strict=True)
    for i, (raw, standardised, within, needed) in enumerate(rows):
        if raw is not None or one.actor is None:
            yield _contrast(one, i, (raw, standardised, within), q, needed, rate)


def _contrast(one: Family, i: int, estimates: _Three, q: _Corrected, needed: float, rate: float) -> Contrast:
    raw, standardised, within = estimates
    verdict = _verdict(one, i, q, rate)
    quarrels = _quarrels(
        raw, verdict, (("topic-adjusted", standardised, q.standardised[i]), ("within-story", within, q.within[i])), rate
    )
    if quarrels and verdict is not Verdict.TOO_LITTLE:
        verdict = Verdict.UNDECIDED
    first, second = one.pairs[i]
    return Contrast(
        one.axis,
        first,
        second,
        raw,
        standardised,
        within,
        one.g[i],
        one.delta[i],
        _number(q.raw[i]),
        _number(q.equivalence[i]),
        float(one.margin[i]),
        verdict,
        int(needed) if verdict is Verdict.UNDECIDED and np.isfinite(needed) else None,
        bool(quarrels),
        _why(one, i, raw, within, verdict, quarrels),
        one.actor,
        one.actor_name,
    )


def differences(found: Estimates) -> list[Difference | None]:
    """The estimate of each contrast, None where there is none."""
    shown, tested = found.half_width(SHOWN), found.half_width(TESTED)
    value, sizes = found.value, (found.n_first, found.n_second, found.n_clusters)
    bounds = (value, value - shown, value + shown, value - tested, value + tested, found.p)
    numbers = zip(*(one.tolist() for one in bounds), strict=True)
    counts = zip(*(one.tolist() for one in sizes), strict=True)
    missing = np.isnan(value) | np.isnan(found.error)
    return [
        None if none else Difference(*number, *count)
        for none, number, count in zip(missing, numbers, counts, strict=True)
    ]


def _verdict(one: Family, i: int, q: _Corrected, rate: float) -> Verdict:
    if not one.tested[i] or np.isnan(q.raw[i]):
        return Verdict.TOO_LITTLE
    if q.equivalence[i] < rate and one.margin[i] <= MOST_MARGIN:
        return Verdict.EQUIVALENT
    if q.raw[i] < rate:
        return Verdict.HIGHER if one.raw.value[i] > 0 else Verdict.LOWER
    return Verdict.UNDECIDED


_Other = tuple[str, Difference | None, float]


def _quarrels(raw: Difference | None, verdict: Verdict, others: Sequence[_Other], rate: float) -> list[str]:
    """How the other estimates contradict the raw one: another sign that is shown, or the raw difference ruled out."""
    found = []
    for name, other, q in others:
        if raw is None or other is None:
            continue
        shown = verdict in (Verdict.HIGHER, Verdict.LOWER)
        sure = q < rate
        if sure and (other.value * raw.value < 0 or (not shown and abs(other.value) > LEAST_MARGIN)):
            found.append(f"the {name} estimate shows another")
        elif shown and not sure and not other.low_95 <= raw.value <= other.high_95:
            found.append(f"the {name} estimate rules that out and shows none")
    return found


def _why(
    one: Family, i: int, raw: Difference | None, within: Difference | None, verdict: Verdict, quarrels: Sequence[str]
) -> str:
    if verdict is Verdict.TOO_LITTLE:
        return "one of the groups has too few articles, or articles of too few stories"
    parts = list(quarrels)
    assert raw is not None
    if verdict is Verdict.EQUIVALENT:
        parts.append("the difference lies within the margin")
        if raw.low_95 > 0 or raw.high_95 < 0:
            parts.append("it may not be zero, but is smaller than counts")
    elif verdict is Verdict.UNDECIDED and not quarrels:
        parts.append(
            "the interval includes no difference and one that counts"
            if raw.low_95 <= 0 <= raw.high_95
            else "the difference does not survive the correction for many tests"
        )
        if one.margin[i] > MOST_MARGIN:
            parts.append("two samples of one group differ by as much")
    if within is None:
        parts.append(f"under {MIN_SHARED_STORIES} shared stories, so none of it is checked within stories")
    return "; ".join(parts)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
