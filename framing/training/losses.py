"""What a batch costs: each task's loss over the labels that are there; a missing label costs nothing."""

import torch
from torch import Tensor
from torch.nn import functional

from framing.neural.torch_encoder import FramingModel
from framing.training.collate import UNKNOWN


def loss(model: FramingModel, batch: dict[str, Tensor], smoothing: float, word_weight: float) -> Tensor:
    """The sum of the losses of sentence axes, loaded words, names, stance and roles, a scalar."""
    with torch.autocast(batch["input_ids"].device.type, torch.bfloat16):
        states = model(batch)
        sentences, tokens = model.sentences(states, batch["content"])
        parts = [_sentence_loss(sentences, tokens, batch, smoothing, word_weight)]
        if (batch["tags"] != UNKNOWN).any():
            parts.append(_name_loss(model, states, batch))
        if len(batch["mention_rows"]):
            parts.append(_target_loss(model, states, batch, smoothing))
    return torch.stack(parts).sum()


def _sentence_loss(
    sentences: Tensor, tokens: Tensor, batch: dict[str, Tensor], smoothing: float, word_weight: float
) -> Tensor:
    n_axes = batch["targets"].shape[1]
    total = masked_loss(sentences[:, :n_axes], _smooth(batch["targets"], smoothing, 2))
    if tokens.shape[-1] > n_axes:
        words = torch.where(batch["content"] > 0, batch["words"], torch.nan)
        total = total + word_weight * masked_loss(tokens[..., n_axes], words)
    return total


def _name_loss(model: FramingModel, states: Tensor, batch: dict[str, Tensor]) -> Tensor:
    logits = model.name(model.dropout(states), batch["shapes"]).float()
    return functional.cross_entropy(logits.flatten(0, 1), batch["tags"].flatten(), ignore_index=UNKNOWN)


def _target_loss(model: FramingModel, states: Tensor, batch: dict[str, Tensor], smoothing: float) -> Tensor:
    logits = model.target(states, batch["content"], batch["mention_rows"], batch["mention_spans"])
    stance = batch["stance"]
    known = ~torch.isnan(stance[:, 0])
    total = masked_loss(logits[:, stance.shape[1] :], batch["roles"])
    if known.any():
        total = total + functional.cross_entropy(logits[known, : stance.shape[1]], _smooth(stance[known], smoothing, 3))
    return total


def _smooth(targets: Tensor, smoothing: float, n_classes: int) -> Tensor:
    return targets * (1 - smoothing) + smoothing / n_classes


def masked_loss(predicted: Tensor, targets: Tensor) -> Tensor:
    """Mean log loss over the targets that are not NaN; 0, with a gradient, when all are."""
    known = ~torch.isnan(targets)
    if not known.any():
        return predicted.sum() * 0.0
    return functional.binary_cross_entropy_with_logits(predicted[known].float(), targets[known])
