"""An evaluation as one self-contained page, with its calibration curves drawn."""

from collections.abc import Sequence

from framing.evaluation.outcome import AxisFigures
from framing.report import phrases
from framing.report.blocks import Block
from framing.report.templating import policy, rendered, template

SIDE = 240  # of a drawn curve, in pixels
PAD = 28


def page(
    title: str,
    lines: Sequence[str],
    blocks: Sequence[Block],
    axes: Sequence[AxisFigures],
    pictures: Sequence[str] = (),
) -> str:
    """The page as HTML; `pictures` are SVG of our own making."""
    drawn = [{"axis": phrases.label(one.axis), "points": _points(one), "n": one.n_scored} for one in axes if one.curve]
    style = template("page.css") + template("evaluation.css")
    return rendered(
        "evaluation.html",
        title=title,
        lines=lines,
        blocks=blocks,
        curves=drawn,
        pictures=pictures,
        side=SIDE,
        pad=PAD,
        style=style,
        policy=policy(style, ""),
    )


def _points(axis: AxisFigures) -> list[tuple[float, float]]:
    """The curve in pixels from the top left of the drawing."""
    width = SIDE - 2 * PAD
    return [(round(PAD + width * one.value, 1), round(SIDE - PAD - width * one.label, 1)) for one in axis.curve]
