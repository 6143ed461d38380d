"""Windows: long texts cut into pieces the encoder can read, and pieces of like length put into one batch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.types import Ints


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `[start, start + len(ids))` of text number `text`."""

    text: int
    start: int
    ids: tuple[int, ...]


def windows(token_ids: Sequence[Sequence[int]], size: int) -> list[Window]:
    """All tokens of all texts, none dropped, in windows of at most `size` tokens of about equal length.

    A text without tokens has one empty window, so that its states have a width too.
    """
    out: list[Window] = []
    for text, ids in enumerate(token_ids):
        n_windows = max(1, -(-len(ids) // size))
        width = max(1, -(-len(ids) // n_windows))
        out.extend(Window(text, at, tuple(ids[at : at + width])) for at in range(0, max(1, len(ids)), width))
    return out


def batches(parts: Sequence[Window], max_rows: int, max_tokens: int) -> Iterator[list[Window]]:
    """Batches of windows sorted by length, each at most `max_rows` windows and `max_tokens` tokens, padding counted.

    The special tokens that `padded` adds are not counted; a window longer than `max_tokens` is a batch of its own.
    """
    batch: list[Window] = []
    for part in sorted(parts, key=lambda window: (len(window.ids), window.text, window.start)):
        if batch and (len(batch) == max_rows or (len(batch) + 1) * len(part.ids) > max_tokens):
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


def padded(batch: Sequence[Window], first: int, last: int, pad: int) -> tuple[Ints, Ints]:
    """Token numbers and attention mask, int64, shape (n_windows, longest + 2), with the special tokens around each."""
    width = max(len(window.ids) for window in batch) + 2
    ids = np.full((len(batch), width), pad, dtype=np.int64)
    mask = np.zeros((len(batch), width), dtype=np.int64)
    for row, window in enumerate(batch):
        length = len(window.ids) + 2
        ids[row, :length] = (first, *window.ids, last)
        mask[row, :length] = 1
    return ids, mask
