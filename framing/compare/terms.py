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
MOST_ARTICLES = 3000
# Weight of the prior in words: that of an article of the usual length.
PRIOR_WORDS = 500.0
RATE = 0.05
_WORD = r"[a-z][a-z'’-]+[a-z]"


@dataclass(frozen=True, slots=True)
class Counted:
    """Terms counted in articles: positions of the articles, and the sparse matrix of articles by terms, by column."""

    terms: Sequence[str]
    positions: Ints
    matrix: Any


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The terms that enough articles of one group have: their number in `Counted.terms`, counts, log-odds and z."""

    group: int
    number: Ints
    n: Floats
    n_articles: Ints
    elsewhere: Floats
    odds: Floats
    z: Floats
    total: float


def terms(sample: Sample, random_state: int) -> Iterator[Term]:
    """The terms of each group that survive correction, the most distinctive first."""
    counted = None if sample.sentences is None else _count(sample, random_state)
    if counted is None:
        return
    weighed = _weighed(sample, counted)
    for one, q in zip(weighed, _corrected([one.z for one in weighed]), strict=True):
        ranked = np.argsort(-one.z, kind="stable")
        good = [int(i) for i in ranked if q[i] < RATE and one.z[i] > 0]
        for i in _distinct(good, [counted.terms[number] for number in one.number]):
            yield _term(sample, counted, one, i, float(q[i]), random_state)


def _weighed(sample: Sample, counted: Counted) -> list[_Weighed]:
    whole = np.asarray(counted.matrix.sum(axis=0), dtype=np.float64).ravel()
    code = sample.groups.code[counted.positions]
    rows, found = counted.matrix.tocsr(), []
    for group in range(len(sample.groups)):
        part = rows[code == group]
        n_articles = np.bincount(part.indices, minlength=len(whole))
        n = np.asarray(part.sum(axis=0), dtype=np.float64).ravel()
        number = np.flatnonzero(n_articles >= LEAST_ARTICLES)
        total = float(n.sum())
        odds, z = log_odds(n[number], whole[number], total, float(whole.sum()))
        elsewhere = 1000 * (whole[number] - n[number]) / max(whole.sum() - total, 1.0)
        found.append(_Weighed(group, number, n[number], n_articles[number], elsewhere, odds, z, total))
    return found


def _term(sample: Sample, counted: Counted, one: _Weighed, i: int, q: float, random_state: int) -> Term:
    number, n = int(one.number[i]), float(one.n[i])
    return Term(
        sample.groups.names[one.group],
        counted.terms[number],
        float(one.z[i]),
        float(one.odds[i]),
        q,
        int(n),
        int(one.n_articles[i]),
        1000 * n / one.total,
        float(one.elsewhere[i]),
        tuple(_contexts(sample, counted, one.group, number, random_state)),
    )


def log_odds(counts: Floats, whole: Floats, total: float, whole_total: float) -> tuple[Floats, Floats]:
    """Log-odds ratio of each term in a group against all others, and its z (Monroe et al. 2008, eq. 16, 20 and 22).

    Parameters
    ----------
    counts, whole : of each term in the group and in all groups; the prior is in proportion to `whole`.
    total, whole_total : of all terms.
    """
    prior = PRIOR_WORDS * whole / whole_total
    first, rest = counts + prior, whole - counts + prior
    n_first, n_rest = total + PRIOR_WORDS, whole_total - total + PRIOR_WORDS
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
        matrix = vectorizer.fit_transform(" ".join(sample.sentences[i]).replace("’", "'") for i in positions).tocsc()
    except ValueError:  # no word is in enough articles
        return None
    return Counted(vectorizer.get_feature_names_out().tolist(), positions, matrix)


def _positions(sample: Sample, random_state: int) -> Ints:
    """Counted articles, as many of each group as there is room for."""
    generator = np.random.default_rng(random_state)
    counted = np.flatnonzero(sample.counted)
    parts = [counted[part] for part in by_group(sample.groups.code[counted], len(sample.groups))]
    room = max(1, MOST_ARTICLES // len(parts))
    return np.sort(np.concatenate([generator.permutation(part)[:room] for part in parts]))


def _corrected(z: Sequence[Floats]) -> list[Floats]:
    from scipy.stats import norm
    from statsmodels.stats.multitest import multipletests

    p = 2 * norm.sf(np.abs(np.concatenate(z)))
    q = multipletests(p, method="fdr_bh")[1] if len(p) else p
    return np.split(q, np.cumsum([len(one) for one in z])[:-1])


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
    matrix = counted.matrix
    having = counted.positions[matrix.indices[matrix.indptr[i] : matrix.indptr[i + 1]]]
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
