"""Fine-tunes the encoder on all tasks at once; rows lack most labels, and a missing label costs nothing."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase, get_linear_schedule_with_warmup

from framing.neural.torch_encoder import BASE, FramingModel, load_encoder, load_tokenizer
from framing.training.collate import collate, shuffled_batches
from framing.training.losses import loss
from framing.training.rows import Row
from framing.training.swaps import pool_of, swapped
from framing.types import Floats

WORDS = "loaded_words"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, besides rows, start and machine. Chosen in docs/experiments.md.

    Attributes
    ----------
    passes : how often the rows of each source are seen; 0.5 is a random half of them. A source not named is not.
    spread : sources of fewer passes than the most are seen a little in each turn, not wholly in the first turns.
    swaps : the share of rows with judged mentions whose names are swapped, anew each time they are seen.
    average : the weights are the mean over this last share of the steps, which is a little better than the last ones.
    """

    axes: tuple[str, ...] = ("loaded", "opinion")
    base: str = BASE
    passes: tuple[tuple[str, float], ...] = (("babe", 4.0), ("subjectivity", 4.0))
    batch_size: int = 32
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    weight_decay: float = 0.01
    label_smoothing: float = 0.05
    word_weight: float = 0.5
    spread: bool = False
    swaps: float = 0.0
    average: float = 0.0
    max_tokens: int = 192
    random_state: int = 0

    @property
    def heads(self) -> tuple[str, ...]:
        """The linear heads on the token states: one an axis, and the loaded words."""
        return (*self.axes, WORDS)


@dataclass(frozen=True, slots=True)
class Tuned:
    """A fine-tuned model and its tokenizer."""

    model: FramingModel
    tokenizer: PreTrainedTokenizerBase
    recipe: Recipe


def finetune(rows: Sequence[Row], recipe: Recipe, start: Mapping[str, Tensor] | None = None) -> Tuned:
    """The encoder tuned on `rows`; the same rows, recipe, start and machine give the same weights.

    `start` are the weights of an earlier stage, the base encoder's when left out.
    """
    seed(recipe.random_state)
    tokenizer = load_tokenizer(recipe.base)
    model = FramingModel(load_encoder(recipe.base), recipe.heads)
    if start is not None:
        model.load_state_dict(start)
    batches = list(_batches(rows, recipe))
    _optimise(
        model, (collate(batch, tokenizer, recipe.axes, recipe.max_tokens) for batch in batches), len(batches), recipe
    )
    return Tuned(model.eval(), tokenizer, recipe)


def _optimise(model: FramingModel, batches: Iterator[dict[str, Tensor]], n_steps: int, recipe: Recipe) -> None:
    optimiser = torch.optim.AdamW(_parameter_groups(model, recipe), fused=True)
    schedule = get_linear_schedule_with_warmup(  # type: ignore[no-untyped-call]
        optimiser, n_steps // 10, n_steps
    )
    mean = torch.optim.swa_utils.AveragedModel(model) if recipe.average else None
    model.train()
    for step, batch in enumerate(batches):
        loss(model, batch, recipe.label_smoothing, recipe.word_weight).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        if mean is not None and step >= n_steps * (1 - recipe.average) and step % 10 == 0:
            mean.update_parameters(model)
    if mean is not None:
        model.load_state_dict(mean.module.state_dict())


def _batches(rows: Sequence[Row], recipe: Recipe) -> Iterator[list[Row]]:
    """The batches of the whole training, in as many turns as the most seen source has passes."""
    passes = dict(recipe.passes)
    pool = pool_of(rows) if recipe.swaps else ()
    n_turns = int(np.ceil(max(passes.values())))
    for turn in range(n_turns):
        state = recipe.random_state * 1000 + turn
        generator = random.Random(state)
        share = {source: n / n_turns if recipe.spread else n - turn for source, n in passes.items()}
        chosen = [row for row in rows if generator.random() < share.get(row.source, 0.0)]
        if pool:
            chosen = [_augmented(row, pool, recipe.swaps, generator) for row in chosen]
        yield from shuffled_batches(chosen, recipe.batch_size, state)


def _augmented(row: Row, pool: Sequence[str], share: float, generator: random.Random) -> Row:
    return swapped(row, pool, generator) if row.targets and generator.random() < share else row


@torch.no_grad()
def logits(tuned: Tuned, rows: Sequence[Row], batch_size: int = 64) -> Floats:
    """Sentence logits, float32, shape (n_rows, n_axes), in the order of `rows`."""
    order = sorted(range(len(rows)), key=lambda index: len(rows[index].text))
    axes = tuned.recipe.axes
    out = np.zeros((len(rows), len(axes)), dtype=np.float32)
    for start in range(0, len(rows), batch_size):
        chosen = order[start : start + batch_size]
        batch = collate([rows[index] for index in chosen], tuned.tokenizer, axes, tuned.recipe.max_tokens)
        with torch.autocast("cpu", torch.bfloat16):
            sentences, _ = tuned.model.sentences(tuned.model(batch), batch["content"])
        out[chosen] = sentences[:, : len(axes)].float().numpy()
    return out


def _parameter_groups(model: FramingModel, recipe: Recipe) -> list[dict[str, object]]:
    tuned = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    decayed = [parameter for parameter in tuned if parameter.ndim > 1]
    plain = [parameter for parameter in tuned if parameter.ndim <= 1]
    heads = [*model.head.parameters(), *model.name.parameters(), *model.target.parameters()]
    return [
        {"params": decayed, "lr": recipe.learning_rate, "weight_decay": recipe.weight_decay},
        {"params": plain, "lr": recipe.learning_rate, "weight_decay": 0.0},
        {"params": heads, "lr": recipe.head_learning_rate, "weight_decay": 0.0},
    ]


def seed(random_state: int) -> None:
    """Seeds every generator that training draws from."""
    random.seed(random_state)
    np.random.seed(random_state)
    torch.manual_seed(random_state)
