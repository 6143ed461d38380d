"""Chances of classes of outlets, learnt from the labels of outlets and what heads that have not met them say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.special import logit
from sklearn.linear_model import LogisticRegression

from framing.metrics import calibration_estimate
from framing.outlet_classes import OutletClasses
from framing.training import leaning
from framing.training.article_axes import PUBLISHERS, ArticleAxis, Articles, Figured
from framing.training.article_rows import LEANING, OUTLET_LEANING, PARTISAN
from framing.training.figures import Figure
from framing.types import Floats, Ints

SYSTEM = "chances by leaning and partisan"
READS = (LEANING, PARTISAN)


def with_classes(found: Sequence[ArticleAxis], articles: Articles) -> tuple[OutletClasses, list[ArticleAxis]]:
    """The chances of classes of outlets, and the axes, `leaning` with figures of them on outlets that were held out."""
    part, logits = _said({one.axis.name: one for one in found}, articles)
    labels = part.labels(OUTLET_LEANING)
    truth = np.rint(2 * labels.targets).astype(np.int64)
    figures = list(_figures(truth, _held_out(logits, truth, labels.folds), labels.groups))
    of_axes = [replace(one, figures=[*one.figures, *figures]) if one.axis.name == LEANING else one for one in found]
    return _learnt(logits, truth), of_axes


def _said(found: Mapping[str, ArticleAxis], articles: Articles) -> tuple[Articles, Floats]:
    """The articles whose outlet is labelled and that all axes were fitted on, and their log odds out of fold."""
    known = articles.labelled(OUTLET_LEANING)
    columns = []
    for name in READS:
        keys = _keys(articles.labelled(name))
        columns.append(dict(zip(keys, found[name].fit.values.tolist(), strict=True)))
    keys = _keys(known)
    places = [at for at, key in enumerate(keys) if all(key in column for column in columns)]
    values = np.array([[column[keys[at]] for column in columns] for at in places])
    return known.taken(np.array(places, dtype=np.int64)), logit(values)


def _keys(articles: Articles) -> list[tuple[str, str]]:
    return [(row.where, row.id) for row in articles.rows]


def _learnt(logits: Floats, truth: Ints) -> OutletClasses:
    """Of classes that weigh alike, however many articles each has."""
    model = LogisticRegression(class_weight="balanced", max_iter=1000).fit(logits, truth)
    return OutletClasses(leaning.SIDES, READS, model.coef_, model.intercept_)


def _held_out(logits: Floats, truth: Ints, folds: Ints) -> Floats:
    """The chances of each article by classes that have not met its outlet, shape (n_rows, 3)."""
    out = np.zeros((len(truth), len(leaning.SIDES)))
    for fold in np.unique(folds):
        held_out = folds == fold
        out[held_out] = _learnt(logits[~held_out], truth[~held_out]).many(logits[held_out])
    return out


def _figures(truth: Ints, chances: Floats, groups: Sequence[str]) -> Iterator[Figure]:
    what = Figured(LEANING, leaning.OF_OUTLETS, PUBLISHERS, SYSTEM)
    yield what.figure(leaning.F1, leaning.macro_f1, truth / 2, chances.argmax(axis=1) / 2, groups)
    for number, label in enumerate(leaning.SIDES):
        error = calibration_estimate((truth == number).astype(float), chances[:, number], groups)
        yield Figure(LEANING, leaning.OF_OUTLETS, PUBLISHERS, SYSTEM, f"ece_{label}", error)
