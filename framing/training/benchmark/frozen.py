"""A linear model on the states of the base encoder, which has been tuned on nothing: what a set gives away cheaply."""

from hashlib import sha256
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from framing.audit import load
from framing.neural.encoder import Encoder
from framing.training.benchmark.problem import Problem
from framing.training.crossval import exported
from framing.training.finetune import Recipe, new_model
from framing.training.mention_heads import covered
from framing.training.rows import Row
from framing.types import Floats

HOW = "base encoder as it is, int8; mean of the token states (and of the mention's), logistic regression"
MAX_TOKENS = 128
TEXTS_AT_ONCE = 256
# Strong, since 384 states stand against some thousand rows; not tuned.
INVERSE_RIDGE = 0.01


def values(problem: Problem, encoder: Encoder, folder: Path, n_folds: int) -> Floats:
    """What the linear model says of held-out rows, in [0, 1], NaN of the others; shape (n_texts,)."""
    found = states(problem, encoder, folder)
    out = np.full(len(problem.texts), np.nan)
    for train, held_out in problem.turns(n_folds):
        model = make_pipeline(StandardScaler(), LogisticRegression(C=INVERSE_RIDGE, max_iter=2000))
        model.fit(found[train], problem.classes(train))
        if problem.n_classes == 2:
            out[held_out] = model.predict_proba(found[held_out])[:, 1]
        else:
            out[held_out] = model.predict(found[held_out]) / (problem.n_classes - 1)
    return out


def states(problem: Problem, encoder: Encoder, folder: Path) -> Floats:
    """The states of each text, and of its mention where there is one; kept in `folder`. float32, (n_texts, width)."""
    path = folder / f"states-{_key(problem)}.npy"
    if path.is_file():
        return np.asarray(np.load(path))
    found = np.concatenate([_states(problem, encoder, start) for start in range(0, len(problem.texts), TEXTS_AT_ONCE)])
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        np.save(file, found)
    partial.replace(path)
    return found


def base_encoder(base: str, folder: Path, max_tokens: int) -> Encoder:
    """The base encoder as int8, its scales measured on the sentences of the audit; kept in `folder`."""
    if (folder / "tokenizer.json").is_file():
        return Encoder(folder, max_tokens)
    recipe = Recipe(axes=("none",), base=base, max_tokens=max_tokens)
    folder.mkdir(parents=True, exist_ok=True)
    return exported(new_model(recipe), [Row(case.id, case.text, case.id, "audit", {}) for case in load().cases], folder)


def _states(problem: Problem, encoder: Encoder, start: int) -> Floats:
    part = slice(start, start + TEXTS_AT_ONCE)
    tokens = encoder.encode(problem.texts[part])
    whole = np.array([one.states.mean(axis=0) for one in tokens])
    if problem.spans is None:
        return whole
    inside = [covered(one.offsets, span) for one, span in zip(tokens, problem.spans[part], strict=True)]
    own = [one.states[mask].mean(axis=0) for one, mask in zip(tokens, inside, strict=True)]
    return np.concatenate([np.array(own), whole], axis=1)


def _key(problem: Problem) -> str:
    digest = sha256()
    for text in problem.texts:
        digest.update(repr(text).encode())
    for span in problem.spans or ():
        digest.update(repr(span).encode())
    return digest.hexdigest()[:16]
