"""Held-out figures of the sentence axes, beside simple baselines, each with its interval."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from framing.evaluation.baselines import MAJORITY, OUTLET, TFIDF, majority, outlet_only, tfidf
from framing.evaluation.measures import PROBABILITIES, SIDES
from framing.metrics import Estimate
from framing.training.heads import cross_fitted
from framing.training.rows import Row
from framing.types import Floats, Ints


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one system on the rows of one set, under one way of holding rows out."""

    axis: str
    rows: str
    held_out: str
    system: str
    metric: str
    estimate: Estimate

    def to_dict(self) -> dict[str, object]:
        """This figure as plain data."""
        flat = asdict(self)
        return {**{key: flat[key] for key in ("axis", "rows", "held_out", "system", "metric")}, **flat["estimate"]}


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What one axis is measured on: labelled rows, their out-of-fold logits, hits and folds.

    Attributes
    ----------
    logits, shape (n_rows,); hits, shape (n_rows, n_lexicons); directions, shape (n_lexicons,); folds, shape (n_rows,).
    """

    axis: str
    held_out: str
    rows: Sequence[Row]
    logits: Floats
    hits: Floats
    directions: Ints
    folds: Ints

    @property
    def truth(self) -> Floats:
        """The labels, in [0, 1], shape (n_rows,)."""
        return np.array([row.labels[self.axis] for row in self.rows])


def figures(data: HeldOut, random_state: int = 0) -> Iterator[Figure]:
    """Every metric of every system on every set of rows."""
    sources = np.array([row.source for row in data.rows])
    for system, probability in _systems(data).items():
        for source in sorted(set(sources)):
            chosen = np.flatnonzero((sources == source) & ~np.isnan(probability))
            yield from _figures(data, system, probability, chosen, source, random_state)


def _systems(data: HeldOut) -> Mapping[str, Floats]:
    truth, none = data.truth, np.zeros_like(data.hits)
    fitted = {
        "bundle": cross_fitted(truth, data.logits, data.hits, data.directions, data.folds),
        "bundle without marker weights": cross_fitted(truth, data.logits, none, data.directions, data.folds),
        "bundle before calibration": 1.0 / (1.0 + np.exp(-data.logits)),
    }
    # Of the other ways only some folds are held out, and baselines fitted on what is left would be shown too low.
    if data.held_out != "articles":
        return fitted
    return fitted | {
        "markers alone": cross_fitted(truth, np.zeros_like(data.logits), data.hits, data.directions, data.folds),
        TFIDF: tfidf([row.text for row in data.rows], truth, data.folds),
        MAJORITY: majority(truth),
        OUTLET: outlet_only([row.outlet for row in data.rows], truth, data.folds),
    }


def _figures(
    data: HeldOut, system: str, probability: Floats, chosen: Ints, source: str, random_state: int
) -> Iterator[Figure]:
    truth, groups = data.truth[chosen], [data.rows[index].group for index in chosen]
    for measure in (*SIDES, *PROBABILITIES):
        if measure.rows(truth).any():
            found = measure.estimate(truth, probability[chosen], groups, random_state)
            yield Figure(data.axis, source, data.held_out, system, measure.name, found)
