"""The page of a comparison: what it says, that nothing in an article becomes markup, and the page in a real browser."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, browser
from fake_actors import acted_score
from fake_comparison import ALL_AXES, comparison
from fakes import AXES, REFERENCE
from test_page import CONTRAST

from framing.compare.options import Options
from framing.compare.result import Comparison
from framing.corpus import open_scores, write_scores
from framing.report.comparison import shelves
from framing.report.comparison.dots import OPEN_ROWS
from framing.report.comparison.library import COLUMNS, NAMING, Library
from framing.report.comparison.write import Report

ATTACK = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> "
CARD = {"metrics": [{"axis": "loaded", "system": "bundle", "metric": "auc", "rows": "babe", "value": 0.85, "n": 2913}]}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    path = tmp_path_factory.mktemp("scores") / "scores.parquet"
    results = [acted_score(url="https://example.org/a"), acted_score(id="2", url="javascript:alert(1)")]
    write_scores(results, path, AXES, REFERENCE)
    return Library(open_scores(path).rows_at({0, 1}, COLUMNS))


def written(folder: Path, found: Comparison, library: Library) -> Path:
    path = folder / "report.html"
    report = Report.of(found, library, None, CARD, "framing report scores.parquet --out report.html")
    report.write("html", path)
    return path


def page(folder: Path, found: Comparison, library: Library) -> str:
    return written(folder, found, library).read_text("utf-8")


def test_every_link_inside_the_page_resolves_and_no_anchor_is_there_twice(tmp_path: Path, library: Library) -> None:
    for n in (2, 4, 20):
        text = page(tmp_path, comparison(n), library)
        ids = re.findall(r' id="([^"]+)"', text)

        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
        assert "shown here" in text


def test_nothing_in_an_article_a_name_or_a_term_becomes_markup(tmp_path: Path, library: Library) -> None:
    text = page(tmp_path, comparison(4, hostile=ATTACK), library)

    assert text.count("<script>") == 1
    assert "<img" not in text
    assert not re.search(r"<[^>]* on[a-z]+=", re.sub(r'"[^"]*"', "", text.split("<script>")[0]))


def test_nothing_in_the_page_leads_outside_but_sources_on_the_web(tmp_path: Path, library: Library) -> None:
    text = page(tmp_path, comparison(4), library)

    assert set(re.findall(r'(?:src|href|action)="(?!#|data:,)([^"]*)"', text)) == {"https://example.org/a"}
    assert "default-src &#39;none&#39;" in text
    assert "style=" not in text
    assert "url(" not in text


def test_a_row_leads_down_to_articles_sentences_and_words(tmp_path: Path, library: Library) -> None:
    text = page(tmp_path, comparison(2), library)

    assert '<a href="https://example.org/a" rel="noreferrer noopener nofollow">Council guts river park</a>' in text
    assert re.search(r"<blockquote>.*<mark>.*</mark>.*</blockquote>", text)


def test_groups_that_are_no_outlets_are_called_groups(tmp_path: Path, library: Library) -> None:
    text = page(tmp_path, replace(comparison(3), options=Options(by="news_desk")), library)

    assert "<h1>Do these 3 groups by news desk frame their stories differently?</h1>" in text


def test_only_the_articles_that_are_shown_are_read() -> None:
    asked: list[tuple[set[int], tuple[str, ...]]] = []

    class Shelf:
        def rows_at(self, indices: Collection[int], columns: Sequence[str]) -> dict[int, dict[str, object]]:
            asked.append((set(indices), tuple(columns)))
            return {}

    shelves.library(comparison(4), Shelf())

    assert asked == [({0, 1}, COLUMNS), (set(), NAMING)]


def test_sections_stand_in_the_order_of_the_contents(tmp_path: Path, library: Library) -> None:
    text = page(tmp_path, comparison(3), library)
    headings = re.findall(r'<h2 id="([^"]+)"', text)

    assert headings == re.findall(r'<li><a href="#([^"]+)"', text.split('aria-label="Sections"')[1])[: len(headings)]


def test_many_groups_are_folded_and_each_is_set_against_all_others(tmp_path: Path, library: Library) -> None:
    text = page(tmp_path, comparison(50), library)

    assert "against</span> <bdi>all others</bdi>" in text
    assert f"{50 - 1 - 2 * (OPEN_ROWS // 2)} between them" in text
    assert "each against all others" in text


def test_a_page_of_many_groups_and_axes_stays_under_two_megabytes(tmp_path: Path, library: Library) -> None:
    axes = {f"{name}_{n}": replace(axis, name=f"{name}_{n}") for name, axis in ALL_AXES.items() for n in range(3)}

    for n in (12, 50):
        assert written(tmp_path, comparison(n, axes), library).stat().st_size < 2_000_000


def test_a_comparison_without_shared_stories_dates_actors_or_terms_says_so(tmp_path: Path, library: Library) -> None:
    bare = replace(comparison(2), answers=(), stories=(), series=(), actors=(), terms=(), lexicons=(), unknowns=())
    text = page(tmp_path, replace(bare, contrasts=()), library)

    for words in (
        "Nothing survives",
        "No story is told by several",
        "Too few articles have dates",
        "No actor is judged",
        "No term tells the groups apart",
        "share too few topics and stories",
    ):
        assert words in text


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture
def show(tab: Browser, tmp_path: Path, library: Library) -> Browser:
    tab.look(1280)
    tab.open(written(tmp_path, comparison(4), library))
    return tab


OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"


@pytest.mark.browser
def test_the_page_asks_for_nothing_and_complains_of_nothing(show: Browser) -> None:
    show.run(OPEN_ALL)

    assert [address for address in show.requests() if not address.startswith(("file:", "data:"))] == []
    assert len(show.requests()) <= 2
    assert show.complaints() == []


@pytest.mark.browser
def test_hostile_text_does_not_run(tab: Browser, tmp_path: Path, library: Library) -> None:
    tab.open(written(tmp_path, comparison(4, hostile=ATTACK), library))

    assert tab.run("document.title") != "owned"
    assert tab.complaints() == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 375, 768, 1024, 1280])
@pytest.mark.parametrize("n", [2, 5, 30])
def test_nothing_is_wider_than_the_window(tab: Browser, tmp_path: Path, library: Library, width: int, n: int) -> None:
    tab.look(width)
    tab.open(written(tmp_path, comparison(n), library))
    closed = tab.run("document.documentElement.scrollWidth")
    tab.run(OPEN_ALL)

    assert max(closed, tab.run("document.documentElement.scrollWidth")) <= width


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_enough_contrast(show: Browser, scheme: str) -> None:
    show.look(1280, scheme=scheme)
    show.run(OPEN_ALL)
    assert show.run(CONTRAST) == []

    show.run(
        "(s => { s.value = '1'; s.dispatchEvent(new Event('change')) })(document.querySelector('.pick-group select'))"
    )
    assert show.run(CONTRAST) == []


@pytest.mark.browser
def test_a_link_to_a_row_opens_what_it_is_folded_in(tab: Browser, tmp_path: Path, library: Library) -> None:
    tab.look(1280)
    tab.open(written(tmp_path, comparison(30), library))
    target = tab.run(
        "(a => { a.click(); return a.hash.slice(1) })"
        "([...document.querySelectorAll('.matrix a')]"
        ".find(a => document.querySelector(a.hash).closest('details:not([open])')))"
    )
    tab.run("new Promise(done => setTimeout(done, 800))")

    assert tab.run(f"document.getElementById('{target}').checkVisibility()")
    top: Any = tab.run(f"document.getElementById('{target}').getBoundingClientRect().top")
    assert 0 < top < 900


@pytest.mark.browser
def test_rows_open_from_the_keyboard_and_every_control_has_a_name(show: Browser) -> None:
    show.run("document.querySelector('.panel details.row summary').focus()")
    show.press(" ", 32)
    opened = show.run("document.querySelector('.panel details.row').open")
    tree = show.send("Accessibility.getFullAXTree")["nodes"]
    wanted = ("button", "link", "combobox", "image", "DisclosureTriangle")
    nameless = [n for n in tree if n.get("role", {}).get("value") in wanted and not n.get("name", {}).get("value")]

    assert opened
    assert nameless == []


@pytest.mark.browser
def test_a_chosen_group_is_highlighted_everywhere(show: Browser) -> None:
    show.run(
        "(s => { s.value = '1'; s.dispatchEvent(new Event('change')) })(document.querySelector('.pick-group select'))"
    )
    marked = show.run("[...document.querySelectorAll('.panel .row.on .who')].map(e => e.innerText)")

    assert set(marked) == {"Alderwick Courier"}
    assert show.run("document.querySelectorAll('.pairs-table tr.on').length") > 0


@pytest.mark.browser
def test_differences_sort_by_size(show: Browser) -> None:
    cells = "[...document.querySelector('.pairs-table').tBodies[0].rows].map(r => r.cells[2].dataset.sort)"
    show.click(".pairs-table thead th:nth-child(3) button")
    found = [float(value) for value in show.run(cells) if value]

    assert found == sorted(found, reverse=True)


@pytest.mark.browser
def test_without_its_script_the_page_can_be_read(tab: Browser, tmp_path: Path, library: Library) -> None:
    tab.look(1280)
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(written(tmp_path, comparison(4), library))
        hidden = tab.run("document.querySelector('.pick-group').checkVisibility()")
        shown = tab.run("document.querySelectorAll('.panel .dots').length")
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)

    assert not hidden
    assert shown > 6


@pytest.mark.browser
def test_on_paper_it_is_light_as_wide_as_the_paper_and_without_controls(show: Browser) -> None:
    show.look(720, scheme="dark", media="print")

    assert show.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert show.run("document.querySelector('.contents').checkVisibility()") is False
    assert show.run("document.documentElement.scrollWidth") <= 720


@pytest.mark.browser
def test_a_large_page_opens_in_less_than_two_seconds_of_work(tab: Browser, tmp_path: Path, library: Library) -> None:
    tab.look(1280)
    tab.send("Performance.enable", timeDomain="threadTicks")  # the machine may be busy with something else
    tab.open(written(tmp_path, comparison(50), library))
    spent = {one["name"]: one["value"] for one in tab.send("Performance.getMetrics")["metrics"]}
    tab.send("Performance.disable")

    assert 0 < spent["TaskDuration"] < 2
