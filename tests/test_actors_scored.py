"""Actors end to end with the shipped bundle: found, told apart, judged, narrated apart from quoted."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from framing.article import Document, Span, Voice
from framing.ingest import read
from framing.name_head import NameHead
from framing.neural.shapes import N_SHAPES, TAGS, shapes, word_starts
from framing.scorer import Scorer
from framing.scores import ActorScore, ArticleScore
from framing.text import article_of

ROOT = Path(__file__).resolve().parent.parent
Scored = Callable[[str], ArticleScore]
FILLER = " The talks in Geneva began on Monday and are to last until Friday, the organisers said in a short note." * 3
STORY = (
    "Prime Minister Benjamin Netanyahu met President Donald Trump in Washington on Monday. Mr Trump then spoke for an "
    "hour. Netanyahu, who has wrecked the talks with reckless lies, left early. Trump's aides were silent. The IDF "
    "said that its troops had left the town. Israel was calm. Netanyahu's government will meet on Tuesday. Ana Ruiz, a "
    "teacher, was there. Ms Ruiz took notes. Netanyahu again betrayed his voters with a disgraceful, cynical deal."
)


def by_id(score: ArticleScore) -> dict[str, ActorScore]:
    return {actor.id: actor for actor in score.actors}


def words(score: ArticleScore, id: str) -> list[str]:
    return [line.span.of(score.article.text) for line in by_id(score)[id].evidence]


@pytest.fixture(scope="module")
def real(scorer: Scorer, real_articles: list[Path]) -> dict[str, ArticleScore]:
    """The five real articles, by number."""
    documents = {path.name[:3]: next(iter(read(str(path)))) for path in real_articles}
    return {n: scorer.score(article_of(one)) for n, one in documents.items() if isinstance(one, Document)}


def test_an_actor_is_one_by_whatever_words_it_is_mentioned(score: Scored) -> None:
    found = score(STORY)
    assert {"Donald Trump", "Trump"} <= {name.removeprefix("President ").removeprefix("Mr ") for name in words(
        found, "donald-trump")}  # fmt: skip
    assert sum("Netanyahu" in name for name in words(found, "benjamin-netanyahu")) >= 3
    assert [actor.name for actor in found.actors if "Ruiz" in actor.name] == ["Ana Ruiz"]
    assert by_id(found)["article:ana-ruiz"].n_mentions >= 2


def test_a_state_its_government_and_its_army_are_three(score: Scored) -> None:
    found = by_id(score(STORY))
    assert {"israel", "israel.government", "israel.army"} <= found.keys()


def test_a_capital_where_one_only_stays_is_not_the_government(score: Scored) -> None:
    assert "united-states.government" not in by_id(score(STORY))


def test_what_the_journalist_writes_against_one_actor_is_not_held_against_another(score: Scored) -> None:
    found = by_id(score(STORY))
    target, other = found["benjamin-netanyahu"].stance, found["donald-trump"].stance
    assert target is not None
    assert other is not None
    assert target < -0.3 < other


def test_quoted_words_do_not_move_the_journalists_stance(score: Scored) -> None:
    told = (
        "Ana Ruiz opened the new bridge on Monday. {} Ana Ruiz will open the second bridge in June. On Tuesday Ana "
        "Ruiz answers questions of the council, Omar Diallo said."
    )
    against = told.format("“Ana Ruiz is a corrupt, shameless liar who ruined this town,” said Omar Diallo.")
    kind = told.format("“Ana Ruiz is a wonderful, honest woman who saved this town,” said Omar Diallo.")
    first, second = (by_id(score(text + FILLER))["article:ana-ruiz"] for text in (against, kind))
    assert first.stance == pytest.approx(second.stance, abs=1e-6)
    assert first.quoted_stance is not None
    assert second.quoted_stance is not None
    assert first.quoted_stance < -0.3 < 0.3 < second.quoted_stance
    assert [speaker.name for speaker in first.speakers] == ["Omar Diallo"]


def test_the_stance_is_the_weighted_sum_of_its_evidence(score: Scored) -> None:
    judged = [actor for actor in score(STORY).actors if actor.stance is not None]
    assert judged
    for actor in judged:
        total = sum(line.weight * line.stance for line in actor.evidence if line.stance is not None)
        assert total == pytest.approx(actor.stance, abs=1e-9)
        assert all(line.voice is Voice.JOURNALIST for line in actor.evidence if line.weight)


def test_an_actor_of_one_sentence_has_too_little(score: Scored) -> None:
    found = by_id(score("Lena Park wrecked the town hall with a reckless, shameful deal." + FILLER))[
        "article:lena-park"
    ]
    assert found.stance is None
    assert found.why_null is not None
    assert found.why_null.startswith("too little")


def test_an_article_without_actors_has_an_empty_list_and_a_note(score: Scored) -> None:
    found = score("The rain stopped and the streets dried slowly. " * 8)
    assert found.actors == ()
    assert "no named actor was found" in found.notes


def test_own_actors_are_known_by_their_id(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    header = 'name = "mine"\ngloss = "g"\nsource = "own"\nlicence = "CC0-1.0"\nas_of = "2026-01-01"\n'
    own.write_text(header + '[[actor]]\nid = "ruiz"\nkind = "person"\nname = "Ana Ruiz"\n', "utf-8")
    found = Scorer(threads=1, actors=own).score(article_of(Document("text", STORY)))
    assert by_id(found)["ruiz"].known


def test_the_judgement_of_a_text_points_at_the_span(scorer: Scorer) -> None:
    text = "Lena Park did a wonderful job, but Ivo Novak ruined everything."
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in ("Lena Park", "Ivo Novak")]
    ((kind, against),) = scorer.judge([text], [spans])
    # The blame is felt less than it should be beside praise, which the card's figure for several targets says too.
    assert against.stance < 0 < 0.3 < kind.stance
    assert kind.stance - against.stance > 0.6
    for judgement in (kind, against):
        assert judgement.negative + judgement.neutral + judgement.positive == pytest.approx(1.0, abs=1e-5)


def test_in_the_polemic_netanyahu_is_strongly_negative(real: dict[str, ArticleScore]) -> None:
    netanyahu = by_id(real["004"])["benjamin-netanyahu"]
    assert netanyahu.high is not None
    assert netanyahu.high < -0.3


@pytest.mark.parametrize("id", ["hamas", "iran"])
def test_in_the_analysis_hamas_and_iran_are_negative(real: dict[str, ArticleScore], id: str) -> None:
    found = by_id(real["002"])[id]
    assert found.stance is not None
    assert found.high is not None
    assert found.stance < -0.2
    # Iran's interval reaches above 0 with this bundle: too few mentions to be sure of the sign.
    assert found.high < (0 if id == "hamas" else 0.1)


def test_in_the_real_articles_no_actor_is_split_or_merged(real: dict[str, ArticleScore]) -> None:
    for number, found in real.items():
        names = [actor.name for actor in found.actors]
        assert len(names) == len(set(names)), number
        for surname, id in (("Trump", "donald-trump"), ("Netanyahu", "benjamin-netanyahu")):
            persons = {actor.id for actor in found.actors if actor.kind == "person" and surname in actor.name}
            assert persons <= {id}, number
    assert {"israel", "israel.army", "benjamin-netanyahu"} <= by_id(real["004"]).keys()


def test_figures_of_names_and_stance_are_above_their_floors(scorer: Scorer) -> None:
    floors = json.loads((ROOT / "tests" / "floors.json").read_text("utf-8"))["mentions"]
    measured = {
        f"{row['axis']}/{row['rows']}/{row['metric']}": row["value"]
        for row in scorer.bundle.manifest["metrics"]
        if row["system"] == "bundle"
    }
    assert floors
    for name, floor in floors.items():
        assert measured[name] >= floor, name


SHAPE_CASES = [
    ("The mayor left", ["first capital", "small", "small"]),
    ("we saw NATO", ["first small", "small", "capitals"]),
    ("MAYOR QUITS NOW", ["first shouted", "shouted", "shouted"]),
    ("he left. She stayed", ["first small", "small", "mark", "first capital", "small"]),
]
NUMBER = {"small": 0, "capital": 1, "capitals": 2, "mark": 6, "shouted": 7}


@pytest.mark.parametrize(("text", "expected"), SHAPE_CASES, ids=[case[0] for case in SHAPE_CASES])
def test_the_shape_of_a_word_is_how_it_is_written(text: str, expected: list[str]) -> None:
    pieces = text.replace(".", " .").split()
    offsets, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        offsets.append((at, at + len(piece)))
    numbers = [NUMBER[name.removeprefix("first ")] + N_SHAPES // 2 * name.startswith("first ") for name in expected]
    assert shapes(text, offsets, word_starts(text, offsets)).tolist() == numbers


def test_pieces_of_a_word_belong_together_and_punctuation_parts_words() -> None:
    text = "Ruiz's plan-B"
    offsets = [(0, 2), (2, 4), (4, 5), (5, 6), (7, 11), (11, 12), (12, 13)]
    assert word_starts(text, offsets).tolist() == [True, False, True, True, True, True, True]


def test_a_name_cannot_begin_inside() -> None:
    """With logits that like "inside" best, the likeliest allowed sequence begins with a beginning."""
    head = NameHead(np.zeros((2, 2)), np.zeros(2), np.zeros((3, N_SHAPES, 2)), np.zeros((len(TAGS), 2)), _liked())
    ((name,),) = head.names(["Ana Ruiz"], [np.zeros((2, 2), dtype=np.float32)], [np.array([(0, 3), (4, 8)])])
    assert (name.start, name.stop, name.type) == (0, 8, "PER")


def _liked() -> np.ndarray:
    liked = np.zeros(len(TAGS), dtype=np.float32)
    liked[TAGS.index("B-PER")], liked[TAGS.index("I-PER")] = 3.0, 5.0
    return liked


def test_pronouns_are_no_names(score: Scored) -> None:
    found = score("“He told me that I should go, and we went,” said Lena Park of the council. They left." + FILLER)
    assert not {"He", "I", "We", "They", "me"} & {actor.name for actor in found.actors}
