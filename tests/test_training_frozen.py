"""Heads on a frozen encoder: they learn what is there, are measured out of fold, and score as the bundle will."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from framing.article_head import SIDED, STANCE_FEATURES, ArticleHead, Cues
from framing.axes import BIPOLAR, SHARE, Axis, Level
from framing.evaluation.folds import grouped_folds
from framing.evaluation.measures import SIDES
from framing.heads import SentenceHead
from framing.metrics import auc
from framing.training.frozen import CUES, MARKERS, STANCE, STATES, Labels, Sources, chosen, fitted
from framing.training.learning_curve import learning_curve
from framing.training.linear import OF_STATES, directions, out_of_fold
from framing.training.states import Features
from framing.types import Floats

WIDTH, LEXICONS = 12, ("slurs", "reports")
AXIS = Axis("sensational", "sober", "sensational", SHARE, "u", "d", "s")
ARTICLE = replace(AXIS, level=Level.ARTICLE)


CUE = Cues(("moral", "money"), np.zeros((2, WIDTH), np.float32), np.zeros(2, np.float32))


def data(
    n: int = 240,
    of_states: float = 1.0,
    of_hits: float = 0.0,
    of_stance: float = 0.0,
    of_cues: float = 0.0,
    of_sides: float = 0.0,
) -> tuple[Features, Labels]:
    """Rows whose labels come from states, markers, stance, cues and sides taken in given strengths."""
    generator = np.random.default_rng(0)
    states = generator.normal(size=(n, WIDTH)).astype(np.float32)
    hits = generator.poisson(0.4, size=(n, 2)).astype(float)
    of_all = generator.normal(size=(n, 3))
    others = np.random.default_rng(1)
    cues = others.uniform(0.1, 0.3, size=(n, 2))
    stance = np.column_stack([of_all, others.normal(size=n)])
    truth = of_states * 2 * states[:, 0] + of_hits * 3 * (hits[:, 0] - 0.4) + of_stance * 3 * stance[:, 0]
    truth += of_cues * 60 * (cues[:, 1] - 0.2) + of_sides * 3 * stance[:, STANCE_FEATURES.index(SIDED)]
    targets = (truth + generator.logistic(size=n) > 0).astype(float)
    groups = [f"a{index // 4}" for index in range(n)]
    labels = Labels(targets, np.ones(n), groups, grouped_folds(groups, 5, 0))
    return Features(states, hits, stance, cues, {}), labels


def sources(slurs: int = 1) -> Sources:
    return Sources(LEXICONS, np.array([slurs, 0]), CUE)


def test_a_direction_finds_the_feature_that_decides() -> None:
    features, labels = data()
    slope, _ = OF_STATES.learn(features.states, labels.targets, labels.weights, 0.1)
    assert np.argmax(np.abs(slope)) == 0


def test_a_direction_is_the_one_of_a_plain_logistic_regression() -> None:
    features, labels = data()
    plain = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, tol=1e-8)).fit(features.states, labels.targets)
    slope, bias = OF_STATES.learn(features.states, labels.targets, labels.weights, 0.1)
    assert features.states @ slope + bias == pytest.approx(plain.decision_function(features.states), abs=1e-3)


def test_directions_of_several_costs_are_those_of_each() -> None:
    features, labels = data()
    costs = (0.001, 0.1, 10.0)
    for cost, (slope, bias) in zip(
        costs, directions(features.states, labels.targets, labels.weights, costs), strict=True
    ):
        alone, bias_alone = OF_STATES.learn(features.states, labels.targets, labels.weights, cost)
        assert slope == pytest.approx(alone, abs=1e-3)
        assert bias == pytest.approx(bias_alone, abs=1e-3)


def test_a_label_in_between_counts_for_both_classes() -> None:
    features, labels = data()
    half = np.full(len(labels.targets), 0.5)
    slope, bias = OF_STATES.learn(features.states, half, labels.weights, 0.1)
    assert np.abs(slope).max() < 0.01
    assert abs(bias) < 0.01


def test_a_row_without_weight_teaches_nothing() -> None:
    features, labels = data()
    wrong = np.where(np.arange(len(labels.targets)) % 2, labels.targets, 1 - labels.targets)
    weights = (np.arange(len(wrong)) % 2).astype(float)
    found, _ = OF_STATES.learn(features.states, wrong, weights, 0.1)
    right, _ = OF_STATES.learn(features.states[1::2], labels.targets[1::2], np.ones(len(wrong) // 2), 0.1)
    assert np.corrcoef(found, right)[0, 1] > 0.99


def test_labels_without_meaning_are_not_found_out_of_fold() -> None:
    features, labels = data(of_states=0.0)
    logits = out_of_fold(features.states, labels.targets, labels.weights, labels.groups, labels.folds, 0)
    assert 0.35 < auc(labels.targets, logits) < 0.65


@pytest.mark.parametrize("axis", [AXIS, ARTICLE], ids=["sentences", "articles"])
def test_the_head_says_what_the_rows_were_measured_by(axis: Axis) -> None:
    features, labels = data(of_hits=1.0)
    fit = fitted(features, labels, axis, sources())
    said = fit.head.many(features.states, features.hits, features.stance, features.cues)
    assert auc(labels.targets, fit.values) > 0.8
    assert np.corrcoef(said, fit.values)[0, 1] > 0.97
    assert isinstance(fit.head, ArticleHead if axis is ARTICLE else SentenceHead)


@pytest.mark.parametrize(
    ("strengths", "expected"),
    [
        ({"of_hits": 1.0}, {STATES, MARKERS}),
        ({"of_stance": 1.0}, {STATES, STANCE}),
        ({"of_hits": 1.0, "of_stance": 1.0}, {STATES, MARKERS, STANCE}),
        ({"of_cues": 1.0}, {STATES, CUES}),
    ],
    ids=["markers", "stance", "both", "cues"],
)
def test_a_family_is_in_the_head_where_it_helps(strengths: dict[str, float], expected: set[str]) -> None:
    fit = fitted(*data(**strengths), ARTICLE, sources())
    assert expected <= set(fit.families)
    assert fit.losses[" + ".join(fit.families)] < fit.losses[STATES]


def test_whose_side_is_taken_counts_between_two_opposites_alone() -> None:
    share, bipolar = (
        fitted(*data(of_stance=1.0, of_sides=1.0), replace(ARTICLE, range=bounds), sources()).head
        for bounds in (SHARE, BIPOLAR)
    )
    assert isinstance(share, ArticleHead)
    assert isinstance(bipolar, ArticleHead)
    assert share.stance[0] > 0.3
    assert (share.stance[3], bipolar.stance[3] > 1) == (0, True)


def test_a_marker_never_pushes_against_its_sign() -> None:
    fit = fitted(*data(of_hits=1.0), ARTICLE, sources(-1))
    assert all(weight <= 0 for weight in fit.head.weights.values())


def test_one_article_is_scored_as_many_are() -> None:
    features, labels = data(of_hits=1.0)
    head = fitted(features, labels, ARTICLE, sources()).head
    plain = replace(head, stance=np.zeros(len(STANCE_FEATURES)))  # type: ignore[type-var]
    hits = {"slurs": int(features.hits[0, 0]), "reports": int(features.hits[0, 1])}
    one = plain.alone(features.states[:1], hits, "")
    many = plain.many(features.states[:1], features.hits[:1], features.stance[:1], CUE.chances(features.states[:1]))
    assert one == pytest.approx(many[0], abs=1e-5)


def test_a_sentence_is_scored_as_many_are() -> None:
    features, labels = data(of_hits=1.0)
    features = replace(features, hits=np.minimum(features.hits, 3))
    head = fitted(features, labels, AXIS, sources()).head
    one = head.alone(features.states[:1], {"slurs": int(features.hits[0, 0])})
    many = head.many(features.states[:1], features.hits[:1], features.stance[:1], features.cues[:1])
    assert one == pytest.approx(many[0], abs=1e-5)


def test_more_rows_are_learnt_from_at_every_point_of_the_curve() -> None:
    features, labels = data()
    points = learning_curve(features.states, labels, SIDES[0])
    sizes = [point.n_rows for point in points]
    assert sizes == sorted(set(sizes))
    assert points[-1].n_rows == pytest.approx(len(labels.targets) * 0.8, rel=0.02)
    assert points[-1].figure.value > 0.7


def test_chosen_rows_keep_their_features() -> None:
    features, _ = data(20)
    kept: Floats = chosen(features, np.array([5, 2])).hits
    assert np.array_equal(kept, features.hits[[5, 2]])
