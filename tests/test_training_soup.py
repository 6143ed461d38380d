"""The mean of models, parts put back, and floors that only rise."""

from pathlib import Path

import pytest
import torch
from tiny import recipe, toy_rows

from framing.training.finetune import Tuned, finetune
from framing.training.floors import raised
from framing.training.soup import mean_of, with_parts_of


@pytest.fixture(scope="module")
def pair(tiny_base: Path) -> tuple[Tuned, Tuned]:
    return finetune(toy_rows(), recipe(tiny_base, 1)), finetune(toy_rows(), recipe(tiny_base, 2))


def test_every_weight_is_the_weighted_mean(pair: tuple[Tuned, Tuned]) -> None:
    first, second = (tuned.model.state_dict() for tuned in pair)
    mean = mean_of(pair, [0.25, 0.75]).model.state_dict()
    assert any(not torch.equal(first[name], second[name]) for name in first)
    for name, weight in mean.items():
        torch.testing.assert_close(weight, 0.25 * first[name] + 0.75 * second[name])


def test_the_models_stay_as_they_are(pair: tuple[Tuned, Tuned]) -> None:
    before = {name: weight.clone() for name, weight in pair[0].model.state_dict().items()}
    mean = mean_of(pair, [0.5, 0.5])
    assert mean.recipe == pair[0].recipe
    assert not mean.model.training
    assert all(torch.equal(weight, before[name]) for name, weight in pair[0].model.state_dict().items())


def test_parts_are_put_back_and_all_else_stays(pair: tuple[Tuned, Tuned]) -> None:
    first, second = (tuned.model.state_dict() for tuned in pair)
    found = with_parts_of(pair[1], pair[0], ("head",)).model.state_dict()
    assert not torch.equal(first["head.weight"], second["head.weight"])
    assert all(torch.equal(one, (first if name.startswith("head.") else second)[name]) for name, one in found.items())
    assert all(torch.equal(one, second[name]) for name, one in pair[1].model.state_dict().items())


def metric(axis: str, rows: str, name: str, low: float, **other: str) -> dict[str, object]:
    given = {"axis": axis, "rows": rows, "metric": name, "system": "bundle", "held_out": "articles", "low": low}
    return given | other


def test_floors_rise_to_the_lower_end_of_the_interval_and_never_fall() -> None:
    floors = {"held_out": {"a/s/f1": 0.7, "b/s/f1": 0.7, "a/s/ece": 0.05}, "audit": {"difference": 0.1}}
    metrics = [
        metric("a", "s", "f1", 0.789),
        metric("a", "s", "f1", 0.95, held_out="outlets"),
        metric("a", "s", "f1", 0.96, system="majority"),
        metric("b", "s", "f1", 0.61),
        metric("a", "s", "ece", 0.3),
    ]
    assert raised(floors, metrics) == {**floors, "held_out": {"a/s/f1": 0.78, "b/s/f1": 0.7, "a/s/ece": 0.05}}


def test_names_have_a_floor_although_outlets_are_held_out() -> None:
    found = raised({"mentions": {"names/names/f1": 0.7}}, [metric("names", "names", "f1", 0.8, held_out="outlets")])
    assert found == {"mentions": {"names/names/f1": 0.8}}
