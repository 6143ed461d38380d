"""Passages: they map back to the article exactly, and no voice leaks into the other."""

from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from fakes import STORY
from fakes import article as story
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Article, Document, Sentence, Span, Stretch, Voice
from framing.ingest import read
from framing.text import article_of
from framing.text.passages import ELLIPSIS, MIN_WORDS, TITLE, Passage, passages

Stretches = list[tuple[Voice, str]]
JOURNALIST, QUOTED = Voice.JOURNALIST, Voice.QUOTED


def sentence_at(start: int, stretches: Stretches) -> Sentence:
    edges = [start, *accumulate((len(words) for _, words in stretches), initial=start)][1:]
    found = tuple(
        Stretch(Span(low, high), voice) for (voice, _), low, high in zip(stretches, edges[:-1], edges[1:], strict=True)
    )
    return Sentence(Span(start, edges[-1]), found)


def built(sentences: list[Stretches], title: Stretches | None = None) -> Article:
    """An article whose stretches are given, a sentence a line."""
    parts = [title, *sentences] if title else sentences
    texts = ["".join(words for _, words in stretches) for stretches in parts]
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))[:-1]
    found = tuple(sentence_at(start, stretches) for start, stretches in zip(starts, parts, strict=True))
    document = Document("built", "\n".join(texts))
    return Article(document, found[0], found[1:]) if title else Article(document, None, found)


def of_voice(article: Article, voice: Voice) -> list[Passage]:
    return [passage for passage in passages(article) if passage.voice is voice]


CASES = [
    ("one voice", [(JOURNALIST, "The council met on Monday.")], ["The council met on Monday."], []),
    (
        "quoted in the middle",
        [(JOURNALIST, "The mayor said “"), (QUOTED, "we have no choice now"), (JOURNALIST, "” on Monday.")],
        ["The mayor said “…” on Monday."],
        ["we have no choice now"],
    ),
    (
        "quoted first",
        [(QUOTED, "“We have no choice,”"), (JOURNALIST, " the mayor told reporters.")],
        ["… the mayor told reporters."],
        ["“We have no choice,”"],
    ),
    (
        "quoted last",
        [(JOURNALIST, "The mayor of Alderwick said "), (QUOTED, "that there was no choice.")],
        ["The mayor of Alderwick said …"],
        ["that there was no choice."],
    ),
    (
        "quoted twice",
        [(QUOTED, "“It is over,”"), (JOURNALIST, " the old mayor said, "), (QUOTED, "“for all of us.”")],
        ["… the old mayor said, …"],
        ["“It is over,” … “for all of us.”"],
    ),
    (
        "an attribution is too short",
        [(QUOTED, "“We have no choice,”"), (JOURNALIST, " she said.")],
        [],
        ["“We have no choice,”"],
    ),
    ("a number is one word", [(JOURNALIST, "Some 12,000 fled.")], [], []),
    ("a label is too short", [(JOURNALIST, "What residents say")], [], []),
]


@pytest.mark.parametrize(("stretches", "journalist", "quoted"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_passage_is_what_one_voice_says_in_a_sentence(
    stretches: Stretches, journalist: list[str], quoted: list[str]
) -> None:
    article = built([stretches])
    assert [passage.text for passage in of_voice(article, JOURNALIST)] == journalist
    assert [passage.text for passage in of_voice(article, QUOTED)] == quoted


def test_a_headline_is_a_passage_however_short() -> None:
    article = built([[(JOURNALIST, "Too short.")]], title=[(JOURNALIST, "Storm")])
    assert [(passage.sentence, passage.text) for passage in passages(article)] == [(TITLE, "Storm")]


WORDS = st.lists(
    st.sampled_from(["river", "“mayor", "…", "naïve", "12,000", "said.”", "😀"]), min_size=1, max_size=6
).map(" ".join)
SENTENCES = st.lists(
    st.tuples(st.booleans(), st.lists(WORDS, min_size=1, max_size=5)).map(
        lambda pair: [(list(Voice)[(index + pair[0]) % 2], f"{words} ") for index, words in enumerate(pair[1])]
    ),
    min_size=1,
    max_size=4,
)


def check_mapping(article: Article, passage: Passage) -> None:
    """Every character of a passage is where `article_span` says, or is one that joins stretches."""
    inside = {place for start, span in passage.pieces for place in range(start, start + span.stop - span.start)}
    for place, character in enumerate(passage.text):
        found = passage.article_span(place, place + 1)
        if place in inside:
            assert found is not None
            assert found.of(article.text) == character
            assert article.voice_at(found) is passage.voice
        else:
            assert found is None
            assert character in f"{ELLIPSIS} "


@given(SENTENCES)
def test_every_character_of_a_passage_maps_back_to_itself(sentences: list[Stretches]) -> None:
    article = built(sentences)
    for passage in passages(article):
        check_mapping(article, passage)


@given(SENTENCES)
def test_a_range_within_one_stretch_maps_back_whole(sentences: list[Stretches]) -> None:
    article = built(sentences)
    for passage in passages(article):
        for start, span in passage.pieces:
            assert passage.article_span(start, start + span.stop - span.start) == span


def test_a_range_that_runs_into_the_ellipsis_stops_at_its_stretch() -> None:
    stretches = [(JOURNALIST, "The old mayor said: "), (QUOTED, "we have no choice")]
    (passage,) = of_voice(built([stretches]), JOURNALIST)
    assert passage.article_span(4, len(passage.text)) == Span(4, 20)


@given(SENTENCES)
def test_passages_of_both_voices_share_no_character_of_the_article(sentences: list[Stretches]) -> None:
    spans = sorted(span for passage in passages(built(sentences)) for _, span in passage.pieces)
    assert all(left.stop <= right.start for left, right in pairwise(spans))


def n_real_words(text: str) -> int:
    return sum(any(character.isalnum() for character in word) for word in text.split())


@given(SENTENCES)
def test_no_long_passage_is_left_out(sentences: list[Stretches]) -> None:
    article = built(sentences)
    n_words = {
        (index, voice): sum(n_real_words(span.of(article.text)) for span in sentence.spans(voice))
        for index, sentence in enumerate(article.sentences)
        for voice in Voice
    }
    found = {(passage.sentence, passage.voice) for passage in passages(article)}
    assert found == {key for key, n in n_words.items() if n >= MIN_WORDS}


@given(SENTENCES, st.lists(WORDS, min_size=20, max_size=20))
def test_other_quoted_words_leave_the_journalists_passages_alone(
    sentences: list[Stretches], replacements: list[str]
) -> None:
    other = iter(replacements)
    replaced = [[(voice, next(other) if voice is QUOTED else words) for voice, words in line] for line in sentences]
    before, after = (of_voice(built(lines), JOURNALIST) for lines in (sentences, replaced))
    assert [(p.sentence, p.text) for p in before] == [(p.sentence, p.text) for p in after]


def test_no_quoted_word_of_a_story_is_in_the_journalists_passages() -> None:
    article = story(STORY)
    said = " ".join(passage.text for passage in of_voice(article, JOURNALIST))
    assert "butchery" in article.text
    assert "butchery" not in said
    assert "slaughtered a century" in said


def test_the_passages_of_the_sample_story_map_back_exactly(sample: Path) -> None:
    articles = [article_of(item) for item in read(str(sample)) if isinstance(item, Document)]
    assert len(articles) == 5
    for article in articles:
        assert {passage.voice for passage in passages(article)} == set(Voice)
        for passage in passages(article):
            check_mapping(article, passage)
