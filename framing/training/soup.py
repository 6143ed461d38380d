"""Models made of others: the mean of several, better than each of them (Wortsman et al. 2022), and parts put back."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import torch

from framing.training.finetune import Tuned


@torch.no_grad()
def mean_of(models: Sequence[Tuned], shares: Sequence[float]) -> Tuned:
    """The model whose weights are the means of those of `models`, `shares` of them each; the recipe is the first's."""
    states = [tuned.model.state_dict() for tuned in models]
    weights = {
        name: sum(share * state[name] for share, state in zip(shares, states, strict=True)) for name in states[0]
    }
    model = deepcopy(models[0].model)
    model.load_state_dict(weights)
    return replace(models[0], model=model)


def with_parts_of(tuned: Tuned, other: Tuned, parts: Sequence[str]) -> Tuned:
    """The model with some of its parts, by their names in it, as `other` has them."""
    model = deepcopy(tuned.model)
    for part in parts:
        model.get_submodule(part).load_state_dict(other.model.get_submodule(part).state_dict())
    return replace(tuned, model=model)
