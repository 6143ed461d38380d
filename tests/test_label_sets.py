"""Label sets: they hold the label as often as they say, on rows held out, and travel from training to every report."""

import io
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fakes import AXES, REFERENCE, bipolar_score, fake_score
from rich.console import Console

from framing.errors import UsageError
from framing.evaluation.folds import grouped_folds
from framing.label_sets import NO_YES, LabelSets, members, nearness
from framing.report import markdown, phrases, records, tables, terminal
from framing.report.html import render as as_page
from framing.scores import ArticleScore
from framing.training.label_sets import COVERAGE, SIZE, Said, cross_conformal, label_sets, measured, of_axis, said

THREE = ("left", "center", "right")


def binary(n: int = 1500, share: float = 0.3, random_state: int = 0) -> Said:
    """What a calibrated head says of rows of which a `share` is labelled yes."""
    generator = np.random.default_rng(random_state)
    logits = generator.normal(np.log(share / (1 - share)), 1.5, n)
    values = 1 / (1 + np.exp(-logits))
    groups = [f"outlet {index // 5}" for index in range(n)]
    targets = (generator.random(n) < values).astype(float)
    return said(NO_YES, values, targets, groups, grouped_folds(groups, 5, 0))


@pytest.mark.parametrize("share", [0.5, 0.1], ids=["even classes", "one in ten"])
def test_sets_hold_the_label_nine_times_in_ten_whichever_it_is(share: float) -> None:
    found = binary(share=share)
    figures = dict(measured(found, cross_conformal(found)))
    assert 0.87 <= figures[COVERAGE].value <= 0.93
    assert all(0.83 <= figures[f"{COVERAGE} of {label}"].value <= 0.97 for label in NO_YES)
    assert 1.0 < figures[SIZE].value < 2.0


def test_sets_of_three_classes_by_their_probabilities_hold_the_label_too() -> None:
    generator = np.random.default_rng(1)
    chances = generator.dirichlet((0.6, 0.4, 0.6), 1500)
    truth = np.array([generator.choice(3, p=row) for row in chances])
    every = np.ones(1500, dtype=bool)
    found = Said(THREE, chances, truth, list(range(1500)), grouped_folds(range(1500), 5, 0), every)
    figures = dict(measured(found, cross_conformal(found)))
    assert 0.87 <= figures[COVERAGE].value <= 0.93
    assert all(0.84 <= figures[f"{COVERAGE} of {label}"].value <= 0.96 for label in THREE)


def test_a_row_is_not_judged_by_thresholds_that_it_made_itself() -> None:
    found = binary(200)
    last = found.folds == 4
    changed = replace(found, truth=np.where(last, 1 - found.truth, found.truth))
    assert np.array_equal(cross_conformal(found)[last], cross_conformal(changed)[last])
    assert not np.array_equal(cross_conformal(found)[~last], cross_conformal(changed)[~last])


def test_sets_hold_the_labels_of_the_rows_that_rule_whatever_the_others_are_labelled() -> None:
    right, wrong = binary(1500), binary(1500, random_state=1)
    both = Said(
        NO_YES,
        np.concatenate([right.conformity, wrong.conformity]),
        np.concatenate([right.truth, 1 - wrong.truth]),
        [*right.groups, *wrong.groups],
        np.concatenate([right.folds, wrong.folds]),
        np.arange(3000) < 1500,
    )
    sets = cross_conformal(both)
    assert np.array_equal(sets[:1500], cross_conformal(right))
    assert 0.87 <= dict(measured(both.taken(both.rules), sets[:1500]))[COVERAGE].value <= 0.93
    assert dict(measured(both.taken(~both.rules), sets[1500:]))[COVERAGE].value < 0.8


def test_where_no_row_rules_all_do() -> None:
    found = binary(60)
    values = found.conformity[:, 1]
    none = said(NO_YES, values, found.truth.astype(float), found.groups, found.folds, np.zeros(60, dtype=bool))
    assert none.rules.all()


def test_a_label_of_too_few_rows_is_in_every_set() -> None:
    found = binary(60)
    few = replace(found, truth=(np.arange(60) < 8).astype(np.int64))
    sets = label_sets(few)
    assert sets.least["yes"] == 0.0
    assert all("yes" in sets.of(value) for value in (0.0, 0.5, 1.0))


def test_a_set_is_never_empty() -> None:
    assert members(nearness(np.array([0.5, 0.6]), 2), np.array([0.9, 0.9])).sum(axis=1).tolist() == [2, 1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.05, ("left",)), (0.3, ("left", "center")), (0.5, ("center",)), (0.7, ("center", "right")), (1.0, ("right",))],
)
def test_ordered_classes_near_a_value_are_in_its_set(value: float, expected: tuple[str, ...]) -> None:
    assert LabelSets(0.9, dict.fromkeys(THREE, 0.65)).of(value) == expected


def test_figures_are_given_of_all_rows_and_of_each_source() -> None:
    found = binary(300)
    sources = ["a" if index < 200 else "b" for index in range(300)]
    sets = of_axis("partisan", found, sources)
    n = {figure.rows: figure.estimate.n for figure in sets.figures if figure.metric == COVERAGE}
    assert n == {"all": 300, "a": 200, "b": 100}
    assert sets.kept == label_sets(found)


def test_sets_are_read_as_they_were_written() -> None:
    sets = label_sets(binary(300))
    assert LabelSets.from_dict(json.loads(json.dumps(sets.to_dict()))) == sets


@pytest.mark.parametrize("data", [{"level": 0.9, "least": [["no", 0.2]]}, {"level": 2, "least": [["a", 0], ["b", 0]]}])
def test_sets_that_cannot_be_are_refused(data: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="label sets: need two labels"):
        LabelSets.from_dict(data)


def with_set(*labels: str) -> ArticleScore:
    score = fake_score()
    return replace(score, axes={**score.axes, "loaded": replace(score.axes["loaded"], label_set=labels)})


def test_every_format_says_which_labels_are_left_open() -> None:
    score, file = with_set("no", "yes"), io.StringIO()
    terminal.print_score(Console(file=file, width=100), score, AXES, REFERENCE)
    words = "90 % set: no or yes, cannot be told apart"
    for shown in (file.getvalue(), markdown.render(score, AXES, REFERENCE), as_page([score], AXES, REFERENCE)):
        assert words in shown
    assert records.record(score)["axes"]["loaded"]["label_set"] == ["no", "yes"]
    assert tables.rows(score)["loaded_set"] == "no or yes"


def test_one_label_is_named_and_no_set_is_nothing() -> None:
    assert phrases.label_set(with_set("yes").axes["loaded"]) == "90 % set: yes"
    assert phrases.label_set(bipolar_score().axes["leaning"]) is None
    assert records.record(bipolar_score())["axes"]["leaning"]["label_set"] is None
    assert tables.rows(bipolar_score())["leaning_set"] is None
