"""Every estimate of a comparison as one tidy table: a row an estimate, in CSV and Parquet."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from framing.compare.result import Comparison, Contrast, Figure
from framing.report.tables import cell

Row = dict[str, Any]

TEXTS = ("against", "axis", "item", "method", "verdict", "ref")
NUMBERS = ("estimate", "lo", "hi", "q")
COLUMNS = ("against", "axis", "item", "method", "estimate", "lo", "hi", "n", "q", "verdict", "ref")


def header(found: Comparison) -> list[str]:
    """The columns: the group first, under the name of the column it was taken from."""
    return [found.options.by, *(name for name in COLUMNS if name != found.options.by)]


def rows(found: Comparison) -> Iterator[Row]:
    """A row an estimate; `item` is the actor, lexicon, term or day that it is about, where it is about one."""
    for row in _rows(found):
        yield {found.options.by: row.pop("group"), **row}


def write_csv(found: Comparison, file: TextIO) -> None:
    """Write the rows as CSV that is safe to open in a spreadsheet."""
    writer = csv.DictWriter(file, header(found), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows(found))


def write_parquet(found: Comparison, path: Path) -> None:
    """Write the rows as Parquet."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    kinds = {name: pa.string() for name in TEXTS} | {name: pa.float64() for name in NUMBERS} | {"n": pa.int64()}
    layout = pa.schema([(name, kinds.get(name, pa.string())) for name in header(found)])
    write_table(pa.Table.from_pylist(list(rows(found)), layout), path, compression="zstd")


def _rows(found: Comparison) -> Iterator[Row]:
    for mean in found.means:
        if mean.mean:
            yield _figure(mean.group, "mean", mean.mean, axis=mean.axis, ref=mean.ref)
        if mean.noise_floor is not None:
            about = {"group": mean.group, "axis": mean.axis, "method": "noise_floor", "ref": mean.ref}
            yield {**about, "estimate": mean.noise_floor, "n": mean.mean.n if mean.mean else None}
    for contrast in found.contrasts:
        yield from _differences(contrast)
    for one in found.actors:
        figures = (
            ("stance_narrated", one.narrated),
            ("stance_quoted", one.quoted),
            ("share_of_voice", one.share_of_voice),
        )
        for method, figure in figures:
            if figure:
                yield _figure(one.group, method, figure, item=one.name, ref=one.ref)
    for one_rate in found.lexicons:
        yield _figure(one_rate.group, "rate_per_1000_words", one_rate.rate_per_1000, item=one_rate.lexicon)
    for term in found.terms:
        about = {"group": term.group, "item": term.term, "method": "log_odds", "ref": term.ref}
        yield {**about, "estimate": term.log_odds, "n": term.n, "q": term.q}
    for series in found.series:
        for point in series.points:
            about = {"group": series.group, "axis": series.axis, "item": point.date, "method": "rolling_mean"}
            yield {**about, "estimate": point.value, "lo": point.low, "hi": point.high, "n": point.n}


def _differences(one: Contrast) -> Iterator[Row]:
    about = {"group": one.first, "against": one.second, "axis": one.axis, "item": one.actor_name, "ref": one.ref}
    for method in ("raw", "standardised", "within_story"):
        found = getattr(one, method)
        if found:
            yield {
                **about,
                "method": f"difference_{method}",
                "estimate": found.value,
                "lo": found.low,
                "hi": found.high,
                "n": found.n_first + found.n_second,
                **({"q": one.q, "verdict": one.verdict.value} if method == "raw" else {}),
            }


def _figure(group: str, method: str, found: Figure, **about: str) -> Row:
    bounds = {"estimate": found.value, "lo": found.low, "hi": found.high, "n": found.n}
    return {"group": group, "method": method, **about, **bounds}
