"""The default bundle: its models calibrated and measured, put together with reference corpus, audit and card."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from framing import audit
from framing.axes import read_axes
from framing.bundle import Reference, load_bundle
from framing.config import default_actors, shipped
from framing.labels.row import row_hash
from framing.outlet_classes import OutletClasses
from framing.report.audits import markdown
from framing.scorer import Scorer
from framing.seeds.actors import Catalogue
from framing.training import neutral, reference, templates
from framing.training.article_axes import ArticleAxis, Articles, fit_axes, read
from framing.training.article_card import section
from framing.training.article_rows import described, own_labels
from framing.training.assemble import Parts, write_bundle
from framing.training.card import Card, render
from framing.training.crossval import exported, exported_logits
from framing.training.export import calibration_batches
from framing.training.figures import Figure, HeldOut, figures
from framing.training.finetune import logits
from framing.training.heads import Calibration, fit
from framing.training.news_labels import CUES, NEWS
from framing.training.outlet_classes import with_classes
from framing.training.rows import SETS
from framing.training.stages import AXES, Run
from framing.training.transfer import features_of, transfer

VERSION = "0.7.0"
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
    "The axes of whole articles are linear heads, learnt from about 9,200 to 9,600 articles: good for comparing many "
    "articles, weak for judging one. Most of their labels are a language model's.",
    "A language model's labels of 24,097 sentences and 38,929 mentions of news were learnt from, too, before and "
    "beside the public sets. What is measured is measured on the public sets' own labels, on rows held out.",
    "Before any label, the encoder read 13,600 texts of Article-Bias-Prediction and guessed masked words. Articles of "
    "that set that are held out elsewhere in this card may be among them, without their labels.",
    "How the encoder is trained was chosen by figures on NewsMTSC's development parts, and how much of its first stage "
    "stays also by folds of BABE, so those figures flatter a little.",
    "Labels are readers' judgements of wording. They say nothing of whether an article is true, fair or well meant.",
)


def calibrations(data: Sequence[HeldOut]) -> dict[str, Calibration]:
    """The calibration of each axis, fitted on all its out-of-fold logits."""
    return {one.axis: fit(one.truth, one.logits, one.hits, one.directions) for one in data}


def train(run: Run, out: Path, held_out: Sequence[str], force: bool) -> None:
    """Writes the bundle to `out`; calibration is by rows held out by article, figures also by those in `held_out`.

    Heads of whole articles are fitted on what the bundle of sentence axes makes of them, and the reference corpus is
    scored by the bundle of all axes.
    """
    by_article = run.held_out("articles")
    calibrated = calibrations(by_article)
    measured = [figure for one in by_article for figure in figures(one)]
    for how in held_out:
        measured += [figure for one in run.held_out(how) for figure in figures(one)]
    measured += [*carried_over(run), *run.mentions[1]]
    sentences = parts_of(run, calibrated, measured)
    fitted, rows = articles(run, sentences)
    classes, found = with_classes(fitted, rows)
    parts = with_articles(run, sentences, found, rows, classes)
    provisional = run.folder / "without-reference"
    write_bundle(parts, provisional, force=True)
    referred = refer(run, parts, provisional)
    card = render(_card(run, referred, measured, audited(provisional), section(found)))
    write_bundle(replace(referred, card=card), out, force)


def carried_over(run: Run) -> list[Figure]:
    """Figures of the sentence axes on another source, by heads on the encoder of the first stage, which saw neither."""
    encoder = exported(run.shared_model, run.mention_rows, run.folder / "transfer")
    found = features_of(run.rows, encoder, run.hits)
    axes = read_axes(shipped("seeds", "axes.toml"))
    return [one for name in AXES for one in transfer(run.rows, found, axes[name], run.lexicons)]


def parts_of(run: Run, fitted: Mapping[str, Calibration], measured: Sequence[Figure]) -> Parts:
    """What goes into the bundle, but for the axes of whole articles, reference corpus and card."""
    axes = read_axes(shipped("seeds", "axes.toml"))
    return Parts(
        name="default",
        version=VERSION,
        tuned=run.tuned,
        axes=[axes[name] for name in AXES],
        calibrations=fitted,
        lexicons=run.lexicons,
        mentions=run.mentions[0],
        cues=CUES,
        catalogue=Catalogue.load(default_actors()),
        calibration_batches=calibration_batches(run.tuned, run.rows),
        rows=frozenset(row_hash(row.text) for row in (*run.rows, *run.mention_rows)),
        about={"data": data_sets(run), "metrics": [figure.to_dict() for figure in measured]},
    )


def articles(run: Run, sentences: Parts) -> tuple[list[ArticleAxis], Articles]:
    """The axes of whole articles, on the encoder of a bundle that has none yet, and the articles they learnt from."""
    bundle = run.folder / "sentence-axes"
    write_bundle(sentences, bundle, force=True)
    rows = read(bundle, run.data, run.folder / "article-features", run.n_workers)
    axes, cues = read_axes(shipped("seeds", "axes.toml")), load_bundle(bundle).cues
    return fit_axes(rows, axes, run.lexicons, cues, run.n_workers), rows


def with_articles(
    run: Run, parts: Parts, found: Sequence[ArticleAxis], rows: Articles, classes: OutletClasses
) -> Parts:
    """The parts with the axes of whole articles, their figures, what is told by them, and what they were trained on."""
    figures_found = [figure.to_dict() for one in found for figure in (*one.figures, *one.sets.figures)]
    return replace(
        parts,
        axes=[*parts.axes, *(one.axis for one in found)],
        articles=[one.fit.head for one in found],
        vocabulary=rows.vocabulary,
        rows=parts.rows | {row_hash(row.text) for row in rows.rows},
        about={
            "data": [*parts.about["data"], *described(run.data, rows.rows)],
            "metrics": [*parts.about["metrics"], *figures_found],
            "label_sets": {one.axis.name: one.sets.kept.to_dict() for one in found},
            "outlet_classes": classes.to_dict(),
        },
    )


def refer(run: Run, parts: Parts, bundle: Path) -> Parts:
    """The parts with the quantiles of the reference corpus, scored by what was written of them to `bundle`."""
    scorer = Scorer(load_bundle(bundle), with_actors=False)
    cache = run.folder / f"reference-{_weights_hash(bundle)}.tsv"
    corpus = run.data / "article_bias.parquet"
    documents = list(reference.sample(corpus, run.n_reference, random_state=0))
    reference.fill(bundle, documents, cache, run.n_workers)
    found = reference.scored(scorer, iter(documents), cache)
    of_parts = reference.parts(found, corpus)
    referred = Reference(REFERENCE_NAME, len(found.ids), found.quantiles, of_parts, REFERENCE_ABOUT)
    return replace(parts, reference=referred)


def audited(bundle: Path) -> str:
    """What the audit finds of a bundle, as Markdown whose headings stand one level down, as a part of the card."""
    scorer = Scorer(load_bundle(bundle))
    return re.sub("^#", "##", markdown(audit.run(scorer, scorer.catalogue)), flags=re.MULTILINE)


def data_sets(run: Run) -> list[dict[str, Any]]:
    """The data sets with licence, rows and hash, and the project's own sentences, for manifest and card."""
    counts = Counter(row.source for row in (*run.rows, *run.mention_rows))
    public = [
        {**asdict(one), "rows": counts[one.name], "sha256": sha256((run.data / one.file).read_bytes()).hexdigest()}
        for one in SETS
    ]
    own = shipped("data", "training", "stance.toml")
    labelled = [
        {**asdict(one), "rows": counts[one.name], "sha256": sha256(own_labels(one.name).read_bytes()).hexdigest()}
        for one in NEWS
    ]
    return [
        *public,
        *labelled,
        {
            "name": "own sentences",
            "file": own.name,
            "licence": "CC0-1.0",
            "citation": "data/training and framing/training/neutral.py, with names drawn into them",
            "rows": counts[templates.SOURCE] + counts[neutral.SOURCE],
            "sha256": sha256(own.read_bytes()).hexdigest(),
        },
    ]


def agreement(run: Run, fitted: Mapping[str, Calibration], n_rows: int = 600) -> dict[str, dict[str, float]]:
    """Difference between the probabilities of the int8 and the full-precision encoder, axis by axis."""
    chosen = [run.rows[index] for index in np.random.default_rng(1).permutation(len(run.rows))[:n_rows]]
    int8, full = exported_logits(run.tuned, run.encoder, chosen), logits(run.tuned, chosen)
    none = np.zeros((len(chosen), len(run.lexicons)))
    out = {}
    for column, axis in enumerate(AXES):
        gap = np.abs(fitted[axis].probability(int8[:, column], none) - fitted[axis].probability(full[:, column], none))
        out[axis] = {"mean": float(gap.mean()), "largest": float(gap.max())}
    return out


def _card(
    run: Run,
    parts: Parts,
    measured: Sequence[Figure],
    audit_found: str,
    articles_found: str,
) -> Card:
    return Card(
        name=parts.name,
        version=parts.version,
        axes=parts.axes,
        data=parts.about["data"],
        recipe=asdict(run.recipe),
        figures=measured,
        calibrations=parts.calibrations,
        lexicons=[lexicon.name for lexicon in run.lexicons],
        agreement=agreement(run, parts.calibrations),
        reference=parts.reference,
        limits=LIMITS,
        articles=articles_found,
        audit=audit_found,
    )


def _weights_hash(bundle: Path) -> str:
    manifest = json.loads((bundle / "manifest.json").read_text("utf-8"))
    parts = [manifest["files"][name] for name in ("encoder.onnx", "heads.safetensors", "seeds.json")]
    return sha256("".join(parts).encode()).hexdigest()[:12]
