"""Speed of training as a ratio to a bare loop over the same batches, so that the machine matters little.

    python scripts/training_speed.py [--rounds 3] [--steps 24] [--threads 2]

The bare loop has the base encoder as the hub has it, one linear layer and nothing else: forward pass in bfloat16, loss,
backward pass, step of AdamW, on batches that are tensors already. Ours reads rows, trains all its heads, keeps log and
checkpoint. Both are measured in turn, by the clock and, should the machine be busy with something else, in processor
time.
"""

import argparse
import csv
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits
from transformers import AutoModel

from framing.neural.torch_encoder import find_base
from framing.training.finetune import Tuned, new_model
from framing.training.loop import Course, Place, train
from framing.training.recipe import Recipe
from framing.training.rows import Row
from framing.training.steps import Steps

DATA = Path(__file__).resolve().parent.parent / "data" / "labelled" / "sentences.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    recipe = Recipe(passes=(("own", 1.0),))
    rows = sentences(options.steps * recipe.batch_size)
    tuned, steps = new_model(recipe), Steps(rows, recipe)
    batches = [tuned.coder.batch(steps.rows(step)) for step in steps]
    n_tokens = sum(int(batch["content"].sum()) for batch in batches)
    mine, bare = [], []
    for _ in range(options.rounds):
        bare.append(taken(lambda: bare_loop(batches)))
        mine.append(taken(lambda: engine(tuned, steps, recipe)))
    print(f"{n_tokens:,} tokens in {len(batches)} steps, {options.threads} threads, {options.rounds} rounds")
    for name, kind in (("clock", 0), ("processor time", 1)):
        ours, theirs = (n_tokens / median(seconds[kind] for seconds in found) for found in (mine, bare))
        each = ", ".join(f"{b[kind] / m[kind]:.2f}" for m, b in zip(mine, bare, strict=True))
        print(f"{name}: bare loop {theirs:,.0f}, training {ours:,.0f} tokens/s, ratio {ours / theirs:.2f} ({each})")


def sentences(n: int) -> list[Row]:
    """The project's own labelled sentences, again and again."""
    with DATA.open(encoding="utf-8") as file:
        texts = [record["text"] for record in csv.DictReader(file)]
    return [Row(str(at), texts[at % len(texts)], str(at), "own", {"loaded": at % 2}) for at in range(n)]


def taken(what: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of all processors."""
    clock, processors = time.perf_counter(), time.process_time()
    what()
    return time.perf_counter() - clock, time.process_time() - processors


def bare_loop(batches: Sequence[dict[str, Tensor]]) -> None:
    """The plainest training there is."""
    model = AutoModel.from_pretrained(find_base(), add_pooling_layer=False, dtype=torch.float32).train()
    head = torch.nn.Linear(model.config.hidden_size, 1)
    optimiser = torch.optim.AdamW(chain(model.parameters(), head.parameters()), lr=1e-4)
    for batch in batches:
        with torch.autocast("cpu", torch.bfloat16):
            states = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
            loss = binary_cross_entropy_with_logits(head(states.mean(1)).float()[:, 0], batch["targets"][:, 0])
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()


def engine(tuned: Tuned, steps: Steps, recipe: Recipe) -> None:
    """Our training, log and one checkpoint included."""
    with TemporaryDirectory() as folder:
        train(tuned.model, steps, tuned.coder, recipe, Course(Place(Path(folder), "speed", resume=False)))


if __name__ == "__main__":
    main()
