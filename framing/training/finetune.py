"""Fine-tunes the encoder on all tasks at once; rows lack most labels, and a missing label costs nothing."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from framing.config import shipped
from framing.neural.torch_encoder import FramingModel, load_encoder, load_tokenizer, row_logits, window_of
from framing.training.adapt import read_into
from framing.training.collate import Coder
from framing.training.loop import Course, train
from framing.training.recipe import WORDS, Recipe
from framing.training.rows import Row
from framing.training.steps import Steps
from framing.types import Floats

__all__ = ["WORDS", "Recipe", "Tuned", "finetune", "logits", "new_model", "seed"]


@dataclass(frozen=True, slots=True)
class Tuned:
    """A fine-tuned model and its tokenizer."""

    model: FramingModel
    tokenizer: PreTrainedTokenizerBase
    recipe: Recipe

    @property
    def coder(self) -> Coder:
        """Makes the batches that the model reads."""
        recipe = self.recipe
        return Coder(self.tokenizer, recipe.axes, recipe.max_tokens, recipe.piece_tokens)


def finetune(
    rows: Sequence[Row], recipe: Recipe, start: Mapping[str, Tensor] | None = None, course: Course | None = None
) -> Tuned:
    """The encoder tuned on `rows`; the same rows, recipe, start and machine give the same weights.

    `start` are the weights of an earlier stage, the base encoder's when left out; `course` says how the run is kept
    and watched. A run that was kept and interrupted ends with the weights it would have had.
    """
    seed(recipe.random_state)
    tuned = new_model(recipe)
    if start is not None:
        tuned.model.load_state_dict(start)
    train(tuned.model, Steps(rows, recipe), tuned.coder, tuned.recipe, course or Course())
    return tuned


def new_model(recipe: Recipe) -> Tuned:
    """The base encoder, adapted or not, with new heads; its window is what is asked for and the encoder can read."""
    tokenizer = load_tokenizer(recipe.base)
    encoder = load_encoder(recipe.base)
    if recipe.adapted:
        read_into(encoder, shipped(*recipe.adapted.split("/")))
    fitting = replace(recipe, max_tokens=window_of(encoder, recipe.max_tokens))
    return Tuned(FramingModel(encoder, recipe.heads, recipe.dropout).eval(), tokenizer, fitting)


@torch.no_grad()
def logits(tuned: Tuned, rows: Sequence[Row], batch_size: int = 64) -> Floats:
    """Logits of rows, float32, shape (n_rows, n_axes), in their order."""
    order = sorted(range(len(rows)), key=lambda index: len(rows[index].text))
    axes, model = tuned.recipe.axes, tuned.model
    out = np.zeros((len(rows), len(axes)), dtype=np.float32)
    for start in range(0, len(rows), batch_size):
        chosen = order[start : start + batch_size]
        for places, batch in tuned.coder.pieces([rows[index] for index in chosen]):
            here = {name: tensor.to(model.device) for name, tensor in batch.items()}
            with model.mixed():
                passages, _ = model.sentences(model(here), here["content"])
            found = row_logits(passages[:, : len(axes)].float(), here)
            out[[chosen[place] for place in places]] = found.cpu().numpy()
    return out


def seed(random_state: int) -> None:
    """Seeds every generator that training draws from."""
    random.seed(random_state)
    np.random.seed(random_state)
    torch.manual_seed(random_state)
