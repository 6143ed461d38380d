"""Sentence axes on rows of another source than they were learnt from, on an encoder that was tuned on neither."""

from collections.abc import Iterator, Sequence

import numpy as np

from framing.article_head import STANCE_FEATURES
from framing.axes import Axis
from framing.evaluation.folds import grouped_folds
from framing.evaluation.measures import PROBABILITIES, SIDES
from framing.neural.encoder import Encoder
from framing.seeds import Lexicon
from framing.training.figures import Figure
from framing.training.frozen import Labels, Sources, chosen, fitted, said_by
from framing.training.heads import signs
from framing.training.rows import Row
from framing.training.states import Features
from framing.types import Floats, Ints

N_FOLDS = 5
OTHER_SET = "other set"


def features_of(rows: Sequence[Row], encoder: Encoder, hits: Floats) -> Features:
    """The mean states and hits of sentences."""
    states = [one.states.mean(axis=0) for one in encoder.encode([row.text for row in rows])]
    no_stance, no_cues = np.zeros((len(rows), len(STANCE_FEATURES))), np.zeros((len(rows), 0))
    return Features(np.array(states, dtype=np.float32), hits, no_stance, no_cues, {})


def transfer(rows: Sequence[Row], found: Features, axis: Axis, lexicons: Sequence[Lexicon]) -> Iterator[Figure]:
    """Figures of heads fitted on one source, on the rows of every source; on its own, out of fold by article.

    An axis that one source alone has labels of has none: there is nothing to carry over to.
    """
    by_source: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        if axis.name in row.labels:
            by_source.setdefault(row.source, []).append(index)
    if len(by_source) < 2:
        return
    for source, own in by_source.items():
        seen = np.array(own)
        labels = _labels(rows, seen, axis.name)
        names = [lexicon.name for lexicon in lexicons]
        fit = fitted(chosen(found, seen), labels, axis, Sources(names, signs(axis.name, lexicons)))
        for other, places in by_source.items():
            asked = chosen(found, np.array(places))
            values = fit.values if other == source else said_by(fit.head, asked)
            yield from _figures(axis.name, other, source, _labels(rows, np.array(places), axis.name), values)


def _labels(rows: Sequence[Row], places: Ints, axis: str) -> Labels:
    targets = np.array([rows[index].labels[axis] for index in places.tolist()])
    groups = [rows[index].group for index in places.tolist()]
    return Labels(targets, np.ones(len(targets)), groups, grouped_folds(groups, N_FOLDS, 0))


def _figures(axis: str, asked: str, source: str, labels: Labels, values: Floats) -> Iterator[Figure]:
    system = f"trained on {source} alone" + (", other articles" if asked == source else "")
    for measure in (*SIDES, *PROBABILITIES):
        found = measure.estimate(labels.targets, values, labels.groups)
        yield Figure(axis, asked, OTHER_SET, system, measure.name, found)
