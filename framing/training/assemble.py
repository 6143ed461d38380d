"""Puts a bundle together; the folder appears whole or not at all."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

import framing
from framing.axes import Axis, Level
from framing.bundle import ENCODER, FORMAT, Reference
from framing.evaluation.seen import TRAINING_ROWS
from framing.features.vocabulary import Vocabulary
from framing.head_arrays import Head, to_arrays
from framing.heads import SentenceHead
from framing.neural.encoder import Form
from framing.seeds import Lexicon, to_json
from framing.seeds.actors import Catalogue
from framing.training import reference
from framing.training.export import Batch, export_tuned
from framing.training.finetune import Tuned
from framing.training.heads import Calibration
from framing.training.mention_heads import MentionHeads
from framing.training.mention_heads import arrays as mention_arrays
from framing.training.pack import whole, write_manifest, write_words
from framing.types import Floats

LICENCE = "CC BY-NC-SA 4.0"


@dataclass(frozen=True, slots=True)
class Parts:
    """What goes into a bundle.

    Attributes
    ----------
    calibrations : of the axes that are read from sentences.
    articles : heads of the axes that are read from whole articles.
    cues : those of the model's heads that are no axes and that heads of whole articles may read.
    vocabulary : the words that heads of whole articles weigh, None where they weigh none.
    rows : hashes of the texts that were trained on.
    about : further keys of the manifest, such as `data` and `metrics`.
    reference : the corpus that percentiles refer to; None while it was not scored.
    """

    name: str
    version: str
    tuned: Tuned
    axes: Sequence[Axis]
    calibrations: Mapping[str, Calibration]
    lexicons: Sequence[Lexicon]
    mentions: MentionHeads
    catalogue: Catalogue
    calibration_batches: Sequence[Batch]
    articles: Sequence[Head] = ()
    cues: Sequence[str] = ()
    vocabulary: Vocabulary | None = None
    rows: frozenset[str] = frozenset()
    about: Mapping[str, Any] = field(default_factory=dict)
    reference: Reference | None = None
    card: str = ""


def write_bundle(parts: Parts, folder: Path, force: bool = False) -> None:
    """Writes the bundle to `folder`; an existing one is replaced only with `force`."""
    with whole(folder, force) as partial:
        form = _write_files(parts, partial)
        write_manifest(partial, _manifest(parts, partial, form))


def heads_of(parts: Parts) -> list[Head]:
    """The heads of the axes, as the scorer uses them."""
    articles = {head.axis: head for head in parts.articles}
    return [articles[axis.name] if axis.level is Level.ARTICLE else _of_sentences(parts, axis) for axis in parts.axes]


def _of_sentences(parts: Parts, axis: Axis) -> SentenceHead:
    head, fitted = parts.tuned.model.head, parts.calibrations[axis.name]
    weights, biases = head.weight.detach().numpy(), head.bias.detach().numpy()
    row = parts.tuned.recipe.heads.index(axis.name)
    names = [lexicon.name for lexicon in parts.lexicons]
    pushes = dict(zip(names, map(float, fitted.weights), strict=True))
    signs = {one.name: one.signs[axis.name] for one in parts.lexicons if axis.name in one.signs}
    numbers = (float(biases[row]), fitted.scale, fitted.offset)
    return SentenceHead(axis.name, weights[row], *numbers, pushes, signs, axis.range)


def head_arrays(parts: Parts) -> dict[str, Floats]:
    """Every head of the bundle as plain arrays."""
    arrays = to_arrays(heads_of(parts), [lexicon.name for lexicon in parts.lexicons])
    if parts.reference is not None:
        arrays |= reference.arrays(parts.reference, [axis.name for axis in parts.axes])
    arrays |= dict(mention_arrays(parts.mentions.names, parts.mentions.target))
    arrays |= _cues(parts)
    return {name: np.ascontiguousarray(array) for name, array in arrays.items()}


def _cues(parts: Parts) -> dict[str, Floats]:
    if not parts.cues:
        return {}
    head = parts.tuned.model.head
    rows = [parts.tuned.recipe.heads.index(name) for name in parts.cues]
    weights, biases = (part.detach().numpy()[rows] for part in (head.weight, head.bias))
    return {"cue.directions": weights, "cue.biases": biases}


def _write_files(parts: Parts, folder: Path) -> Form:
    form = export_tuned(parts.tuned, parts.calibration_batches, folder)
    save_file(head_arrays(parts), folder / "heads.safetensors")
    seeds = json.dumps(to_json(parts.lexicons), ensure_ascii=False, separators=(",", ":"))
    (folder / "seeds.json").write_text(seeds, "utf-8")
    actors = json.dumps(parts.catalogue.to_json(), ensure_ascii=False, separators=(",", ":"))
    (folder / "actors.json").write_text(actors, "utf-8")
    write_words(parts.vocabulary, folder)
    (folder / "card.md").write_text(parts.card, "utf-8")
    (folder / TRAINING_ROWS).write_text("".join(f"{one}\n" for one in sorted(parts.rows)), "utf-8")
    return form


def _manifest(parts: Parts, folder: Path, form: Form) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": parts.name,
        "version": parts.version,
        "framing": framing.__version__,
        "licence": LICENCE,
        "encoder": {
            "base": parts.tuned.recipe.base,
            "max_tokens": parts.tuned.recipe.max_tokens,
            "width": parts.tuned.model.width,
            **asdict(form),
            "crc32": zlib.crc32((folder / ENCODER).read_bytes()),
        },
        "axes": [axis.to_dict() for axis in parts.axes],
        "lexicons": [lexicon.name for lexicon in parts.lexicons],
        "cues": list(parts.cues),
        "reference": parts.reference and reference.described(parts.reference),
        "recipe": asdict(parts.tuned.recipe),
        **parts.about,
    }
