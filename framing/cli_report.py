"""The command `framing report`: articles of several outlets, scored where they are not yet, and compared."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from framing.errors import GATE_CLOSED, UsageError
from framing.extras import COMPARE, DRAW, need

if TYPE_CHECKING:
    from framing.compare.options import Options
    from framing.corpus import Scores
    from framing.report.comparison.write import Report

Corpus = Annotated[
    list[str],
    typer.Argument(help="A scores file (framing score --out scores.parquet), or articles to score.", metavar="CORPUS…"),
]
By = Annotated[str, typer.Option(help="The column whose values are compared.")]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="The page, or what its suffix names.")]
Format = Annotated[str | None, typer.Option("--format", "-f", help="html, json, md, csv or parquet.")]
Twins = Annotated[Path | None, typer.Option(help="Folder for tables, JSON, Markdown, SVG and PNG.", metavar="DIR")]
Title = Annotated[str | None, typer.Option(help="Title of the page.")]
Story = Annotated[str | None, typer.Option(help="Column with an article's story; found if left out.")]
Topic = Annotated[str | None, typer.Option(help="Column with an article's topic; found if left out.")]
Merge = Annotated[list[str] | None, typer.Option(help="Count one group under another name.", metavar="A=B")]
LeaveOut = Annotated[list[str] | None, typer.Option(help="Leave a group out.", metavar="GROUP")]
Only = Annotated[list[str] | None, typer.Option(help="Compare these groups alone.", metavar="GROUP")]
Axes = Annotated[str | None, typer.Option(help="Axes to compare, with commas; all if left out.")]
FailIf = Annotated[
    list[str] | None, typer.Option(help="End with code 6 when a mean does this: 'loaded > 0.2', 'loaded GROUP > 20 %'.")
]
KeepScores = Annotated[
    Path | None, typer.Option(help="Where scores made on the way go; beside --out if left out.", metavar="FILE")
]
BundleDir = Annotated[Path | None, typer.Option(help="Folder of the bundle that scores.", metavar="DIR")]
RandomState = Annotated[int, typer.Option(help="Start of the random numbers.")]


def report(
    corpus: Corpus,
    by: By = "outlet",
    out: Out = None,
    format: Format = None,
    twins: Twins = None,
    title: Title = None,
    story: Story = None,
    topic: Topic = None,
    merge: Merge = None,
    leave_out: LeaveOut = None,
    only: Only = None,
    axes: Axes = None,
    fail_if: FailIf = None,
    keep_scores: KeepScores = None,
    bundle: BundleDir = None,
    random_state: RandomState = 0,
) -> None:
    """Compare outlets, or other groups of articles: do they frame their stories differently, and how sure is that?"""
    from framing.compare.options import Options
    from framing.report.comparison import gates
    from framing.report.comparison.write import format_of

    chosen = tuple(name.strip() for name in axes.split(",")) if axes else ()
    merged = dict(_merged(one) for one in merge or ())
    groups = tuple(leave_out or ()), tuple(only or ())
    options = Options(by, story, topic, chosen, merged, *groups, random_state=random_state)
    conditions = [gates.parse(text) for text in fail_if or ()]
    kind = format_of(format, out)
    need("report", "report", (*COMPARE, *DRAW) if twins else COMPARE)
    with _scores(corpus, keep_scores, out, bundle) as scores:
        made = _report(scores, options, title)
    made.write(kind, out)
    if twins is not None:
        made.write_twins(twins)
    _fail(list(gates.met(conditions, made.found)))


def _report(scores: "Scores", options: "Options", title: str | None) -> "Report":
    from framing.compare.load import load
    from framing.compare.run import compare
    from framing.report.comparison.shelves import library
    from framing.report.comparison.write import Report

    found = compare(load(scores), options)
    return Report.of(found, library(found, scores), title, scores.card, shlex.join(["framing", *sys.argv[1:]]))


def _fail(met: Sequence[str]) -> None:
    for line in met:
        typer.echo(line, err=True)
    if met:
        raise typer.Exit(GATE_CLOSED)


def _merged(text: str) -> tuple[str, str]:
    """The two names in "A=B"."""
    first, equals, second = text.partition("=")
    if not (equals and first.strip() and second.strip()):
        raise UsageError(f"--merge {text!r}: write 'A=B' to count group A as B")
    return first.strip(), second.strip()


@contextmanager
def _scores(corpus: Sequence[str], keep: Path | None, out: Path | None, bundle: Path | None) -> "Iterator[Scores]":
    """The scores of the corpus; those made on the way are kept where asked for, else beside the report."""
    from framing.config import default_bundle
    from framing.corpus import open_scores
    from framing.corpus.scoring import has_scores, score_into
    from framing.ingest import count_all
    from framing.report.progress import progress

    if has_scores(corpus):
        yield open_scores(Path(corpus[0]))
        return
    with TemporaryDirectory() as folder:
        path = keep or (out.with_suffix(".scores.parquet") if out else Path(folder) / "scores.parquet")
        with progress(lambda: count_all(corpus)) as track:
            scores = score_into(path, corpus, bundle or default_bundle(), track)
        if path.parent != Path(folder):
            typer.echo(f"the scores are in {path}: framing report {path} compares them again at once", err=True)
        yield scores
