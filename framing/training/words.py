"""The words of whole articles: which are worth a weight, in how many sentences each stands, and their weights."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

from framing.features.vocabulary import WORD, Vocabulary, lower_words
from framing.labels.row import LabelledRow
from framing.outlets import MASK
from framing.training.linear import Learner, Linear, constant
from framing.training.set_rows import own_passages
from framing.training.workers import in_workers
from framing.types import Floats

# What fewer outlets write may be one's own: a byline, a caption, a manner of speaking.
MIN_OUTLETS, MIN_ARTICLES, MAX_WORDS = 8, 20, 6000
# What stands where an article's own outlet was named.
_MASK = frozenset((*MASK.split(), *(f"{word}'s" for word in MASK.split())))
Sentences = Sequence[str]


def own_sentences(rows: Sequence[LabelledRow], n_workers: int = 1) -> list[Sentences]:
    """The journalist's own sentences of each article, none of one that cannot be read."""
    shares = [rows[worker::n_workers] for worker in range(n_workers)]
    read = in_workers(n_workers, _read, shares)
    return [read[index % n_workers][index // n_workers] for index in range(len(rows))]


def _read(rows: Sequence[LabelledRow]) -> list[Sentences]:
    return [list(own_passages(row)) for row in rows]


def vocabulary_of(articles: Sequence[Sentences], outlets: Sequence[str]) -> Vocabulary:
    """The words of most articles, without those of few outlets and those that are mostly written with a capital."""
    n_articles, lower, capital = Counter[str](), Counter[str](), Counter[str]()
    written_by = defaultdict[str, set[str]](set)
    for sentences, outlet in zip(articles, outlets, strict=True):
        found = Counter(word for text in sentences for word, _ in lower_words(text))
        lower.update(found)
        capital.update(word for text in sentences for word in _capitalised(text))
        n_articles.update(found.keys())
        for word in found:
            written_by[word].add(outlet)
    often = (word for word, count in n_articles.items() if count >= MIN_ARTICLES and lower[word] > capital[word])
    kept = [word for word in often if len(written_by[word]) >= MIN_OUTLETS and word not in _MASK]
    return Vocabulary(tuple(sorted(kept, key=lambda word: (-n_articles[word], word))[:MAX_WORDS]))


def _capitalised(text: str) -> Iterator[str]:
    """The words with a capital, in lower case, but for the first of the sentence."""
    for match in WORD.finditer(text):
        if match.start() and not match[0].islower():
            yield match[0].lower().replace("’", "'")


def counted(articles: Sequence[Sentences], vocabulary: Vocabulary) -> Any:
    """In how many sentences of an article each word stands, over √n; the last column is √n.

    A sparse matrix, shape (n_rows, n_words + 1): what words of given weights add is its product with the weights,
    followed by what is usual, less than 0.
    """
    rows = [_row(sentences, vocabulary) for sentences in articles]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    places = [place for row in rows for place in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((np.array(values, dtype=float), places, starts), shape=(len(rows), len(vocabulary.words) + 1))


def _row(sentences: Sentences, vocabulary: Vocabulary) -> dict[int, float]:
    found = Counter(place for text in sentences for place in vocabulary.places(word for word, _ in lower_words(text)))
    root = np.sqrt(max(len(sentences), 1))
    return {**{place: count / root for place, count in found.items()}, len(vocabulary.words): root}


def word_weights(words: Any, targets: Floats, weights: Floats, costs: Sequence[float]) -> Iterator[Linear]:
    """Slope and bias of the logits of a ridge logistic regression on `counted` words, for each of some costs.

    Each word is measured against what is usual, in deviations of a word that comes by chance; the last of the slope is
    what the words of an average sentence add up to, less than 0. Each cost but the first starts where the one before
    it ended.
    """
    n_words = words.shape[1] - 1
    bias = constant(targets, weights)
    if bias is not None:
        yield from ((np.zeros(n_words + 1), bias) for _ in costs)
        return
    roots = words[:, [n_words]].toarray()[:, 0]
    usual = (words.T @ roots)[:-1] / (roots @ roots)
    scale = np.divide(1.0, np.sqrt(usual * n_words), out=np.zeros(n_words), where=usual > 0)

    def slope(parameters: Floats) -> Floats:
        scaled = parameters[:-1] * scale
        return np.append(scaled, -usual @ scaled)

    def loss(parameters: Floats, cost: float) -> tuple[float, Floats]:
        logits = words @ slope(parameters) + parameters[-1]
        total = cost * float(weights @ (np.logaddexp(0.0, logits) - targets * logits))
        errors = cost * weights * (expit(logits) - targets)
        pushed = words.T @ errors
        ridge = parameters[:-1]
        gradient = scale * (pushed[:-1] - usual * pushed[-1]) + ridge
        return total + 0.5 * float(ridge @ ridge), np.append(gradient, errors.sum())

    found = np.zeros(n_words + 1)
    for cost in costs:
        found = minimize(loss, found, (cost,), jac=True, method="L-BFGS-B", options={"maxiter": 150, "ftol": 1e-6}).x
        yield slope(found), float(found[-1])


# Inverse strengths of the ridge; of the 9,000 articles of the default bundle each axis takes one of the last two.
OF_WORDS = Learner(word_weights, (1.0, 3.0, 10.0))
