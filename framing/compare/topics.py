"""Topics of articles: a column of the user's, or clusters of their words."""

import numpy as np

from framing.compare.options import Options
from framing.compare.sample import LEAD_SENTENCES, Sample
from framing.types import Ints

# Under this many articles clusters of words are too small to adjust by.
MIN_ARTICLES = 100
ARTICLES_A_TOPIC = 40
MAX_TOPICS = 20
DIMENSIONS = 50


def topics(sample: Sample, options: Options) -> tuple[Ints | None, str]:
    """The topic of each article, None where there are none, and where they are from."""
    if options.topic is not None:
        column = sample.corpus.column(options.topic)
        named = np.array([str(column[i]) for i in sample.articles.tolist()], dtype=str)
        return np.unique(named, return_inverse=True)[1], f"the column '{options.topic}'"
    if sample.sentences is None:
        return None, "none, as so many articles need a column of topics"
    if len(sample) < MIN_ARTICLES:
        return None, f"none, as there are under {MIN_ARTICLES} articles"
    found = _clusters(sample, options.random_state)
    if found is None:
        return None, "nowhere: the articles have too few words in common"
    return found, f"{found.max() + 1} clusters of the words of headlines and leads"


def _clusters(sample: Sample, random_state: int) -> Ints | None:
    """Clusters of TF-IDF vectors in the space of their main dimensions (Deerwester et al. 1990), by k-means.

    None where there are fewer words than dimensions.
    """
    from sklearn.cluster import MiniBatchKMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    assert sample.sentences is not None
    leads = (" ".join(one[:LEAD_SENTENCES]) for one in sample.sentences)
    texts = [f"{title} {lead}" for title, lead in zip(sample.titles, leads, strict=True)]
    try:
        words = TfidfVectorizer(sublinear_tf=True, min_df=3, max_df=0.3, stop_words="english").fit_transform(texts)
    except ValueError:  # no word is left
        return None
    if words.shape[1] <= DIMENSIONS:
        return None
    space = normalize(TruncatedSVD(DIMENSIONS, random_state=random_state).fit_transform(words))
    n_topics = max(2, min(MAX_TOPICS, len(texts) // ARTICLES_A_TOPIC))
    found = MiniBatchKMeans(n_topics, n_init=3, random_state=random_state).fit_predict(space)
    return np.asarray(np.unique(found, return_inverse=True)[1])
