"""Training that tunes the encoder: on a part of the rows, stopped and calibrated on a second, measured on a third."""

import shutil
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from framing.bundle import ENCODER
from framing.evaluation.outcome import Evaluation
from framing.evaluation.seen import trained_on
from framing.neural.encoder import Encoder, Form
from framing.scorer import Scorer
from framing.training import checkpoint, history
from framing.training.bundle_parts import Contents, write
from framing.training.crossval import run_key
from framing.training.encoder_heads import Part, agreement, figure, fitted
from framing.training.export import calibration_batches, export_tuned
from framing.training.finetune import Recipe, Tuned, finetune, new_model
from framing.training.holding_out import Parts, parts_of
from framing.training.job import Job, Trained, addition
from framing.training.loop import Course, Place
from framing.training.memory import needs
from framing.training.processes import Processes
from framing.training.rows import Row
from framing.training.set_card import by_epoch
from framing.training.set_rows import SOURCE, training_rows
from framing.training.states import features
from framing.training.warm import start_of
from framing.types import Ints

HOW_TO_RESUME = "the same command with --resume goes on"
RUN = "run"
COPIED = ("seeds.json", "actors.json")


def train_encoder(job: Job) -> Evaluation | None:
    """Tunes the encoder and its heads, writes the bundle, and gives the figures on what was held out.

    Of several processes the first does all but the tuning; the others give None.
    """
    parts = parts_of(job.plan.held)
    rows, dev = _rows(job, parts.train), _rows(job, parts.dev)
    tuned = _tuned(job, rows, dev)
    if not Processes().is_first:
        return None
    place = job.choices.work / "encoder"
    place.mkdir(parents=True, exist_ok=True)
    form = export_tuned(tuned, calibration_batches(tuned, rows), place)
    scorer = _scorer(job, Encoder(place, tuned.recipe.max_tokens, form=form), tuned)
    trained = _measured(job, tuned, scorer, parts, dev)
    added, evaluation = addition(job, trained)
    seen = frozenset[str]() if job.choices.base else trained_on(job.bundle)
    contents = Contents(added.axes, added.heads, job.lexicons, {}, seen, None)

    def files(folder: Path) -> Mapping[str, Any]:
        return _encoder_files(job, tuned, place, folder, form)

    write(contents, added, files, job.choices.out, job.choices.force)
    return evaluation


def recipe_of(job: Job) -> Recipe:
    """What decides the weights, as the user chose."""
    choices, encoder = job.choices, job.bundle.manifest["encoder"]
    return Recipe(
        axes=tuple(job.plan.trained),
        base=choices.base or encoder["base"],
        passes=((SOURCE, float(choices.epochs)),),
        batch_size=choices.batch_size,
        learning_rate=choices.learning_rate,
        max_tokens=encoder["max_tokens"],
        random_state=choices.random_state,
        positive_weights=tuple(_balance(job)) if choices.balance else (),
    )


def _balance(job: Job) -> list[tuple[str, float]]:
    """What a positive label costs, so that both classes cost alike."""
    shares = {axis: np.mean([row.labels[axis] for row in job.rows if axis in row.labels]) for axis in job.plan.trained}
    return [(axis, float((1 - share) / share)) for axis, share in shares.items()]


def _rows(job: Job, chosen: Ints) -> Sequence[Row]:
    groups = job.plan.held.groups
    places = chosen.tolist()
    return training_rows([job.rows[index] for index in places], [groups[index] for index in places], job.level)


def _tuned(job: Job, rows: Sequence[Row], dev: Sequence[Row]) -> Tuned:
    recipe = recipe_of(job)
    fresh = new_model(recipe)
    start = None if job.choices.base else start_of(job.bundle, fresh.model)
    key = f"{run_key(rows, recipe)} {'' if start is None else job.bundle.name.sha256}"
    place = Place(job.choices.work / RUN, key, resume=job.choices.resume, how=HOW_TO_RESUME)
    if not place.resume and checkpoint.key_of(place.folder) == key:
        job.say("an unfinished training of these rows is begun anew; with --resume it would have been gone on with")
    need = needs(fresh, rows, keeps_best=True)
    job.say(f"needs about {need.memory / 1e9:.1f} GB of memory, and {need.disk / 1e9:.1f} GB of disk while it runs")
    course = Course(place, lambda model: figure(job, replace(fresh, model=model), dev), progress=job.progress)
    return finetune(rows, recipe, start, course)


def _scorer(job: Job, encoder: Encoder, tuned: Tuned) -> Scorer:
    """A scorer that reads with the new encoder; of the old bundle it keeps the lexicons alone."""
    ready: Future[Encoder] = Future()
    ready.set_result(encoder)
    about = {**job.bundle.manifest["encoder"], "width": tuned.model.width}
    gone: Any = dict.fromkeys(("names", "target", "cues", "vocabulary"))
    bundle = replace(job.bundle, manifest={**job.bundle.manifest, "encoder": about}, **gone)
    return Scorer(bundle, encoder=ready, with_actors=False)


def _measured(job: Job, tuned: Tuned, scorer: Scorer, parts: Parts, dev_rows: Sequence[Row]) -> Trained:
    dev, test = (
        Part(rows, features(scorer, [job.rows[index] for index in rows.tolist()], job.level, step=job.step))
        for rows in (parts.dev, parts.test)
    )
    found = [fitted(job, tuned, axis, dev, test) for axis in job.axes().values()]
    gaps = agreement(tuned, dev_rows, dev)
    run = job.choices.work / RUN
    return Trained(
        [fit for fit, _ in found],
        [task for _, task in found],
        np.concatenate([parts.train, parts.dev]),
        {int(part.rows[index]): why for part in (dev, test) for index, why in part.features.unread.items()},
        by_epoch(history.read(run)),
        {"recipe": asdict(tuned.recipe), "agreement": gaps},
        tuple(_words(axis, gap) for axis, gap in gaps.items()),
        (run / history.NAME).read_text("utf-8"),
    )


def _words(axis: str, gap: Mapping[str, float]) -> str:
    return (
        f"{axis}: the encoder as it ships and in full precision differ by {gap['mean']:.4f} in probability on average, "
        f"by {gap['largest']:.3f} at most"
    )


def _encoder_files(job: Job, tuned: Tuned, place: Path, folder: Path, form: Form) -> Mapping[str, Any]:
    for path in place.iterdir():
        shutil.copyfile(path, folder / path.name)
    for name in COPIED:
        shutil.copyfile(job.bundle.folder / name, folder / name)
    about = {"base": tuned.recipe.base, "max_tokens": tuned.recipe.max_tokens, "width": tuned.model.width}
    return {"encoder": {**about, **asdict(form), "crc32": zlib.crc32((folder / ENCODER).read_bytes())}}
