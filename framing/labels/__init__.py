"""Labelled sets in the formats people have them in: rows with targets, scales, and what is wrong with them."""

from framing.axes import Level
from framing.labels.load import load
from framing.labels.options import LabelOptions
from framing.labels.row import LabelledRow, LabelledSet, Problem, Scale, ScaleKind, row_hash

__all__ = ["LabelOptions", "LabelledRow", "LabelledSet", "Level", "Problem", "Scale", "ScaleKind", "load", "row_hash"]
