import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Kind, Span
from framing.text.boilerplate import reason_of
from framing.text.clean import Cleaned, clean
from framing.text.reasons import Reason

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
SAMPLE = Path(__file__).parents[1] / "data" / "sample_story"

LEAD = "The harbour opened again on Tuesday after a strike of three weeks, and the first ship left before noon."
SECOND = "Nobody was hurt, the company said, and the union has promised to meet again in the autumn of next year."


def removed(text: str, cleaned: Cleaned) -> list[tuple[str, str]]:
    return [(piece.reason, piece.span.of(text)) for piece in cleaned.removed]


def paragraphs(text: str, cleaned: Cleaned) -> list[str]:
    return [paragraph.span.of(text) for paragraph in cleaned.paragraphs]


def check_cover(text: str, cleaned: Cleaned) -> None:
    """Title, paragraphs and removed pieces are disjoint, trimmed, in order, and leave only white space."""
    titles = [cleaned.title] if cleaned.title else []
    body = [paragraph.span for paragraph in cleaned.paragraphs]
    gone = [piece.span for piece in cleaned.removed]
    assert body == sorted(body)
    assert gone == sorted(gone)
    spans: list[Span] = sorted([*titles, *body, *gone])
    at = 0
    for span in spans:
        assert text[at : span.start].strip() == ""
        assert span.of(text) == span.of(text).strip()
        assert span.start >= at
        at = span.stop
    assert text[at:].strip() == ""


LINES = st.sampled_from(
    f"""{LEAD}
{SECOND}
Harbour opens
- one
•\u00a0
- -
| a | b |
---|---|
# Title
## Part
> said
>
**Bold**
By Ana Ruiz
Admin 2751 views
close
Related
More here ...
a | b
About the author
Ana Ruiz is a writer at The Paper.
### Summary:
1. one
1.
(Photo: Ana Ruiz)
5 March 2025
\t\u00a0
Let me know if you would like me to change this!
the talks with the U.S.
strategy goes on
***
> - an item that somebody else wrote
> — Ana Ruiz
{SECOND} (RELATED: One (two) three)
Story highlights {SECOND} Read more »
SEVEN BOMBSHELL REVELATIONS FROM THE NEW REPORT ON TRADE
Listen · 0:22 0:22
(RELATED: One thing) {LEAD}
{LEAD} | AP and Getty Photos
""".split("\n")
)


@given(st.lists(LINES, max_size=14).map("\n".join), st.booleans())
def test_every_character_is_in_exactly_one_place(text: str, has_title: bool) -> None:
    check_cover(text, clean(text, has_title))


@given(st.text(alphabet=" \n\t\u00a0-–•*#>|[]().:!?'\"“”ab1AB", max_size=80), st.booleans())
def test_every_character_of_any_text_is_in_exactly_one_place(text: str, has_title: bool) -> None:
    check_cover(text, clean(text, has_title))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Admin 2751 views", Reason.VIEW_COUNT),
        ("· 18,402 views · 731 comments", Reason.VIEW_COUNT),
        ("close", Reason.CLOSE),
        ("Share · Listen · Save", Reason.SHARE),
        ("SHARE THIS ARTICLE Share Tweet Post Email", Reason.SHARE),
        ("Follow us on Twitter @TheWire.", Reason.SHARE),
        ("Image Caption: The minister arrives. Kevin Roe/Getty Images/AFP", Reason.CAPTION),
        ("The quay on Monday. Photograph: Ida Corless", Reason.CAPTION),
        ("Police on the bridge, 3 June. (Ida Corless/Reuters)", Reason.CAPTION),
        ("[Image: Lorries queue on Quay Road]", Reason.CAPTION),
        ("(Reporting by Ana Ruiz; Editing by Jo Hill)", Reason.CREDIT),
        ("The Associated Press contributed to this report.", Reason.CREDIT),
        ("Advertisement Continue reading the main story", Reason.ADVERTISEMENT),
        ("Sign up for our morning newsletter here.", Reason.NEWSLETTER),
        ("We use cookies to improve your experience. Accept all | Manage settings", Reason.COOKIE_NOTICE),
        ("© 2025 Ellery Media. All rights reserved.", Reason.COPYRIGHT),
        ("The opinions expressed by columnists are their own.", Reason.DISCLAIMER),
        ("The Quay takes no advertising. If you value our reporting, become a member.", Reason.SUBSCRIPTION),
        ("Read more: What the strike cost the town", Reason.RELATED_LINK),
        ("CLICK HERE TO GET THE NEWS APP", Reason.RELATED_LINK),
        ("Were you there? Email your pictures to desk@flash.example.org", Reason.CALL_TO_READERS),
        ("If you need a shorter version, please let me know!", Reason.LANGUAGE_MODEL_RESIDUE),
        ("Certainly! Here is a rewritten version of the article:", Reason.LANGUAGE_MODEL_RESIDUE),
        ("As an AI language model, I cannot verify recent events.", Reason.LANGUAGE_MODEL_RESIDUE),
        ("[Insert quote here]", Reason.LANGUAGE_MODEL_RESIDUE),
        ("The two met in May. | AP and Getty Photos", Reason.CAPTION),
        (
            "JUST WATCHED Ship leaves Replay More Videos ... MUST WATCH Ship leaves at last, and "
            + 9 * "on "
            + "03:45",
            Reason.RELATED_LINK,
        ),
        ("MUST WATCH", Reason.RELATED_LINK),
        ("Replay More Videos ...", Reason.RELATED_LINK),
        ("How does the strike compare with other strikes? Read more", Reason.RELATED_LINK),
        ("Listen · 0:22 0:22", Reason.SHARE),
        ("What The Strike Cost The Town Listen · 0:22 0:22", Reason.SHARE),
        ("Story highlights", Reason.MENU),
        ("— — —", Reason.SEPARATOR),
    ],
)
def test_lines_that_are_no_prose_are_known_by_themselves(line: str, reason: Reason) -> None:
    assert reason_of(line) is reason


def test_a_line_of_thousands_of_characters_is_left_alone_and_costs_little() -> None:
    start = time.perf_counter()
    assert reason_of("-" * 50_000 + "x") is None
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "line",
    [
        "“Sure. I mean, it’s a narrow band walking, right?” Davis said.",
        "If you want to understand the strike, you have to go back to November.",
        "Of course, here is the problem: nobody knows who gave the order.",
        "Sign up or pay a fine: that was the choice the government gave them.",
        "Close to 40 people were arrested.",
        "Share prices fell on Monday.",
        "Cookies were handed out to the children by the mayor.",
        "Follow the money, the prosecutors said.",
        "Photographs show men kneeling in the road.",
        "The bill was written by Sen. Casey (Pa.)",
        "Watch what they do, not what they say.",
        "By Tuesday the road was open again.",
        "Email servers at the ministry were down for two days.",
        "Two thousand views of the sea were painted here.",
        "Copyright law will change next year.",
        "More than 300 people were injured.",
        "“Let me know if you would like to come,” she wrote.",
        "As an AI researcher, she had warned of this for years.",
        "We value our friendship with the United States.",
        "The views of the author have changed since the war.",
        "The union says our reporting was wrong.",
        "NOBODY IN THE TOWN BELIEVED A WORD OF IT!",
        "Story highlights of the strike are hung in the museum.",
        "She told them to read more.",
        "He told the court (related to another case) that he had paid.",
        "Listen to the harbour at night, she said, and you will hear it.",
        "Must watch his weight, the doctor wrote of him.",
    ],
)
def test_prose_that_looks_like_boilerplate_is_kept(line: str) -> None:
    text = f"Harbour opens after long strike\n\n{LEAD}\n\n{line}\n\n{SECOND}"
    cleaned = clean(text)
    assert removed(text, cleaned) == []
    assert line in paragraphs(text, cleaned)


def test_a_headline_is_the_first_line_where_it_looks_like_one() -> None:
    text = f"Harbour opens after long strike\n\n{LEAD}\n{SECOND}"
    cleaned = clean(text)
    assert cleaned.title is not None
    assert cleaned.title.of(text) == "Harbour opens after long strike"


@pytest.mark.parametrize("first", [LEAD, "It ended.", "- an item of a list"])
def test_a_text_that_begins_with_prose_has_no_headline(first: str) -> None:
    assert clean(f"{first}\n{SECOND}\n{LEAD}").title is None


def test_a_title_known_from_elsewhere_is_taken_whatever_it_looks_like() -> None:
    text = f"Close.\n\n{LEAD}"
    cleaned = clean(text, has_title=True)
    assert cleaned.title == Span(0, 6)


def test_the_headline_said_again_is_removed_with_or_without_the_sites_name() -> None:
    title = "Harbour opens after long strike"
    text = f"{title} | The Wire\n\nAdmin 12 views\n\n{title}\n\n{LEAD}"
    assert removed(text, clean(text)) == [("view_count", "Admin 12 views"), ("duplicated_headline", title)]


def test_a_byline_a_date_and_a_menu_at_the_top_are_removed() -> None:
    top = ["Home | Politics | Faith | Shop", "By Ana Ruiz and Jo Hill, Staff writers", "Published 4 March 2025, 16:52"]
    text = "\n".join(["Harbour opens after long strike", *top, LEAD, SECOND])
    assert [reason for reason, _ in removed(text, clean(text))] == ["menu", "byline", "date_line"]


def test_a_menu_of_short_lines_is_removed() -> None:
    text = "\n".join(["Home", "News", "Sport", "Opinion pages", "Harbour opens after long strike", LEAD, SECOND])
    cleaned = clean(text)
    assert {reason for reason, _ in removed(text, cleaned)} == {"menu"}
    assert cleaned.title is not None
    assert cleaned.title.of(text).startswith("Harbour")


def test_tables_are_removed_row_by_row_and_prose_between_bars_is_not() -> None:
    rows = ["Aspect | One | Two |", "---|---|---|", "Cost | high | low |"]
    text = "\n".join([LEAD, *rows, SECOND, "He said yes | and then no."])
    cleaned = clean(text)
    assert removed(text, cleaned) == [("table", row) for row in rows]
    assert paragraphs(text, cleaned)[-1] == "He said yes | and then no."


def test_cells_between_tabs_are_a_table() -> None:
    text = f"{LEAD}\nName\tAge\tTown\nAna\t31\tEllery\n{SECOND}"
    assert [reason for reason, _ in removed(text, clean(text))] == ["table", "table"]


def test_a_biography_is_removed_and_the_same_words_on_somebody_in_the_story_are_not() -> None:
    biography = "Owen Tarrish is a staff writer at The Quay and the author of two books."
    text = f"{LEAD}\n\n{SECOND}\n\n{biography}"
    assert removed(text, clean(text)) == [("author_biography", biography)]
    known = f"{LEAD} Owen Tarrish was there. Tarrish saw it.\n\n{SECOND}\n\n{biography}"
    assert removed(known, clean(known)) == []


def test_what_follows_about_the_author_goes_with_it() -> None:
    text = f"{LEAD}\n\n{SECOND}\n\nAbout the Author\nEvangeline is a research associate. She likes the sea."
    assert [reason for reason, _ in removed(text, clean(text))] == ["author_biography", "author_biography"]


def test_a_tail_of_links_is_removed_and_closing_prose_is_not() -> None:
    tail = ["What the strike cost the town ...", "Why the judge said no | The Wire", "close"]
    text = "\n".join([LEAD, SECOND, *tail])
    cleaned = clean(text)
    assert removed(text, cleaned) == list(zip(["related_link", "related_link", "close"], tail, strict=True))
    assert paragraphs(text, cleaned) == [LEAD, SECOND]


def test_links_under_related_go_and_a_heading_before_prose_stays() -> None:
    text = "\n\n".join([LEAD, "Related:", "Judge says no to appeal by the dockers", "What comes next", SECOND])
    cleaned = clean(text)
    assert [piece for _, piece in removed(text, cleaned)] == ["Related:", "Judge says no to appeal by the dockers"]
    assert paragraphs(text, cleaned) == [LEAD, "What comes next", SECOND]


def test_a_summary_heading_is_residue_only_beside_other_residue() -> None:
    offer = "If you need a shorter version, please let me know!"
    text = f"{LEAD}\n\n### Summary:\n{SECOND}\n\n{offer}\n\nIn the end\n{LEAD}"
    assert [reason for reason, _ in removed(text, clean(text))] == ["language_model_residue"] * 3
    honest = f"{LEAD}\n\n### Summary:\n{SECOND}"
    assert removed(honest, clean(honest)) == [("markup", "###")]


def test_kinds_are_told_apart_and_their_marks_are_listed() -> None:
    items = "- Eleven ships left.\n2. Nobody paid."
    text = f"# Harbour opens\n\n{LEAD}\n\n## What it cost\n\n{items}\n\n> {SECOND}\n\n**Who won**"
    cleaned = clean(text)
    kinds = [paragraph.kind for paragraph in cleaned.paragraphs]
    assert kinds == [Kind.PROSE, Kind.HEADING, Kind.ITEM, Kind.ITEM, Kind.QUOTE, Kind.HEADING]
    assert [piece for _, piece in removed(text, cleaned)] == ["#", "##", "-", "2.", ">", "**", "**"]
    assert cleaned.title is not None
    assert cleaned.title.of(text) == "Harbour opens"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("They want to reassert influence and recalibrate U.S.", "strategy in the Middle East, he said on Monday."),
        ("Her men were met with bolts and bottles, said Supt.", "Ines Calloway, who commanded them on the day."),
        ("The union and the company will meet again in the", "autumn, when the new contract is due to be signed."),
    ],
)
def test_a_sentence_broken_over_a_blank_line_is_one_paragraph(first: str, second: str) -> None:
    text = f"{LEAD}\n\n{first}\n\n{second}"
    assert paragraphs(text, clean(text)) == [LEAD, f"{first}\n\n{second}"]


def test_an_ended_sentence_is_not_joined_to_the_next() -> None:
    text = f"{LEAD}\n\nEnough of it, they said, and went home to the U.S.\n\nBritain stayed."
    assert len(clean(text).paragraphs) == 3


def test_a_line_that_ends_with_a_bracket_or_dash_is_not_joined_to_a_speakers_name() -> None:
    lines = [
        "That is what he said of it all, in the end. [PLAYBACK]",
        "mark landler",
        "It was in the month of February —",
    ]
    text = "\n\n".join([*lines, "archived recording"])
    assert paragraphs(text, clean(text)) == [*lines, "archived recording"]


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = (
        "The harbour opened again on Tuesday after a strike of\nthree weeks, and the first ship left before noon. The\n"
        "Harbour Workers Union has promised to meet the company\nagain in the autumn of next year."
    )
    text = f"Harbour opens after long strike\n\n{wrapped}\n\n{wrapped}"
    cleaned = clean(text)
    assert paragraphs(text, cleaned) == [wrapped, wrapped]
    assert cleaned.title is not None


@pytest.mark.parametrize(
    ("line", "gone", "reason"),
    [
        (f"{SECOND} (RELATED: Judge Says No (Again))", "(RELATED: Judge Says No (Again))", "related_link"),
        (f"{SECOND} [READ MORE: Judge Says No]", "[READ MORE: Judge Says No]", "related_link"),
        (f"{SECOND} Read more »", "Read more »", "related_link"),
        (f"{SECOND}READ MORE", "READ MORE", "related_link"),
        (f"{SECOND} Read more: Why the judge said no", "Read more: Why the judge said no", "related_link"),
        (f"{SECOND} Listen · 0:22 0:22", "Listen · 0:22 0:22", "share"),
        (f"(RELATED: Judge Says No) {SECOND}", "(RELATED: Judge Says No)", "related_link"),
        (f"Story highlights {SECOND}", "Story highlights", "menu"),
        (f"A ship in May. | AP and Getty Photos {SECOND}", "A ship in May. | AP and Getty Photos", "caption"),
    ],
)
def test_boilerplate_at_the_end_of_a_paragraph_is_taken_off_and_its_prose_stays(
    line: str, gone: str, reason: str
) -> None:
    text = f"{LEAD}\n\n{line}\n\n{LEAD}"
    cleaned = clean(text)
    check_cover(text, cleaned)
    assert removed(text, cleaned) == [(reason, gone)]
    assert paragraphs(text, cleaned) == [LEAD, SECOND, LEAD]


def test_two_links_after_a_paragraph_are_two_pieces() -> None:
    text = f"{LEAD}\n\n{SECOND} (RELATED: One more) (RELATED: And one)"
    assert [piece for _, piece in removed(text, clean(text))] == ["(RELATED: One more)", "(RELATED: And one)"]


def test_links_in_capitals_between_paragraphs_are_removed() -> None:
    links = ["SEVEN BOMBSHELL REVELATIONS FROM THE NEW REPORT", "WHAT WAS IN THE LAST OFFER TO THE DOCKERS?"]
    text = "\n\n".join([LEAD, links[0], SECOND, links[1], LEAD])
    assert removed(text, clean(text)) == [("related_link", link) for link in links]


@pytest.mark.parametrize(
    "lines",
    [
        [LEAD, "WHAT IT COST", SECOND],
        [LEAD, "The placard said:", "NO MORE HARBOUR FEES FOR FISHERMEN OF ELLERY", SECOND],
        [LEAD, "“NO MORE HARBOUR FEES FOR THE FISHERMEN OF ELLERY”", SECOND],
        [LEAD, "> NO MORE HARBOUR FEES FOR THE FISHERMEN OF ELLERY", SECOND],
        [LEAD, "WHERE DID ALL THE MONEY OF THE DOCKERS GO?", SECOND],
        ["THE HARBOUR OPENED AGAIN ON TUESDAY", "NOBODY WAS HURT IN THE STRIKE OF THREE WEEKS", "IT WAS OVER."],
    ],
)
def test_headings_placards_and_texts_in_capitals_are_kept(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    assert {reason for reason, _ in removed(text, clean(text))} <= {"markup"}


def test_paragraphs_of_a_block_quotation_are_somebody_elses_words_each_by_itself() -> None:
    text = f"{LEAD}\n\n> {SECOND}\n> we came back and the\n>\n>> - never left\n> — Ana Ruiz\n\n{LEAD}"
    cleaned = clean(text)
    check_cover(text, cleaned)
    quoted = [p.span.of(text) for p in cleaned.paragraphs if p.kind is Kind.QUOTE]
    assert quoted == [SECOND, "we came back and the", "never left", "— Ana Ruiz"]
    assert [piece for _, piece in removed(text, cleaned)] == [">", ">", ">", ">>", "-", ">"]


def test_a_block_quotation_is_no_headline() -> None:
    assert clean(f"> We are glad to be back\n\n{LEAD}").title is None


@pytest.mark.parametrize(
    "again",
    [
        "Harbour Opens As Dockers And Owners Meet : NPR",
        "Harbour Opens As Dockers, Owners Meet :: The Wire",
        "Harbour Opens As The Dockers And Owners Meet",
        "HARBOUR OPENS AS DOCKERS AND OWNERS MEET",
    ],
)
def test_the_headline_nearly_said_again_is_removed_even_after_a_pull_quote(again: str) -> None:
    title = "Harbour Opens As Dockers And Owners Meet"
    text = f"{title}\n\n{LEAD}\n\n> We are glad to be back.\n\n{again}\n\n{SECOND}"
    assert ("duplicated_headline", again) in removed(text, clean(text))


@pytest.mark.parametrize(
    "line",
    [
        "Harbour opens as dockers and owners meet in the town hall, and nobody knows for how long.",
        "Dockers and owners never meet",
        "Harbour opens as 40 dockers and owners meet",
    ],
)
def test_a_line_like_the_headline_is_kept_when_it_is_a_sentence_or_says_something_else(line: str) -> None:
    text = f"Harbour opens as dockers and owners meet\n\n{LEAD}\n\n{line}\n\n{SECOND}"
    assert removed(text, clean(text)) == []


def test_cleaning_says_the_same_of_a_text_twice() -> None:
    text = f"Harbour opens after long strike\n\nBy Ana Ruiz\n\n{LEAD}\n\n• one\n\nclose"
    assert clean(text) == clean(text)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_at_least_three_of_the_five_seeds_have_several_reasons() -> None:
    reasons = {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        cleaned = clean(text)
        check_cover(text, cleaned)
        reasons[path.name[:3]] = {str(piece.reason) for piece in cleaned.removed}
    assert {"view_count", "duplicated_headline", "related_link", "close", "markup"} == reasons["000"]
    assert {"table", "language_model_residue", "separator", "markup"} == reasons["001"]
    assert {"byline", "separator", "caption", "author_biography"} == reasons["003"]
    assert reasons["002"] == reasons["004"] == set()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_the_headlines_of_the_seeds_are_found_where_there_are_any() -> None:
    starts = {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        title = clean(text).title
        starts[path.name[:3]] = title.of(text)[:17] if title else None
    assert starts == {
        "000": "Trump’s Strategic",
        "001": None,
        "002": None,
        "003": "Strategic Paralys",
        "004": "Trump, Netanyahu,",
    }


def test_the_sample_story_loses_its_boilerplate_and_keeps_its_prose() -> None:
    text = (SAMPLE / "right.txt").read_text(encoding="utf-8")
    cleaned = clean(text)
    check_cover(text, cleaned)
    found = {reason for reason, _ in removed(text, cleaned)}
    expected = "menu byline date_line caption share view_count author_biography related_link close"
    assert found == set(expected.split())
    assert sum(len(piece) for piece in paragraphs(text, cleaned)) > 0.8 * len(text)
