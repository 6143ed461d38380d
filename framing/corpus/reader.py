"""A scores file read back: who scored, on which axes, and its rows, a row group at a time."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile, read_schema

from framing.axes import Axis
from framing.corpus.layout import KEY, VERSION, schema
from framing.errors import InputError
from framing.scores import BundleName

SCORED = "bundle_sha256"  # null where an article failed


@dataclass(frozen=True, slots=True)
class Scores:
    """A scores file.

    Attributes
    ----------
    card : what its bundle says of itself: licence, reference corpus, data sets, figures.
    bundles : every bundle that scored a row of it.
    n_failed : rows without a score.
    """

    path: Path
    axes: Mapping[str, Axis]
    reference: str
    card: Mapping[str, Any]
    bundles: tuple[BundleName, ...]
    n_rows: int
    n_failed: int

    @property
    def bundle(self) -> BundleName:
        """The one bundle that scored all rows.

        Raises
        ------
        InputError
            No row has a score, or several bundles scored: their values cannot be compared.
        """
        if len(self.bundles) == 1:
            return self.bundles[0]
        if not self.bundles:
            raise InputError(f"{self.path}: no article in it has a score; see its column 'error'")
        names = ", ".join(f"{one.name} {one.version} ({one.sha256[:12]})" for one in self.bundles)
        raise InputError(f"{self.path}: scored by several bundles ({names}); score all articles with one")

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Any]:
        """Record batches of the file, with these columns or all."""
        with ParquetFile(self.path) as file:
            try:
                yield from file.iter_batches(batch_size=1024, columns=columns)
            except (ArrowException, OSError) as error:
                raise InputError(f"{self.path}: a damaged scores file ({error}); score again") from error

    def rows_at(self, indices: Collection[int], columns: Sequence[str]) -> dict[int, dict[str, Any]]:
        """Some rows by index among those that have a score, with these columns."""
        found: dict[int, dict[str, Any]] = {}
        seen = 0
        for batch in self.batches([*columns, SCORED]):
            scored = batch.filter(pc.is_valid(batch[SCORED]))
            here = [index for index in sorted(indices) if seen <= index < seen + scored.num_rows]
            rows = scored.select(columns).take([index - seen for index in here]).to_pylist() if here else ()
            found.update(zip(here, rows, strict=True))
            seen += scored.num_rows
        return found


def is_scores(path: Path) -> bool:
    """Whether a file is a Parquet file of scores; of any version, so that an older one is told as such."""
    if path.suffix.lower() != ".parquet" or not path.is_file():
        return False
    try:
        return KEY in (read_schema(path).metadata or {})
    except (ArrowException, OSError):
        return False


def open_scores(path: Path) -> Scores:
    """The scores file at `path`, its header and columns checked."""
    try:
        with ParquetFile(path) as file:
            found, n_rows = file.schema_arrow, file.metadata.num_rows
            header = _header(path, found)
            axes = {item["name"]: Axis.from_dict(item) for item in header["axes"]}
            _check(path, found, schema(axes))
            bundles, n_failed = _bundles(file)
    except (ArrowException, OSError) as error:
        raise InputError(f"{path}: not a Parquet file ({error}); write it with framing score --out") from error
    return Scores(path, axes, header["reference"], header["card"], bundles, n_rows, n_failed)


def _header(path: Path, found: Any) -> Mapping[str, Any]:
    raw = (found.metadata or {}).get(KEY)
    if raw is None:
        raise InputError(f"{path}: not a scores file; write one with framing score SOURCE --out scores.parquet")
    header: Mapping[str, Any] = json.loads(raw)
    if header.get("version") != VERSION:
        raise InputError(f"{path}: a scores file of version {header.get('version')}, not {VERSION}; score again")
    return header


def _check(path: Path, found: Any, wanted: Any) -> None:
    missing = [field.name for field in wanted if field.name not in found.names]
    if missing:
        raise InputError(f"{path}: a scores file without the columns {', '.join(missing[:5])}; score again")
    other = [field.name for field in wanted if found.field(field.name).type != field.type]
    if other:
        raise InputError(f"{path}: column {other[0]} is not as framing writes it; score again")


def _bundles(file: Any) -> tuple[tuple[BundleName, ...], int]:
    names = ("bundle_name", "bundle_version", SCORED)
    table = file.read(columns=[*names, "error"]).combine_chunks()
    n_failed = table.num_rows - pc.sum(pc.is_valid(table[SCORED])).as_py() if table.num_rows else 0
    groups = table.filter(pc.is_valid(table[SCORED])).group_by(list(names)).aggregate([])
    return tuple(BundleName(*(item[name] for name in names)) for item in groups.to_pylist()), n_failed
