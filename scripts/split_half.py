"""Whether the intervals of sentence axes do what they say, on articles of article_bias.

    python scripts/split_half.py DATA --articles 300

scores the articles with the default bundle, splits each one's sentences into halves at random, and prints how often
the value of one half lies where the interval of the other puts it (docs/statistics.md), how wide intervals are, and how
far apart sentences.
"""

import argparse
from pathlib import Path

import numpy as np

from framing.axes import Level
from framing.bundle import load_bundle
from framing.config import default_bundle
from framing.scorer import Scorer
from framing.scores import ArticleScore
from framing.training import reference
from framing.training.split_half import coverage, sentence_values, spread


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of article_bias.parquet")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--random-state", type=int, default=0)
    parser.add_argument("--bundle", type=Path, default=default_bundle())
    options = parser.parse_args()
    scorer = Scorer(load_bundle(options.bundle), with_actors=False)
    documents = reference.sample(options.data / "article_bias.parquet", options.articles, options.random_state)
    scores = [one for one in scorer.score_documents(documents) if isinstance(one, ArticleScore)]
    print("| axis | sentences in a half | articles | held |\n|---|---|---|---|")
    for name in (axis.name for axis in scorer.bundle.axes.values() if axis.level is Level.SENTENCE):
        found = [one.axes[name] for one in scores]
        values = [sentence_values(one) for one in found]
        for sentences, held in coverage(values, options.random_state):
            print(f"| {name} | {sentences} | {held.n} | {held} |")
        widths = [one.high - one.low for one in found if one.low is not None and one.high is not None]
        print(f"\n{name}: intervals of {len(widths)} articles are {np.mean(widths):.3f} wide on average,")
        print(f"the spread of sentences is {spread(values):.3f} of the most that their mean allows\n")


if __name__ == "__main__":
    main()
