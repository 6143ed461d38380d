"""Stories as the report shows them: who has the event, who copied, and which groups are missing."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from framing.compare import dates
from framing.compare.actors import refs
from framing.compare.result import Overlap, Story, StoryMember
from framing.compare.sample import Sample
from framing.types import Floats, Ints

MOST_STORIES = 200


def shared(sample: Sample) -> list[Ints]:
    """Positions of the articles of each story that several groups have; those of most groups first."""
    order = np.argsort(sample.groups.cluster, kind="stable")
    cuts = np.flatnonzero(np.diff(sample.groups.cluster[order])) + 1
    several = [part for part in np.split(order, cuts) if len(part) > 1]
    spread = [(len(set(sample.groups.code[part].tolist())), part) for part in several]
    return [part for n, part in sorted(spread, key=lambda one: (-one[0], -len(one[1]), int(one[1][0]))) if n > 1]


def stories(sample: Sample, found: list[Ints], axes: Mapping[str, Floats]) -> tuple[Story, ...]:
    """The stories of several groups, at most `MOST_STORIES`."""
    return tuple(_story(sample, part, axes) for part in found[:MOST_STORIES])


def overlaps(sample: Sample, found: list[Ints]) -> tuple[Overlap, ...]:
    """How many stories each pair of groups shares; pairs that share none are not listed."""
    counts: dict[tuple[int, int], int] = {}
    for part in found:
        for pair in combinations(sorted(set(sample.groups.code[part].tolist())), 2):
            counts[pair] = counts.get(pair, 0) + 1
    names = sample.groups.names
    return tuple(Overlap(names[a], names[b], n) for (a, b), n in sorted(counts.items()))


def _story(sample: Sample, part: Ints, axes: Mapping[str, Floats]) -> Story:
    ordered = part[np.argsort(np.nan_to_num(sample.days[part], nan=np.inf), kind="stable")]
    present = set(sample.groups.code[part].tolist())
    missing = tuple(name for i, name in enumerate(sample.groups.names) if i not in present)
    first, last = dates.span(sample.days[part])
    members = tuple(_member(sample, int(position), axes) for position in ordered)
    title = next((one.article.title for one in members if one.article.title), members[0].article.id)
    return Story(f"story-{sample.groups.cluster[part[0]]}", title, first, last, members, missing)


def _member(sample: Sample, position: int, axes: Mapping[str, Floats]) -> StoryMember:
    (ref,) = refs(sample, np.array([position]), np.array([np.nan]))
    values = {axis: None if np.isnan(column[position]) else float(column[position]) for axis, column in axes.items()}
    source = int(sample.copy_of[position])
    copy_of = sample.corpus.ids[source] if source >= 0 else None
    return StoryMember(ref, dates.iso(float(sample.days[position])), values, float(sample.copied[position]), copy_of)
