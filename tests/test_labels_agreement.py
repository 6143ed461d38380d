import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from framing.labels.agreement import agreements, alpha, kappa
from framing.labels.row import Judgements, LabelledSet, Level, Scale, ScaleKind

N = float("nan")
# Krippendorff (2011), "Computing Krippendorff's alpha-reliability": two observers and binary data (A), two observers
# and nominal data (B), four observers with missing data (C).
A = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
B = [[0, 0, 1, 1, 3, 2, 2, 2, 4, 3, 3, 0], [1, 0, 1, 1, 1, 2, 2, 2, 4, 3, 3, 3]]
C = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


def judged(table: list[list[float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values = np.array(table, dtype=float)
    annotators, rows = np.nonzero(~np.isnan(values))
    return rows, annotators, values[annotators, rows]


@pytest.mark.parametrize(
    ("table", "metric", "published"),
    [
        (A, "nominal", 0.095),
        (B, "nominal", 0.692),
        (C, "nominal", 0.743),
        (C, "ordinal", 0.815),
        (C, "interval", 0.849),
    ],
)
def test_alpha_is_that_of_the_published_examples(table: list[list[float]], metric: str, published: float) -> None:
    rows, _, values = judged(table)
    found = alpha(rows, values, metric)
    assert found is not None
    assert found.value == pytest.approx(published, abs=0.0006)
    assert found.low <= found.value <= found.high


def test_alpha_is_none_where_nobody_can_disagree() -> None:
    assert alpha(np.array([0, 1, 2]), np.array([0.0, 1.0, 0.0]), "nominal") is None
    assert alpha(np.array([0, 0, 1, 1]), np.ones(4), "nominal") is None
    assert alpha(np.array([0, 0, 1, 1]), np.ones(4), "interval") is None


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=40), st.booleans())
def test_kappa_equals_that_of_scikit_learn(pairs: list[tuple[int, int]], weighted: bool) -> None:
    table = np.zeros((4, 4), dtype=np.int64)
    for one, other in pairs:
        table[one, other] += 1
    found = kappa(table, weighted)
    first, second = zip(*pairs, strict=True)
    if np.isnan(found):
        assert len(set(first + second)) == 1
        return
    expected = cohen_kappa_score(first, second, labels=[0, 1, 2, 3], weights="quadratic" if weighted else None)
    assert found == pytest.approx(expected, abs=1e-9)


def test_agreement_of_a_set_names_pairs_with_enough_in_common() -> None:
    rows, annotators, values = judged([[0, 1] * 10, [0, 1] * 9 + [1, 0], [1] * 5 + [N] * 15])
    said = Judgements(("ann", "bob", "cem"), rows, annotators, values)
    scales = {"x": Scale("x", ScaleKind.YES_NO)}
    (found,) = agreements(LabelledSet("s", (), scales, Level.SENTENCE, (), "", judgements={"x": said}))
    assert (found.metric, found.n_annotators, found.n_rows) == ("nominal", 3, 20)
    assert [(pair.first, pair.second, pair.kappa.n) for pair in found.pairs] == [("ann", "bob", 20)]
    assert found.pairs[0].kappa.value == pytest.approx(0.8)
