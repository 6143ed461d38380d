"""Passages: they map back to the article exactly, and no voice leaks into the other."""

from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from fakes import STORY
from fakes import article as story
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Article, Document, Kind, Sentence, Span, Stretch, Voice
from framing.ingest import read
from framing.text import article_of
from framing.text.passages import ELLIPSIS, MIN_WORDS, MIN_WORDS_BESIDE_QUOTES, TITLE, Passage, passages

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
        [
            (JOURNALIST, "The old mayor said “"),
            (QUOTED, "we have no choice now"),
            (JOURNALIST, "” on the quay at noon."),
        ],
        ["The old mayor said “…” on the quay at noon."],
        ["we have no choice now"],
    ),
    (
        "quoted first",
        [(QUOTED, "“We have no choice,”"), (JOURNALIST, " the mayor told reporters who had waited since dawn.")],
        ["… the mayor told reporters who had waited since dawn."],
        ["“We have no choice,”"],
    ),
    (
        "quoted last",
        [(JOURNALIST, "The mayor of Alderwick, who resigns on Friday, said "), (QUOTED, "that there was no choice.")],
        ["The mayor of Alderwick, who resigns on Friday, said …"],
        ["that there was no choice."],
    ),
    (
        "quoted twice",
        [
            (QUOTED, "“It is over,”"),
            (JOURNALIST, " the old mayor said to all who would listen, "),
            (QUOTED, "“for us.”"),
        ],
        ["… the old mayor said to all who would listen, …"],
        ["“It is over,” … “for us.”"],
    ),
    (
        "an attribution is too short",
        [(QUOTED, "“We have no choice,”"), (JOURNALIST, " said the mayor of Alderwick on Monday.")],
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
    stretches = [(JOURNALIST, "The old mayor of the town on the quay said: "), (QUOTED, "we have no choice")]
    (passage,) = of_voice(built([stretches]), JOURNALIST)
    assert passage.article_span(4, len(passage.text)) == Span(4, 44)


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
    beside = {index for index, sentence in enumerate(article.sentences) if sentence.spans(QUOTED)}
    found = {(passage.sentence, passage.voice) for passage in passages(article)}
    enough = {
        (index, voice): MIN_WORDS_BESIDE_QUOTES if voice is JOURNALIST and index in beside else MIN_WORDS
        for index, voice in n_words
    }
    assert found == {key for key, n in n_words.items() if n >= enough[key]}


def test_headings_within_the_body_are_not_passages() -> None:
    article = article_of(
        Document("a", f"Storm hits the coast of Alderwick\n\n{STORY}\n\nWhat the town will do next\n\n{STORY}")
    )
    headings = {index for index, sentence in enumerate(article.sentences) if sentence.kind is Kind.HEADING}
    assert headings
    assert not headings & {passage.sentence for passage in passages(article)}


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
