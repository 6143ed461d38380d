"""The data card: what went in, what was left out, and what a reader must know of the groups."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from framing.compare import dates
from framing.compare.events import overlaps
from framing.compare.options import MAX_ACTOR_ARTICLES, MAX_READ, Options
from framing.compare.result import DataCard, Group, Spelling
from framing.compare.sample import Sample
from framing.outlets import canonical_outlet
from framing.types import Ints


def card(sample: Sample, found: list[Ints], groups: Sequence[Group], topics_from: str) -> DataCard:
    """The data card; `found` has the positions of the articles of each shared story."""
    corpus = sample.corpus
    first, last = dates.span(sample.days)
    languages = Counter(corpus.languages[i] or "unknown" for i in range(len(corpus)))
    return DataCard(
        len(corpus) + len(corpus.failures),
        int(sample.counted.sum()),
        sample.dropped,
        len(np.unique(sample.groups.cluster)),
        len(found),
        sample.stories_from,
        topics_from,
        overlaps(sample, found),
        int(np.isnan(sample.days).sum()),
        first,
        last,
        dict(languages.most_common()),
        tuple(_spellings(sample.groups.names)),
        tuple(group.name for group in groups if not group.tested),
        tuple(_warnings(sample)),
    )


def groups(sample: Sample, found: list[Ints], options: Options) -> tuple[Group, ...]:
    """The groups, in order of their names."""
    in_shared = np.zeros(len(sample), dtype=bool)
    for part in found:
        in_shared[part] = True
    return tuple(_group(sample, number, in_shared, options) for number in range(len(sample.groups)))


def _group(sample: Sample, number: int, in_shared: np.ndarray, options: Options) -> Group:
    here = sample.groups.code == number
    counted = here & sample.counted
    n_stories = len(np.unique(sample.groups.cluster[counted]))
    first, last = dates.span(sample.days[here])
    return Group(
        sample.groups.names[number],
        int(counted.sum()),
        int(sample.corpus.n_words[sample.articles[counted]].sum()),
        n_stories,
        len(np.unique(sample.groups.cluster[counted & in_shared])),
        int((here & ~sample.counted).sum()),
        bool(counted.sum() >= options.min_articles and n_stories >= options.min_articles),
        first,
        last,
    )


def _spellings(names: Sequence[str]) -> Iterator[Spelling]:
    """Names that are one outlet's by the file of outlets, or differ only in case and signs."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in names:
        alike[canonical_outlet(name)].append(name)
    yield from (Spelling(tuple(found), merge) for merge, found in alike.items() if len(found) > 1)


def _warnings(sample: Sample) -> Iterator[str]:
    undated = int(np.isnan(sample.days).sum())
    if undated:
        n = sum(sample.corpus.dates[i] is not None for i in sample.articles[np.isnan(sample.days)])
        unread = f", {n} of them with a date that is not like 2026-03-11" if n else ""
        yield f"{undated} of {len(sample)} articles have no date{unread}: they are in no rolling mean"
    if sample.sentences is None:
        yield f"over {MAX_READ:,} articles: copies and distinctive terms are not looked for"
    if len(sample.corpus) > MAX_ACTOR_ARTICLES:
        yield f"over {MAX_ACTOR_ARTICLES:,} articles: actors are compared on an even sample of so many"
