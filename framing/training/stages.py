"""The models behind the default bundle, in stages that are kept: an interrupted run goes on where it stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from pathlib import Path

import numpy as np
import torch

from framing.config import default_seeds
from framing.neural.encoder import Encoder
from framing.seeds import Lexicon, load_folder
from framing.training.crossval import Folds, exported, kept, load_tuned, out_of_fold, run_key, tuned_model
from framing.training.figures import Figure, HeldOut
from framing.training.finetune import Recipe, Tuned
from framing.training.heads import hit_counts, signs
from framing.training.mention_heads import MentionHeads
from framing.training.mention_stage import (
    KEPT_PASSES,
    SHARED_AXES,
    fitted,
    shared_recipes,
    training_rows,
)
from framing.training.news_labels import CUES, SENTENCES
from framing.training.rows import Row, read_all
from framing.training.soup import mean_of, with_parts_of
from framing.training.splits import grouped_folds, random_folds
from framing.training.workers import in_workers
from framing.types import Floats, Ints

N_FOLDS = 5
# The bundle is calibrated on the folds by article; of the others, which are there for comparison, two say enough.
MEASURED_FOLDS = {"articles": N_FOLDS, "outlets": 2, "random": 2}
AXES = ("loaded", "opinion")
ADAPTED = "models/adapted.safetensors"
# The second stage unlearns some of what the first learnt of mentions, the more the quicker it goes; so much of the
# first keeps both: docs/experiments.md.
SECOND_RATE = 4e-5
SHARE_OF_SHARED = 0.2
# They drift in the second stage, which sees few mentions, and judge worse; what the first made of them still fits the
# encoder, and is put back.
MENTION_HEADS = ("name", "target")
SENTENCE_PASSES = (("babe", 3.0), ("subjectivity", 3.0), (SENTENCES, 0.2))


def joint_recipe(random_state: int) -> Recipe:
    """The recipe of the models that have not seen a fold of the sentence rows."""
    passes = (*SENTENCE_PASSES, *KEPT_PASSES)
    plain = Recipe(axes=(*AXES, *CUES), adapted=ADAPTED, passes=passes, learning_rate=SECOND_RATE)
    return replace(plain, batch_size=16, spread=True, swaps=0.5, average=0.3, random_state=random_state)


@dataclass(frozen=True)
class Run:
    """One training of the default bundle.

    Attributes
    ----------
    folder : stages are kept in it.
    n_reference : articles of the reference corpus.
    n_workers : processes side by side, each on one thread: on few cores that is a third quicker than one after the
        other on all of them.
    """

    data: Path
    folder: Path
    recipe: Recipe
    n_reference: int
    n_workers: int = 1

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All labelled rows."""
        return read_all(self.data)

    @cached_property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """The lexicons the heads are fitted with."""
        return load_folder(default_seeds())

    @cached_property
    def hits(self) -> Floats:
        """Hits of each lexicon in each row, shape (n_rows, n_lexicons)."""
        return hit_counts(self.rows, self.lexicons)

    @cached_property
    def mention_rows(self) -> tuple[Row, ...]:
        """All rows of names, stance and roles that are trained on."""
        return training_rows(self.data)

    @cached_property
    def shared(self) -> Path:
        """The folder of the stage that every model starts from: names, stance, roles, and labels of news.

        It is the mean of two trainings, which weigh the axes differently.
        """
        folder, recipes = self.folder / "shared", shared_recipes(self.recipe)
        n_models = len(recipes)
        for number in range(n_models):
            self.first(number)
        key = run_key((), recipes[0], [self.first_place(number) for number in range(n_models)])
        kept(
            folder,
            key,
            recipes[0],
            lambda: mean_of([self.first(n) for n in range(n_models)], [1 / n_models] * n_models),
        )
        return folder

    @property
    def shared_model(self) -> Tuned:
        """The model of that stage."""
        return load_tuned(self.shared, shared_recipes(self.recipe)[0])

    def first(self, number: int) -> Tuned:
        """One of the models of the shared stage."""
        return tuned_model(self.mention_rows, shared_recipes(self.recipe)[number], self.first_place(number))

    def first_place(self, number: int) -> Path:
        """The folder of one of the models of the shared stage."""
        return self.folder / f"shared-{number}"

    @cached_property
    def tuned(self) -> Tuned:
        """The model that ships: the mean of those of the folds by article, each of which has not seen a fifth."""
        folds = self.cross("articles")
        return mean_of([folds.model(fold) for fold in range(N_FOLDS)], [1 / N_FOLDS] * N_FOLDS)

    @cached_property
    def encoder(self) -> Encoder:
        """The int8 encoder that ships."""
        return exported(self.tuned, self.rows, self.place)

    @property
    def place(self) -> Path:
        """The folder of the encoder that ships."""
        return self.folder / f"seed-{self.recipe.random_state}"

    @cached_property
    def mentions(self) -> tuple[MentionHeads, list[Figure]]:
        """The heads for names and mentions that ship, and their figures."""
        return fitted(with_parts_of(self.tuned, self.shared_model, MENTION_HEADS), self.encoder, self.data)

    def _of_state(self, name: str) -> str:
        """A folder's name; models of another random state than 0 have folders of their own."""
        return f"{name}-{self.recipe.random_state}" if self.recipe.random_state else name

    def folds(self, held_out: str) -> Ints:
        """The fold of each row."""
        if held_out == "random":
            return random_folds(len(self.rows), N_FOLDS, 0)
        if held_out == "articles":
            return grouped_folds([row.group for row in self.rows], N_FOLDS, 0)
        return grouped_folds([row.outlet or row.group for row in self.rows], N_FOLDS, 0)

    def cross(self, how: str) -> Folds:
        """The rows with their folds, one way of holding out."""
        return Folds(
            self.rows,
            self.folds(how),
            self.recipe,
            self.folder / self._of_state(how),
            MEASURED_FOLDS[how],
            beside=self.mention_rows,
            start=self.shared,
            start_share=SHARE_OF_SHARED,
        )

    def held_out(self, how: str) -> list[HeldOut]:
        """The out-of-fold logits of every axis, rows held out by article, outlet or at random."""
        folds = self.folds(how)
        found = out_of_fold(self.cross(how))
        return [self._held_out(axis, how, column, found, folds) for column, axis in enumerate(AXES)]

    def _held_out(self, axis: str, how: str, column: int, found: Floats, folds: Ints) -> HeldOut:
        measured = ~np.isnan(found[:, column])
        labelled = np.array([at for at, row in enumerate(self.rows) if axis in row.labels and measured[at]])
        chosen = [self.rows[index] for index in labelled]
        values = found[labelled, column].astype(np.float64)
        return HeldOut(axis, how, chosen, values, self.hits[labelled], signs(axis, self.lexicons), folds[labelled])


def prepare(run: Run, held_out: Sequence[str]) -> None:
    """Trains every model that is not there yet, and asks those of the folds about the rows they have not seen."""
    jobs = [(how, fold) for how in ("articles", *held_out) for fold in range(MEASURED_FOLDS[how])]
    fresh = replace(run)  # without the rows that are read already, which each worker reads for itself
    in_workers(run.n_workers, _first, repeat(fresh), range(len(SHARED_AXES)))
    _ = run.shared  # by this process alone, before several ask for it
    in_workers(run.n_workers, _model, repeat(fresh), jobs)


def _first(run: Run, number: int) -> None:
    torch.set_num_threads(1)
    run.first(number)


def _model(run: Run, job: tuple[str, int]) -> None:
    torch.set_num_threads(1)
    how, fold = job
    run.cross(how).logits(fold)
