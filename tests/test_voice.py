"""Who is speaking: hand-written cases, and what must hold for any text."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Document, Kind, Paragraph, Sentence, Span, Stretch, Voice
from framing.text import article_of
from framing.text.sentences import split
from framing.text.voice import Voices, assign, cover

FILES = sorted((Path(__file__).parent / "cases").glob("voice*.toml"))
CASES: list[dict[str, Any]] = [case for file in FILES for case in tomllib.loads(file.read_text("utf-8"))["case"]]
LINE = re.compile(r"^[ \t]*(?:(?P<bullet>[-•*])[ \t]+|(?P<block>>)[ \t]+)?(?P<text>\S.*?)[ \t]*$", re.MULTILINE)
MARKS = re.compile(r"[\s“”\"‘’']*")
LETTERS = "bcdfghjklmnpqrtvwxz"
FRAGMENTS = [
    "He", "Ana Ruiz", "the mayor", " said ", " that ", "according to", "plan", " ", " ", ", ", ". ", "? ", ": ", "; ",
    "“", "”", '"', "‘", "’", "'", "\n", " – ", "called", " was ", "(", ")", "told", "by ", "adding", " and ",
]  # fmt: skip


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Each line a paragraph, as the cases are written."""
    for match in LINE.finditer(text):
        ends_plainly = match["text"][-1].isalnum()
        kind = Kind.ITEM if match["bullet"] else Kind.HEADING if ends_plainly else Kind.PROSE
        kind = Kind.QUOTE if match["block"] else kind
        yield Paragraph(Span(match.start("text"), match.end("text")), kind)


def voices(text: str) -> Voices:
    return assign(text, [(paragraph, split(text, paragraph)) for paragraph in paragraphs(text)])


def stretches(sentences: tuple[Sentence, ...], voice: Voice) -> list[Stretch]:
    return [stretch for sentence in sentences for stretch in sentence.stretches if stretch.voice is voice]


def runs(text: str, found: Voices) -> list[Stretch]:
    """Quoted stretches as a reader counts them: one quotation of several sentences, or one reported clause, is one."""
    joined: list[Stretch] = []
    for stretch in stretches(found.sentences, Voice.QUOTED):
        if joined and joins(text, joined[-1], stretch):
            last = joined.pop()
            stretch = Stretch(Span(last.span.start, stretch.span.stop), Voice.QUOTED, last.speaker, last.indirect)
        joined.append(stretch)
    return joined


def joins(text: str, left: Stretch, right: Stretch) -> bool:
    gap = text[left.span.stop : right.span.start]
    if "\n" in gap or left.speaker != right.speaker:
        return False
    in_clause = (left.indirect or right.indirect) and MARKS.fullmatch(gap) is not None
    return not gap.strip() or in_clause


def params() -> Iterator[Any]:
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if case["fails"] else []
        yield pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", list(params()))
def test_voices_are_what_a_careful_reader_says(case: dict[str, Any]) -> None:
    text = case["text"]
    found = voices(text)
    quoted = runs(text, found)

    assert [stretch.span.of(text) for stretch in quoted] == case["quoted"]
    assert [(stretch.speaker or "").casefold() for stretch in quoted] == [name.casefold() for name in case["speakers"]]
    assert [span.of(text) for span in found.scare_quotes] == case["scare"]


def test_the_cases_have_different_names() -> None:
    names = [case["name"] for case in CASES]

    assert len(names) == len(set(names)) >= 80


@given(st.sampled_from([case["text"] for case in CASES if "‘" not in case["text"]]), st.randoms(use_true_random=False))
def test_other_letters_in_a_quotation_leave_the_journalist_alone(text: str, random: Any) -> None:
    before = voices(text)
    letters = list(text)
    for stretch in stretches(before.sentences, Voice.QUOTED):
        inside_marks = not stretch.indirect and text[stretch.span.start - 1] in '“"'
        for at in range(stretch.span.start, stretch.span.stop) if inside_marks else ():
            if letters[at].isascii() and letters[at].isalpha():
                other = random.choice(LETTERS)
                letters[at] = other.upper() if letters[at].isupper() else other
    after = voices("".join(letters))

    assert [stretch.span for stretch in stretches(after.sentences, Voice.JOURNALIST)] == [
        stretch.span for stretch in stretches(before.sentences, Voice.JOURNALIST)
    ]


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=40).map("".join).filter(str.strip))
def test_stretches_cover_their_sentence_exactly_and_alternate(text: str) -> None:
    found = voices(text)

    for sentence in found.sentences:
        assert "".join(stretch.span.of(text) for stretch in sentence.stretches) == sentence.span.of(text)
        assert sentence.stretches[0].span.start == sentence.span.start
        pairs = zip(sentence.stretches, sentence.stretches[1:], strict=False)
        assert all(a.span.stop == b.span.start and Voice.JOURNALIST in (a.voice, b.voice) for a, b in pairs)
    assert all(span.of(text).strip() == span.of(text) for span in found.scare_quotes)


def test_a_sentence_without_quotations_is_one_stretch_of_the_journalist() -> None:
    assert cover(Span(3, 9), []) == (Stretch(Span(3, 9), Voice.JOURNALIST),)


def test_an_article_has_its_headline_apart_and_its_voices_in_the_body() -> None:
    body = "The council met on Monday to talk about the bridge and the road. " * 3
    text = f"Mayor attacks “reckless” plan\n\n{body}\n\n“It will ruin us,” Ana Ruiz said of the plan on Tuesday night."
    article = article_of(Document("a", text, has_title=True))

    assert article.title is not None
    assert article.title.span.of(text) == "Mayor attacks “reckless” plan"
    assert [span.of(text) for span in article.scare_quotes] == ["reckless"]
    assert [(s.span.of(text), s.speaker) for s in stretches(article.sentences, Voice.QUOTED)] == [
        ("It will ruin us,", "Ana Ruiz")
    ]


PARTS = st.sampled_from(
    ["> ", "> — Ana Ruiz", "Ana Ruiz:", "That’s ", "one source", "close to", "-- ", "MORE", "Ruiz Ana RuizHouse "]
)


@given(st.lists(st.sampled_from(FRAGMENTS) | PARTS, min_size=1, max_size=60).map("".join).filter(str.strip))
def test_any_mixture_of_marks_verbs_and_blocks_is_read_and_covered_whole(text: str) -> None:
    covered = "".join(stretch.span.of(text) for sentence in voices(text).sentences for stretch in sentence.stretches)
    written = "".join(paragraph.span.of(text) for paragraph in paragraphs(text))

    assert "".join(covered.split()) == "".join(written.split())
