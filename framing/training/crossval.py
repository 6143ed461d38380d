"""Out-of-fold logits, fold by fold, so that an interrupted run goes on where it stopped.

Every fold's model is exported as the shipped one is, and the logits are those of the int8 encoder.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import numpy as np
from safetensors.torch import load_file, save_file

from framing.neural.encoder import Encoder
from framing.neural.torch_encoder import SentenceModel, load_encoder, load_tokenizer
from framing.training.export import calibration_batches, export, save_tokenizer
from framing.training.finetune import Recipe, Tuned, finetune
from framing.training.rows import Row
from framing.types import Floats, Ints


def out_of_fold(
    rows: Sequence[Row], folds: Ints, recipe: Recipe, folder: Path, n_measured: int | None = None
) -> Floats:
    """Logits of every row from a model that has not seen its fold, float32, shape (n_rows, n_axes).

    With `n_measured` only so many folds are held out in turn; rows of the others are NaN.

    Each fold's model and logits are kept in `folder`; a fold that is there, from the same rows and recipe, is not
    trained again.
    """
    out = np.full((len(rows), len(recipe.axes)), np.nan, dtype=np.float32)
    for fold in range(int(folds.max()) + 1 if n_measured is None else n_measured):
        held_out = np.flatnonzero(folds == fold)
        training = [row for row, where in zip(rows, folds, strict=True) if where != fold]
        place = folder / f"fold-{fold}"
        tuned = tuned_model(training, recipe, place)
        encoder = exported(tuned, training, place)
        out[held_out] = exported_logits(
            tuned, encoder, [row for row, where in zip(rows, folds, strict=True) if where == fold]
        )
    return out


def exported(tuned: Tuned, rows: Sequence[Row], folder: Path) -> Encoder:
    """The int8 encoder of a tuned model, its scales measured on some of the rows it was trained on."""
    export(tuned.model.encoder, calibration_batches(tuned, rows), folder / "encoder.onnx")
    save_tokenizer(tuned, folder)
    return Encoder(folder, tuned.recipe.max_tokens)


def exported_logits(tuned: Tuned, encoder: Encoder, rows: Sequence[Row]) -> Floats:
    """Sentence logits of the int8 encoder, float32, shape (n_rows, n_axes)."""
    weights = tuned.model.head.weight.detach().numpy()
    biases = tuned.model.head.bias.detach().numpy()
    states = encoder.encode([row.text for row in rows])
    means = np.array([token.states.mean(axis=0) for token in states])
    return np.asarray((means @ weights.T + biases)[:, : len(tuned.recipe.axes)], dtype=np.float32)


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
        words = None if row.words is None else [(span.start, span.stop) for span in row.words]
        digest.update(f"{row.id}\t{row.text}\t{sorted(row.labels.items())}\t{words}\n".encode())
    return digest.hexdigest()


def _write(tuned: Tuned, key: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "done.json").unlink(missing_ok=True)  # must not vouch for the weights of another run
    save_file(tuned.model.state_dict(), folder / "model.safetensors")
    partial = folder / "done.json.part"
    partial.write_text(json.dumps({"key": key, "recipe": asdict(tuned.recipe)}, indent=1))
    partial.replace(folder / "done.json")
