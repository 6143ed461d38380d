"""A bundle with axes of a user's own: an encoder, and heads that were fitted on it, as the files of a folder."""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file, save_file

import framing
from framing.axes import Axis
from framing.bundle import FORMAT, Bundle
from framing.evaluation.seen import TRAINING_ROWS, trained_on
from framing.head_arrays import Head, to_arrays
from framing.training import reference
from framing.training.pack import whole, write_manifest, write_words
from framing.types import Floats

COPIED = ("encoder.onnx", "tokenizer.json", "seeds.json", "actors.json")
_OF_AXES = ("directions", "biases", "calibration", "weights", reference.WHOLE, reference.OF_PARTS)


@dataclass(frozen=True, slots=True)
class Addition:
    """What is put beside, or in place of, the axes of a bundle.

    Attributes
    ----------
    axes, heads : those that were trained, in order.
    about : keys of the manifest: data, training, metrics, base, licence.
    rows : hashes of the texts that were trained on.
    documents : name of a file → its text: the card and its pictures.
    """

    name: str
    version: str
    axes: Sequence[Axis]
    heads: Sequence[Head]
    about: Mapping[str, Any]
    rows: frozenset[str]
    documents: Mapping[str, str] = field(default_factory=dict)


def write_beside(base: Bundle, addition: Addition, folder: Path, force: bool) -> None:
    """Writes the bundle of a frozen encoder: all of `base`, with axes added or replaced."""
    new = {axis.name for axis in addition.axes}
    kept = [axis for name, axis in base.axes.items() if name not in new]
    axes = [*kept, *addition.axes]
    heads = [*(base.heads[axis.name] for axis in kept), *addition.heads]

    def encoder(place: Path) -> Mapping[str, Any]:
        for name in COPIED:
            shutil.copyfile(base.folder / name, place / name)
        write_words(base.vocabulary, place)
        return {"encoder": base.manifest["encoder"], "cues": list(base.cues.names) if base.cues else []}

    arrays: dict[str, Floats] = _others(base)
    about_reference, quantiles = _reference(base, kept)
    sets = {axis.name: base.label_sets[axis.name].to_dict() for axis in kept if axis.name in base.label_sets}
    arrays |= quantiles
    contents = Contents(axes, heads, base.manifest["lexicons"], arrays, trained_on(base), about_reference, sets)
    write(contents, addition, encoder, folder, force)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle holds besides its encoder.

    Attributes
    ----------
    lexicons : names, the columns of the heads' weights.
    arrays : further ones, of names, stance and quantiles.
    seen : hashes of rows that went into it before.
    reference : the manifest's entry on the reference corpus, or None.
    label_sets : that of each axis that is kept and has one.
    """

    axes: Sequence[Axis]
    heads: Sequence[Head]
    lexicons: Sequence[str]
    arrays: Mapping[str, Floats]
    seen: frozenset[str]
    reference: Mapping[str, Any] | None
    label_sets: Mapping[str, Any] = field(default_factory=dict)


def write(
    contents: Contents,
    addition: Addition,
    encoder: Callable[[Path], Mapping[str, Any]],
    folder: Path,
    force: bool,
) -> None:
    """Writes a bundle; `encoder` puts its own files into a folder and returns their keys of the manifest."""
    with whole(folder, force) as place:
        about = encoder(place)
        arrays = {**to_arrays(contents.heads, contents.lexicons), **contents.arrays}
        save_file({name: np.ascontiguousarray(array) for name, array in arrays.items()}, place / "heads.safetensors")
        (place / TRAINING_ROWS).write_text("\n".join(sorted(contents.seen | addition.rows)) + "\n", "utf-8")
        for name, text in addition.documents.items():
            (place / name).write_text(text, "utf-8")
        manifest = {
            "format": FORMAT,
            "name": addition.name,
            "version": addition.version,
            "framing": framing.__version__,
            **about,
            "axes": [axis.to_dict() for axis in contents.axes],
            "lexicons": list(contents.lexicons),
            "reference": contents.reference,
            **addition.about,
            "label_sets": {**contents.label_sets, **addition.about.get("label_sets", {})},
        }
        write_manifest(place, json.loads(json.dumps(manifest)))


def _others(base: Bundle) -> dict[str, Floats]:
    """The arrays of a bundle that belong to no axis."""
    arrays = load_file(base.folder / "heads.safetensors")
    return {name: array for name, array in arrays.items() if name not in _OF_AXES and not name.startswith("article.")}


def _reference(base: Bundle, kept: Sequence[Axis]) -> tuple[Mapping[str, Any] | None, Mapping[str, Floats]]:
    """The reference corpus as far as the axes that are kept were scored on it."""
    if base.reference is None:
        return None, {}
    names = [axis.name for axis in kept if axis.name in base.reference.quantiles]
    if not names:
        return None, {}
    arrays = reference.arrays(base.reference, names)
    return {**base.manifest["reference"], "axes": names}, arrays
