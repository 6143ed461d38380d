"""The page in a real browser: what it shows, asks for, and does for a pointer and for a keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, browser, chromium
from fake_actors import acted_score, crowded_score
from fakes import AXES, LEANING, REFERENCE, STORY, bipolar_score, fake_score, null_score

from framing.article import Failure
from framing.report import html
from framing.report.phrases import Result

pytestmark = pytest.mark.browser

TIP = "(t => t.hidden ? '' : t.innerText.split('\\n').join(' '))(document.getElementById('tip'))"
RAID = "raid → action lexicon war metaphor loaded adds +1.91 opinion adds nothing"
ATTACK = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> "
SEVERAL: list[Result] = [
    acted_score(),
    null_score(),
    acted_score(STORY.replace("slaughtered", "cut"), outlet="Alderwick Courier", id="2"),
    Failure("empty.txt", "input", "empty.txt: no text; give an article"),
]
CONTRAST = """
(() => {
  const context = Object.assign(document.createElement("canvas"), {width: 1, height: 1}).getContext("2d");
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1); context.fillStyle = colour; context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a / 255 + under[i] * (1 - a / 255));
  const behind = (element) => {
    const own = rgba(getComputedStyle(element).backgroundColor);
    const opaque = own[3] === 255 || !element.parentElement;
    return over(own, opaque ? [255, 255, 255] : behind(element.parentElement));
  };
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const poor = [];
  const check = (element, pseudo) => {
    const under = behind(element);
    const found = ratio(light(over(rgba(getComputedStyle(element, pseudo).color), under)), light(under));
    if (found < 4.5) poor.push([element.className, pseudo, element.textContent.slice(0, 30), found]);
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (element.matches("script, svg, svg *")) continue;
    if ([...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) check(element, null);
    if (![null, "none", ""].includes(getComputedStyle(element, "::after").content)) check(element, "::after");
  }
  return poor;
})()
"""


# Checks radio buttons and boxes as a click would, wherever they are on the page.
CHOOSE = "((...all) => all.forEach(one => document.querySelectorAll(one).forEach(found => found.click())))"
# The form of each line under a name, and the contrast of its colour with the page.
LINES = """
(() => {
  const light = (rgb) => rgb.map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const numbers = (colour) => colour.match(/[0-9]+/g).slice(0, 3).map(Number);
  const paper = light(numbers(getComputedStyle(document.body).backgroundColor));
  return [...document.querySelectorAll(".someone .name")].slice(0, 9).map((one) => {
    const style = getComputedStyle(one);
    const line = light(numbers(style.textDecorationColor));
    const form = [style.textDecorationLine, style.textDecorationStyle, style.textDecorationThickness].join(" ");
    return [form, (Math.max(line, paper) + 0.05) / (Math.min(line, paper) + 0.05)];
  });
})()
"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture
def show(tab: Browser, tmp_path: Path) -> Iterator[Browser]:
    tab.look(1280)
    yield _opened(tab, tmp_path, [acted_score()])
    tab.look(1280)


def _opened(tab: Browser, folder: Path, results: list[Result]) -> Browser:
    page = folder / "page.html"
    page.write_text(html.render(results, {**AXES, "leaning": LEANING}, REFERENCE), encoding="utf-8")
    tab.open(page)
    return tab


def test_the_page_asks_for_nothing_and_complains_of_nothing(show: Browser) -> None:
    show.hover("#a1-s1 .m")

    assert [url.rpartition("/")[2] for url in show.requests()] == ["page.html"]
    assert show.complaints() == []


def test_a_script_in_an_article_is_shown_and_not_run(tab: Browser, tmp_path: Path) -> None:
    story = STORY.replace("Council", ATTACK + "Council").replace("slaughtered", "slaughtered " + ATTACK)
    page = _opened(tab, tmp_path, [fake_score(story, outlet=ATTACK)])

    assert "owned" not in page.run("document.title.replace(/document.title='owned'/g, '').replace(/\"/g, '')")
    assert page.run("document.querySelectorAll('img').length") == 0
    assert "<script>document.title='owned'</script>" in page.run("document.querySelector('.title').innerText")
    assert [url.rpartition("/")[2] for url in page.requests()] == ["page.html"]


def test_hovering_a_marker_tells_lexicon_plain_word_and_contribution(show: Browser) -> None:
    show.hover("#a1-s1 .hit0")

    assert show.run(TIP) == RAID


def test_focusing_a_sentence_with_the_keyboard_tells_the_same_as_hovering_it(show: Browser) -> None:
    show.run("document.querySelector('.pick:checked').focus()")
    told = []
    for _ in range(12):
        show.press("Tab", 9)
        told.append(show.run(TIP))
    show.run("document.activeElement.blur()")
    show.hover("#a1-s2 > .j")

    assert show.run(TIP) in told
    assert RAID in told


def test_what_has_the_focus_names_the_tip_and_escape_closes_it(show: Browser) -> None:
    show.run("document.getElementById('a1-s2').focus()")
    named = show.run("document.activeElement.getAttribute('aria-describedby')")
    show.press("Escape", 27)

    assert named == "tip"
    assert show.run(TIP) == ""
    assert show.run("document.activeElement.getAttribute('aria-describedby')") is None


def test_the_tip_stays_while_the_pointer_is_on_it(show: Browser) -> None:
    show.hover("#a1-s1 .hit0")
    show.hover("#tip")
    show.run("new Promise(done => setTimeout(done, 400))")

    assert show.run(TIP).startswith("raid → action")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("target", ["#a1-s0 .m", "#a1-s12", "#a1-s1 .m:last-child"])
def test_the_tip_stays_inside_the_window(show: Browser, width: int, target: str) -> None:
    show.look(width, 500)
    show.hover(target)
    left, right, top = show.run(
        "(r => [r.left, r.right, r.top])(document.getElementById('tip').getBoundingClientRect())"
    )

    assert 0 <= left < right <= width
    assert top >= 0


def test_the_axis_switch_changes_tint_figures_and_evidence(show: Browser) -> None:
    state = """[
        getComputedStyle(document.querySelector('#a1-s1 > .j')).backgroundColor,
        getComputedStyle(document.querySelector('#a1-s1'), '::after').content,
        [...document.querySelectorAll('.evidence .for-axis h3:first-child')].filter(e => e.checkVisibility())
            .map(e => e.innerText),
    ]"""
    before = show.run(state)
    show.click(".pick-1")
    after = show.run(state)

    assert before[1:] == ['"84 %"', ["Strongest sentences: loaded"]]
    assert after[1:] == ["none", ["Strongest sentences: opinion"]]
    assert before[0] != after[0]


def test_a_marker_is_underlined_only_on_an_axis_on_which_it_counted(show: Browser) -> None:
    underline = "getComputedStyle(document.querySelector('#a1-s1 .hit0')).textDecorationLine"
    weight = "getComputedStyle(document.querySelector('#a1-s1 .w0')).fontWeight"
    before = show.run(underline), show.run(weight)
    show.click(".pick-1")
    show.hover("#a1-s1 .hit0")

    assert before == ("underline", "700")
    assert (show.run(underline), show.run(weight)) == ("none", "400")
    assert show.run(TIP).startswith("Sentence 2 of 14")


def test_markers_that_did_not_count_are_shown_on_request_by_keyboard_too(show: Browser) -> None:
    state = """(m => [getComputedStyle(m).textDecorationLine, m.tabIndex])(document.querySelector('#a1-s5 .m'))"""
    before = show.run(state)
    show.run("document.querySelector('.others').focus()")
    show.press(" ", 32)
    show.hover("#a1-s5 .m")

    assert (before, show.run(state)) == (["none", -1], ["underline", 0])
    assert show.run(TIP).startswith("massacre → killing")


def test_a_sentence_that_was_not_scored_has_neither_tint_nor_figure(show: Browser) -> None:
    tints = show.run(
        "['a1-s7', 'a1-s8', 'a1-s10'].map(id => [getComputedStyle(document.querySelector(`#${id} > .j`))"
        ".backgroundColor, getComputedStyle(document.getElementById(id), '::after').content])"
    )

    assert tints == [["color(srgb 0 0 0 / 0)", "none"]] * 3


def test_the_axis_switch_works_from_the_keyboard(show: Browser) -> None:
    show.run("document.querySelector('.pick-0').focus()")
    show.press("ArrowRight", 39)

    assert show.run("document.querySelector('.pick:checked').value") == "opinion"


def test_a_line_of_evidence_leads_to_its_sentence(show: Browser) -> None:
    show.click(".for-0 .strongest a")
    show.run("new Promise(done => setTimeout(done, 600))")
    top, bottom = show.run("(r => [r.top, r.bottom])(document.querySelector(':target').getBoundingClientRect())")

    assert show.run("document.querySelector(':target').id") == "a1-s1"
    assert show.run("document.activeElement.id") == "a1-s1"
    assert 0 < top < bottom < 900


def test_only_the_journalists_words_are_tinted(show: Browser) -> None:
    tints = show.run(
        "[...document.querySelectorAll('#a1-s3 > span')].map(e => [e.className, getComputedStyle(e).backgroundColor])"
    )

    assert {name for name, _ in tints} == {"j", "q"}
    assert {colour for name, colour in tints if name == "q"} == {"rgba(0, 0, 0, 0)"}
    assert "rgba(0, 0, 0, 0)" not in {colour for name, colour in tints if name == "j"}


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
@pytest.mark.parametrize("results", [[acted_score()], SEVERAL, [bipolar_score()], [crowded_score(12, 9)]])
def test_nothing_is_wider_than_the_window(tab: Browser, tmp_path: Path, width: int, results: list[Result]) -> None:
    _opened(tab, tmp_path, results)
    tab.look(width)
    tab.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    widths = [tab.run("document.documentElement.scrollWidth")]
    tab.run(f"{CHOOSE}('.pick-who', '.everyone', '.who-0')")
    widths.append(tab.run("document.documentElement.scrollWidth"))

    assert max(widths) <= width


def test_a_printed_page_is_not_wider_than_its_paper(tab: Browser, tmp_path: Path) -> None:
    _opened(tab, tmp_path, [acted_score()])
    tab.look(700, media="print")

    assert tab.run("document.documentElement.scrollWidth") <= 700


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("results", [SEVERAL, [bipolar_score()], [crowded_score(12, 2)]])
def test_all_text_has_enough_contrast(tab: Browser, tmp_path: Path, scheme: str, results: list[Result]) -> None:
    _opened(tab, tmp_path, results)
    tab.look(1280, scheme=scheme)
    tab.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert tab.run(CONTRAST) == []

    for index in range(10):
        tab.run(f"{CHOOSE}('.pick-who', '.who-{index}')")
        assert tab.run(CONTRAST) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_line_of_an_actor_can_be_told_from_the_paper_and_by_more_than_its_colour(
    tab: Browser, tmp_path: Path, scheme: str
) -> None:
    _opened(tab, tmp_path, [crowded_score(12, 2)])
    tab.look(1280, scheme=scheme)
    lines = tab.run(LINES)

    assert [ratio for _, ratio in lines if ratio < 3] == []
    assert len({line for line, _ in lines}) == len(lines) == 9


MARKS = """
[...document.querySelectorAll('.text .n')].filter(e => getComputedStyle(e).textDecorationLine !== 'none')
    .map(e => e.textContent)
"""
COUNCIL = ["Council", "town council of Alderwick", "Officials", "town hall"]


def test_mentions_are_marked_only_while_actors_are_looked_at(show: Browser) -> None:
    before = show.run(MARKS)
    show.click(".pick-who")
    everybody = show.run(MARKS)
    words = show.run(
        "[getComputedStyle(document.querySelector('#a1-s1 .hit0')).textDecorationLine,"
        " getComputedStyle(document.querySelector('#a1-s1'), '::after').content,"
        " document.querySelector('.evidence .for-0').checkVisibility()]"
    )
    show.click(".pick-0")

    assert (before, show.run(MARKS)) == ([], [])
    assert len(everybody) == 11
    assert words == ["none", "none", False]


def test_an_actor_that_is_chosen_has_its_mentions_marked_with_their_stance_and_its_sentences_listed(
    show: Browser,
) -> None:
    show.click(".pick-who")
    show.click(".who-0")
    shown = "[...document.querySelectorAll('.told')].filter(e => e.checkVisibility()).map(e => e.innerText)"
    figures = "[...document.querySelectorAll('.n0')].map(e => getComputedStyle(e, '::after').content)"

    assert show.run(MARKS) == COUNCIL
    assert show.run(figures) == ['"−0.70"', '"−0.62"', '"−0.54"', '"−0.46"']
    (told,) = show.run(shown)
    assert "In the journalist's words" in told
    assert "In the headline" in told


def test_a_mention_that_is_clicked_chooses_its_actor_and_enter_does_the_same(show: Browser) -> None:
    show.click(".pick-who")
    show.click("#a1-s1 .n")
    clicked = show.run("document.querySelector('.who:checked').value")
    show.run("document.querySelector('.who-all').click(); document.querySelector('#a1-s3 .n').focus()")
    show.press("Enter", 13)

    assert (clicked, show.run("document.querySelector('.who:checked').value")) == ("0", "1")


@pytest.mark.parametrize("width", [400, 1280])
def test_choosing_an_actor_in_the_text_moves_the_list_and_not_the_text(
    tab: Browser, tmp_path: Path, width: int
) -> None:
    _opened(tab, tmp_path, [crowded_score(40, 3)])
    tab.look(width, 600)
    tab.run("document.querySelector('.pick-who').click()")
    tab.hover('.n[data-who="30"]')
    where = "document.querySelector('.n[data-who=\"30\"]').getBoundingClientRect().top"
    before = tab.run(where)
    tab.click('.n[data-who="30"]')
    tab.run("new Promise(done => setTimeout(done, 600))")
    top, bottom = tab.run("(r => [r.top, r.bottom])(document.querySelector('.evidence').getBoundingClientRect())")
    chosen = tab.run("document.querySelector('.who-30').getBoundingClientRect().top")

    assert tab.run(where) == pytest.approx(before, abs=2)
    assert top < chosen < bottom


def test_a_name_in_the_table_leads_to_its_sentences(show: Browser) -> None:
    show.click('.who-link[data-who="1"]')

    assert show.run("document.querySelector('.pick:checked').value") == "actors"
    assert show.run("document.querySelector('.who:checked').value") == "1"
    assert show.run("document.activeElement.className") == "who who-1"


def test_actors_are_chosen_from_the_keyboard(show: Browser) -> None:
    show.run("document.querySelector('.pick-1').focus()")
    show.press("ArrowRight", 39)
    show.run("document.querySelector('.who-all').focus()")
    show.press("ArrowDown", 40)

    assert show.run("document.querySelector('.pick:checked').value") == "actors"
    assert show.run(MARKS) == COUNCIL


def test_a_mention_says_whose_stance_it_is_and_a_sentence_is_silent_meanwhile(show: Browser) -> None:
    show.click(".pick-who")
    show.hover("#a1-s10 .q .n")
    quoted = show.run(TIP)
    show.hover("#a1-s2 > .j")
    show.run("new Promise(done => setTimeout(done, 400))")

    assert quoted.startswith("those who felled the trees stance here −0.90 whose Lena Ortiz (kept apart)")
    assert show.run(TIP) == ""


def test_without_its_script_the_page_still_shows_the_mentions_of_an_actor(tab: Browser, tmp_path: Path) -> None:
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        _opened(tab, tmp_path, [acted_score()])
        tab.run("document.querySelector('.pick-who').checked = document.querySelector('.who-0').checked = true")
        marks = tab.run(MARKS)
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)

    assert marks == COUNCIL


def test_a_crowd_is_folded_until_it_is_asked_for_and_on_paper(tab: Browser, tmp_path: Path) -> None:
    _opened(tab, tmp_path, [crowded_score(30, 3)])
    tab.look(1280)
    rows = "[...document.querySelectorAll('.actors tbody tr')].filter(e => e.checkVisibility()).length"
    folded = tab.run(rows)
    tab.look(1280, media="print")
    printed = tab.run(rows)
    tab.look(1280)
    tab.click(".everyone")

    assert (folded, printed, tab.run(rows)) == (8, 30, 30)


def test_print_is_light_and_has_no_controls(show: Browser) -> None:
    show.look(1280, scheme="dark", media="print")

    assert show.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert show.run("document.querySelector('.bar').checkVisibility()") is False


def test_the_overview_sorts_by_an_axis_with_nulls_last(tab: Browser, tmp_path: Path) -> None:
    _opened(tab, tmp_path, SEVERAL)
    tab.look(1280)
    cells = "[...document.querySelectorAll('.overview .sortable tbody tr')].map(r => r.cells[1].dataset.sort)"
    tab.click(".sortable thead th:nth-child(2) button")
    falling = tab.run(cells)
    tab.click(".sortable thead th:nth-child(2) button")
    rising = tab.run(cells)

    assert [bool(value) for value in falling] == [bool(value) for value in rising] == [True, True, False]
    assert float(falling[0]) > float(falling[1])
    assert float(rising[0]) < float(rising[1])
    assert tab.run("document.querySelector('.sortable thead th:nth-child(2)').ariaSort") == "ascending"


def test_the_actors_sort_by_stance_with_those_without_one_last(show: Browser) -> None:
    names = "[...document.querySelectorAll('.actors tbody tr')].map(r => r.querySelector('.name').innerText)"
    show.click(".actors thead th:nth-child(2) button")
    show.click(".actors thead th:nth-child(2) button")

    assert show.run(names)[:3] == ["Alderwick town council", "Ruth Tennick", "Lena Ortiz"]
    assert len(show.run(names)) == 5


def test_every_control_has_a_name(tab: Browser, tmp_path: Path) -> None:
    _opened(tab, tmp_path, SEVERAL)
    tree = tab.send("Accessibility.getFullAXTree")["nodes"]
    wanted = ("button", "link", "radio", "checkbox", "image", "DisclosureTriangle")
    nameless = [n for n in tree if n.get("role", {}).get("value") in wanted and not n.get("name", {}).get("value")]

    assert nameless == []


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_without_chromium_the_page_tests_fail_in_ci_and_are_a_loud_skip_elsewhere(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("CI", ci)

    with pytest.raises(outcome, match="PAGE NOT TESTED: no Chromium here"):
        chromium()
