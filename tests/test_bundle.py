"""Bundles: what is written is read again exactly, damage is named, and a folder appears whole or not at all."""

import json
import shutil
import zlib
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file
from tiny import LEXICONS, recipe, toy_rows

from framing.article import Document
from framing.axes import SHARE, Anchor, Axis
from framing.bundle import FILES, Bundle, Part, Reference, load_bundle
from framing.errors import BundleError, UsageError
from framing.heads import MAX_HITS
from framing.label_sets import LabelSets
from framing.scorer import Scorer
from framing.scores import AxisScore
from framing.seeds.actors import Catalogue, KnownActor
from framing.text import article_of
from framing.training import assemble
from framing.training.assemble import Parts, write_bundle, write_manifest
from framing.training.export import calibration_batches
from framing.training.finetune import finetune
from framing.training.heads import Calibration
from framing.training.mention_heads import MentionHeads, StanceCalibration, name_head, target_head

AXES = (
    Axis("opinion", "reporting", "opinion", SHARE, "share", "What is said.", "toys"),
    Axis("loaded", "plain", "loaded", SHARE, "share", "How it is said.", "toys", (Anchor(0.9, "loud", "Shame!"),)),
)
CALIBRATIONS = {
    "loaded": Calibration(0.7, -0.3, np.array([0.8, -0.5, 0.0])),
    "opinion": Calibration(1.3, 0.2, np.zeros(3)),
}
QUANTILES = {"loaded": np.linspace(0.1, 0.9, 101), "opinion": np.linspace(0, 0.5, 101)}
REFERENCE_PARTS = [
    Part("outlets", "left", 300, {"loaded": np.linspace(0.5, 1, 101), "opinion": np.linspace(0.2, 0.3, 101)}),
    Part("years", "2012 to 2014", 400, {"loaded": np.linspace(0, 0.1, 101), "opinion": np.linspace(0, 0.5, 101)}),
]
STANCE = StanceCalibration(0.6, np.array([0.1, 0.2, -0.3]))
CATALOGUE = Catalogue({"hamas": KnownActor("hamas", "Hamas", "armed_group")})
TEXT = "The report on the river bridge of the mayor was late on Monday and the budget of the school was too small. "


@pytest.fixture(scope="module")
def parts(tiny_base: Path) -> Parts:
    rows = toy_rows(32)
    tuned = finetune(rows, recipe(tiny_base, epochs=1))
    return Parts(
        name="toy",
        version="1.2.3",
        tuned=tuned,
        axes=AXES,
        calibrations=CALIBRATIONS,
        lexicons=LEXICONS,
        mentions=MentionHeads(name_head(tuned), target_head(tuned, STANCE, [(0.5, 0.1)] * 4)),
        catalogue=CATALOGUE,
        calibration_batches=calibration_batches(tuned, rows),
        about={"data": [{"name": "toy", "licence": "CC0"}]},
        reference=Reference("US news articles", 9876, QUANTILES, REFERENCE_PARTS, "A sample."),
        card="# Bundle\n",
    )


@pytest.fixture(scope="module")
def written(parts: Parts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundles") / "toy"
    write_bundle(parts, folder)
    return folder


@pytest.fixture
def copy(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "toy"))


def loaded_whole(folder: Path) -> Bundle:
    """The bundle, its encoder read too."""
    bundle = load_bundle(folder)
    bundle.encoder(threads=1).result()
    return bundle


def test_a_bundle_is_read_as_it_was_written(written: Path) -> None:
    bundle = loaded_whole(written)
    assert (bundle.name.name, bundle.name.version) == ("toy", "1.2.3")
    assert tuple(bundle.axes.values()) == AXES
    assert bundle.lexicons == LEXICONS
    assert bundle.max_tokens == 48
    assert bundle.manifest["data"] == [{"name": "toy", "licence": "CC0"}]
    assert (written / "card.md").read_text("utf-8") == "# Bundle\n"


def test_a_bundle_holds_its_documented_files_and_no_others(written: Path) -> None:
    assert {path.name for path in written.iterdir()} == {"manifest.json", "card.md", "training_rows.txt", *FILES}


def test_files_can_be_read_by_everybody(written: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in written.iterdir()} == {0o644}
    assert written.stat().st_mode & 0o777 == 0o755


def test_hashes_of_a_bundle_are_those_of_its_files_and_its_own_is_that_of_the_manifest(written: Path) -> None:
    hashes = json.loads((written / "manifest.json").read_text("utf-8"))["files"]
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in written.iterdir()}
    assert load_bundle(written).name.sha256 == found.pop("manifest.json")
    assert hashes == found


@pytest.mark.parametrize("axis", list(CALIBRATIONS))
def test_probabilities_of_a_loaded_head_equal_those_of_the_calibration(parts: Parts, written: Path, axis: str) -> None:
    head, generator = load_bundle(written).heads[axis], np.random.default_rng(0)
    weights, names = parts.tuned.model.head, [lexicon.name for lexicon in LEXICONS]
    row = parts.tuned.recipe.heads.index(axis)
    states = generator.normal(size=(50, 6, 32)).astype(np.float32)
    hits = generator.integers(0, MAX_HITS + 1, (50, 3))
    logits = states.mean(axis=1) @ weights.weight[row].detach().numpy() + weights.bias[row].item()
    counts = [dict(zip(names, map(int, row), strict=True)) for row in hits]
    ours = [head.probability(head.token_logits(s), count) for s, count in zip(states, counts, strict=True)]
    assert ours == pytest.approx(CALIBRATIONS[axis].probability(logits, hits.astype(float)), abs=1e-6)


def test_signs_of_a_loaded_head_are_those_of_the_lexicons(written: Path) -> None:
    heads = load_bundle(written).heads
    assert {axis: dict(head.signs) for axis, head in heads.items()} == {
        "opinion": {},
        "loaded": {"slurs": 1, "reports": -1},
    }


def test_the_heads_for_names_and_mentions_and_the_actors_are_read_as_they_were_written(
    parts: Parts, written: Path
) -> None:
    bundle = load_bundle(written)
    states = np.random.default_rng(0).normal(size=(6, parts.tuned.model.width)).astype(np.float32)
    mention = np.array([[False, True, True, False, False, False]])
    found, expected = (head.judge([states], [list(mention)]) for head in (bundle.target, parts.mentions.target))
    assert found == expected
    shapes = np.zeros(6, dtype=np.int64)
    assert np.array_equal(bundle.names.logits(states, shapes), parts.mentions.names.logits(states, shapes))
    assert bundle.catalogue() == parts.catalogue


def test_actors_that_cannot_be_read_are_a_bundle_error(copy: Path) -> None:
    (copy / "actors.json").write_text('{"compiled": 0}', "utf-8")
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    write_manifest(copy, {key: value for key, value in manifest.items() if key != "files"})
    with pytest.raises(BundleError, match=r"actors\.json: cannot be read .*; restore the bundle"):
        load_bundle(copy).catalogue()


def test_the_reference_is_read_axis_by_axis(written: Path) -> None:
    reference = load_bundle(written).reference
    assert reference is not None
    assert (reference.phrase, reference.about) == ("9,876 US news articles", "A sample.")
    for axis, expected in QUANTILES.items():
        np.testing.assert_allclose(reference.quantiles[axis], expected, atol=1e-6)
    assert [(one.kind, one.name, one.n) for one in reference.parts] == [
        ("outlets", "left", 300),
        ("years", "2012 to 2014", 400),
    ]


def test_a_value_has_its_place_in_the_corpus_and_in_each_of_its_parts(written: Path) -> None:
    reference = load_bundle(written).reference
    assert reference is not None
    found = reference.placed(AxisScore("loaded", 0.7))
    assert found.percentile == pytest.approx(75)
    assert found.percentiles["outlets"] == pytest.approx({"left": 40})
    assert found.percentiles["years"] == pytest.approx({"2012 to 2014": 100})
    assert reference.placed(AxisScore("partisan", 0.7)) == AxisScore("partisan", 0.7)
    assert reference.placed(AxisScore("loaded", None, why_null="short")).percentiles == {}


def test_a_bundle_without_a_reference_has_none(parts: Parts, tmp_path: Path) -> None:
    write_bundle(replace(parts, reference=None), tmp_path / "bare")
    assert load_bundle(tmp_path / "bare").reference is None
    assert "quantiles" not in load_file(tmp_path / "bare" / "heads.safetensors")


def test_thresholds_of_label_sets_are_read_as_they_were_written_and_a_bundle_may_have_none(
    parts: Parts, written: Path, tmp_path: Path
) -> None:
    sets = LabelSets(0.9, {"no": 0.4, "yes": 0.2})
    write_bundle(replace(parts, about={"label_sets": {"loaded": sets.to_dict()}}), tmp_path / "sets")
    assert load_bundle(tmp_path / "sets").label_sets == {"loaded": sets}
    assert load_bundle(written).label_sets == {}


def test_a_written_bundle_scores(written: Path) -> None:
    score = Scorer(load_bundle(written), threads=1).score(article_of(Document("a", TEXT * 3)))
    assert score.bundle == load_bundle(written).name
    assert all(0 < axis.value < 1 and axis.percentile is not None for axis in score.axes.values() if axis.value)
    assert [axis for axis, one in score.axes.items() if one.value is None] == []


def test_an_existing_folder_is_left_alone_without_force(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match=f"^{tmp_path / 'toy'}: exists; .*--force"):
        write_bundle(parts, tmp_path / "toy")
    assert [path.name for path in tmp_path.rglob("*")] == ["toy", "mine.txt"]


@pytest.mark.parametrize("left_behind", [False, True], ids=["clean", "after a run that was cut off"])
def test_an_existing_folder_is_replaced_with_force(
    parts: Parts, written: Path, tmp_path: Path, left_behind: bool
) -> None:
    for name in ("toy", ".toy-old") if left_behind else ("toy",):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").write_text("mine")
    write_bundle(parts, tmp_path / "toy", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["toy"]
    assert {path.name for path in (tmp_path / "toy").iterdir()} == {path.name for path in written.iterdir()}


class Broken:
    """Stands for any step of writing, and fails."""

    def __call__(self, *_: object, **__: object) -> None:
        raise RuntimeError("no space left")


@pytest.mark.parametrize("step", ["export_tuned", "save_file", "write_manifest"])
def test_a_bundle_that_cannot_be_finished_leaves_nothing_behind(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    monkeypatch.setattr(assemble, step, Broken())
    with pytest.raises(RuntimeError, match="no space left"):
        write_bundle(parts, tmp_path / "bundles" / "toy")
    assert list((tmp_path / "bundles").iterdir()) == []


def test_a_bundle_that_cannot_be_finished_leaves_the_old_one(
    parts: Parts, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_bundle(copy).name
    monkeypatch.setattr(assemble, "export_tuned", Broken())
    with pytest.raises(RuntimeError):
        write_bundle(parts, copy, force=True)
    assert load_bundle(copy).name == before


@pytest.mark.parametrize("name", [*FILES, "card.md"])
def test_a_changed_byte_is_a_bundle_error_that_names_the_file(copy: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(BundleError, match=f"^{copy / name}: differs .*; restore the bundle$"):
        loaded_whole(copy)


@pytest.mark.parametrize("name", [*FILES, "card.md"])
def test_a_missing_file_is_a_bundle_error_that_names_it(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(BundleError, match=f"^{copy / name}: missing; restore the bundle$"):
        loaded_whole(copy)


def edited(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """A change of the manifest."""

    def edit(folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        change(manifest)
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    return edit


def rewritten(text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / "manifest.json").write_text(text, "utf-8") and None


def rehashed(name: str, data: bytes) -> Callable[[Path], None]:
    """Another file, with a manifest that vouches for it."""

    def replace_file(folder: Path) -> None:
        (folder / name).write_bytes(data)
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        manifest["encoder"]["crc32"] = zlib.crc32((folder / "encoder.onnx").read_bytes())
        write_manifest(folder, {key: value for key, value in manifest.items() if key != "files"})

    return replace_file


DAMAGE = [
    ("no manifest", lambda folder: (folder / "manifest.json").unlink(), "not a bundle (no manifest.json)"),
    ("manifest is no JSON", rewritten("{"), "manifest.json: cannot be read"),
    ("manifest is a list", rewritten("[]"), "format None, this version reads 2"),
    (
        "another format",
        edited(lambda m: m.update(format=1)),
        "format 1, this version reads 2, 3, 4, 5; train",
    ),
    ("no hashes", edited(lambda m: m.pop("files")), "needs the hashes of"),
    ("a hash left out", edited(lambda m: m["files"].pop("heads.safetensors")), "needs the hashes of"),
    ("no axes", edited(lambda m: m.pop("axes")), "do not fit (KeyError('axes'))"),
    ("an axis too many", edited(lambda m: m["axes"].append({**m["axes"][0], "name": "more"})), "do not fit"),
    ("a lexicon too many", edited(lambda m: m["lexicons"].append("more")), "do not fit"),
    ("no name", edited(lambda m: m.pop("name")), "do not fit (KeyError('name'))"),
    ("seeds of another version", rehashed("seeds.json", b'{"compiled": 99, "lexicons": []}'), "compiled version 99"),
    ("seeds are no JSON", rehashed("seeds.json", b"{"), "do not fit"),
    ("heads are no safetensors", rehashed("heads.safetensors", b"junk"), "heads.safetensors: cannot be read"),
    ("encoder is no ONNX", rehashed("encoder.onnx", b"junk"), "encoder.onnx: cannot be read as an ONNX model"),
    ("tokenizer is no tokenizer", rehashed("tokenizer.json", b"{}"), "tokenizer.json: cannot be read as a tokenizer"),
]


@pytest.mark.parametrize(("damage", "message"), [case[1:] for case in DAMAGE], ids=[case[0] for case in DAMAGE])
def test_a_bundle_that_cannot_be_read_says_what_is_wrong(
    copy: Path, damage: Callable[[Path], None], message: str
) -> None:
    damage(copy)
    with pytest.raises(BundleError) as caught:
        loaded_whole(copy)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(copy))


@pytest.mark.parametrize("kind", ["nothing there", "a file", "an empty folder"])
def test_what_is_no_bundle_is_a_bundle_error(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "place"
    if kind == "a file":
        place.write_text("text")
    elif kind == "an empty folder":
        place.mkdir()
    with pytest.raises(BundleError, match=str(place)):
        load_bundle(place)


def test_the_same_parts_give_the_same_bundle(parts: Parts, written: Path, tmp_path: Path) -> None:
    write_bundle(parts, tmp_path / "again")
    assert load_bundle(tmp_path / "again").name == load_bundle(written).name
