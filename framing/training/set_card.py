"""The card of a bundle trained on a user's own set, in Markdown and HTML, from what was measured."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.axes import Axis
from framing.evaluation.outcome import Evaluation
from framing.report.blocks import Block, as_markdown
from framing.report.evaluation_page import page
from framing.report.evaluations import blocks as figures
from framing.report.line_chart import Frame, Line, line_chart
from framing.report.markdown import escape
from framing.training.figures import Figure
from framing.training.frozen import Fit
from framing.training.learning_curve import CurvePoint
from framing.training.plan import Plan

LEARNING = "learning_curve.svg"
LIMITS = (
    "Labels are judgements of their annotators. The axis says what they would say, and no more.",
    "Figures are of text like that of the labelled set; of other outlets, years and topics nothing was measured unless "
    "they were held out above.",
    "An interval shows how much a figure hangs on which articles were drawn. It does not cover errors in the labels.",
)


@dataclass(frozen=True, slots=True)
class Learning:
    """How the training went, as a table and as a picture."""

    block: Block
    picture: str


@dataclass(frozen=True, slots=True)
class Made:
    """What was trained and measured.

    Attributes
    ----------
    unread : where → why an article could not be used.
    sets : figures of the label sets.
    data : data sets with licences, those of the bundle that was started from among them.
    """

    plan: Plan
    evaluation: Evaluation
    axes: Sequence[Axis]
    fits: Sequence[Fit]
    learning: Learning
    unread: Mapping[str, str]
    data: Sequence[Mapping[str, Any]]
    command: str
    sets: Sequence[Figure] = ()


def documents(made: Made) -> dict[str, str]:
    """The files of the card: card.md, card.html and the learning curve they show."""
    name = made.evaluation.bundle
    title = f"Bundle {name.name} {name.version}"
    about, parts = list(_about(made)), list(_blocks(made))
    pictures = [made.learning.picture]
    markdown = [f"# {title}", *map(escape, about), *as_markdown(parts), f"![Learning curve]({LEARNING})"]
    html = page(title, about, parts, made.evaluation.axes, pictures)
    return {"card.md": "\n\n".join(markdown) + "\n", "card.html": html, LEARNING: made.learning.picture}


def _about(made: Made) -> Iterator[str]:
    yield "Written by framing train; every figure below was measured in that run, on rows held out from training."
    if made.command:
        yield f"Made with: {made.command}"
    yield from (f"{note[0].upper()}{note[1:]}." for note in made.evaluation.notes)


def _blocks(made: Made) -> Iterator[Block]:
    yield Block("How it was trained", [f"{what}: {words}" for what, words in made.plan.lines()])
    rows = [[d["name"], str(d["licence"]), str(d["citation"]), d["sha256"][:12], f"{d['rows']:,}"] for d in made.data]
    yield Block("Trained on", (), ["set", "licence", "source", "sha256", "rows"], rows, 4)
    for axis in made.axes:
        yield Block(
            f"The axis {axis.name}: {axis.low} to {axis.high}",
            [axis.definition, f"Read from each {axis.level}; {axis.unit}.", f"Source: {axis.source}."],
        )
    yield from figures(made.evaluation)
    yield _families(made)
    if made.sets:
        yield _sets(made)
    yield made.learning.block
    if made.unread:
        rows = [[where, why] for where, why in made.unread.items()]
        yield Block("Articles that could not be used", (), ["where", "why"], rows, 2)
    yield Block("Limits", [*LIMITS, *_of_actors(made.plan)])


def _of_actors(plan: Plan) -> Iterator[str]:
    if plan.keeps_actors:
        yield (
            "Names and stances are those of the bundle that was started from, and so are their figures and audit: "
            "see its card, or run framing audit."
        )


def _families(made: Made) -> Block:
    lines = [
        "Mean log loss out of fold (lower is better) with each combination of features. A family that adds nothing is "
        "left out of the head."
    ]
    rows = [
        [fit.head.axis, name, f"{loss:.4f}", "in use" if name == " + ".join(fit.families) else ""]
        for fit in made.fits
        for name, loss in fit.losses.items()
    ]
    return Block("What each family of features adds", lines, ["axis", "features", "log loss", ""], rows, 2)


def _sets(made: Made) -> Block:
    lines = [
        "At 90 %: how often the set of labels of an article has its own label, over all articles and over those with "
        "each label, how many labels a set has, and the share of sets with more than one. A fold's thresholds are from "
        "the others."
    ]
    rows = [[one.axis, one.metric, f"{one.estimate.n:,}", str(one.estimate)] for one in made.sets]
    return Block("Label sets", lines, ["axis", "figure", "articles", ""], rows, 2)


def by_rows(curves: Mapping[str, Sequence[CurvePoint]]) -> Learning:
    """The figure of each axis with growing numbers of rows."""
    words = ["The figure with fewer rows, out of fold, states alone: where it still rises, more labels would help."]
    rows = [[axis, f"{point.n_rows:,.0f}", str(point.figure)] for axis, points in curves.items() for point in points]
    lines = [
        Line(
            axis,
            [(point.n_rows, point.figure.value) for point in points],
            [(point.figure.low, point.figure.high) for point in points],
        )
        for axis, points in curves.items()
    ]
    block = Block("Learning curve", words, ["axis", "rows trained on", "figure"], rows, 1)
    return Learning(block, _drawn(lines, "rows trained on", "figure, out of fold"))


def by_epoch(log: Sequence[Mapping[str, Any]]) -> Learning:
    """The loss and the figure on the development rows, epoch by epoch."""
    epochs = sorted({line["epoch"] for line in log})
    losses = {
        epoch: float(np.mean([sum(line["loss"].values()) for line in log if line["epoch"] == epoch]))
        for epoch in epochs
    }
    figures = {line["epoch"]: float(line["metric"]) for line in log if "metric" in line}
    words = ["The weights of the epoch with the best figure on the development rows are those of the bundle."]
    rows = [
        [str(epoch), f"{losses[epoch]:.4f}", f"{figures[epoch]:.3f}" if epoch in figures else ""] for epoch in epochs
    ]
    block = Block("Learning curve", words, ["epoch", "mean loss in training", "development figure"], rows, 1)
    lines = [Line("loss in training", list(losses.items())), Line("figure on development rows", list(figures.items()))]
    return Learning(block, _drawn(lines, "epoch", "loss and figure"))


def _drawn(lines: Sequence[Line], x_label: str, y_label: str) -> str:
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for point in (*line.bands, *((y, y) for _, y in line.points)) for y in point]
    low, high = max(0.0, min(ys) - 0.05), max(ys) + 0.05
    return line_chart(Frame("Learning curve", x_label, y_label, (0.0, max(xs)), (low, high)), lines)
