"""The verdicts of a comparison, over many corpora whose truth is known."""

import numpy as np
import pytest
from scipy import stats

from framing.compare.effects import cliffs_delta, hedges_g
from framing.compare.estimates import clustered, contrast_matrix, design, regression, within_stories
from framing.compare.options import Options
from framing.compare.resampling import Groups, Resampler, by_group
from framing.compare.result import Verdict
from framing.compare.verdicts import Family, decide

N_CORPORA = 300


def corpus(
    generator: np.random.Generator, n: int, means: tuple[float, ...], story_sd: float = 0.05
) -> tuple[np.ndarray, Groups]:
    """Articles of skewed values in (0, 1), about half of them in stories of several groups that share a level."""
    code = np.repeat(np.arange(len(means)), n)
    cluster = np.where(
        generator.random(len(code)) < 0.5, generator.integers(0, n, len(code)), 10**6 + np.arange(len(code))
    )
    level = generator.normal(0, story_sd, len(code))[np.unique(cluster, return_inverse=True)[1]]
    noise = generator.gamma(2.0, 0.07, len(code)) - 0.14
    return np.array(means)[code] + level + noise, Groups(tuple(f"group {i}" for i in range(len(means))), code, cluster)


def family(values: np.ndarray, groups: Groups, topics: np.ndarray | None = None) -> Family:
    contrasts = contrast_matrix(len(groups), np.bincount(groups.code), pairs=True)
    pairs = [(groups.names[int(np.argmax(row))], groups.names[int(np.argmin(row))]) for row in contrasts]
    n = len(pairs)
    adjusted = None if topics is None else regression(values, groups, contrasts, topics)
    return Family(
        "loaded",
        pairs,
        regression(values, groups, contrasts),
        adjusted,
        within_stories(values, groups, contrasts),
        [None] * n,
        [None] * n,
        np.full(n, 0.05),
        np.full(n, values.std()),
        np.ones(n),
        np.full(n, True),
    )


def test_without_a_difference_at_most_one_comparison_in_twenty_shows_one() -> None:
    wrong = 0
    for seed in range(N_CORPORA):
        values, groups = corpus(np.random.default_rng(seed), 30, (0.3, 0.3, 0.3, 0.3))
        wrong += any(
            one.verdict in (Verdict.HIGHER, Verdict.LOWER) or one.disagree
            for one in decide([family(values, groups)], Options())
        )
    assert wrong / N_CORPORA <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / N_CORPORA)


@pytest.mark.parametrize("n", [12, 40])
def test_intervals_cover_a_known_difference_as_often_as_they_say(n: int) -> None:
    inside = {0.90: 0, 0.95: 0}
    for seed in range(N_CORPORA * 2):
        values, groups = corpus(np.random.default_rng(seed), n, (0.40, 0.30))
        found = regression(values, groups, contrast_matrix(2, np.array([n, n]), pairs=True))
        for level in inside:
            inside[level] += abs(found.value[0] - 0.10) <= found.half_width(level)[0]
    for level, hits in inside.items():
        assert hits / (N_CORPORA * 2) == pytest.approx(level, abs=0.025)


def test_the_interval_of_a_mean_covers_it_as_often_as_it_says() -> None:
    inside = 0
    for seed in range(N_CORPORA):
        values, groups = corpus(np.random.default_rng(seed), 30, (0.3, 0.3))
        figure = Resampler(groups, 400, seed).figure(0, np.arange(30), values[:30])
        inside += figure.low <= 0.3 <= figure.high
    assert inside / N_CORPORA == pytest.approx(0.90, abs=0.04)


def test_a_topic_confound_is_caught_by_both_other_estimates() -> None:
    caught = shown = 0
    for seed in range(100):
        generator = np.random.default_rng(seed)
        code = np.repeat([0, 1], 150)
        topics = (generator.random(300) < np.where(code == 0, 0.8, 0.2)).astype(int)
        story = np.where(
            generator.random(300) < 0.6, topics * 100 + generator.integers(0, 40, 300), 1000 + np.arange(300)
        )
        values = 0.2 + 0.25 * topics + generator.gamma(2.0, 0.06, 300)
        (found,) = decide([family(values, Groups(("first", "second"), code, story), topics)], Options())
        assert found.raw
        assert found.standardised
        assert found.within_story
        shown += found.raw.p < 0.001 and abs(found.standardised.value) < 0.05 and abs(found.within_story.value) < 0.05
        caught += found.disagree and found.verdict is Verdict.UNDECIDED
    assert shown >= 95
    assert caught >= 95


def test_a_real_difference_is_found_and_a_negligible_one_is_called_equivalent() -> None:
    found = {}
    for name, gap in {"real": 0.12, "none": 0.0}.items():
        seen = [
            decide([family(*corpus(np.random.default_rng(seed), 400, (0.3 + gap, 0.3)))], Options())[0]
            for seed in range(50)
        ]
        found[name] = [one.verdict for one in seen]
    assert found["real"].count(Verdict.HIGHER) >= 48
    assert found["none"].count(Verdict.EQUIVALENT) >= 48


def test_errors_are_those_of_statsmodels() -> None:
    import statsmodels.api as sm

    values, groups = corpus(np.random.default_rng(1), 50, (0.3, 0.4, 0.2))
    topics = np.random.default_rng(2).integers(0, 4, 150)
    dummies = np.hstack((np.eye(3)[groups.code], np.eye(4)[topics][:, 1:]))
    fitted = sm.OLS(values, dummies).fit(
        cov_type="cluster", cov_kwds={"groups": groups.cluster, "use_correction": False}
    )

    effects, covariance = clustered(design(groups, topics), values, groups.cluster)
    assert effects == pytest.approx(fitted.params)
    assert covariance == pytest.approx(fitted.cov_params(), abs=1e-12)


def test_single_articles_are_compared_by_welchs_test() -> None:
    generator = np.random.default_rng(3)
    first, second = generator.normal(0.3, 0.1, 20), generator.normal(0.35, 0.2, 35)
    groups = Groups(("first", "second"), np.repeat([0, 1], [20, 35]), np.arange(55))
    found = regression(np.concatenate((first, second)), groups, contrast_matrix(2, np.array([20, 35]), pairs=True))
    wanted = stats.ttest_ind(first, second, equal_var=False)
    assert found.p[0] == pytest.approx(wanted.pvalue)
    assert found.df[0] == pytest.approx(wanted.df)


def test_effect_sizes_are_those_of_scipy() -> None:
    generator = np.random.default_rng(4)
    first, second = generator.normal(0.3, 0.1, 20).round(2), generator.normal(0.35, 0.2, 35).round(2)
    statistic = stats.mannwhitneyu(first, second).statistic
    assert cliffs_delta(first, second) == pytest.approx(2 * statistic / (20 * 35) - 1)
    assert hedges_g(first, second) < 0


def test_each_group_against_the_rest_is_a_contrast_that_sums_to_nothing() -> None:
    contrasts = contrast_matrix(3, np.array([10, 20, 30]), pairs=False)
    assert contrasts.sum(axis=1) == pytest.approx(np.zeros(3))
    assert contrasts[0] == pytest.approx([1, -0.4, -0.6])
    assert [len(one) for one in by_group(np.array([1, 0, 1]), 3)] == [1, 2, 0]
