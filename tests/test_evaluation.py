"""Evaluation: known labels and values give known figures; what is not measured is said."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import f1_score

from framing.article import Article, Document, Failure, Span
from framing.axes import SHARE, Axis, Level
from framing.axes import Level as AxisLevel
from framing.errors import BundleError, UsageError
from framing.evaluation.baselines import majority, outlet_only, tfidf
from framing.evaluation.measures import MAE, class_of, judged_by, measures, nearest_class
from framing.evaluation.options import Options
from framing.evaluation.outcome import AxisFigures, Evaluation
from framing.evaluation.parts import periods
from framing.evaluation.predictions import NOT_IN_A_SENTENCE, judge, predict
from framing.evaluation.run import evaluate
from framing.evaluation.seen import TRAINING_ROWS
from framing.evaluation.tasks import STANCE
from framing.heads import SentenceHead
from framing.labels.row import JudgedMention, LabelledRow, LabelledSet, Scale, ScaleKind, row_hash
from framing.neural.encoder import TokenStates
from framing.scorer import Scorer
from framing.scores import BundleName, Judgement

YES_NO = Scale("loaded", ScaleKind.YES_NO)
NUMBER = Scale("loaded", ScaleKind.SHARE)
SIDE = Scale("leaning", ScaleKind.CLASSES, ("left", "center", "right"))
QUICK = Options(n_draws=40)


class FakeScorer:
    """Says of a text what the number in it says: its logit, before a calibration that doubles it."""

    def __init__(self, folder: Path, axes: Sequence[str] = ("loaded",), sign: float = 1.0, flips: int = 0):
        heads = {name: SentenceHead(name, np.array([sign], dtype=np.float32), 0.0, 2.0, 0.0, {}, {}) for name in axes}
        defined = {name: Axis(name, "low", "high", SHARE, "share", "d", "s") for name in axes}
        self.bundle = SimpleNamespace(
            name=BundleName("fake", "1.0", "0" * 64), heads=heads, axes=defined, target=object(), folder=folder
        )
        self.encoder = self.finder = self
        self.flips = flips

    def encode(self, texts: Sequence[str]) -> list[TokenStates]:
        logits = [
            number(text) * (-1 if self.flips and int(number(text) * 1000) % self.flips == 0 else 1) for text in texts
        ]
        return [TokenStates(np.full((1, 1), one, dtype=np.float32), np.array([[0, 1]])) for one in logits]

    def find(self, article: Article) -> tuple[()]:
        return ()

    def judge(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[list[Judgement]]:
        sure = {"against": (0.8, 0.1, 0.1), "neutral": (0.1, 0.8, 0.1), "for": (0.1, 0.1, 0.8)}
        return [
            [Judgement(*sure[text.split()[-1]], 0.0, 0.0, 0.0, 0.0) for _ in wanted]
            for text, wanted in zip(texts, spans, strict=True)
        ]


def number(text: str) -> float:
    return float(text.split()[1])


def labelled(
    rows: Sequence[LabelledRow], scales: Sequence[Scale] = (YES_NO,), level: Level = Level.SENTENCE
) -> LabelledSet:
    return LabelledSet("toy.csv", list(rows), {one.axis: one for one in scales}, level, (), "ab" * 32)


def toy(n: int = 200, noise: float = 1.0, **more: Any) -> list[LabelledRow]:
    """Rows whose text has the log odds that they were labelled by, half of them, as the calibration doubles them."""
    generator = np.random.default_rng(0)
    odds = generator.normal(0, 2, n)
    truth = generator.random(n) < 1 / (1 + np.exp(-odds / noise))
    return [
        LabelledRow(
            f"r{at}",
            f"row {odds[at] / 2:.6f} is here",
            f"toy.csv:{at + 2}",
            {"loaded": float(truth[at])},
            outlet=f"outlet {at % 3}",
            date=f"202{at % 4}-01-01",
            group=f"a{at // 2}",
            **more,
        )
        for at in range(n)
    ]


def fake(folder: Path, **more: Any) -> Any:
    return FakeScorer(folder, **more)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    return evaluate(fake(tmp_path_factory.mktemp("bundle")), labelled(toy()), QUICK)


def axis(found: Evaluation, name: str = "loaded") -> AxisFigures:
    return next(one for one in found.axes if one.axis == name)


def test_every_system_has_every_measure_with_an_interval_and_its_rows(found: Evaluation) -> None:
    systems = {"bundle", "bundle before calibration", "majority", "outlet name alone", "TF-IDF and logistic regression"}
    assert set(axis(found).figures) == systems
    for figures in axis(found).figures.values():
        assert set(figures) == {"macro_f1", "accuracy", "auc", "ece", "brier"}
        assert {one.n for one in figures.values()} == {200}
        assert {one.random_state for one in figures.values()} == {0}


def test_a_bundle_that_knows_the_odds_is_calibrated_and_its_raw_logits_are_not(found: Evaluation) -> None:
    bundle, raw = (axis(found).figures[name]["brier"].value for name in ("bundle", "bundle before calibration"))
    assert bundle < raw
    assert axis(found).figures["bundle"]["ece"].low == 0.0


def test_baselines_that_have_nothing_to_go_by_are_no_better_than_chance(found: Evaluation) -> None:
    for system in ("majority", "outlet name alone"):
        assert axis(found).figures[system]["auc"].value < 0.6 < axis(found).figures["bundle"]["auc"].value


def test_confusion_and_curve_count_every_row(found: Evaluation) -> None:
    one = axis(found)
    assert one.confusion is not None
    assert one.confusion.classes == ("no", "yes")
    assert sum(map(sum, one.confusion.counts)) == sum(point.n for point in one.curve) == 200
    right = one.confusion.counts[0][0] + one.confusion.counts[1][1]
    assert right / 200 == one.figures["bundle"]["accuracy"].value


def test_small_parts_are_pooled_and_their_number_is_told(found: Evaluation, tmp_path: Path) -> None:
    by_outlet, by_date = axis(found).breakdowns
    assert [part.name for part in by_outlet.parts] == ["outlet 0", "outlet 1", "outlet 2"]
    assert [part.name for part in by_date.parts] == ["2020", "2021", "2022", "2023"]
    few = evaluate(fake(tmp_path), labelled(toy()), replace(QUICK, n_min=67))
    assert [(one.name, one.n) for one in axis(few).breakdowns[0].parts] == [
        ("outlet 0", 67),
        ("outlet 1", 67),
        ("other", 66),
    ]
    assert axis(few).breakdowns[0].pooled == 1


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2024-01-05", "2024-03-01", "2024-01-09"], ["2024-01", "2024-03", "2024-01"]),
        (["2020-01-05", "2024-03-01", "2024-03-02"], ["2020", "2024", "2024"]),
        (["2024-01-05", "2024", None], ["2024", "2024", "not known"]),
        (["2024-01-05", "2024-02-05", "2024-03-05"], ["2024", "2024", "2024"]),
    ],
    ids=["months", "a long span", "years alone", "months too small"],
)
def test_dates_are_told_by_month_or_by_year(dates: list[str | None], expected: list[str]) -> None:
    assert periods(dates, n_min=2) == expected


def test_rows_in_the_middle_are_left_out_where_sides_count_and_it_is_said(tmp_path: Path) -> None:
    rows = [replace(row, labels={"loaded": 0.5}) if at % 4 == 0 else row for at, row in enumerate(toy())]
    one = axis(evaluate(fake(tmp_path), labelled(rows, [NUMBER]), QUICK))
    sizes = {name: figure.n for name, figure in one.figures["bundle"].items()}
    assert sizes == {
        "macro_f1": 150,
        "accuracy": 150,
        "auc": 150,
        "ece": 200,
        "brier": 200,
        "mae": 200,
        "spearman": 200,
    }
    assert "50 rows labelled in the middle" in one.notes[0]


def test_errors_are_in_the_units_of_the_range() -> None:
    truth, values = np.array([0.0, 1.0]), np.array([0.25, 0.75])
    for scale, error in ((NUMBER, 0.25), (Scale("x", ScaleKind.BIPOLAR), 0.5), (SIDE, 0.5)):
        (mae,) = [one for one in measures(scale) if one.name == MAE]
        assert mae.metric(truth, values) == error
        assert not mae.higher_is_better


def test_macro_f1_of_the_nearest_class_is_that_of_scikit_learn() -> None:
    generator = np.random.default_rng(1)
    truth, values = generator.integers(0, 3, 90) / 2, generator.random(90)
    called = [0 if value < 0.25 else 1 if value < 0.75 else 2 for value in values]
    assert class_of(values, 3).tolist() == called
    f1, accuracy = nearest_class(3)
    assert f1.metric(truth, values) == pytest.approx(f1_score(truth * 2, called, average="macro"))
    assert accuracy.metric(truth, values) == np.mean(truth * 2 == called)


@pytest.mark.parametrize(
    ("scale", "labels", "expected"),
    [
        (YES_NO, [0, 1], "macro_f1"),
        (SIDE, [0, 0.5, 1], "macro_f1"),
        (NUMBER, [0, 0.5, 1], "macro_f1"),
        (NUMBER, [0, 0.2, 0.7, 1], "mae"),
    ],
    ids=["yes or no", "classes", "numbers of three values", "real numbers"],
)
def test_an_axis_is_judged_by_macro_f1_unless_labels_are_real_numbers(
    scale: Scale, labels: list[float], expected: str
) -> None:
    assert judged_by(scale, np.array(labels)) == expected


def test_the_outlet_is_worth_its_mean_label_in_the_other_folds() -> None:
    outlets, truth = ["a", "a", "a", "b", None], np.array([1.0, 0.0, 1.0, 1.0, 0.0])
    found = outlet_only(outlets, truth, np.array([0, 1, 1, 1, 1]))
    np.testing.assert_allclose(found, [0.5, 1.0, 1.0, 1.0, np.nan])


def test_the_majority_is_the_commonest_class_or_the_mean_label() -> None:
    truth = np.array([0.0, 0.0, 1.0, 0.5])
    assert majority(truth, ScaleKind.CLASSES).tolist() == [0.0] * 4
    assert majority(truth).tolist() == [0.375] * 4


@pytest.mark.parametrize("kind", [ScaleKind.YES_NO, ScaleKind.CLASSES, ScaleKind.SHARE], ids=str)
def test_words_that_tell_labels_apart_are_learnt_from_the_other_folds(kind: ScaleKind) -> None:
    levels = (
        [0.0, 1.0] if kind is ScaleKind.YES_NO else [0.0, 0.5, 1.0] if kind is ScaleKind.CLASSES else [0.0, 0.3, 0.9]
    )
    words = ["calm", "tense", "furious"]
    pairs = [(f"{words[at % len(levels)]} talk {at}", levels[at % len(levels)]) for at in range(60)]
    truth = np.array([label for _, label in pairs])
    found = tfidf([text for text, _ in pairs], truth, np.arange(60) % 5, kind)
    assert np.abs(found - truth).max() < 0.35


def test_one_class_alone_is_no_reason_to_fail(tmp_path: Path) -> None:
    rows = [replace(row, labels={"loaded": 1.0}) for row in toy(20)]
    one = axis(evaluate(fake(tmp_path), labelled(rows), QUICK))
    assert any("all labels are alike" in note for note in one.notes)
    assert one.figures["TF-IDF and logistic regression"]["accuracy"].value == 1.0


def test_rows_that_the_bundle_was_trained_on_are_left_out(tmp_path: Path) -> None:
    rows = toy()
    hashes = sorted(row_hash(row.text.upper()) for row in rows[:120])
    (tmp_path / TRAINING_ROWS).write_text("\n".join(hashes) + "\n")
    found = evaluate(fake(tmp_path), labelled(rows), QUICK)
    assert (found.data.n_rows, found.data.n_seen) == (80, 120)
    assert evaluate(fake(tmp_path), labelled(rows), replace(QUICK, allow_seen=True)).data.n_rows == 200
    with pytest.raises(UsageError, match="the bundle was trained on all of its rows"):
        evaluate(fake(tmp_path), labelled(rows[:120]), QUICK)


def test_a_list_of_rows_that_cannot_be_read_is_the_bundle_s_fault(tmp_path: Path) -> None:
    (tmp_path / TRAINING_ROWS).write_bytes(b"\xff\xfe")
    with pytest.raises(BundleError, match=TRAINING_ROWS):
        evaluate(fake(tmp_path), labelled(toy(20)), QUICK)


def test_labels_and_axes_that_do_not_meet_are_named(tmp_path: Path) -> None:
    rows = [replace(row, labels={"sensational": 1.0}) for row in toy(20)]
    with pytest.raises(UsageError, match="the set has sensational, the bundle loaded"):
        evaluate(fake(tmp_path), labelled(rows, [Scale("sensational", ScaleKind.YES_NO)]), QUICK)
    with pytest.raises(UsageError, match="no label 'tone'"):
        evaluate(fake(tmp_path), labelled(toy(20)), replace(QUICK, axes=("tone",)))


def test_an_axis_of_articles_on_sentences_is_said_to_be_one(tmp_path: Path) -> None:
    one = fake(tmp_path)
    one.bundle.axes["loaded"] = replace(one.bundle.axes["loaded"], level=AxisLevel.ARTICLE)
    assert (
        "reads loaded of articles, and the rows are sentences" in axis(evaluate(one, labelled(toy()), QUICK)).notes[0]
    )


def test_stance_is_judged_mention_by_mention(tmp_path: Path) -> None:
    calls = ["against", "neutral", "for", "for"] * 10
    mentions = (JudgedMention(Span(0, 3), 0.9), JudgedMention(Span(4, 8), -0.9))
    rows = [LabelledRow(f"r{at}", f"Ana met Bo {call}", "f:1", {}, targets=mentions) for at, call in enumerate(calls)]
    one = axis(evaluate(fake(tmp_path), labelled(rows, []), QUICK), STANCE)
    assert (one.level, one.n_scored, one.judged_by) == ("mention", 80, "macro_f1")
    assert one.confusion is not None
    assert one.confusion.counts == ((10, 10, 20), (0, 0, 0), (10, 10, 20))


def test_a_mention_in_an_article_is_judged_in_its_sentence(scorer: Scorer) -> None:
    body = (
        "The council met on Monday to talk about the bridge over the river. Mayor Ruth Tennick lied to everyone again. "
    )
    text = body + "The report on the bridge will be published by the end of the week, officials said on Tuesday. " * 3
    start = text.index("Ruth")
    inside = JudgedMention(Span(start, start + 12), -1.0)
    row = LabelledRow("a", text, "f:1", {}, targets=(inside, JudgedMention(Span(60, 80), 0.0)))
    one, other = sorted(judge(scorer, [row], Level.ARTICLE), key=lambda found: found.stance)
    alone = "Mayor Ruth Tennick lied to everyone again."
    ((expected,),) = scorer.judge([alone], [[Span(6, 18)]])
    assert one.judgement == expected
    assert (other.judgement, other.why) == (None, NOT_IN_A_SENTENCE)


def test_sentences_are_read_alone_with_their_markers(scorer: Scorer) -> None:
    texts = ["The regime butchered its own people.", "The council voted on Monday."]
    rows = [LabelledRow(text[:8], text, "f:1", {"loaded": 1.0}) for text in texts]
    found = predict(scorer, rows, Level.SENTENCE, ["loaded", "opinion"])
    for name, expected in scorer.probabilities(texts).items():
        if name in found.values:
            np.testing.assert_allclose(found.values[name], expected)
    assert (found.raw["loaded"] != found.values["loaded"]).all()


def test_articles_get_the_scorer_s_value_and_those_without_one_are_named(scorer: Scorer, sample: Path) -> None:
    text = (sample / "wire.txt").read_text("utf-8")
    rows = [
        LabelledRow("whole", text, "f:2", {"loaded": 0.0}),
        LabelledRow("short", "Only a few words here, on a bridge in a town by the river.", "f:3", {"loaded": 1.0}),
        LabelledRow("empty", "12 34", "f:4", {"loaded": 1.0}),
    ]
    found = predict(scorer, rows, Level.ARTICLE, ["loaded"])
    (score,) = (one for one in scorer.score_documents([Document("whole", text)]) if not isinstance(one, Failure))
    assert found.values["loaded"][0] == score.axes["loaded"].value
    unscored = list(found.unscored("loaded", rows, [0, 1, 2]))
    assert [(one.where, one.id) for one in unscored] == [("f:3", "short"), ("f:4", "empty")]
    assert all(one.why for one in unscored)
