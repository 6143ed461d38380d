"""The axes of the default bundle that are read from whole articles: heads on its own encoder, and their figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from framing.axes import Axis, Level
from framing.evaluation.baselines import MAJORITY, TFIDF, majority, tfidf
from framing.evaluation.folds import grouped_folds
from framing.evaluation.measures import PROBABILITIES, SIDES
from framing.labels.row import LabelledRow
from framing.metrics import auc, estimate
from framing.scorer import Scorer
from framing.seeds import Lexicon
from framing.training import article_rows
from framing.training.figures import Figure
from framing.training.frozen import STATES, Fit, Labels, chosen, fitted
from framing.training.heads import FREE, cross_fitted, signs
from framing.training.linear import log_loss, row_losses
from framing.training.states import Features, features
from framing.types import Floats, Ints

N_FOLDS = 5
BUNDLE, ALL = "bundle", "all"
PUBLISHERS, OTHER_SET = "publishers", "other set"
WITHOUT_STATES = "markers + stance, no encoder"
LOG_LOSS, GAIN = "log_loss", "log_loss_saved"
MEASURES = (*SIDES, *PROBABILITIES)


@dataclass(frozen=True, slots=True)
class Articles:
    """Labelled articles and what the encoder makes of them; those that have too little text are left out."""

    rows: Sequence[LabelledRow]
    features: Features

    def labelled(self, axis: str, source: str | None = None) -> "Articles":
        """Those with a label on an axis, of one source or of all."""
        where = [index for index, row in enumerate(self.rows) if axis in row.labels and source in (None, row.where)]
        return Articles([self.rows[index] for index in where], chosen(self.features, np.array(where, dtype=np.int64)))

    def labels(self, axis: str) -> Labels:
        """The labels on an axis, with folds that split no outlet."""
        groups = self.groups
        targets = np.array([row.labels[axis] for row in self.rows])
        return Labels(targets, np.ones(len(targets)), groups, grouped_folds(groups, N_FOLDS, 0))

    @property
    def groups(self) -> list[str]:
        """The outlet of each article."""
        return [row.group or row.id for row in self.rows]


@dataclass(frozen=True, slots=True)
class ArticleAxis:
    """An axis with its fitted head, and its figures on rows that were held out."""

    axis: Axis
    fit: Fit
    figures: Sequence[Figure]


def read(scorer: Scorer, data: Path, cache: Path) -> Articles:
    """The articles of all sets with their features, which are kept in `cache`."""
    sets = article_rows.read_all(data)
    found = [features(scorer, rows, Level.ARTICLE, cache) for rows in sets.values()]
    every = [row for rows in sets.values() for row in rows]
    usable = np.flatnonzero(np.concatenate([part.read for part in found]))
    states, hits, stance = (np.concatenate([getattr(p, name) for p in found]) for name in ("states", "hits", "stance"))
    return Articles([every[index] for index in usable], chosen(Features(states, hits, stance, {}), usable))


def fit_axes(articles: Articles, axes: Mapping[str, Axis], lexicons: Sequence[Lexicon]) -> list[ArticleAxis]:
    """The heads of `article_rows.AXES`, measured."""
    return [_fit(articles, axes[name], lexicons) for name in article_rows.AXES]


def _fit(articles: Articles, axis: Axis, lexicons: Sequence[Lexicon]) -> ArticleAxis:
    names, directions = [lexicon.name for lexicon in lexicons], signs(axis.name, lexicons)
    rows = articles.labelled(axis.name)
    labels = rows.labels(axis.name)
    fit = fitted(rows.features, labels, axis, directions, names)
    measured = [
        *_held_out(axis.name, rows, labels, fit.values),
        *_ablation(axis.name, rows, labels, fit, directions),
        *_transfer(axis, articles, directions, names),
    ]
    return ArticleAxis(axis, fit, measured)


def _held_out(axis: str, rows: Articles, labels: Labels, values: Floats) -> Iterator[Figure]:
    """Figures of the head and of baselines, fitted on all rows of other outlets, on the rows of each source."""
    texts = [row.text for row in rows.rows]
    systems = {
        BUNDLE: values,
        TFIDF: tfidf(texts, labels.targets, labels.folds),
        MAJORITY: majority(labels.targets),
    }
    sources = np.array([row.where for row in rows.rows])
    for source in dict.fromkeys(sources.tolist()):
        for system, called in systems.items():
            yield from _figures(
                Figured(axis, source, PUBLISHERS, system), rows, called, np.flatnonzero(sources == source)
            )


@dataclass(frozen=True, slots=True)
class Figured:
    """What figures are of, as `Figure` has it."""

    axis: str
    rows: str
    held_out: str
    system: str

    def figure(self, metric: str, *of: object) -> Figure:
        """One figure, from the arguments of `framing.metrics.estimate`."""
        return Figure(self.axis, self.rows, self.held_out, self.system, metric, estimate(*of))  # type: ignore[arg-type]


def _figures(what: Figured, rows: Articles, values: Floats, where: Ints) -> Iterator[Figure]:
    truth = np.array([rows.rows[index].labels[what.axis] for index in where])
    groups = [rows.groups[index] for index in where]
    for measure in MEASURES:
        found = measure.estimate(truth, values[where], groups)
        yield Figure(what.axis, what.rows, what.held_out, what.system, measure.name, found)


def _ablation(axis: str, rows: Articles, labels: Labels, fit: Fit, directions: Ints) -> Iterator[Figure]:
    """Log loss and AUC of each combination of families, and how much log loss it saves over the states alone."""
    truth, groups, features_ = labels.targets, rows.groups, rows.features
    extras = np.column_stack([features_.hits, features_.stance])
    free = np.concatenate([directions, np.full(features_.stance.shape[1], FREE)])
    none = cross_fitted(truth, np.zeros(len(truth)), extras, free, labels.folds)
    for system, values in {**fit.tried, WITHOUT_STATES: none}.items():
        what = Figured(axis, ALL, PUBLISHERS, system)
        yield what.figure(LOG_LOSS, _mean_log_loss, truth, values, groups)
        yield what.figure("auc", auc, truth, values, groups)
        if system != STATES:
            saved = row_losses(truth, fit.tried[STATES]) - row_losses(truth, values)
            yield what.figure(GAIN, _mean, truth, saved, groups)


def _transfer(axis: Axis, articles: Articles, directions: Ints, names: Sequence[str]) -> Iterator[Figure]:
    """Figures of heads fitted on one source, on the rows of another."""
    sources = list(dict.fromkeys(row.where for row in articles.labelled(axis.name).rows))
    for source, other in ((a, b) for a in sources for b in sources if a != b):
        seen, asked = articles.labelled(axis.name, source), articles.labelled(axis.name, other)
        head = fitted(seen.features, seen.labels(axis.name), axis, directions, names).head
        found = head.many(asked.features.states, asked.features.hits, asked.features.stance)
        what = Figured(axis.name, other, OTHER_SET, f"trained on {source} alone")
        yield from _figures(what, asked, found, np.arange(len(asked.rows)))


def _mean_log_loss(truth: Floats, values: Floats) -> float:
    return log_loss(truth, values) / len(truth)


def _mean(truth: Floats, values: Floats) -> float:
    return float(values.mean())
