"""Axes read from whole articles: what the ledger says is the score, and a head comes back from its arrays as it was."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.special import logit

from framing.article import Document
from framing.article_evidence import MENTION, article_score, treated
from framing.article_head import ArticleHead, Cues, parts_of_stance, stance_features
from framing.axes import BIPOLAR, SHARE, Axis, Level
from framing.evidence import axis_score
from framing.features.vocabulary import Vocabulary, lower_words
from framing.head_arrays import from_arrays, to_arrays
from framing.heads import SentenceHead
from framing.scorer import Scorer
from framing.scores import ArticleScore, AxisScore
from framing.text import article_of
from framing.text.passages import passages
from framing.training.words import counted

TEXT = """Minister Edda Prall guts the river fund

Minister Edda Prall slaughtered the river fund on Tuesday, a shameless raid on a town that trusted her.
The council of Alderwick met for six hours and heard nine witnesses from along the river.
“We had no choice at all, the money was simply gone,” said Edda Prall on Wednesday morning.
Work on the dyke was to begin in March and will now have to wait until the autumn.
Edda Prall was praised by the harbour company, which had paid for her splendid campaign.
The fund held 40 million crowns and had been set up by a vote of all parties in 2019.
"""
# Who is on which side in the text above; its only known actor is the minister, by her name within the article.
SIDES = {"article:edda-prall": 1}
AXIS = Axis("partisan", "even-handed", "partisan", SHARE, "chance", "d", "s", level=Level.ARTICLE)


def head(
    width: int, bounds: tuple[float, float] = SHARE, stance: tuple[float, ...] = (-1.5, 0.5, 0.8, 0.0)
) -> ArticleHead:
    direction = np.random.default_rng(0).normal(size=width).astype(np.float32)
    weights, signs = {"loaded": 0.9, "war_metaphor": 0.0}, {"loaded": 1, "war_metaphor": 1}
    return ArticleHead("partisan", direction, 0.3, -0.4, weights, signs, np.array(stance), bounds)


def with_cues(one: ArticleHead) -> ArticleHead:
    width = len(one.direction)
    directions = np.random.default_rng(1).normal(size=(2, width)).astype(np.float32)
    return replace(
        one, cues=Cues(("moral", "money"), directions, np.zeros(2, np.float32)), of_cues=np.array([1.5, -2.0])
    )


VOCABULARY = Vocabulary(("shameless", "slaughtered", "the", "had", "splendid"))
WORDED = "A shameless man had the shameless fund slaughtered by Splendid Harbour."


def with_words(one: ArticleHead) -> ArticleHead:
    """A head that weighs words, with weights that 32 bits hold exactly."""
    return replace(
        one, vocabulary=VOCABULARY, of_words=np.array([2.0, 0.5, 0.125, -0.25, 0.75], np.float32), usual=0.25
    )


@pytest.fixture(scope="module")
def scored(scorer: Scorer) -> Callable[..., tuple[ArticleScore, AxisScore]]:
    def score(one: ArticleHead | None = None) -> tuple[ArticleScore, AxisScore]:
        article = article_of(Document("a", TEXT))
        encoded = scorer.encode(list(passages(article)), scorer.finder.find(article))
        actors = scorer.actors(article, encoded)
        used = one or head(encoded[0].states.shape[1])
        whole = ArticleScore(scorer.bundle.name, article, {}, actors=actors)
        return whole, article_score(article, encoded, used, treated(actors, SIDES))

    return score


def test_the_ledger_and_the_intercept_sum_to_raw(scored: Callable[..., tuple[ArticleScore, AxisScore]]) -> None:
    _, found = scored()
    assert found.raw == pytest.approx(found.intercept + sum(line.contribution for line in found.ledger))
    assert found.value == pytest.approx(1 / (1 + np.exp(-found.raw)))
    assert {line.kind for line in found.ledger} == {"sentence", "marker", MENTION}
    assert found.low is not None
    assert found.high is not None
    assert found.low <= found.value <= found.high  # type: ignore[operator]


def test_a_marker_adds_its_weight_and_a_lexicon_without_weight_nothing(
    scored: Callable[..., tuple[ArticleScore, AxisScore]],
) -> None:
    whole, found = scored()
    lines = [line for line in found.ledger if line.kind == "marker"]
    assert {line.lexicon for line in lines} == {"loaded"}
    assert all(line.contribution == pytest.approx(0.9 / found.n) for line in lines)
    assert "slaughtered" in {line.span.of(whole.article.text) for line in lines}


def test_mentions_together_add_the_weighted_level_spread_and_extremity(
    scored: Callable[..., tuple[ArticleScore, AxisScore]],
) -> None:
    whole, found = scored()
    stances = [one.stance for one in treated(whole.actors, {})]
    lines = [line.contribution for line in found.ledger if line.kind == MENTION]
    level, spread, extremity = np.mean(stances), np.var(stances), np.mean(np.abs(stances))
    assert len(lines) == len(stances) > 2
    assert stance_features(stances, [0] * len(stances)) == pytest.approx([level, spread, extremity, 0])
    assert sum(lines) == pytest.approx(-1.5 * level + 0.5 * spread + 0.8 * extremity)


def test_actors_are_not_in_the_ledger_of_a_head_that_does_not_read_them(
    scored: Callable[..., tuple[ArticleScore, AxisScore]], scorer: Scorer
) -> None:
    width = len(scorer.bundle.heads["loaded"].direction)
    _, found = scored(head(width, stance=(0.0, 0.0, 0.0, 0.0)))
    assert MENTION not in {line.kind for line in found.ledger}


def test_a_bipolar_axis_runs_from_minus_one_to_one(
    scored: Callable[..., tuple[ArticleScore, AxisScore]], scorer: Scorer
) -> None:
    width = len(scorer.bundle.heads["loaded"].direction)
    _, found = scored(head(width, BIPOLAR))
    assert found.value == pytest.approx(2 / (1 + np.exp(-found.raw)) - 1)
    assert found.low is not None
    assert -1 <= found.low <= found.value  # type: ignore[operator]


def test_cues_are_in_the_ledger_sentence_by_sentence(
    scored: Callable[..., tuple[ArticleScore, AxisScore]], scorer: Scorer
) -> None:
    plain = head(len(scorer.bundle.heads["loaded"].direction))
    (_, without), (whole, found) = scored(plain), scored(with_cues(plain))
    assert found.raw == pytest.approx(found.intercept + sum(line.contribution for line in found.ledger))
    article = whole.article
    encoded = [one for one in scorer.encode(list(passages(article)), ()) if len(one.states)]
    body = [one for one in encoded if one.passage.voice == "journalist" and one.passage.sentence >= 0]
    cued = with_cues(plain)
    assert cued.cues is not None
    chances = cued.cues.chances(np.array([one.states.mean(axis=0) for one in body]))
    assert found.raw - without.raw == pytest.approx(float((chances @ cued.of_cues).mean()), abs=1e-4)  # type: ignore[operator]


def test_a_word_of_a_cue_is_what_the_sentence_loses_without_it() -> None:
    states = np.random.default_rng(2).normal(size=(6, 4)).astype(np.float32)
    one = with_cues(head(4))
    whole, rest = states.mean(axis=0, keepdims=True), states[1:].mean(axis=0, keepdims=True)
    by_states = one.gains(one.projected(whole)) - one.gains(one.projected(rest))
    by_tokens = one.gains(one.projected(states).mean(axis=0, keepdims=True)) - one.gains(
        one.projected(states[1:]).mean(axis=0, keepdims=True)
    )
    assert by_tokens == pytest.approx(by_states, abs=1e-5)


def test_words_are_in_the_ledger_sentence_by_sentence(
    scored: Callable[..., tuple[ArticleScore, AxisScore]], scorer: Scorer
) -> None:
    plain = head(len(scorer.bundle.heads["loaded"].direction))
    (_, without), (whole, found) = scored(plain), scored(with_words(plain))
    assert found.raw == pytest.approx(found.intercept + sum(line.contribution for line in found.ledger))
    added = {
        one.sentence: one.contribution - two.contribution
        for one, two in zip(found.ledger, without.ledger, strict=True)
        if one.kind == "sentence"
    }
    of_first = 2.0 + 0.5 + 0.125 - 0.25
    assert added[0] == pytest.approx(of_first / np.sqrt(found.n))
    assert found.raw - without.raw == pytest.approx(sum(added.values()))  # type: ignore[operator]
    evidence = {word.span.of(whole.article.text): word.effect for word in found.ledger[0].words}
    assert evidence["shameless"] > 1.5 * np.sqrt(found.n)


def test_words_are_counted_as_training_counts_them(scorer: Scorer) -> None:
    article = article_of(Document("a", TEXT))
    own = [one for one in scorer.encode(list(passages(article)), ()) if one.passage.voice == "journalist"]
    body = [one for one in own if one.passage.sentence >= 0]
    worded = with_words(head(4))
    sums = [worded.worded(word for word, _ in one.lower_words) for one in body]
    row = counted([[one.passage.text for one in body]], VOCABULARY)
    assert row @ np.append(worded.of_words, -worded.usual) == pytest.approx(sum(sums) / np.sqrt(len(body)))


def test_a_word_taken_out_takes_its_weight_with_it_unless_it_is_repeated() -> None:
    states = np.zeros((1, 4), np.float32)
    worded, plain = with_words(head(4)), head(4)

    def added(text: str) -> float:
        with_them, without = (logit(one.alone(states, {}, text)) for one in (worded, plain))
        return with_them - without

    assert added(WORDED) == pytest.approx(2.0 + 0.5 + 0.125 - 0.25 - 0.25)
    assert added(WORDED.replace("slaughtered ", "")) == pytest.approx(added(WORDED) - 0.5)
    assert added(WORDED.replace("shameless ", "", 1)) == pytest.approx(added(WORDED))
    assert added(WORDED.replace("shameless ", "")) == pytest.approx(added(WORDED) - 2.0)
    assert added("") == pytest.approx(-0.25)


def test_what_is_written_with_a_capital_weighs_nothing() -> None:
    worded = with_words(head(4))
    assert worded.worded(word for word, _ in lower_words("Shameless SLAUGHTERED The Had")) == -worded.usual
    assert [word for word, _ in lower_words("Anti-Trump, far-right 2nd it’s e-mail")] == [
        "far",
        "right",
        "it's",
        "e",
        "mail",
    ]


def test_too_little_text_is_no_value(scorer: Scorer) -> None:
    article = article_of(Document("a", "The council met on Monday and adjourned until Friday of next week."))
    encoded = scorer.encode(list(passages(article)), ())
    found = article_score(article, encoded, head(encoded[0].states.shape[1]), ())
    assert found.value is None
    assert "too little" in (found.why_null or "")


def test_a_sentence_axis_may_be_bipolar_too(scorer: Scorer) -> None:
    article = article_of(Document("a", TEXT))
    encoded = scorer.encode(list(passages(article)), scorer.finder.find(article))
    shares = scorer.bundle.heads["loaded"]
    assert isinstance(shares, SentenceHead)
    share, bipolar = (axis_score(article, encoded, one) for one in (shares, replace(shares, bounds=BIPOLAR)))
    assert share.value is not None
    assert bipolar.value == pytest.approx(2 * share.value - 1)
    assert bipolar.raw == pytest.approx(bipolar.intercept + sum(line.contribution for line in bipolar.ledger))
    assert bipolar.low == pytest.approx(2 * (share.low or 0) - 1)


def test_heads_come_back_from_their_arrays_as_they_were() -> None:
    sentence = SentenceHead("loaded", np.ones(4, dtype=np.float32), 0.5, 1.2, -0.1, {"a": 0.3, "b": 0.0}, {"a": 1})
    article = with_words(with_cues(replace(head(4), weights={"a": 0.9, "b": 0.0}, signs={"a": 1})))
    axes = [AXIS, Axis("loaded", "plain", "loaded", SHARE, "u", "d", "s")]
    arrays = to_arrays([article, sentence], ["a", "b"])
    found = from_arrays(arrays, axes, ["a", "b"], {a.name: {"a": 1} for a in axes}, article.cues, VOCABULARY)
    assert list(found) == ["partisan", "loaded"]
    for name, expected in (("loaded", sentence), ("partisan", article)):
        states = np.random.default_rng(1).normal(size=(3, 4)).astype(np.float32)
        assert found[name].alone(states, {"a": 2}, WORDED) == expected.alone(states, {"a": 2}, WORDED)
        assert found[name].weights == expected.weights


@pytest.mark.parametrize(("stances", "sides"), [([], []), ([0.4], [0]), ([-0.2, 0.9, 0.1], [1, -1, 0])])
def test_parts_of_stance_sum_to_its_features(stances: list[float], sides: list[int]) -> None:
    assert parts_of_stance(stances, sides).shape == (len(stances), 4)
    assert parts_of_stance(stances, sides).sum(axis=0) == pytest.approx(stance_features(stances, sides))


def test_blame_of_one_side_and_praise_of_the_other_take_the_same_side_and_add_up() -> None:
    blamed, praised = stance_features([-0.5], [1])[3], stance_features([0.5], [-1])[3]
    assert blamed == praised == -0.5
    assert stance_features([-0.5, 0.9, 0.5, -0.5, 0.5], [1, 0, -1, 1, -1])[3] == pytest.approx(-0.5 * np.sqrt(4))


def test_a_mention_adds_its_stance_times_the_side_of_its_actor(
    scored: Callable[..., tuple[ArticleScore, AxisScore]], scorer: Scorer
) -> None:
    width = len(scorer.bundle.heads["loaded"].direction)
    whole, found = scored(head(width, BIPOLAR, stance=(0.0, 0.0, 0.0, 2.0)))
    mentions = treated(whole.actors, SIDES)
    n = sum(one.side != 0 for one in mentions)
    assert n > 1
    lines = [line for line in found.ledger if line.kind == MENTION]
    expected = [2 * one.stance * one.side / np.sqrt(n) for one in mentions]
    assert [line.contribution for line in lines] == pytest.approx(expected)
    assert found.raw == pytest.approx(found.intercept + sum(line.contribution for line in found.ledger))


def test_the_users_own_actors_have_no_say_in_a_score(scorer: Scorer, tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    about = 'name = "mine"\ngloss = "g"\nsource = "own"\nlicence = "CC0-1.0"\nas_of = "2026-01-01"\n'
    own.write_text(about + '[[actor]]\nid = "trump-cards"\nkind = "company"\nname = "Trump"\n', "utf-8")
    width = len(scorer.bundle.heads["loaded"].direction)
    sided = replace(
        scorer.bundle, heads={"partisan": head(width, BIPOLAR, stance=(0.0, 0.0, 0.0, 2.0))}, reference=None
    )
    article = article_of(Document("a", TEXT.replace("Minister Edda Prall", "Trump").replace("Edda Prall", "Trump")))
    ours, theirs = (Scorer(sided, threads=1, actors=path).score(article) for path in (None, own))
    assert [actor.id for actor in theirs.actors if "Trump" in actor.name] == ["trump-cards"]
    assert any(line.kind == MENTION and line.contribution for line in ours.axes["partisan"].ledger)
    assert theirs.axes == ours.axes


def test_a_bundle_without_a_weight_for_sides_has_none() -> None:
    arrays = to_arrays([head(4)], ["loaded", "war_metaphor"])
    arrays["article.stance"] = arrays["article.stance"][:, :3]
    found = from_arrays(arrays, [AXIS], ["loaded", "war_metaphor"], {"partisan": {}})["partisan"]
    assert isinstance(found, ArticleHead)
    assert found.stance.tolist() == [-1.5, 0.5, 0.8, 0.0]
