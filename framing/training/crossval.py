"""Out-of-fold logits, fold by fold, so that an interrupted run goes on where it stopped."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import numpy as np
from safetensors.torch import load_file, save_file

from framing.neural.torch_encoder import SentenceModel, load_encoder, load_tokenizer
from framing.training.finetune import Recipe, Tuned, finetune, logits
from framing.training.rows import Row
from framing.types import Floats, Ints


def out_of_fold(rows: Sequence[Row], folds: Ints, recipe: Recipe, folder: Path) -> Floats:
    """Logits of every row from a model that has not seen its fold, float32, shape (n_rows, n_axes).

    Each fold's model and logits are kept in `folder`; a fold that is there, from the same rows and recipe, is not
    trained again.
    """
    out = np.zeros((len(rows), len(recipe.axes)), dtype=np.float32)
    for fold in range(int(folds.max()) + 1):
        held_out = np.flatnonzero(folds == fold)
        training = [rows[index] for index in np.flatnonzero(folds != fold)]
        tuned = tuned_model(training, recipe, folder / f"fold-{fold}")
        out[held_out] = logits(tuned, [rows[index] for index in held_out])
    return out


def tuned_model(rows: Sequence[Row], recipe: Recipe, folder: Path) -> Tuned:
    """The model fine-tuned on `rows`, taken from `folder` if the same run has been finished there."""
    key = run_key(rows, recipe)
    done = folder / "done.json"
    if not done.is_file() or json.loads(done.read_text())["key"] != key:
        _write(finetune(rows, recipe), key, folder)
    return load_tuned(folder, recipe)


def load_tuned(folder: Path, recipe: Recipe) -> Tuned:
    """A model that `tuned_model` has saved."""
    model = SentenceModel(load_encoder(recipe.base), recipe.heads)
    model.load_state_dict(load_file(folder / "model.safetensors"))
    return Tuned(model.eval(), load_tokenizer(recipe.base), recipe)


def run_key(rows: Sequence[Row], recipe: Recipe) -> str:
    """A hash of all that decides the weights: the rows, in order, and the recipe."""
    digest = sha256(json.dumps(asdict(recipe), sort_keys=True).encode())
    for row in rows:
        digest.update(f"{row.id}\t{row.text}\t{sorted(row.labels.items())}\n".encode())
    return digest.hexdigest()


def _write(tuned: Tuned, key: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    save_file(tuned.model.state_dict(), folder / "model.safetensors")
    partial = folder / "done.json.part"
    partial.write_text(json.dumps({"key": key, "recipe": asdict(tuned.recipe)}, indent=1))
    os.replace(partial, folder / "done.json")
