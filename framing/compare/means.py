"""What each group is by itself: its mean on each axis, and its lexicons' rates."""

from collections.abc import Iterator, Mapping

import numpy as np

from framing.compare.actors import refs
from framing.compare.resampling import Resampler, by_group
from framing.compare.result import GroupMean, LexiconRate
from framing.compare.sample import Sample
from framing.types import Floats, Ints

HIGHEST, MIDDLE = 3, 2
MOST_VALUES = 400


def group_means(
    sample: Sample, axes: Mapping[str, Floats], resampler: Resampler, random_state: int
) -> Iterator[GroupMean]:
    """A row an axis and group; copies are not counted."""
    parts = _counted_parts(sample)
    for axis, values in axes.items():
        for group, part in enumerate(parts):
            known = part[~np.isnan(values[part])]
            yield _group_mean(sample, axis, group, known, values[known], resampler, random_state)


def lexicon_rates(sample: Sample, resampler: Resampler) -> Iterator[LexiconRate]:
    """A row a lexicon with hits and group: hits in the journalist's voice per 1000 words of the article."""
    parts = _counted_parts(sample)
    words = sample.corpus.n_words[sample.articles].astype(np.float64)
    for lexicon, counts in sample.corpus.markers.items():
        hits = counts[sample.articles].astype(np.float64)
        for group, part in enumerate(parts):
            some = part[words[part] > 0]
            figure = resampler.figure(group, some, 1000 * hits[some] / words[some], words[some])
            if figure is not None:
                yield LexiconRate(sample.groups.names[group], lexicon, int(hits[some].sum()), figure)


def _counted_parts(sample: Sample) -> list[Ints]:
    parts = by_group(sample.groups.code, len(sample.groups))
    return [part[sample.counted[part]] for part in parts]


def _group_mean(
    sample: Sample, axis: str, group: int, articles: Ints, values: Floats, resampler: Resampler, random_state: int
) -> GroupMean:
    name = sample.groups.names[group]
    if not len(values):
        return GroupMean(name, axis, None, None, None, None, None, None, (), ())
    lower, median, upper = (float(one) for one in np.quantile(values, (0.25, 0.5, 0.75)))
    sd = float(values.std(ddof=1)) if len(values) > 1 else None
    highest = np.argsort(-values, kind="stable")[:HIGHEST]
    nearest = [i for i in np.argsort(np.abs(values - values.mean()), kind="stable") if i not in highest][:MIDDLE]
    chosen = np.array([*highest, *nearest], dtype=np.int64)
    return GroupMean(
        name,
        axis,
        resampler.figure(group, articles, values),
        median,
        sd,
        lower,
        upper,
        resampler.noise_floor(group, articles, values),
        refs(sample, articles[chosen], values[chosen]),
        tuple(_some(values, random_state).tolist()),
    )


def _some(values: Floats, random_state: int) -> Floats:
    if len(values) <= MOST_VALUES:
        return values
    return np.random.default_rng(random_state).choice(values, MOST_VALUES, replace=False)
