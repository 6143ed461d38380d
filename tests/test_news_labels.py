"""The committed labels of news: their form, their numbers, their places in the texts, and how they are read."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from framing.training.news_labels import read_news, stance_chances

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "data" / "labelled"
SOURCE = ROOT.parent / "shared" / "data" / "article_bias.parquet"
FRAMES = ("conflict", "human_interest", "economic", "morality", "responsibility")
LETTERS = "CHEMR"
MENTION = ("mention_start", "mention_stop")
PLACE = ("set", "id", "start", "stop")
STANCES = ("negative", "positive")
SIDES = ("left_votes", "right_votes")
VOTES = ("loaded_votes", "opinion_votes", *STANCES, *SIDES, "partisan_votes")
N_VOTES = 10
# File → number of rows.
FILES = {"news_sentences": 22497, "news_mentions": 38929, "news_articles": 8937}
# Question → lowest and highest label.
LEVELS = {
    "loaded": (0, 3),
    "opinion": (0, 2),
    **dict.fromkeys(VOTES, (0, 9)),
    "partisan": (0, 3),
    "leaning": (-2, 2),
    **dict.fromkeys(FRAMES, (0, 2)),
}
OF_ARTICLES = ("partisan", "leaning", *SIDES, "partisan_votes", *FRAMES)
BY_LEVEL, BY_VOTES = ("loaded", "opinion", "slant", "frames"), ("loaded_votes", "opinion_votes")
# Set and questions → number of items.
CONTROLS = {
    ("babe", BY_LEVEL): 500,
    ("babe", BY_VOTES): 500,
    ("newsmtsc", STANCES): 565,
    ("hyperpartisan", OF_ARTICLES): 220,
    ("moral_events", OF_ARTICLES): 220,
}

Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    with (LABELLED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_label(question: str, label: str) -> bool:
    if question == "slant":
        return label in {"", "left", "right"}
    if question == "frames":
        return label == "".join(letter for letter in LETTERS if letter in label)
    lowest, highest = LEVELS[question]
    return label in {str(level) for level in range(lowest, highest + 1)}


def place(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in (*PLACE, *MENTION))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """id → text; of the set that the labels point into."""
    if not SOURCE.is_file():
        pytest.skip("the set is not at hand (../shared/data/article_bias.parquet)")
    return {row["id"]: row["text"] for row in parquet.read_table(SOURCE, columns=["id", "text"]).to_pylist()}


@pytest.mark.parametrize("name", FILES)
def test_labels_have_a_place_and_are_within_their_range(name: str) -> None:
    found = rows(name)
    assert len(found) == FILES[name]
    for row in found:
        assert row["set"] == "article_bias"
        assert 0 <= int(row["start"]) < int(row["stop"])
        assert all(is_label(question, label) for question, label in row.items() if question not in {*PLACE, *MENTION})


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_labelled_twice_and_the_rows_are_in_order(name: str) -> None:
    places = [place(row) for row in rows(name)]
    assert len(places) == len(set(places))
    assert [one[1] for one in places] == sorted(one[1] for one in places)


def test_a_mention_is_inside_its_sentence_and_meets_no_other() -> None:
    stops: dict[tuple[str, ...], int] = {}
    for row in rows("news_mentions"):
        start, stop = (int(row[name]) for name in MENTION)
        sentence = place(row)[:4]
        assert stops.get(sentence, int(row["start"])) <= start < stop <= int(row["stop"])
        stops[sentence] = stop


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        ("news_mentions", STANCES),
        ("news_articles", SIDES),
        *((name, questions) for name in ("news_controls", "news_second_reading") for questions in (STANCES, SIDES)),
    ],
)
def test_votes_for_one_thing_or_its_opposite_are_at_most_ten(name: str, questions: tuple[str, ...]) -> None:
    votes: Counter[tuple[str, ...]] = Counter()
    for row in rows(name):
        if "question" not in row:
            votes[place(row)] += sum(int(row[question]) for question in questions)
        elif row["question"] in questions:
            votes[place(row)] += int(row["label"])
    assert 0 < max(votes.values()) <= N_VOTES


def test_labelled_sentences_are_the_same_or_lie_apart() -> None:
    places = {place(row)[:4] for name in ("news_sentences", "news_mentions", "frame_sentences") for row in rows(name)}
    stops: dict[str, int] = {}
    for _, name, start, stop in sorted(places, key=lambda one: (one[1], int(one[2]))):
        assert stops.get(name, 0) <= int(start)
        stops[name] = int(stop)


def test_no_sentence_is_from_an_article_labelled_for_frames() -> None:
    sentences = {row["id"] for name in ("news_sentences", "news_mentions") for row in rows(name)}
    assert not sentences & {row["id"] for name in ("frame_articles", "frame_sentences") for row in rows(name)}


def test_at_most_five_sentences_are_from_one_article() -> None:
    assert max(Counter(row["id"] for row in rows("news_sentences")).values()) == 5


def test_no_article_is_among_those_labelled_for_frames_alone() -> None:
    assert not {row["id"] for row in rows("news_articles")} & {row["id"] for row in rows("frame_articles")}


def test_a_control_item_has_an_answer_to_every_question_that_was_asked_of_it() -> None:
    answers: dict[tuple[str, str], list[str]] = {}
    for row in rows("news_controls"):
        assert is_label(row["question"], row["label"])
        assert bool(row["mention_start"]) == bool(row["mention_stop"]) == (row["set"] == "newsmtsc")
        answers.setdefault((row["set"], row["id"]), []).append(row["question"])
    assert Counter((name, tuple(questions)) for (name, _), questions in answers.items()) == CONTROLS


def test_what_was_read_twice_was_read_once() -> None:
    first = {place(row) for name in FILES for row in rows(name)}
    second = rows("news_second_reading")
    assert all(is_label(row["question"], row["label"]) for row in second)
    assert {place(row) for row in second} <= first
    counts = Counter(row["question"] for row in second)
    assert counts == {
        **dict.fromkeys((*BY_LEVEL, *BY_VOTES), 300),
        **dict.fromkeys(STANCES, 319),
        **dict.fromkeys(OF_ARTICLES, 120),
    }


def test_a_place_with_labels_and_mentions_is_read_once(tmp_path: Path) -> None:
    places = [place(row)[:4] for name in (*FILES, "frame_sentences") for row in rows(name)]
    lengths: Counter[str] = Counter()
    for _, name, _, stop in places:
        lengths[name] = max(lengths[name], int(stop))
    table = arrow.table({"id": list(lengths), "text": ["a" * length for length in lengths.values()]})
    parquet.write_table(table, tmp_path / SOURCE.name)
    read = list(read_news(tmp_path))
    labelled, mentioned = ({place(row)[:4] for row in rows(name)} for name in ("news_sentences", "news_mentions"))
    assert max(Counter(row.id for row in read).values()) == 1
    both = {"-".join(one[1:]) for one in labelled & mentioned}
    assert both
    assert {row.id for row in read if "loaded" in row.labels and row.targets} == both


@pytest.mark.parametrize(("negative", "positive", "likeliest"), [(9, 0, 0), (0, 0, 1), (1, 1, 1), (0, 9, 2)])
def test_the_likeliest_stance_is_the_one_that_nearly_all_vote_for(negative: int, positive: int, likeliest: int) -> None:
    chances = stance_chances(np.array((negative, positive)))
    assert chances.argmax() == likeliest
    assert chances.sum() == pytest.approx(1)


def test_places_are_in_the_texts_and_articles_are_whole(texts: dict[str, str]) -> None:
    for row in rows("news_articles"):
        assert (row["start"], row["stop"]) == ("0", str(len(texts[row["id"]])))
    for row in (*rows("news_sentences"), *rows("news_mentions")):
        sentence = texts[row["id"]][int(row["start"]) : int(row["stop"])]
        assert sentence == sentence.strip()
        assert 8 <= len(sentence.split()) <= 60
    for row in rows("news_mentions"):
        name = texts[row["id"]][int(row["mention_start"]) : int(row["mention_stop"])]
        assert name == name.strip()
        assert name[0].isupper()


@pytest.mark.slow
def test_mentions_are_read_at_their_places_once_white_space_is_collapsed(texts: dict[str, str], tmp_path: Path) -> None:
    labelled = {row["id"] for name in ("news_sentences", "news_mentions", "frame_sentences") for row in rows(name)}
    table = arrow.table({"id": list(labelled), "text": [texts[name] for name in labelled]})
    parquet.write_table(table, tmp_path / SOURCE.name)
    wanted: dict[str, list[str]] = {}
    for row in rows("news_mentions"):
        name = texts[row["id"]][int(row["mention_start"]) : int(row["mention_stop"])]
        wanted.setdefault("-".join(place(row)[1:4]), []).append(" ".join(name.split()))
    read = [row for row in read_news(tmp_path) if row.targets]
    assert {row.id: [target.span.of(row.text) for target in row.targets] for row in read} == wanted
