"""A comparison of groups, from the corpus to the sentences of its answer."""

import json
from dataclasses import replace

import numpy as np
import pytest
from fake_corpus import BUNDLE, MemorySource, changed, corpus

from framing.article import Failure
from framing.compare.options import REST, Options
from framing.compare.result import Comparison, Reason, Verdict
from framing.compare.run import compare
from framing.errors import InputError, UsageError

QUICK = Options(n_draws=200)


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(corpus(), QUICK)


def test_a_real_difference_is_shown_three_ways(found: Comparison) -> None:
    (one,) = [one for one in found.contrasts if (one.axis, one.first, one.second) == ("loaded", "Post", "Wire")]
    assert one.verdict is Verdict.HIGHER
    for estimate in (one.raw, one.standardised, one.within_story):
        assert estimate
        assert estimate.low_95 < 0.15 < estimate.high_95
    assert not one.disagree


def test_groups_that_are_alike_are_called_equivalent(found: Comparison) -> None:
    assert {one.verdict for one in found.contrasts if one.axis == "opinion"} == {Verdict.EQUIVALENT}


def test_every_sentence_of_the_answer_rests_on_rows_that_survived(found: Comparison) -> None:
    rows = {one.ref: one for one in found.contrasts}
    assert found.answers
    for line in found.answers:
        assert {rows[ref].verdict for ref in line.refs} <= {Verdict.HIGHER, Verdict.LOWER, Verdict.EQUIVALENT}
        assert line.refs


def test_an_actor_blamed_by_one_outlet_is_told_with_its_labels(found: Comparison) -> None:
    (post,) = [one for one in found.actors if (one.name, one.group) == ("Ann One", "Post")]
    assert post.narrated
    assert post.narrated.value < -0.4
    assert [label.text for label in post.labels] == ["embattled", "scheme"]
    assert "Post is less favourable to Ann One" in " ".join(line.text for line in found.answers)


def test_distinctive_terms_stand_in_sentences(found: Comparison) -> None:
    terms = {(one.group, one.term): one for one in found.terms}
    assert ("Post", "scheme") in terms
    for context in terms["Post", "scheme"].contexts:
        assert context.sentence[context.start : context.stop] == "scheme"


def test_stories_are_found_and_list_every_outlet(found: Comparison) -> None:
    assert found.card.n_shared_stories == 80
    assert {len(story.members) for story in found.stories} == {3}


def test_rolling_means_have_bands(found: Comparison) -> None:
    points = [point for one in found.series for point in one.points]
    assert points
    assert all(point.low < point.value < point.high for point in points if point.low is not None)


def test_a_comparison_is_plain_data_with_a_name_for_every_row(found: Comparison) -> None:
    data = json.loads(json.dumps(found.to_dict()))
    refs = [row["ref"] for name in ("means", "contrasts", "actors", "terms") for row in data[name]]
    assert len(refs) == len(set(refs))


def test_the_same_corpus_gives_the_same_comparison(found: Comparison) -> None:
    assert compare(corpus(), QUICK).to_dict() == found.to_dict()


def test_one_story_says_how_little_can_be_concluded() -> None:
    names = ("One", "Two", "Three", "Four", "Five")
    result = compare(corpus(5, names), QUICK)
    assert {one.verdict for one in result.contrasts if not one.actor} == {Verdict.TOO_LITTLE}
    assert "No difference between these groups is shown" in result.answers[0].text
    assert {Reason.ONE_STORY, Reason.TOO_FEW} <= {one.reason for one in result.unknowns}
    assert result.card.too_few == tuple(sorted(names))


def test_many_groups_are_each_compared_with_all_others() -> None:
    result = compare(corpus(600, tuple(f"Outlet {i:02}" for i in range(20))), QUICK)
    loaded = [one for one in result.contrasts if one.axis == "loaded"]
    assert len(loaded) == 20
    assert {one.second for one in loaded} == {REST}
    assert [one.verdict for one in loaded if one.first == "Outlet 00"] == [Verdict.HIGHER]


def test_fifty_groups_can_be_compared_pair_by_pair() -> None:
    result = compare(corpus(500, tuple(f"Outlet {i:02}" for i in range(50))), replace(QUICK, pairs=True))
    assert len([one for one in result.contrasts if one.axis == "loaded"]) == 1225


def test_articles_without_a_word_in_common_have_no_topics() -> None:
    whole = corpus(120)
    texts = [(f"only{i} here{i}.",) for i in range(120)]
    bare = changed(whole, titles=[None] * 120, source=MemorySource(texts, [()] * 120))
    result = compare(bare, QUICK)
    assert "too few words" in result.card.topics_from
    assert not result.terms


def test_stories_and_topics_of_the_user_win() -> None:
    result = compare(corpus(), replace(QUICK, story="event", topic="section"))
    assert "event" in result.card.stories_from
    assert "section" in result.card.topics_from


def test_groups_can_be_any_column_merged_or_left_out() -> None:
    by_section = compare(corpus(), replace(QUICK, by="section"))
    assert [group.name for group in by_section.groups] == ["news", "opinion"]
    merged = compare(corpus(), replace(QUICK, merge={"Echo": "Wire"}))
    assert [(group.name, group.n_articles) for group in merged.groups] == [("Post", 80), ("Wire", 160)]
    left = compare(corpus(), replace(QUICK, leave_out=("Wire",)))
    assert [group.name for group in left.groups] == ["Echo", "Post"]
    assert [(one.reason, one.n) for one in left.card.dropped] == [("left out by an option", 80)]


def test_copied_text_is_shown_and_not_compared() -> None:
    whole = corpus(60)
    wire = tuple(" ".join(f"copied{i}x{k}" for k in range(30)) + "." for i in range(12))
    texts = [wire if i < 2 else text for i, text in enumerate(whole.source.sentences(range(60)))]
    result = compare(changed(whole, source=MemorySource(texts, list(whole.source.mentions(range(60))))), QUICK)
    reasons = {one.reason: one.n for one in result.card.dropped}
    assert reasons == {"text that several groups print: shown, not compared": 2}
    assert result.card.n_used == 58
    members = [one for story in result.stories for one in story.members if one.copied]
    assert [(one.article.id, one.copied) for one in members] == [("article-0", 1.0), ("article-1", 1.0)]


def test_dropped_articles_are_counted_with_the_reason() -> None:
    whole = corpus(60)
    value = whole.axes["loaded"].value.copy()
    value[2] = np.nan
    axes = {"loaded": replace(whole.axes["loaded"], value=value)}
    outlets = [None if i == 0 else name for i, name in enumerate(whole.outlets)]
    languages = ["de" if i == 1 else "en" for i in range(60)]
    failures = (Failure("empty.txt", "input", "no text"),)
    result = compare(changed(whole, axes=axes, outlets=outlets, languages=languages, failures=failures), QUICK)
    reasons = {one.reason: one.n for one in result.card.dropped}
    expected = ("could not be read or scored", "no outlet", "in another language (de)", "too little text for a score")
    assert reasons == dict.fromkeys(expected, 1)
    assert result.card.n_in == 61
    assert result.card.n_used == 57


def test_missing_dates_and_names_spelt_differently_are_told() -> None:
    whole = corpus(60, ("The Post", "the post", "Echo"))
    dates = [None if i < 30 else date for i, date in enumerate(whole.dates)]
    result = compare(changed(whole, dates=dates), QUICK)
    assert result.card.n_undated == 30
    assert result.card.warnings
    assert [one.names for one in result.card.spellings] == [("The Post", "the post")]


@pytest.mark.parametrize(
    ("changes", "options", "message"),
    [
        ({"outlets": ["Post"] * 60}, QUICK, "only 'Post' is left"),
        ({"outlets": [None] * 60}, QUICK, "60 no outlet"),
        ({"bundles": (BUNDLE, replace(BUNDLE, version="0.1.0"))}, QUICK, "several bundles"),
        ({"bundles": ()}, QUICK, "no article in it has a score"),
        ({}, replace(QUICK, by="author"), "no column 'author'"),
    ],
    ids=["one outlet", "no outlet", "two bundles", "no bundle", "no column"],
)
def test_a_corpus_that_cannot_be_compared_is_one_line(changes: dict, options: Options, message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare(changed(corpus(60), **changes), options)


def test_an_unknown_axis_is_told_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="they have loaded, opinion"):
        compare(corpus(60), replace(QUICK, axes=("tone",)))
