"""Labelled rows, and the readers of the public sets the default bundle is trained on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet

from framing.article import Span
from framing.errors import UsageError

_OPINION = {"factual": 0.0, "mixed": 0.5, "opinion": 1.0}


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a row's text, of type PER, ORG, LOC or MISC."""

    span: Span
    type: str


@dataclass(frozen=True, slots=True)
class Target:
    """A mention in a row's text, and what was judged of it.

    Attributes
    ----------
    stance : probabilities of negative, neutral, positive; a label is one of them at 1. None where not judged.
    roles : 0 or 1 for each of `framing.neural.torch_heads.ROLES`. None where not judged.
    """

    span: Span
    stance: tuple[float, float, float] | None = None
    roles: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled sentence, or an article in passages.

    Attributes
    ----------
    passages : what is read of an article, passage by passage, each weighing as much as another; empty where `text` is
        read as it is. Words, names and targets are marked in rows without passages alone.
    group : rows of one group (an article) never sit on both sides of a split.
    labels : axis → target in [0, 1]; an axis without a label is left out of the loss.
    words : spans of `text` that annotators marked as loaded; None where words were not annotated.
    names : the names in `text`; None where names were not annotated.
    targets : mentions that were judged.
    weight : what its labels count in the loss against those of other rows.
    """

    id: str
    text: str
    group: str
    source: str
    labels: Mapping[str, float]
    outlet: str | None = None
    words: tuple[Span, ...] | None = None
    names: tuple[Named, ...] | None = None
    targets: tuple[Target, ...] = ()
    passages: tuple[str, ...] = ()
    weight: float = 1.0

    def __post_init__(self) -> None:
        if self.passages and (self.words is not None or self.names is not None or self.targets):
            raise UsageError(
                f"row {self.id}: words, names and mentions are marked in a row without passages; leave one out"
            )

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts that are read: its passages, or its text."""
        return self.passages or (self.text,)


@dataclass(frozen=True, slots=True)
class DataSet:
    """Where a set comes from and under which licence, for the card."""

    name: str
    file: str
    licence: str
    citation: str


SETS = (
    DataSet("babe", "babe.parquet", "CC BY-NC-SA 4.0", "Spinde et al., BABE, Findings of EMNLP 2021"),
    DataSet("subjectivity", "subjectivity.parquet", "CC BY-NC-SA 4.0", "CheckThat! Lab task 2, English, CLEF 2023"),
    DataSet("newsmtsc", "newsmtsc.parquet", "MIT", "Hamborg & Donnay, NewsMTSC, EACL 2021"),
    DataSet(
        "names",
        "names.parquet",
        "CC BY-NC-SA (reported; Worldwide), CC BY 4.0 (wikigold)",
        "Worldwide Newswire (Shan et al. 2023), wikigold (Balasuriya et al. 2009)",
    ),
    DataSet("moral_events", "moral_events.parquet", "CC BY-NC-SA 4.0", "Zhang et al., MOKA, NAACL 2024"),
)


def read_babe(folder: Path) -> Iterator[Row]:
    """Sentences of BABE: `loaded` from its bias label, `opinion` from its three classes, marked words."""
    for record in records(folder / "babe.parquet"):
        labels = {"loaded": float(record["biased"])}
        if record["opinion"] in _OPINION:
            labels["opinion"] = _OPINION[record["opinion"]]
        group = record["article_url"] or record["id"]
        words = _word_spans(record["text"], record["biased_words"])
        yield Row(record["id"], record["text"], group, "babe", labels, record["outlet"], words)


def read_subjectivity(folder: Path) -> Iterator[Row]:
    """Sentences of CheckThat!: `opinion` from OBJ and SUBJ; each its own group, since articles are not named."""
    for record in records(folder / "subjectivity.parquet"):
        labels = {"opinion": float(record["label"] == "SUBJ")}
        row_id = record["sentence_id"]
        yield Row(row_id, record["sentence"], row_id, "subjectivity", labels)


def read_all(folder: Path) -> tuple[Row, ...]:
    """Every row the sentence heads are trained on."""
    return (*read_babe(folder), *read_subjectivity(folder))


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a Parquet file, one by one."""
    if not path.is_file():
        raise UsageError(f"{path}: no such data set; give the folder that holds {path.name}")
    yield from parquet.read_table(path).to_pylist()


def _word_spans(text: str, words: list[str]) -> tuple[Span, ...]:
    found = (re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words if word)
    return tuple(sorted(Span(*match.span()) for match in found if match))
