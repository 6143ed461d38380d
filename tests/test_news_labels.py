"""The committed labels of news: their form, their numbers, their places in the texts, and how they are read."""

import csv
from collections import Counter
from pathlib import Path

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest

from framing.training.news_labels import MENTIONS, read_news

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "data" / "labelled"
SOURCE = ROOT.parent / "shared" / "data" / "article_bias.parquet"
FRAMES = ("conflict", "human_interest", "economic", "morality", "responsibility")
LETTERS = "CHEMR"
MENTION = ("mention_start", "mention_stop")
PLACE = ("set", "id", "start", "stop")
# File → number of rows.
FILES = {"news_sentences": 15175, "news_mentions": 14784, "news_articles": 2250}
# Question → lowest and highest label.
LEVELS = {
    "loaded": (0, 3),
    "opinion": (0, 2),
    "stance": (-2, 2),
    "partisan": (0, 3),
    "leaning": (-2, 2),
    **dict.fromkeys(FRAMES, (0, 2)),
}
OF_ARTICLES = ("partisan", "leaning", *FRAMES)
CONTROLS = {
    "babe": ("loaded", "opinion", "slant", "frames"),
    "newsmtsc": ("stance",),
    "hyperpartisan": OF_ARTICLES,
    "moral_events": OF_ARTICLES,
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


def test_no_sentence_with_mentions_is_labelled_as_a_sentence_too_and_none_is_from_an_article_labelled_for_frames() -> (
    None
):
    sentences, mentions = ({place(row)[:4] for row in rows(name)} for name in ("news_sentences", "news_mentions"))
    assert not sentences & mentions
    framed = {row["id"] for name in ("frame_articles", "frame_sentences") for row in rows(name)}
    assert not {sentence[1] for sentence in sentences | mentions} & framed


def test_at_most_three_sentences_are_from_one_article() -> None:
    assert max(Counter(row["id"] for row in rows("news_sentences")).values()) == 3


def test_no_article_is_among_those_labelled_for_frames_alone() -> None:
    assert not {row["id"] for row in rows("news_articles")} & {row["id"] for row in rows("frame_articles")}


def test_a_control_item_has_an_answer_to_every_question_that_was_asked_of_it() -> None:
    answers: dict[tuple[str, str], list[str]] = {}
    for row in rows("news_controls"):
        assert is_label(row["question"], row["label"])
        assert bool(row["mention_start"]) == bool(row["mention_stop"]) == (row["set"] == "newsmtsc")
        answers.setdefault((row["set"], row["id"]), []).append(row["question"])
    assert all(tuple(questions) == CONTROLS[name] for (name, _), questions in answers.items())
    counts = Counter(name for name, _ in answers)
    assert counts == {"babe": 300, "newsmtsc": 224, "hyperpartisan": 70, "moral_events": 70}


def test_what_was_read_twice_was_read_once() -> None:
    first = {place(row) for name in FILES for row in rows(name)}
    second = rows("news_second_reading")
    assert all(is_label(row["question"], row["label"]) for row in second)
    assert {place(row) for row in second} <= first
    counts = Counter(row["question"] for row in second)
    assert counts == {
        **dict.fromkeys(CONTROLS["babe"], 300),
        "stance": 385,
        **dict.fromkeys(OF_ARTICLES, 60),
    }


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
    read = [row for row in read_news(tmp_path) if row.source == MENTIONS]
    assert {row.id: [target.span.of(row.text) for target in row.targets] for row in read} == wanted
