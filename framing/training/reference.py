"""The reference corpus: how its articles score, as quantiles, so that a score has its place."""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet

from framing.article import Document, Failure
from framing.errors import UsageError
from framing.scorer import Scorer
from framing.scores import ArticleScore
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
    wanted = list(documents)
    done = _read(cache)
    with cache.open("a", encoding="utf-8") as file:
        for result in scorer.score_documents(document for document in wanted if document.id not in done):
            line = _line(result)
            done.update([_numbers(line)])
            file.write(line + "\n")
    scored = [done[document.id] for document in wanted]
    kept = np.array([numbers for numbers in scored if numbers and not np.isnan(numbers).any()])
    if not len(kept):
        raise UsageError(f"{cache}: none of {len(wanted)} reference articles could be scored; choose another corpus")
    return {name: kept[:, index] for index, name in enumerate(scorer.bundle.axes)}


def quantiles(scores: Mapping[str, Floats]) -> dict[str, Floats]:
    """101 quantiles of each axis, 0 % to 100 %, float32, shape (101,)."""
    steps = np.linspace(0.0, 1.0, POINTS)
    return {name: np.quantile(numbers, steps).astype(np.float32) for name, numbers in scores.items()}


def _line(result: ArticleScore | Failure) -> str:
    if isinstance(result, Failure):
        return result.id
    numbers = (float("nan") if score.value is None else score.value for score in result.axes.values())
    return "\t".join([result.article.document.id, *(f"{number:.6f}" for number in numbers)])


def _numbers(line: str) -> tuple[str, list[float]]:
    key, *numbers = line.split("\t")
    return key, [float(number) for number in numbers]


def _read(cache: Path) -> dict[str, list[float]]:
    """What is in `cache`; a last line that an interruption has torn is cut off."""
    if not cache.is_file():
        return {}
    data = cache.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        with cache.open("r+b") as file:
            file.truncate(len(whole))
    return dict(_numbers(line) for line in whole.decode("utf-8").split("\n")[:-1])
