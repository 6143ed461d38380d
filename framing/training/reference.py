"""The reference corpus: how its articles score, as quantiles, so that a score has its place; and those of its parts."""

import math
import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet

from framing.article import Document, Failure
from framing.bundle import Part, Reference, load_bundle
from framing.errors import UsageError
from framing.heads import percentile
from framing.scorer import Scorer
from framing.scores import ArticleScore
from framing.training.workers import in_workers
from framing.types import Floats

POINTS = 101
# Names of a bundle's arrays.
WHOLE, OF_PARTS = "quantiles", "part_quantiles"
TYPES, PERIODS = ("left", "center", "right"), ("2012 to 2014", "2015 to 2017", "2018 to 2020")
# Fewer say little: with 200 a percentile's own sampling error is ±6 (90 %, at the median).
MIN_OF_PART = 200


def sample(path: Path, n: int, random_state: int) -> Iterator[Document]:
    """`n` random articles of a Parquet file with columns id, title, text, outlet; all of them if there are fewer."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file; the reference corpus is a Parquet table with title and text")
    table = parquet.read_table(path, columns=["id", "title", "text", "outlet"])
    chosen = random.Random(random_state).sample(range(table.num_rows), min(n, table.num_rows))
    for index in sorted(chosen):
        row = table.slice(index, 1).to_pylist()[0]
        yield Document(row["id"], f"{row['title']}\n\n{row['text']}", has_title=True, outlet=row["outlet"])


@dataclass(frozen=True, slots=True)
class Scored:
    """The articles of the corpus that have a value on every axis: their ids, and axis → values, shape (n_articles,)."""

    ids: Sequence[str]
    values: Mapping[str, Floats]

    @property
    def quantiles(self) -> dict[str, Floats]:
        """101 quantiles of each axis, 0 % to 100 %, float32, shape (101,)."""
        steps = np.linspace(0.0, 1.0, POINTS)
        return {name: np.quantile(numbers, steps).astype(np.float32) for name, numbers in self.values.items()}

    def taken(self, ids: Collection[str]) -> "Scored":
        """Those of the articles that are among `ids`."""
        where = np.array([one in ids for one in self.ids], dtype=bool)
        kept = [one for one in self.ids if one in ids]
        return Scored(kept, {name: numbers[where] for name, numbers in self.values.items()})


def fill(bundle: Path, documents: Sequence[Document], cache: Path, n_workers: int) -> None:
    """Scores documents in processes side by side, each into a file of its own, and puts all into `cache` at the end."""
    shares = [documents[worker::n_workers] for worker in range(n_workers)]
    files = [cache.with_name(f"{cache.stem}-{worker}.tsv") for worker in range(n_workers)]
    in_workers(n_workers, _fill, repeat(bundle), shares, files, repeat(cache))
    with cache.open("a", encoding="utf-8") as whole:
        for file in files:
            whole.write(file.read_text("utf-8"))
    for file in files:
        file.unlink()


def _fill(bundle: Path, documents: Sequence[Document], file: Path, cache: Path) -> None:
    done = _read(cache)
    _score(
        Scorer(load_bundle(bundle), threads=1, with_actors=False),
        [one for one in documents if one.id not in done],
        file,
    )


def _score(scorer: Scorer, documents: Sequence[Document], cache: Path) -> dict[str, list[float]]:
    """What is in `cache`, once all documents are."""
    done = _read(cache)
    with cache.open("a", encoding="utf-8") as file:
        for result in scorer.score_documents(document for document in documents if document.id not in done):
            line = _line(result)
            done.update([_numbers(line)])
            file.write(line + "\n")
    return done


def scored(scorer: Scorer, documents: Iterator[Document], cache: Path) -> Scored:
    """Every article that has a value on every axis; what is scored is kept in `cache`, a line each."""
    wanted = list(documents)
    done = _score(scorer, wanted, cache)
    found = {document.id: np.array(done[document.id]) for document in wanted}
    kept = {name: numbers for name, numbers in found.items() if len(numbers) and not np.isnan(numbers).any()}
    if not kept:
        raise UsageError(f"{cache}: none of {len(wanted)} reference articles could be scored; choose another corpus")
    table = np.array(list(kept.values()))
    return Scored(list(kept), {name: table[:, index] for index, name in enumerate(scorer.bundle.axes)})


def parts(found: Scored, path: Path) -> list[Part]:
    """The corpus by what its file says of an article's outlet, left, center or right, and by its years."""
    columns = parquet.read_table(path, columns=["id", "bias", "date"]).to_pydict()
    types, years = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for one, bias, date in zip(columns["id"], columns["bias"], columns["date"], strict=True):
        types[bias].add(one)
        years[_period(date)].add(one)
    sorted_by = (("outlets", {name: types[name] for name in TYPES}), ("years", {name: years[name] for name in PERIODS}))
    taken = ((kind, name, found.taken(ids)) for kind, by_name in sorted_by for name, ids in by_name.items())
    return [Part(kind, name, len(one.ids), one.quantiles) for kind, name, one in taken if len(one.ids) >= MIN_OF_PART]


def arrays(reference: Reference, axes: Sequence[str]) -> dict[str, Floats]:
    """Its quantiles as a bundle keeps them: shape (n_axes, 101), and (n_parts, n_axes, 101) where there are parts."""
    kept = (reference.quantiles, *(part.quantiles for part in reference.parts))
    whole, *of_parts = (np.array([quantiles[name] for name in axes], dtype=np.float32) for quantiles in kept)
    return {WHOLE: whole} | ({OF_PARTS: np.array(of_parts)} if of_parts else {})


def described(reference: Reference) -> dict[str, Any]:
    """The corpus as the manifest has it, its parts in the order of their arrays."""
    of_parts = [{"kind": part.kind, "name": part.name, "n": part.n} for part in reference.parts]
    return {"name": reference.name, "n": reference.n, "about": reference.about, "parts": of_parts}


def middles(reference: Reference) -> Iterator[tuple[str, list[float]]]:
    """Each axis, and the place of the middle article of each part in the whole corpus, in percent."""
    for name, whole in reference.quantiles.items():
        yield name, [percentile(float(part.quantiles[name][POINTS // 2]), whole) for part in reference.parts]


def noise(reference: Reference) -> float:
    """The sampling error of such a place, in percent: 90 %, at the middle of the smallest part."""
    return 164.5 * 0.5 / math.sqrt(min(part.n for part in reference.parts))


def _period(date: str | None) -> str:
    year = (date or "")[:4]
    return next((name for name in PERIODS if name[:4] <= year <= name[-4:]), "")


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
