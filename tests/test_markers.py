"""Markers: whole words, names, negation, voices and offsets."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.article import Article, Document, Kind, Sentence, Span, Stretch, Voice
from framing.features.folding import Line
from framing.features.markers import MarkerFinder, one_sentence
from framing.scores import Marker
from framing.seeds import Lexicon, Term

TERMS = (
    Term("massacre", "noun", "killing"),
    Term("hell", "noun"),
    Term("scorched-earth", "adjective", "destructive"),
    Term("witch hunt", "noun"),
    Term("regime", "noun", "government", ("exercise regime", "tax regime")),
    Term("regime change", "noun"),
    Term("slam", "verb", "criticise"),
    Term("slay", "verb", "kill", forms=("slew", "slain")),
    Term("radical", "adjective"),
    Term("Big Tech", "phrase"),
    Term("can", "verb"),
    Term("coup d'état", "noun", forms=("coups d'état",)),
)


def lexicon(name: str = "loaded", terms: tuple[Term, ...] = TERMS, kind: str = "terms") -> Lexicon:
    return Lexicon(name, "g", "wording", kind, "own", "MIT", "2026-11-20", {}, terms)


FINDER = MarkerFinder((lexicon(),))
PASSIVES = MarkerFinder(
    (lexicon("passive", tuple(Term(t, "phrase") for t in ("killed", "shot", "shot dead")), "agentless_passive"),)
)


def found(text: str, finder: MarkerFinder = FINDER) -> list[str]:
    return [hit.text for hit in finder.find_in_text(text) if not hit.negated]


MATCHING = [
    ("a whole word", "It was a massacre.", ["massacre"]),
    ("not inside a word", "The shell massacred hello.", []),
    ("plural", "Two massacres and three witch hunts.", ["massacres", "witch hunts"]),
    ("possessive", "The regime's army and the regimes’ allies.", ["regime", "regimes"]),
    ("hyphen as hyphen", "A scorched-earth policy.", ["scorched-earth"]),
    ("hyphen as space", "A scorched earth policy.", ["scorched earth"]),
    ("hyphen as nothing", "A scorchedearth policy.", ["scorchedearth"]),
    ("hyphen as no-break hyphen", "A scorched‑earth policy.", ["scorched‑earth"]),
    ("space as hyphen", "A witch-hunt began.", ["witch-hunt"]),
    ("space over a line break", "A witch\nhunt and a witch  hunt.", ["witch\nhunt", "witch  hunt"]),
    ("hyphenated neighbour", "The regime-backed, anti-regime press.", ["regime", "regime"]),
    ("dash", "The regime—change came — a massacre.", ["regime", "massacre"]),
    ("inflected verb", "He slams, slammed, is slamming.", ["slams", "slammed", "slamming"]),
    ("irregular forms", "They slew and were slain.", ["slew", "slain"]),
    ("upper and lower case", "MASSACRE, Massacre, massacre.", ["MASSACRE", "Massacre", "massacre"]),
    ("longest wins", "They wanted regime change now.", ["regime change"]),
    ("unless", "A strict exercise regime and exercise regimes.", []),
    ("unless only there", "The tax regime of the regime.", ["regime"]),
    ("unless across a hyphen", "A tax-regime.", []),
    ("unless across quotation marks", "A tax “regime”, “exercise 'regime'” and a “ tax ” regime.", []),
    ("unless not across a full stop", "He paid the tax. “Regime fell.”", ["Regime"]),
    ("quotation marks alone", "The ‘regime’ and the 'tax' of the \"regime\".", ["regime", "regime"]),
    ("case of the term", "Big Tech is big tech, or BIG TECH.", ["Big Tech", "BIG TECH"]),
    ("contraction", "You can't, you can.", ["can"]),
    ("inside an apostrophe name", "O'Hell spoke.", []),
    ("quotation marks", "'Massacre' and “massacre” and \"massacre\".", ["Massacre", "massacre", "massacre"]),
    ("curly apostrophe", "A coup d’état and a coup d'état.", ["coup d’état", "coup d'état"]),
    ("decomposed letter", "A coup d'e\u0301tat.", ["coup d'e\u0301tat"]),
    ("combining mark at the edge", "A massacre\u0301 is no word.", []),
    ("soft hyphen", "A mas\u00adsacre.", ["mas\u00adsacre"]),
    ("emoji", "😀😀 massacre 😀 regime", ["massacre", "regime"]),
    ("letters that grow in lower case", "İİİ ßẞ ŉ massacre", ["massacre"]),
    ("no text", "  ", []),
]


@pytest.mark.parametrize(("text", "hits"), [case[1:] for case in MATCHING], ids=[case[0] for case in MATCHING])
def test_terms_match_as_whole_words(text: str, hits: list[str]) -> None:
    assert found(text) == hits


NAMES = [
    ("a street", "The hotel on Massacre Avenue is closed.", []),
    ("a party", "He joined the Radical Party in May.", []),
    ("after a name", "Visitors saw the Boston Massacre exhibit.", []),
    ("bridged by of", "They crossed the Bay of Hell in silence.", []),
    ("a surname", "The judge heard Mr. Slain on Monday.", []),
    ("first word, head of a name follows", "Massacre Avenue is closed to traffic.", []),
    ("first word, name follows", "Radical Democrats want more money for schools.", ["Radical"]),
    ("first word of a quotation", "He said: “Radical Democrats want more money.”", ["Radical"]),
    ("after a full stop", "It rained. Radical Democrats want more money.", ["Radical"]),
    ("first words, name follows", "Big tech slammed. Witch hunt Britain calls it.", ["slammed", "Witch hunt"]),
    ("headline with a full stop", "Trump Slams Radical Judges Over Massacre Case.", ["Slams", "Radical", "Massacre"]),
    ("beside a day", "They met on the Massacre Monday and left.", ["Massacre"]),
    ("beside I", "So I Slammed it and left the room.", ["Slammed"]),
    ("alone in capitals", "Some call it the Massacre of that spring.", ["Massacre"]),
    ("after the article that opens", "The Regime fell within a week.", ["Regime"]),
    ("lower case beside a name", "The massacre Paris remembers.", ["massacre"]),
    ("emphasis", "The Syrian MASSACRE goes on.", ["MASSACRE"]),
    ("headline in title case", "Trump Slams Radical Judges Over Massacre Case", ["Slams", "Radical", "Massacre"]),
    ("headline in capitals", "PRESIDENT SLAMS RADICAL JUDGES", ["SLAMS", "RADICAL"]),
]


@pytest.mark.parametrize(("text", "hits"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_words_inside_names_do_not_count(text: str, hits: list[str]) -> None:
    assert found(text) == hits


NEGATIONS = [
    ("It was not a massacre.", True),
    ("It was not an outright massacre.", True),
    ("It wasn’t really a massacre.", True),
    ("There was no massacre.", True),
    ("They left without a massacre.", True),
    ("It was hardly a massacre.", True),
    ("It is no longer a massacre.", True),
    ("It was far from a massacre.", True),
    ("He never slammed the plan.", True),
    ("He did not openly slam the plan.", True),
    ("It was not only a massacre.", False),
    ("It was not just a massacre.", False),
    ("No doubt the massacre was planned.", False),
    ("He did not condemn the massacre.", False),
    ("He said no, and the massacre went on.", False),
    ("He did not go; a massacre followed.", False),
    ("It was not a war but a massacre.", False),
    ("A massacre, not an accident.", False),
    ("They cut it without raising massacre relief.", False),
    ("The trouble was not that the regime fell.", False),
    ("He bought a knot of hell.", False),
    (
        "Whatever those in the ministry may have told reporters who had come to ask there was no real massacre.",
        True,
    ),
    ("It was nothing but a massacre.", False),
    ("Nobody knew that the massacre was near.", False),
    ("It was a crime if not an outright massacre.", False),
    ("It was a crime, if not a massacre.", False),
    ("They ask if it was not a massacre.", True),
]


@pytest.mark.parametrize(("text", "negated"), NEGATIONS, ids=[case[0] for case in NEGATIONS])
def test_a_denied_hit_is_listed_as_negated(text: str, negated: bool) -> None:
    assert [hit.negated for hit in FINDER.find_in_text(text)] == [negated]


PASSIVE = [
    ("Dozens were killed.", ["were killed"]),
    ("Dozens have been brutally killed in the raid.", ["been brutally killed"]),
    ("He got shot dead on Monday.", ["got shot dead"]),
    ("Dozens were killed by Monday night.", ["were killed"]),
    ("Dozens were killed by 5 pm.", ["were killed"]),
    ("Dozens were killed in the raid", ["were killed"]),
    ("Two were killed by mistake.", ["were killed"]),
    ("Dozens were killed, said a report by the police.", ["were killed"]),
    ("Dozens were killed when a car was hit by a train.", ["were killed"]),
    ("Dozens were killed and the town was taken by rebels.", ["were killed"]),
    ("Dozens were killed by the police.", []),
    ("Dozens were killed on Monday by police.", []),
    ("Dozens were killed at the hands of police.", []),
    ("They are getting people killed.", []),
    ("Dozens were killed and wounded by police.", []),
    ("Police killed dozens.", []),
    ("He was the killed man.", []),
    ("It was, he said, killed.", []),
    ("This is what killed him.", []),
    ("He is the one who killed them.", []),
    ("That was how killed men came home.", []),
    ("The raid was that which killed them.", []),
]


@pytest.mark.parametrize(("text", "hits"), PASSIVE, ids=[case[0] for case in PASSIVE])
def test_a_passive_counts_when_nobody_did_it(text: str, hits: list[str]) -> None:
    assert found(text, PASSIVES) == hits


@pytest.mark.parametrize(
    "text",
    [
        "They were not killed.",
        "No children were killed.",
        "No one was killed.",
        "He was never shot.",
        "No one was hurt or killed.",
        "They never were hurt or killed.",
    ],
)
def test_a_denied_passive_is_negated(text: str) -> None:
    assert [hit.negated for hit in PASSIVES.find_in_text(text)] == [True]


def test_a_passive_in_a_clause_of_its_own_is_not_negated() -> None:
    assert [hit.negated for hit in PASSIVES.find_in_text("Nobody knew they were hurt or killed.")] == [False]


def voiced_article() -> Article:
    text = "Massacre in Town\n\nClose massacre\n\nThe regime said “a massacre” was a “freedom zone”."
    body, quote = text.index("The regime"), text.index("a massacre”")
    parts = [Span(body, quote), Span(quote, quote + 10), Span(quote + 10, len(text))]
    voices = (Voice.JOURNALIST, Voice.QUOTED, Voice.JOURNALIST)
    stretches = tuple(Stretch(span, voice) for span, voice in zip(parts, voices, strict=True))
    title = Span(0, 16)
    scare = text.index("“freedom")
    return Article(
        Document("a", text),
        Sentence(title, (Stretch(title, Voice.JOURNALIST),), Kind.HEADING),
        (Sentence(Span(body, len(text)), stretches),),
        scare_quotes=(Span(scare, scare + len("“freedom zone”")),),
    )


def test_markers_have_the_voice_of_their_place_and_removed_text_has_none() -> None:
    article = voiced_article()
    finder = MarkerFinder((lexicon(), lexicon("scare", (), "scare_quote")))
    rows = [(m.lexicon, m.term, m.span.of(article.text), m.voice.value) for m in finder.find(article)]
    assert rows == [
        ("loaded", "massacre", "Massacre", "journalist"),
        ("loaded", "regime", "regime", "journalist"),
        ("loaded", "massacre", "massacre", "quoted"),
        ("scare", "freedom zone", "“freedom zone”", "journalist"),
    ]


def test_a_marker_carries_its_plain_alternative() -> None:
    assert [m.plain for m in FINDER.find(one_sentence("A massacre."))] == ["killing"]


def test_lexicons_overlap_freely_and_the_users_own_are_marked() -> None:
    own = lexicon("mine", (Term("regime", "noun"),))
    markers = MarkerFinder((lexicon(),), own=(own,)).find(one_sentence("They wanted regime change."))
    assert [(m.lexicon, m.term, m.own) for m in markers] == [
        ("mine", "regime", True),
        ("loaded", "regime change", False),
    ]


def test_no_lexicons_find_nothing() -> None:
    assert MarkerFinder(()).find(one_sentence("A massacre.")) == ()


def test_scare_quotes_alone_need_no_terms() -> None:
    finder = MarkerFinder((lexicon("scare", (), "scare_quote"),))
    assert [m.term for m in finder.find(voiced_article())] == ["freedom zone"]


def article_of_lines(lines: list[str]) -> Article:
    text = "\n".join(lines)
    sentences, start = [], 0
    for line in lines:
        span = Span(start, start + len(line))
        sentences.append(Sentence(span, (Stretch(span, Voice.JOURNALIST),)))
        start = span.stop + 1
    return Article(Document("a", text), None, tuple(sentences))


SOME_WORDS = "massacre regime hell shell change scorched earth witch hunt not never no by can't exercise tax"
SOME_MORE = "Radical Party é İ ß 😀 — , “ ” ."
WORDS = st.sampled_from(f"{SOME_WORDS} {SOME_MORE}".split())
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
ANY_TEXT = st.text(min_size=1, max_size=60)


def rows(markers: tuple[Marker, ...], text: str) -> list[tuple[str, str, bool]]:
    return [(m.term, m.span.of(text), m.negated) for m in markers]


@given(st.lists(LINES, min_size=1, max_size=4))
def test_repeating_the_article_doubles_its_markers(lines: list[str]) -> None:
    once, twice = article_of_lines(lines), article_of_lines(lines * 2)
    assert rows(FINDER.find(twice), twice.text) == rows(FINDER.find(once), once.text) * 2


@given(LINES)
def test_shouting_loses_no_hit(line: str) -> None:
    quiet = [hit.term for hit in FINDER.find_in_text(line.lower())]
    assert [hit.term for hit in FINDER.find_in_text(line.lower().upper()) if hit.term != "Big Tech"] == quiet


@given(st.sampled_from([t.term for t in TERMS]), st.text("abcdefxyzé", min_size=1, max_size=3))
def test_a_longer_word_does_not_match(term: str, more: str) -> None:
    assert [hit for hit in found(f"the {more}{term}{more} fell") if hit.startswith(term[:3])] == []


@given(ANY_TEXT, ANY_TEXT)
def test_a_hit_covers_its_own_characters_whatever_stands_around_it(before: str, after: str) -> None:
    text = f"{before} massacre {after}"
    covered = {m.span.of(text) for m in FINDER.find(one_sentence(text)) if m.term == "massacre"}
    assert "massacre" in covered or found(text) != []


@given(ANY_TEXT)
def test_folding_keeps_the_length_and_finds_the_way_back(text: str) -> None:
    line = Line(text)
    assert len(line.folded) == len(line.even)
    for place in range(len(line.even)):
        start, stop = line.original(place, place + 1)
        assert 0 <= start < stop <= len(text)


def test_an_article_is_searched_in_a_few_milliseconds() -> None:
    article = article_of_lines(["The regime slammed the witch hunt, and it was not a massacre at all."] * 70)
    FINDER.find(article)
    start = time.perf_counter()
    markers = FINDER.find(article)
    assert len(markers) == 280
    assert time.perf_counter() - start < 0.1
