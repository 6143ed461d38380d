"""Bundles: a folder with everything a score depends on, closed and hashed; no pickle anywhere.

``manifest.json`` (versions, hashes, axes, data sets with licences, metrics), ``encoder.onnx``, ``tokenizer.json``,
``heads.safetensors``, ``seeds.json`` (the lexicons the heads were fitted with), ``actors.json`` (the actor file),
``words.json`` (the words that heads of whole articles weigh, if they do) and ``card.md``.
"""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.numpy import load_file

from framing.article_head import Cues
from framing.axes import Axis
from framing.errors import BundleError, UsageError
from framing.features.vocabulary import Vocabulary
from framing.head_arrays import Head, cues_of, from_arrays
from framing.heads import percentile
from framing.label_sets import LabelSets
from framing.name_head import NameHead
from framing.neural.encoder import Encoder, Form
from framing.outlet_classes import OutletClasses
from framing.scores import AxisScore, BundleName
from framing.seeds import Lexicon, from_json
from framing.seeds.actors import Catalogue
from framing.target import ARRAYS, TargetHead
from framing.types import Floats

FORMAT = 5
# Bundles of format 2 have axes of sentences alone, those of format 3 no weights of words, those of format 4 none of
# sides; they are read as they are.
READABLE = (2, 3, 4, FORMAT)
MANIFEST = "manifest.json"
ENCODER = "encoder.onnx"
WORDS = "words.json"
FILES = ("encoder.onnx", "tokenizer.json", "heads.safetensors", "seeds.json", "actors.json")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the reference corpus: of a kind of its parts, such as outlets, the one of a name, such as center."""

    kind: str
    name: str
    n: int
    quantiles: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Reference:
    """The corpus that percentiles refer to; `quantiles` are float32, shape (101,), for each axis measured on it.

    `parts` are by outlet and year, in which articles score otherwise; bundles before 0.5.1 have none. `about` says
    where the corpus is from.
    """

    name: str
    n: int
    quantiles: Mapping[str, Floats]
    parts: Sequence[Part] = ()
    about: str = ""

    @property
    def phrase(self) -> str:
        """How a report names it: "9,000 US news articles"."""
        return f"{self.n:,} {self.name}"

    def placed(self, score: AxisScore) -> AxisScore:
        """The score with its percentiles, where it has a value and its axis was measured on the corpus."""
        if score.value is None or score.axis not in self.quantiles:
            return score
        places: dict[str, dict[str, float]] = {}
        for part in self.parts:
            places.setdefault(part.kind, {})[part.name] = percentile(score.value, part.quantiles[score.axis])
        return replace(score, percentile=percentile(score.value, self.quantiles[score.axis]), percentiles=places)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A loaded bundle; its encoder, which takes longest to load, is read when asked for.

    `names` and `target` are None in a bundle whose encoder was tuned without names and stances: it finds no actors.
    `cues` are what sentences may show to the heads of whole articles, None where they read none.
    `vocabulary` are the words that heads of whole articles weigh; bundles before 0.5.0 have none.
    `label_sets` are of the axes of whole articles, by name; bundles before 0.4.0 have none.
    `outlet_classes` tell like which outlets' articles an article is; bundles before 0.7.0 do not.
    """

    folder: Path
    name: BundleName
    manifest: Mapping[str, Any]
    axes: Mapping[str, Axis]
    heads: Mapping[str, Head]
    lexicons: tuple[Lexicon, ...]
    reference: Reference | None
    names: NameHead | None
    target: TargetHead | None
    cues: Cues | None = None
    label_sets: Mapping[str, LabelSets] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    outlet_classes: OutletClasses | None = None

    def encoder(self, threads: int = 0) -> "Future[Encoder]":
        """The encoder, its file checked against the manifest's crc32; it is read while the caller goes on."""
        expected = self.manifest["encoder"].get("crc32")
        reader = ThreadPoolExecutor(1)
        form = Form.read(self.manifest["encoder"])
        reading = reader.submit(Encoder, self.folder, self.max_tokens, threads, expected, form)
        reader.shutdown(wait=False)
        return reading

    def catalogue(self) -> Catalogue:
        """The actor file the bundle was made with."""
        path = self.folder / "actors.json"
        try:
            return Catalogue.from_json(json.loads(path.read_text("utf-8")))
        except (OSError, UsageError, LookupError, TypeError, ValueError) as error:
            raise BundleError(f"{path}: cannot be read ({error!r}); restore the bundle") from error

    @property
    def max_tokens(self) -> int:
        """Longest window of the encoder, special tokens included."""
        return int(self.manifest["encoder"]["max_tokens"])


def load_bundle(folder: Path) -> Bundle:
    """The bundle in `folder`, its files checked against the manifest's hashes; the encoder is when it is read."""
    manifest, digest = _manifest(folder)
    _check_files(folder, manifest.get("files"))
    try:
        return _read(folder, manifest, digest)
    except (UsageError, LookupError, TypeError, ValueError) as error:
        raise BundleError(f"{folder}: {MANIFEST} and the files do not fit ({error!r}); restore the bundle") from error


def _read(folder: Path, manifest: Mapping[str, Any], digest: str) -> Bundle:
    arrays = _arrays(folder / "heads.safetensors")
    lexicons = from_json(json.loads((folder / "seeds.json").read_text("utf-8")))
    axes = {item["name"]: Axis.from_dict(item) for item in manifest["axes"]}
    signs = {name: {one.name: one.signs[name] for one in lexicons if name in one.signs} for name in axes}
    cues, vocabulary = cues_of(arrays, manifest.get("cues", ())), _vocabulary(folder, manifest)
    heads = from_arrays(arrays, tuple(axes.values()), manifest["lexicons"], signs, cues, vocabulary)
    name = BundleName(manifest["name"], manifest["version"], digest)
    reference, names, target = _reference(manifest, arrays), _name_head(arrays), _target_head(arrays)
    sets = {axis: LabelSets.from_dict(item) for axis, item in manifest.get("label_sets", {}).items()}
    told = manifest.get("outlet_classes")
    classes = OutletClasses.from_dict(told) if told else None
    read = (reference, names, target, cues, sets, vocabulary, classes)
    return Bundle(folder, name, manifest, axes, heads, lexicons, *read)


def _manifest(folder: Path) -> tuple[dict[str, Any], str]:
    path = folder / MANIFEST
    try:
        data = path.read_bytes()
        manifest = json.loads(data)
    except FileNotFoundError as error:
        raise BundleError(f"{folder}: not a bundle (no {MANIFEST}); give the folder of a bundle") from error
    except (OSError, ValueError) as error:
        raise BundleError(f"{path}: cannot be read ({error}); restore the bundle") from error
    if not isinstance(manifest, dict) or manifest.get("format") not in READABLE:
        found = manifest.get("format") if isinstance(manifest, dict) else None
        readable = ", ".join(map(str, READABLE))
        raise BundleError(f"{path}: format {found}, this version reads {readable}; train the bundle again")
    return manifest, sha256(data).hexdigest()


def _check_files(folder: Path, hashes: Any) -> None:
    if not isinstance(hashes, dict) or not {*FILES} <= hashes.keys():
        raise BundleError(f"{folder / MANIFEST}: needs the hashes of {', '.join(FILES)}; restore the bundle")
    for name, expected in hashes.items():
        path = folder / name
        if not path.is_file():
            raise BundleError(f"{path}: missing; restore the bundle")
        if name != ENCODER and sha256(path.read_bytes()).hexdigest() != expected:
            raise BundleError(f"{path}: differs from the manifest's sha256; restore the bundle")


def _vocabulary(folder: Path, manifest: Mapping[str, Any]) -> Vocabulary | None:
    if WORDS not in manifest["files"]:
        return None
    return Vocabulary(tuple(json.loads((folder / WORDS).read_text("utf-8"))))


def _arrays(path: Path) -> dict[str, Floats]:
    try:
        return dict(load_file(path))
    except SafetensorError as error:
        raise BundleError(f"{path}: cannot be read ({error}); restore the bundle") from error


def _name_head(arrays: Mapping[str, Floats]) -> NameHead | None:
    if "name.state" not in arrays:
        return None
    return NameHead(*(arrays[f"name.{part}"] for part in ("state", "bias", "shape", "out", "out_bias")))


def _target_head(arrays: Mapping[str, Floats]) -> TargetHead | None:
    if "target.stance" not in arrays:
        return None
    stance, roles = arrays["target.stance"], arrays["target.roles"]
    return TargetHead(
        weights={layer: arrays[f"target.{layer}.weight"] for layer in ARRAYS},
        biases={layer: arrays[f"target.{layer}.bias"] for layer in ARRAYS},
        scale=float(stance[0]),
        offsets=stance[1:],
        role_scales=roles[0],
        role_offsets=roles[1],
    )


def _reference(manifest: Mapping[str, Any], arrays: Mapping[str, Floats]) -> Reference | None:
    reference = manifest.get("reference")
    if reference is None:
        return None
    # Axes that came later than the corpus was scored have no quantiles.
    names = reference.get("axes") or [item["name"] for item in manifest["axes"]]
    parts = [
        Part(part["kind"], part["name"], part["n"], dict(zip(names, quantiles, strict=True)))
        for part, quantiles in zip(reference.get("parts", ()), arrays.get("part_quantiles", ()), strict=True)
    ]
    whole = dict(zip(names, arrays["quantiles"], strict=True))
    return Reference(reference["name"], reference["n"], whole, parts, reference.get("about", ""))
