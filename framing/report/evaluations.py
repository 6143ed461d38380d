"""What an evaluation found, on a terminal, as JSON, Markdown or a page: the same blocks of lines and rows."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.text import Text

from framing.errors import UsageError
from framing.evaluation.baselines import OUTLET, TFIDF
from framing.evaluation.outcome import (
    BUNDLE,
    RAW,
    Against,
    AxisFigures,
    Breakdown,
    Confusion,
    CurvePoint,
    Evaluation,
    Unscored,
    Verdict,
)
from framing.metrics import Estimate
from framing.report import phrases
from framing.report.anywhere import Anywhere
from framing.report.blocks import Block, as_markdown, rendered
from framing.report.markdown import escape
from framing.report.write import format_of

FORMATS = ("terminal", "json", "md", "html")
TOP_UNSCORED = 5
NAMES = {
    "macro_f1": "macro-F1",
    "accuracy": "accuracy",
    "auc": "AUC",
    "ece": "ECE",
    "brier": "Brier",
    "mae": "MAE",
    "spearman": "Spearman",
}
SYSTEMS = {RAW: "uncalibrated", TFIDF: "TF-IDF", OUTLET: "outlet"}

_SCALE = (
    "In brackets: 90 % intervals, by bootstrap over articles. ECE (over equal-mass bins, debiased), Brier and MAE are "
    "errors: lower is better. Beside the bundle: itself before calibration, and baselines fitted to labels of these "
    "very rows, in folds by article: the majority or mean label, the mean label of the outlet, a linear model on words."
)


def evaluation_format(asked: str | None, out: Path | None) -> str:
    """The format asked for, else the one the file's suffix names, else the terminal's."""
    kind = format_of(asked, out)
    if kind not in FORMATS:
        raise UsageError(f"--format {kind}: an evaluation has no such format; choose {', '.join(FORMATS)}")
    return kind


def write_evaluation(found: Evaluation, kind: str, file: TextIO) -> None:
    """Write an evaluation in one of `FORMATS`."""
    if kind == "terminal":
        Console(file=file).print(render(found))
        return
    if isinstance(file, TextIOWrapper):
        file.reconfigure(encoding="utf-8", errors="backslashreplace")
    if kind == "json":
        json.dump(found.to_dict(), file, ensure_ascii=False, allow_nan=False, indent=2)
        file.write("\n")
    elif kind == "md":
        file.write(markdown(found))
    else:
        from framing.report.evaluation_page import page

        file.write(page(title(found), [_SCALE, *about(found)], list(blocks(found)), found.axes))


def render(found: Evaluation) -> RenderableType:
    """An evaluation for `console.print`."""
    head = [Text(title(found), style="bold"), Text(_SCALE, style="dim"), *map(Text, about(found))]
    foot = Text("\n--format json has everything.", style="dim")
    return Anywhere(Group(*head, *rendered(blocks(found, whole=False)), foot))


def markdown(found: Evaluation) -> str:
    """An evaluation as a Markdown document."""
    parts = (f"# {escape(title(found))}", escape(_SCALE), *map(escape, about(found)), *as_markdown(blocks(found)))
    return "\n\n".join(parts) + "\n"


def title(found: Evaluation) -> str:
    """Bundle and set by name."""
    return f"Bundle {found.bundle.name} {found.bundle.version} on {found.data.name}"


def about(found: Evaluation) -> Iterator[str]:
    """What the figures rest on, a line each."""
    data = found.data
    yield (
        f"{phrases.count(data.n_rows, data.level)} in {phrases.count(data.n_groups, 'group')} (articles, where known), "
        f"licence {data.licence or 'not known'}, sha256 {data.sha256[:12]}; random state {found.random_state}."
    )
    if data.n_problems:
        yield f"{phrases.count(data.n_problems, 'row')} could not be used; framing data check names them."
    if data.n_seen:
        yield f"{phrases.count(data.n_seen, 'row')} left out: a bundle was trained on them."
    yield from (f"{note[0].upper()}{note[1:]}." for note in found.notes)


def blocks(found: Evaluation, whole: bool = True) -> Iterator[Block]:
    """The parts of an evaluation; baselines without their intervals unless `whole`, as a terminal is narrow."""
    if found.against:
        yield _against(found.against)
    for axis in found.axes:
        yield _axis(axis, whole)
        if axis.unscored:
            yield _unscored(axis.axis, axis.unscored)
        if axis.confusion:
            yield _confusion(axis.axis, axis.confusion)
        if axis.curve:
            yield _curve(axis.axis, axis.curve)
        yield from (_breakdown(axis, one) for one in axis.breakdowns)


def _against(found: Against) -> Block:
    gate = "The gate is closed." if found.failed else "The gate is open."
    rule = (
        "must be shown not to be worse by more than" if found.strict else "must not be shown to be worse by more than"
    )
    lines = [
        f"{gate} On each axis this bundle {rule} {found.tolerance:g}. A difference is its figure less the other's, on "
        "the same rows.",
        *(_alone(one) for one in found.verdicts if one.p is not None),
    ]
    if found.gone:
        lines.append(f"Axes that only the other bundle has: {', '.join(found.gone)}.")
    if found.incomparable:
        lines.append(f"Axes on which no row has a value by both: {', '.join(found.incomparable)}.")
    rows = [_verdict(one) for one in found.verdicts]
    head = ["axis", "verdict", "n", "this", "other", "difference"]
    return Block(f"Against {found.bundle.name} {found.bundle.version}", lines, head, rows, 2)


def _alone(one: Verdict) -> str:
    axis, p = phrases.label(one.axis).capitalize(), one.p or 0.0
    words = "under 0.001" if p < 0.001 else f"{p:.3f}"
    return (
        f"{axis}: this bundle alone calls {phrases.count(one.only_new, 'row')} rightly, the other alone "
        f"{one.only_old:,}; McNemar's exact p is {words}."
    )


def _verdict(one: Verdict) -> list[str]:
    difference, signed = one.differences[one.judged_by], partial(phrases.signed, digits=3)
    return [
        f"{phrases.label(one.axis)}, {NAMES[one.judged_by]}",
        one.words,
        f"{difference.n:,}",
        f"{one.new[one.judged_by].value:.3f}",
        f"{one.old[one.judged_by].value:.3f}",
        f"{signed(difference.value)} [{signed(difference.low)}, {signed(difference.high)}]",
    ]


def _axis(axis: AxisFigures, whole: bool) -> Block:
    coverage = phrases.percent(axis.n_scored / axis.n_labelled)
    lines = [
        f"{axis.n_scored:,} of {axis.n_labelled:,} labelled rows scored ({coverage}); labels: {axis.labels}; "
        f"read per {axis.level}.",
        *(f"{note[0].upper()}{note[1:]}." for note in axis.notes),
    ]
    systems = axis.figures.items()
    rows = [
        [NAMES[name], str(one.n), *(_cell(found.get(name), whole or system == BUNDLE) for system, found in systems)]
        for name, one in axis.figures.get(BUNDLE, {}).items()
    ]
    return Block(phrases.label(axis.axis), lines, ["", "n", *(SYSTEMS.get(name, name) for name in axis.figures)], rows)


def _cell(one: Estimate | None, whole: bool = True) -> str:
    return "–" if one is None else str(one) if whole else f"{one.value:.3f}"


def _unscored(axis: str, rows: Sequence[Unscored]) -> Block:
    lines = [f"{phrases.count(len(rows), 'row')} without a value; JSON lists all."]
    shown = [[one.where, one.id, one.why] for one in rows[:TOP_UNSCORED]]
    return Block(f"{phrases.label(axis)}: not scored", lines, ["where", "id", "why"], shown, 3)


def _confusion(axis: str, found: Confusion) -> Block:
    rows = [[f"labelled {name}", *map(str, counts)] for name, counts in zip(found.classes, found.counts, strict=True)]
    return Block(
        f"{phrases.label(axis)}: labels and calls", [], ["", *(f"called {name}" for name in found.classes)], rows
    )


def _curve(axis: str, points: Sequence[CurvePoint]) -> Block:
    rows = [[f"{one.value:.3f}", f"{one.label:.3f}", str(one.n)] for one in points]
    line = (
        "Rows in order of what the bundle says, in bins of equal size; both columns are alike where it is calibrated."
    )
    return Block(f"{phrases.label(axis)}: calibration", [line], ["mean said", "mean label", "n"], rows, 0)


def _breakdown(axis: AxisFigures, found: Breakdown) -> Block:
    heading = f"{phrases.label(axis.axis)} by {found.by}"
    small = f"{phrases.count(found.pooled, 'part')} of fewer than {found.n_min} rows"
    if len(found.parts) == 1:
        return Block(heading, [f"{small} and no larger one: nothing to tell."])
    lines = [f"{small}: pooled as “other”."] if found.pooled else []
    rows = [
        [one.name, str(one.n), f"{one.mean_label:.3f}", f"{one.mean_value:.3f}", _cell(one.figure)]
        for one in found.parts
    ]
    head = [found.by, "n", "mean label", "mean said", NAMES[axis.judged_by]]
    return Block(heading, lines, head, rows)
