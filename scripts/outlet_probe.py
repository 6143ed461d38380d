"""How well an article's outlet can be told from what the heads of whole articles are given.

    python scripts/outlet_probe.py DATA --outlets 20 --articles 60

draws as many articles of each of the most frequent outlets of article_bias and has probes, fitted on the other folds,
say which outlet an article is of: from its text, from its text without the outlet's names, from the journalist's own
sentences of that, from the words that heads may weigh, and from the mean state of the default bundle's encoder.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from framing.axes import Level
from framing.bundle import load_bundle
from framing.config import default_bundle
from framing.evaluation.baselines import tfidf
from framing.features.vocabulary import Vocabulary
from framing.labels.row import LabelledRow, ScaleKind
from framing.metrics import estimate
from framing.outlets import canonical_outlet
from framing.scorer import Scorer
from framing.training.article_rows import blind
from framing.training.rows import records
from framing.training.splits import random_folds
from framing.training.states import features
from framing.training.words import counted, own_sentences
from framing.types import Floats

N_FOLDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of article_bias.parquet")
    parser.add_argument("--outlets", type=int, default=20)
    parser.add_argument("--articles", type=int, default=60, help="of each outlet")
    parser.add_argument("--random-state", type=int, default=0)
    parser.add_argument("--bundle", type=Path, default=default_bundle())
    options = parser.parse_args()
    rows = drawn(options.data, options.outlets, options.articles, options.random_state)
    names = sorted({row.group or "" for row in rows})
    truth = np.array([names.index(row.group or "") for row in rows], dtype=np.float64)
    print(f"{len(rows)} articles of {len(names)} outlets; by chance {1 / len(names):.3f} are told rightly\n")
    print("| from | accuracy |\n|---|---|")
    for what, said in probes(rows, truth, Scorer(load_bundle(options.bundle), with_actors=False), options.random_state):
        found = estimate(lambda a, b: float(np.mean(a == b)), truth, said, [row.id for row in rows])
        print(f"| {what} | {found} |", flush=True)


def drawn(data: Path, n_outlets: int, n_articles: int, random_state: int) -> list[LabelledRow]:
    """As many articles of each of the most frequent outlets."""
    places = defaultdict[str, list[LabelledRow]](list)
    for record in records(data / "article_bias.parquet"):
        outlet = canonical_outlet(record["outlet"])
        places[outlet].append(
            LabelledRow(record["id"], record["text"], "article_bias", {}, record["title"], outlet, group=outlet)
        )
    most = sorted(places, key=lambda outlet: (-len(places[outlet]), outlet))[:n_outlets]
    generator = np.random.default_rng(random_state)
    return [places[outlet][at] for outlet in most for at in generator.permutation(len(places[outlet]))[:n_articles]]


def probes(
    rows: Sequence[LabelledRow], truth: Floats, scorer: Scorer, random_state: int
) -> Iterator[tuple[str, Floats]]:
    """What each probe reads, and which outlet it says each article is of, shape (n_rows,)."""
    folds = random_folds(len(rows), N_FOLDS, random_state)
    shown = [blind(row) for row in rows]
    sentences = own_sentences(shown)
    for what, texts in (
        ("the text, word counts", [row.text for row in rows]),
        ("without the outlet's names", [row.text for row in shown]),
        ("the journalist's sentences of that", [" ".join(parts) for parts in sentences]),
    ):
        yield what, tfidf(texts, truth, folds, ScaleKind.CLASSES)
    vocabulary = scorer.bundle.vocabulary
    if vocabulary is not None:
        yield "the words that heads weigh", linear(of_words(sentences, vocabulary), truth, folds)
    yield "the mean state", linear(features(scorer, shown, Level.ARTICLE).states, truth, folds)


def of_words(sentences: Sequence[Sequence[str]], vocabulary: Vocabulary) -> Any:
    """How often each word comes in a sentence; a sparse matrix, shape (n_rows, n_words)."""
    return counted(sentences, vocabulary)[:, :-1]


def linear(inputs: Any, truth: Floats, folds: Any) -> Floats:
    """Out of fold, a logistic regression on standardised inputs."""
    model = make_pipeline(StandardScaler(with_mean=False), LogisticRegression(C=0.01, max_iter=300))
    turns = [(np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)) for fold in np.unique(folds)]
    return np.asarray(cross_val_predict(model, inputs, truth, cv=turns))


if __name__ == "__main__":
    main()
