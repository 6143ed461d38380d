"""Stories: which articles are of one event."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.stories.clusters import average_linkage
from framing.stories.similarity import SMALL, WINDOW_DAYS, similarities
from framing.types import Floats, Ints

# Chosen on the development half of two sets (scripts/stories.py, docs/experiments.md).
THRESHOLD = 0.15
PER_TENFOLD = 0.055
FLOOR_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Leads:
    """What articles are matched by: headline, first sentences, known actors, and day (NaN where there is no date)."""

    titles: Sequence[str]
    leads: Sequence[str]
    actors: Sequence[Sequence[str]]
    days: Floats


def find_stories(articles: Leads) -> Ints:
    """The number of each article's story; an article alone is a story of its own."""
    if len(articles.titles) < 2:
        return np.zeros(len(articles.titles), dtype=np.int64)
    least = threshold(articles.days)
    likeness = similarities(articles.titles, articles.leads, articles.actors, articles.days, least * FLOOR_SHARE)
    return average_linkage(likeness, least)


def threshold(days: Floats) -> float:
    """The mean likeness that the articles of a story have, of articles with these dates.

    It grows with the number of articles that each is compared with, as the chance of likeness without a common event
    does.
    """
    dated = np.sort(days[~np.isnan(days)])
    near = np.searchsorted(dated, dated + WINDOW_DAYS, "right") - np.searchsorted(dated, dated - WINDOW_DAYS)
    n_compared = (near.sum() + (len(days) - len(dated)) * len(days)) / len(days)
    return THRESHOLD + PER_TENFOLD * max(0.0, math.log10(n_compared / SMALL))
