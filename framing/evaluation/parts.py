"""Rows by outlet, by date and by length."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from framing.axes import Level
from framing.evaluation.measures import MAE
from framing.evaluation.options import Options
from framing.evaluation.outcome import Breakdown, Part
from framing.evaluation.tasks import Task
from framing.types import Ints

OTHER, UNKNOWN = "other", "not known"
# Words; the quarters of ordinary news sentences and articles, roughly.
LENGTHS = {Level.SENTENCE: (15, 25, 40), Level.ARTICLE: (300, 600, 1000)}
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?")
# Over a longer span, months are too many to read.
MAX_MONTHS = 24


def breakdowns(task: Task, level: Level, options: Options) -> Iterator[Breakdown]:
    """By outlet, date and length, where that splits the rows at all."""
    for by, names in (
        ("outlet", [row.outlet or UNKNOWN for row in task.rows]),
        ("date", periods([row.date for row in task.rows], options.n_min)),
        ("length", [_length(row.text, LENGTHS[level]) for row in task.rows]),
    ):
        if len(set(names)) > 1:
            yield _breakdown(task, by, names, options)


def periods(dates: Sequence[str | None], n_min: int) -> list[str]:
    """The year of each date, or its month where all lie within two years and some month has `n_min` rows."""
    found = [_DATE.match(date or "") for date in dates]
    months = Counter(match[0] for match in found if match)
    dated = sorted(int(month[:4]) * 12 + int(month[5:] or 1) for month in months)
    near = bool(dated) and dated[-1] - dated[0] < MAX_MONTHS
    by_month = near and all(len(month) > 4 for month in months) and max(months.values()) >= n_min
    return [match[0 if by_month else 1] if match else UNKNOWN for match in found]


def _breakdown(task: Task, by: str, names: Sequence[str], options: Options) -> Breakdown:
    counts = Counter(names)
    small = {name for name, n in counts.items() if n < options.n_min}
    shown = np.array([OTHER if name in small else name for name in names])
    kept = [*sorted(counts.keys() - small, key=_order), *([OTHER] if small else [])]
    parts = tuple(_part(task, name, np.flatnonzero(shown == name), options) for name in kept)
    return Breakdown(by, options.n_min, len(small), parts)


def _order(name: str) -> tuple[bool, int, str]:
    """Ranges by their numbers, names by the alphabet, what is not known last."""
    number = re.search(r"\d+", name)
    return name == UNKNOWN, int(number[0]) - name.startswith("under") if number else 0, name


def _part(task: Task, name: str, chosen: Ints, options: Options) -> Part:
    measure, truth, values = task.judged_by, task.truth[chosen], task.values[chosen]
    counted = truth[measure.rows(truth)]
    figure = None
    if len(counted) and (measure.name == MAE or len(np.unique(counted)) > 1):
        groups = [task.groups[index] for index in chosen.tolist()]
        figure = measure.estimate(truth, values, groups, options.random_state, options.n_draws)
    label, value = (task.scale.value(float(part.mean())) for part in (truth, values))
    return Part(name, len(chosen), label, value, figure)


def _length(text: str, bounds: Sequence[int]) -> str:
    n = len(text.split())
    if n < bounds[0]:
        return f"under {bounds[0]} words"
    low = max(bound for bound in bounds if n >= bound)
    above = [bound for bound in bounds if bound > n]
    return f"{low} to {above[0] - 1} words" if above else f"{low} words and more"
