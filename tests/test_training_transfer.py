"""Sentence axes on another source: what carries over is shown, what does not is shown too, one source shows nothing."""

from dataclasses import replace

import numpy as np
import pytest

from framing.article_head import STANCE_FEATURES
from framing.axes import SHARE, Axis
from framing.training.figures import Figure
from framing.training.rows import Row
from framing.training.states import Features
from framing.training.transfer import OTHER_SET, transfer

OPINION = Axis("opinion", "reporting", "opinion", SHARE, "u", "d", "s")
N = 160


def data(same: bool) -> tuple[list[Row], Features]:
    """Rows of two sources, labelled by one and the same state, or by two that have nothing to do with each other."""
    generator = np.random.default_rng(0)
    states = generator.normal(size=(2 * N, 6)).astype(np.float32)
    decides = np.where(np.arange(2 * N) < N, states[:, 0], states[:, 0 if same else 1])
    labels = (2 * decides + generator.logistic(size=2 * N) > 0).astype(float)
    rows = [
        Row(f"r{index}", f"text {index}", f"a{index // 4}", "babe" if index < N else "subjectivity", {"opinion": label})
        for index, label in enumerate(labels.tolist())
    ]
    return rows, Features(
        states, np.zeros((2 * N, 0)), np.zeros((2 * N, len(STANCE_FEATURES))), np.zeros((2 * N, 0)), {}
    )


def aucs(figures: list[Figure]) -> dict[tuple[str, str], float]:
    assert {one.held_out for one in figures} == {OTHER_SET}
    return {(one.system, one.rows): one.estimate.value for one in figures if one.metric == "auc"}


@pytest.mark.parametrize("same", [True, False], ids=["the same thing", "two things"])
def test_heads_of_one_source_are_asked_about_the_other_and_out_of_fold_about_their_own(same: bool) -> None:
    found = aucs(list(transfer(*data(same), OPINION, ())))
    own = {("trained on babe alone, other articles", "babe"), ("trained on babe alone", "subjectivity")}
    assert own < set(found)
    assert len(found) == 4
    for (system, _), value in found.items():
        carries = same or system.endswith("other articles")
        assert (value > 0.75) if carries else (0.35 < value < 0.65)


def test_an_axis_of_one_source_has_nothing_to_carry_over_to() -> None:
    rows, features = data(True)
    assert not list(transfer([replace(row, source="babe") for row in rows], features, OPINION, ()))
