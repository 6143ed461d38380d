import math
from dataclasses import replace

import pytest
from fakes import AXES, LEANING, LOADED, OPINION, REFERENCE, STORY, article, bipolar_score, fake_score, null_score
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Span, Voice
from framing.axes import BIPOLAR, SHARE, Axis
from framing.report import evidence, phrases
from framing.report.marked_text import blocks
from framing.report.tips import marker_marks, sentence_marks
from framing.scores import AxisScore, Marker


@pytest.mark.parametrize(
    ("value", "axis", "shown"),
    [
        (0.0, LOADED, "0 %"),
        (0.004, LOADED, "under 1 %"),
        (0.334, LOADED, "33 %"),
        (0.996, LOADED, "over 99 %"),
        (1.0, LOADED, "100 %"),
        (None, LOADED, "–"),
        (-0.24, LEANING, "−0.24"),
        (0.3, LEANING, "+0.30"),
        (-0.001, LEANING, "0.00"),
    ],
)
def test_a_value_is_shown_in_the_unit_of_its_axis(value: float | None, axis: Axis, shown: str) -> None:
    assert phrases.amount(value, axis) == shown


def test_the_place_is_said_in_words_on_both_kinds_of_axis() -> None:
    share, bipolar = fake_score().axes["loaded"], bipolar_score().axes["leaning"]

    said = [phrases.place(share, LOADED, REFERENCE), phrases.place(bipolar, LEANING, REFERENCE)]

    assert said == [
        "more loaded than 83 % of 8,000 US news articles",
        "further right than 22 % of 8,000 US news articles",
    ]


def test_what_is_calibrated_after_the_sum_is_not_called_percentage_points() -> None:
    logit = AxisScore("loaded", 0.7, raw=0.9, intercept=0.9)

    assert phrases.points_unit(logit, LOADED) == "units before calibration"
    assert phrases.points(0.123, logit, LOADED) == "+0.123"


@pytest.mark.parametrize("bad", ["a\x1b[31mb", "a\x00b", "a\u202eb", "a\u200bb", "a\x9bb"])
def test_control_and_direction_characters_are_not_shown(bad: str) -> None:
    assert phrases.tidy(bad) in ("ab", "a[31mb")


@given(st.text(), st.integers(min_value=8, max_value=200))
def test_an_excerpt_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    shown = phrases.excerpt(text, width)

    assert len(shown) <= width
    assert shown == phrases.tidy(text) or shown.endswith("…")


def test_sentences_and_their_markers_add_up_to_the_raw_score() -> None:
    score = fake_score()

    total = math.fsum(one.contribution for one in evidence.sentence_evidence(score, "loaded"))

    assert total == pytest.approx(score.axes["loaded"].raw, abs=1e-12)
    assert math.fsum(evidence.sums(score.axes["loaded"]).values()) == pytest.approx(total, abs=1e-12)


def test_evidence_comes_strongest_first_whatever_its_sign() -> None:
    found = evidence.sentence_evidence(bipolar_score(), "leaning")

    assert [one.contribution for one in found] == [-0.32, 0.11, -0.06, 0.02]


def test_evidence_shows_the_journalists_words_only() -> None:
    shown = [one.text for one in evidence.sentence_evidence(fake_score(), "loaded")]

    assert "“[…]” said Mayor Ruth Tennick, who had promised the town a vote." in shown
    assert not any("dyke" in text or "tender" in text for text in shown)


def test_headings_and_bare_attributions_are_no_evidence() -> None:
    score = fake_score()
    shown = {one.text for one in evidence.sentence_evidence(score, "loaded")}
    plain = [mark for mark in sentence_marks(score, AXES) if "\nnot scored: " in mark.tip]

    assert not {"What residents say", "According to Tom Abara, […].", "- “[…]” she said."} & shown
    assert [mark.tip.split("not scored: ")[1] for mark in plain] == [
        "too few words of the journalist's own",
        "a heading within the text",
        "too few words of the journalist's own",
    ]
    assert {(shade.level, shade.badge) for mark in plain for shade in mark.shades} == {(0, "")}


def test_evidence_names_the_words_that_weighed_most_without_numbers() -> None:
    (found, *_) = evidence.sentence_evidence(fake_score(), "loaded")

    assert found.words == ("Officials", "measure")


def test_a_contribution_shown_as_zero_is_no_strong_marker() -> None:
    score = fake_score()
    one = score.axes["loaded"]
    ledger = tuple(replace(line, contribution=4e-5 if line.lexicon else line.contribution) for line in one.ledger)
    faint = replace(score, axes={"loaded": replace(one, ledger=ledger)})

    assert len(evidence.marker_evidence(faint, "loaded")) == 8
    assert evidence.weighty_markers(faint, LOADED) == []
    assert not any(mark.counts for mark in marker_marks(faint, AXES))


def test_hits_of_the_same_words_are_one_line_of_evidence() -> None:
    score = fake_score("A raid\nThe raid was short. The raid was long. The raid went on and on for hours and hours.\n")

    (found,) = evidence.marker_evidence(score, "loaded")

    assert (found.text, found.plain, found.n, found.sentence) == ("raid", "action", 3, 0)


def test_every_visible_character_of_the_text_is_shown_exactly_once() -> None:
    score = fake_score()
    parts = []
    for block in blocks(score.article, score.markers):
        parts += [piece.span.of(score.article.text) for piece in block.removed]
        parts += [line.unscored for line in block.lines]
        parts += [bit.text for line in block.lines for run in line.runs for bit in run.bits]

    assert "".join("".join(parts).split()) == "".join(score.article.text.split())


@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(1, 60)), max_size=12))
def test_overlapping_markers_lose_no_character_of_a_sentence(spans: list[tuple[int, int]]) -> None:
    one = article()
    markers = [Marker("loaded", "x", Span(start, start + length)) for start, length in spans]

    shown = [
        "".join(b.text for r in line.runs for b in r.bits) for block in blocks(one, markers) for line in block.lines
    ]

    sentences = [sentence.span.of(one.text) for sentence in one.all_sentences()]
    assert [text for text in shown if text] == sentences


def test_words_that_weighed_are_bits_of_their_axis() -> None:
    one = article()
    raid = one.text.index("raid")
    words = [(), [Span(raid, raid + 4)]]

    bits = [b for block in blocks(one, (), words) for line in block.lines for run in line.runs for b in run.bits]

    assert [(bit.text, bit.weighed) for bit in bits if bit.weighed] == [("raid", (1,))]


def test_removed_pieces_next_to_each_other_fold_into_one_block() -> None:
    folded = [block.removed for block in blocks(article(), ()) if block.kind == "removed"]

    assert [len(pieces) for pieces in folded] == [2, 1, 2]


def test_a_tip_tells_chance_contribution_and_the_part_of_the_markers() -> None:
    tips = [mark.tip.split("\n") for mark in sentence_marks(fake_score(), AXES)]

    assert tips[1] == [
        "Sentence 2 of 14",
        "loaded\t84 %, adds +7.66 (markers +5.73)",
        "\twords: Officials, measure",
        "opinion\t8 %, adds +0.70",
    ]
    assert tips[3][:2] == ["Sentence 4 of 14", "quoted words\tRuth Tennick"]


def test_a_sentence_that_did_not_count_says_so() -> None:
    assert sentence_marks(null_score(), AXES)[0].tip.endswith("not scored: 12 words of prose; at least 40 are needed")


def test_a_marker_that_counts_for_nothing_says_why() -> None:
    score = fake_score()
    why = {m.term: mark.tip.split("\n", 2)[2] for m, mark in zip(score.markers, marker_marks(score, AXES), strict=True)}

    assert why["massacre"] == "adds nothing\tnegated"
    assert why["stole"] == "adds nothing\tquoted voice"
    assert why["ambush"] == "adds nothing\tin the headline, which is scored apart"
    assert why["raid"] == "loaded\tadds +1.91\nopinion\tadds nothing"


def test_a_marker_in_a_heading_says_that_headings_are_not_scored() -> None:
    score = fake_score(STORY.replace("What residents say", "The butchery that residents saw"))

    tip = next(m.tip for m in marker_marks(score, AXES) if "butchery" in m.tip)

    assert tip.endswith("adds nothing\tits sentence is not scored: a heading within the text")


def test_a_marker_counts_on_the_axes_whose_ledger_has_it() -> None:
    score = fake_score()
    counts = {m.term: mark.counts for m, mark in zip(score.markers, marker_marks(score, AXES), strict=True)}

    assert (counts["raid"], counts["massacre"]) == ((0,), ())


def test_a_hit_of_ones_own_lexicon_counts_for_nothing_whatever_the_lexicons_name() -> None:
    score = fake_score()
    own = replace(score, markers=tuple(replace(marker, own=True) for marker in score.markers))

    assert not any(mark.counts for mark in marker_marks(own, AXES))


def test_shades_follow_probability_or_else_the_strongest_contribution() -> None:
    shares = [mark.shades[0] for mark in sentence_marks(fake_score(), AXES)]
    signed = [mark.shades[0].level for mark in sentence_marks(bipolar_score(), {"leaning": LEANING})]

    assert (shares[1].level, shares[1].badge, shares[0].badge) == (8, "84 %", "")
    assert signed[:4] == [3, -10, 1, -2]


def test_the_fakes_are_of_both_ranges_and_both_voices() -> None:
    voices = {stretch.voice for sentence in article().sentences for stretch in sentence.stretches}

    assert (LOADED.range, OPINION.range, LEANING.range) == (SHARE, SHARE, BIPOLAR)
    assert voices == set(Voice)


def test_text_that_is_neither_sentence_nor_removed_is_shown_as_not_scored() -> None:
    one = article()
    bare = replace(one, sentences=one.sentences[1:3], removed=())

    found = blocks(bare, ())
    unscored = [line.unscored for block in found for line in block.lines if line.unscored]

    assert unscored[0].endswith("along the Orla.")
    assert unscored[1].startswith("“We had no choice")
    assert found[-1].lines[-1].unscored.endswith("this article!\N{ZERO WIDTH SPACE}")
