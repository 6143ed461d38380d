"""The whole flow on real text, with the bundle that ships."""

import csv
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from framing.article import Article, Document, Failure, Voice
from framing.axes import Level
from framing.evidence import axis_score
from framing.features.markers import MarkerFinder, one_sentence
from framing.heads import sigmoid
from framing.ingest import read
from framing.metrics import auc, calibration_error, macro_f1
from framing.scorer import Scorer, score_text
from framing.scores import ArticleScore
from framing.seeds import load_folder
from framing.text import article_of
from framing.text.passages import passages

ROOT = Path(__file__).resolve().parent.parent
Score = Callable[[str], ArticleScore]

REPORT = (
    "The city council approved a new budget on Monday after a debate of six hours. "
    "The plan sets aside 12 million dollars for road repairs and hires 40 teachers. "
    "Two members voted against the measure because of its cost. "
    "The mayor is expected to sign the plan before the end of the week.\n\n"
)
POLEMIC = (
    "The shameless hacks on the city council rammed their bloated budget through in a disgraceful midnight stitch-up. "
    "Only a corrupt clique of cronies could dream up such an outrageous assault on ordinary families. "
    "This brazen theft will go down as one of the most cynical betrayals in the history of our long-suffering town. "
    "Their pathetic excuses fool nobody.\n\n"
)


def articles(folder: Path) -> list[Article]:
    return [article_of(item) for item in read(str(folder)) if isinstance(item, Document)]


def test_a_polemic_is_more_loaded_and_more_opinionated_than_a_report(score: Score) -> None:
    report, polemic = score(REPORT), score(POLEMIC)
    for axis in ("loaded", "opinion"):
        assert polemic.axes[axis].value - report.axes[axis].value > 0.4


def test_the_ledger_sums_to_raw_exactly(scorer: Scorer, sample: Path) -> None:
    for article in articles(sample):
        for name, score in scorer.score(article).axes.items():
            low, high = scorer.bundle.axes[name].range
            total = score.intercept + math.fsum(line.contribution for line in score.ledger)
            if scorer.bundle.axes[name].level is Level.SENTENCE:
                assert score.value == score.raw == total
            else:
                assert score.raw == pytest.approx(total)
                assert score.value == pytest.approx(low + (high - low) * sigmoid(score.raw))


def test_marker_lines_never_go_against_the_sign_of_their_lexicon(scorer: Scorer, sample: Path) -> None:
    lines = 0
    for article in articles(sample):
        for axis, score in scorer.score(article).axes.items():
            for line in score.ledger:
                if line.kind == "marker":
                    lines += 1
                    assert line.contribution * scorer.bundle.heads[axis].signs[line.lexicon] > 0
    assert lines > 10


def test_what_is_scored_beside_an_article_does_not_change_its_score(scorer: Scorer, sample: Path) -> None:
    documents = list(read(str(sample)))
    together = [result.to_dict() for result in scorer.score_documents(documents)]
    alone = [scorer.score(article_of(document)).to_dict() for document in reversed(documents)][::-1]
    assert together == alone


def test_states_of_a_sentence_are_the_same_alone_and_in_a_batch(scorer: Scorer, sample: Path) -> None:
    texts = [part.text for article in articles(sample) for part in passages(article)]
    together = scorer.encoder.encode(texts)
    alone = [scorer.encoder.encode([text])[0] for text in texts]
    gap = max(float(np.abs(a.states - b.states).max()) for a, b in zip(together, alone, strict=True))
    assert gap < 1e-4


def test_replacing_the_quoted_words_leaves_the_journalist_where_they_were(scorer: Scorer, sample: Path) -> None:
    for article in articles(sample):
        text = list(article.text)
        for sentence in article.all_sentences():
            for stretch in sentence.stretches:
                if stretch.voice is Voice.QUOTED and not stretch.indirect:
                    for at in range(stretch.span.start, stretch.span.stop):
                        text[at] = "x" if text[at].isalpha() else text[at]
        changed = scorer.score(article_of(replace(article.document, text="".join(text))))
        before = scorer.score(article)
        for axis in before.axes:
            assert changed.axes[axis].value == pytest.approx(before.axes[axis].value, abs=0.05)


def test_an_added_quotation_leaves_the_journalists_voice_alone(score: Score) -> None:
    quotation = "“These corrupt thugs are destroying everything our forebears built,” said Ana Ruiz.\n\n"
    plain, quoting = score(REPORT), score(REPORT + quotation)
    assert quoting.axes["loaded"].value == pytest.approx(plain.axes["loaded"].value, abs=1e-9)
    assert quoting.axes["loaded"].quoted > 0.5
    assert plain.axes["loaded"].quoted is None


def test_repeating_an_article_leaves_its_shares_alone(score: Score) -> None:
    once, twice = score(POLEMIC), score(POLEMIC + POLEMIC)
    assert twice.axes["loaded"].value == pytest.approx(once.axes["loaded"].value, abs=1e-6)


def test_a_long_sentence_is_read_to_its_last_word(scorer: Scorer) -> None:
    text = "The committee met and " + "the members spoke and " * 300 + "then the shameless butchers cheered."
    (states,) = scorer.encoder.encode([text])
    assert len(states.offsets) > scorer.bundle.max_tokens
    assert states.offsets[-1][1] == len(text)
    assert len(states.states) == len(states.offsets)


def test_too_little_text_is_an_answer_and_not_an_error(score: Score) -> None:
    result = score("The mayor opened the bridge on Monday. Traffic was light.")
    for axis in result.axes.values():
        assert axis.value is None
        assert "at least 40" in axis.why_null
        assert not axis.ledger


def test_under_three_sentences_there_is_no_interval(score: Score) -> None:
    text = (
        "The council, after a debate that ran past midnight and in which nearly every member spoke at length, "
        "approved the budget for the coming year by nine votes to four. The plan sets aside twelve million dollars for "
        "roads and schools and is expected to be signed by the mayor before the end of the week."
    )
    loaded = score(text).axes["loaded"]
    assert loaded.value is not None
    assert loaded.low is None


def test_the_users_own_lexicons_are_listed_and_contribute_nothing(scorer: Scorer, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'name = "own"\ngloss = "mine"\nfamily = "wording"\nkind = "terms"\nsource = "me"\nlicence = "MIT"\n'
        'as_of = "2026-01-01"\nterms = [{term = "council", pos = "noun"}]\n[signs]\nloaded = 1\n',
        "utf-8",
    )
    article = article_of(Document("text", REPORT))
    plain, own = scorer.score(article), Scorer(scorer.bundle, load_folder(tmp_path), 1).score(article)
    assert [marker.term for marker in own.markers if marker.own] == ["council"]
    assert own.axes == plain.axes
    assert any("own lexicons" in note for note in own.notes)


def test_a_failed_document_does_not_stop_the_rest(scorer: Scorer) -> None:
    rows = [Document("a", REPORT), Document("b", ""), Failure("c", "input", "torn"), Document("d", POLEMIC)]
    results = list(scorer.score_documents(rows))
    assert [isinstance(result, Failure) for result in results] == [False, True, True, False]


def test_the_library_scores_a_text_in_one_call() -> None:
    assert score_text(POLEMIC).axes["loaded"].value > 0.5


def test_the_wire_is_the_plainest_and_the_two_partisans_are_more_loaded_than_the_analysis(
    scorer: Scorer, sample: Path
) -> None:
    loaded = {a.document.id.split(".")[0]: scorer.score(a).axes["loaded"].value for a in articles(sample)}
    assert loaded["wire"] == min(loaded.values())
    assert min(loaded["left"], loaded["right"]) > loaded["analysis"]


@pytest.mark.parametrize("markers", [True, False])
def test_of_five_real_articles_the_polemic_is_the_most_loaded_and_the_summary_the_least(
    scorer: Scorer, real_articles: list[Path], markers: bool
) -> None:
    head = scorer.bundle.heads["loaded"]
    head = head if markers else replace(head, weights={})
    values = {}
    for path in real_articles:
        article = article_of(next(iter(read(str(path)))))
        found = scorer.finder.find(article) if markers else ()
        encoded = scorer.encode(list(passages(article)), found)
        values[path.name[:3]] = axis_score(article, encoded, head).value
    assert max(values, key=values.__getitem__) == "004"
    assert min(values, key=values.__getitem__) == "001"


def test_figures_on_the_projects_own_sentences_are_above_their_floors(scorer: Scorer) -> None:
    floors = json.loads((ROOT / "tests" / "floors.json").read_text("utf-8"))["own_sentences"]
    with (ROOT / "data" / "labelled" / "sentences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    states = scorer.encoder.encode([row["text"] for row in rows])
    finder = MarkerFinder(scorer.bundle.lexicons)
    for axis, floor in floors.items():
        head = scorer.bundle.heads[axis]
        truth = np.array([float(row[f"label.{axis}"]) for row in rows])
        found = np.zeros(len(rows))
        for index, (row, token) in enumerate(zip(rows, states, strict=True)):
            names = [m.lexicon for m in finder.find(one_sentence(row["text"])) if not m.negated]
            hits = {name: names.count(name) for name in names}
            found[index] = head.probability(head.token_logits(token.states), hits)
        clear = truth != 0.5
        assert macro_f1(truth[clear], found[clear]) >= floor["macro_f1"]
        assert auc(truth[clear], found[clear]) >= floor["auc"]
        assert calibration_error(truth, found, 8) <= floor["ece"]


def test_held_out_figures_of_the_bundle_are_above_their_floors(scorer: Scorer) -> None:
    floors = json.loads((ROOT / "tests" / "floors.json").read_text("utf-8"))["held_out"]
    measured = {
        (row["axis"], row["rows"], row["metric"]): row["value"]
        for row in scorer.bundle.manifest["metrics"]
        if row["held_out"] == "articles" and row["system"] == "bundle"
    }
    for name, floor in floors.items():
        axis, rows, metric = name.split("/")
        value = measured[axis, rows, metric]
        assert value <= floor if metric == "ece" else value >= floor
