"""The reference corpus: how its articles score, as quantiles, so that a score has its place."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet

from framing.article import Document, Failure
from framing.errors import UsageError
from framing.scorer import Scorer
from framing.types import Floats

POINTS = 101


def sample(path: Path, n: int, random_state: int) -> Iterator[Document]:
    """`n` random articles of a Parquet file with columns id, title, text, outlet; all of them if there are fewer."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file; the reference corpus is a Parquet table with title and text")
    table = parquet.read_table(path, columns=["id", "title", "text", "outlet"])
    chosen = random.Random(random_state).sample(range(table.num_rows), min(n, table.num_rows))
    for index in sorted(chosen):
        row = table.slice(index, 1).to_pylist()[0]
        yield Document(row["id"], f"{row['title']}\n\n{row['text']}", has_title=True, outlet=row["outlet"])


def values(scorer: Scorer, documents: Iterator[Document], cache: Path) -> dict[str, Floats]:
    """The value of every axis for every article that has one; scored ones are kept in `cache`, a line each."""
    done = _read(cache)
    with cache.open("a", encoding="utf-8") as file:
        for result in scorer.score_documents(document for document in documents if document.id not in done):
            key = result.id if isinstance(result, Failure) else result.article.document.id
            numbers = [] if isinstance(result, Failure) else [score.value for score in result.axes.values()]
            done[key] = [float("nan") if number is None else number for number in numbers]
            file.write("\t".join([key, *(f"{number:.6f}" for number in done[key])]) + "\n")
    kept = np.array([numbers for numbers in done.values() if numbers and not np.isnan(numbers).any()])
    return {name: kept[:, index] for index, name in enumerate(scorer.bundle.axes)}


def quantiles(scores: Mapping[str, Floats]) -> dict[str, Floats]:
    """101 quantiles of each axis, 0 % to 100 %, float32, shape (101,)."""
    steps = np.linspace(0.0, 1.0, POINTS)
    return {name: np.quantile(numbers, steps).astype(np.float32) for name, numbers in scores.items()}


def _read(cache: Path) -> dict[str, list[float]]:
    if not cache.is_file():
        return {}
    rows = (line.split("\t") for line in cache.read_text("utf-8").splitlines())
    return {row[0]: [float(number) for number in row[1:]] for row in rows}
