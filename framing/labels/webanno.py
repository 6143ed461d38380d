"""WebAnno TSV 3, as INCEpTION and WebAnno write it: a sentence is a record, span layers are labels, words, mentions.

A span over a whole sentence labels it: the axis is the feature's name, or the layer's where the feature is called
`value` or `label`. A span over part of it is a word, or a mention where it has a feature `stance`.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from framing.errors import InputError
from framing.labels.columns import PREFIX
from framing.labels.marks import Marks
from framing.labels.tables import Placed, Record

BEGINS = "#FORMAT=WebAnno TSV 3"
# Layers of linguistic tools, which nobody asked a reader about.
BUILT_IN = "de.tudarmstadt.ukp.dkpro"
NAMELESS = frozenset({"value", "label", ""})
EMPTY, UNNAMED = "_", "*"

_LAYER = re.compile(r"#T_(SP|CH|RL)=([^|]*)\|?(.*)")
_UNIT = re.compile(r"(\d+)-(\d+)(?:\.\d+)?\t(\d+)-(\d+)\t")
_NUMBERED = re.compile(r"(.*)\[(\d+)\]", re.DOTALL)
_STACKED = re.compile(r"(?<!\\)\|")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A feature of a layer."""

    layer: str
    feature: str
    wanted: bool


@dataclass(slots=True)
class _Span:
    """A span of one layer: the units it covers, and its features."""

    start: int
    stop: int
    features: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Sentence:
    """A sentence as it is read: its lines, then its spans."""

    line: int
    text: str
    units: list[list[str]] = field(default_factory=list)


def sentences(path: Path, name: str, group: str, annotator: str | None = None) -> Iterator[Placed]:
    """The sentences of a file as records, each with its line; all are of one group, the document."""
    columns: list[_Column] = []
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        for sentence in _read(file, columns, name):
            record = {"annotator": annotator} if annotator else {}
            yield f"{name}:{sentence.line}", {**record, "group": group, **_record(sentence, columns)}


def _read(lines: Iterable[str], columns: list[_Column], name: str) -> Iterator[_Sentence]:
    sentence: _Sentence | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        if match := _LAYER.match(line):
            columns += _columns(match[1], match[2], match[3])
        elif line.startswith("#Text="):
            if sentence is not None and not sentence.units:  # a sentence over several lines has a mark a line
                sentence.text += "\n" + _plain(line[6:])
                continue
            if sentence is not None:
                yield sentence
            sentence = _Sentence(number, _plain(line[6:]))
        elif _UNIT.match(line):
            if sentence is None:
                raise InputError(f"{name}:{number}: a token before the first #Text=; export the file again")
            sentence.units.append(line.split("\t"))
    if sentence is not None:
        yield sentence


def _columns(kind: str, layer: str, features: str) -> Iterator[_Column]:
    wanted = kind == "SP" and not layer.startswith(BUILT_IN)
    for feature in features.split("|"):
        yield _Column(layer.rpartition(".")[2], feature, wanted and not feature.startswith(("ROLE_", "BT_")))


def _record(sentence: _Sentence, columns: list[_Column]) -> Record:
    """The labels, words and mentions of a sentence."""
    if not sentence.units:
        return {"text": sentence.text}
    base = int(sentence.units[0][1].split("-")[0])
    place = _places(sentence.text, base)
    whole = (base, max(int(unit[1].split("-")[1]) for unit in sentence.units))
    labels: dict[str, Any] = {}
    marks = Marks()
    for (layer, _), span in _spans(sentence.units, columns).items():
        if (span.start, span.stop) == whole:
            labels |= _labels(layer, span.features)
        else:
            marks.add(place(span.start), place(span.stop), span.features.get("stance"), judged=True)
    return {"text": sentence.text, **labels, **marks.columns()}


def _labels(layer: str, features: Mapping[str, str]) -> dict[str, str]:
    """The labels a span over a whole sentence gives; a layer without features says yes."""
    named = {PREFIX + (layer if name in NAMELESS else name): value for name, value in features.items()}
    return named or {PREFIX + layer: "yes"}


def _spans(units: Iterable[list[str]], columns: list[_Column]) -> dict[tuple[str, str], _Span]:
    """The spans by layer and number; one without a number is of its unit alone."""
    found: dict[tuple[str, str], _Span] = {}
    for unit in units:
        start, stop = map(int, unit[1].split("-"))
        for column, cell in zip(columns, unit[3:], strict=False):
            if not column.wanted or cell in (EMPTY, ""):
                continue
            for value in _STACKED.split(cell):
                numbered = _NUMBERED.fullmatch(value)
                text, number = (numbered[1], numbered[2]) if numbered else (value, f"at {unit[0]}")
                span = found.setdefault((column.layer, number), _Span(start, stop))
                span.start, span.stop = min(span.start, start), max(span.stop, stop)
                if text not in (UNNAMED, EMPTY):
                    span.features[column.feature] = _plain(text)
    return found


def _places(text: str, base: int) -> Callable[[int], int]:
    """A function from the file's offsets, in UTF-16 units of the document, to characters of the sentence."""
    units = list(accumulate((1 + (ord(character) > 0xFFFF) for character in text), initial=base))
    return lambda offset: bisect_left(units, offset)


def _plain(text: str) -> str:
    """`text` without the format's escapes."""
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)
