import io

import pytest
from fakes import AXES, LEANING, REFERENCE, STORY, bipolar_score, fake_score, few_score, null_score, placed_score
from rich.console import Console

from framing.article import Failure
from framing.axes import Axis
from framing.report import terminal
from framing.report.phrases import Result
from framing.scores import ArticleScore, AxisScore, BundleName

FAILURE = Failure("empty.txt", "input", "empty.txt: no text; give an article")


def printed(
    results: list[Result], width: int = 80, encoding: str = "utf-8", axes: dict[str, Axis] | None = None
) -> str:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding=encoding, write_through=True) as file:
        terminal.print_results(Console(file=file, width=width), results, axes or dict(AXES), REFERENCE)
        return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("results", [[fake_score()], [null_score()], [fake_score(), null_score(), FAILURE]])
def test_no_line_is_wider_than_the_terminal(width: int, results: list[Result]) -> None:
    assert max(len(line.rstrip()) for line in printed(results, width).splitlines()) <= width


def test_one_article_shows_all_that_made_its_score() -> None:
    shown = " ".join(printed([fake_score()]).split())

    for piece in (
        "Council guts river park in midnight ambush",
        "Harbour Post · 2026-03-11 · 164 words · 14 sentences",
        "LOADED 37 % 90 % interval 24–53 % · from 11 of 14 sentences",
        "more loaded than 83 % of 8,000 US news articles",
        "apart: headline 69 % · quoted voice 44 % (3 sentences)",
        "84 % +7.66 Officials sold the raid",
        "after eleven at night. words: Officials, measure 63 %",
        "+1.91 slaughtered → cut down loaded",
        "loaded 7 (2 quoted)",
        "related link × 1 Read more: Ten gardens",
        "the outlet was taken from the folder's name",
    ):
        assert piece in shown


def test_the_bar_shows_value_and_interval_between_its_poles() -> None:
    (bar,) = [
        line.strip() for line in printed([bipolar_score()], axes={"leaning": LEANING}).splitlines() if "●" in line
    ]

    assert bar.startswith("left ├")
    assert bar.endswith("┤ right")
    assert bar.index("━") < bar.index("●") < bar.rindex("━") < bar.index("┤")


def test_poles_too_long_to_stand_beside_the_bar_stand_under_it() -> None:
    shown = printed([fake_score()], width=24)

    assert "plain … loaded" in shown


def test_the_place_among_types_of_outlets_stands_under_that_among_all() -> None:
    lines = [line.strip() for line in printed([placed_score()]).splitlines()]
    at = lines.index("more loaded than 83 % of 8,000 US news articles")
    assert lines[at + 1] == "among outlets: left 74 %, center 91 %"


def test_a_null_value_says_why_and_draws_no_bar() -> None:
    shown = printed([null_score()])

    assert "LOADED  no value: 12 words of prose; at least 40 are needed" in shown
    assert "├" not in shown


def test_a_null_value_still_shows_the_headline_and_the_quoted_voice() -> None:
    score = null_score()
    axes = {"loaded": AxisScore("loaded", None, title=0.7, quoted=0.4, n_quoted=2, why_null="too little")}

    shown = printed([ArticleScore(score.bundle, score.article, axes)])

    assert "apart: headline 70 % · quoted voice 40 % (2 sentences)" in shown


def test_a_terminal_without_unicode_gets_ascii() -> None:
    shown = printed([fake_score(STORY.replace("Alderwick", "Ålderwick"))], encoding="ascii")

    assert "=O=" in shown
    assert "slaughtered -> cut down" in shown
    assert "Alderwick" in shown


def test_a_pipe_gets_no_colour_codes() -> None:
    assert "\x1b" not in printed([fake_score()])


def test_an_article_cannot_steer_the_terminal() -> None:
    score = fake_score(STORY.replace("guts", "\x1b]0;owned\x07\x1b[2Jguts").replace("caption", "\x1b[31m"))

    assert not {"\x1b", "\x07"} & set(printed([score]))


def test_words_in_square_brackets_are_text_and_not_markup() -> None:
    score = fake_score(STORY.replace("Council guts", "[bold]Council[/bold] [link=x]guts"))

    assert "[bold]Council[/bold] [link=x]guts" in printed([score])


def test_many_removed_pieces_of_one_kind_are_counted() -> None:
    story = STORY + "".join(f"{{Read more: story {number}}}\n" for number in range(5))

    shown = printed([fake_score(story)])

    assert "related link × 6" in shown
    assert "… and 3 more" in shown


def test_several_articles_are_a_row_each_and_failures_follow() -> None:
    shown = printed([fake_score(), null_score(), FAILURE])

    assert "Harbour Post: Council guts river park" in shown
    assert "37 % (24–53 %)  8 % (0–24 %)" in shown
    assert "empty.txt  input: no text; give an article" in shown


def test_a_null_value_in_the_table_says_why_under_it() -> None:
    score = null_score()
    mixed = {**score.axes, "loaded": AxisScore("loaded", 0.5, raw=0.5, intercept=0.5, n=9)}

    shown = printed([score, ArticleScore(score.bundle, score.article, mixed)])

    assert "NO VALUE\n  Harbour Post: Too short  12 words of prose; at least 40 are needed" in shown
    assert "  Harbour Post: Too short  opinion: 12 words of prose; at least 40 are needed" in shown


def test_values_from_few_sentences_are_named_under_the_table_and_beside_the_value() -> None:
    table, alone, enough = printed([few_score(), fake_score()]), printed([few_score()]), printed([fake_score()])

    assert "FEW SENTENCES: TREAT WITH CARE\n  Orla Echo: Bridge closed  values from 5 sentences" in table
    assert "from 5 of 5 sentences" in alone
    assert "few sentences: treat with care" in alone
    assert "treat with care" not in enough


def test_the_signs_of_omission_are_explained_only_where_they_are_used() -> None:
    long = STORY.replace("the expert report", "the expert report " + "of the many experts " * 20)
    quoting = STORY.replace(
        "said Mayor Ruth Tennick", "said the furious regime of Mayor Ruth Tennick in a raid, their raid"
    )

    shown = [printed([fake_score(story)]) for story in (STORY, long, quoting)]

    assert ["marks a text shortened here" in text for text in shown] == [False, True, False]
    assert ["stands for quoted words" in text for text in shown] == [False, False, True]


def test_markup_that_was_kept_out_is_counted_and_not_listed() -> None:
    shown = printed([fake_score(STORY + "{•}\n{•}\n")])

    assert "other × 2" in shown
    assert "•" not in shown


def test_axes_that_do_not_fit_side_by_side_get_a_table_of_their_own() -> None:
    names = [f"axis_number_{number}" for number in range(6)]
    axes = {name: Axis(name, "low", "high", (0.0, 1.0), "unit", "definition", "source") for name in names}
    base = fake_score()
    one = {name: AxisScore(name, 0.5, 0.4, 0.6, raw=0.5, intercept=0.5, n=9) for name in names}
    score = ArticleScore(BundleName("default", "1", "0" * 64), base.article, one)

    shown = printed([score, score], axes=axes)

    assert all(name.replace("_", " ") in shown for name in names)
    assert shown.count("50 % (40–60 %)") == 12
