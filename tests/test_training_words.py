"""Words of whole articles: which are weighed, and that a head learns them, says what was measured, and comes back."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from framing.article_head import NOTHING, STANCE_FEATURES, ArticleHead
from framing.axes import SHARE, Axis, Level
from framing.bundle import load_bundle
from framing.evaluation.folds import grouped_folds
from framing.features.vocabulary import Vocabulary
from framing.head_arrays import Head
from framing.metrics import auc
from framing.scorer import Scorer
from framing.training.bundle_parts import Addition, write_beside
from framing.training.frozen import STATES, WORDS, WORDS_ALONE, Fit, Labels, Sources, chosen, fitted, said_by
from framing.training.states import Features
from framing.training.words import MIN_ARTICLES, MIN_OUTLETS, OF_WORDS, counted, vocabulary_of
from framing.types import Floats

ARTICLE = Axis("slanted", "even", "slanted", SHARE, "u", "d", "s", level=Level.ARTICLE)
VOCABULARY = Vocabulary(tuple(f"word{letter}" for letter in "abcdefghij"))
WIDTH, N = 4, 400


def articles(of_word: float) -> tuple[list[list[str]], Floats]:
    """Articles of drawn words, and labels that the first word decides in some strength."""
    generator = np.random.default_rng(0)
    present = generator.random((N, 12, len(VOCABULARY.words))) < 0.3
    texts = [[" ".join(np.array(VOCABULARY.words)[row]) or "Nothing" for row in article] for article in present]
    pushed = of_word * (present[:, :, 0].sum(axis=1) - 3.6) + generator.logistic(size=N)
    return texts, (pushed > 0).astype(float)


def fit_of(of_word: float, width: int = WIDTH) -> tuple[Fit, Features, Labels]:
    texts, targets = articles(of_word)
    states = np.random.default_rng(1).normal(size=(N, width)).astype(np.float32)
    words = counted(texts, VOCABULARY)
    features = Features(states, np.zeros((N, 0)), np.zeros((N, len(STANCE_FEATURES))), np.zeros((N, 0)), {}, words)
    groups = [f"outlet {index // 5}" for index in range(N)]
    labels = Labels(targets, np.ones(N), groups, grouped_folds(groups, 5, 0))
    return fitted(features, labels, ARTICLE, Sources((), np.zeros(0, dtype=int), None, VOCABULARY)), features, labels


def test_words_of_few_outlets_few_articles_and_names_are_not_weighed() -> None:
    n = MIN_ARTICLES
    outlets = [f"outlet {index % MIN_OUTLETS}" for index in range(n)]
    texts = [["The senate of Alder met.", "They met in Alder and Bush won"] for _ in range(n)]
    for index, text in enumerate(texts):
        text.append("bush fires" if index == 0 else "Bush won again")
        text.append("our byline" if index % MIN_OUTLETS else "their byline")
        text.append("rare" if index else "Nothing")
    found = vocabulary_of(texts, outlets)
    assert {"met", "in", "senate", "byline"} <= set(found.words)
    assert not {"bush", "Bush", "alder", "our", "their", "rare", "fires"} & set(found.words)


def test_counts_are_sentences_with_a_word_over_the_root_of_their_number() -> None:
    found = counted([["wordb wordb worda", "wordb.", "Worda", "no"], []], VOCABULARY).toarray()
    assert found[0, :2].tolist() == [0.5, 1.0]
    assert found[:, -1].tolist() == [2.0, 1.0]
    assert not found[1, :-1].any()


def test_a_word_that_decides_is_found_and_what_is_usual_adds_nothing() -> None:
    texts, targets = articles(2.0)
    words = counted(texts, VOCABULARY)
    slope, bias = OF_WORDS.learn(words, targets, np.ones(N), OF_WORDS.costs[-1])
    assert np.argmax(np.abs(slope[:-1])) == 0
    assert slope[0] > 0
    assert np.mean(words @ slope * words[:, [-1]].toarray()[:, 0]) == pytest.approx(0, abs=1e-9)
    assert abs(bias) < 1


def test_labels_that_are_all_the_same_give_no_word_a_weight() -> None:
    texts, _ = articles(0.0)
    slope, bias = OF_WORDS.learn(counted(texts, VOCABULARY), np.ones(N), np.ones(N), 1.0)
    assert not slope.any()
    assert bias > 3


def test_words_are_in_a_head_that_they_make_better_and_the_head_says_what_was_measured() -> None:
    fit, features, labels = fit_of(2.0)
    assert fit.families == (STATES, WORDS)
    assert auc(labels.targets, fit.values) > 0.8
    assert auc(labels.targets, fit.tried[WORDS_ALONE]) > 0.8
    assert np.corrcoef(said_by(fit.head, features), fit.values)[0, 1] > 0.97
    few = chosen(features, np.array([7, 3]))
    assert said_by(fit.head, few) == pytest.approx(said_by(fit.head, features)[[7, 3]])


def test_words_that_say_nothing_are_left_out() -> None:
    fit, features, _ = fit_of(0.0)
    assert fit.families == (STATES,)
    assert said_by(fit.head, features) == pytest.approx(said_by(fit.head, replace(features, words=None)), abs=1e-12)


def wordless(head: Head) -> Head:
    """The head without the words that it weighs."""
    return replace(head, vocabulary=None, of_words=NOTHING, usual=0.0) if isinstance(head, ArticleHead) else head


def test_words_come_back_from_a_bundle_and_go_into_the_next(scorer: Scorer, tmp_path: Path) -> None:
    bundle = scorer.bundle
    width = int(bundle.manifest["encoder"]["width"])
    head = fit_of(2.0, width)[0].head
    lexicons = bundle.manifest["lexicons"]
    head = replace(head, weights=dict.fromkeys(lexicons, 0.0))  # type: ignore[type-var]
    added = Addition("own", "1", [ARTICLE], [head], {"data": []}, frozenset())
    base = replace(bundle, vocabulary=VOCABULARY, heads={name: wordless(head) for name, head in bundle.heads.items()})
    write_beside(base, added, tmp_path / "first", force=False)
    first = load_bundle(tmp_path / "first")
    again = Addition("own", "2", [replace(ARTICLE, name="other")], [replace(head, axis="other")], {}, frozenset())  # type: ignore[type-var]
    write_beside(first, again, tmp_path / "second", force=False)
    second = load_bundle(tmp_path / "second")
    states = np.random.default_rng(2).normal(size=(3, width)).astype(np.float32)
    for found in (first.heads["slanted"], second.heads["slanted"], second.heads["other"]):
        assert found.alone(states, {}, "worda wordb") == head.alone(states, {}, "worda wordb")
        assert found.alone(states, {}, "worda") != found.alone(states, {}, "wordb")
    for name, one in base.heads.items():
        assert second.heads[name].alone(states, {}, "worda") == one.alone(states, {}, "worda")
