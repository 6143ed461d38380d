"""Whether the order of some articles survives another random state of the training, and the loss of the markers.

    python scripts/stability.py DATA ARTICLE … --states 0 1 2 --stages runs/default

trains (or takes from the stages) the models of the folds for each state, all from the same first stage (names, stance,
roles), and takes their mean, as what ships; gives it the calibration of the bundle's out-of-fold logits, and prints
every article's value on every axis of sentences: with markers, and with their weights at 0 and no marker taken apart.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import torch

from framing.article import Article, Document
from framing.bundle import load_bundle
from framing.evidence import axis_score
from framing.ingest import read
from framing.scorer import Scorer
from framing.text import article_of
from framing.text.passages import passages
from framing.training.assemble import write_bundle
from framing.training.default import calibrations, parts_of
from framing.training.stages import Run, joint_recipe


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--states", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--stages", type=Path, default=Path("runs/default"))
    options = parser.parse_args()
    torch.set_num_threads(2)
    articles = [article_of(item) for path in options.articles for item in read(str(path)) if isinstance(item, Document)]
    names = [article.document.id[:18] for article in articles]
    print("| axis | state | markers | " + " | ".join(names) + " |\n" + "|---" * (3 + len(names)) + "|")
    fitted = calibrations(Run(options.data, options.stages, joint_recipe(0), 0).held_out("articles"))
    for state in options.states:
        run = Run(options.data, options.stages, joint_recipe(state), 0)
        folder = options.stages / f"bundle-{state}"
        write_bundle(parts_of(run, fitted, ()), folder, force=True)
        scorer = Scorer(load_bundle(folder))
        for axis in scorer.bundle.heads:
            for markers in (True, False):
                cells = " | ".join(f"{value:.3f}" for value in values(scorer, axis, articles, markers))
                print(f"| {axis} | {state} | {'with' if markers else 'without'} | {cells} |", flush=True)


def values(scorer: Scorer, axis: str, articles: list[Article], markers: bool) -> Iterator[float]:
    head = scorer.bundle.heads[axis]
    head = head if markers else replace(head, weights={})
    for article in articles:
        found = scorer.finder.find(article) if markers else ()
        yield axis_score(article, scorer.encode(list(passages(article)), found), head).value or float("nan")


if __name__ == "__main__":
    main()
