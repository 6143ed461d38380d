"""Trains the default bundle from the public sets in the documented layout.

    python scripts/train_default.py DATA --out models/default --floors tests/floors.json --force

Stages (names, stance and roles; from there on a model a fold, whose mean ships; the reference corpus) are kept in
`--stages`; run again after an interruption, it goes on where it stopped.
"""

import argparse
from pathlib import Path

import torch

from framing.training.default import train
from framing.training.floors import raise_floors
from framing.training.stages import Run, joint_recipe, prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of the public sets, as scripts/fetch_data.py names them")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stages", type=Path, default=Path("runs/default"))
    parser.add_argument("--random-state", type=int, default=0)
    parser.add_argument("--reference", type=int, default=3_000, help="articles of the reference corpus")
    parser.add_argument("--held-out", nargs="*", default=["outlets", "random"], choices=["outlets", "random"])
    parser.add_argument("--workers", type=int, default=2, help="models trained side by side, each on one thread")
    parser.add_argument("--floors", type=Path, help="JSON of floors, which are raised to what the figures reach")
    parser.add_argument("--force", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(2)
    recipe = joint_recipe(options.random_state)
    run = Run(options.data, options.stages, recipe, options.reference, options.workers)
    prepare(run, options.held_out)
    train(run, options.out, options.held_out, options.force)
    if options.floors:
        raise_floors(options.floors, options.out)


if __name__ == "__main__":
    main()
