"""Stance toward actors: what counts for it and what does not, roles, speakers, shares of voice, evidence."""

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.actors.mention import Actor, Found, How, Mention
from framing.article import Article, Document, Sentence, Span, Stretch, Voice
from framing.errors import UsageError
from framing.features.roles import ROLES, Standing, role
from framing.features.stance import MIN_SENTENCES, actor_scores, scores
from framing.scores import ActorScore, ArticleScore, BundleName, Judgement
from framing.seeds.actors import Catalogue

NAMES = {"ruiz": "Ana Ruiz", "cole": "Cole", "iran": "Iran"}
LINE = "Ruiz said that the town would get a bridge soon."
NEUTRAL = Judgement(0.1, 0.8, 0.1, 0.0, 0.0, 0.0, 0.0)


def judgement(stance: float, harms: float = 0.0, harmed: float = 0.0) -> Judgement:
    negative, positive = max(0.0, -stance), max(0.0, stance)
    return Judgement(negative, 1 - negative - positive, positive, harms, harmed, 0.0, 0.0)


def article(n: int = 10, quotes: Mapping[int, str | None] | None = None, title: bool = True) -> Article:
    """Sentences that are all the same; of those in `quotes` somebody says all but the first two words."""
    text = "\n".join([LINE] * (n + 1))
    spans = [Span(at * (len(LINE) + 1), at * (len(LINE) + 1) + len(LINE)) for at in range(n + 1)]
    sentences = [Sentence(span, (Stretch(span, Voice.JOURNALIST),)) for span in spans]
    for number, speaker in (quotes or {}).items():
        span = spans[number + 1]
        middle = span.start + len("Ruiz said ")
        parts = (
            Stretch(Span(span.start, middle), Voice.JOURNALIST),
            Stretch(Span(middle, span.stop), Voice.QUOTED, speaker, indirect=True),
        )
        sentences[number + 1] = Sentence(span, parts)
    return Article(Document("a", text), sentences[0] if title else None, tuple(sentences[1:]))


def found(*mentions: Mention) -> Found:
    order = dict.fromkeys(mention.actor for mention in mentions)
    return Found({id: Actor(id, NAMES[id], "person", known=True) for id in order}, mentions)


def mention(sentence: int, actor: str = "ruiz", at: int = 0, **other: object) -> Mention:
    """The first word of a sentence of `article`, or what stands `at` characters further on."""
    start = (sentence + 1) * (len(LINE) + 1) + at
    kept: dict[str, object] = {"voice": Voice.JOURNALIST, **other}
    return Mention(actor, Span(start, start + 4), sentence, **kept)  # type: ignore[arg-type]


def speaker_of(words: str) -> str | None:
    return next((id for id, name in NAMES.items() if words.casefold() in name.casefold()), None)


def score_of(
    mentions: list[Mention], judged: Mapping[int, Judgement] | list[Judgement], one: Article | None = None
) -> ActorScore:
    rows = dict(enumerate(judged)) if isinstance(judged, list) else judged
    return scores(one or article(), found(*mentions), rows, speaker_of)[0]


def test_stance_is_the_mean_over_sentences_and_not_over_mentions() -> None:
    mentions = [mention(0), mention(0, at=20), mention(1), mention(2)]
    score = score_of(mentions, [judgement(-1), judgement(0), judgement(0.5), judgement(0.6)])
    assert score.stance == pytest.approx((-0.5 + 0.5 + 0.6) / 3)
    assert (score.n, score.n_mentions) == (3, 4)


@pytest.mark.parametrize(
    ("n", "known", "bounded"), [(0, False, False), (1, False, False), (2, True, False), (3, True, True)]
)
def test_a_stance_needs_two_sentences_and_an_interval_three(n: int, known: bool, bounded: bool) -> None:
    mentions = [mention(at) for at in range(4)]
    score = score_of(mentions, {at: judgement(0.3 * at) for at in range(n)})
    assert (score.stance is not None, score.low is not None, score.high is not None) == (known, bounded, bounded)
    assert (score.why_null is None) is known
    assert known or "too little" in str(score.why_null)
    assert score.n == n


def test_the_headline_is_apart() -> None:
    mentions = [mention(-1), mention(0), mention(1)]
    score = score_of(mentions, [judgement(-0.9), judgement(0.2), judgement(0.4)])
    assert score.stance == pytest.approx(0.3)
    assert score.title_stance == pytest.approx(-0.9)
    assert score.n_mentions == 3


def test_what_others_say_is_apart_whether_quoted_or_reported() -> None:
    mentions = [
        mention(0),
        mention(1),
        mention(2, voice=Voice.QUOTED, speaker="Cole", at=30),
        mention(3, judge="Iran"),
        mention(3),
    ]
    score = score_of(mentions, [judgement(one) for one in (0.2, 0.4, -0.8, -0.6, 0.0)], article(quotes={2: "Cole"}))
    assert (score.stance, score.n) == (pytest.approx(0.2), 3)
    assert (score.quoted_stance, score.n_quoted) == (pytest.approx(-0.7), 2)
    assert [(who.name, who.stance, who.n) for who in score.speakers] == [
        ("Cole", pytest.approx(-0.8), 1),
        ("Iran", pytest.approx(-0.6), 1),
    ]


def test_a_speaker_has_one_line_however_it_is_named() -> None:
    named = ["Ruiz", "Ana Ruiz", "the mayor", "The mayor", "Ruiz", None]
    mentions = [mention(at, "cole", at=20, voice=Voice.QUOTED, speaker=name) for at, name in enumerate(named)]
    score = score_of([*mentions, mention(9, "ruiz")], [judgement(-0.5)] * 6, article(quotes=dict(enumerate(named))))
    assert [(who.name, who.n) for who in score.speakers] == [("Ana Ruiz", 3), ("the mayor", 2), ("unnamed", 1)]


def test_most_mentioned_come_first_then_who_is_mentioned_first() -> None:
    mentions = [mention(0, "iran"), mention(1, "cole"), mention(2), mention(3)]
    order = [score.id for score in scores(article(), found(*mentions), {}, speaker_of)]
    assert order == ["ruiz", "iran", "cole"]


def test_every_mention_is_evidence_and_the_weights_give_the_stance() -> None:
    mentions = [
        mention(-1),
        mention(0),
        mention(0, at=20, how=How.PRONOUN),
        mention(1),
        mention(2, judge="unnamed"),
        mention(3),
    ]
    judged = {0: judgement(0.9), 1: judgement(-0.2), 2: judgement(-0.6), 3: judgement(0.1), 4: judgement(-1)}
    score = score_of(mentions, judged)
    rows = score.evidence
    assert [row.span for row in rows] == [one.span for one in mentions]
    assert [row.stance for row in rows] == [pytest.approx(one) for one in (0.9, -0.2, -0.6, 0.1, -1)] + [None]
    assert [row.narrated for row in rows] == [True, True, True, True, False, True]
    assert [row.how for row in rows][2] == "pronoun"
    assert [row.weight for row in rows] == [0, 0.25, 0.25, 0.5, 0, 0]
    assert math.fsum(row.weight * (row.stance or 0) for row in rows) == pytest.approx(score.stance)


def test_without_a_stance_no_mention_has_a_weight() -> None:
    score = score_of([mention(0), mention(1)], {0: judgement(-1)})
    assert [row.weight for row in score.evidence] == [0, 0]


@pytest.mark.parametrize(
    ("quotes", "share"),
    [
        ({}, None),
        ({0: "Cole", 1: None}, 0.0),
        ({0: "Ana Ruiz", 1: "Cole"}, 0.5),
        ({0: "Ruiz", 1: "Cole", 2: None, 3: "the mayor"}, 0.25),
        ({0: "Ruiz"}, 1.0),
    ],
)
def test_share_of_voice_is_of_all_quoted_words(quotes: dict[int, str | None], share: float | None) -> None:
    assert score_of([mention(9)], [], article(quotes=quotes)).share_of_voice == share


def test_a_quotation_by_he_belongs_to_whom_the_pronoun_stands_for() -> None:
    beside = [mention(0, how=How.PRONOUN), mention(4)]
    elsewhere = [mention(0, how=How.PRONOUN, at=20), mention(4)]
    assert score_of(beside, [], article(quotes={0: None})).share_of_voice == 1.0
    assert score_of(elsewhere, [], article(quotes={0: None})).share_of_voice == 0.0
    assert score_of(beside, [], article(quotes={0: "Cole"})).share_of_voice == 0.0


def standing(harms: list[float], harmed: list[float], stance: float | None, width: float | None = 0.2) -> Standing:
    bounded = stance is not None and width is not None
    low = stance - width if bounded else None  # type: ignore[operator]
    high = stance + width if bounded else None  # type: ignore[operator]
    return Standing(harms, harmed, stance, low, high, central=True)


LOW = [0.1, 0.1, 0.1]
TWICE = [0.9, 0.8, 0.1]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (standing(TWICE, LOW, -0.6), "antagonist"),
        (standing(TWICE, LOW, -0.6, None), "harms"),
        (standing(TWICE, LOW, -0.6, 0.7), "harms"),
        (standing(TWICE, LOW, -0.1), "harms"),
        (standing(TWICE, LOW, None), "harms"),
        (standing([0.9, 0.4, 0.4], LOW, -0.6), None),
        (standing(TWICE, TWICE, -0.6), None),
        (standing(LOW, TWICE, 0.0), "victim"),
        (standing(LOW, TWICE, None), "victim"),
        (standing(LOW, TWICE, -0.05), "victim"),
        (standing(LOW, TWICE, -0.4), "harmed"),
        (standing(LOW, TWICE, 0.6), "victim"),
        (standing(LOW, LOW, 0.6), "protagonist"),
        (standing(TWICE, LOW, 0.6), "protagonist"),
        (standing(LOW, LOW, 0.6, None), None),
        (standing(LOW, LOW, 0.6, 0.7), None),
        (standing(LOW, LOW, 0.1, 0.05), None),
        (replace(standing(LOW, LOW, 0.6), central=False), None),
        (standing(LOW, LOW, -0.6), None),
        (standing([], [], None), None),
    ],
)
def test_a_role_needs_sufficient_evidence(one: Standing, expected: str | None) -> None:
    assert role(one) == expected


def test_roles_look_at_the_journalists_sentences_of_the_body_only() -> None:
    harm = judgement(0.0, harms=0.9)
    own = [mention(0), mention(1)]
    others = [mention(-1), mention(0), mention(1, judge="Cole"), mention(2, voice=Voice.QUOTED)]
    assert score_of(own, [harm, harm]).role == "harms"
    assert score_of(others, [harm, NEUTRAL, harm, harm]).role is None


def test_a_protagonist_is_the_most_mentioned_or_in_the_headline() -> None:
    praised = [mention(at) for at in range(3)]
    more = [mention(at, "cole", at=20) for at in range(4)]
    judged = {at: judgement(0.8) for at in range(3)}
    alone = scores(article(), found(*praised), judged, speaker_of)[0]
    beside = scores(article(), found(*praised, *more), judged, speaker_of)[1]
    headline = scores(article(), found(*praised, *more, mention(-1)), judged, speaker_of)
    assert (alone.role, beside.id, beside.role) == ("protagonist", "ruiz", None)
    assert {score.id: score.role for score in headline}["ruiz"] == "protagonist"


def test_speakers_are_matched_with_the_actors_of_the_article() -> None:
    one = article(quotes={0: "Ana Ruiz", 1: "Ruiz", 2: "the mayor"})
    (score,) = actor_scores(one, found(mention(5)), {}, Catalogue({}, {}))
    assert score.share_of_voice == pytest.approx(2 / 3)


def test_an_article_without_actors_has_no_scores() -> None:
    assert scores(article(), Found(), {}, speaker_of) == ()


def test_a_score_is_null_and_says_why_or_neither() -> None:
    with pytest.raises(UsageError, match="why_null"):
        ActorScore("a", "A", "person", known=False, stance=None)
    with pytest.raises(UsageError, match="why_null"):
        ActorScore("a", "A", "person", known=False, stance=0.1, why_null="too little")


def test_evidence_in_json_has_the_sentence_and_in_it_the_mention() -> None:
    one = article(quotes={1: "Cole"})
    mentions = [mention(-1), mention(0), mention(1, at=15, voice=Voice.QUOTED, speaker="Cole")]
    score = scores(one, found(*mentions), {1: judgement(0.5)}, speaker_of)
    data = ArticleScore(BundleName("b", "1", "0"), one, {}, actors=score).to_dict(with_text=True)
    text, (actor,) = data["article"]["text"], data["actors"]
    assert [row["sentence"] for row in actor["evidence"]] == [-1, 0, 1]
    assert [row["stance"] for row in actor["evidence"]] == [None, 0.5, None]
    assert [row["speaker"] for row in actor["evidence"]] == [None, None, "Cole"]
    for row in actor["evidence"]:
        assert text[row["start"] : row["stop"]] == row["text"]
        assert row["start"] <= row["mention"]["start"] < row["mention"]["stop"] <= row["stop"]
        assert text[row["mention"]["start"] : row["mention"]["stop"]] == row["mention"]["text"]


probabilities = st.floats(0, 1)
judgements = st.builds(
    lambda a, b, h, d: Judgement(min(a, b), abs(a - b), 1 - max(a, b), h, d, 0.0, 0.0),
    probabilities,
    probabilities,
    probabilities,
    probabilities,
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Mention], dict[int, Judgement]]:
    """Mentions of three actors in ten sentences and the headline, four in five of them judged."""
    kinds = ({}, {}, {}, {"judge": "Cole"}, {"voice": Voice.QUOTED, "speaker": "Cole"}, {"voice": Voice.QUOTED})
    rows = draw(
        st.lists(st.tuples(st.integers(-1, 9), st.sampled_from(sorted(NAMES)), st.sampled_from(kinds)), max_size=30)
    )
    mentions = [mention(sentence, actor, **other) for sentence, actor, other in sorted(rows, key=lambda row: row[0])]
    judged = {at: draw(judgements) for at in range(len(mentions)) if draw(st.integers(0, 4))}
    return mentions, judged


@given(cases())
def test_every_value_is_in_range(case: tuple[list[Mention], dict[int, Judgement]]) -> None:
    mentions, judged = case
    for score in scores(article(quotes={3: "Ruiz", 4: None}), found(*mentions), judged, speaker_of):
        positions = [score.stance, score.low, score.high, score.quoted_stance, score.title_stance]
        positions += [one.stance for one in (*score.speakers, *score.evidence)]
        assert all(one is None or -1 - 1e-9 <= one <= 1 + 1e-9 for one in positions)
        assert score.low is None or score.low <= score.stance + 1e-9 <= score.high + 2e-9  # type: ignore[operator]
        assert 0 <= score.share_of_voice <= 1  # type: ignore[operator]
        assert score.role in (*ROLES, None)
        assert (score.stance is None) == (score.n < MIN_SENTENCES)
        assert (score.quoted_stance is None) == (score.n_quoted == 0) == (not score.speakers)
        assert sum(row.weight for row in score.evidence) == pytest.approx(float(score.stance is not None))
        assert score.n_mentions == len(score.evidence)


@given(cases(), st.permutations(range(10)))
def test_the_order_of_sentences_changes_nothing(
    case: tuple[list[Mention], dict[int, Judgement]], order: list[int]
) -> None:
    mentions, judged = case
    moved = [
        one if one.sentence < 0 else replace(mention(order[one.sentence], one.actor), **unplaced(one))
        for one in mentions
    ]
    numbers = sorted(range(len(moved)), key=lambda at: moved[at].sentence)
    again = {new: judged[old] for new, old in enumerate(numbers) if old in judged}
    before = scores(article(), found(*mentions), judged, speaker_of)
    after = scores(article(), found(*(moved[old] for old in numbers)), again, speaker_of)
    assert {score.id: figures(score) for score in before} == {score.id: figures(score) for score in after}


def unplaced(one: Mention) -> dict[str, object]:
    return {"voice": one.voice, "speaker": one.speaker, "judge": one.judge}


def figures(score: ActorScore) -> tuple[object, ...]:
    speakers = {(who.name, who.stance, who.n) for who in score.speakers}
    apart = (score.quoted_stance, score.n_quoted, score.title_stance, score.n_mentions, speakers)
    return score.stance, score.low, score.high, score.n, score.role, apart


@given(cases(), judgements)
def test_narrated_and_quoted_never_mix(case: tuple[list[Mention], dict[int, Judgement]], other: Judgement) -> None:
    mentions, judged = case

    def with_others(narrated: bool) -> tuple[ActorScore, ...]:
        changed = {at: other if mentions[at].narrated is narrated else one for at, one in judged.items()}
        return scores(article(), found(*mentions), changed, speaker_of)

    before = scores(article(), found(*mentions), judged, speaker_of)
    for score, others_changed, own_changed in zip(before, with_others(False), with_others(True), strict=True):
        own = (score.stance, score.low, score.high, score.n, score.role, score.title_stance)
        kept = others_changed
        assert own == (kept.stance, kept.low, kept.high, kept.n, kept.role, kept.title_stance)
        assert (score.quoted_stance, score.speakers) == (own_changed.quoted_stance, own_changed.speakers)


@given(cases())
def test_mentioning_an_actor_twice_in_a_sentence_with_one_judgement_changes_no_stance(
    case: tuple[list[Mention], dict[int, Judgement]],
) -> None:
    mentions, judged = case
    doubled = [one for one in mentions for _ in range(2)]
    again = {2 * at + twice: one for at, one in judged.items() for twice in range(2)}
    before = scores(article(), found(*mentions), judged, speaker_of)
    after = scores(article(), found(*doubled), again, speaker_of)
    for one, two in zip(before, after, strict=True):
        assert one.stance == (None if two.stance is None else pytest.approx(two.stance, abs=1e-12))
        assert (one.n, one.n_quoted, 2 * one.n_mentions) == (two.n, two.n_quoted, two.n_mentions)
