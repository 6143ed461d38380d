"""Scores as rows of a table, and as CSV that is safe to open in a spreadsheet."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TextIO

from framing.article import Failure
from framing.report import phrases
from framing.report.phrases import Axes, Result
from framing.scores import ArticleScore, AxisScore

Row = dict[str, Any]

ARTICLE = ("id", "title", "outlet", "url", "date", "n_words", "n_sentences")
ERROR = ("why_null", "error_kind", "error")
OTHER = "other_columns"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(result: Result) -> Row:
    """The row of one result: article, each axis, why a value is null or the article failed, carried columns."""
    if isinstance(result, Failure):
        return {"id": result.id, "error_kind": result.kind, "error": result.message}
    row = _article(result)
    for name, score in result.axes.items():
        row |= _axis(name, score)
    row["why_null"] = "; ".join(dict.fromkeys(s.why_null for s in result.axes.values() if s.why_null)) or None
    return row | {carried(column, result.axes): v for column, v in result.article.document.columns.items()}


def header(axes: Iterable[str], columns: Iterable[str] = ()) -> list[str]:
    """The columns of the table, in order, for these axes and columns carried along."""
    names = list(axes)
    scored = [f"{name}{suffix}" for name in names for suffix in _SUFFIXES]
    return [*ARTICLE, *scored, *ERROR, *(carried(column, names) for column in columns)]


def carried(column: str, axes: Iterable[str]) -> str:
    """The name of a column carried along: its own, or with `source_` before it where framing has one of that name."""
    own = {*ARTICLE, *ERROR, OTHER, *(f"{name}{suffix}" for name in axes for suffix in _SUFFIXES)}
    return f"source_{column}" if column in own else column


def write_csv(results: Iterable[Result], file: TextIO, axes: Axes, columns: Sequence[str] | None = None) -> None:
    """Write a row a result, each as soon as it is there; `actor_tables` has the rows of its actors.

    Parameters
    ----------
    columns : the columns carried along. Without it they are those of the first article that was scored, and what
        later articles have besides is kept as JSON in a last column, `other_columns`.
    """
    stream = iter(results)
    head: list[Result] = []
    if columns is None:
        head = _until_scored(stream)
        columns = _columns(head)
    names = [*header(axes, columns), OTHER]
    writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
    writer.writerow({name: cell(name) for name in names})
    for result in chain(head, stream):
        writer.writerow(_cells(rows(result), names))


def cell(value: object) -> object:
    """A value as CSV holds it: lists as JSON, an apostrophe before text that a spreadsheet would take for a formula."""
    if value is None:
        return ""
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    if not isinstance(value, str):
        return value
    guarded = "'" + value if value.startswith(_FORMULA) and not _is_number(value) else value
    # Python's csv leaves a lone carriage return unquoted before 3.13, and then cannot read its own file.
    return guarded.replace("\r\n", "\n").replace("\r", "\n")


_SUFFIXES = ("", "_low", "_high", "_percentile", "_title", "_quoted", "_n", "_set")


def _article(score: ArticleScore) -> Row:
    article = score.article
    headline = phrases.tidy(article.title.span.of(article.text)) if article.title else None
    document = article.document
    size = {"n_words": article.n_words, "n_sentences": len(article.sentences)}
    return {
        "id": document.id,
        "title": headline,
        "outlet": document.outlet,
        "url": document.url,
        "date": document.date,
        **size,
    }


def _axis(name: str, score: AxisScore) -> Row:
    labels = None if score.label_set is None else " or ".join(score.label_set)
    values = (score.value, score.low, score.high, score.percentile, score.title, score.quoted, score.n, labels)
    return {f"{name}{suffix}": value for suffix, value in zip(_SUFFIXES, values, strict=True)}


def _cells(row: Mapping[str, object], names: Sequence[str]) -> Row:
    known = {name: cell(row.get(name)) for name in names}
    rest = {name: _plain(value) for name, value in row.items() if name not in known and value is not None}
    return known | ({OTHER: json.dumps(rest, ensure_ascii=False, default=str)} if rest else {})


def _plain(value: object) -> object:
    """A value inside the JSON of a cell: text, or the lists and objects themselves."""
    return value if isinstance(value, Mapping | list | tuple) else str(value)


def _until_scored(stream: Iterator[Result]) -> list[Result]:
    head: list[Result] = []
    for result in stream:
        head.append(result)
        if isinstance(result, ArticleScore):
            break
    return head


def _columns(head: Sequence[Result]) -> list[str]:
    return [c for result in head if isinstance(result, ArticleScore) for c in result.article.document.columns]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
