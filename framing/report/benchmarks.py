"""The benchmark's table, on a terminal, as JSON or as Markdown, with what papers report beside it."""

import json
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from rich.console import Console, Group
from rich.text import Text

from framing.errors import UsageError
from framing.evaluation.baselines import MAJORITY, OUTLET, TFIDF
from framing.evaluation.protocols import Benchmark, Measured
from framing.report import phrases
from framing.report.anywhere import Anywhere
from framing.report.blocks import Block, as_markdown, rendered
from framing.report.markdown import escape
from framing.report.write import format_of

FORMATS = ("terminal", "json", "md")
OURS = "framing"
BASELINES = (MAJORITY, OUTLET, TFIDF)
_LINE = "Macro-F1; in brackets 90 % intervals by bootstrap over articles, stories or outlets, whichever are held out."


def benchmark_format(asked: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's suffix names, else the terminal's."""
    kind = format_of(asked, out)
    if kind not in FORMATS:
        raise UsageError(f"--format {kind}: a benchmark has no such format; choose {', '.join(FORMATS)}")
    return kind


def write_benchmark(found: Benchmark, kind: str, file: TextIO) -> None:
    """Write a benchmark in one of `FORMATS`."""
    title = f"Benchmark of framing {found.version}{', quick' if found.quick else ''}"
    if kind == "terminal":
        parts = (Text(title, style="bold"), *rendered(blocks(found)))
        Console(file=file).print(Anywhere(Group(*parts)))
        return
    if isinstance(file, TextIOWrapper):
        file.reconfigure(encoding="utf-8")
    if kind == "json":
        json.dump(found.to_dict(), file, ensure_ascii=False, allow_nan=False, indent=2)
        file.write("\n")
    else:
        file.write("\n\n".join((f"# {escape(title)}", *as_markdown(blocks(found)))) + "\n")


def blocks(found: Benchmark) -> Iterator[Block]:
    """The table of figures, then what each rests on and how it differs from the papers'."""
    head = ["protocol", "n", OURS, "majority", "outlet", "TF-IDF"]
    yield Block("Figures", [_LINE], head, [_figures(one) for one in found.results])
    published = [row for one in found.results for row in _published(one)]
    if published:
        line = "Each beside ours by the same measure where we have it; read what differs below before comparing."
        yield Block("Published figures", [line], ["protocol", "paper", "measure", "theirs", "ours"], published, 3)
    yield Block("How", [line for one in found.results for line in _how(one)])
    if found.left_out:
        yield Block("Left out", [f"{name}: {why}." for name, why in found.left_out.items()])


def _figures(one: Measured) -> list[str]:
    others = (one.figures.get(name, {}).get("macro_f1") for name in BASELINES)
    cells = (f"{figure.value:.3f}" if figure else "–" for figure in others)
    return [one.protocol.name, f"{one.n:,}", str(one.figures[OURS]["macro_f1"]), *cells]


def _published(one: Measured) -> Iterator[list[str]]:
    for paper in one.protocol.published:
        ours = one.figures[OURS].get(_measure(paper.metric))
        shown = f"{ours.value:.3f}" if ours else "–"
        yield [one.protocol.name, f"{paper.system}: {paper.source}", paper.metric, f"{paper.value:.3f}", shown]


def _measure(words: str) -> str:
    return {"macro-F1": "macro_f1", "accuracy": "accuracy", "support-weighted F1": "weighted_f1"}.get(words, "")


def _how(one: Measured) -> Iterator[str]:
    folds = "" if one.folds == "all" else f"; {one.folds} folds"
    yield (
        f"{one.protocol.name}: {one.protocol.data}, {one.protocol.level} by {one.protocol.level}; "
        f"{one.protocol.held_out}{folds}. "
        f"{phrases.count(one.n_trained, 'row')} to train on. {one.how[0].upper()}{one.how[1:]}. "
        f"Where it differs: {one.protocol.differs}. {one.seconds:,.0f} s."
    )
