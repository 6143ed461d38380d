"""Rows become batches of tensors; every label that a row lacks is marked as missing, and no text is cut short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from framing.article import Span
from framing.neural.offsets import counts_spaces, trimmed
from framing.neural.shapes import TAGS, shapes, word_starts
from framing.neural.torch_encoder import special_ids
from framing.neural.torch_heads import ROLES, STANCES
from framing.neural.windows import Window, padded, windows
from framing.training.rows import Named, Row

UNKNOWN = -100
_MISSING = float("nan")


@dataclass(frozen=True, slots=True)
class _Coded:
    """A passage as tokens, special ones left out, cut into windows; offsets are int64, shape (n_tokens, 2)."""

    row: Row
    text: str
    offsets: Tensor
    parts: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Coder:
    """Makes batches of rows.

    Attributes
    ----------
    max_tokens : longest window, special tokens included; a longer passage is read in several.
    piece_tokens : the most tokens of a batch, padding counted; a row of more is a batch of its own.
    """

    tokenizer: PreTrainedTokenizerBase
    axes: tuple[str, ...]
    max_tokens: int
    piece_tokens: int = 8192

    def pieces(self, rows: Sequence[Row]) -> Iterator[tuple[list[int], dict[str, Tensor]]]:
        """The places in `rows` and the batch of each piece; rows follow each other as they come."""
        coded = self._coded(rows)
        group: list[int] = []
        for at in range(len(rows)):
            if group and _n_tokens([part for one in (*group, at) for part in coded[one]]) > self.piece_tokens:
                yield group, self._batch([rows[one] for one in group], [coded[one] for one in group])
                group = []
            group.append(at)
        if group:
            yield group, self._batch([rows[one] for one in group], [coded[one] for one in group])

    def batch(self, rows: Sequence[Row]) -> dict[str, Tensor]:
        """All of `rows` as one batch, however long."""
        return self._batch(rows, self._coded(rows))

    def _coded(self, rows: Sequence[Row]) -> list[list[_Coded]]:
        """The passages of each row."""
        texts = [text for row in rows for text in row.parts]
        found = self.tokenizer(texts, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        items = zip(texts, found["input_ids"], found["offset_mapping"], strict=True)
        return [[self._passage(row, *next(items)) for _ in row.parts] for row in rows]

    def _passage(self, row: Row, text: str, ids: list[int], offsets: list[tuple[int, int]]) -> _Coded:
        kept = trimmed(text, offsets) if counts_spaces(self.tokenizer.backend_tokenizer) else offsets
        places = torch.tensor(kept, dtype=torch.int64).reshape(-1, 2)
        return _Coded(row, text, places, tuple(windows([ids], self.max_tokens - 2)))

    def _batch(self, rows: Sequence[Row], coded: Sequence[Sequence[_Coded]]) -> dict[str, Tensor]:
        passages = [passage for found in coded for passage in found]
        ids, mask = padded([part for one in passages for part in one.parts], *special_ids(self.tokenizer))
        width = _longest(passages) + 2
        return {
            "input_ids": torch.from_numpy(ids),
            "attention_mask": torch.from_numpy(mask),
            **_joints(passages, ids.shape[1], width),
            **_shares([len(found) for found in coded]),
            "targets": torch.tensor([[row.labels.get(axis, _MISSING) for axis in self.axes] for row in rows]),
            "weights": torch.tensor([row.weight for row in rows]),
            **_tokens(passages, width),
            **_mentions(passages, width),
        }


def collate(
    rows: Sequence[Row], tokenizer: PreTrainedTokenizerBase, axes: Sequence[str], max_tokens: int
) -> dict[str, Tensor]:
    """A batch of tensors.

    `input_ids` and `attention_mask` have a line a window, all others a line a passage, a special token's place before
    and after its tokens. `content`, shape (n_passages, n_tokens), is 1 on tokens that stand for text; `targets`,
    (n_rows, n_axes), and `words`, (n_passages, n_tokens), are NaN where a label is missing, `tags`,
    (n_passages, n_tokens), is `UNKNOWN`. Mentions of all rows follow each other: `mention_rows`, (n_mentions,),
    `mention_spans`, (n_mentions, n_tokens), `stance`, (n_mentions, 3), `roles`, (n_mentions, 4).

    Where a passage has several windows, `joints`, (n_passages, n_tokens), are the places of its tokens among those of
    all windows; where a row has several passages, `shares`, (n_rows, n_passages), are what each gives to its row.
    """
    return Coder(tokenizer, tuple(axes), max_tokens).batch(rows)


def _longest(passages: Sequence[_Coded]) -> int:
    return max(len(one.offsets) for one in passages)


def _n_tokens(passages: Sequence[_Coded]) -> int:
    """The places of a batch, padding counted, in windows or in passages, whichever are more."""
    parts = [part for one in passages for part in one.parts]
    widest = max(len(part.ids) for part in parts) + 2
    return max(len(parts) * widest, len(passages) * (_longest(passages) + 2))


def _joints(passages: Sequence[_Coded], window_width: int, width: int) -> dict[str, Tensor]:
    """Where the tokens of each passage stand among those of all windows; nothing where each has one window."""
    if all(len(one.parts) == 1 for one in passages):
        return {}
    places = np.zeros((len(passages), width), dtype=np.int64)
    window = 0
    for line, passage in zip(places, passages, strict=True):
        for part in passage.parts:
            start, stop = part.start + 1, part.start + 1 + len(part.ids)
            line[start:stop] = np.arange(1, len(part.ids) + 1) + window * window_width
            window += 1
    return {"joints": torch.from_numpy(places)}


def _shares(n_passages: Sequence[int]) -> dict[str, Tensor]:
    if all(n == 1 for n in n_passages):
        return {}
    row_of = np.repeat(np.arange(len(n_passages)), n_passages)
    shares = (row_of == np.arange(len(n_passages))[:, None]) / np.array(n_passages)[:, None]
    return {"shares": torch.from_numpy(shares.astype(np.float32))}


def _tokens(passages: Sequence[_Coded], width: int) -> dict[str, Tensor]:
    """What is known token by token."""
    shape = (len(passages), width)
    content, shape_of = torch.zeros(shape, dtype=torch.int64), torch.zeros(shape, dtype=torch.int64)
    words, tags = torch.full(shape, _MISSING), torch.full(shape, UNKNOWN)
    for line, one in enumerate(passages):
        here = slice(1, len(one.offsets) + 1)
        content[line, here] = 1
        if one.row.words is not None:
            words[line] = _word_targets(one, width)
        if one.row.names is not None:
            offsets = one.offsets.tolist()
            starts = word_starts(one.text, offsets)
            shape_of[line, here] = torch.from_numpy(shapes(one.text, offsets, starts))
            tags[line, here] = torch.where(torch.from_numpy(starts), _tags(one.row.names, one.offsets), UNKNOWN)
    return {"content": content, "words": words, "shapes": shape_of, "tags": tags}


def _word_targets(passage: _Coded, width: int) -> Tensor:
    inside = torch.zeros(width)
    for span in passage.row.words or ():
        inside[1 : len(passage.offsets) + 1][_covered(passage.offsets, span)] = 1.0
    return inside


def _tags(names: Sequence[Named], offsets: Tensor) -> Tensor:
    """The tag of each token; only the first token of a word keeps it."""
    tags = torch.zeros(len(offsets), dtype=torch.int64)
    for name in names:
        covered = _covered(offsets, name.span).nonzero().flatten()
        tags[covered] = TAGS.index(f"I-{name.type}")
        if len(covered):
            tags[covered[0]] = TAGS.index(f"B-{name.type}")
    return tags


def _covered(offsets: Tensor, span: Span) -> Tensor:
    return (offsets[:, 0] < span.stop) & (offsets[:, 1] > span.start)


def _mentions(passages: Sequence[_Coded], width: int) -> dict[str, Tensor]:
    """The mentions of all rows; one that no token stands for is left out."""
    covered = [
        (at, target, _covered(one.offsets, target.span))
        for at, one in enumerate(passages)
        for target in one.row.targets
    ]
    found = [item for item in covered if item[2].any()]
    spans = torch.zeros((len(found), width), dtype=torch.bool)
    for line, (_, _, inside) in zip(spans, found, strict=True):
        line[1 : len(inside) + 1] = inside
    no_stance, no_roles = (_MISSING,) * len(STANCES), (_MISSING,) * len(ROLES)
    return {
        "mention_rows": torch.tensor([at for at, _, _ in found], dtype=torch.int64),
        "mention_spans": spans,
        "stance": torch.tensor([target.stance or no_stance for _, target, _ in found]).reshape(-1, len(STANCES)),
        "roles": torch.tensor([target.roles or no_roles for _, target, _ in found]).reshape(-1, len(ROLES)),
    }
