"""The encoder tuned anew on each fold of one set, by the project's recipe, on that set alone; finished folds stay."""

from pathlib import Path

import numpy as np
from scipy.special import expit

from framing.training.benchmark.problem import Problem
from framing.training.crossval import Folds, exported, out_of_fold, tuned_model
from framing.training.finetune import Recipe
from framing.training.mention_heads import N_STANCES, judged, target_head
from framing.types import Floats

HOW = "encoder tuned on each fold of this set alone, {passes:g} passes, exported as int8"
PASSES = 4.0


def values(problem: Problem, recipe: Recipe, folder: Path, n_folds: int) -> Floats:
    """What tuned models say of held-out rows, in [0, 1], NaN of the others; shape (n_texts,)."""
    return _mentions(problem, recipe, folder) if problem.spans else _sentences(problem, recipe, folder, n_folds)


def recipe_of(problem: Problem, base: str, passes: float, max_tokens: int) -> Recipe:
    """The project's recipe on the rows of one problem."""
    axes = (problem.axis,) if problem.axis else ()
    return Recipe(axes=axes, base=base, passes=((problem.rows[0].source, passes),), max_tokens=max_tokens)


def _sentences(problem: Problem, recipe: Recipe, folder: Path, n_folds: int) -> Floats:
    logits = out_of_fold(Folds(problem.rows, problem.folds, recipe, folder, n_folds))
    return np.asarray(expit(logits[:, 0].astype(np.float64)))


def _mentions(problem: Problem, recipe: Recipe, folder: Path) -> Floats:
    """Mentions come row by row, those of training first; the last rows hold as many as are held out."""
    n_held_out = int((problem.folds == 0).sum())
    counts = np.cumsum([len(row.targets) for row in problem.rows])
    n_trained = int(np.searchsorted(counts, counts[-1] - n_held_out, side="right"))
    rows, held_out = problem.rows[:n_trained], problem.rows[n_trained:]
    tuned = tuned_model(rows, recipe, folder)
    said = judged(exported(tuned, rows, folder), target_head(tuned), held_out)
    out = np.full(len(problem.texts), np.nan)
    out[problem.folds == 0] = said.logits[:, :N_STANCES].argmax(axis=1) / (N_STANCES - 1)
    return out
