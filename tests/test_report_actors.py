import io
import re
from dataclasses import replace
from statistics import fmean

import pytest
from fake_actors import CAST, acted_score, actor_score, crowded_score, reported, sided_score, with_cast
from fakes import AXES, LEANING, REFERENCE, STORY, bipolar_score, fake_score
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from framing.article import Span
from framing.report import actors, by_outlet, html, markdown, terminal
from framing.report.actors import STANCE, Marked
from framing.report.evidence import weighty_stances
from framing.scores import ActorScore, ArticleScore

COUNCIL = "alderwick.council"
SIDED = {"leaning": LEANING}
OTHER_STORY = STORY.replace("slaughtered", "cut down")


def printed(*results: ArticleScore, width: int = 80, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding=encoding, write_through=True) as file:
        terminal.print_results(Console(file=file, width=width), results, {**AXES, **SIDED}, REFERENCE)
        return raw.getvalue().decode(encoding)


def one_line(text: str) -> str:
    return " ".join(text.split())


def by_id(score: ArticleScore) -> dict[str, ActorScore]:
    return {actor.id: actor for actor in score.actors}


def said(score: ArticleScore, id: str) -> list[actors.Said]:
    return actors.said(score.article, by_id(score)[id])


def test_the_most_mentioned_comes_first_and_of_two_the_one_with_a_stance() -> None:
    shown = [actor.name for actor in actors.ranked(acted_score().actors)]

    assert shown == [
        "Alderwick town council",
        "Ruth Tennick",
        "Lena Ortiz",
        "those who felled the trees",
        "Orla Timber",
    ]


def test_the_mentions_of_a_sentence_are_one_line_with_their_mean_and_their_names_marked() -> None:
    score = acted_score("Trees\nThe raid of Orla Timber was a gift to Orla Timber and to nobody else there.\n")
    (one,) = said(score, "article:orla-timber")

    assert one.stance == pytest.approx(0.09)
    assert [text for text, is_name in one.marked.pieces if is_name] == ["Orla Timber", "Orla Timber"]
    assert "".join(text for text, _ in one.marked.pieces) == one.marked.text


def test_the_journalists_own_sentences_leave_out_the_words_of_others() -> None:
    (own,) = [one for one in said(acted_score(), "article:ruth-tennick") if "vote" in one.marked.text]

    assert own.is_own
    assert own.marked.text == "“[…]” said Mayor Ruth Tennick, who had promised the town a vote."


def test_what_others_say_is_shown_whole_with_who_says_it() -> None:
    (one,) = said(acted_score(), "article:they")

    assert (one.is_own, one.speaker) == (False, "Lena Ortiz")
    assert "They stole the shade from our children" in one.marked.text


def test_a_judgement_that_the_journalist_reports_is_not_the_journalists() -> None:
    score = reported(acted_score(), COUNCIL, "Tom Abara")

    assert {(one.is_own, one.speaker) for one in said(score, COUNCIL)} == {(False, "Tom Abara")}
    assert actors.strongest(score.article, by_id(score)[COUNCIL]) is None


def test_the_strongest_sentence_pulls_the_way_of_the_stance_and_is_not_the_headline() -> None:
    score = acted_score()
    council, ortiz = (actors.strongest(score.article, by_id(score)[id]) for id in (COUNCIL, "article:lena-ortiz"))

    assert council is not None
    assert council.marked.text.startswith("The town council of Alderwick slaughtered")
    assert ortiz is not None
    assert ortiz.stance == pytest.approx(0.48)


def test_without_a_stance_there_is_no_strongest_sentence() -> None:
    score = acted_score()

    assert actors.strongest(score.article, by_id(score)["article:orla-timber"]) is None


WORDS = st.lists(st.text("abc", min_size=1, max_size=30), max_size=40)


@given(WORDS, st.text("xyz", min_size=1, max_size=8), WORDS, st.integers(40, 120))
def test_a_shortened_sentence_fits_and_keeps_its_name(
    before: list[str], name: str, after: list[str], width: int
) -> None:
    text = " ".join([*before, name, *after])
    start = len(" ".join([*before, ""]))

    shown = Marked(text, ((start, start + len(name)),)).around(width)

    assert len(shown.text) <= width
    assert "".join(piece for piece, _ in shown.pieces) == shown.text
    assert [piece for piece, is_name in shown.pieces if is_name] == [name]


def test_a_name_far_behind_in_a_long_sentence_is_still_shown() -> None:
    text = "word " * 60 + "then Orla Timber came and left again. " + "word " * 60
    start = text.index("Orla")

    shown = Marked(text, ((start, start + 11),)).around(80)

    assert shown.text.startswith("…word")
    assert shown.text.endswith("…")
    assert ("Orla Timber", True) in shown.pieces


def test_the_terminal_shows_each_actor_with_all_that_is_known_of_it() -> None:
    shown = one_line(printed(acted_score()))

    for piece in (
        "ACTORS 5, the most mentioned first",
        "stance: how the journalist's own words side, from −1 (against) through 0 (neutral) to +1 (for); 90 % interval",
        "Alderwick town council government agency · 4 mentions · harms",
        "−0.74 to −0.34 · 3 sentences",
        "apart: headline −0.70",
        "−0.62 The town council of Alderwick slaughtered a century",
        "Ruth Tennick person · 2 mentions · 30 % of quoted words",
        "no interval · 2 sentences",
        "no stance (too little: 0 of the journalist's sentences)",
        "apart: quoted voice −0.86 (1 sentence) · says so: Lena Ortiz −0.82",
    ):
        assert piece in shown


def test_the_name_in_the_strongest_sentence_is_bold() -> None:
    file = io.StringIO()
    console = Console(file=file, width=200, force_terminal=True, color_system="standard")
    terminal.print_results(console, [acted_score()], AXES, REFERENCE)

    assert "The \x1b[1mtown council of Alderwick\x1b[0m slaughtered" in file.getvalue()


def test_bars_of_the_actors_stand_under_each_other_with_their_dot_on_the_side_of_the_stance() -> None:
    lines = [line for line in printed(acted_score()).split("ACTORS")[1].splitlines() if "●" in line]

    assert len({(line.index("├"), line.index("┤")) for line in lines}) == 1
    assert [line.index("●") < line.index("├") + 15 for line in lines] == [True, True, False]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 120])
@pytest.mark.parametrize("score", [acted_score(), crowded_score(12, 3)], ids=["few", "crowd"])
def test_no_line_is_wider_than_the_terminal(width: int, score: ArticleScore) -> None:
    assert max(len(line.rstrip()) for line in printed(score, width=width).splitlines()) <= width


def test_of_very_many_actors_eight_are_shown_and_the_rest_is_counted() -> None:
    shown = one_line(printed(crowded_score()))

    assert shown.count("person · 1 mention ") == 7
    assert "person · 100 mentions" in shown
    assert "and 52 more (in the JSON)" in shown


def test_a_very_long_name_is_not_cut() -> None:
    long = crowded_score().actors[2].name

    assert long in "".join(printed(crowded_score(), width=60).split())
    assert long in markdown.render(crowded_score(), AXES, REFERENCE)


def test_an_article_without_actors_has_one_line_for_them() -> None:
    assert "\nACTORS  none found\n" in printed(fake_score())
    assert "## Actors\n\nNone found.\n" in markdown.render(fake_score(), AXES, REFERENCE)


def test_the_signs_of_omission_are_explained_where_only_the_actors_use_them() -> None:
    story = "Trees\n“We had no choice about it,” said Ruth Tennick. Ruth Tennick then left at once, they say.\n"
    cast = {"article:t": ("Ruth Tennick", "person", "Ruth Tennick", -0.4)}
    score = replace(with_cast(fake_score(story), cast), axes={})

    assert "stands for quoted words" in printed(score)
    assert "stands for quoted words" not in printed(replace(score, actors=()))


def test_a_name_cannot_steer_the_terminal_or_pose_as_markup() -> None:
    cast = {"x": ("\x1b[2J[bold]Orla[/bold] | <b>*Timber*", "company", "Orla Timber", 0.1)}
    score = with_cast(fake_score(), cast)

    shown, written = printed(score), markdown.render(score, AXES, REFERENCE)

    assert "\x1b" not in shown
    assert "[bold]Orla[/bold] | <b>*Timber*" in shown
    assert r"\[bold\]Orla\[/bold\] \| &lt;b>\*Timber\*" in written


def test_a_terminal_without_unicode_shows_the_actors_in_ascii() -> None:
    shown = printed(acted_score(), encoding="ascii")

    assert "-0.74 to -0.34" in shown
    assert re.search(r"\|-+=+O=+-+\+-+\|", shown)


def test_those_whose_treatment_is_part_of_a_score_stand_with_what_it_adds_the_strongest_first() -> None:
    score = sided_score()
    council, ortiz = weighty_stances(score, LEANING)

    assert (council.actor, council.n, council.contribution) == ("Alderwick town council", 2, pytest.approx(-0.42))
    assert council.stance == pytest.approx(fmean(one.stance or 0 for one in by_id(score)[COUNCIL].evidence[:2]))
    assert (ortiz.actor, ortiz.told, ortiz.contribution) == ("Lena Ortiz", "+0.40 in 1 mention", 0.08)
    assert "strongest stances (adds) −0.420 Alderwick town council −0.66 in 2 mentions" in one_line(printed(score))
    assert "| Lena Ortiz | +0.40 | 1 | +0.080 |" in markdown.render(score, SIDED, REFERENCE)
    page = one_line(re.sub("<[^>]*>", " ", html.render([score], SIDED, REFERENCE)))
    assert "Strongest stances each is part of its sentences' figures −0.420 Alderwick town council" in page
    assert not weighty_stances(with_cast(bipolar_score(), CAST), LEANING)


def test_markdown_has_a_table_of_the_actors_and_their_sentences_with_the_names_in_bold() -> None:
    shown = markdown.render(acted_score(), AXES, REFERENCE)

    for piece in (
        "| actor | kind | stance | 90 % interval | sentences | headline | quoted voice | mentions |",
        " share of voice | role |\n| --- |",
        "| Alderwick town council | government agency | −0.54 | −0.74 to −0.34 | 3 | −0.70 | – | 4 | 0 % | harms |",
        "| −0.86 (1): Lena Ortiz −0.82 |",
        "> The **town council of Alderwick** slaughtered a century of green",
        "> Alderwick town council: −0.62\n",
    ):
        assert piece in shown


def test_every_row_of_the_actors_table_has_as_many_cells_as_its_head() -> None:
    score = replace(acted_score(), actors=tuple(replace(a, name="a | b") for a in acted_score().actors))
    table = markdown.render(score, AXES, REFERENCE).split("## Actors")[1].split("\n\n")[2]

    assert {line.replace(r"\|", "").count("|") for line in table.split("\n")} == {11}


def several() -> list[ArticleScore]:
    return [
        acted_score(),
        acted_score(OTHER_STORY, id="2"),
        acted_score(OTHER_STORY, id="3", outlet="Orla Echo"),
        with_cast(fake_score(id="4", outlet="Orla Echo"), {"x": ("Nobody else", "person", "Nobody|Everyone", 0.3)}),
    ]


def test_the_summary_has_the_mean_of_an_outlets_articles_for_actors_that_articles_share() -> None:
    found = by_outlet.summary(several())

    assert found.outlets == ("Harbour Post", "Orla Echo")
    assert [(row.name, [cell.n for cell in row.cells]) for row in found.rows] == [
        ("Alderwick town council", [2, 1]),
        ("Ruth Tennick", [2, 1]),
        ("Lena Ortiz", [2, 1]),
    ]
    council = [by_id(score)[COUNCIL].stance or 0.0 for score in several()[:3]]
    assert found.rows[0].cells[0].stance == pytest.approx((council[0] + council[1]) / 2)


def test_actors_outside_the_actor_file_are_told_by_name_and_kind() -> None:
    first = acted_score()
    renamed = replace(first, actors=tuple(replace(a, id=f"{a.id}-2") for a in first.actors))
    namesake = replace(first, actors=tuple(replace(a, kind="company") for a in first.actors))

    shared = [[row.name for row in by_outlet.summary([first, other]).rows] for other in (renamed, namesake)]

    assert shared == [["Ruth Tennick", "Lena Ortiz"], ["Alderwick town council"]]


def test_the_summary_is_small_and_says_what_it_leaves_out() -> None:
    cast = {f"a{n}": (f"Actor {n}", "person", "Tennick|Nobody|Everyone", 0.1) for n in range(10)}
    scores = [with_cast(fake_score(id=str(n), outlet=f"Outlet {n}"), cast) for n in range(9)]

    found = by_outlet.summary(scores)

    assert (len(found.rows), len(found.outlets), found.left_out) == (8, 6, "2 more actors and 3 more outlets")


def test_articles_without_outlets_or_shared_actors_have_no_summary() -> None:
    assert by_outlet.summary([acted_score(outlet=None), acted_score(outlet=None)]).rows == ()
    assert by_outlet.summary([acted_score(), fake_score()]).rows == ()
    assert "STANCE BY OUTLET" not in printed(acted_score(), fake_score())
    assert "Stance by outlet" not in markdown.render_all([acted_score(), fake_score()], AXES, REFERENCE)


def test_several_articles_show_the_summary_in_the_terminal_and_in_markdown() -> None:
    shown = one_line(printed(*several()))
    written = markdown.render_all(several(), AXES, REFERENCE)

    assert "Alderwick town council Harbour Post −0.54 (2) · Orla Echo −0.54 (1)" in shown
    assert "| actor | Harbour Post | Orla Echo |" in written
    assert "| Alderwick town council | −0.54 (2) | −0.54 (1) |" in written


def test_the_fakes_keep_the_rules_of_the_scores() -> None:
    score = acted_score()
    text = score.article.text

    assert [actor.id for actor in score.actors] == list(CAST)
    assert STANCE.range == (-1.0, 1.0)
    assert all(Span(row.span.start, row.span.stop).of(text).strip() for a in score.actors for row in a.evidence)
    assert actor_score("x", "X", "person", score.actors[0].evidence[:1]).why_null is not None
