"""How far annotators agree: Krippendorff's alpha of all, Cohen's kappa of pairs, with intervals over rows.

Alpha: Krippendorff (2011), Computing Krippendorff's alpha-reliability, for nominal, ordinal and interval data.
Kappa: Cohen (1960); of ordered classes with quadratic weights, Cohen (1968).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np

from framing.labels.row import Judgements, LabelledSet, Scale, ScaleKind
from framing.metrics import Estimate
from framing.types import Floats, Ints

METRIC = {
    ScaleKind.YES_NO: "nominal",
    ScaleKind.CLASSES: "ordinal",
    ScaleKind.SHARE: "interval",
    ScaleKind.BIPOLAR: "interval",
}
N_DRAWS = 1000
# Of so few rows in common a kappa says nothing; of many annotators the pairs with most in common are told.
LEAST_COMMON = 10
MOST_PAIRS = 15


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Cohen's kappa of two annotators."""

    first: str
    second: str
    kappa: Estimate


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement on one axis.

    Attributes
    ----------
    metric : nominal, ordinal or interval.
    n_rows : that two annotators or more judged.
    alpha : None where no row was judged twice, or all judgements are the same.
    """

    axis: str
    metric: str
    n_annotators: int
    n_rows: int
    alpha: Estimate | None
    pairs: tuple[PairAgreement, ...]

    def to_dict(self) -> dict[str, Any]:
        """This agreement as plain data."""
        return asdict(self)


def agreements(labelled: LabelledSet, random_state: int = 0) -> tuple[Agreement, ...]:
    """The agreement on every axis that more than one annotator judged."""
    found = ((axis, said) for axis, said in labelled.judgements.items() if len(said.names) > 1)
    return tuple(_agreement(labelled.scales[axis], said, random_state) for axis, said in found)


def alpha(rows: Ints, values: Floats, metric: str, random_state: int = 0) -> Estimate | None:
    """Krippendorff's alpha with its 90 % interval; None where it is not defined.

    Parameters
    ----------
    rows, values : the row and the value of each judgement.
    """
    _, units, sizes = np.unique(rows, return_inverse=True, return_counts=True)
    judged = sizes[units] > 1
    if not judged.any():
        return None
    _, units = np.unique(units[judged], return_inverse=True)
    compute = _interval(units, values[judged]) if metric == "interval" else _classes(units, values[judged], metric)
    n_units = int(units.max()) + 1
    value = compute(np.ones(n_units))
    if np.isnan(value):
        return None
    generator = np.random.default_rng(random_state)
    draws = [compute(generator.multinomial(n_units, np.full(n_units, 1 / n_units))) for _ in range(N_DRAWS)]
    low, high = np.nanquantile(draws, (0.05, 0.95))
    return Estimate(value, float(low), float(high), n_units, random_state)


def kappa(table: Ints, weighted: bool = False) -> float:
    """Cohen's kappa from a table of two annotators' classes, with quadratic weights if asked; NaN if undefined."""
    size = len(table)
    steps = np.subtract.outer(np.arange(size), np.arange(size)).astype(float)
    cost = steps**2 if weighted else (steps != 0).astype(float)
    expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
    chance = float((cost * expected).sum())
    return 1 - float((cost * table).sum()) / chance if chance else float("nan")


def _agreement(scale: Scale, said: Judgements, random_state: int) -> Agreement:
    metric = METRIC[scale.kind]
    _, sizes = np.unique(said.rows, return_counts=True)
    found = alpha(said.rows, said.targets, metric, random_state)
    pairs = () if metric == "interval" else tuple(_pairs(scale, said, random_state))
    return Agreement(scale.axis, metric, len(said.names), int((sizes > 1).sum()), found, pairs)


def _pairs(scale: Scale, said: Judgements, random_state: int) -> Iterator[PairAgreement]:
    codes = np.rint(said.targets * (len(scale.names) - 1)).astype(np.int64)
    by_annotator = [_by_row(said.rows[mine], codes[mine]) for mine in _masks(said)]
    common = {
        (one, other): by_annotator[one].keys() & by_annotator[other].keys()
        for one, other in combinations(range(len(said.names)), 2)
    }
    most = sorted((pair for pair in common if len(common[pair]) >= LEAST_COMMON), key=lambda pair: -len(common[pair]))
    for one, other in most[:MOST_PAIRS]:
        table = np.zeros((len(scale.names), len(scale.names)), dtype=np.int64)
        for row in common[one, other]:
            table[by_annotator[one][row], by_annotator[other][row]] += 1
        found = _kappa_estimate(table, scale.kind is ScaleKind.CLASSES, random_state)
        if found is not None:
            yield PairAgreement(said.names[one], said.names[other], found)


def _masks(said: Judgements) -> Iterator[Any]:
    return (said.annotators == place for place in range(len(said.names)))


def _by_row(rows: Ints, codes: Ints) -> Mapping[int, int]:
    return dict(zip(rows.tolist(), codes.tolist(), strict=True))


def _kappa_estimate(table: Ints, weighted: bool, random_state: int) -> Estimate | None:
    """Kappa with its bootstrap over rows, which is a draw of the table's cells."""
    value = kappa(table, weighted)
    if np.isnan(value):
        return None
    generator, n_rows = np.random.default_rng(random_state), int(table.sum())
    shares = (table / n_rows).ravel()
    draws = [kappa(drawn.reshape(table.shape), weighted) for drawn in generator.multinomial(n_rows, shares, N_DRAWS)]
    low, high = np.nanquantile(draws, (0.05, 0.95))
    return Estimate(value, float(low), float(high), n_rows, random_state)


def _classes(units: Ints, values: Floats, metric: str) -> Any:
    """Alpha of classes, as a function of how often each unit is drawn."""
    _, codes = np.unique(values, return_inverse=True)
    counts = np.zeros((int(units.max()) + 1, int(codes.max()) + 1))
    np.add.at(counts, (units, codes), 1)
    others = counts.sum(1) - 1

    def compute(weights: Floats) -> float:
        shares = counts * (weights / others)[:, None]
        coincidences = counts.T @ shares - np.diag(shares.sum(0))
        sizes = coincidences.sum(0)
        cost = _ordinal(sizes) if metric == "ordinal" else 1 - np.eye(len(sizes))
        chance = float((cost * np.outer(sizes, sizes)).sum()) / (sizes.sum() - 1)
        return 1 - float((cost * coincidences).sum()) / chance if chance else float("nan")

    return compute


def _ordinal(sizes: Floats) -> Floats:
    """Squared distances of ranks: the values between two, with half of each of the two."""
    up_to = np.cumsum(sizes) - sizes / 2
    return np.asarray(np.subtract.outer(up_to, up_to) ** 2)


def _interval(units: Ints, values: Floats) -> Any:
    """Alpha of numbers, as a function of how often each unit is drawn; sums do for all pairs of values."""
    size = np.bincount(units)
    sums, squares = np.bincount(units, values), np.bincount(units, values**2)
    within = 2 * (size * squares - sums**2) / (size - 1)

    def compute(weights: Floats) -> float:
        n, total = float(weights @ size), float(weights @ sums)
        chance = 2 * (n * float(weights @ squares) - total**2) / (n - 1)
        return 1 - float(weights @ within) / chance if chance > 1e-12 else float("nan")

    return compute
