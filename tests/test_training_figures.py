"""Held-out figures: every system on every set of rows; and the card that shows them."""

from dataclasses import replace

import numpy as np
import pytest
from tiny import toy_rows

from framing.axes import SHARE, Axis
from framing.bundle import Part, Reference
from framing.evaluation.measures import PROBABILITIES, SIDES
from framing.training.card import Card, render
from framing.training.figures import Figure, HeldOut, figures
from framing.training.heads import Calibration
from framing.training.rows import Row
from framing.training.splits import grouped_folds

SYSTEMS = {
    "bundle",
    "bundle without marker weights",
    "bundle before calibration",
    "markers alone",
    "TF-IDF and logistic regression",
    "majority",
    "outlet name alone",
}


def rows(n: int = 120) -> list[Row]:
    """Toy rows, some of a second source without outlets, some with a mixed label."""
    found = toy_rows(n)
    for index in range(0, n, 4):
        found[index] = replace(found[index], source="other", outlet=None)
    for index in range(1, n, 12):
        found[index] = replace(found[index], labels={"loaded": 0.5})
    return found


def held_out(how: str = "articles", source: str = "") -> HeldOut:
    chosen, generator = [row for row in rows() if row.source in (source or row.source)], np.random.default_rng(0)
    truth = np.array([row.labels["loaded"] for row in chosen])
    logits = 6 * (truth - 0.5) + generator.normal(0, 2, len(chosen))
    hits = generator.binomial(2, 0.1 + 0.5 * truth)[:, None].astype(float)
    folds = grouped_folds([row.group for row in chosen], 3, 0)
    return HeldOut("loaded", how, chosen, logits, hits, np.array([1]), folds)


@pytest.fixture(scope="module")
def measured() -> list[Figure]:
    return list(figures(held_out()))


def value(measured: list[Figure], system: str, metric: str, source: str = "toy") -> float:
    (figure,) = [f for f in measured if (f.system, f.metric, f.rows) == (system, metric, source)]
    return figure.estimate.value


def test_every_system_has_every_metric_on_every_set_of_rows(measured: list[Figure]) -> None:
    found = {(f.system, f.metric, f.rows) for f in measured}
    expected = {
        (system, metric, source)
        for system in SYSTEMS
        for metric in (measure.name for measure in (*SIDES, *PROBABILITIES))
        for source in ("toy", "other")
        if (system, source) != ("outlet name alone", "other")
    }
    assert found == expected
    assert len(measured) == len(found)


def test_where_only_some_folds_are_held_out_there_are_no_baselines() -> None:
    alone = {"bundle", "bundle without marker weights", "bundle before calibration"}
    assert {f.system for f in figures(held_out("outlets", "toy"))} == alone < SYSTEMS


def test_every_figure_has_an_interval_around_it_and_its_number_of_rows(measured: list[Figure]) -> None:
    bounded = [f for f in measured if f.metric != "ece"]
    assert all(f.estimate.low <= f.estimate.value <= f.estimate.high for f in bounded)
    sizes = {(f.rows, f.metric in {side.name for side in SIDES}): f.estimate.n for f in measured}
    assert sizes == {("toy", True): 80, ("toy", False): 90, ("other", True): 30, ("other", False): 30}


def test_systems_stand_in_the_order_that_the_data_were_made_for(measured: list[Figure]) -> None:
    order = ["majority", "markers alone", "bundle"]
    found = [value(measured, system, "auc") for system in order]
    assert found == sorted(found)
    assert found[0] == 0.5
    assert found[-1] > 0.9


def test_the_majority_calls_every_row_alike(measured: list[Figure]) -> None:
    assert value(measured, "majority", "macro_f1") <= 0.5


REFERENCE = Reference(
    name="US news articles",
    n=9876,
    quantiles={"loaded": np.linspace(0.0, 1.0, 101)},
    parts=[
        Part("outlets", "left", 1600, {"loaded": np.linspace(0.5, 0.9, 101)}),
        Part("years", "2012 to 2014", 400, {"loaded": np.linspace(0.0, 0.5, 101)}),
    ],
    about="A sample.",
)


def card(measured: list[Figure], reference: bool = True) -> Card:
    return Card(
        name="toy",
        version="1.2.3",
        axes=[Axis("loaded", "plain", "loaded", SHARE, "share", "d", "s")],
        data=[{"name": "toy", "rows": 1234, "licence": "CC0", "citation": "Us 2026", "sha256": "ab" * 32}],
        recipe={"epochs": 4, "axes": ("loaded",)},
        figures=measured,
        calibrations={"loaded": Calibration(0.51, -0.25, np.array([0.75, 0.0]))},
        lexicons=["slurs", "idle"],
        agreement={"loaded": {"mean": 0.0123, "largest": 0.0456}},
        reference=REFERENCE if reference else None,
        limits=("Only toys.", "Never for people."),
    )


def test_a_card_holds_every_figure_with_its_interval(measured: list[Figure]) -> None:
    shown = render(card(measured))
    assert len(measured) == 65
    assert not [f for f in measured if str(f.estimate) not in shown]
    assert {line.split("|")[3].strip() for line in shown.splitlines() if "[" in line and line[0] == "|"} == SYSTEMS


@pytest.mark.parametrize(
    "words",
    [
        "# Bundle `toy` 1.2.3",
        "CC BY-NC-SA 4.0",
        "| toy | 1,234 | CC0 | Us 2026 | abababababab |",
        "epochs 4",
        "scale 0.51, offset -0.25; weights: slurs +0.75",
        "| loaded | 0.0123 | 0.046 |",
        "9,876 US news articles. A sample.",
        "±4.1 is noise",  # 1.645 standard errors of a median of 400
        "| axis | left (1,600) | 2012 to 2014 (400) |",
        "| loaded | 70 | 25 |",
        "- Only toys.",
        "- Never for people.",
        "no article on both sides",
    ],
)
def test_a_card_says_what_it_rests_on(measured: list[Figure], words: str) -> None:
    assert words in render(card(measured))


def test_every_table_of_a_card_has_cells_for_its_columns(measured: list[Figure]) -> None:
    lines = [line for line in render(card(measured)).splitlines() if line.startswith("|")]
    assert {line.count("|") - 1 for line in lines} == {5, 7, 8, 3}


def test_a_card_without_a_reference_corpus_does_not_name_one(measured: list[Figure]) -> None:
    assert "Reference corpus" not in render(card(measured, reference=False))


def test_a_figure_is_plain_data(measured: list[Figure]) -> None:
    keys = {"axis", "rows", "held_out", "system", "metric", "value", "low", "high", "n", "random_state"}
    assert set(measured[0].to_dict()) == keys
