"""Articles with labels of their own: hyperpartisan news, frames of climate news, and the project's own frames."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from framing.config import shipped
from framing.labels.row import LabelledRow
from framing.outlets import canonical_outlet
from framing.training.rows import DataSet, records

PARTISAN = "partisan"
SHARED = ("conflict", "human_interest", "economic", "morality")
FRAMES = (*SHARED, "responsibility")
AXES = (PARTISAN, *FRAMES)

HYPERPARTISAN = DataSet(
    "hyperpartisan",
    "hyperpartisan.parquet",
    "CC BY 4.0",
    "Kiesel et al., SemEval-2019 task 4, articles labelled one by one",
)
CLIMATE = DataSet("frames", "frames.parquet", "MIT", "Frermann et al., Narrative Frames, ACL 2023: climate news")
OWN = DataSet(
    "frame_articles",
    "frame_articles.csv",
    "CC0-1.0 (labels), Apache-2.0 (texts)",
    "labels by a language model following docs/codebook.md; texts of Article-Bias-Prediction (Baly et al., EMNLP 2020)",
)
SETS = (HYPERPARTISAN, CLIMATE, OWN)


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


def read_own(folder: Path) -> Iterator[LabelledRow]:
    """The project's own frames, present or carrying, with the texts they are of; articles of one outlet are a group."""
    with own_labels().open(encoding="utf-8", newline="") as file:
        labelled = {line["id"]: line for line in csv.DictReader(file)}
    for record in records(folder / "article_bias.parquet"):
        line = labelled.get(record["id"])
        if line:
            group = canonical_outlet(record["outlet"])
            text = record["text"][int(line["start"]) : int(line["stop"])]
            labels = {name: float(int(line[name]) >= 1) for name in FRAMES}
            yield LabelledRow(record["id"], text, OWN.name, labels, title=record["title"], outlet=group, group=group)


def read_all(folder: Path) -> dict[str, list[LabelledRow]]:
    """The articles of each set by its name."""
    readers = {HYPERPARTISAN: read_hyperpartisan, CLIMATE: read_frames, OWN: read_own}
    return {about.name: list(read(folder)) for about, read in readers.items()}


def described(folder: Path, rows: Sequence[LabelledRow]) -> list[dict[str, Any]]:
    """The sets with licence, hash and how many of `rows` are theirs, for manifest and card."""
    counts = Counter(row.where for row in rows)
    files = {about.name: folder / about.file for about in SETS} | {OWN.name: own_labels()}
    hashes = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    return [{**asdict(about), "rows": counts[about.name], "sha256": hashes[about.name]} for about in SETS]


def own_labels() -> Path:
    """The file of the project's own labels."""
    return shipped("data", "labelled", "frame_articles.csv")
