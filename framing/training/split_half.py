"""Whether the interval of a score does what it says: half of an article's sentences, asked about the other half."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from framing.config import MIN_INTERVAL_SENTENCES
from framing.evidence import SENTENCE
from framing.metrics import Estimate, estimate, share_margin
from framing.scores import AxisScore
from framing.types import Floats

N_SPLITS = 10
# Sentences in a half, first and last; an article has twice as many.
SIZES = ((3, 5), (6, 10), (11, 20), (21, None), (3, None))


def sentence_values(score: AxisScore) -> Floats:
    """The probability of each of the journalist's sentences behind the value of an axis of sentences."""
    lines = [line.probability for line in score.ledger if line.kind == SENTENCE and line.probability is not None]
    return np.array(lines)


def coverage(articles: Sequence[Floats], random_state: int = 0) -> Iterator[tuple[str, Estimate]]:
    """How often the value of one half lies where the other's interval puts it, by the sentences in a half.

    An article is split at random `N_SPLITS` times; one whose halves are too small for an interval is left out. The
    figures have intervals over articles.
    """
    found = [values for values in articles if len(values) >= 2 * MIN_INTERVAL_SENTENCES]
    generator = np.random.default_rng(random_state)
    shares = np.array([np.mean([_holds(generator.permutation(v)) for _ in range(N_SPLITS)]) for v in found])
    sizes = np.array([len(values) // 2 for values in found])
    for first, last in SIZES:
        rows = np.flatnonzero((sizes >= first) & (sizes <= (last or np.inf)))
        if len(rows):
            yield _words(first, last), estimate(_mean, shares[rows], shares[rows], rows.tolist(), random_state)


def predicted(half: Floats, n_others: int) -> tuple[float, float]:
    """Where the mean of `n_others` other sentences lies nine times in ten, by the interval of `half`.

    The interval is of the mean that such sentences have in the long run. A second sample strays from that too: the
    difference of both varies 1 + n / n_others times as much, twice for halves of one size.
    """
    centre, off = float(half.mean()), share_margin(half) * math.sqrt(1 + len(half) / n_others)
    return centre - off, centre + off


def spread(articles: Sequence[Floats]) -> float:
    """The variance of an article's sentences as a share of the most that their mean allows, over all articles."""
    found = [values for values in articles if len(values) > 1]
    most = [(len(values) - 1) * values.mean() * (1 - values.mean()) for values in found]
    return float(sum(((values - values.mean()) ** 2).sum() for values in found) / sum(most))


def _holds(shuffled: Floats) -> bool:
    half, other = np.split(shuffled, [len(shuffled) // 2])
    low, high = predicted(half, len(other))
    return bool(low <= other.mean() <= high)


def _mean(truth: Floats, values: Floats) -> float:
    return float(values.mean())


def _words(first: int, last: int | None) -> str:
    return f"{first} to {last}" if last else f"{first} and more"
