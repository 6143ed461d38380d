"""Rows that are kept on disk where there are many: a memory-mapped Arrow file, read a row at a time."""

import json
import os
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from framing.errors import InputError

IN_MEMORY_ROWS = 20_000
IN_MEMORY_CHARACTERS = 20_000_000
BATCH_ROWS = 512

T = TypeVar("T")
Plain = dict[str, Any]


def stored(
    items: Iterable[T],
    encode: Callable[[T], Plain],
    decode: Callable[[Plain], T],
    size: Callable[[T], int],
    rows_in_memory: int = IN_MEMORY_ROWS,
) -> Sequence[T]:
    """`items` as a sequence: a tuple, or a file of their plain data where they are many or large.

    Parameters
    ----------
    size : characters of an item.
    """
    kept: list[T] = []
    n_characters = 0
    stream = iter(items)
    for item in stream:
        kept.append(item)
        n_characters += size(item)
        if len(kept) > rows_in_memory or n_characters > IN_MEMORY_CHARACTERS:
            return _OnDisk(_written(kept, stream, encode), decode)
    return tuple(kept)


class _OnDisk(Sequence[T], Generic[T]):
    """Rows of a temporary file, which loses its name once it is mapped: nothing is left behind, even by a kill."""

    def __init__(self, path: Path, decode: Callable[[Plain], T]):
        import pyarrow as pa

        self._decode = decode
        self._map = pa.memory_map(str(path))
        self._file = pa.ipc.open_file(self._map)
        last = self._file.num_record_batches - 1
        self._length: int = last * BATCH_ROWS + self._file.get_batch(last).num_rows
        try:
            path.unlink()
        except PermissionError:  # Windows keeps a file that is open
            weakref.finalize(self, path.unlink, missing_ok=True)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(self._length))]
        place = index + self._length if index < 0 else index
        if not 0 <= place < self._length:
            raise IndexError(index)
        batch = self._file.get_batch(place // BATCH_ROWS)
        return self._decode(json.loads(batch.column(0)[place % BATCH_ROWS].as_py()))


def _written(kept: list[T], stream: Iterator[T], encode: Callable[[T], Plain]) -> Path:
    """The temporary file; `kept` is emptied as it is written."""
    try:
        handle, name = tempfile.mkstemp(prefix="framing-", suffix=".arrow")
        os.close(handle)
        try:
            _write(Path(name), _batches(kept, stream), encode)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(
            f"{tempfile.gettempdir()}: rows cannot be put aside there ({why}); free space, or set TMPDIR"
        ) from error
    return Path(name)


def _batches(kept: list[T], stream: Iterator[T]) -> Iterator[list[T]]:
    """All items in lists of `BATCH_ROWS`, the last one shorter."""
    while True:
        while len(kept) < BATCH_ROWS and (item := next(stream, None)) is not None:
            kept.append(item)
        if not kept:
            return
        yield kept[:BATCH_ROWS]
        del kept[:BATCH_ROWS]


def _write(path: Path, batches: Iterable[list[T]], encode: Callable[[T], Plain]) -> None:
    import pyarrow as pa

    schema = pa.schema([("row", pa.large_string())])
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for batch in batches:
            texts = [json.dumps(encode(item)) for item in batch]
            writer.write_batch(pa.record_batch([pa.array(texts, pa.large_string())], schema=schema))
