"""What a bundle must beat: the majority, the outlet's name alone, word counts. Rows are judged by the other folds."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from framing.labels.row import ScaleKind
from framing.types import Bools, Floats, Ints

MAJORITY, OUTLET, TFIDF = "majority", "outlet name alone", "TF-IDF and logistic regression"
MIDDLE = 0.5
# Of few rows every word counts; words of a single row are noise in many.
MIN_ROWS_FOR_PAIRS = 50
MAX_WORDS = 200_000


def majority(truth: Floats, kind: ScaleKind = ScaleKind.YES_NO) -> Floats:
    """The commonest class, or the mean label, whichever is right more often, for every row, shape (n_rows,)."""
    values, counts = np.unique(truth, return_counts=True)
    constant = values[counts.argmax()] if kind is ScaleKind.CLASSES else truth.mean()
    return np.full(len(truth), float(constant))


def outlet_only(outlets: Sequence[str | None], truth: Floats, folds: Ints) -> Floats:
    """The mean label of a row's outlet in the other folds, NaN for rows without an outlet, shape (n_rows,)."""
    named = np.array([outlet or "" for outlet in outlets])
    out = np.full(len(truth), np.nan)
    for fold, held_out, others in _turns(folds):
        known = {name: float(truth[others & (named == name)].mean()) for name in set(named[others])}
        mean = float(truth[others].mean())
        out[held_out] = [known.get(name, mean) if name else np.nan for name in named[folds == fold]]
    return out


def tfidf(texts: Sequence[str], truth: Floats, folds: Ints, kind: ScaleKind = ScaleKind.YES_NO) -> Floats:
    """Values of a linear model on words and word pairs that has not seen a row's fold, shape (n_rows,).

    A logistic regression where labels have sides or classes; rows labelled in the middle are not fitted on. A ridge
    regression where they are numbers.
    """
    words = np.array(texts, dtype=object)
    out = np.zeros(len(words))
    for _, held_out, others in _turns(folds):
        train = others if kind is ScaleKind.CLASSES else others & (truth != MIDDLE)
        out[held_out] = _fitted(words[train], truth[train], words[held_out], kind)
    return out


def _turns(folds: Ints) -> Iterator[tuple[int, Bools, Bools]]:
    """Each fold with its rows and all others; rows of a fold below 0 are never held out."""
    for fold in np.unique(folds[folds >= 0]):
        yield int(fold), folds == fold, folds != fold


def _fitted(texts: Any, truth: Floats, asked: Any, kind: ScaleKind) -> Floats:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline

    classes = np.unique(truth if kind is ScaleKind.CLASSES else truth > MIDDLE)
    if len(classes) < 2:
        return np.full(len(asked), float(truth.mean()) if len(truth) else MIDDLE)
    least = 2 if len(texts) >= MIN_ROWS_FOR_PAIRS else 1
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=least, sublinear_tf=True, max_features=MAX_WORDS)
    if kind in (ScaleKind.SHARE, ScaleKind.BIPOLAR) and len(np.unique(truth)) > 2:
        return np.asarray(np.clip(make_pipeline(vectors, Ridge()).fit(texts, truth).predict(asked), 0.0, 1.0))
    if kind is ScaleKind.CLASSES:
        names = np.searchsorted(classes, truth)
        model = make_pipeline(vectors, LogisticRegression(C=10.0, max_iter=1000))
        return np.asarray(classes[model.fit(texts, names).predict(asked)])
    # Several times quicker than the usual solver on thousands of articles.
    model = make_pipeline(vectors, LogisticRegression(C=10.0, max_iter=1000, solver="liblinear"))
    return np.asarray(model.fit(texts, truth > MIDDLE).predict_proba(asked)[:, 1])
