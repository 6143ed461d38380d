"""The objects of a JSON file that is one array, read one after another: exports can be larger than memory."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from framing.errors import InputError

CHUNK = 1 << 20
SPACE = " \t\r\n"


def array_items(path: Path, name: str) -> Iterator[tuple[int, Any]]:
    """The items of the array in `path`, each with the line it begins on.

    Raises
    ------
    InputError
        The file is no JSON array.
    """
    decoder = json.JSONDecoder()
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        text, line = file.read(CHUNK), 1
        before, _, text = text.partition("[")
        line += before.count("\n")
        while True:
            rest = text.lstrip(SPACE + ",")
            line += text.count("\n", 0, len(text) - len(rest))
            if rest.startswith("]"):
                return
            try:
                item, stop = decoder.raw_decode(rest)
            except (ValueError, RecursionError) as error:
                more = file.read(max(CHUNK, len(rest)))
                if not more:
                    raise InputError(f"{name}:{line}: not a JSON array ({error}); export it again") from error
                text = rest + more
                continue
            yield line, item
            line += rest.count("\n", 0, stop)
            text = rest[stop:]
