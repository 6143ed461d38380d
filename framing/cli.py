"""The command line: parse, call one library function, print. Everything heavy is imported inside the commands."""

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from framing import __version__
from framing.cli_benchmark import benchmark
from framing.cli_evaluate import evaluate
from framing.cli_labels import data_app
from framing.cli_report import report
from framing.cli_seeds import ActorsFile, Json, SeedsDir, seeds_app
from framing.cli_training import train
from framing.errors import SOME_ROWS_FAILED, FramingError, UsageError

if TYPE_CHECKING:
    pass

# The arrays here are small: threads of the linear algebra would only lengthen the start, by a tenth of all.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What is read at the start (modules, actors, lexicons) stays to the end; looking for garbage in it costs 60 ms.
gc.set_threshold(50_000, 20, 20)

app = typer.Typer(
    name="framing",
    help="Scores how news articles frame their story, and shows the words that made each score.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(seeds_app, name="seeds")
app.add_typer(data_app, name="data")
app.command()(evaluate)
app.command()(train)
app.command()(benchmark)
app.command()(report)

Sources = Annotated[
    list[str], typer.Argument(help="Files, folders, tables or URLs; - is standard input.", metavar="SOURCE…")
]
BundleDir = Annotated[Path | None, typer.Option(help="Folder of a bundle; the default one ships.", metavar="DIR")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Let URLs lead to private addresses.")]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"framing {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Scores how news articles frame their story, and shows the words that made each score."""


@app.command()
def score(
    sources: Sources,
    bundle: BundleDir = None,
    seeds: SeedsDir = None,
    actors: ActorsFile = None,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", help="terminal, json, jsonl, csv, md, html or parquet; by --out if left out."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write here instead of standard output.")] = None,
    table: Annotated[str | None, typer.Option(help="Of CSV: articles or actors; --out has both if left out.")] = None,
    with_text: Annotated[bool, typer.Option("--with-text", help="Put the text into JSON.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Score what is not English all the same.")] = False,
    allow_private: AllowPrivate = False,
    timeout: Annotated[float, typer.Option(help="Seconds for one URL.")] = 20.0,
    threads: Annotated[int, typer.Option(min=0, help="Threads of the encoder; 0 is one a core.")] = 0,
) -> None:
    """Score articles, with the words and sentences that made each score."""
    from framing.bundle import load_bundle
    from framing.config import default_bundle
    from framing.ingest import ReadOptions, count_all, is_batch, read_all
    from framing.report.progress import progress
    from framing.report.write import destination

    to = destination(format, out, table)
    batch = len(sources) > 1 or is_batch(sources[0])
    loaded = load_bundle(bundle or default_bundle())
    encoder = loaded.encoder(threads)
    from framing.scorer import Scorer  # read beside the encoder, which takes as long

    scorer = Scorer(loaded, _own_lexicons(seeds), threads, encoder, actors)
    documents = read_all(sources, ReadOptions(timeout_seconds=timeout, allow_private=allow_private))
    results = _Counted(scorer.score_documents(documents, force) if batch else scorer.score_all(documents, force))
    reference = scorer.bundle.reference.phrase if scorer.bundle.reference else ""
    with progress(lambda: count_all(sources)) if batch else nullcontext(iter) as track:
        to.write(track(results), scorer.bundle.axes, reference, with_text, scorer.bundle.manifest)
    if results.n_failed:
        typer.echo(f"{results.n_failed} of {results.n} articles could not be scored; see their rows", err=True)
        raise typer.Exit(SOME_ROWS_FAILED)


@app.command()
def explain(
    source: Annotated[str, typer.Argument(help="A file, a URL, or - for standard input.", metavar="SOURCE")],
    axis: Annotated[str, typer.Option(help="The axis to explain.")] = "loaded",
    top: Annotated[int, typer.Option(min=1, help="How many sentences.")] = 5,
    bundle: BundleDir = None,
    as_json: Json = False,
    allow_private: AllowPrivate = False,
) -> None:
    """Read an article's strongest sentences again without each of their words: which ones carry the score?"""
    from framing.article import Document
    from framing.bundle import load_bundle
    from framing.config import default_bundle
    from framing.explain import explain as explained
    from framing.ingest import ReadOptions, is_batch, read
    from framing.report.definitions import print_explained
    from framing.scorer import Scorer
    from framing.text import article_of

    if is_batch(source):
        raise UsageError(f"{source}: explain takes one article; give a file or a URL")
    scorer = Scorer(load_bundle(bundle or default_bundle()))
    documents = read(source, ReadOptions(allow_private=allow_private))
    article = article_of(next(item for item in documents if isinstance(item, Document)))
    print_explained(explained(scorer, article, axis, top), article.text, as_json)


@app.command()
def audit(
    bundle: BundleDir = None,
    sentences: Annotated[list[Path] | None, typer.Option(help="A file of your own with slots for names.")] = None,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="terminal, json or md; by --out if left out.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write here instead of standard output.")] = None,
    as_json: Json = False,
) -> None:
    """Audit the stances of a bundle: swapped names, bare names, and sentences that are hard to judge."""
    from framing.audit import load, run
    from framing.bundle import load_bundle
    from framing.config import default_bundle
    from framing.report.audits import audit_format, write_audit
    from framing.report.write import output
    from framing.scorer import Scorer

    kind = audit_format("json" if as_json else format, out)
    material = load(sentences or ())
    scorer = Scorer(load_bundle(bundle or default_bundle()))
    report = run(scorer, scorer.catalogue, material)
    with output(out) as file:
        write_audit(report, kind, file)


@app.command()
def axes(
    name: Annotated[str | None, typer.Argument(help="One axis.")] = None,
    bundle: BundleDir = None,
    as_json: Json = False,
) -> None:
    """Explain the axes of a bundle: poles, definition, what a value means, examples."""
    from framing.bundle import load_bundle
    from framing.config import default_bundle
    from framing.report.definitions import print_axes

    loaded = load_bundle(bundle or default_bundle())
    if name is not None and name not in loaded.axes:
        raise UsageError(f"axes: no axis {name!r} in this bundle; it has {', '.join(loaded.axes)}")
    chosen = [axis for axis in loaded.axes.values() if name in (None, axis.name)]
    print_axes(chosen, as_json)


def _own_lexicons(seeds: Path | None) -> tuple[Any, ...]:
    from framing.seeds import load_folder

    return load_folder(seeds) if seeds else ()


class _Counted:
    """Results as they come, with how many there were and how many failed."""

    def __init__(self, results: Iterable[Any]):
        self._results = results
        self.n = self.n_failed = 0

    def __iter__(self) -> Iterator[Any]:
        from framing.article import Failure

        for result in self._results:
            self.n += 1
            self.n_failed += isinstance(result, Failure)
            yield result


def main() -> None:
    """Run the command line; a user's error is one line on standard error and its exit code."""
    try:
        app()
    except FramingError as error:
        typer.echo(f"framing: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def program() -> None:
    """Run the command line and end the process at once; taking the runtime down in order would cost 50 ms."""
    code: int | str | None = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(bool(code)))


if __name__ == "__main__":
    program()
