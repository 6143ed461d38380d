"""A labelled set, whole: entries are put aside, their labels understood together, then made rows."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from framing.axes import Level
from framing.errors import InputError, UsageError
from framing.labels.entry import Entry, decode, encode
from framing.labels.merge import Merger, key_of
from framing.labels.options import DEFAULT, LabelOptions
from framing.labels.row import LabelledRow, LabelledSet, Problem
from framing.labels.scales import Coding, Tally, coding, slug
from framing.labels.source import Source, open_source
from framing.labels.store import stored
from framing.outlets import Outlets

# A set is of articles where half of its rows are longer than this, or have as many sentences.
ARTICLE_WORDS = 60
ARTICLE_SENTENCES = 3
LOOKED_AT = 2000
CHUNK = 1 << 20

_END = re.compile(r"[.!?][\"'”’)]*(?:\s|$)")


def load(source: str | Path, options: LabelOptions = DEFAULT) -> LabelledSet:
    """The labelled set that `source` names: a file, a folder, or a set of the hub.

    Raises
    ------
    InputError
        No row can be used, there are no labels, or a column of labels cannot be understood.
    UsageError
        A column that an option names is not there, or a choice must be made by an option.
    """
    opened = open_source(str(source), options)
    reading = _Reading(opened)
    entries = stored(reading.entries(), encode, decode, _size)
    opened.check()
    codings = _codings(reading, options, opened.name)
    merger = Merger(codings, options.weigh_disagreement, Outlets.load(options.outlets).name, reading.unmarked())
    rows = stored(merger.rows(entries, reading.keys), LabelledRow.to_dict, LabelledRow.from_dict, _row_size)
    problems = (*reading.problems, *merger.problems)
    _refuse_useless(rows, reading, problems, opened.name)
    return LabelledSet(
        opened.name,
        rows,
        {scale.axis: scale for found in codings.values() for scale in found.scales},
        options.level or level_of(rows),
        problems,
        _file_hash(opened.file) if opened.file else reading.hash(),
        options.licence or opened.licence,
        tuple(reading.notes),
        merger.judgements(),
    )


def level_of(rows: Sequence[LabelledRow]) -> Level:
    """Whether rows are sentences or articles, by the median length of the first of them."""
    texts = [row.text for row in islice(rows, LOOKED_AT)]
    n_words = median(len(text.split()) for text in texts)
    n_sentences = median(len(_END.findall(text)) for text in texts)
    return Level.ARTICLE if n_words > ARTICLE_WORDS or n_sentences >= ARTICLE_SENTENCES else Level.SENTENCE


class _Reading:
    """The entries of a source as they pass, with what must be known of all of them together."""

    def __init__(self, source: Source):
        self._source = source
        self._hash = hashlib.sha256()
        self.tallies: dict[str, Tally] = {}
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.keys: list[str] = []
        self.has_words = self.has_mentions = False

    def entries(self) -> Iterator[Entry]:
        """The sound entries, each counted as it passes."""
        for entry in self._source.entries:
            if isinstance(entry, Problem):
                self.problems.append(entry)
                continue
            self._count(entry)
            yield entry

    def unmarked(self) -> list[tuple[int, int]] | None:
        """What the words of an entry without any are: none, where it was read for them, else unknown."""
        return [] if self._source.marked and self.has_words else None

    def hash(self) -> str:
        """sha256 of the entries, for a source that is not one file."""
        return self._hash.hexdigest()

    def _count(self, entry: Entry) -> None:
        for axis, label in entry.labels.items():
            self.tallies.setdefault(axis, Tally()).add(label, entry.where)
        self.has_words = self.has_words or bool(entry.words)
        self.has_mentions = self.has_mentions or bool(entry.mentions)
        for word in entry.missing_words:
            self.notes.append(Problem(entry.where, f"the marked word {word!r} is not in the text", "correct it"))
        self.keys.append(key_of(entry, len(self.keys)))
        if self._source.file is None:
            self._hash.update(json.dumps(encode(entry) | {"where": ""}, sort_keys=True).encode())


def _codings(reading: _Reading, options: LabelOptions, name: str) -> dict[str, Coding]:
    orders = {slug(axis): classes for axis, classes in options.order.items()}
    unknown = [axis for axis in orders if axis not in reading.tallies]
    if unknown:
        known = ", ".join(reading.tallies) or "none"
        raise UsageError(f"{name}: --order names {unknown[0]!r}, which has no labels; there are {known}")
    try:
        return {axis: coding(axis, tally, name, orders.get(axis, ())) for axis, tally in reading.tallies.items()}
    except InputError as error:
        if not reading.problems:
            raise
        raise InputError(f"{error}. {_unusable(reading.problems)}") from error


def _unusable(problems: Sequence[Problem]) -> str:
    return f"Rows that cannot be used: {len(problems):,}, the first {problems[0]}"


def _refuse_useless(rows: Sequence[LabelledRow], reading: _Reading, problems: Sequence[Problem], name: str) -> None:
    if not rows and problems:
        raise InputError(f"{name}: no row can be used. {_unusable(problems)}")
    if not rows:
        raise InputError(f"{name}: no rows; give texts and their labels")
    if not reading.tallies and not reading.has_words and not reading.has_mentions:
        raise InputError(
            f"{name}: no labels; call a column label.AXIS, e.g. label.loaded, or name one, e.g. --label loaded=biased"
        )


def _file_hash(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def _size(entry: Entry) -> int:
    return len(entry.text)


def _row_size(row: LabelledRow) -> int:
    return len(row.text)
