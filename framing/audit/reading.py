"""Many short texts read with few calls: stances toward slots, and the probabilities of the axes."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from framing.article import Span
from framing.audit.slots import Filled
from framing.heads import SentenceHead
from framing.scorer import Scorer
from framing.types import Floats

# Token states of this many short texts take about 50 MB.
TEXTS_AT_ONCE = 1024


def judge(scorer: Scorer, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> Iterator[list[float]]:
    """The stances toward the spans of each text, in order."""
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        part = slice(start, start + TEXTS_AT_ONCE)
        for found in scorer.judge(texts[part], spans[part]):
            yield [one.stance for one in found]


def slot_stances(scorer: Scorer, filled: Sequence[Filled], slots: str = "A") -> Floats:
    """The stance toward each slot, the mean over its mentions; shape (n_texts, n_slots)."""
    counts = [[len(one.spans[slot]) for slot in slots] for one in filled]
    spans = [[span for slot in slots for span in one.spans[slot]] for one in filled]
    rows = []
    for found, sizes in zip(judge(scorer, [one.text for one in filled], spans), counts, strict=True):
        cuts = np.cumsum([0, *sizes])
        rows.append([float(np.mean(found[a:b])) for a, b in pairwise(cuts)])
    return np.array(rows)


def probabilities(scorer: Scorer, texts: Sequence[str]) -> dict[str, Floats]:
    """On each axis with a sentence head, the probability of each text, shape (n_texts,).

    Markers are left out: names are none (tests/test_audit.py), so that they are the same whatever the name.
    """
    heads = {name: head for name, head in scorer.bundle.heads.items() if isinstance(head, SentenceHead)}
    found: dict[str, list[float]] = {name: [] for name in heads}
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        for token in scorer.encoder.encode(texts[start : start + TEXTS_AT_ONCE]):
            for name, head in heads.items():
                found[name].append(head.probability(head.token_logits(token.states), {}))
    return {name: np.array(values) for name, values in found.items()}
