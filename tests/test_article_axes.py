"""The default bundle's axes of whole articles: what they learn from, how they are measured, what the card says."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from framing.axes import Level, read_axes
from framing.config import shipped
from framing.labels.row import LabelledRow
from framing.scorer import Scorer
from framing.seeds import Lexicon
from framing.training import article_rows
from framing.training.article_axes import BUNDLE, OTHER_SET, WITHOUT_STATES, ArticleAxis, Articles, fit_axes, read
from framing.training.article_card import section
from framing.training.frozen import MARKERS, STANCE, STATES
from framing.training.states import Features

AXES = read_axes(shipped("seeds", "axes.toml"))
WIDTH = 8
FLOORS = Path(__file__).parent / "floors.json"


def lexicon(name: str, axis: str) -> Lexicon:
    return Lexicon(name, "g", "frames", "terms", "own", "MIT", "2026-11-20", {axis: 1}, ())


LEXICONS = (lexicon("fights", "conflict"), lexicon("duties", "responsibility"))


def articles(n: int = 120) -> Articles:
    """Rows of all three sets; conflict shows in its markers too, any other axis in one of the states."""
    generator = np.random.default_rng(0)
    rows: list[LabelledRow] = []
    states = generator.normal(size=(3 * n, WIDTH)).astype(np.float32)
    hits = generator.poisson(0.5, size=(3 * n, 2)).astype(float)
    columns = {name: index for index, name in enumerate(article_rows.AXES)}
    for index in range(3 * n):
        source = article_rows.SETS[index // n].name
        names = {"hyperpartisan": ("partisan",), "frames": article_rows.SHARED}.get(source, article_rows.FRAMES)
        pushes = {name: 2 * states[index, columns[name]] + generator.logistic() for name in names}
        if "conflict" in pushes:
            pushes["conflict"] += 3 * (hits[index, 0] - 0.5)
        labels = {name: float(push > 0) for name, push in pushes.items()}
        rows.append(LabelledRow(str(index), f"text {index}", source, labels, group=f"outlet {index % 20}"))
    return Articles(rows, Features(states, hits, np.zeros((3 * n, 3)), {}))


@pytest.fixture(scope="module")
def found() -> dict[str, ArticleAxis]:
    return {one.axis.name: one for one in fit_axes(articles(), AXES, LEXICONS)}


def test_every_axis_of_articles_is_defined_with_poles_source_and_three_examples() -> None:
    for name in article_rows.AXES:
        axis = AXES[name]
        assert axis.level is Level.ARTICLE
        assert [anchor.value for anchor in axis.anchors] == [0.2, 0.5, 0.8]
        assert axis.unit.startswith("chance that a careful reader would")
    assert {axis.level for name, axis in AXES.items() if name not in article_rows.AXES} == {Level.SENTENCE}


def test_axes_labelled_by_a_language_model_say_so() -> None:
    assert all("language model" in AXES[name].source for name in article_rows.FRAMES)


def test_heads_find_what_decides_and_are_measured_out_of_fold(found: dict[str, ArticleAxis]) -> None:
    assert tuple(found) == article_rows.AXES
    for one in found.values():
        of_bundle = [f for f in one.figures if f.system == BUNDLE and f.metric == "auc"]
        assert of_bundle
        assert all(figure.estimate.value > 0.75 for figure in of_bundle)


def test_a_family_that_adds_nothing_is_left_out(found: dict[str, ArticleAxis]) -> None:
    assert found["conflict"].fit.families == (STATES, MARKERS)
    assert found["partisan"].fit.families == (STATES,)
    assert not any(found["partisan"].fit.head.weights.values())


def test_frames_of_two_sources_are_measured_on_each_and_from_one_to_the_other(found: dict[str, ArticleAxis]) -> None:
    for name, one in found.items():
        moved = {(f.system, f.rows) for f in one.figures if f.held_out == OTHER_SET}
        both = {("trained on frames alone", "frame_articles"), ("trained on frame_articles alone", "frames")}
        assert moved == (both if name in article_rows.SHARED else set())
    assert {f.rows for f in found["responsibility"].figures if f.system == BUNDLE} == {"frame_articles"}


def test_the_card_has_every_axis_and_what_each_family_adds(found: dict[str, ArticleAxis]) -> None:
    text = section(list(found.values()))
    for name in article_rows.AXES:
        assert f"| {name} |" in text
    used = [line for line in text.splitlines() if line.endswith("| in use |")]
    assert len(used) == len(article_rows.AXES)
    assert f"| conflict | {STATES} + {MARKERS} | 240 |" in "\n".join(used)
    assert WITHOUT_STATES in text
    assert STANCE not in "\n".join(used)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long_text: Callable[[int], str]) -> Path:
    hyper = [{"id": "h", "title": "T", "text": long_text(1), "url": "https://www.cnn.com/a", "hyperpartisan": True}]
    frames = [{"id": "f", "outlet": "thedailycaller", "text": long_text(2), "morality": False}]
    frames[0] |= {"conflict": True, "economic": False, "human_interest": True}
    own = [{"id": name, "title": name, "text": long_text(3), "outlet": "CNN (Web News)"} for name in ("a", "b")]
    for name, rows in (("hyperpartisan", hyper), ("frames", frames), ("article_bias", own)):
        parquet.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
    labels = tmp_path / "own.csv"
    with labels.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["set", "id", "start", "stop", *article_rows.FRAMES, "settled"])
        writer.writerow(["article_bias", "b", 0, len(long_text(3)), 2, 0, 1, 0, 1, ""])
    monkeypatch.setattr(article_rows, "own_labels", lambda: labels)
    return tmp_path


@pytest.fixture
def long_text() -> Callable[[int], str]:
    def text(number: int) -> str:
        return f"The council of town {number} met on Monday and heard nine witnesses from along the river. " * 5

    return text


def test_rows_have_their_labels_and_publishers_go_by_one_name(folder: Path) -> None:
    sets = article_rows.read_all(folder)
    (hyper,), (climate,), (own,) = sets.values()
    assert (hyper.labels, hyper.group, hyper.title) == ({"partisan": 1.0}, "CNN", "T")
    assert climate.labels == {"conflict": 1.0, "human_interest": 1.0, "economic": 0.0, "morality": 0.0}
    assert climate.group == "Daily Caller"
    assert own.id == "b"
    assert own.group == "CNN"
    assert own.labels == dict(zip(article_rows.FRAMES, (1.0, 0.0, 1.0, 0.0, 1.0), strict=True))


def test_sets_are_described_with_licence_and_hash(folder: Path) -> None:
    rows = [row for some in article_rows.read_all(folder).values() for row in some]
    about = article_rows.described(folder, rows)
    assert [(one["name"], one["rows"]) for one in about] == [("hyperpartisan", 1), ("frames", 1), ("frame_articles", 1)]
    assert all(len(one["sha256"]) == 64 and one["licence"] for one in about)


def test_articles_are_read_as_the_bundle_reads_them_and_kept(scorer: Scorer, folder: Path) -> None:
    found = read(scorer, folder, folder / "cache")
    again = read(scorer, folder, folder / "cache")
    assert [row.id for row in found.rows] == ["h", "f", "b"]
    assert found.features.states.shape == (3, scorer.bundle.manifest["encoder"]["width"])
    assert np.array_equal(found.features.states, again.features.states)
    assert [row.where for row in found.labelled("conflict").rows] == ["frames", "frame_articles"]


def test_figures_of_article_axes_are_above_their_floors(scorer: Scorer) -> None:
    floors = json.loads(FLOORS.read_text("utf-8"))["articles"]
    if "partisan" not in scorer.bundle.axes:
        pytest.skip("the bundle has no axes of whole articles")
    measured = {
        f"{row['axis']}/{row['rows']}/{row['metric']}": row["value"]
        for row in scorer.bundle.manifest["metrics"]
        if row["system"] == BUNDLE
    }
    assert floors
    for name, floor in floors.items():
        assert measured[name] >= floor, name
