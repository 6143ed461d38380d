"""The default bundle's axes of whole articles: what they learn from, how they are measured, what the card says."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from framing.article_head import STANCE_FEATURES, ArticleHead
from framing.axes import Level, read_axes
from framing.config import shipped
from framing.features.vocabulary import Vocabulary
from framing.labels.row import LabelledRow
from framing.scorer import Scorer
from framing.seeds import Lexicon
from framing.training import article_rows, words
from framing.training.article_axes import BUNDLE, WITHOUT_STATES, ArticleAxis, Articles, fit_axes, read
from framing.training.article_card import section
from framing.training.frozen import MARKERS, STANCE, STATES, WORDS, WORDS_ALONE
from framing.training.label_sets import COVERAGE
from framing.training.leaning import F1
from framing.training.outlet_classes import SYSTEM, with_classes
from framing.training.states import Features
from framing.training.transfer import OTHER_SET

AXES = read_axes(shipped("seeds", "axes.toml"))
WIDTH = 8
LABELLED = {
    "hyperpartisan": ("partisan",),
    "frames": article_rows.SHARED,
    "moral_events": ("leaning",),
    "frame_articles": article_rows.FRAMES,
    "news_articles": article_rows.AXES,
}
FLOORS = Path(__file__).parent / "floors.json"


def lexicon(name: str, axis: str) -> Lexicon:
    return Lexicon(name, "g", "frames", "terms", "own", "MIT", "2026-11-20", {axis: 1}, ())


LEXICONS = (lexicon("fights", "conflict"), lexicon("duties", "responsibility"))


def articles(n: int = 120) -> Articles:
    """Rows of all sets; conflict shows in its markers too, any other axis in one of the states."""
    generator = np.random.default_rng(0)
    rows: list[LabelledRow] = []
    n_rows = len(article_rows.SETS) * n
    states = generator.normal(size=(n_rows, WIDTH)).astype(np.float32)
    hits = generator.poisson(0.5, size=(n_rows, 2)).astype(float)
    columns = {name: index for index, name in enumerate(article_rows.AXES)}
    for index in range(n_rows):
        source = article_rows.SETS[index // n].name
        names = LABELLED[source]
        pushes = {name: 2 * states[index, columns[name]] + generator.logistic() for name in names}
        if "conflict" in pushes:
            pushes["conflict"] += 3 * (hits[index, 0] - 0.5)
        labels = {name: float(push > 0) for name, push in pushes.items()}
        rows.append(LabelledRow(str(index), f"text {index}", source, labels, group=f"outlet {index % 20}"))
    return Articles(
        rows, Features(states, hits, np.zeros((len(rows), len(STANCE_FEATURES))), np.zeros((len(rows), 0)), {})
    )


@pytest.fixture(scope="module")
def found() -> dict[str, ArticleAxis]:
    return {one.axis.name: one for one in fit_axes(articles(), AXES, LEXICONS)}


def test_every_axis_of_articles_is_defined_with_poles_source_and_three_examples() -> None:
    for name in article_rows.AXES:
        axis = AXES[name]
        assert axis.level is Level.ARTICLE
        bipolar = axis.range == (-1.0, 1.0)
        assert [anchor.value for anchor in axis.anchors] == ([-0.6, 0.0, 0.6] if bipolar else [0.2, 0.5, 0.8])
        assert "a careful reader would" in axis.unit
    assert {axis.level for name, axis in AXES.items() if name not in article_rows.AXES} == {Level.SENTENCE}


def test_axes_labelled_by_a_language_model_say_so() -> None:
    assert all("language model" in AXES[name].source for name in (*article_rows.FRAMES, "leaning"))


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


def test_words_that_decide_are_in_the_head_and_the_card_and_go_to_the_other_source(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain, vocabulary = articles(80), Vocabulary(("shameless", "quiet"))
    monkeypatch.setattr(article_rows, "AXES", ("partisan",))
    texts = [["a shameless act" if row.labels.get("partisan") else "a quiet act", "one act"] for row in plain.rows]
    worded = replace(plain.features, words=words.counted(texts, vocabulary))
    (one,) = fit_axes(Articles(plain.rows, worded, vocabulary), AXES, LEXICONS)
    assert one.fit.families == (STATES, WORDS)
    assert isinstance(one.fit.head, ArticleHead)
    assert one.fit.head.worded(["shameless"]) > 0 > one.fit.head.worded(["quiet"])
    moved = [f.estimate.value for f in one.figures if f.held_out == OTHER_SET and f.metric == "auc"]
    assert moved
    assert all(value > 0.95 for value in moved)
    assert f"| partisan | {WORDS_ALONE} |" in section([one])


def test_axes_are_measured_on_each_set_and_from_what_people_labelled_to_what_the_model_did(
    found: dict[str, ArticleAxis],
) -> None:
    for name, one in found.items():
        sets = {source for source, names in LABELLED.items() if name in names}
        assert {f.rows for f in one.figures if f.system == BUNDLE} == sets
        moved = {(f.system, f.rows) for f in one.figures if f.held_out == OTHER_SET}
        model = sets & {"frame_articles", "news_articles"}
        both = {("trained on labels by people", other) for other in model}
        both |= {("trained on labels by a language model", other) for other in sets - model}
        assert moved == (both if sets - model else set())


def test_classes_of_outlets_are_learnt_from_what_is_said_of_outlets_not_met(found: dict[str, ArticleAxis]) -> None:
    plain = articles()
    columns = {name: index for index, name in enumerate(article_rows.AXES)}
    states = plain.features.states
    takes = states[:, columns["partisan"]] > 0
    side = np.where(takes, np.where(states[:, columns["leaning"]] > 0, 1.0, 0.0), 0.5)
    rows = [
        replace(row, labels={**row.labels, article_rows.OUTLET_LEANING: side[at]}) if "partisan" in row.labels else row
        for at, row in enumerate(plain.rows)
    ]
    classes, axes = with_classes(list(found.values()), replace(plain, rows=rows))
    assert classes.axes == ("leaning", "partisan")
    assert classes.weights[:, 0].argmin() == 0
    assert classes.weights[:, 0].argmax() == 2
    assert classes.weights[:, 1].argmin() == 1
    (figure,) = (f for one in axes for f in one.figures if f.system == SYSTEM and f.metric == F1)
    assert figure.axis == "leaning"
    assert figure.estimate.n == 120
    assert figure.estimate.value > 0.6
    assert f"| labels of outlets | 120 | {SYSTEM} |" in section(axes)


def test_the_card_has_every_axis_and_what_each_family_adds(found: dict[str, ArticleAxis]) -> None:
    text = section(list(found.values()))
    for name in article_rows.AXES:
        assert f"| {name} |" in text
    used = [line for line in text.splitlines() if line.endswith("| in use |")]
    assert len(used) == len(article_rows.AXES)
    assert f"| conflict | {STATES} + {MARKERS} | 360 |" in "\n".join(used)
    assert WITHOUT_STATES in text
    assert STANCE not in "\n".join(used)


def test_label_sets_hold_nine_labels_in_ten_and_stand_in_the_card(found: dict[str, ArticleAxis]) -> None:
    for one in found.values():
        kept = next(figure.estimate.value for figure in one.sets.figures if figure.metric == COVERAGE)
        assert 0.83 <= kept <= 0.97
        labels = ["left", "center", "right"] if one.axis.name == "leaning" else ["no", "yes"]
        assert list(one.sets.kept.least) == labels
    assert "### Label sets" in section(list(found.values()))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long_text: Callable[[int], str]) -> Path:
    hyper = [{"id": "h", "title": "T", "text": long_text(1), "url": "https://www.cnn.com/a", "hyperpartisan": True}]
    frames = [{"id": "f", "outlet": "thedailycaller", "text": long_text(2), "morality": False}]
    frames[0] |= {"conflict": True, "economic": False, "human_interest": True}
    own = [
        {"id": name, "title": name, "text": long_text(3), "outlet": "CNN (Web News)", "bias": "left"}
        for name in ("a", "b")
    ]
    stories = [
        {
            "id": f"m{index}",
            "title": "T",
            "outlet": "CNN",
            "sentences": [long_text(4)],
            "ideology_1": 1.0,
            "ideology_2": two,
        }
        for index, two in enumerate((2.0, None))
    ]
    sets = {"hyperpartisan": hyper, "frames": frames, "article_bias": own, "moral_events": stories}
    for name, rows in sets.items():
        parquet.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
    place = ["article_bias", "b", 0, len(long_text(3))]
    write(tmp_path / "frame_articles.csv", [*article_rows.FRAMES, "settled"], [*place, 2, 0, 1, 0, 1, ""])
    columns = ["partisan", "leaning", "left_votes", "right_votes", "partisan_votes", *article_rows.FRAMES]
    write(tmp_path / "news_articles.csv", columns, [*place, 2, -1, 6, 0, 9, 2, 0, 0, 0, 1])
    monkeypatch.setattr(article_rows, "own_labels", lambda name: tmp_path / f"{name}.csv")
    return tmp_path


def write(path: Path, columns: list[str], row: list[object]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["set", "id", "start", "stop", *columns], row])


@pytest.fixture
def long_text() -> Callable[[int], str]:
    def text(number: int) -> str:
        return f"The council of town {number} met on Monday and heard nine witnesses from along the river. " * 5

    return text


def test_rows_have_their_labels_and_publishers_go_by_one_name(folder: Path) -> None:
    sets = article_rows.read_all(folder)
    (hyper,), (climate,), stories, (own,), (news,) = sets.values()
    assert (hyper.labels, hyper.group, hyper.title) == ({"partisan": 1.0}, "CNN", "T")
    assert climate.labels == {"conflict": 1.0, "human_interest": 1.0, "economic": 0.0, "morality": 0.0}
    assert climate.group == "Daily Caller"
    assert [story.labels["leaning"] for story in stories] == [0.375, 0.25]
    assert 0.95 < news.labels.pop("partisan") < 1.0
    assert news.labels.pop("leaning") == pytest.approx((0.25 + 1 / 6) / 2)
    assert news.labels == {**own.labels, "economic": 0.0, "outlet_leaning": 0.0}
    assert news.weight < own.weight
    assert own.id == "b"
    assert own.group == "CNN"
    assert own.labels == dict(zip(article_rows.FRAMES, (1.0, 0.0, 1.0, 0.0, 1.0), strict=True))


def test_sets_are_described_with_licence_and_hash(folder: Path) -> None:
    rows = [row for some in article_rows.read_all(folder).values() for row in some]
    about = article_rows.described(folder, rows)
    assert [(one["name"], one["rows"]) for one in about] == [
        ("hyperpartisan", 1),
        ("frames", 1),
        ("moral_events", 2),
        ("frame_articles", 1),
        ("news_articles", 1),
    ]
    assert all(len(one["sha256"]) == 64 and one["licence"] for one in about)


def test_articles_are_read_as_the_bundle_reads_them_and_kept(scorer: Scorer, folder: Path) -> None:
    found = read(scorer.bundle.folder, folder, folder / "cache")
    kept = {path: path.stat().st_mtime_ns for path in (folder / "cache").iterdir()}
    again = read(scorer.bundle.folder, folder, folder / "cache")
    assert {path: path.stat().st_mtime_ns for path in (folder / "cache").iterdir()} == kept
    assert [row.id for row in found.rows] == ["h", "f", "m0", "m1", "b", "b"]
    assert found.features.states.shape == (6, scorer.bundle.manifest["encoder"]["width"])
    assert np.array_equal(found.features.states, again.features.states)
    assert [row.where for row in found.labelled("conflict").rows] == ["frames", "frame_articles", "news_articles"]


def test_words_of_articles_are_those_of_the_journalist_and_stay_with_their_rows(
    scorer: Scorer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for least in ("MIN_ARTICLES", "MIN_OUTLETS"):
        monkeypatch.setattr(words, least, 1)
    found = read(scorer.bundle.folder, folder, folder / "cache").labelled("conflict")
    assert found.vocabulary is not None
    column = found.vocabulary.words.index("witnesses")
    assert not {"The", "council of", "Monday", "monday"} & set(found.vocabulary.words)
    counts = found.features.words.toarray()
    assert counts[:, column] == pytest.approx(np.sqrt(5))
    assert counts[:, -1] == pytest.approx(np.sqrt(5))


def test_a_head_does_not_see_the_name_of_the_outlet() -> None:
    row = LabelledRow("a", "Fox News said so; FoxNews.com has it.", "news_articles", {}, outlet="Fox News")
    assert "fox" not in article_rows.blind(row).text.casefold()
    assert article_rows.blind(replace(row, outlet=None)).text == row.text


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
