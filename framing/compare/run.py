"""The comparison, from first to last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from framing.compare import actors, events
from framing.compare.answers import answers, unknowns
from framing.compare.card import card as data_card
from framing.compare.card import groups as group_rows
from framing.compare.contrasts import family
from framing.compare.labels import labels
from framing.compare.means import group_means, lexicon_rates
from framing.compare.methods import methods
from framing.compare.options import DEFAULT, Options
from framing.compare.resampling import Resampler
from framing.compare.result import Comparison, GroupMean
from framing.compare.rows import Corpus
from framing.compare.sample import Sample, draw
from framing.compare.series import series
from framing.compare.terms import terms
from framing.compare.topics import topics
from framing.compare.verdicts import Family, decide
from framing.errors import InputError, UsageError
from framing.types import Floats, Ints


def compare(corpus: Corpus, options: Options = DEFAULT) -> Comparison:
    """The groups of a corpus set against each other.

    Raises
    ------
    InputError
        Fewer than two groups with articles, more than one bundle, or a column that is not there.
    """
    _check(corpus)
    sample = draw(corpus, options)
    axes = _axes(sample, options)
    topic, topics_from = topics(sample, options)
    resampler = Resampler(sample.groups, options.n_draws, options.random_state)
    means = tuple(group_means(sample, axes, resampler, options.random_state))
    casts = actors.shared_actors(sample)
    contrasts = decide(list(_families(_Parts(sample, axes, casts, topic, means), options)), options)
    found = events.shared(sample)
    groups = group_rows(sample, found, options)
    card = data_card(sample, found, groups, topics_from)
    definitions = {name: corpus.definitions[name] for name in axes if name in corpus.definitions}
    return Comparison(
        corpus.name,
        corpus.bundles[0],
        options,
        definitions,
        answers(contrasts, definitions),
        unknowns(contrasts, card, definitions),
        card,
        groups,
        means,
        contrasts,
        tuple(actors.actor_groups(sample, casts, resampler, labels(sample, casts, options.random_state))),
        tuple(terms(sample, options.random_state)),
        tuple(lexicon_rates(sample, resampler)),
        events.stories(sample, found, axes),
        tuple(series(sample, axes, options)),
        methods(card, corpus.bundles[0], options, len(groups), len(contrasts)),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    sample: Sample
    axes: Mapping[str, Floats]
    casts: list[actors.Cast]
    topic: Ints | None
    means: tuple[GroupMean, ...]


def _check(corpus: Corpus) -> None:
    if not corpus.bundles:
        raise InputError(f"{corpus.name}: no article in it has a score; see the messages of its rows")
    if len(corpus.bundles) > 1:
        names = ", ".join(f"{one.name} {one.version} ({one.sha256[:12]})" for one in corpus.bundles)
        raise InputError(f"{corpus.name}: scored by several bundles ({names}); score all articles with one")


def _axes(sample: Sample, options: Options) -> dict[str, Floats]:
    """The values of each axis to compare, over the sample; NaN where an article has none."""
    known = sample.corpus.axes
    unknown = set(options.axes) - set(known)
    if unknown:
        raise UsageError(f"axis {min(unknown)}: the scores have no such axis; they have {', '.join(known)}")
    return {name: known[name].value[sample.articles] for name in options.axes or known}


def _families(parts: _Parts, options: Options) -> Iterator[Family]:
    sample = parts.sample
    floors = {(one.axis, one.group): one.noise_floor for one in parts.means}
    for name, column in parts.axes.items():
        values = _counted(sample, column)
        if np.isfinite(values).any():
            found = np.array([floors.get((name, group)) or np.nan for group in sample.groups.names])
            yield family(name, values, sample.groups, parts.topic, found, options)
    none = np.full(len(sample.groups), np.nan)
    for cast in parts.casts:
        values = _counted(sample, actors.stances(sample, cast))
        if np.isfinite(values).any():
            who = (cast.actor, cast.name)
            yield family("stance", values, sample.groups, parts.topic, none, options, who)


def _counted(sample: Sample, values: Floats) -> Floats:
    return np.where(sample.counted, values, np.nan)
