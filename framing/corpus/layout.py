"""The columns of a scores file (docs/report.md) and what its header says."""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from framing.axes import Axis
from framing.errors import UsageError

VERSION = 1
KEY = b"framing.scores"

CARD = ("licence", "reference", "data", "metrics")
EMPTY: Mapping[str, Any] = MappingProxyType({})
SUFFIXES = ("", "_low", "_high", "_percentile", "_title", "_quoted", "_n", "_n_quoted", "_why_null")

TEXT, FLAG, WHOLE, NUMBER = pa.string(), pa.bool_(), pa.int32(), pa.float64()


def _table(**fields: Any) -> Any:
    """A column that holds a little table in each row."""
    return pa.list_(pa.struct(list(fields.items())))


SPANS = _table(start=WHOLE, stop=WHOLE)
# The strongest sentences of each axis; `words` are those that raise it most.
EVIDENCE = _table(axis=TEXT, start=WHOLE, stop=WHOLE, contribution=NUMBER, probability=NUMBER, words=SPANS)
# A mention: its own span, that of its sentence, and whose stance it is: the journalist's, or a speaker's.
MENTIONS = _table(
    start=WHOLE,
    stop=WHOLE,
    sentence_start=WHOLE,
    sentence_stop=WHOLE,
    in_title=FLAG,
    stance=NUMBER,
    weight=NUMBER,
    voice=TEXT,
    speaker=TEXT,
    how=TEXT,
)
ACTORS = _table(
    id=TEXT,
    name=TEXT,
    kind=TEXT,
    known=FLAG,
    stance=NUMBER,
    low=NUMBER,
    high=NUMBER,
    n=WHOLE,
    why_null=TEXT,
    title_stance=NUMBER,
    quoted_stance=NUMBER,
    n_quoted=WHOLE,
    n_mentions=WHOLE,
    share_of_voice=NUMBER,
    role=TEXT,
    mentions=MENTIONS,
)
MARKERS = _table(start=WHOLE, stop=WHOLE, lexicon=TEXT, term=TEXT, voice=TEXT, negated=FLAG, own=FLAG)
ARTICLE = (
    ("id", TEXT),
    ("title", TEXT),
    ("outlet", TEXT),
    ("url", TEXT),
    ("date", TEXT),
    ("language", TEXT),
    ("n_words", WHOLE),
    ("n_sentences", WHOLE),
    ("text", TEXT),
    ("columns", pa.map_(TEXT, TEXT)),
)
NESTED = (
    ("sentences", SPANS),
    ("quotes", _table(start=WHOLE, stop=WHOLE, speaker=TEXT, indirect=FLAG)),
    ("evidence", EVIDENCE),
    ("markers", MARKERS),
    ("actors", ACTORS),
    ("notes", pa.list_(TEXT)),
)
PROVENANCE = (
    ("bundle_name", TEXT),
    ("bundle_version", TEXT),
    ("bundle_sha256", TEXT),
    ("error_kind", TEXT),
    ("error", TEXT),
)
FIXED = frozenset(name for name, _ in (*ARTICLE, *NESTED, *PROVENANCE))


def schema(axes: Mapping[str, Axis], reference: str = "", card: Mapping[str, Any] = EMPTY) -> Any:
    """The schema for these axes; its metadata carry their definitions, so that a reader needs no bundle.

    Parameters
    ----------
    card : of the bundle's manifest what a reader of the scores should know (`CARD`).
    """
    header = {
        "version": VERSION,
        "reference": reference,
        "axes": [axis.to_dict() for axis in axes.values()],
        "card": {key: card[key] for key in CARD if key in card},
    }
    fields = [*ARTICLE, *_axis_fields(axes), *NESTED, *PROVENANCE]
    return pa.schema(fields, metadata={KEY: json.dumps(header).encode()})


def _axis_fields(axes: Iterable[str]) -> list[tuple[str, Any]]:
    kinds = {"_n": WHOLE, "_n_quoted": WHOLE, "_why_null": TEXT}
    names = list(axes)
    found = [(f"{name}{suffix}", kinds.get(suffix, NUMBER)) for name in names for suffix in SUFFIXES]
    taken = FIXED & {name for name, _ in found}
    if taken:
        raise UsageError(f"axis {min(taken)}: a scores file has a column of that name; give the axis another name")
    return found
