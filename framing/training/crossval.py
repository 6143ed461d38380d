"""Out-of-fold logits, fold by fold, so that an interrupted run goes on where it stopped.

Every fold's model is exported as the shipped one is, and the logits are those of the int8 encoder.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from safetensors.torch import load_file, save_file

from framing.config import shipped
from framing.neural.encoder import Encoder
from framing.training import checkpoint
from framing.training.export import calibration_batches, export_tuned
from framing.training.finetune import Tuned, finetune, new_model
from framing.training.loop import Course, Place
from framing.training.recipe import Recipe
from framing.training.rows import Row
from framing.training.soup import mean_of
from framing.types import Floats, Ints

DONE, MODEL, LOGITS = "done.json", "model.safetensors", "logits.npz"


@dataclass(frozen=True)
class Folds:
    """Rows held out in turn.

    Attributes
    ----------
    folds : the fold of each row, shape (n_rows,).
    folder : each fold's model is kept in it; one that is there, from the same rows and recipe, is not trained again.
    n_measured : only so many folds are held out in turn.
    beside : rows that are trained on in every fold.
    start : the folder of an earlier stage, as in `tuned_model`.
    start_share : how much of that stage's weights is mixed into each model; it keeps what the rows of this one unlearn.
    """

    rows: Sequence[Row]
    folds: Ints
    recipe: Recipe
    folder: Path
    n_measured: int
    beside: Sequence[Row] = ()
    start: Path | None = None
    start_share: float = 0.0

    def place(self, fold: int) -> Path:
        """The folder of a fold's model."""
        return self.folder / f"fold-{fold}"

    def training(self, fold: int) -> list[Row]:
        """The rows that are not held out."""
        return [row for row, where in zip(self.rows, self.folds, strict=True) if where != fold]

    def model(self, fold: int) -> Tuned:
        """The model that has not seen a fold, mixed with the one it started from (Wortsman et al. 2022)."""
        rows = [*self.training(fold), *self.beside]
        tuned = tuned_model(rows, self.recipe, self.place(fold), self.start)
        if self.start is None or not self.start_share:
            return tuned
        return mean_of([tuned, load_tuned(self.start, self.recipe)], [1 - self.start_share, self.start_share])

    def key(self, fold: int) -> str:
        """Which model that is, once it is there."""
        trained: str = json.loads((self.place(fold) / DONE).read_text())["key"]
        return f"{trained} {self.start_share:g}"

    def logits(self, fold: int) -> Floats:
        """Logits of a fold's rows by the model that has not seen them, as exported, float32, shape (n_rows, n_axes).

        They are kept beside the model.
        """
        tuned, place = self.model(fold), self.place(fold)
        key, path = self.key(fold), place / LOGITS
        if path.is_file():
            with np.load(path) as found:
                if found["key"] == key:
                    return np.asarray(found["logits"])
        held_out = [row for row, where in zip(self.rows, self.folds, strict=True) if where == fold]
        values = exported_logits(tuned, exported(tuned, self.training(fold), place), held_out)
        checkpoint.write_whole(path, lambda partial: _save(partial, key, values))
        return values


def out_of_fold(data: Folds) -> Floats:
    """Logits of every row from a model that has not seen its fold, float32, shape (n_rows, n_axes).

    Rows of folds that are not held out are NaN.
    """
    out = np.full((len(data.rows), len(data.recipe.axes)), np.nan, dtype=np.float32)
    for fold in range(data.n_measured):
        out[data.folds == fold] = data.logits(fold)
    return out


def exported(tuned: Tuned, rows: Sequence[Row], folder: Path) -> Encoder:
    """The int8 encoder of a tuned model, its scales measured on some of the rows it was trained on."""
    folder.mkdir(parents=True, exist_ok=True)
    form = export_tuned(tuned, calibration_batches(tuned, rows), folder)
    return Encoder(folder, tuned.recipe.max_tokens, form=form)


def exported_logits(tuned: Tuned, encoder: Encoder, rows: Sequence[Row]) -> Floats:
    """Sentence logits of the int8 encoder, float32, shape (n_rows, n_axes)."""
    weights = tuned.model.head.weight.detach().numpy()
    biases = tuned.model.head.bias.detach().numpy()
    states = encoder.encode([text for row in rows for text in row.parts])
    passages = np.array([token.states.mean(axis=0) for token in states])
    firsts = np.cumsum([0, *(len(row.parts) for row in rows)])[:-1]
    means = np.add.reduceat(passages, firsts) / np.array([[len(row.parts)] for row in rows])
    return np.asarray((means @ weights.T + biases)[:, : len(tuned.recipe.axes)], dtype=np.float32)


def tuned_model(rows: Sequence[Row], recipe: Recipe, folder: Path, start: Path | None = None) -> Tuned:
    """The model fine-tuned on `rows`, taken from `folder` if the same run has been finished there.

    `start` is the folder of an earlier stage whose weights are gone on from. An unfinished run of the same
    rows and recipe is gone on with too.
    """
    key = run_key(rows, recipe, () if start is None else (start,))

    def train() -> Tuned:
        if checkpoint.key_of(folder) != key:
            checkpoint.remove(folder)
        weights = None if start is None else load_file(start / MODEL)
        return finetune(rows, recipe, weights, Course(Place(folder, key)))

    return kept(folder, key, recipe, train)


def kept(folder: Path, key: str, recipe: Recipe, make: Callable[[], Tuned]) -> Tuned:
    """The model in `folder`, made and saved first if there is none of this key."""
    done = folder / DONE
    if not done.is_file() or json.loads(done.read_text())["key"] != key:
        _write(make(), key, folder)
        checkpoint.remove(folder)
    return load_tuned(folder, recipe)


def load_tuned(folder: Path, recipe: Recipe) -> Tuned:
    """A model that `tuned_model` has saved."""
    tuned = new_model(recipe)
    tuned.model.load_state_dict(load_file(folder / MODEL))
    return tuned


def run_key(rows: Sequence[Row], recipe: Recipe, starts: Sequence[Path] = ()) -> str:
    """A hash of all that decides the weights: the rows, in order, the recipe, and the runs gone on from."""
    digest = sha256(json.dumps(asdict(recipe), sort_keys=True).encode())
    if recipe.adapted:
        digest.update(shipped(*recipe.adapted.split("/")).read_bytes())
    for start in starts:
        digest.update((start / DONE).read_bytes())
    for row in rows:
        decides = (row.id, row.text, sorted(row.labels.items()), row.words, row.names, row.targets)
        digest.update(repr((*decides, row.source, row.passages, row.weight)).encode())
    return digest.hexdigest()


def _save(path: Path, key: str, values: Floats) -> None:
    with path.open("wb") as file:
        np.savez(file, key=key, logits=values)


def _write(tuned: Tuned, key: str, folder: Path) -> None:
    (folder / DONE).unlink(missing_ok=True)  # must not vouch for the weights of another run
    facts = json.dumps({"key": key, "recipe": asdict(tuned.recipe)}, indent=1)
    checkpoint.write_whole(folder / MODEL, lambda path: save_file(tuned.model.state_dict(), path))
    checkpoint.write_whole(folder / DONE, lambda path: path.write_text(facts))
