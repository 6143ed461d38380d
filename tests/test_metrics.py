"""Our metrics equal scikit-learn's; calibration error and intervals are right on data whose truth is known."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr
from scipy.stats import t as students_t
from sklearn.metrics import accuracy_score, brier_score_loss, f1_score, roc_auc_score
from sklearn.metrics import mean_absolute_error as sklearn_error

from framing.metrics import (
    Estimate,
    accuracy,
    auc,
    brier,
    calibration_error,
    calibration_estimate,
    estimate,
    macro_f1,
    mean_absolute_error,
    spearman,
    student,
)
from framing.types import Floats

# Few values, so that ties, 0.5 and both ends are common.
PROBABILITIES = st.sampled_from([0.0, 0.1, 0.25, 0.499, 0.5, 0.501, 0.75, 1.0])
DATA = st.integers(1, 40).flatmap(
    lambda n: st.tuples(
        arrays(float, n, elements=st.sampled_from([0.0, 1.0])), arrays(float, n, elements=PROBABILITIES)
    )
)


def reference_macro_f1(truth: Floats, probability: Floats) -> float:
    return float(f1_score(truth, probability >= 0.5, labels=[0, 1], average="macro", zero_division=0))


def reference_accuracy(truth: Floats, probability: Floats) -> float:
    return float(accuracy_score(truth, probability >= 0.5))


def reference_auc(truth: Floats, probability: Floats) -> float:
    return float(roc_auc_score(truth, probability)) if 0 < truth.sum() < len(truth) else 0.5


def reference_brier(truth: Floats, probability: Floats) -> float:
    return float(brier_score_loss(truth, probability, pos_label=1))


PAIRS: list[tuple[Callable[[Floats, Floats], float], Callable[[Floats, Floats], float]]] = [
    (macro_f1, reference_macro_f1),
    (accuracy, reference_accuracy),
    (auc, reference_auc),
    (brier, reference_brier),
]


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=[ours.__name__ for ours, _ in PAIRS])
@given(data=DATA)
def test_metrics_equal_those_of_scikit_learn(
    ours: Callable[[Floats, Floats], float], theirs: Callable[[Floats, Floats], float], data: tuple[Floats, Floats]
) -> None:
    assert ours(*data) == pytest.approx(theirs(*data), abs=1e-12)


def test_auc_counts_a_tie_as_half() -> None:
    truth, probability = np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.3, 0.3, 0.3, 0.9])
    assert auc(truth, probability) == pytest.approx((0.5 + 0.5 + 1 + 1) / 4)


@pytest.mark.parametrize(
    ("of_truth", "gap"),
    [(lambda p: p, 0.0), (lambda p: p - 0.1, 0.1), (lambda p: p + 0.2, 0.2)],
    ids=["calibrated", "0.1 too high", "0.2 too low"],
)
def test_calibration_error_is_the_true_gap(of_truth: Callable[[Floats], Floats], gap: float) -> None:
    generator = np.random.default_rng(3)
    probability = generator.uniform(0.25, 0.75, 20_000)
    truth = (generator.random(20_000) < of_truth(probability)).astype(float)
    assert calibration_error(truth, probability) == pytest.approx(gap, abs=0.015)


def plain_error(truth: Floats, probability: Floats, n_bins: int = 15) -> float:
    """The same measure without the correction for noise."""
    parts = np.array_split(np.argsort(probability, kind="stable"), n_bins)
    gaps = [float(truth[rows].mean() - probability[rows].mean()) ** 2 * len(rows) for rows in parts]
    return float(np.sqrt(sum(gaps) / len(truth)))


def test_calibration_error_of_few_rows_is_nearer_to_the_truth_than_without_the_correction() -> None:
    generator = np.random.default_rng(5)
    gap, ours, plain = 0.1, [], []
    for _ in range(200):
        probability = generator.uniform(0.2, 0.8, 150)
        truth = (generator.random(150) < probability + gap).astype(float)
        ours.append(calibration_error(truth, probability) ** 2)
        plain.append(plain_error(truth, probability) ** 2)
    assert abs(np.mean(ours) - gap**2) < 0.25 * abs(np.mean(plain) - gap**2)


def test_calibration_error_of_a_bin_of_one_row_is_left_out() -> None:
    assert calibration_error(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 0.0


def mean_label(truth: Floats, probability: Floats) -> float:
    return float(truth.mean())


def test_intervals_cover_the_true_value_nine_times_in_ten() -> None:
    generator = np.random.default_rng(0)
    covered = 0
    for draw in range(200):
        level = np.clip(generator.normal(0.5, 0.15, 40), 0, 1)
        truth = (generator.random((40, 4)) < level[:, None]).astype(float).ravel()
        found = estimate(mean_label, truth, truth, np.repeat(np.arange(40), 4).tolist(), draw, n_draws=200)
        covered += found.low <= 0.5 <= found.high
    assert 0.82 <= covered / 200 <= 0.96


def test_rows_repeated_within_their_group_do_not_narrow_the_interval() -> None:
    generator = np.random.default_rng(1)
    truth, probability = generator.integers(0, 2, 60).astype(float), generator.random(60)
    groups = list(range(60))
    once = estimate(brier, truth, probability, groups, n_draws=300)
    repeated = estimate(brier, np.repeat(truth, 5), np.repeat(probability, 5), np.repeat(groups, 5).tolist(), 0, 300)
    assert (repeated.low, repeated.high) == pytest.approx((once.low, once.high), abs=1e-12)


def test_rows_of_one_group_are_drawn_together() -> None:
    generator = np.random.default_rng(2)
    truth = np.repeat(generator.integers(0, 2, 30).astype(float), 6)
    by_group = estimate(mean_label, truth, truth, np.repeat(np.arange(30), 6).tolist(), n_draws=300)
    by_row = estimate(mean_label, truth, truth, list(range(180)), n_draws=300)
    assert by_group.high - by_group.low > 1.8 * (by_row.high - by_row.low)


def test_an_estimate_names_its_rows_and_its_seed() -> None:
    truth, probability = np.array([0.0, 1.0, 1.0]), np.array([0.2, 0.9, 0.4])
    found = estimate(accuracy, truth, probability, ["a", "b", "b"], random_state=7, n_draws=50)
    assert found.to_dict() == {"value": 2 / 3, "low": found.low, "high": found.high, "n": 3, "random_state": 7}


def test_the_same_seed_gives_the_same_interval() -> None:
    generator = np.random.default_rng(4)
    truth, probability, groups = generator.integers(0, 2, 50).astype(float), generator.random(50), list(range(50))
    first, again, other = (estimate(brier, truth, probability, groups, seed, 100) for seed in (1, 1, 2))
    assert first == again
    assert first.low != other.low


def test_an_estimate_reads_as_value_and_interval() -> None:
    assert str(Estimate(0.8123, 0.7, 0.9, 10, 0)) == "0.812 [0.700, 0.900]"


@given(data=DATA)
def test_rank_correlation_is_that_of_scipy(data: tuple[Floats, Floats]) -> None:
    truth, value = data
    varies = len(set(truth)) > 1 and len(set(value)) > 1
    expected = float(spearmanr(truth, value).statistic) if varies else 0.0
    assert spearman(truth, value) == pytest.approx(expected, abs=1e-9)


def test_the_absolute_error_is_that_of_scikit_learn() -> None:
    truth, value = np.array([0.0, 0.5, 1.0]), np.array([0.25, 0.5, 0.0])
    assert mean_absolute_error(truth, value) == pytest.approx(sklearn_error(truth, value))


def test_calibration_error_does_not_depend_on_the_order_of_rows_that_are_said_the_same() -> None:
    generator = np.random.default_rng(6)
    probability, truth = generator.choice([0.2, 0.4, 0.9], 300), generator.integers(0, 2, 300).astype(float)
    shuffled = generator.permutation(300)
    found = calibration_error(truth[shuffled], probability[shuffled])
    assert found == pytest.approx(calibration_error(truth, probability), abs=1e-12)


@pytest.mark.parametrize(
    ("gap", "per_article", "least"),
    [(0.0, 1, 0.9), (0.0, 4, 0.9), (0.05, 4, 0.8), (0.1, 1, 0.8)],
    ids=["calibrated", "calibrated, four rows an article", "0.05 off, four rows an article", "0.1 off"],
)
def test_intervals_of_the_calibration_error_cover_it_also_where_it_is_0(
    gap: float, per_article: int, least: float
) -> None:
    covered, n_runs = 0, 60
    for run in range(n_runs):
        generator = np.random.default_rng(run)
        probability = generator.uniform(0.15, 0.85, 400)
        truth = (generator.random(400) < probability + gap).astype(float)
        groups = (np.arange(400) // per_article).tolist()
        found = calibration_estimate(truth, probability, groups, run, n_draws=80)
        covered += found.low <= gap <= found.high
    assert covered / n_runs >= least


def test_the_interval_of_the_calibration_error_holds_the_figure_also_where_groups_are_all_alike() -> None:
    generator = np.random.default_rng(8)
    truth = np.repeat(generator.integers(0, 2, 40).astype(float), 10)
    probability, groups = np.repeat(generator.uniform(0.3, 0.7, 40), 10), np.repeat(np.arange(40), 10).tolist()
    found = calibration_estimate(truth, probability, groups, n_draws=80)
    assert found.low <= found.value <= found.high


@pytest.mark.parametrize("freedom", [2, 3, 5, 12, 100])
def test_the_quantile_of_students_t_is_that_of_scipy(freedom: int) -> None:
    assert student(freedom) == pytest.approx(float(students_t.ppf(0.95, freedom)), rel=0.003)
