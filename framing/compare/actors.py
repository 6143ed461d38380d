"""Actors: how each group sides with those that several groups write about, narrated apart from quoted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from framing.compare.resampling import Resampler
from framing.compare.result import ActorGroup, ArticleRef, Figure, Label
from framing.compare.rows import ActorRows
from framing.compare.sample import Sample
from framing.types import Floats, Ints

MOST_ACTORS = 30
LEAST_ARTICLES = 3
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Cast:
    """The rows of one actor in a sample: position of the article, and row of `Corpus.actors`; an article has one."""

    actor: str
    name: str
    kind: str
    known: bool
    position: Ints
    row: Ints


def shared_actors(sample: Sample) -> list[Cast]:
    """The actors of at least three counted articles and two groups; those of most articles first."""
    rows = sample.corpus.actors
    place = np.full(len(sample.corpus), -1)
    place[sample.articles[sample.counted]] = np.flatnonzero(sample.counted)
    kept = np.flatnonzero(place[rows.article] >= 0) if len(rows) else np.zeros(0, dtype=np.int64)
    keys: dict[str, list[int]] = {}
    for i in kept.tolist():
        keys.setdefault(rows.actor[i], []).append(i)
    frequent = sorted(keys, key=lambda key: -len(keys[key]))[: 4 * MOST_ACTORS]
    found = [_cast(rows, key, np.array(keys[key]), place) for key in frequent]
    several = (one for one in found if len(set(sample.groups.code[one.position].tolist())) > 1)
    return [one for one in several if len(one.row) >= LEAST_ARTICLES][:MOST_ACTORS]


def stances(sample: Sample, cast: Cast) -> Floats:
    """The narrated stance of every article toward the actor, NaN where there is none."""
    values = np.full(len(sample), np.nan)
    values[cast.position] = sample.corpus.actors.stance[cast.row]
    return values


def actor_groups(
    sample: Sample, casts: list[Cast], resampler: Resampler, labels: Mapping[tuple[str, int], tuple[Label, ...]]
) -> Iterator[ActorGroup]:
    """A row an actor and group that has it."""
    for cast in casts:
        for group in sorted(set(sample.groups.code[cast.position].tolist())):
            yield _actor_group(sample, cast, group, resampler, labels.get((cast.actor, group), ()))


def refs(sample: Sample, positions: Ints, values: Floats) -> tuple[ArticleRef, ...]:
    """The articles at these positions of the sample, with their values."""
    corpus, names = sample.corpus, sample.groups.names
    return tuple(
        ArticleRef(int(i), corpus.ids[i], corpus.titles[i], names[sample.groups.code[place]], _number(value))
        for place, i, value in zip(positions, sample.articles[positions], values, strict=True)
    )


def _cast(rows: ActorRows, actor: str, found: Ints, place: Ints) -> Cast:
    """One row an article: where names are spelled alike within it, that of most mentions."""
    ordered = found[np.argsort(-rows.n_mentions[found], kind="stable")]
    _, first = np.unique(rows.article[ordered], return_index=True)
    kept = ordered[first]
    head = int(ordered[0])
    return Cast(actor, rows.name[head], rows.kind[head], bool(rows.known[head]), place[rows.article[kept]], kept)


def _actor_group(sample: Sample, cast: Cast, group: int, resampler: Resampler, labels: tuple[Label, ...]) -> ActorGroup:
    here = sample.groups.code[cast.position] == group
    position, row = cast.position[here], cast.row[here]
    rows = sample.corpus.actors
    columns = (rows.stance[row], rows.quoted_stance[row], rows.share_of_voice[row])
    narrated, quoted, share = (_figure(resampler, group, position, values) for values in columns)
    values = columns[0]
    strongest = np.argsort(-np.abs(np.nan_to_num(values)), kind="stable")[:EXAMPLES]
    return ActorGroup(
        cast.actor,
        cast.name,
        cast.kind,
        cast.known,
        sample.groups.names[group],
        narrated,
        quoted,
        share,
        len(row),
        int(rows.n_mentions[row].sum()),
        labels,
        refs(sample, position[strongest], values[strongest]),
    )


def _figure(resampler: Resampler, group: int, position: Ints, values: Floats) -> Figure | None:
    known = ~np.isnan(values)
    return resampler.figure(group, position[known], values[known])


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
