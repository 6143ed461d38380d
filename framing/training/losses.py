"""What a step costs: each task's loss over the labels that are there; a missing label costs nothing.

A step may be read in pieces, and by several processes. Each loss is therefore a sum over what is known, divided by how
much is known in the whole step, so that the cutting changes nothing.
"""

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional

from framing.neural.torch_encoder import FramingModel, row_logits
from framing.training.collate import UNKNOWN
from framing.training.recipe import Recipe

TASKS = ("axes", "words", "names", "stance", "roles")
Batch = Mapping[str, Tensor]


def known(batch: Batch) -> Tensor:
    """How much a batch has to say of each task, float64, shape (n_tasks,): the weight of its labels.

    Of the axes it is the weight of the rows that have a label on any, so that an axis counts as much in a row with
    many labels as in one with few.
    """
    axes = (batch["weights"] * (~torch.isnan(batch["targets"])).any(1)).sum()
    words = (~torch.isnan(batch["words"]) & (batch["content"] > 0)).sum()
    names = (batch["tags"] != UNKNOWN).sum()
    stance, roles = (~torch.isnan(batch["stance"][:, 0])).sum(), (~torch.isnan(batch["roles"])).sum()
    return torch.stack([part.double() for part in (axes, words, names, stance, roles)])


def losses(model: FramingModel, batch: Batch, divisors: Tensor, recipe: Recipe) -> Tensor:
    """The loss of each task, shape (n_tasks,), weighted as the recipe has it; their sum is what is trained on.

    `divisors`, shape (n_tasks,), is what `known` gives, added up over all pieces of the step.
    """
    with model.mixed():
        return _of_states(model, model(batch), batch, divisors, recipe)


def _of_states(model: FramingModel, states: Tensor, batch: Batch, divisors: Tensor, recipe: Recipe) -> Tensor:
    """The same, of the token states, shape (n_passages, n_tokens, width)."""
    axes, words, names, stance, roles = torch.where(divisors > 0, divisors, 1.0)
    passages, tokens = model.sentences(states, batch["content"])
    zero = states.new_zeros(())
    parts = [_axes_loss(passages, batch, recipe) / axes, zero, zero, zero, zero]
    if tokens.shape[-1] > len(recipe.axes):
        marked = torch.where(batch["content"] > 0, batch["words"], torch.nan)
        parts[1] = recipe.word_weight * masked_loss(tokens[..., len(recipe.axes)], marked) / words
    if (batch["tags"] != UNKNOWN).any():
        parts[2] = _name_loss(model, states, batch) / names
    if len(batch["mention_rows"]):
        judged = model.target(states, batch["content"], batch["mention_rows"], batch["mention_spans"])
        parts[3] = _stance_loss(judged, batch["stance"], recipe.label_smoothing) / stance
        parts[4] = masked_loss(judged[:, batch["stance"].shape[1] :], batch["roles"]) / roles
    weights = dict(recipe.task_weights)
    return torch.stack([part.float() * weights.get(task, 1.0) for task, part in zip(TASKS, parts, strict=True)])


def _axes_loss(passages: Tensor, batch: Batch, recipe: Recipe) -> Tensor:
    predicted = row_logits(passages[:, : len(recipe.axes)], batch)
    costs = _of_axes(recipe.positive_weights, recipe, predicted)
    weights = batch["weights"].unsqueeze(1) * _of_axes(recipe.axis_weights, recipe, predicted)
    return masked_loss(predicted, _smooth(batch["targets"], recipe.label_smoothing, 2), weights, costs)


def _of_axes(weights: tuple[tuple[str, float], ...], recipe: Recipe, like: Tensor) -> Tensor:
    """What each axis counts, shape (n_axes,)."""
    named = dict(weights)
    return like.new_tensor([named.get(axis, 1.0) for axis in recipe.axes], dtype=torch.float32)


def _name_loss(model: FramingModel, states: Tensor, batch: Batch) -> Tensor:
    logits = model.name(model.dropout(states), batch["shapes"]).float()
    return functional.cross_entropy(
        logits.flatten(0, 1), batch["tags"].flatten(), ignore_index=UNKNOWN, reduction="sum"
    )


def _stance_loss(judged: Tensor, stance: Tensor, smoothing: float) -> Tensor:
    there = ~torch.isnan(stance[:, 0])
    wanted = _smooth(stance[there], smoothing, 3)
    return functional.cross_entropy(judged[there, : stance.shape[1]], wanted, reduction="sum")


def _smooth(targets: Tensor, smoothing: float, n_classes: int) -> Tensor:
    return targets * (1 - smoothing) + smoothing / n_classes


def masked_loss(
    predicted: Tensor, targets: Tensor, weights: Tensor | None = None, positive: Tensor | None = None
) -> Tensor:
    """Log loss summed over the targets that are not NaN; 0, with a gradient, when all are.

    `weights`, of the same shape, count each; `positive`, shape (n_columns,), is what a 1 costs against a 0.
    """
    there = ~torch.isnan(targets)
    chosen = None if weights is None else weights[there]
    costs = None if positive is None else positive.expand_as(targets)[there]
    return functional.binary_cross_entropy_with_logits(
        predicted[there].float(), targets[there], chosen, pos_weight=costs, reduction="sum"
    )
