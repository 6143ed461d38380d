"""A scores file as a corpus to compare: numbers read at once by column, texts when they are asked for."""

import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.article import Failure, Voice
from framing.compare.options import MAX_ACTOR_ARTICLES
from framing.compare.rows import ActorRows, AxisColumn, Corpus, MentionText
from framing.corpus import Scores
from framing.types import Floats, Ints

_TEXTS = ("id", "title", "outlet", "date", "language")
_ACTOR_TEXTS = ("id", "name", "kind")
_ACTOR_NUMBERS = ("stance", "quoted_stance", "share_of_voice")
_ACTOR_COUNTS = ("n", "n_quoted", "n_mentions")
LABELS = "labels"


def load(scores: Scores) -> Corpus:
    """The corpus of a scores file; rows in error are its failures."""
    table = _table(scores, [*_TEXTS, "n_words", "error_kind", "error", *_axis_names(scores)])
    failed = table["error"].is_valid().to_numpy()
    rows = np.flatnonzero(~failed)
    failures = table.filter(failed).select(["id", "error_kind", "error"]).to_pylist()
    table = table.filter(~failed)
    texts = {name: table[name].to_pylist() for name in ("id", "title")}
    texts |= {name: _shared(table[name].combine_chunks()) for name in ("outlet", "date", "language")}
    return Corpus(
        scores.path.name,
        scores.bundles,
        scores.axes,
        texts["id"],
        texts["title"],
        texts["outlet"],
        texts["date"],
        texts["language"],
        _whole(table["n_words"]),
        {axis: _axis(table, axis) for axis in scores.axes},
        _actors(scores, rows),
        _markers(scores, rows),
        FileSource(scores, rows),
        _columns(scores, rows),
        tuple(Failure(one["id"], one["error_kind"] or "error", one["error"]) for one in failures),
    )


@dataclass(frozen=True, slots=True)
class FileSource:
    """Texts of a scores file; `rows` has the row of each article."""

    scores: Scores
    rows: Ints

    def sentences(self, articles: Sequence[int]) -> Iterable[tuple[str, ...]]:
        """The sentences of each article's scored prose."""
        found = dict(self._read(articles, ["text", "sentences.list.element.start", "sentences.list.element.stop"]))
        for article in articles:
            row = found[article]
            yield tuple(_tidy(row["text"][one["start"] : one["stop"]]) for one in row["sentences"] or ())

    def mentions(self, articles: Sequence[int]) -> Iterable[tuple[MentionText, ...]]:
        """The mentions of actors in each article."""
        found = {article: tuple(_mentions(row)) for article, row in self._read(articles, ["text", "actors", "markers"])}
        for article in articles:
            yield found[article]

    def _read(self, articles: Sequence[int], columns: Sequence[str]) -> Iterator[tuple[int, dict[str, Any]]]:
        wanted = np.sort(np.asarray(articles, dtype=np.int64))
        for start, batch in _batches(self.scores, columns):
            low, high = np.searchsorted(self.rows[wanted], (start, start + batch.num_rows))
            chosen = wanted[low:high]
            if len(chosen):
                yield from zip(chosen.tolist(), batch.take(self.rows[chosen] - start).to_pylist(), strict=True)


def actor_key(actor: str, name: str, known: bool) -> str:
    """The id of a known actor; others are told by their name, as their ids are those of one article."""
    return actor if known else f"article:{name.casefold()}"


def _mentions(row: dict[str, Any]) -> Iterator[MentionText]:
    text = row["text"]
    hits = (one for one in row["markers"] or () if one["lexicon"] == LABELS)
    labels = [one for one in hits if not (one["negated"] or one["own"])]
    for actor in row["actors"] or ():
        key = actor_key(actor["id"], actor["name"], actor["known"])
        for one in actor["mentions"] or ():
            start, stop = one["sentence_start"], one["sentence_stop"]
            inside = tuple(text[hit["start"] : hit["stop"]] for hit in labels if start <= hit["start"] < stop)
            narrated = one["voice"] == Voice.JOURNALIST and one["speaker"] is None
            yield MentionText(key, text[start:stop], one["start"] - start, one["stop"] - start, narrated, inside)


def _axis_names(scores: Scores) -> list[str]:
    return [f"{axis}{suffix}" for axis in scores.axes for suffix in ("", "_low", "_high", "_n")]


def _axis(table: Any, axis: str) -> AxisColumn:
    value, low, high = (_real(table[f"{axis}{suffix}"]) for suffix in ("", "_low", "_high"))
    return AxisColumn(value, low, high, _whole(table[f"{axis}_n"]))


def _actors(scores: Scores, rows: Ints) -> ActorRows:
    names = (*_ACTOR_TEXTS, "known", *_ACTOR_NUMBERS, *_ACTOR_COUNTS)
    step = math.ceil(
        max(len(rows), 1) / MAX_ACTOR_ARTICLES
    )  # of a million articles the actors would not fit into memory
    articles, keys, parts = [np.zeros(0, dtype=np.int64)], list[str](), list[Any]()
    for start, batch in _batches(scores, [f"actors.list.element.{name}" for name in names]):
        some = np.arange(-start % step, batch.num_rows, step)
        lists = batch.column("actors").take(some)
        values = lists.flatten()
        articles.append(start + some[lists.value_parent_indices().to_numpy()])
        keys += _keys(values)
        parts.append(values)
    fields = {name: _joined([values.field(name) for values in parts]) for name in names}
    known = fields["known"].fill_null(False).to_numpy(zero_copy_only=False).astype(bool)
    stance, quoted, share = (_real(fields[name]) for name in _ACTOR_NUMBERS)
    n, n_quoted, n_mentions = (_whole(fields[name]) for name in _ACTOR_COUNTS)
    name, kind = (_shared(fields[one]) for one in ("name", "kind"))
    article = np.searchsorted(rows, np.concatenate(articles))
    return ActorRows(article, keys, name, kind, known, stance, n, quoted, n_quoted, n_mentions, share)


def _keys(actors: Any) -> list[str]:
    """The key of each actor; equal keys are one object."""
    columns = zip(*(actors.field(name).to_pylist() for name in ("id", "name", "known")), strict=True)
    return [sys.intern(actor_key(actor, name, bool(known))) for actor, name, known in columns]


def _shared(column: Any) -> Any:
    """Texts as an array of objects, equal ones one object; None where there is none."""
    encoded = column.dictionary_encode()
    words = np.array([*encoded.dictionary.to_pylist(), None], dtype=object)
    return words[encoded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)]


def _markers(scores: Scores, rows: Ints) -> dict[str, Ints]:
    """Hits of each lexicon in the journalist's voice, not negated and not of a user's own lexicon."""
    import pyarrow.compute as pc

    counts: dict[str, Ints] = {}
    wanted = ("lexicon", "voice", "negated", "own")
    for start, batch in _batches(scores, [f"markers.list.element.{name}" for name in wanted]):
        lists = batch.column("markers")
        values, row = lists.flatten(), start + lists.value_parent_indices().to_numpy()
        spoken = pc.equal(values.field("voice"), Voice.JOURNALIST.value)
        plain = pc.invert(pc.or_(values.field("negated"), values.field("own")))
        kept = pc.fill_null(pc.and_(spoken, plain), False).to_numpy(zero_copy_only=False).astype(bool)
        lexicons = values.field("lexicon").dictionary_encode()
        for number, lexicon in enumerate(lexicons.dictionary.to_pylist()):
            hits = kept & (lexicons.indices.to_numpy(zero_copy_only=False) == number)
            np.add.at(
                counts.setdefault(lexicon, np.zeros(len(rows), dtype=np.int64)), np.searchsorted(rows, row[hits]), 1
            )
    return dict(sorted(counts.items()))


def _columns(scores: Scores, rows: Ints) -> dict[str, Any]:
    """Columns carried along, None where an article has none."""
    found: dict[str, Any] = {}
    for start, batch in _batches(scores, ["columns"]):
        maps = batch.column("columns")
        offsets = maps.offsets.to_numpy()
        place = np.searchsorted(rows, start + np.repeat(np.arange(len(maps)), np.diff(offsets)))
        inside = slice(int(offsets[0]), int(offsets[-1]))
        names, values = (child[inside].to_numpy(zero_copy_only=False) for child in (maps.keys, maps.items))
        for name in set(names):
            column = found.setdefault(name, np.full(len(rows), None, dtype=object))
            column[place[names == name]] = values[names == name]
    return found


def _batches(scores: Scores, columns: Sequence[str]) -> Iterator[tuple[int, Any]]:
    start = 0
    for batch in scores.batches(columns):
        yield start, batch
        start += batch.num_rows


def _table(scores: Scores, columns: Sequence[str]) -> Any:
    import pyarrow as pa

    return pa.Table.from_batches(scores.batches(columns)).combine_chunks()


def _joined(arrays: Sequence[Any]) -> Any:
    import pyarrow as pa

    return pa.concat_arrays(arrays)


def _real(column: Any) -> Floats:
    return np.asarray(
        column.to_numpy(zero_copy_only=False) if hasattr(column, "offset") else column.to_numpy(), dtype=np.float64
    )


def _whole(column: Any) -> Ints:
    return np.nan_to_num(_real(column)).astype(np.int64)


def _tidy(text: str) -> str:
    return " ".join(text.split())
