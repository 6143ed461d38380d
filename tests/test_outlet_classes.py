"""Chances of classes of outlets: what decides them, where they are told, and that they are shown."""

import io
from dataclasses import replace

import numpy as np
import pytest
from fakes import AXES, LEANING, REFERENCE, bipolar_score
from rich.console import Console

from framing.article import Document
from framing.bundle import load_bundle
from framing.config import default_bundle
from framing.errors import UsageError
from framing.outlet_classes import OutletClasses
from framing.report import markdown, phrases, records, terminal
from framing.report.html import render as as_page
from framing.scorer import Scorer
from framing.text import article_of

LABELS = ("left", "center", "right")
CLASSES = OutletClasses(LABELS, ("leaning", "partisan"), np.array([[-1.0, 0.5], [0.0, -1.0], [1.0, 0.5]]), np.zeros(3))
TEXT = " ".join(["The minister shamed the council again, and the council's radical friends cheered the betrayal."] * 12)


def test_the_center_is_told_by_taking_no_side_and_the_sides_by_the_axis() -> None:
    called = {
        name: max(chances, key=chances.__getitem__)
        for name, chances in {
            "left": CLASSES.chances({"leaning": -2.0, "partisan": 2.0}),
            "center": CLASSES.chances({"leaning": 0.3, "partisan": -3.0}),
            "right": CLASSES.chances({"leaning": 2.0, "partisan": 2.0}),
        }.items()
    }
    assert called == {name: name for name in LABELS}


def test_chances_add_up_to_one_however_far_the_log_odds() -> None:
    found = CLASSES.many(np.array([[0.0, 0.0], [900.0, -900.0], [-900.0, 900.0]]))
    assert found.sum(axis=1) == pytest.approx(1)
    assert found[0] == pytest.approx(1 / 3)


def test_they_are_read_as_they_were_written() -> None:
    again = OutletClasses.from_dict(CLASSES.to_dict())
    assert again.to_dict() == CLASSES.to_dict()


@pytest.mark.parametrize(("weights", "biases"), [(np.zeros((3, 1)), np.zeros(3)), (np.zeros((3, 2)), np.zeros(2))])
def test_weights_that_do_not_fit_are_refused(weights: np.ndarray, biases: np.ndarray) -> None:
    with pytest.raises(UsageError, match="classes of outlets: labels, axes and weights do not fit"):
        OutletClasses(LABELS, ("leaning", "partisan"), weights, biases)


def test_an_article_has_them_by_its_own_log_odds_and_one_without_a_value_has_none() -> None:
    scorer = Scorer(replace(load_bundle(default_bundle()), outlet_classes=CLASSES))
    axes = scorer.score(article_of(Document("a", TEXT))).axes
    assert axes["leaning"].outlet_chances == CLASSES.chances({name: axes[name].raw for name in CLASSES.axes})
    assert not axes["partisan"].outlet_chances
    short = scorer.score(article_of(Document("a", "The council met on Monday. It will meet again."), force=True)).axes
    assert short["leaning"].why_null
    assert not short["leaning"].outlet_chances


def test_a_bundle_without_them_tells_none() -> None:
    scorer = Scorer(replace(load_bundle(default_bundle()), outlet_classes=None))
    assert not scorer.score(article_of(Document("a", TEXT))).axes["leaning"].outlet_chances


def test_every_format_shows_them() -> None:
    plain, axes = bipolar_score(), {**AXES, "leaning": LEANING}
    told = replace(plain.axes["leaning"], outlet_chances={"left": 0.2, "center": 0.55, "right": 0.25})
    score, file = replace(plain, axes={**plain.axes, "leaning": told}), io.StringIO()
    terminal.print_score(Console(file=file, width=100), score, axes, REFERENCE)
    words = "outlet it reads like: left 20 %, center 55 %, right 25 %"
    for shown in (file.getvalue(), markdown.render(score, axes, REFERENCE), as_page([score], axes, REFERENCE)):
        assert words in shown
    assert records.record(score)["axes"]["leaning"]["outlet_chances"] == dict(told.outlet_chances)
    assert phrases.outlet_chances(plain.axes["leaning"]) is None
    assert records.record(plain)["axes"]["leaning"]["outlet_chances"] == {}
