"""Rows of a Parquet file, a record batch at a time, so that memory does not grow with the file."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from framing.errors import InputError
from framing.ingest.tables import check_columns

BATCH_ROWS = 256


def parquet_rows(
    path: Path, where: str, check: Callable[[list[str], str], None] = check_columns
) -> Iterator[Mapping[str, Any]]:
    """The rows of a Parquet file as mappings; `check` raises an error when the columns are not those wanted."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        file = ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise InputError(f"{where}: not a Parquet file ({error}); write it again") from error
    with file:
        check(list(file.schema_arrow.names), where)
        try:
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                yield from batch.to_pylist()
        except (ArrowException, OSError) as error:
            raise InputError(f"{where}: a damaged Parquet file ({error}); write it again") from error


def count_parquet(path: Path) -> int | None:
    """How many rows the file says it has; None where it cannot be asked."""
    from pyarrow import ArrowException
    from pyarrow.parquet import read_metadata

    try:
        return int(read_metadata(path).num_rows)
    except (ArrowException, OSError):
        return None
