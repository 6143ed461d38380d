"""Calibration: signs are kept, known parameters are found again, no row is calibrated by its own fold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from tiny import LEXICONS, toy_rows

from framing.features.markers import MarkerFinder
from framing.heads import MAX_HITS
from framing.training.heads import Calibration, cross_fitted, fit, hit_counts, signs
from framing.training.rows import Row
from framing.types import Floats, Ints

TRUE = Calibration(0.7, -0.4, np.array([0.9, -0.6, 0.0]))
DIRECTIONS = np.array([1, -1, 0])


def simulated(n: int, truth: Calibration = TRUE, random_state: int = 0) -> tuple[Floats, Floats, Floats]:
    """Targets, logits and hits of `n` rows that follow `truth`."""
    generator = np.random.default_rng(random_state)
    logits = generator.normal(0, 2, n)
    hits = generator.binomial(MAX_HITS, 0.3, (n, 3)).astype(float)
    targets = (generator.random(n) < truth.probability(logits, hits)).astype(float)
    return targets, logits, hits


def test_a_fit_finds_the_parameters_that_made_the_data() -> None:
    found = fit(*simulated(20_000), DIRECTIONS)
    assert (found.scale, found.offset) == pytest.approx((TRUE.scale, TRUE.offset), abs=0.06)
    assert found.weights == pytest.approx(TRUE.weights, abs=0.06)


@settings(max_examples=25)
@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=3, max_size=3), st.integers(0, 20))
def test_a_weight_never_goes_against_its_sign(directions: list[int], random_state: int) -> None:
    generator = np.random.default_rng(random_state)
    truth = Calibration(generator.normal(), generator.normal(), generator.normal(0, 2, 3))
    found = fit(*simulated(60, truth, random_state), np.array(directions))
    assert found.scale >= 0
    assert all(weight * direction >= 0 for weight, direction in zip(found.weights, directions, strict=True))
    assert not any(weight for weight, direction in zip(found.weights, directions, strict=True) if direction == 0)


def test_a_lexicon_that_pulls_against_its_sign_has_weight_zero() -> None:
    targets, logits, hits = simulated(5000, Calibration(1.0, 0.0, np.array([-1.0, 1.0, 0.0])))
    assert fit(targets, logits, hits, DIRECTIONS).weights.tolist() == [0.0, 0.0, 0.0]


def test_an_overconfident_logit_is_scaled_down() -> None:
    targets, logits, hits = simulated(5000, Calibration(1.0, 0.0, np.zeros(3)))
    assert fit(targets, 4 * logits, hits, DIRECTIONS).scale == pytest.approx(0.25, abs=0.03)


def test_a_lexicon_without_hits_has_weight_zero() -> None:
    targets, logits, hits = simulated(500)
    hits[:, 0] = 0
    assert fit(targets, logits, hits, DIRECTIONS).weights[0] == 0.0


def test_mixed_labels_count_as_half() -> None:
    mixed = fit(np.full(200, 0.5), np.linspace(-3, 3, 200), np.zeros((200, 3)), DIRECTIONS)
    assert (mixed.scale, mixed.offset) == pytest.approx((0, 0), abs=1e-4)


def test_the_mean_probability_is_the_mean_label() -> None:
    targets, logits, hits = simulated(2000)
    assert fit(targets, logits, hits, DIRECTIONS).probability(logits, hits).mean() == pytest.approx(
        targets.mean(), abs=1e-3
    )


@pytest.mark.parametrize("fold", [0, 1, 2])
def test_cross_fitting_does_not_see_the_labels_of_its_own_fold(fold: int) -> None:
    targets, logits, hits = simulated(300)
    folds = np.arange(300) % 3
    turned = np.where(folds == fold, 1 - targets, targets)
    before, after = (cross_fitted(labels, logits, hits, DIRECTIONS, folds) for labels in (targets, turned))
    assert np.array_equal(before[folds == fold], after[folds == fold])
    assert not np.array_equal(before[folds != fold], after[folds != fold])


def test_cross_fitting_is_a_fit_on_the_other_folds() -> None:
    targets, logits, hits = simulated(300)
    folds = np.arange(300) % 3
    rest = folds != 1
    expected = fit(targets[rest], logits[rest], hits[rest], DIRECTIONS).probability(logits[~rest], hits[~rest])
    assert np.array_equal(cross_fitted(targets, logits, hits, DIRECTIONS, folds)[~rest], expected)


@pytest.mark.parametrize(("axis", "expected"), [("loaded", [1, -1, 0]), ("opinion", [0, 0, 0])])
def test_signs_are_those_of_the_lexicons(axis: str, expected: list[int]) -> None:
    assert signs(axis, LEXICONS).tolist() == expected


COUNTS = [
    ("none", "The mayor spoke.", [0, 0, 0]),
    ("one of each", "A massacre at the river, says the report.", [1, 1, 1]),
    ("three at most", "massacre, massacre, massacre, massacre", [3, 0, 0]),
    ("a negated one does not count", "It was not a massacre, but a massacre.", [1, 0, 0]),
    ("other forms", "Two massacres and two reports.", [1, 1, 0]),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in COUNTS], ids=[case[0] for case in COUNTS])
def test_hits_are_counted(text: str, expected: list[int]) -> None:
    assert hit_counts([Row("a", text, "g", "toy", {})], LEXICONS).tolist() == [expected]


def test_counted_hits_are_those_of_the_finder() -> None:
    rows, finder = toy_rows(40), MarkerFinder(LEXICONS)
    names = [[hit.lexicon for hit in finder.find_in_text(row.text) if not hit.negated] for row in rows]
    expected = [[min(MAX_HITS, found.count(lexicon.name)) for lexicon in LEXICONS] for found in names]
    counts = hit_counts(rows, LEXICONS)
    assert counts.sum() > 0
    assert counts.tolist() == expected


def test_a_probability_is_the_logistic_of_the_sum() -> None:
    logits, hits = np.array([0.0, 2.0]), np.array([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]])
    assert TRUE.probability(logits, hits) == pytest.approx(expit([-0.4, 0.7 * 2 - 0.4 + 0.9 - 1.2]))


def test_no_row_is_left_without_a_probability() -> None:
    targets, logits, hits = simulated(50)
    folds: Ints = np.repeat([4, 7], 25)
    found = cross_fitted(targets, logits, hits, DIRECTIONS, folds)
    assert ((found > 0) & (found < 1)).all()
