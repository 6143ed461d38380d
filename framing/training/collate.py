"""Rows become batches of tensors; every label that a row lacks is marked as missing."""

import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from framing.article import Span
from framing.neural.shapes import TAGS, shapes, word_starts
from framing.neural.torch_heads import ROLES, STANCES
from framing.training.rows import Named, Row

UNKNOWN = -100
_MISSING = float("nan")


def shuffled_batches(rows: Sequence[Row], size: int, random_state: int) -> Iterator[list[Row]]:
    """Batches of rows of similar length, in random order: padding is most of the cost otherwise."""
    generator = random.Random(random_state)
    order = list(rows)
    generator.shuffle(order)
    pools = [order[start : start + 16 * size] for start in range(0, len(order), 16 * size)]
    ordered = [row for pool in pools for row in sorted(pool, key=lambda row: len(row.text))]
    batches = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    generator.shuffle(batches)
    yield from batches


def collate(
    rows: Sequence[Row], tokenizer: PreTrainedTokenizerBase, axes: Sequence[str], max_tokens: int
) -> dict[str, Tensor]:
    """A batch of tensors.

    `content`, shape (n_rows, n_tokens), is 1 on tokens that stand for text; `targets`, (n_rows, n_axes), and `words`,
    (n_rows, n_tokens), are NaN where a label is missing, `tags`, (n_rows, n_tokens), is `UNKNOWN`. Mentions of all rows
    follow each other: `mention_rows`, (n_mentions,), `mention_spans`, (n_mentions, n_tokens), `stance`,
    (n_mentions, 3), `roles`, (n_mentions, 4).
    """
    coded = tokenizer(
        [row.text for row in rows],
        truncation=True,
        max_length=max_tokens,
        padding=True,
        return_tensors="pt",
        return_offsets_mapping=True,
        return_special_tokens_mask=True,
    )
    offsets = coded["offset_mapping"]
    content = (1 - coded["special_tokens_mask"]) * coded["attention_mask"]
    written = [_written(row, where, kept) for row, where, kept in zip(rows, offsets, content, strict=True)]
    return {
        "input_ids": coded["input_ids"],
        "attention_mask": coded["attention_mask"],
        "content": content,
        "targets": torch.tensor([[row.labels.get(axis, _MISSING) for axis in axes] for row in rows]),
        "words": torch.stack([_word_targets(row, where) for row, where in zip(rows, offsets, strict=True)]),
        "shapes": torch.stack([shape for shape, _ in written]),
        "tags": torch.stack([tags for _, tags in written]),
        **_mentions(rows, offsets),
    }


def _word_targets(row: Row, offsets: Tensor) -> Tensor:
    if row.words is None:
        return torch.full((len(offsets),), _MISSING)
    inside = torch.zeros(len(offsets))
    for span in row.words:
        inside[_covered(offsets, span)] = 1.0
    return inside


def _written(row: Row, offsets: Tensor, content: Tensor) -> tuple[Tensor, Tensor]:
    """The shape and the tag of each token; only the first token of a word has a tag."""
    kept = content.bool()
    pairs = [(int(start), int(stop)) for start, stop in offsets[kept].tolist()]
    starts = word_starts(row.text, pairs)
    shape = torch.zeros(len(offsets), dtype=torch.int64)
    shape[kept] = torch.from_numpy(shapes(row.text, pairs, starts))
    tags = torch.full((len(offsets),), UNKNOWN)
    if row.names is not None:
        first = kept.clone()
        first[kept] = torch.from_numpy(starts)
        tags[first] = _tags(row.names, offsets)[first]
    return shape, tags


def _tags(names: Sequence[Named], offsets: Tensor) -> Tensor:
    tags = torch.zeros(len(offsets), dtype=torch.int64)
    for name in names:
        covered = _covered(offsets, name.span).nonzero().flatten()
        tags[covered] = TAGS.index(f"I-{name.type}")
        if len(covered):
            tags[covered[0]] = TAGS.index(f"B-{name.type}")
    return tags


def _covered(offsets: Tensor, span: Span) -> Tensor:
    return (offsets[:, 0] < span.stop) & (offsets[:, 1] > span.start)


def _mentions(rows: Sequence[Row], offsets: Tensor) -> dict[str, Tensor]:
    """The mentions of all rows; one beyond the window, whose tokens were cut, is left out."""
    found = [(at, target, _covered(offsets[at], target.span)) for at, row in enumerate(rows) for target in row.targets]
    found = [item for item in found if item[2].any()]
    no_stance, no_roles = (_MISSING,) * len(STANCES), (_MISSING,) * len(ROLES)
    return {
        "mention_rows": torch.tensor([at for at, _, _ in found], dtype=torch.int64),
        "mention_spans": torch.stack([covered for _, _, covered in found])
        if found
        else torch.zeros((0, offsets.shape[1]), dtype=torch.bool),
        "stance": torch.tensor([target.stance or no_stance for _, target, _ in found]).reshape(-1, len(STANCES)),
        "roles": torch.tensor([target.roles or no_roles for _, target, _ in found]).reshape(-1, len(ROLES)),
    }
