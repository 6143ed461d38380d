"""How steadily the frames were labelled: Krippendorff's alpha of the readings in data/labelled, as Markdown.

    python scripts/frame_agreement.py

A frame counts as present from strength 1 on; intervals are of a bootstrap over items. One language model made all
readings, so alpha here is self-consistency.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from framing.labels.agreement import alpha
from framing.types import Bools

READINGS = Path(__file__).resolve().parent.parent / "data" / "labelled" / "frame_readings.csv"
FRAMES = ("conflict", "human_interest", "economic", "morality", "responsibility")
PAIRS = (("first", "second"), ("first", "first_again"), ("first", "third_blind"), ("second", "third_blind"))


def main() -> None:
    for level, readings in pd.read_csv(READINGS).groupby("level"):
        print(f"\n| {level} | " + " | ".join(f"{one}, {other}" for one, other in PAIRS) + " |")
        print("|---" * (1 + len(PAIRS)) + "|")
        for frame in FRAMES:
            table = readings.pivot(index="id", columns="reading", values=frame)
            print(f"| {frame} | " + " | ".join(shown(table[[*pair]].dropna().to_numpy() > 0) for pair in PAIRS) + " |")


def shown(present: Bools) -> str:
    """Alpha with its interval, and how many items each of two readings (columns) and both gave the frame to."""
    first, second = present.T
    found = alpha(np.repeat(np.arange(len(present)), 2), present.ravel().astype(float), "nominal")
    value = f"{found.value:.2f} ({found.low:.2f}–{found.high:.2f})" if found else "all the same"
    return f"{value}; {first.sum()}, {second.sum()}, both {(first & second).sum()} of {len(present)}"


if __name__ == "__main__":
    main()
