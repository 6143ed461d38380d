import html as entities
import re

import pytest
from fake_actors import acted_score, crowded_score, reported, with_cast
from fakes import AXES, LEANING, REFERENCE, STORY, bipolar_score, fake_score, few_score, null_score, placed_score

from framing.article import Failure
from framing.report import html, phrases

FAILURE = Failure("<img src=x>.txt", "input", "no text & no title; give an article")
HOSTILE = {
    "Council": "<script>document.title='owned'</script>Council",
    "Alderwick": "<b onclick=alert(1)>Alderwick</b>",
    "slaughtered": "slaughtered \"' onmouseover=alert(1) x=",
}


def hostile_story() -> str:
    story = STORY
    for word, replacement in HOSTILE.items():
        story = story.replace(word, replacement)
    return story


def words(page: str) -> str:
    body = page.split("<body>")[1].split("<script>")[0]
    return " ".join(entities.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_nothing_in_an_article_becomes_markup() -> None:
    about = {"outlet": "<i>Post</i>", "id": "<u>", "date": '"><s>', "columns": {}}

    page = html.render([fake_score(hostile_story(), **about), FAILURE], AXES, REFERENCE)

    assert page.count("<script>") == 1
    assert set(re.findall(r"<(b|i|u|s|img)[ >][^>]*", page)) <= {"b", "i"}
    assert not re.search(r"<[^>]* on[a-z]+=", re.sub(r'"[^"]*"', "", page.split("<script>")[0]))
    assert "&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt;" in page


def test_nothing_in_the_page_leads_outside() -> None:
    page = html.render([acted_score()], AXES, REFERENCE)

    assert re.findall(r'(?:src|href|action)="(?!#|data:,)([^"]*)"', page) == []
    assert "default-src &#39;none&#39;" in page
    assert "style=" not in page
    assert "@import" not in page
    assert "url(" not in page


def test_a_link_to_the_source_is_followed_on_the_web_only() -> None:
    links = [
        html.render([fake_score(url=url)], AXES, REFERENCE).count(">source</a>")
        for url in ("https://example.org/a?b=1&c=2", "javascript:alert(1)", "data:text/html,x", "https://a b", None)
    ]

    assert links == [1, 0, 0, 0, 0]


def test_one_article_shows_all_that_made_its_score() -> None:
    shown = words(html.render([fake_score()], AXES, REFERENCE))

    for piece in (
        "37 % 90 % interval 24–53 % · from 11 of 14 sentences",
        "more loaded than 83 % of 8,000 US news articles",
        "headline 69 %",
        "quoted voice 44 % 3 sentences",
        "expected share of the journalist's sentences that a careful reader would mark as loaded",
        "11 sentences, without their markers",
        "words: Officials, measure",
        "8 markers",
        "Kept out of the score: menu, caption",
        "slaughtered → cut down",
        "not truth",
        "the outlet was taken from the folder's name",
    ):
        assert piece in shown


def test_what_is_shown_of_a_sum_adds_up_to_its_last_digit_or_two() -> None:
    page = html.render([fake_score()], AXES, REFERENCE)
    table = page.split('<table class="sum">')[1].split("</table>")[0]
    *parts, total, _ = [float(n.replace("−", "-").rstrip(" %")) for n in re.findall(r"<td>([^<]*)</td>", table)]

    assert abs(sum(parts) - total) <= 0.02


def test_the_whole_text_is_on_the_page() -> None:
    score = acted_score()
    shown = "".join(words(html.render([score], AXES, REFERENCE)).split())
    pieces = [*(s.span for s in score.article.all_sentences()), *(r.span for r in score.article.removed)]

    wanted = ["".join(phrases.tidy(span.of(score.article.text)).split()) for span in pieces]
    badge = re.compile(r"[^\w]")
    assert [text for text in wanted if badge.sub("", text) not in badge.sub("", shown)] == []


def test_the_place_among_types_of_outlets_stands_under_that_among_all() -> None:
    page = html.render([placed_score()], AXES, REFERENCE)
    assert "US news articles among outlets: left 74 %, center 91 %" in words(page)
    assert page.count("among outlets") == 1


def test_a_value_from_few_sentences_is_shown_with_a_caution() -> None:
    few = html.render([few_score()], AXES, REFERENCE)

    assert "from 5 of 5 sentences few sentences: treat with care" in words(few)
    assert "few sentences" not in words(html.render([fake_score()], AXES, REFERENCE))


def test_only_sentences_with_a_figure_have_their_words_marked() -> None:
    page = html.render([fake_score()], AXES, REFERENCE)
    marked = re.findall(r'<span class="(?:m[^"]*|w) w0[^>]*>([^<]*)</span>', page)

    assert marked[:2] == ["Officials", "measure"]
    assert "vests" not in marked
    assert "midnight" not in marked
    assert "contractor" not in marked


def test_a_page_of_very_many_articles_says_how_large_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MANY", 1)

    many, one = (words(html.render([few_score()] * n, AXES, REFERENCE)) for n in (2, 1))

    assert "2 articles on one page: about 0 MB, which some browsers take a while to open." in many
    assert "on one page" not in one


def test_a_null_value_says_why() -> None:
    assert "No value 12 words of prose; at least 40 are needed" in words(html.render([null_score()], AXES, REFERENCE))


def test_a_bipolar_axis_draws_its_zero() -> None:
    page = html.render([bipolar_score()], {"leaning": LEANING}, REFERENCE)

    assert '<line class="zero" x1="50.0%"' in page
    assert 'data-l0="-10"' in page


def test_several_articles_have_an_overview_and_failures() -> None:
    shown = words(html.render([fake_score(), null_score(), FAILURE], AXES, REFERENCE))

    assert "3 articles" in shown
    assert "Not scored <img src=x>.txt input no text & no title; give an article" in shown


def test_failures_alone_are_a_page_too() -> None:
    assert "no text & no title" in words(html.render([FAILURE], AXES, REFERENCE))


def test_no_results_are_a_page_too() -> None:
    assert "0 articles" in words(html.render([], AXES, REFERENCE))


def test_ids_are_unique_on_the_page() -> None:
    page = html.render([acted_score(), acted_score(), bipolar_score()], {**AXES, "leaning": LEANING}, REFERENCE)
    ids = re.findall(r' id="([^"]+)"', page)

    assert len(ids) == len(set(ids))


def test_every_jump_has_a_place_to_land() -> None:
    page = html.render([acted_score(), null_score()], AXES, REFERENCE)

    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


def test_the_same_scores_make_the_same_page() -> None:
    assert html.render([fake_score()], AXES, REFERENCE) == html.render([fake_score()], AXES, REFERENCE)


def test_every_actor_has_a_row_and_its_sentences_told_apart_by_whose_they_are() -> None:
    shown = words(html.render([acted_score()], AXES, REFERENCE))

    for piece in (
        "Actors 5 Stance: how the journalist's own words side, from −1 (against) through 0 (neutral) to +1 (for).",
        "Alderwick town council government agency harms −0.54 −0.74 to −0.34 · 3 sentences – 4 0 %",
        "Lena Ortiz person victim +0.44 no interval · 2 sentences – 2 50 %",
        "no stance (too little: 1 of the journalist's sentences)",
        "In the journalist's words strongest first −0.62 The town council of Alderwick slaughtered",
        "In the headline not part of the stance −0.70 Council guts river park in midnight ambush",
        "Says so: Lena Ortiz −0.82 In the words of others not part of the stance",
        "and they will pay for this butchery,” she said. Lena Ortiz",
    ):
        assert piece in shown


def test_a_reported_judgement_stands_among_those_of_others_and_is_marked_as_kept_apart() -> None:
    page = html.render([reported(acted_score(), "alderwick.council", "Tom Abara")], AXES, REFERENCE)

    assert re.search(r'<span class="n p0 aside n0" [^>]*>[^<]*town council of Alderwick<', page)
    assert "whose\tTom Abara (kept apart)" in page


def test_every_mention_of_the_text_is_marked_with_its_actor_and_its_stance() -> None:
    page = html.render([acted_score()], AXES, REFERENCE)
    marked = re.findall(r'<span class="n (p\S+)( aside)? n\d" [^>]*? data-n\d="([^"]*)">(?:<span[^>]*>)?([^<]*)<', page)

    assert marked[:3] == [
        ("p0", "", "−0.70", "Council"),
        ("p0", "", "−0.62", "town council of Alderwick"),
        ("p0", "", "−0.54", "Officials"),
    ]
    assert ("p3", " aside", "−0.90", "They") in marked
    assert len(marked) == 11


def test_a_mention_inside_another_belongs_to_both_and_is_drawn_for_the_shorter() -> None:
    cast = {
        "a": ("Council", "agency", "town council of Alderwick|Council", -0.4),
        "b": ("Alderwick", "state", "Alderwick", 0.2),
    }
    page = html.render([with_cast(fake_score(), cast)], AXES, REFERENCE)

    inner = re.search(r'<span class="n p(\d) n0 n1"([^>]*)>Alderwick</span>', page)
    assert inner is not None
    assert inner[1] == "0"
    assert set(re.findall(r"data-n\d", inner[2])) == {"data-n0", "data-n1"}


def test_a_crowd_has_a_line_each_for_eight_and_one_for_all_others() -> None:
    page = html.render([crowded_score()], AXES, REFERENCE)

    assert set(re.findall(r'<bdi class="name (p\S+)"', page)) == {*(f"p{number}" for number in range(8)), "p-rest"}
    assert "show all 60" in words(page)
    assert page.count('class="who who-') == 61
    assert "<summary>94 more</summary>" in page


def test_a_very_long_name_is_on_the_page_whole_and_each_name_has_its_own_direction() -> None:
    score = crowded_score()
    page = html.render([score], AXES, REFERENCE)

    assert f">{score.actors[2].name}</bdi>" in page
    assert f">{score.actors[1].name}</bdi>" in page


def test_an_article_without_actors_has_one_line_and_no_view_of_them() -> None:
    page = html.render([fake_score()], AXES, REFERENCE)

    assert "Actors none found" in words(page)
    assert 'class="pick pick-who"' not in page
    assert 'class="who' not in page


def test_the_name_of_an_actor_is_no_markup() -> None:
    cast = {"x": ("<script>alert(1)</script>", '"><img src=x>', "Orla Timber", 0.1)}
    page = html.render([with_cast(fake_score(), cast)], AXES, REFERENCE)

    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_several_articles_have_the_stances_of_outlets_before_them() -> None:
    shown = words(html.render([acted_score(), acted_score(outlet="Orla Echo", id="2")], AXES, REFERENCE))

    assert "Stance by outlet Actors that several articles judge." in shown
    assert "actor Harbour Post Orla Echo Alderwick town council government agency −0.54 (1) −0.54 (1)" in shown
    assert "Stance by outlet" not in words(html.render([fake_score(), acted_score()], AXES, REFERENCE))
