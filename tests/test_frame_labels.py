"""The committed labels of the five frames: their form, their numbers, and how they follow from the readings."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from framing.outlets import Outlets

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT / "data" / "labelled"
SOURCE = ROOT.parent / "shared" / "data" / "article_bias.parquet"
FRAMES = ("conflict", "human_interest", "economic", "morality", "responsibility")
# File → level, least number of rows, largest label.
FILES = {"frame_articles.csv": ("article", 300, 2), "frame_sentences.csv": ("sentence", 1500, 1)}
LARGEST_SHARE = 0.05

Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    with (LABELLED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def source() -> dict[str, tuple[str, str]]:
    """id → text, site; of the set that the labels point into."""
    if not SOURCE.is_file():
        pytest.skip("the set is not at hand (../shared/data/article_bias.parquet)")
    import pyarrow.parquet as parquet

    site = Outlets.load().name
    table = parquet.read_table(SOURCE, columns=["id", "text", "url"]).to_pylist()
    return {row["id"]: (row["text"], site(row["url"])) for row in table}


@pytest.mark.parametrize("name", FILES)
def test_labels_have_a_place_a_label_for_each_frame_and_no_text(name: str) -> None:
    _, least, largest = FILES[name]
    found = rows(name)
    assert len(found) >= least
    for row in found:
        assert list(row) == ["set", "id", "start", "stop", *FRAMES, "settled"]
        assert row["set"] == "article_bias"
        assert 0 <= int(row["start"]) < int(row["stop"])
        assert all(row[frame] in [str(label) for label in range(largest + 1)] for frame in FRAMES)
        assert set(filter(None, row["settled"].split("+"))) <= set(FRAMES)


def test_no_article_is_labelled_twice_or_gives_a_sentence_too() -> None:
    ids = [row["id"] for name in FILES for row in rows(name)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FILES)
def test_a_label_is_what_both_readings_say_or_a_third_reading_settled_between_them(name: str) -> None:
    of_level = [row for row in rows("frame_readings.csv") if row["level"] == FILES[name][0]]
    readings = {(row["reading"], row["id"]): row for row in of_level}
    for row in rows(name):
        first, second = readings["first", row["id"]], readings["second", row["id"]]
        assert row["settled"] == "+".join(frame for frame in FRAMES if first[frame] != second[frame])
        for frame in FRAMES:
            low, high = sorted((first[frame], second[frame]))
            assert low <= row[frame] <= high


def test_places_are_in_the_texts_and_articles_are_whole(source: dict[str, tuple[str, str]]) -> None:
    for row in rows("frame_articles.csv"):
        assert (row["start"], row["stop"]) == ("0", str(len(source[row["id"]][0])))
    for row in rows("frame_sentences.csv"):
        sentence = source[row["id"]][0][int(row["start"]) : int(row["stop"])]
        assert sentence == sentence.strip()
        assert 8 <= len(sentence.split()) <= 60


@pytest.mark.parametrize("name", FILES)
def test_no_site_gives_more_than_a_twentieth_of_the_items(name: str, source: dict[str, tuple[str, str]]) -> None:
    sites = Counter(source[row["id"]][1] for row in rows(name))
    assert max(sites.values()) <= LARGEST_SHARE * sites.total()
