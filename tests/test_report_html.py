import html as entities
import re

import pytest
from fakes import AXES, LEANING, REFERENCE, STORY, bipolar_score, fake_score, few_score, null_score

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
    page = html.render([fake_score()], AXES, REFERENCE)

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
    score = fake_score()
    shown = "".join(words(html.render([score], AXES, REFERENCE)).split())
    pieces = [*(s.span for s in score.article.all_sentences()), *(r.span for r in score.article.removed)]

    wanted = ["".join(phrases.tidy(span.of(score.article.text)).split()) for span in pieces]
    badge = re.compile(r"[^\w]")
    assert [text for text in wanted if badge.sub("", text) not in badge.sub("", shown)] == []


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
    page = html.render([fake_score(), fake_score(), bipolar_score()], {**AXES, "leaning": LEANING}, REFERENCE)
    ids = re.findall(r' id="([^"]+)"', page)

    assert len(ids) == len(set(ids))


def test_every_jump_has_a_place_to_land() -> None:
    page = html.render([fake_score(), null_score()], AXES, REFERENCE)

    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


def test_the_same_scores_make_the_same_page() -> None:
    assert html.render([fake_score()], AXES, REFERENCE) == html.render([fake_score()], AXES, REFERENCE)
