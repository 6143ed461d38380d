"""What a training will need of memory and disk, told before it begins."""

import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path

import torch
from torch import Tensor

from framing.neural.torch_encoder import FramingModel
from framing.training.collate import Coder
from framing.training.finetune import Tuned
from framing.training.losses import known, losses
from framing.training.recipe import Recipe
from framing.training.rows import Row

# float32: the gradient and two moments of AdamW; the weights themselves are there already.
_OPTIMISER = 4 + 8
# Besides what is kept for the gradient: the gradients of the layer at work (measured on MiniLM, docs/experiments.md).
_IN_FLIGHT = 1.25


@dataclass(frozen=True, slots=True)
class Needs:
    """What a training needs, in bytes.

    Attributes
    ----------
    memory : of the process, all in all; on a GPU what is above `now` is needed there instead.
    now : of that, what it has already: program, weights, rows.
    activations : of that, what the largest piece of a step leaves for its gradient.
    disk : of the folder of the run: a checkpoint and the one that replaces it.
    """

    memory: int
    now: int
    activations: int
    disk: int


def needs(tuned: Tuned, rows: Sequence[Row], keeps_best: bool = False) -> Needs:
    """What training `tuned` on `rows` needs; `keeps_best` where it is stopped early. Reads one short batch."""
    model, recipe = tuned.model, tuned.recipe
    n_trained = sum(one.numel() for one in model.parameters() if one.requires_grad)
    kept = 4 * bool(recipe.average) + 4 * keeps_best
    activations = _activations(model, recipe, *_largest(tuned.coder, rows, recipe.batch_size))
    now = resident()
    memory = now + n_trained * (_OPTIMISER + kept) + int(_IN_FLIGHT * activations)
    return Needs(memory, now, activations, 2 * n_trained * (12 + kept))


def _largest(coder: Coder, rows: Sequence[Row], batch_size: int) -> tuple[int, int]:
    """Lines and width of the largest piece that any step can have: one of the longest rows."""
    longest = nlargest(batch_size, range(len(rows)), key=lambda at: sum(map(len, rows[at].parts)))
    pieces = coder.pieces([rows[at] for at in sorted(longest, key=lambda at: len(rows[at].text))])
    shapes = [(int(batch["input_ids"].shape[0]), int(batch["input_ids"].shape[1])) for _, batch in pieces]
    return max(shapes, key=lambda shape: shape[0] * shape[1], default=(1, 3))


def _activations(model: FramingModel, recipe: Recipe, n_lines: int, width: int) -> int:
    """Bytes kept for the gradient of `n_lines` windows of `width` tokens, told from those of one and of two."""
    one, two = (_kept(model, recipe, _blank(n, width, len(recipe.axes))) for n in (1, 2))
    return one + (n_lines - 1) * (two - one)


def _kept(model: FramingModel, recipe: Recipe, batch: dict[str, Tensor]) -> int:
    own = {one.data_ptr() for one in model.parameters()} | {one.data_ptr() for one in model.buffers()}
    found: dict[int, int] = {}

    def note(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            found[storage.data_ptr()] = storage.nbytes()
        return tensor

    was_training, drawn = model.training, torch.get_rng_state()
    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        total = losses(model.train(), batch, known(batch), recipe).sum()  # held while counting, or places are reused
    del total
    model.train(was_training)
    torch.set_rng_state(drawn)
    return sum(found.values())


def _blank(n: int, width: int, n_axes: int) -> dict[str, Tensor]:
    """A batch of sentences without meaning."""
    ones, none = torch.ones((n, width), dtype=torch.int64), torch.zeros(0, dtype=torch.int64)
    return {
        "input_ids": ones,
        "attention_mask": ones,
        "content": ones,
        "targets": torch.zeros((n, n_axes)),
        "weights": torch.ones(n),
        "words": torch.zeros((n, width)),
        "shapes": torch.zeros_like(ones),
        "tags": torch.zeros_like(ones),
        "mention_rows": none,
        "mention_spans": torch.zeros((0, width), dtype=torch.bool),
        "stance": torch.zeros((0, 3)),
        "roles": torch.zeros((0, 4)),
    }


def resident() -> int:
    """Bytes of memory that this process has now."""
    pages = Path("/proc/self/statm")
    if pages.is_file():
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
