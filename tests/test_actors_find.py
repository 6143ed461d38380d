"""Which actors an article has: hand-written cases, and what must hold for any text."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.actors.find import actor_of, find
from framing.actors.index import index_of
from framing.actors.mention import How, Mention, Name, NameType
from framing.actors.named import named
from framing.article import Article, Document, Kind, Paragraph, Removed, Span, Voice
from framing.seeds.actors import Catalogue
from framing.text.sentences import split
from framing.text.voice import assign

CASES_FOLDER = Path(__file__).parent / "cases"
CASES: list[dict[str, Any]] = tomllib.loads((CASES_FOLDER / "actors.toml").read_text("utf-8"))["case"]
KNOWN = Catalogue.load(CASES_FOLDER / "some_actors.toml")
FRAGMENTS = [
    "Trump", "Donald", "Melania", "Mr", "Mrs.", "President", "Prime Minister", "the", "The", "Israeli", "Israel",
    "Katz", "government", "army", "Washington", "and", "Tehran", "said", "has", "’s", "'s", " of ", "US", "U.S.",
    "(PIJ)", "Jr.", "administration", "secretary", "state", "general", "former", "Hamas", "Bank", "University",
    "New York Times", "-", " ", " ", " ", " ", ", ", ". ", "\n", "“", "”", "Ana Ruiz", "HAMAS AGREES WITH US",
    "Biden-Harris", "first", "leader", "Georgia", "the Senate", "Congress",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return KNOWN


def article(text: str, title: str = "", date: str | None = None) -> Article:
    """Each line of `text` a paragraph, `title` the headline."""
    whole = f"{title}\n{text}" if title else text
    parts = [
        (paragraph, split(whole, paragraph))
        for match in re.finditer(r"\S[^\n]*", whole)
        for paragraph in [Paragraph(Span(*match.span()), Kind.PROSE if match.start() or not title else Kind.HEADING)]
    ]
    sentences = assign(whole, parts).sentences
    document = Document("case", whole, bool(title), date=date)
    return Article(document, sentences[0] if title else None, sentences[1:] if title else sentences)


def names_in(one: Article, written: dict[str, list[str]]) -> list[Name]:
    """A name for every place where one of these is written, longer ones first."""
    found: list[Name] = []
    pairs = sorted(((form, type) for type, forms in written.items() for form in forms), key=lambda pair: -len(pair[0]))
    for form, type in pairs:
        for number, sentence in enumerate(one.all_sentences(), start=-1 if one.title else 0):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", sentence.span.of(one.text)):
                span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
                if not any(span.overlaps(name.span) for name in found):
                    found.append(Name(span, NameType(type), number))
    return sorted(found, key=lambda name: name.span)


def read(case: dict[str, Any], catalogue: Catalogue) -> tuple[Article, list[Mention]]:
    one = article(case["text"], case.get("title", ""), case.get("date"))
    return one, named(one, names_in(one, case.get("names", {})), catalogue)[1]


def written(one: Article, mentions: Sequence[Mention]) -> list[list[str]]:
    return [[mention.span.of(one.text), mention.actor] for mention in mentions]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_actors_are_those_a_careful_reader_finds(case: dict[str, Any], catalogue: Catalogue) -> None:
    one, mentions = read(case, catalogue)
    if case.get("fails"):
        assert written(one, mentions) != case["found"], "it no longer fails: take out `fails`"
    else:
        assert written(one, mentions) == case["found"]


@pytest.mark.parametrize("case", [case for case in CASES if "offices" in case], ids=lambda case: case["name"])
def test_mentions_by_office_say_so(case: dict[str, Any], catalogue: Catalogue) -> None:
    one, mentions = read(case, catalogue)
    assert [mention.span.of(one.text) for mention in mentions if mention.how is How.OFFICE] == case["offices"]


@pytest.mark.parametrize("case", [case for case in CASES if "quoted" in case], ids=lambda case: case["name"])
def test_mentions_in_quotations_are_in_quoted_voice(case: dict[str, Any], catalogue: Catalogue) -> None:
    one, mentions = read(case, catalogue)
    quoted = [mention for mention in mentions if mention.voice is Voice.QUOTED]
    assert [mention.span.of(one.text) for mention in quoted] == case["quoted"]
    assert {mention.speaker for mention in quoted} == {"Ana Ruiz"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_mentions_lie_in_their_sentences_and_apart(case: dict[str, Any], catalogue: Catalogue) -> None:
    one, mentions = read(case, catalogue)
    for mention in mentions:
        sentence = one.title if mention.sentence == -1 else one.sentences[mention.sentence]
        assert sentence is not None
        assert sentence.span.contains(mention.span)
        assert mention.voice is one.voice_at(mention.span)
    assert not any(left.span.overlaps(right.span) for left, right in pairwise(mentions))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_actor_has_an_entry_that_agrees_with_its_id(case: dict[str, Any], catalogue: Catalogue) -> None:
    one = article(case["text"], case.get("title", ""), case.get("date"))
    actors, mentions = named(one, names_in(one, case.get("names", {})), catalogue)
    assert set(actors) == {mention.actor for mention in mentions}
    for id, actor in actors.items():
        assert (actor.id, actor.known) == (id, id in catalogue.actors)
        assert actor.kind == catalogue.actors[id].kind if actor.known else id.startswith("article:")


@given(family=st.text("bcdfgklmnprtvz", min_size=4, max_size=8).map(str.capitalize))
def test_another_family_name_renames_the_actor_and_nothing_else(family: str) -> None:
    text = "Ana Voss opened the meeting with Hamas. Voss was calm. Ms Voss met Netanyahu. The minister left."
    names = {"PER": ["Ana Voss"]}
    other = article(text.replace("Voss", family))
    before = written(*read({"text": text, "names": names}, KNOWN))
    after = named(other, names_in(other, {"PER": [f"Ana {family}"]}), KNOWN)[1]
    renamed = [[form.replace("Voss", family), id.replace("voss", family.lower())] for form, id in before]
    assert written(other, after) == renamed


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30), st.data())
def test_any_text_and_any_names_give_mentions_in_order_and_apart(fragments: list[str], data: st.DataObject) -> None:
    one = article("".join(fragments) + "x")
    bounds = st.tuples(st.integers(0, len(one.text) - 1), st.integers(1, 20))
    names = [
        Name(Span(start, start + length), data.draw(st.sampled_from(NameType)), data.draw(st.integers(-1, 3)))
        for start, length in data.draw(st.lists(bounds, max_size=6))
    ]
    actors, mentions = named(one, names, KNOWN)
    assert {mention.actor for mention in mentions} == set(actors)
    assert not any(left.span.stop > right.span.start for left, right in pairwise(mentions))
    for mention in mentions:
        assert one.sentences[mention.sentence].span.contains(mention.span)


def test_nothing_is_found_in_what_was_removed(catalogue: Catalogue) -> None:
    one = article("Hamas agreed. Share Hamas on Facebook with Israel. Iran did not.")
    start = one.text.index("Share")
    removed = Removed(Span(start, one.text.index("Iran")), "menu")
    mentions = named(replace(one, removed=(removed,)), (), catalogue)[1]
    assert written(one, mentions) == [["Hamas", "hamas"], ["Iran", "iran"]]


def test_a_catalogue_is_indexed_once(catalogue: Catalogue) -> None:
    assert index_of(catalogue) is index_of(catalogue)


SPEAKERS = [
    ("Ana Ruiz", "article:ana-ruiz"),
    ("Ruiz", "article:ana-ruiz"),
    ("Ms Ruiz", "article:ana-ruiz"),
    ("Ana Ruiz, a spokeswoman for Hamas", "article:ana-ruiz"),
    ("the Israeli army", "israel.army"),
    ("Israeli officials", "israel.government"),
    ("Israeli prime minister", "benjamin-netanyahu"),
    ("prime minister", "benjamin-netanyahu"),
    ("Prime Minister Netanyahu", "benjamin-netanyahu"),
    ("spokesman for Hamas", "hamas"),
    ("Hamas spokesman", "hamas"),
    ("Hamas spokeswoman Ana Ruiz", "article:ana-ruiz"),
    ("Orla Timber Company", "article:orla-timber"),
    ("a friend of Netanyahu", None),
    ("sources close to Ruiz", None),
    ("police", None),
    ("Hezbollah", None),
    ("Voss", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "actor"), SPEAKERS)
def test_the_words_for_a_speaker_mean_an_actor_of_the_article(
    words: str, actor: str | None, catalogue: Catalogue
) -> None:
    one = article(
        "Ana Ruiz met Hamas. Israeli troops and the Israeli government protested. Netanyahu and Orla Timber did not."
    )
    found = find(one, names_in(one, {"PER": ["Ana Ruiz"], "ORG": ["Orla Timber"]}), catalogue)
    assert actor_of(words, found, catalogue) == actor
