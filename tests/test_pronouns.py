"""Pronouns: hand-written cases, and what must hold for any text."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.actors.gender import of_name
from framing.actors.given_names import FEMALE, MALE, SURNAMES
from framing.actors.mention import Actor, How, Mention
from framing.actors.pronoun_groups import is_plural_name
from framing.actors.pronoun_phrases import Named, Role, pronouns, read
from framing.actors.pronoun_roles import assign
from framing.actors.pronouns import resolve
from framing.article import Article, Document, Span, Voice
from framing.seeds.actors import Catalogue
from framing.seeds.known import KnownActor
from framing.text import article_of

CASE_FILE = Path(__file__).parent / "cases" / "pronouns.toml"
CASES: list[dict[str, Any]] = tomllib.loads(CASE_FILE.read_text("utf-8"))["case"]
MARKED = re.compile(r"\[(?P<word>\w+)\|(?P<actor>[\w.-]+)(?P<may>\??)\]")
ACTORS = {
    "ruiz": ("person", "Ana Ruiz"),
    "lind": ("person", "Eva Lind"),
    "voss": ("person", "Karl Voss"),
    "haddad": ("person", "Haddad"),
    "okoye": ("person", "Okoye"),
    "tamm": ("person", "Lee Tamm"),
    "almera.people": ("people", "Almerans"),
    "almera.army": ("army", "Almeran forces"),
    "almera": ("state", "Almera"),
    "bora.people": ("people", "Borans"),
}
NAMES = re.compile("|".join(rf"(?P<{id.replace('.', '_')}>\b{name}\b)" for id, (_, name) in ACTORS.items()))
FRAGMENTS = [
    "He", "She", "they", " her ", " his ", "himself", "Ana Ruiz", "Karl Voss", "Almerans", "Almera", "’s", "'", " said",
    " that ", " who ", ", ", ". ", "? ", ": ", "; ", "“", "”", "(", ")", " – ", " and ", "the mayor", " praised ",
    " of ", " by ", " was ", "\n\n", "A woman", " to ", "U.S.", "when ", " ",
]  # fmt: skip


def plain(marked: str) -> tuple[str, dict[int, re.Match[str]]]:
    """The text without its marks, and by place in it what each marked pronoun must lead to."""
    text, wanted, at = "", {}, 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        wanted[len(text)] = match
        text += match["word"]
        at = match.end()
    return text + marked[at:], wanted


def read_article(text: str) -> tuple[Article, dict[str, Actor], list[Mention]]:
    article = article_of(Document("case", text), force=True)
    mentions = []
    for match in NAMES.finditer(text):
        for number, sentence in enumerate(article.sentences):
            span = Span(*match.span())
            if sentence.span.contains(span):
                id = str(match.lastgroup).replace("_", ".")
                mentions.append(Mention(id, span, number, article.voice_at(span)))
    return article, {id: Actor(id, name, kind) for id, (kind, name) in ACTORS.items()}, mentions


def resolved(text: str, catalogue: Catalogue | None = None) -> dict[int, Mention]:
    found = resolve(*read_article(text), catalogue or Catalogue({}))
    return {mention.span.start: mention for mention in found}


def problems(case: dict[str, Any]) -> list[str]:
    text, wanted = plain(case["text"])
    found = resolved(text)
    wrong = []
    for place, match in wanted.items():
        actor = found[place].actor if place in found else "-"
        if actor != match["actor"] and not (actor == "-" and match["may"]):
            wrong.append(f"{match[0]} leads to {actor}")
    return wrong


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_pronoun_leads_to_the_right_actor_or_to_nobody(case: dict[str, Any]) -> None:
    assert bool(problems(case)) == bool(case.get("fails")), problems(case)


def test_a_resolved_pronoun_is_a_mention_with_its_own_voice_and_speaker() -> None:
    text = "Karl Voss resigned on Monday. “He was a good minister,” Ana Ruiz said."
    mention = resolved(text)[text.index("He")]
    assert mention == Mention("voss", Span(31, 33), 1, Voice.QUOTED, How.PRONOUN, "Ana Ruiz")
    assert not mention.narrated


def test_the_catalogue_knows_the_gender_where_the_name_does_not_tell() -> None:
    text = "Lee Tamm met Karl Voss on Monday. Lee Tamm said she was tired."
    place = text.index("she")
    for gender, actor in (("f", "tamm"), ("m", None), ("x", None)):
        catalogue = Catalogue({"tamm": KnownActor("tamm", "Lee Tamm", "person", gender=gender)})
        found = resolved(text, catalogue).get(place)
        assert (found.actor if found is not None else None) == actor


def test_an_article_without_pronouns_or_mentions_gives_nothing() -> None:
    assert resolved("The council approved the budget on Monday. It takes effect in July.") == {}
    assert resolved("He left. She stayed. They laughed.") == {}


@given(st.lists(st.sampled_from(FRAGMENTS), min_size=3, max_size=40).map("".join))
def test_any_text_is_read_and_each_pronoun_once(text: str) -> None:
    text = f"Ana Ruiz and Karl Voss met in the town hall on Monday. {text}"
    article, actors, mentions = read_article(text)
    found = resolve(article, actors, mentions, Catalogue({}))
    starts = [mention.span.start for mention in found]
    assert len(set(starts)) == len(starts)
    for mention in found:
        assert mention.how is How.PRONOUN
        assert article.sentences[mention.sentence].span.contains(mention.span)
        assert mention.voice is article.voice_at(mention.span)


@pytest.mark.parametrize(("old", "new"), [("Ana Ruiz", "Eva Lind"), ("Karl Voss", "Mr. Haddad")])
def test_renaming_a_person_renames_where_pronouns_lead_and_nothing_else(old: str, new: str) -> None:
    text = "{0} opened the bridge. Now {1} says {1} will not pay, and {2} is angry. {3} left."
    filled = [text.format(name, *pronouns) for name in (old, new) for pronouns in [words(old)]]
    before, after = ([mention.actor for mention in sorted_mentions(one)] for one in filled)
    assert len(before) == len(after) > 0
    assert len({*before}) == len({*after}) == 1


def words(name: str) -> tuple[str, str, str]:
    return ("she", "her", "She") if of_name(name) == "f" else ("he", "his", "He")


def sorted_mentions(text: str) -> list[Mention]:
    found = resolved(text)
    return [found[place] for place in sorted(found)]


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ana Ruiz", "f"),
        ("Donald Trump", "m"),
        ("Mr. Okoye", "m"),
        ("Mrs Thatcher", "f"),
        ("President Emmanuel Macron", "m"),
        ("Queen Elizabeth", "f"),
        ("Anne-Marie Koch", "f"),
        ("Jean-Claude Juncker", "m"),
        ("Kim Lee", None),
        ("Thomas", None),
        ("Netanyahu", None),
        ("David-Simonds", None),
        ("Gov.", None),
    ],
)
def test_a_name_tells_a_gender_or_none(name: str, gender: str | None) -> None:
    assert of_name(name) == gender


def test_no_given_name_is_in_both_lists() -> None:
    assert not MALE & FEMALE
    assert SURNAMES < MALE | FEMALE


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("Israelis", True),
        ("Houthis", True),
        ("Israeli forces", True),
        ("Taliban", True),
        ("British", True),
        ("Hamas", False),
        ("United States", False),
        ("IDF", False),
        ("US", False),
        ("Congress", False),
        ("White House", False),
    ],
)
def test_a_name_in_the_plural_is_told_from_one_in_the_singular(name: str, plural: bool) -> None:
    assert is_plural_name(name) is plural


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ana met the press.", Role.SUBJECT),
        ("Ana, the mayor of Flint, met the press.", Role.SUBJECT),
        ("“No,” said Ana.", Role.SUBJECT),
        ("They met Ana on Monday.", Role.OBJECT),
        ("They want to meet Ana on Monday.", Role.OBJECT),
        ("Ana's office was shut.", Role.OWNER),
        ("Ana’s office was shut.", Role.OWNER),
        ("Ana's going home.", Role.SUBJECT),
        ("The office of Ana was shut.", Role.OF),
        ("It was shut by Ana.", Role.BY),
        ("They spoke with former mayor Ana.", Role.WITH),
        ("They spoke to Ana.", Role.PREPOSITION),
        ("They left before Ana spoke.", Role.SUBJECT),
        ("The Ana administration was shut.", Role.MODIFIER),
        ("The mayor, Ana, was ill.", Role.SUBJECT),
    ],
)
def test_the_role_of_a_name_is_read_from_the_words_beside_it(text: str, role: Role) -> None:
    at = text.index("Ana")
    reading = read(text, Span(0, len(text)), 0, [Named(at, at + 3, "ana")], pronouns(text))
    assign(reading)
    assert next(phrase for phrase in reading.phrases if phrase.who == "ana").role is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("They saw her on Monday.", Role.OBJECT),
        ("They saw her.", Role.OBJECT),
        ("They saw her house.", Role.OWNER),
        ("They saw her own house.", Role.OWNER),
        ("They told her that it was late.", Role.OBJECT),
        ("They spoke to her on Monday.", Role.PREPOSITION),
    ],
)
def test_her_is_an_object_or_a_possessive(text: str, role: Role) -> None:
    reading = read(text, Span(0, len(text)), 0, [], pronouns(text))
    assign(reading)
    assert next(phrase for phrase in reading.phrases if phrase.who == "her").role is role
