"""How alike the beginnings of articles are, as a sparse matrix."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from framing.types import Floats

# A headline's words count twice; words of over a tenth of the articles tell nothing, unless that is under 20 articles.
TITLE_WEIGHT = 2
MAX_SHARE = 0.1
MIN_COMMON = 20
# Under this many articles, how many have a word tells less of how rare it is than of their being of one story.
SMALL = 60
# Articles further apart are of two events; at that distance a likeness counts half.
WINDOW_DAYS = 7
FAR_WEIGHT = 0.5
ROWS_AT_ONCE = 1000


def similarities(
    titles: Sequence[str], leads: Sequence[str], actors: Sequence[Sequence[str]], days: Floats, floor: float
) -> Any:
    """Cosine of TF-IDF over headline, lead and known actors, less with every day between two articles.

    Parameters
    ----------
    actors : ids of the known actors of each article; they count as words.
    days : date of each article as a number of days, NaN where it has none; such an article is near to all.
    floor : likenesses under it are 0.

    Returns
    -------
    scipy.sparse.csr_array, shape (n_articles, n_articles), symmetric, without diagonal
    """
    from scipy import sparse

    words = _words(titles, leads, actors)
    # In blocks, so that only what passes the floor is ever held.
    blocks = [_block(words, start, days, floor) for start in range(0, words.shape[0], ROWS_AT_ONCE)]
    return sparse.vstack(blocks, format="csr")


def _words(titles: Sequence[str], leads: Sequence[str], actors: Sequence[Sequence[str]]) -> Any:
    from scipy import sparse
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    names = (" ".join("actor" + "".join(filter(str.isalnum, one)) for one in row) for row in actors)
    parts = zip(titles, leads, names, strict=True)
    texts = [f"{(title + ' . ') * TITLE_WEIGHT}{lead} {known}" for title, lead, known in parts]
    share = max(MAX_SHARE, min(1.0, MIN_COMMON / len(texts)))
    vectorizer = TfidfVectorizer(sublinear_tf=True, max_df=share, stop_words="english", dtype=np.float32, norm=None)
    try:
        found = vectorizer.fit_transform(texts)
    except ValueError:  # no word is left
        return sparse.csr_array((len(texts), 1), dtype=np.float32)
    rarity = 1 + (vectorizer.idf_ - 1) * min(1.0, len(texts) / SMALL)
    return normalize((found @ sparse.diags_array(rarity / vectorizer.idf_)).astype(np.float32))


def _block(words: Any, start: int, days: Floats, floor: float) -> Any:
    from scipy import sparse

    found = (words[start : start + ROWS_AT_ONCE] @ words.T).tocoo()
    row, column, value = found.row + start, found.col, found.data
    gap = np.nan_to_num(np.abs(days[row] - days[column]), nan=0.0)
    value = value * (1 - (1 - FAR_WEIGHT) * gap / WINDOW_DAYS)
    kept = (value >= floor) & (gap <= WINDOW_DAYS) & (row != column)
    where = (row[kept] - start, column[kept])
    return sparse.csr_array((value[kept], where), shape=(found.shape[0], words.shape[0]))
