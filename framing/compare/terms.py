"""Distinctive terms of each group: log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from framing.compare.actors import refs
from framing.compare.resampling import by_group
from framing.compare.result import Context, Term
from framing.compare.sample import Sample
from framing.types import Floats, Ints

# A term of fewer articles of a group tells what those articles are about.
LEAST_ARTICLES = 3
MOST_TERMS = 15
CONTEXTS = 3
# Articles read, sampled evenly over groups, so that a large corpus takes no longer.
MOST_ARTICLES = 4000
# Weight of the prior in words: that of an article of the usual length.
PRIOR_WORDS = 500.0
RATE = 0.05
_WORD = r"[a-z][a-z'’-]+[a-z]"


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of terms in groups, shape (n_groups, n_terms), and the matrix of articles by terms behind them."""

    terms: Sequence[str]
    positions: Ints
    matrix: Any
    counts: Floats
    n_articles: Ints


def terms(sample: Sample, random_state: int) -> Iterator[Term]:
    """The terms of each group that survive correction, the most distinctive first."""
    if sample.sentences is None:
        return
    counted = _count(sample, random_state)
    if counted is None:
        return
    odds, z = log_odds(counted.counts)
    q = _corrected(z)
    total = counted.counts.sum(axis=1)
    for group in range(len(sample.groups)):
        good = (q[group] < RATE) & (z[group] > 0) & (counted.n_articles[group] >= LEAST_ARTICLES)
        ranked = [i for i in np.argsort(-z[group], kind="stable") if good[i]]
        for i in _distinct(ranked, counted.terms)[:MOST_TERMS]:
            n = float(counted.counts[group, i])
            elsewhere = (counted.counts[:, i].sum() - n) / max(total.sum() - total[group], 1.0)
            yield Term(
                sample.groups.names[group], counted.terms[i], float(z[group, i]), float(odds[group, i]),
                float(q[group, i]), int(n), int(counted.n_articles[group, i]), 1000 * n / total[group],
                float(1000 * elsewhere), tuple(_contexts(sample, counted, group, i, random_state)),
            )  # fmt: skip


def log_odds(counts: Floats) -> tuple[Floats, Floats]:
    """Log-odds ratio of each term in each group against all others, and its z (Monroe et al. 2008, eq. 16, 20, 22).

    Parameters
    ----------
    counts : shape (n_groups, n_terms); the prior is in proportion to the sums over groups.
    """
    whole = counts.sum(axis=0)
    prior = PRIOR_WORDS * whole / whole.sum()
    first, rest = counts + prior, whole - counts + prior
    n_first, n_rest = first.sum(axis=1, keepdims=True), rest.sum(axis=1, keepdims=True)
    odds = np.log(first / (n_first - first)) - np.log(rest / (n_rest - rest))
    return odds, odds / np.sqrt(1 / first + 1 / rest)


def _count(sample: Sample, random_state: int) -> Counted | None:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

    assert sample.sentences is not None
    positions = _positions(sample, random_state)
    own = {word for name in sample.groups.names for word in re.findall(_WORD, name.casefold())}
    vectorizer = CountVectorizer(
        ngram_range=(1, 2),
        min_df=LEAST_ARTICLES,
        token_pattern=rf"\b{_WORD}\b",
        stop_words=sorted(ENGLISH_STOP_WORDS | own),
    )
    try:
        matrix = vectorizer.fit_transform(" ".join(sample.sentences[i]).replace("’", "'") for i in positions).tocsr()
    except ValueError:  # no word is in enough articles
        return None
    code = sample.groups.code[positions]
    parts = [matrix[code == group] for group in range(len(sample.groups))]
    counts = np.array([np.asarray(part.sum(axis=0)).ravel() for part in parts], dtype=np.float64)
    n_articles = np.array([np.asarray((part > 0).sum(axis=0)).ravel() for part in parts])
    return Counted(vectorizer.get_feature_names_out().tolist(), positions, matrix, counts, n_articles)


def _positions(sample: Sample, random_state: int) -> Ints:
    """Counted articles, as many of each group as there is room for."""
    generator = np.random.default_rng(random_state)
    counted = np.flatnonzero(sample.counted)
    parts = [counted[part] for part in by_group(sample.groups.code[counted], len(sample.groups))]
    room = max(1, MOST_ARTICLES // len(parts))
    return np.sort(np.concatenate([generator.permutation(part)[:room] for part in parts]))


def _corrected(z: Floats) -> Floats:
    from scipy.stats import norm
    from statsmodels.stats.multitest import multipletests

    return np.asarray(multipletests(2 * norm.sf(np.abs(z.ravel())), method="fdr_bh")[1].reshape(z.shape))


def _distinct(ranked: Sequence[int], names: Sequence[str]) -> list[int]:
    """Without terms that are part of a better one, or have one as a part."""
    found: list[int] = []
    for i in ranked:
        words = set(names[i].split())
        if not any(words & set(names[j].split()) for j in found):
            found.append(i)
        if len(found) == MOST_TERMS:
            break
    return found


def _contexts(sample: Sample, counted: Counted, group: int, i: int, random_state: int) -> Iterator[Context]:
    """Sentences with the term, each of another article, drawn at random."""
    assert sample.sentences is not None
    rows = counted.matrix[:, [i]].nonzero()[0]
    having = counted.positions[rows]
    having = having[sample.groups.code[having] == group]
    words = r"\W+(?:\w+\W+){0,3}?".join(map(re.escape, counted.terms[i].split()))
    pattern = re.compile(rf"\b{words}\b", re.IGNORECASE)
    found = 0
    for position in np.random.default_rng((random_state, group, i)).permutation(having):
        for sentence in sample.sentences[position]:
            if match := pattern.search(sentence.replace("’", "'")):
                (ref,) = refs(sample, np.array([position]), np.array([np.nan]))
                yield Context(sentence, match.start(), match.end(), ref)
                found += 1
                break
        if found == CONTEXTS:
            return
