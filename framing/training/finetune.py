"""Fine-tunes the encoder on all axes at once; rows lack some labels, and a missing label costs nothing."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from transformers import PreTrainedTokenizerBase, get_linear_schedule_with_warmup

from framing.neural.torch_encoder import BASE, SentenceModel, load_encoder, load_tokenizer, pooled
from framing.training.rows import Row
from framing.types import Floats

WORDS = "loaded_words"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, besides rows and machine. Chosen in docs/experiments.md."""

    axes: tuple[str, ...] = ("loaded", "opinion")
    base: str = BASE
    epochs: int = 4
    batch_size: int = 32
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    weight_decay: float = 0.01
    label_smoothing: float = 0.05
    word_weight: float = 0.5
    max_tokens: int = 192
    random_state: int = 0

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads on the token states: one an axis, and the loaded words."""
        return (*self.axes, WORDS)


@dataclass(frozen=True, slots=True)
class Tuned:
    """A fine-tuned model and its tokenizer."""

    model: SentenceModel
    tokenizer: PreTrainedTokenizerBase
    recipe: Recipe


def finetune(rows: Sequence[Row], recipe: Recipe) -> Tuned:
    """The encoder tuned on `rows`; the same rows, recipe and machine give the same weights."""
    _seed(recipe.random_state)
    tokenizer = load_tokenizer(recipe.base)
    model = SentenceModel(load_encoder(recipe.base), recipe.heads)
    optimiser = torch.optim.AdamW(_parameter_groups(model, recipe))
    n_steps = recipe.epochs * -(-len(rows) // recipe.batch_size)
    schedule = get_linear_schedule_with_warmup(  # type: ignore[no-untyped-call]
        optimiser, n_steps // 10, n_steps
    )
    model.train()
    for epoch in range(recipe.epochs):
        for batch_rows in shuffled_batches(rows, recipe.batch_size, recipe.random_state * 1000 + epoch):
            loss = _loss(model, collate(batch_rows, tokenizer, recipe), recipe)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
    return Tuned(model.eval(), tokenizer, recipe)


@torch.no_grad()
def logits(tuned: Tuned, rows: Sequence[Row], batch_size: int = 64) -> Floats:
    """Sentence logits, float32, shape (n_rows, n_axes), in the order of `rows`."""
    order = sorted(range(len(rows)), key=lambda index: len(rows[index].text))
    out = np.zeros((len(rows), len(tuned.recipe.axes)), dtype=np.float32)
    for start in range(0, len(rows), batch_size):
        chosen = order[start : start + batch_size]
        batch = collate([rows[index] for index in chosen], tuned.tokenizer, tuned.recipe)
        with torch.autocast("cpu", torch.bfloat16):
            token_logits = tuned.model(batch)
        out[chosen] = pooled(token_logits, batch["content"])[:, : len(tuned.recipe.axes)].numpy()
    return out


def shuffled_batches(rows: Sequence[Row], size: int, random_state: int) -> Iterator[list[Row]]:
    """Batches of rows of similar length, in random order: padding is most of the cost otherwise."""
    generator = random.Random(random_state)
    order = list(rows)
    generator.shuffle(order)
    pools = [order[start : start + 16 * size] for start in range(0, len(order), 16 * size)]
    ordered = [row for pool in pools for row in sorted(pool, key=lambda row: len(row.text))]
    batches = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    generator.shuffle(batches)
    yield from batches


def collate(rows: Sequence[Row], tokenizer: PreTrainedTokenizerBase, recipe: Recipe) -> dict[str, Tensor]:
    """A batch of tensors; `content` is 1 on tokens that stand for text, targets are NaN where a label is missing."""
    coded = tokenizer(
        [row.text for row in rows],
        truncation=True,
        max_length=recipe.max_tokens,
        padding=True,
        return_tensors="pt",
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
    )
    offsets = coded["offset_mapping"]
    targets = [[row.labels.get(axis, float("nan")) for axis in recipe.axes] for row in rows]
    return {
        "input_ids": coded["input_ids"],
        "attention_mask": coded["attention_mask"],
        "content": (1 - coded["special_tokens_mask"]) * coded["attention_mask"],
        "targets": torch.tensor(targets, dtype=torch.float32),
        "words": torch.stack([_word_targets(row, offsets[index]) for index, row in enumerate(rows)]),
    }


def _word_targets(row: Row, offsets: Tensor) -> Tensor:
    if row.words is None:
        return torch.full((len(offsets),), float("nan"))
    inside = torch.zeros(len(offsets))
    for span in row.words:
        inside[(offsets[:, 0] < span.stop) & (offsets[:, 1] > span.start)] = 1.0
    return inside


def _loss(model: SentenceModel, batch: dict[str, Tensor], recipe: Recipe) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        token_logits = model(batch)
    n_axes = len(recipe.axes)
    sentence = pooled(token_logits, batch["content"])[:, :n_axes]
    smooth = batch["targets"] * (1 - recipe.label_smoothing) + recipe.label_smoothing / 2
    loss = _masked_loss(sentence, smooth)
    words = torch.where(batch["content"] > 0, batch["words"], torch.nan)
    return loss + recipe.word_weight * _masked_loss(token_logits[..., n_axes], words)


def _masked_loss(predicted: Tensor, targets: Tensor) -> Tensor:
    known = ~torch.isnan(targets)
    if not known.any():
        return predicted.sum() * 0.0
    return functional.binary_cross_entropy_with_logits(predicted[known], targets[known])


def _parameter_groups(model: SentenceModel, recipe: Recipe) -> list[dict[str, object]]:
    decayed = [p for name, p in model.encoder.named_parameters() if p.ndim > 1]
    plain = [p for name, p in model.encoder.named_parameters() if p.ndim <= 1]
    return [
        {"params": decayed, "lr": recipe.learning_rate, "weight_decay": recipe.weight_decay},
        {"params": plain, "lr": recipe.learning_rate, "weight_decay": 0.0},
        {"params": list(model.head.parameters()), "lr": recipe.head_learning_rate, "weight_decay": 0.0},
    ]


def _seed(random_state: int) -> None:
    random.seed(random_state)
    np.random.seed(random_state)
    torch.manual_seed(random_state)
