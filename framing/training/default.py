"""The recipe of the default bundle, in stages that are kept, so that an interrupted run goes on where it stopped."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch

from framing import audit
from framing.axes import Axis, read_axes
from framing.bundle import load_bundle
from framing.config import default_actors, default_seeds, shipped
from framing.neural.encoder import Encoder
from framing.report.audits import markdown
from framing.scorer import Scorer
from framing.seeds import Lexicon, load_folder
from framing.seeds.actors import Catalogue
from framing.training import reference
from framing.training.assemble import Parts, write_bundle
from framing.training.card import Card, render
from framing.training.crossval import Folds, exported, exported_logits, out_of_fold, tuned_model
from framing.training.export import calibration_batches
from framing.training.figures import Figure, HeldOut, figures
from framing.training.finetune import Recipe, Tuned, logits
from framing.training.heads import Calibration, fit, hit_counts, signs
from framing.training.mention_heads import MentionHeads
from framing.training.mention_stage import FOLD_PASSES, KEPT_PASSES, fitted, shared_recipe, training_rows
from framing.training.rows import SETS, Row, read_all
from framing.training.splits import grouped_folds, random_folds
from framing.types import Floats, Ints

VERSION = "0.2.0"
N_FOLDS = 5
# The bundle is calibrated on the folds by article; of the others, which are there for comparison, two say enough.
MEASURED_FOLDS = {"articles": N_FOLDS, "outlets": 2, "random": 2}
REFERENCE_NAME = "US news articles"
REFERENCE_ABOUT = (
    "They are a random sample of the texts of Article-Bias-Prediction (Baly et al., EMNLP 2020; Apache-2.0), 2012 to "
    "2020, scored by this bundle; outlets are represented as they are in that set."
)
LIMITS = (
    "Trained and measured on sentences of US news of 2017 to 2020 and English news of the CheckThat! lab; other kinds "
    "of English, other decades and translations were not measured.",
    "BABE's sentences were chosen to be rich in bias: about half are marked. On ordinary news the probabilities are "
    "therefore likely to be high; compare articles with each other and with the reference corpus rather than reading a "
    "value as a literal share.",
    "Marker weights add nothing measurable to accuracy on BABE; they are kept because they are held to their sign, so "
    "that a loaded word cannot make a sentence plainer.",
    "Stance is judged rightly in about four of five mentions with one target, in fewer where several stand side by "
    "side, and rarely where the blame is polite or ironic. A name moves it more than it should.",
    "Labels are readers' judgements of wording. They say nothing of whether an article is true, fair or well meant.",
)


# Three passes rather than four: the shared stage has taught the encoder much of news already.
SENTENCE_PASSES = (("babe", 3.0), ("subjectivity", 3.0))


def joint_recipe(random_state: int) -> Recipe:
    """The recipe of the model that ships."""
    passes = (*SENTENCE_PASSES, *KEPT_PASSES)
    return Recipe(passes=passes, spread=True, swaps=0.4, average=0.3, random_state=random_state)


def fold_recipe(recipe: Recipe) -> Recipe:
    """The recipe of the models that have not seen a fold of the sentence rows."""
    return replace(recipe, passes=(*SENTENCE_PASSES, *FOLD_PASSES))


@dataclass(frozen=True)
class Run:
    """One training of the default bundle: data, where stages are kept, how many articles to refer to."""

    data: Path
    folder: Path
    recipe: Recipe
    n_reference: int

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
        """The folder of the stage that every model starts from: names, stance and roles, no sentence axis."""
        folder = self.folder / "shared"
        tuned_model(self.mention_rows, shared_recipe(self.recipe), folder)
        return folder

    @cached_property
    def tuned(self) -> Tuned:
        """The model that ships, fine-tuned on all rows."""
        return tuned_model((*self.rows, *self.mention_rows), self.recipe, self.place, self.shared)

    @cached_property
    def encoder(self) -> Encoder:
        """The int8 encoder that ships."""
        return exported(self.tuned, self.rows, self.place)

    @property
    def place(self) -> Path:
        """The folder of the model that ships."""
        return self.folder / f"seed-{self.recipe.random_state}"

    @cached_property
    def mentions(self) -> tuple[MentionHeads, list[Figure]]:
        """The heads for names and mentions that ship, and their figures."""
        return fitted(self.tuned, self.encoder, self.data)

    def folds(self, held_out: str) -> Ints:
        """The fold of each row."""
        if held_out == "random":
            return random_folds(len(self.rows), N_FOLDS, 0)
        if held_out == "articles":
            return grouped_folds([row.group for row in self.rows], N_FOLDS, 0)
        return grouped_folds([row.outlet or row.group for row in self.rows], N_FOLDS, 0)

    def cross(self, how: str) -> Folds:
        """The rows with their folds, one way of holding out."""
        n_measured = MEASURED_FOLDS[how]
        recipe, place = fold_recipe(self.recipe), self.folder / how
        return Folds(self.rows, self.folds(how), recipe, place, n_measured, self.mention_rows, self.shared)

    def held_out(self, how: str) -> list[HeldOut]:
        """The out-of-fold logits of every axis, rows held out by article, outlet or at random."""
        folds = self.folds(how)
        found = out_of_fold(self.cross(how))
        return [self._held_out(axis, how, column, found, folds) for column, axis in enumerate(self.recipe.axes)]

    def _held_out(self, axis: str, how: str, column: int, found: Floats, folds: Ints) -> HeldOut:
        measured = ~np.isnan(found[:, column])
        labelled = np.array([at for at, row in enumerate(self.rows) if axis in row.labels and measured[at]])
        chosen = [self.rows[index] for index in labelled]
        values = found[labelled, column].astype(np.float64)
        return HeldOut(axis, how, chosen, values, self.hits[labelled], signs(axis, self.lexicons), folds[labelled])


def calibrations(data: Sequence[HeldOut]) -> dict[str, Calibration]:
    """The calibration of each axis, fitted on all its out-of-fold logits."""
    return {one.axis: fit(one.truth, one.logits, one.hits, one.directions) for one in data}


def prepare(run: Run, held_out: Sequence[str], n_workers: int) -> None:
    """Trains every model that is not there yet, `n_workers` of them side by side, each on one thread.

    On few cores that is a third quicker than one model after the other on all of them.
    """
    _ = run.shared
    jobs = [("", 0), *((how, fold) for how in ("articles", *held_out) for fold in range(MEASURED_FOLDS[how]))]
    fresh = replace(run)  # without the rows that are read already, which each worker reads for itself
    with ProcessPoolExecutor(n_workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(_model, [fresh] * len(jobs), jobs))


def _model(run: Run, job: tuple[str, int]) -> None:
    torch.set_num_threads(1)
    how, fold = job
    _ = run.cross(how).model(fold) if how else run.tuned


def train(run: Run, out: Path, held_out: Sequence[str], force: bool) -> None:
    """Writes the bundle to `out`; calibration is by rows held out by article, figures also by those in `held_out`."""
    by_article = run.held_out("articles")
    calibrated = calibrations(by_article)
    measured = [figure for one in by_article for figure in figures(one)]
    for how in held_out:
        measured += [figure for one in run.held_out(how) for figure in figures(one)]
    measured += run.mentions[1]
    parts = parts_of(run, calibrated, measured)
    provisional = run.folder / "without-reference"
    write_bundle(parts, provisional, force=True)
    quantiles, n = refer(run, provisional)
    about_reference = {"name": REFERENCE_NAME, "n": n, "about": REFERENCE_ABOUT}
    card = render(_card(run, parts.axes, calibrated, measured, about_reference, audited(provisional)))
    write_bundle(replace(parts, reference=about_reference, quantiles=quantiles, card=card), out, force)


def parts_of(run: Run, fitted: Mapping[str, Calibration], measured: Sequence[Figure]) -> Parts:
    """What goes into the bundle, but for reference corpus and card."""
    axes = read_axes(shipped("seeds", "axes.toml"))
    return Parts(
        name="default",
        version=VERSION,
        tuned=run.tuned,
        axes=[axes[name] for name in run.recipe.axes],
        calibrations=fitted,
        lexicons=run.lexicons,
        mentions=run.mentions[0],
        catalogue=Catalogue.load(default_actors()),
        calibration_batches=calibration_batches(run.tuned, run.rows),
        about={"data": data_sets(run), "metrics": [figure.to_dict() for figure in measured]},
    )


def refer(run: Run, bundle: Path) -> tuple[dict[str, Floats], int]:
    """The quantiles of the reference corpus by a bundle, and how many articles they rest on."""
    scorer = Scorer(load_bundle(bundle), with_actors=False)
    cache = run.folder / f"reference-{_weights_hash(bundle)}.tsv"
    documents = reference.sample(run.data / "article_bias.parquet", run.n_reference, random_state=0)
    found = reference.values(scorer, documents, cache)
    return reference.quantiles(found), len(next(iter(found.values())))


def audited(bundle: Path) -> str:
    """What the audit finds of a bundle, as Markdown whose headings stand one level down, as a part of the card."""
    scorer = Scorer(load_bundle(bundle))
    return re.sub("^#", "##", markdown(audit.run(scorer, scorer.catalogue)), flags=re.MULTILINE)


def data_sets(run: Run) -> list[dict[str, Any]]:
    """The data sets with licence, rows and hash, for manifest and card."""
    counts = Counter(row.source for row in (*run.rows, *run.mention_rows))
    return [
        {**asdict(one), "rows": counts[one.name], "sha256": sha256((run.data / one.file).read_bytes()).hexdigest()}
        for one in SETS
    ]


def agreement(run: Run, fitted: Mapping[str, Calibration], n_rows: int = 600) -> dict[str, dict[str, float]]:
    """Difference between the probabilities of the int8 and the full-precision encoder, axis by axis."""
    chosen = [run.rows[index] for index in np.random.default_rng(1).permutation(len(run.rows))[:n_rows]]
    int8, full = exported_logits(run.tuned, run.encoder, chosen), logits(run.tuned, chosen)
    none = np.zeros((len(chosen), len(run.lexicons)))
    out = {}
    for column, axis in enumerate(run.recipe.axes):
        gap = np.abs(fitted[axis].probability(int8[:, column], none) - fitted[axis].probability(full[:, column], none))
        out[axis] = {"mean": float(gap.mean()), "largest": float(gap.max())}
    return out


def _card(
    run: Run,
    axes: Sequence[Axis],
    fitted: Mapping[str, Calibration],
    measured: Sequence[Figure],
    about: Mapping[str, Any],
    audit_found: str,
) -> Card:
    return Card(
        name="default",
        version=VERSION,
        axes=axes,
        data=data_sets(run),
        recipe=asdict(run.recipe),
        figures=measured,
        calibrations=fitted,
        lexicons=[lexicon.name for lexicon in run.lexicons],
        agreement=agreement(run, fitted),
        reference=about,
        limits=LIMITS,
        audit=audit_found,
    )


def _weights_hash(bundle: Path) -> str:
    manifest = json.loads((bundle / "manifest.json").read_text("utf-8"))
    parts = [manifest["files"][name] for name in ("encoder.onnx", "heads.safetensors", "seeds.json")]
    return sha256("".join(parts).encode()).hexdigest()[:12]
