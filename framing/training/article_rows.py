"""Articles with labels of their own: public sets, and what a language model labelled for the project."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scipy.special import expit

from framing.config import shipped
from framing.labels.row import LabelledRow
from framing.outlets import canonical_outlet, masked
from framing.training.rows import DataSet, records

PARTISAN, LEANING = "partisan", "leaning"
# What the set says of the outlet, not of the article: nothing is trained on it but for comparison.
OUTLET_LEANING = "outlet_leaning"
SHARED = ("conflict", "human_interest", "economic", "morality")
FRAMES = (*SHARED, "responsibility")
AXES = (PARTISAN, LEANING, *FRAMES)
# Nearly the same as articles of the sets that people labelled, or of those labelled twice, under other addresses.
_SEEN_ELSEWHERE = frozenset(
    (
        *("FLyRcE6BLEftVL2j", "OKmr9GCMv9cKcOLd", "8LpCXxsHJNkZ8FOU", "Mao3rR88tvo1WIwU", "9T6F282hhALXgoQC"),
        *("bNIK1IEyhgoYqYJP", "Y0JHnetWwKf3Ssry", "3baQlhzOJxf5B51G", "xbaieXAis7UPqy1U", "IaKqYjvp2d3MdeNj"),
        "kB6PoJDUeTIR16ph",
    )
)
# Labels of one reader count half of those of several.
_OF_ONE_READER = 0.5
# The model also guessed how many of ten readers would see a side, or hyperpartisanship: scale and offset of the logit
# of what readers of SemEval's articles said, fitted on 220 of them (data/README.md).
_OF_PARTISAN_VOTES = (0.67, -2.43)
_MOST_VOTES = 9

HYPERPARTISAN = DataSet(
    "hyperpartisan",
    "hyperpartisan.parquet",
    "CC BY 4.0",
    "Kiesel et al., SemEval-2019 task 4, articles labelled one by one",
)
CLIMATE = DataSet("frames", "frames.parquet", "MIT", "Frermann et al., Narrative Frames, ACL 2023: climate news")
STORIES = DataSet("moral_events", "moral_events.parquet", "CC BY-NC-SA 4.0", "Zhang et al., MOKA, NAACL 2024")
OWN, NEWS = (
    DataSet(
        name,
        f"{name}.csv",
        "CC0-1.0 (labels), Apache-2.0 (texts)",
        f"labels by a language model following docs/codebook.md, {how}; texts of Article-Bias-Prediction (Baly et al., "
        "EMNLP 2020)",
    )
    for name, how in (("frame_articles", "two readings and a third"), ("news_articles", "one reader"))
)
SETS = (HYPERPARTISAN, CLIMATE, STORIES, OWN, NEWS)
# Who labelled: heads fitted on what people labelled are asked about what the language model did, and the reverse.
MODEL, PEOPLE = "a language model", "people"
LABELLED_BY = {about.name: MODEL if about in (OWN, NEWS) else PEOPLE for about in SETS}


def read_hyperpartisan(folder: Path) -> Iterator[LabelledRow]:
    """Articles of the SemEval task; those of one publisher, by the address of its site, are a group."""
    for record in records(folder / HYPERPARTISAN.file):
        group = canonical_outlet(urlsplit(record["url"]).netloc.removeprefix("www."))
        labels = {PARTISAN: float(record["hyperpartisan"])}
        yield LabelledRow(
            record["id"], record["text"], HYPERPARTISAN.name, labels, title=record["title"], outlet=group, group=group
        )


def read_frames(folder: Path) -> Iterator[LabelledRow]:
    """Climate news, without headlines; articles of one outlet are a group."""
    for record in records(folder / CLIMATE.file):
        group = canonical_outlet(record["outlet"])
        labels = {name: float(record[name]) for name in SHARED}
        yield LabelledRow(record["id"], record["text"], CLIMATE.name, labels, outlet=group, group=group)


def read_stories(folder: Path) -> Iterator[LabelledRow]:
    """Articles of MoralEvents with the mean of two readers' ideology, 0 (left) to 4 (right); by outlet."""
    for record in records(folder / STORIES.file):
        group = canonical_outlet(record["outlet"])
        found = [record[f"ideology_{reader}"] for reader in (1, 2)]
        known = [float(one) for one in found if one is not None and one == one]
        if known:
            labels = {LEANING: sum(known) / len(known) / 4}
            text = "\n".join(record["sentences"])
            yield LabelledRow(
                record["id"], text, STORIES.name, labels, title=record["title"], outlet=group, group=group
            )


def read_own(folder: Path) -> Iterator[LabelledRow]:
    """The project's own frames, present or carrying, with the texts they are of; articles of one outlet are a group."""
    return _own(folder, OWN.name, _frames, 1.0)


def read_news(folder: Path) -> Iterator[LabelledRow]:
    """The project's own partisanship, leaning and frames, by one reader."""
    return _own(folder, NEWS.name, _news, _OF_ONE_READER)


def _own(
    folder: Path, name: str, labels_of: Callable[[Mapping[str, str], str], dict[str, float]], weight: float
) -> Iterator[LabelledRow]:
    with own_labels(name).open(encoding="utf-8", newline="") as file:
        labelled = {line["id"]: line for line in csv.DictReader(file) if line["id"] not in _SEEN_ELSEWHERE}
    for record in records(folder / "article_bias.parquet"):
        line = labelled.get(record["id"])
        if line:
            group = canonical_outlet(record["outlet"])
            text = record["text"][int(line["start"]) : int(line["stop"])]
            labels = labels_of(line, record["bias"])
            yield LabelledRow(
                record["id"], text, name, labels, title=record["title"], outlet=group, group=group, weight=weight
            )


def _frames(line: Mapping[str, str], _: str = "") -> dict[str, float]:
    return {name: float(int(line[name]) >= 1) for name in FRAMES}


def _news(line: Mapping[str, str], outlet: str) -> dict[str, float]:
    """Partisanship and leaning by the mean of a level and of votes; a lean that reports fairly lies between classes."""
    scale, offset = _OF_PARTISAN_VOTES
    level, chance = {0: 0.0, 1: 0.5}.get(int(line[PARTISAN]), 1.0), expit(scale * int(line["partisan_votes"]) + offset)
    side, votes = (int(line[LEANING]) + 2) / 4, int(line["right_votes"]) - int(line["left_votes"])
    of_article = {PARTISAN: (level + float(chance)) / 2, LEANING: (side + 0.5 + votes / (2 * _MOST_VOTES)) / 2}
    return {**of_article, **_frames(line), OUTLET_LEANING: ("left", "center", "right").index(outlet) / 2}


def read_all(folder: Path) -> dict[str, list[LabelledRow]]:
    """The articles of each set by its name."""
    readers = (read_hyperpartisan, read_frames, read_stories, read_own, read_news)
    return {about.name: list(read(folder)) for about, read in zip(SETS, readers, strict=True)}


def blind(row: LabelledRow) -> LabelledRow:
    """The row without the names of its outlet, which a head is not to go by."""
    if not row.outlet:
        return row
    return replace(row, text=masked(row.text, row.outlet), title=row.title and masked(row.title, row.outlet))


def described(folder: Path, rows: Sequence[LabelledRow]) -> list[dict[str, Any]]:
    """The sets with licence, hash and how many of `rows` are theirs, for manifest and card."""
    counts = Counter(row.where for row in rows)
    files = {about.name: folder / about.file for about in SETS}
    files |= {about.name: own_labels(about.name) for about in (OWN, NEWS)}
    hashes = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    return [{**asdict(about), "rows": counts[about.name], "sha256": hashes[about.name]} for about in SETS]


def own_labels(name: str) -> Path:
    """The file of one of the project's own sets of labels."""
    return shipped("data", "labelled", f"{name}.csv")
