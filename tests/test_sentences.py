"""Sentences of news English."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Paragraph, Span
from framing.text.sentences import split

CASES = {
    "plain": ["The bridge fell.", "Nobody was hurt."],
    "abbreviated title": ["Gen. Ruiz and Mr. Adler met Sen. Amy Doyle on Jan. 6.", "They left."],
    "country before a noun": ["The U.S. strategy failed.", "It ended."],
    "country before a name": ["The U.S. Senate voted.", "It passed."],
    "country at the end": ["He left the U.S.", "The case goes on."],
    "initials": ["J.K. Rowling and George W. Bush spoke.", "So did J. R. Stone."],
    "time of day inside": ["It began at 9 a.m. Monday and ended at noon.", "Few came."],
    "time of day at the end": ["It began at 9 a.m.", "The hall was full."],
    "decimals and money": ["Prices rose 3.5 percent to $4.20.", "That is a record."],
    "number": ["He lives at No. 10 and was No. 1.", "Not any more."],
    "company": ["Acme Inc. sued Globex Corp. in May.", "A court agreed."],
    "question and exclamation": ["Who pays?", "We do!", "Always."],
    "three full stops inside": ["He waited ... and waited.", "Then he left."],
    "ellipsis at the end": ["He waited…", "Then he left."],
    "closing quotation mark stays": ["“We lost.”", "He left."],
    "sentences inside a quotation": ["He said: “It is over.", "We lost.”", "Then he left."],
    "question and its attribution": ["“Really?” she asked.", "Nobody spoke."],
    "question and a name": ["“Really?” Ana Ruiz asked.", "Nobody spoke."],
    "question and an inverted name": ["“Really!” said Ruiz.", "Nobody spoke."],
    "quotation and dash": ["“A triumph.” – Ruth Adeyemi, mayor.", "Next."],
    "bracket": ["(He left early.)", "She stayed."],
    "no space after the full stop": ["The mill closed.", "It never reopened."],
    "brand with an exclamation mark": ["Yahoo! said it would sell.", "It did."],
    "list number": ["1. Ban the sale of fireworks.", "Enforce it."],
    "heading": ["A long road ahead"],
    "domain": ["Amazon.com fell.", "So did others."],
    "et cetera": ["Guns, knives, etc. were found.", "Police left."],
    "versus": ["Roe vs. Wade was overturned.", "States acted."],
}
FRAGMENTS = [
    "Mr.",
    "U.S.",
    "said",
    "that",
    "He",
    "lost",
    ".",
    "?!",
    "…",
    " ",
    " ",
    "\n",
    "“",
    "”",
    '"',
    "‘",
    "’",
    "(",
    ")",
    "3.5",
]


def sentences(text: str) -> list[str]:
    start = len(text) - len(text.lstrip())
    paragraph = Paragraph(Span(start, len(text.rstrip())))
    return [span.of(text) for span in split(text, paragraph)]


@pytest.mark.parametrize("name", CASES)
def test_sentences_end_where_a_reader_ends_them(name: str) -> None:
    glue = "" if name == "no space after the full stop" else " "

    assert sentences(glue.join(CASES[name])) == CASES[name]


def test_a_word_of_many_thousand_letters_costs_little() -> None:
    text = f"See {'a' * 60_000} now. The rest follows."
    start = time.perf_counter()

    assert len(sentences(text)) == 2
    assert time.perf_counter() - start < 1


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1).map("".join).filter(str.strip))
def test_sentences_are_trimmed_disjoint_and_cover_every_character(text: str) -> None:
    start = len(text) - len(text.lstrip())
    spans = split(text, Paragraph(Span(start, len(text.rstrip()))))
    pieces = [span.of(text) for span in spans]

    assert list(spans) == sorted(spans)
    assert all(piece == piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
