"""Held-out figures of the sentence axes, beside simple baselines, each with its interval."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from framing.metrics import Estimate, accuracy, auc, brier, calibration_error, estimate, macro_f1
from framing.training.heads import cross_fitted
from framing.training.rows import Row
from framing.types import Floats, Ints

CLASSES = {"macro_f1": macro_f1, "accuracy": accuracy, "auc": auc}
PROBABILITIES = {"ece": calibration_error, "brier": brier}


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
        "TF-IDF and logistic regression": tfidf(data),
        "majority": np.full(len(truth), 1.0) * _majority(data),
        "outlet name alone": outlet_only(data),
    }


def tfidf(data: HeldOut) -> Floats:
    """Out-of-fold probabilities of a logistic regression on words and word pairs, shape (n_rows,)."""
    texts = np.array([row.text for row in data.rows], dtype=object)
    truth = data.truth
    out = np.zeros(len(texts))
    for fold in np.unique(data.folds):
        train = (data.folds != fold) & (truth != 0.5)
        vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        model = make_pipeline(vectors, LogisticRegression(C=10.0, max_iter=1000))
        model.fit(texts[train], truth[train] > 0.5)
        out[data.folds == fold] = model.predict_proba(texts[data.folds == fold])[:, 1]
    return out


def outlet_only(data: HeldOut) -> Floats:
    """The mean label of a row's outlet in the other folds, NaN for rows without an outlet, shape (n_rows,)."""
    outlets = np.array([row.outlet or "" for row in data.rows])
    truth = data.truth
    out = np.full(len(truth), np.nan)
    for index, outlet in enumerate(outlets):
        same = (outlets == outlet) & (data.folds != data.folds[index])
        if outlet:
            out[index] = truth[same].mean() if same.any() else truth[data.folds != data.folds[index]].mean()
    return out


def _majority(data: HeldOut) -> float:
    return float(data.truth.mean() >= 0.5)


def _figures(
    data: HeldOut, system: str, probability: Floats, chosen: Ints, source: str, random_state: int
) -> Iterator[Figure]:
    truth = data.truth
    clear = chosen[truth[chosen] != 0.5]
    for metrics, rows in ((CLASSES, clear), (PROBABILITIES, chosen)):
        if not len(rows):
            continue
        groups = [data.rows[index].group for index in rows]
        for name, metric in metrics.items():
            found = estimate(metric, truth[rows], probability[rows], groups, random_state)
            yield Figure(data.axis, source, data.held_out, system, name, found)
