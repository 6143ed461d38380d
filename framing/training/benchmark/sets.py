"""The public sets as problems, held out as each protocol says."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet

from framing.errors import UsageError
from framing.evaluation.folds import grouped_folds, random_folds
from framing.outlets import Outlets
from framing.training.benchmark.problem import ALWAYS_TRAINED, Problem
from framing.training.mention_rows import read_newsmtsc
from framing.training.rows import Row, read_babe, read_subjectivity, records
from framing.types import Ints

N_FOLDS = 5
WORDS_READ = 400
# Articles in training and to measure on, of the large set.
SAMPLE = {True: (1500, 750), False: (4000, 2000)}
_LEANINGS = {"left": 0.0, "center": 0.5, "right": 1.0}
_HOST = re.compile(r"(?:\w+://)?(?:www\.)?([^/:]+)")


def babe_random(data: Path, quick: bool) -> Problem:
    """BABE in random folds."""
    rows = list(read_babe(data))
    return _sentences(rows, "loaded", random_folds(len(rows), N_FOLDS, 0))


def babe_grouped(data: Path, quick: bool) -> Problem:
    """BABE in folds of articles."""
    rows = list(read_babe(data))
    return _sentences(rows, "loaded", grouped_folds([row.group for row in rows], N_FOLDS, 0))


def babe_outlets(data: Path, quick: bool) -> Problem:
    """BABE in folds of outlets."""
    rows, known = list(read_babe(data)), Outlets.load()
    names = [known.name(row.outlet) if row.outlet else row.group for row in rows]
    return _sentences(rows, "loaded", grouped_folds(names, N_FOLDS, 0))


def checkthat(data: Path, quick: bool) -> Problem:
    """CheckThat!'s subjectivity, its development part held out."""
    rows = list(read_subjectivity(data))
    parts = [record["split"] for record in records(data / "subjectivity.parquet")]
    return _sentences(rows, "opinion", np.array([0 if part == "dev" else ALWAYS_TRAINED for part in parts]))


def newsmtsc_rw(data: Path, quick: bool) -> Problem:
    """NewsMTSC, its sentences as news has them held out."""
    return _mentions(data, "dev_rw")


def newsmtsc_mt(data: Path, quick: bool) -> Problem:
    """NewsMTSC, its sentences with several mentions held out."""
    return _mentions(data, "dev_mt")


def hyperpartisan(data: Path, quick: bool) -> Problem:
    """Articles of SemEval-2019 task 4 in folds of publishers."""
    found = list(records(data / "hyperpartisan.parquet"))
    publishers = [_host(record["url"]) or record["id"] for record in found]
    return Problem(
        texts=[_beginning(record["title"], record["text"]) for record in found],
        truth=np.array([float(record["hyperpartisan"]) for record in found]),
        n_classes=2,
        folds=grouped_folds(publishers, N_FOLDS, 0),
        groups=publishers,
        outlets=publishers,
    )


def bias_random(data: Path, quick: bool) -> Problem:
    """Article-Bias-Prediction by its random split."""
    return _leanings(data, "random_split", quick)


def bias_media(data: Path, quick: bool) -> Problem:
    """Article-Bias-Prediction by its media split."""
    return _leanings(data, "media_split", quick)


def bias_media_strict(data: Path, quick: bool) -> Problem:
    """Article-Bias-Prediction by its media split, outlets with an article in training left out of what is measured."""
    return _leanings(data, "media_split", quick, strict=True)


def _sentences(rows: Sequence[Row], axis: str, folds: Ints) -> Problem:
    return Problem(
        texts=[row.text for row in rows],
        truth=np.array([row.labels[axis] for row in rows]),
        n_classes=2,
        folds=folds,
        groups=[row.group for row in rows],
        outlets=[row.outlet for row in rows],
        rows=rows,
        axis=axis,
    )


def _mentions(data: Path, part: str) -> Problem:
    """A text a mention; the sentence of several mentions is there for each."""
    rows = [*read_newsmtsc(data, "train"), *(held_out := list(read_newsmtsc(data, part)))]
    n_trained = len(rows) - len(held_out)
    judged = [(at, row, target) for at, row in enumerate(rows) for target in row.targets]
    return Problem(
        texts=[row.text for _, row, _ in judged],
        truth=np.array([np.argmax(target.stance) / 2 for _, _, target in judged if target.stance]),
        n_classes=3,
        folds=np.array([ALWAYS_TRAINED if at < n_trained else 0 for at, _, _ in judged]),
        groups=[row.group for _, row, _ in judged],
        outlets=[None] * len(judged),
        spans=[target.span for _, _, target in judged],
        rows=rows,
    )


def _leanings(data: Path, split: str, quick: bool, strict: bool = False) -> Problem:
    path = data / "article_bias.parquet"
    if not path.is_file():
        raise UsageError(f"{path}: no such data set; give the folder that holds {path.name}")
    table = parquet.read_table(path, columns=["title", "text", "outlet", "bias", split])
    known = Outlets.load()
    outlets = [known.name(name) for name in table["outlet"].to_pylist()]
    parts = np.array(table[split].to_pylist(), dtype=object)
    trained_on = {outlet for outlet, part in zip(outlets, parts, strict=True) if part == "train"}
    measured = np.array(
        [part == "valid" and not (strict and o in trained_on) for o, part in zip(outlets, parts, strict=True)]
    )
    sizes = SAMPLE[quick]
    chosen = [
        _sample(np.flatnonzero(mask), size) for mask, size in zip((parts == "train", measured), sizes, strict=True)
    ]
    rows = table.take(np.concatenate(chosen)).to_pylist()
    names = [outlets[index] for part in chosen for index in part.tolist()]
    return Problem(
        texts=[_beginning(row["title"], row["text"]) for row in rows],
        truth=np.array([_LEANINGS[row["bias"]] for row in rows]),
        n_classes=3,
        folds=np.repeat([ALWAYS_TRAINED, 0], [len(part) for part in chosen]),
        groups=names,
        outlets=names,
    )


def _sample(rows: Ints, size: int) -> Ints:
    return np.sort(np.random.default_rng(0).permutation(rows)[:size])


def _beginning(title: str | None, text: str) -> str:
    return " ".join([title or "", *text.split()[:WORDS_READ]]).strip()


def _host(url: str | None) -> str | None:
    found = _HOST.match(url or "")
    return found[1].lower() if found else None
