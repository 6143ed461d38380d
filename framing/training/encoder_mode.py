"""Training that tunes the encoder: on a part of the rows, stopped by a second, calibrated on it, measured on a third."""

import json
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from framing.axes import Axis
from framing.evaluation.folds import grouped_folds
from framing.evaluation.measures import judged_by, measures
from framing.evaluation.outcome import Evaluation
from framing.labels.row import row_hash
from framing.neural.encoder import Encoder
from framing.neural.torch_encoder import FramingModel
from framing.scorer import Scorer
from framing.training.bundle_parts import Contents, write
from framing.training.crossval import run_key
from framing.training.export import calibration_batches, export, save_tokenizer
from framing.training.finetune import Recipe, Tuned, finetune, logits, new_model
from framing.training.frozen import Fit, Lexicons, Line, calibrated
from framing.training.heads import signs
from framing.training.heads_mode import labels_of, task_of
from framing.training.history import NAME as LOG
from framing.training.history import Progress
from framing.training.holding_out import Held
from framing.training.job import Job, Trained, addition
from framing.training.loop import Course, Place
from framing.training.rows import Row
from framing.training.set_card import by_epoch
from framing.training.set_rows import SOURCE, training_rows
from framing.training.states import Features, features
from framing.training.warm import start_of
from framing.types import Floats, Ints

# Errors as small as this are as good as any figure gets, so that they can be averaged with those.
HOW_TO_RESUME = "the same command with --resume goes on"


@dataclass(frozen=True, slots=True)
class Parts:
    """The rows that are trained on, that stop and calibrate, and that only measure."""

    train: Ints
    dev: Ints
    test: Ints


def parts_of(held: Held) -> Parts:
    """The parts that the set itself names; a fold for each that it does not."""
    spare = [held.trained[held.folds[held.trained] == fold] for fold in (0, 1)]
    dev = held.dev if len(held.dev) else spare[0]
    test = held.test if len(held.test) else spare[1 if dev is spare[0] else 0]
    train = np.setdiff1d(held.trained, np.concatenate([dev, test]))
    return Parts(train, dev, test)


def train_encoder(job: Job, progress: Progress) -> Evaluation:
    """Tunes the encoder and its heads, writes the bundle, and gives the figures on what was held out."""
    parts = parts_of(job.plan.held)
    rows = {name: _rows(job, getattr(parts, name)) for name in ("train", "dev")}
    tuned = _tuned(job, rows["train"], rows["dev"], progress)
    place = job.choices.work / "encoder"
    place.mkdir(parents=True, exist_ok=True)
    export(tuned.model.encoder, calibration_batches(tuned, rows["train"]), place / "encoder.onnx")
    save_tokenizer(tuned, place)
    scorer = _scorer(job, place, tuned)
    dev, test = (features(scorer, [job.rows[i] for i in part], job.level) for part in (parts.dev, parts.test))
    found = [_axis(job, tuned, axis, (parts.dev, dev), (parts.test, test)) for axis in job.axes().values()]
    unread = {int(part[i]): why for part, read in ((parts.dev, dev), (parts.test, test)) for i, why in read.unread.items()}
    agreement = _agreement(tuned, rows["dev"], dev, parts.dev, job)
    trained = Trained(
        [fit for fit, _ in found],
        [task for _, task in found],
        np.concatenate([parts.train, parts.dev]),
        unread,
        by_epoch(_log(job)),
        {"recipe": json.loads(json.dumps(_plain(tuned.recipe))), "agreement": agreement},
        tuple(_agreement_lines(agreement)),
    )
    added, evaluation = addition(job, trained)
    fits = [fit.head for fit, _ in found]
    contents = Contents(added.axes, fits, job.lexicons, {}, frozenset(), None)
    write(contents, added, lambda folder: _encoder_files(job, tuned, place, folder), job.choices.out, job.choices.force)
    return evaluation


def _rows(job: Job, chosen: Ints) -> Sequence[Row]:
    groups = job.plan.held.groups
    return training_rows([job.rows[index] for index in chosen], [groups[index] for index in chosen], job.level)


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
    )


def _tuned(job: Job, rows: Sequence[Row], dev: Sequence[Row], progress: Progress) -> Tuned:
    recipe = recipe_of(job)
    start = None if job.choices.base else start_of(job.bundle, new_model(recipe).model)
    key = f"{run_key(rows, recipe)} {'' if job.choices.base else job.bundle.name.sha256}"
    place = Place(job.choices.work / "run", key, resume=job.choices.resume, how=HOW_TO_RESUME)
    return finetune(rows, recipe, start, Course(place, lambda model: _figure(job, model, recipe, dev), progress=progress))


def _figure(job: Job, model: FramingModel, recipe: Recipe, dev: Sequence[Row]) -> float:
    """What stops the training: the mean over the axes of macro-F1, or of 1 less the error where labels are numbers."""
    tokenizer = new_model(recipe).tokenizer
    said = expit(logits(Tuned(model, tokenizer, recipe), dev))
    return float(np.mean([_of_axis(job, axis, said[:, at], dev) for at, axis in enumerate(recipe.axes)]))


def _of_axis(job: Job, axis: str, values: Floats, dev: Sequence[Row]) -> float:
    labelled = np.array([at for at, row in enumerate(dev) if axis in row.labels])
    truth = np.array([dev[at].labels[axis] for at in labelled])
    scale = job.labelled.scales[axis]
    measure = next(one for one in measures(scale) if one.name == judged_by(scale, truth))
    kept = measure.rows(truth)
    found = measure.metric(truth[kept], values[labelled][kept])
    return found if measure.higher_is_better else 1.0 - found


def _scorer(job: Job, place: Path, tuned: Tuned) -> Scorer:
    """The scorer of the new encoder, which so far has the old bundle's axes and no heads for actors."""
    encoder: Future[Encoder] = Future()
    encoder.set_result(Encoder(place, tuned.recipe.max_tokens))
    manifest = {**job.bundle.manifest, "encoder": {**job.bundle.manifest["encoder"], "width": tuned.model.width}}
    bundle = replace(job.bundle, names=None, target=None, manifest=manifest)
    return Scorer(bundle, encoder=encoder, with_actors=False)


def _axis(
    job: Job, tuned: Tuned, axis: Axis, dev: tuple[Ints, Features], test: tuple[Ints, Features]
) -> tuple[Fit, Any]:
    row = tuned.recipe.heads.index(axis.name)
    head = tuned.model.head
    slope, bias = head.weight.detach().numpy()[row].astype(np.float64), float(head.bias.detach().numpy()[row])
    rows, found = _usable(job, axis, *dev)
    labels = labels_of(job, axis, rows)
    labels = replace(labels, folds=grouped_folds(labels.groups, min(5, len(set(labels.groups))), 0))
    lexicons = Lexicons(job.lexicons, signs(axis.name, job.bundle.lexicons))
    line = Line(slope, bias, found.states.mean(axis=0))
    fit = calibrated(found, labels, axis, lexicons, line, found.states @ slope + bias)
    measured, features_of = _usable(job, axis, *test)
    values = fit.head.many(features_of.states, features_of.hits, features_of.stance)
    return fit, task_of(job, axis, measured, values, expit(features_of.states @ slope + bias))


def _usable(job: Job, axis: Axis, rows: Ints, found: Features) -> tuple[Ints, Features]:
    """The rows of a part that are labelled and could be read, with their features."""
    kept = np.flatnonzero(found.read & np.array([axis.name in job.rows[index].labels for index in rows]))
    return rows[kept], Features(found.states[kept], found.hits[kept], found.stance[kept], {})


def _agreement(
    tuned: Tuned, dev: Sequence[Row], found: Features, places: Ints, job: Job
) -> dict[str, dict[str, float]]:
    """Differences of a row's probability between the encoder that ships and the one in full precision."""
    full = expit(logits(tuned, dev))
    weights, biases = tuned.model.head.weight.detach().numpy(), tuned.model.head.bias.detach().numpy()
    n_axes = len(tuned.recipe.axes)
    shipped = expit(found.states[found.read] @ weights[:n_axes].T + biases[:n_axes])
    gaps = np.abs(shipped - full[: len(shipped)])
    return {
        axis: {"mean": float(gaps[:, at].mean()), "largest": float(gaps[:, at].max())}
        for at, axis in enumerate(tuned.recipe.axes)
    }


def _agreement_lines(agreement: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        f"{axis}: the encoder that ships and the one in full precision differ by {gap['mean']:.4f} in probability on "
        f"average, by {gap['largest']:.3f} at most"
        for axis, gap in agreement.items()
    ]


def _log(job: Job) -> list[dict[str, Any]]:
    path = job.choices.work / "run" / LOG
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _plain(recipe: Recipe) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(recipe)


def _encoder_files(job: Job, tuned: Tuned, place: Path, folder: Path) -> Mapping[str, Any]:
    import zlib

    for name in ("encoder.onnx", "tokenizer.json"):
        shutil.copyfile(place / name, folder / name)
    for name in ("seeds.json", "actors.json"):
        shutil.copyfile(job.bundle.folder / name, folder / name)
    return {
        "encoder": {
            "base": tuned.recipe.base,
            "max_tokens": tuned.recipe.max_tokens,
            "width": tuned.model.width,
            "crc32": zlib.crc32((folder / "encoder.onnx").read_bytes()),
        }
    }
