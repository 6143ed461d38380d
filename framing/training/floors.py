"""Floors under a bundle's figures, which the tests hold: raised where a new bundle is better, never lowered."""

import json
from collections.abc import Mapping, Sequence
from math import floor
from pathlib import Path
from typing import Any

from framing.bundle import MANIFEST
from framing.training.mention_figures import NAMES

# Calibration errors and the audit's difference are ceilings, which are set by hand.
_RAISED = ("held_out", "mentions", "articles")
_CEILING = "ece"


def raise_floors(path: Path, bundle: Path) -> None:
    """Raises the floors in a JSON file to the lower ends of a bundle's intervals, where these lie higher."""
    floors = json.loads(path.read_text("utf-8"))
    metrics = json.loads((bundle / MANIFEST).read_text("utf-8"))["metrics"]
    path.write_text(json.dumps(raised(floors, metrics), indent=2) + "\n", "utf-8")


def raised(floors: Mapping[str, Mapping[str, Any]], metrics: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The floors, those of the bundle's own figures at least the lower end of the interval, in hundredths.

    Figures on rows held out by outlet or at random, which are there for comparison, have no floor.
    """
    low = {
        "/".join(one[key] for key in ("axis", "rows", "metric")): floor(100 * one["low"]) / 100
        for one in metrics
        if one["system"] == "bundle" and (one["held_out"] not in ("outlets", "random") or one["axis"] == NAMES)
    }
    return {
        part: {name: _higher(name, value, low) if part in _RAISED else value for name, value in values.items()}
        for part, values in floors.items()
    }


def _higher(name: str, value: float, low: Mapping[str, float]) -> float:
    return value if name.endswith(_CEILING) else max(value, low.get(name, value))
