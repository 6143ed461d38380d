"""The shared stage of the default bundle: names, stance and roles, learnt before the sentence axes and kept."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from framing.neural.encoder import Encoder
from framing.target import TargetHead
from framing.training.figures import Figure
from framing.training.finetune import Recipe, Tuned
from framing.training.mention_figures import count_names, name_figures, role_figures, stance_figures
from framing.training.mention_heads import (
    N_STANCES,
    Judged,
    MentionHeads,
    fit_roles,
    fit_stance,
    judged,
    name_head,
    target_head,
)
from framing.training.mention_rows import read_names, read_newsmtsc, read_roles
from framing.training.neutral import neutral_rows
from framing.training.news_labels import LEFT, MENTIONS, RIGHT, SENTENCES, read_news
from framing.training.rows import Row
from framing.training.swaps import pool_of
from framing.training.templates import template_rows

DEVELOPMENT = ("dev_rw", "dev_mt")
N_NEUTRAL = 600
N_FILLINGS = 8
# Every source in every turn of both stages: names seen early alone were partly forgotten.
SHARED_PASSES = (
    ("newsmtsc", 3.0),
    (MENTIONS, 2.0),
    (SENTENCES, 2.0),
    ("moral_events", 1.5),
    ("names", 2.0),
    ("templates", 1.0),
    ("neutral", 1.0),
)
# What the losses count. Nine axes of a sentence add up to five times the loss of stance and drowned it.
STANCE_FIRST = (("stance", 3.0),)
# The two trainings of the shared stage, whose mean goes on, differ in what axes count. Beside a stance that counts
# three times the slant of sentences was learnt by half; where it counts as much, stance is learnt less well.
SHARED_AXES = (((LEFT, 3.0), (RIGHT, 3.0)), ())
SHARED_RATE = 1e-4
# Beside the sentence axes in the second stage: so much that what was learnt stays. With seven times as much, mentions
# were judged less well (docs/experiments.md).
KEPT_PASSES = (
    ("newsmtsc", 0.6 / 7),
    (MENTIONS, 0.4 / 7),
    ("moral_events", 0.5 / 7),
    ("names", 0.5 / 7),
    ("templates", 0.5 / 7),
    ("neutral", 0.25 / 7),
)


def shared_recipes(recipe: Recipe) -> tuple[Recipe, ...]:
    """The recipes of the shared stage that goes before `recipe`, the same for all random states."""
    common = replace(recipe, passes=SHARED_PASSES, learning_rate=SHARED_RATE, task_weights=STANCE_FIRST, random_state=0)
    return tuple(replace(common, axis_weights=weights) for weights in SHARED_AXES)


def training_rows(data: Path) -> tuple[Row, ...]:
    """Rows of names, stance and roles, and of the project's own labels of news; what is held out is not among them."""
    named = tuple(read_names(data, held_out=False))
    neutral = neutral_rows(pool_of(named).marked, N_NEUTRAL, random_state=0)
    own = (*neutral, *template_rows(N_FILLINGS, random_state=0))
    return (*read_newsmtsc(data, "train"), *named, *read_roles(data, held_out=False), *own, *read_news(data))


def fitted(tuned: Tuned, encoder: Encoder, data: Path) -> tuple[MentionHeads, list[Figure]]:
    """The calibrated heads of a tuned model, and their figures on the rows kept for development."""
    names, plain = name_head(tuned), target_head(tuned)
    parts = {part: judged(encoder, plain, tuple(read_newsmtsc(data, part))) for part in DEVELOPMENT}
    roles = judged(encoder, plain, tuple(read_roles(data, held_out=True)))
    named = tuple(read_names(data, held_out=True))
    measured = [*stance_figures(parts), *role_figures(roles), *name_figures(named, count_names(encoder, names, named))]
    return MentionHeads(names, _calibrated(tuned, tuple(parts.values()), roles)), measured


def _calibrated(tuned: Tuned, parts: Sequence[Judged], roles: Judged) -> TargetHead:
    logits = np.concatenate([part.logits[:, :N_STANCES] for part in parts])
    classes = np.concatenate([part.classes for part in parts])
    return target_head(tuned, fit_stance(logits, classes), fit_roles(roles))
