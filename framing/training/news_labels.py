"""Sentences of news that a language model read for the default bundle: wording, opinion, slant, frames, stance."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from framing.article import Span
from framing.training.article_rows import FRAMES, own_labels
from framing.training.rows import DataSet, Row, Target, records

SENTENCES, MENTIONS = "news_sentences", "news_mentions"
LEFT, RIGHT = "left", "right"
# What a sentence alone may show of an axis of whole articles; learnt beside the sentence axes, and no axis itself.
CUES = (LEFT, RIGHT, *FRAMES)
NEWS = tuple(
    DataSet(
        name,
        f"{name}.csv",
        "CC0-1.0 (labels), Apache-2.0 (texts)",
        f"{what} by a language model following docs/codebook.md; texts of Article-Bias-Prediction (Baly et al. 2020)",
    )
    for name, what in ((SENTENCES, "labels of sentences"), (MENTIONS, "labels of mentions"))
)

# How often readers of BABE called a sentence biased that the model put at 0, 1, 2, 3; 300 sentences (data/README.md).
_LOADED = (0.07, 0.43, 0.88, 0.95)
_OPINION = (0.0, 0.5, 1.0)
# What readers of NewsMTSC said of mentions that the model put at -2 to 2; 224 mentions (data/README.md).
_STANCE = {
    -2: (0.97, 0.03, 0.0),
    -1: (0.82, 0.16, 0.02),
    0: (0.12, 0.76, 0.12),
    1: (0.03, 0.12, 0.85),
    2: (0.0, 0.03, 0.97),
}
_LETTERS = dict(zip("CHEMR", FRAMES, strict=True))
_EARLIER = "frame_sentences"

Place = tuple[str, int, int]


def read_news(folder: Path) -> Iterator[Row]:
    """The labelled sentences with their texts, white space collapsed; sentences of one article are a group.

    Those labelled for frames alone, twice and with a third reading, are among them.
    """
    sentences = {_place(line): _labels(line) for line in _lines(SENTENCES)}
    sentences |= {_place(line): {name: float(line[name]) for name in FRAMES} for line in _lines(_EARLIER)}
    mentions = {place: list(lines) for place, lines in groupby(_lines(MENTIONS), key=_place)}
    texts = {place[0]: "" for place in (*sentences, *mentions)}
    texts |= {item["id"]: item["text"] for item in records(folder / "article_bias.parquet") if item["id"] in texts}
    for place, labels in sentences.items():
        text = " ".join(_cut(texts, place).split())
        yield Row("-".join(map(str, place)), text, place[0], SENTENCES, labels)
    for place, lines in mentions.items():
        yield _judged(place, _cut(texts, place), lines)


def _lines(name: str) -> Iterator[dict[str, str]]:
    with own_labels(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _place(line: Mapping[str, str]) -> Place:
    return line["id"], int(line["start"]), int(line["stop"])


def _cut(texts: Mapping[str, str], place: Place) -> str:
    name, start, stop = place
    return texts[name][start:stop]


def _labels(line: Mapping[str, str]) -> dict[str, float]:
    frames = {name: float(letter in line["frames"]) for letter, name in _LETTERS.items()}
    slants = {name: float(line["slant"] == name) for name in (LEFT, RIGHT)}
    return {"loaded": _LOADED[int(line["loaded"])], "opinion": _OPINION[int(line["opinion"])], **slants, **frames}


def _judged(place: Place, text: str, lines: Iterable[Mapping[str, str]]) -> Row:
    """A sentence with its mentions, whose places are counted in the text with white space collapsed."""
    at = _collapsed(text)
    targets = []
    for line in lines:
        start, stop = (int(line[f"mention_{edge}"]) - place[1] for edge in ("start", "stop"))
        targets.append(Target(Span(at[start], at[stop - 1] + 1), _STANCE[int(line["stance"])]))
    return Row("-".join(map(str, place)), " ".join(text.split()), place[0], MENTIONS, {}, targets=tuple(targets))


def _collapsed(text: str) -> list[int]:
    """Where each character stands once white space is collapsed and trimmed; a space that goes, where its run does."""
    places, length = [], 0
    for index, letter in enumerate(text):
        goes = letter.isspace() and (length == 0 or text[index - 1].isspace())
        places.append(max(0, length - goes))
        length += not goes
    return places
