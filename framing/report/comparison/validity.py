"""What is known of how well an axis is measured: the bundle's figures on articles it was not trained on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framing.axes import Axis
from framing.report import phrases

METRICS = {
    "macro_f1": ("agreement with readers (macro-F1)", "1 is full agreement, 0.5 a coin's"),
    "auc": ("telling marked from unmarked (AUC)", "0.5 is chance, 1 never wrong"),
    "ece": ("error of its probabilities (ECE)", "0 is none"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A figure of one axis on held-out rows."""

    axis: str
    rows: str
    metric: str
    meaning: str
    value: str
    n: str


def held_out(card: Mapping[str, Any], axes: Sequence[Axis]) -> list[Held]:
    """The bundle's own figures of these axes, where its card has them."""
    names = {axis.name for axis in axes}
    found = [one for one in card.get("metrics", ()) if _is_own(one) and one["axis"] in names]
    return [_held(one) for one in found]


def _is_own(one: Mapping[str, Any]) -> bool:
    return one.get("system") == "bundle" and one.get("metric") in METRICS and one.get("axis") is not None


def _held(one: Mapping[str, Any]) -> Held:
    metric, meaning = METRICS[one["metric"]]
    bounds = f" ({one['low']:.2f}–{one['high']:.2f})" if one.get("low") is not None else ""
    rows = phrases.label(f"{one.get('rows', '')}, held out by {one.get('held_out', 'article')}")
    return Held(phrases.label(one["axis"]), rows, metric, meaning, f"{one['value']:.2f}{bounds}", f"{one['n']:,}")
