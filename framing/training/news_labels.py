"""Sentences of news that a language model read for the default bundle: wording, opinion, slant, frames, stance."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from scipy.special import expit, softmax

from framing.article import Span
from framing.training.article_rows import FRAMES, own_labels
from framing.training.rows import DataSet, Row, Target, records
from framing.types import Floats, Ints

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
# The model also guessed how many of ten readers would say so; what they did say is another matter. Scale and offset of
# the logit, fitted on 500 sentences of BABE; scale, floor and offsets of negative and positive of `stance_chances`,
# fitted on 565 mentions of NewsMTSC (data/README.md).
_N_VOTES = 10
_OF_LOADED_VOTES = (0.73, -3.19)
_OF_STANCE_VOTES = (3.27, 0.16, 3.55, 2.34)
_LETTERS = dict(zip("CHEMR", FRAMES, strict=True))
_EARLIER = "frame_sentences"

Place = tuple[str, int, int]


def read_news(folder: Path) -> Iterator[Row]:
    """The labelled sentences with their texts, white space collapsed; sentences of one article are a group.

    Those labelled for frames alone, twice and with a third reading, are among them. Some of the sentences have judged
    mentions, too; those that have nothing else are a source of their own.
    """
    sentences = {_place(line): _labels(line) for line in _lines(SENTENCES)}
    sentences |= {_place(line): {name: float(line[name]) for name in FRAMES} for line in _lines(_EARLIER)}
    mentions = {place: list(lines) for place, lines in groupby(_lines(MENTIONS), key=_place)}
    places = list(dict.fromkeys((*sentences, *mentions)))
    texts = {place[0]: "" for place in places}
    texts |= {item["id"]: item["text"] for item in records(folder / "article_bias.parquet") if item["id"] in texts}
    for place in places:
        name, start, stop = place
        text, source = texts[name][start:stop], SENTENCES if place in sentences else MENTIONS
        targets = _targets(start, text, mentions.get(place, ()))
        yield Row(
            "-".join(map(str, place)), " ".join(text.split()), name, source, sentences.get(place, {}), targets=targets
        )


def _lines(name: str) -> Iterator[dict[str, str]]:
    with own_labels(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _place(line: Mapping[str, str]) -> Place:
    return line["id"], int(line["start"]), int(line["stop"])


def _labels(line: Mapping[str, str]) -> dict[str, float]:
    """Loaded and opinion by the mean of both readings."""
    scale, offset = _OF_LOADED_VOTES
    loaded = (_LOADED[int(line["loaded"])] + float(expit(scale * int(line["loaded_votes"]) + offset))) / 2
    opinion = (_OPINION[int(line["opinion"])] + int(line["opinion_votes"]) / (_N_VOTES - 1)) / 2
    frames = {name: float(letter in line["frames"]) for letter, name in _LETTERS.items()}
    slants = {name: float(line["slant"] == name) for name in (LEFT, RIGHT)}
    return {"loaded": loaded, "opinion": opinion, **slants, **frames}


def _targets(start: int, text: str, lines: Iterable[Mapping[str, str]]) -> tuple[Target, ...]:
    """Mentions in `text`, which begins at `start`; their places are counted with white space collapsed."""
    at = _collapsed(text)
    spans = ((int(line["mention_start"]) - start, int(line["mention_stop"]) - start, line) for line in lines)
    return tuple(Target(Span(at[first], at[last - 1] + 1), _stance(line)) for first, last, line in spans)


def _stance(line: Mapping[str, str]) -> tuple[float, float, float]:
    found = stance_chances(np.array((int(line["negative"]), int(line["positive"])))).tolist()
    return found[0], found[1], found[2]


def stance_chances(votes: Ints, constants: Sequence[float] = _OF_STANCE_VOTES) -> Floats:
    """Chances of negative, neutral and positive: `softmax(scale * log(share + floor) + offsets)` of the votes.

    Parameters
    ----------
    votes : of ten for negative and for positive, shape (..., 2); the rest are neutral.
    constants : scale, floor, offset of negative and of positive.
    """
    scale, floor, of_negative, of_positive = constants
    negative, positive = votes[..., 0], votes[..., 1]
    shares = np.stack((negative, np.maximum(0, _N_VOTES - negative - positive), positive), axis=-1) / _N_VOTES
    return np.asarray(softmax(scale * np.log(shares + floor) + np.array((of_negative, 0.0, of_positive)), axis=-1))


def _collapsed(text: str) -> list[int]:
    """Where each character stands once white space is collapsed and trimmed; a space that goes, where its run does."""
    places, length = [], 0
    for index, letter in enumerate(text):
        goes = letter.isspace() and (length == 0 or text[index - 1].isspace())
        places.append(max(0, length - goes))
        length += not goes
    return places
