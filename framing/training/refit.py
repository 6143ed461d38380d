"""Heads for names and mentions, trained on by themselves on the states of the encoder that ships.

Averaging models and rounding to int8 moves the states from where the heads learnt to read them.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import torch
from torch import Tensor

from framing.neural.encoder import Encoder
from framing.training.averages import Mean, copy_into
from framing.training.collate import Coder
from framing.training.finetune import Tuned, seed
from framing.training.loop import MEAN_EVERY, share_of_rate
from framing.training.losses import known, of_states
from framing.training.recipe import Recipe
from framing.training.rows import Row
from framing.training.steps import Steps


def refit(tuned: Tuned, encoder: Encoder, rows: Sequence[Row], recipe: Recipe) -> Tuned:
    """The model with heads for names and mentions that were trained on by what `encoder` makes of `rows`.

    Nothing else is changed. Of the recipe, the passes, sizes, augmentation and weights of tasks count, and the heads'
    learning rate.
    """
    seed(recipe.random_state)
    model = deepcopy(tuned.model).train()
    heads = {name: one for name, one in model.named_parameters() if name.startswith(("name.", "target."))}
    optimiser = torch.optim.AdamW(heads.values(), lr=recipe.head_learning_rate, weight_decay=0.0)
    steps, mean = Steps([replace(row, labels={}, words=None) for row in rows], recipe), Mean()
    for step in steps:
        optimiser.param_groups[0]["lr"] = recipe.head_learning_rate * share_of_rate(step.number - 1, len(steps))
        states, batch = read(encoder, tuned.coder, steps.rows(step))
        of_states(model, states, batch, known(batch).float(), recipe).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(heads.values(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if step.number >= len(steps) * (1 - recipe.average) and step.number % MEAN_EVERY == 0:
            mean.add(heads)
    if mean.n:
        copy_into(heads, mean.tensors)
    return replace(tuned, model=model.eval())


def read(encoder: Encoder, coder: Coder, rows: Sequence[Row]) -> tuple[Tensor, dict[str, Tensor]]:
    """What the encoder makes of rows without passages, shape (n_rows, n_tokens, width), and their batch.

    States of special tokens and padding are 0: the heads do not look at them.
    """
    batch = coder.batch(rows)
    found = encoder.encode([row.text for row in rows])
    states = torch.zeros(*batch["content"].shape, found[0].states.shape[1])
    for line, one in zip(states, found, strict=True):
        line[1 : len(one.states) + 1] = torch.from_numpy(one.states)
    return states, batch
