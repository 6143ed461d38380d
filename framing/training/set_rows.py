"""The rows of a labelled set as the encoder is trained on them: sentences as they are, articles in passages."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from framing.article import Span, Voice
from framing.axes import Level
from framing.errors import FramingError
from framing.evaluation.predictions import document
from framing.labels.row import LabelledRow
from framing.labels.store import stored
from framing.text import article_of
from framing.text.passages import TITLE, passages
from framing.training.rows import Row, Target

SOURCE = "set"


def training_rows(rows: Sequence[LabelledRow], groups: Sequence[str], level: Level) -> Sequence[Row]:
    """The rows, on disk where they are many; articles that cannot be read, or have too little text, are left out."""
    found = (_row(row, group, level) for row, group in zip(rows, groups, strict=True))
    return stored((row for row in found if row is not None), asdict, _from_dict, _size)


def _row(row: LabelledRow, group: str, level: Level) -> Row | None:
    if level is Level.ARTICLE:
        parts = tuple(own_passages(row))
        return (
            Row(row.id, row.text, group, SOURCE, row.labels, row.outlet, passages=parts, weight=row.weight)
            if parts
            else None
        )
    targets = tuple(Target(one.span, _mixture(one.stance)) for one in row.targets)
    return Row(row.id, row.text, group, SOURCE, row.labels, row.outlet, row.words, targets=targets, weight=row.weight)


def own_passages(row: LabelledRow) -> Iterator[str]:
    """What the journalist says in the body of an article, passage by passage; nothing of one that cannot be read."""
    try:
        article = article_of(document(row))
    except FramingError:
        return
    for passage in passages(article):
        if passage.voice is Voice.JOURNALIST and passage.sentence != TITLE:
            yield passage.text


def _mixture(stance: float) -> tuple[float, float, float]:
    """Probabilities of negative, neutral and positive; a stance between two of them is a mixture."""
    return max(0.0, -stance), 1.0 - abs(stance), max(0.0, stance)


def _size(row: Row) -> int:
    return len(row.text)


def _from_dict(data: dict[str, Any]) -> Row:
    words = data["words"]
    spans = None if words is None else tuple(Span(**span) for span in words)
    targets = tuple(
        Target(Span(**one["span"]), one["stance"] and tuple(one["stance"]), None) for one in data["targets"]
    )
    passages_of = tuple(data["passages"])
    return Row(**{**data, "words": spans, "targets": targets, "names": None, "passages": passages_of})
