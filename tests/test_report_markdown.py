import pytest
from fakes import AXES, LEANING, REFERENCE, STORY, bipolar_score, fake_score, few_score, null_score, placed_score

from framing.article import Failure
from framing.report import markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("a & b", "a &amp; b"),
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("![x](javascript:y)", r"!\[x\](javascript:y)"),
        ("a | b", r"a \| b"),
        ("# not a heading", r"\# not a heading"),
        ("> not a quote", r"\> not a quote"),
        ("- not a list", r"\- not a list"),
        ("12. not a list", r"12\. not a list"),
        ("two\nlines", "two lines"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("0.0.1", "0.0.1"),
        ("+0.30", "+0.30"),
        ("-5 degrees", "-5 degrees"),
        ("...and then", "...and then"),
        ("2026-03-11, 12.5", "2026-03-11, 12.5"),
    ],
)
def test_text_of_an_article_is_no_markup(text: str, escaped: str) -> None:
    assert markdown.escape(text) == escaped


def test_the_place_among_types_of_outlets_stands_beside_that_among_all() -> None:
    shown = markdown.render(placed_score(), AXES, REFERENCE)
    assert "more loaded than 83 % of 8,000 US news articles; among outlets: left 74 %, center 91 % |" in shown
    assert "60 %" not in shown


def test_one_article_has_its_axes_evidence_and_limits() -> None:
    shown = markdown.render(fake_score(), AXES, REFERENCE)

    for piece in (
        "# Council guts river park in midnight ambush\n",
        "| loaded | plain … loaded | 37 % | 24–53 % | from 11 of 14 sentences | more loaded than 83 % of 8,000",
        "US news articles | 69 % | 44 % |",
        "### Strongest sentences (5 of 11)",
        "> 84 %, adds +7.66; words: Officials, measure\n",
        "| slaughtered | cut down | loaded | 1 | +1.91 |",
        "How this number is made: intercept 0.0000 + sentences",
        "- related link: Read more: Ten gardens to see this spring",
        "not truth",
    ):
        assert piece in shown


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    shown = markdown.render(fake_score(STORY.replace("park", "park | lawn")), AXES, REFERENCE)
    blocks = [block.split("\n") for block in shown.split("\n\n") if block.startswith("|")]

    widths = [{line.replace(r"\|", "").count("|") for line in block} for block in blocks]

    assert len(widths) == 3
    assert all(len(one) == 1 for one in widths)


def test_a_null_value_says_why() -> None:
    assert "none: 12 words of prose; at least 40 are needed" in markdown.render(null_score(), AXES, REFERENCE)


def test_a_value_from_few_sentences_is_shown_with_a_caution() -> None:
    few = few_score()

    assert "**Note:** few sentences: treat with care." in markdown.render(few, AXES, REFERENCE)
    assert " %), few sentences: treat with care |" in markdown.render_all([few, fake_score()], AXES, REFERENCE)
    assert "with care" not in markdown.render(fake_score(), AXES, REFERENCE)


def test_markup_that_was_kept_out_is_counted_and_not_listed() -> None:
    shown = markdown.render(fake_score(STORY + "{•}\n{•}\n"), AXES, REFERENCE)

    assert "- other × 2\n" in shown
    assert "•" not in shown


def test_a_bipolar_axis_is_in_its_own_unit() -> None:
    shown = markdown.render(bipolar_score(), {"leaning": LEANING}, REFERENCE)

    assert (
        "| leaning | left … right | −0.24 | −0.51 to +0.06 | from 4 of 14 sentences | further right than 22 %" in shown
    )


def test_several_articles_begin_with_a_table_and_what_failed() -> None:
    failure = Failure("e<b>.txt", "input", "e<b>.txt: no text")

    shown = markdown.render_all([fake_score(), null_score(), failure], AXES, REFERENCE)

    assert shown.startswith("# 3 articles\n\n| article | outlet | loaded | opinion |")
    assert "| e&lt;b>.txt | input | no text |" in shown
    assert shown.count("\n# ") == 2


def test_a_single_article_has_no_overview() -> None:
    assert markdown.render_all([fake_score()], AXES, REFERENCE) == markdown.render(fake_score(), AXES, REFERENCE)
