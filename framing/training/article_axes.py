"""The axes of the default bundle that are read from whole articles: heads on its own encoder, and their figures."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

import numpy as np

from framing.article_head import Cues
from framing.axes import Axis, Level
from framing.bundle import load_bundle
from framing.evaluation.baselines import MAJORITY, MIDDLE, TFIDF, majority, tfidf
from framing.evaluation.folds import grouped_folds
from framing.evaluation.measures import PROBABILITIES, SIDES
from framing.features.vocabulary import Vocabulary
from framing.label_sets import NO_YES
from framing.labels.row import LabelledRow
from framing.metrics import estimate
from framing.scorer import Scorer
from framing.seeds import Lexicon
from framing.training import article_rows, label_sets, leaning
from framing.training.article_rows import LABELLED_BY, LEANING, MODEL, OUTLET_LEANING, PEOPLE
from framing.training.figures import Figure
from framing.training.frozen import STATES, Fit, Labels, Sources, chosen, fitted, of_stance, said_by
from framing.training.heads import cross_fitted, signs
from framing.training.linear import log_loss, row_losses
from framing.training.states import Features, features, fill
from framing.training.transfer import OTHER_SET
from framing.training.words import counted, own_sentences, vocabulary_of
from framing.training.workers import in_workers
from framing.types import Floats, Ints

N_FOLDS = 5
BUNDLE, ALL = "bundle", "all"
PUBLISHERS = "publishers"
WITHOUT_STATES = "markers + stance, no encoder"
LOG_LOSS, GAIN = "log_loss", "log_loss_saved"
MEASURES = (*SIDES, *PROBABILITIES)
AUC = SIDES[-1]


@dataclass(frozen=True, slots=True)
class Articles:
    """Labelled articles and what the encoder makes of them; those that have too little text are left out.

    `vocabulary` are the words counted in `features`, None where they were not.
    """

    rows: Sequence[LabelledRow]
    features: Features
    vocabulary: Vocabulary | None = None

    def labelled(self, axis: str, by: str | None = None) -> "Articles":
        """Those with a label on an axis, given by people, by the language model, or by anybody."""
        where = [
            index for index, row in enumerate(self.rows) if axis in row.labels and by in (None, LABELLED_BY[row.where])
        ]
        return self.taken(np.array(where, dtype=np.int64))

    def taken(self, places: Ints) -> "Articles":
        """Those at some places."""
        rows = [self.rows[index] for index in places.tolist()]
        return Articles(rows, chosen(self.features, places), self.vocabulary)

    def labels(self, axis: str) -> Labels:
        """The labels on an axis, with folds that split no outlet."""
        groups = self.groups
        targets = np.array([row.labels[axis] for row in self.rows])
        weights = np.array([row.weight for row in self.rows])
        return Labels(targets, weights, groups, grouped_folds(groups, N_FOLDS, 0))

    def sources(self) -> Iterator[tuple[str, Ints]]:
        """Each set by its name, with the places of its rows."""
        names = np.array([row.where for row in self.rows])
        for name in dict.fromkeys(names.tolist()):
            yield name, np.flatnonzero(names == name)

    @property
    def groups(self) -> list[str]:
        """The outlet of each article."""
        return [row.group or row.id for row in self.rows]


@dataclass(frozen=True, slots=True)
class ArticleAxis:
    """An axis with its fitted head, its figures on rows that were held out, and its label sets."""

    axis: Axis
    fit: Fit
    figures: Sequence[Figure]
    sets: label_sets.Sets


def read(bundle: Path, data: Path, cache: Path, n_workers: int = 1) -> Articles:
    """The articles of all sets with what a bundle makes of them, which is kept in `cache`."""
    sets = article_rows.read_all(data)
    shown = [[article_rows.blind(row) for row in rows] for rows in sets.values()]
    fill(bundle, [row for rows in shown for row in rows], Level.ARTICLE, cache, n_workers)
    found = features(Scorer(load_bundle(bundle)), [row for rows in shown for row in rows], Level.ARTICLE, cache)
    every = Articles([row for rows in sets.values() for row in rows], found)
    sentences = own_sentences([row for rows in shown for row in rows], n_workers)
    vocabulary = vocabulary_of(sentences, every.groups)
    worded = replace(found, words=counted(sentences, vocabulary))
    return Articles(every.rows, worded, vocabulary).taken(np.flatnonzero(found.read))


def fit_axes(
    articles: Articles,
    axes: Mapping[str, Axis],
    lexicons: Sequence[Lexicon],
    cues: Cues | None = None,
    n_workers: int = 1,
) -> list[ArticleAxis]:
    """The heads of `article_rows.AXES`, measured; several are fitted side by side."""
    names = [lexicon.name for lexicon in lexicons]
    sources = [Sources(names, signs(name, lexicons), cues, articles.vocabulary) for name in article_rows.AXES]
    return in_workers(n_workers, _fit, repeat(articles), [axes[name] for name in article_rows.AXES], sources)


def _fit(articles: Articles, axis: Axis, sources: Sources) -> ArticleAxis:
    rows = articles.labelled(axis.name)
    labels = rows.labels(axis.name)
    fit = fitted(rows.features, labels, axis, sources)
    measured = [
        *_held_out(axis.name, rows, labels, fit.values),
        *_ablation(axis, rows, labels, fit, sources),
        *_transfer(axis, articles, sources),
    ]
    if axis.name == LEANING:
        measured += _of_three(axis.name, rows, labels, fit.values)
    return ArticleAxis(axis, fit, measured, _label_sets(axis.name, rows, labels, fit.values))


def _label_sets(axis: str, rows: Articles, labels: Labels, values: Floats) -> label_sets.Sets:
    """The label sets of an axis; articles that were labelled in the middle of yes and no are left out.

    A set is a promise about what readers say: where people have labelled articles, theirs rule.
    """
    names: tuple[str, ...] = NO_YES
    targets = labels.targets
    if axis == LEANING:
        names, targets = leaning.SIDES, leaning.sides(targets)
    decided = (targets != MIDDLE) | (len(names) > len(NO_YES))
    people = decided & np.array([LABELLED_BY[row.where] == PEOPLE for row in rows.rows])
    said = label_sets.said(names, values, targets, labels.groups, labels.folds, people)
    sources = [rows.rows[index].where for index in np.flatnonzero(decided).tolist()]
    return label_sets.of_axis(axis, said.taken(decided), sources)


def _of_three(axis: str, rows: Articles, labels: Labels, values: Floats) -> Iterator[Figure]:
    """Left, center, right: against the labels of the articles, and against those of outlets the head has not met."""
    truth = leaning.sides(labels.targets)
    called = leaning.cut_out_of_fold(values, truth, labels.folds)
    for source, where in rows.sources():
        groups = [labels.groups[index] for index in where]
        what = Figured(axis, source, PUBLISHERS, BUNDLE)
        yield what.figure(leaning.F1, leaning.macro_f1, truth[where], called[where], groups)
    known = np.array([index for index, row in enumerate(rows.rows) if OUTLET_LEANING in row.labels], dtype=np.int64)
    if not len(known):
        return
    part = rows.taken(known)
    outlets = np.array([row.labels[OUTLET_LEANING] for row in part.rows])
    of_part = part.labels(axis)
    for system, said in leaning.against_outlets(values[known], part.features.states, outlets, of_part):
        called = leaning.cut_out_of_fold(said, outlets, of_part.folds)
        what = Figured(axis, leaning.OF_OUTLETS, PUBLISHERS, system)
        yield what.figure(leaning.F1, leaning.macro_f1, outlets, called, part.groups)


def _held_out(axis: str, rows: Articles, labels: Labels, values: Floats) -> Iterator[Figure]:
    """Figures of the head and of baselines, fitted on all rows of other outlets, on the rows of each source."""
    texts = [row.text for row in rows.rows]
    systems = {
        BUNDLE: values,
        TFIDF: tfidf(texts, labels.targets, labels.folds),
        MAJORITY: majority(labels.targets),
    }
    for source, where in rows.sources():
        for system, called in systems.items():
            yield from _figures(Figured(axis, source, PUBLISHERS, system), rows, called, where)


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
    every = rows.groups
    groups = [every[index] for index in where]
    for measure in MEASURES:
        found = measure.estimate(truth, values[where], groups)
        yield Figure(what.axis, what.rows, what.held_out, what.system, measure.name, found)


def _ablation(axis: Axis, rows: Articles, labels: Labels, fit: Fit, sources: Sources) -> Iterator[Figure]:
    """Log loss and AUC of combinations of families, and how much log loss it saves over the states alone."""
    truth, groups, features_ = labels.targets, rows.groups, rows.features
    extras = np.column_stack([features_.hits, features_.stance])
    free = np.concatenate([sources.signs, of_stance(axis)])
    none = cross_fitted(truth, np.zeros(len(truth)), extras, free, labels.folds)
    for system, values in {**_told(fit), WITHOUT_STATES: none}.items():
        what = Figured(axis.name, ALL, PUBLISHERS, system)
        yield what.figure(LOG_LOSS, _mean_log_loss, truth, values, groups)
        yield Figure(axis.name, ALL, PUBLISHERS, system, AUC.name, AUC.estimate(truth, values, groups))
        if system != STATES:
            saved = row_losses(truth, fit.tried[STATES]) - row_losses(truth, values)
            yield what.figure(GAIN, _mean, truth, saved, groups)


def _told(fit: Fit) -> dict[str, Floats]:
    """What the states said with each other family, with all and with those in use, and the words alone."""
    most = max(fit.losses, key=lambda name: name.count(" + "))
    used = " + ".join(fit.families)
    return {name: said for name, said in fit.tried.items() if name.count(" + ") < 2 or name in (most, used)}


def _transfer(axis: Axis, articles: Articles, sources: Sources) -> Iterator[Figure]:
    """Figures of heads fitted on what people labelled, on each set that the language model did, and the reverse."""
    for by, other in ((PEOPLE, MODEL), (MODEL, PEOPLE)):
        seen, asked = articles.labelled(axis.name, by), articles.labelled(axis.name, other)
        if seen.rows and asked.rows:
            head = fitted(seen.features, seen.labels(axis.name), axis, sources).head
            found = said_by(head, asked.features)
            for source, where in asked.sources():
                yield from _figures(
                    Figured(axis.name, source, OTHER_SET, f"trained on labels by {by}"), asked, found, where
                )


def _mean_log_loss(truth: Floats, values: Floats) -> float:
    return log_loss(truth, values) / len(truth)


def _mean(truth: Floats, values: Floats) -> float:
    return float(values.mean())
