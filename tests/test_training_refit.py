"""Heads for names and mentions trained on by themselves: on the states of another encoder, and nothing else moves."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny import recipe

from framing.article import Span
from framing.neural.encoder import TokenStates
from framing.training.finetune import Tuned, finetune
from framing.training.refit import read, refit
from framing.training.rows import Named, Row, Target

FOR, AGAINST = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)
_HEADS = ("name.", "target.")


class Moved:
    """An encoder whose states are those of a model, turned round: what its heads have learnt is of no use."""

    def __init__(self, tuned: Tuned):
        self.tuned = tuned

    @torch.no_grad()
    def encode(self, texts: Sequence[str]) -> list[TokenStates]:
        batch = self.tuned.coder.batch([Row(text, text, text, "toy", {}) for text in texts])
        found = self.tuned.model(batch)
        return [
            TokenStates(-states[inside > 0].numpy(), np.zeros((int(inside.sum()), 2), dtype=np.int64))
            for states, inside in zip(found, batch["content"], strict=True)
        ]


def rows() -> list[Row]:
    """The first name is shown badly after "shame" and well after "plan"; it is a person, the river a place."""
    out = []
    for index in range(80):
        word, stance = ("shame", AGAINST) if index % 2 else ("plan", FOR)
        text = f"{word} Mayor voted River {index % 5}"
        person, place = (Span(text.index(name), text.index(name) + len(name)) for name in ("Mayor", "River"))
        named = (Named(person, "PER"), Named(place, "LOC")) if index % 4 > 1 else None
        out.append(Row(f"{index}", text, "g", "toy", {"loaded": 0.0}, names=named, targets=(Target(person, stance),)))
    return out


@pytest.fixture(scope="module")
def tuned(tiny_base: Path) -> Tuned:
    return finetune(rows(), recipe(tiny_base, epochs=4))


def right(tuned: Tuned, encoder: Moved) -> float:
    """The share of mentions whose stance is called as labelled."""
    states, batch = read(encoder, tuned.coder, rows())  # type: ignore[arg-type]
    with torch.no_grad():
        found = tuned.model.target(states, batch["content"], batch["mention_rows"], batch["mention_spans"])
    return float((found[:, :3].argmax(1) == batch["stance"].argmax(1)).float().mean())


def test_heads_learn_to_read_the_states_of_the_encoder_that_ships_and_nothing_else_changes(tuned: Tuned) -> None:
    encoder, before = Moved(tuned), {name: one.clone() for name, one in tuned.model.state_dict().items()}
    new = refit(tuned, encoder, rows(), replace(tuned.recipe, passes=(("toy", 20.0),), average=0.3))  # type: ignore[arg-type]
    assert right(tuned, encoder) < 0.8 < 0.95 < right(new, encoder)
    changed = {name for name, one in new.model.state_dict().items() if not torch.equal(one, before[name])}
    assert changed
    assert all(name.startswith(_HEADS) for name in changed)
    assert all(torch.equal(one, before[name]) for name, one in tuned.model.state_dict().items())


def test_states_stand_at_the_tokens_they_are_of(tuned: Tuned) -> None:
    states, batch = read(Moved(tuned), tuned.coder, rows()[:3])  # type: ignore[arg-type]
    assert torch.equal(states.abs().sum(-1) > 0, batch["content"] > 0)
