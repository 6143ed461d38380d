"""The heads of the axes as plain arrays, the form they have in a bundle, and back; a row an axis of its level."""

from collections.abc import Mapping, Sequence

import numpy as np

from framing.article_head import NOTHING, STANCE_FEATURES, ArticleHead, Cues
from framing.axes import Axis, Level
from framing.features.vocabulary import Vocabulary
from framing.heads import SentenceHead
from framing.types import Floats

Head = SentenceHead | ArticleHead
Signs = Mapping[str, Mapping[str, int]]


def to_arrays(heads: Sequence[Head], lexicons: Sequence[str]) -> dict[str, Floats]:
    """Arrays of all heads; the columns of weights are `lexicons`."""
    sentence = [head for head in heads if isinstance(head, SentenceHead)]
    article = [head for head in heads if isinstance(head, ArticleHead)]
    arrays: dict[str, Floats] = {}
    if sentence:
        arrays["directions"] = np.array([head.direction for head in sentence], dtype=np.float32)
        arrays["biases"] = np.array([head.bias for head in sentence], dtype=np.float32)
        arrays["calibration"] = np.array([[head.scale, head.offset] for head in sentence], dtype=np.float64)
        arrays["weights"] = _weights(sentence, lexicons)
    if article:
        arrays["article.directions"] = np.array([head.direction for head in article], dtype=np.float32)
        arrays["article.numbers"] = np.array([[head.centre, head.intercept] for head in article], dtype=np.float64)
        arrays["article.weights"] = _weights(article, lexicons)
        arrays["article.stance"] = np.array([head.stance for head in article], dtype=np.float64)
        arrays |= _cue_arrays(article)
        arrays |= _word_arrays(article)
    return arrays


def cues_of(arrays: Mapping[str, Floats], names: Sequence[str]) -> Cues | None:
    """The cues that article heads may read; None in a bundle without."""
    if "cue.directions" not in arrays:
        return None
    return Cues(tuple(names), arrays["cue.directions"], arrays["cue.biases"])


def from_arrays(
    arrays: Mapping[str, Floats],
    axes: Sequence[Axis],
    lexicons: Sequence[str],
    signs: Signs,
    cues: Cues | None = None,
    vocabulary: Vocabulary | None = None,
) -> dict[str, Head]:
    """The heads of `axes`, in their order.

    Parameters
    ----------
    signs : axis → lexicon → the only direction in which its hits may push.
    """
    places = {level: [axis.name for axis in axes if axis.level is level] for level in Level}
    heads: dict[str, Head] = {}
    for axis in axes:
        row = places[axis.level].index(axis.name)
        own_signs = signs.get(axis.name, {})
        if axis.level is Level.ARTICLE:
            heads[axis.name] = _article(arrays, row, axis, lexicons, own_signs, cues, vocabulary)
        else:
            heads[axis.name] = _sentence(arrays, row, axis, lexicons, own_signs)
    return heads


def _cue_arrays(article: Sequence[ArticleHead]) -> dict[str, Floats]:
    """The weights of cues, 0 for a head that reads none; nothing where no head does."""
    weights = _filled([head.of_cues for head in article])
    return {"article.cues": weights} if weights.size else {}


def _word_arrays(article: Sequence[ArticleHead]) -> dict[str, Floats]:
    """The weights of words, 0 for a head that reads none; nothing where no head does."""
    weights = _filled([head.of_words for head in article])
    usual = np.array([head.usual for head in article])
    return {"article.words": weights.astype(np.float32), "article.usual": usual} if weights.size else {}


def _filled(rows: Sequence[Floats]) -> Floats:
    """The rows one under the other, 0 in those that are empty."""
    width = max(len(row) for row in rows)
    return np.array([row if len(row) else np.zeros(width) for row in rows])


def _weights(heads: Sequence[Head], lexicons: Sequence[str]) -> Floats:
    rows = [[head.weights.get(name, 0.0) for name in lexicons] for head in heads]
    return np.array(rows, dtype=np.float64).reshape(len(heads), len(lexicons))


def _sentence(
    arrays: Mapping[str, Floats], row: int, axis: Axis, lexicons: Sequence[str], signs: Mapping[str, int]
) -> SentenceHead:
    scale, offset = (float(number) for number in arrays["calibration"][row])
    return SentenceHead(
        axis=axis.name,
        direction=arrays["directions"][row],
        bias=float(arrays["biases"][row]),
        scale=scale,
        offset=offset,
        weights=dict(zip(lexicons, map(float, arrays["weights"][row]), strict=True)),
        signs=signs,
        bounds=axis.range,
    )


def _stance(weights: Floats) -> Floats:
    """Bundles before 0.6.0 have no weight for sides."""
    return np.pad(weights, (0, len(STANCE_FEATURES) - len(weights)))


def _article(
    arrays: Mapping[str, Floats],
    row: int,
    axis: Axis,
    lexicons: Sequence[str],
    signs: Mapping[str, int],
    cues: Cues | None,
    vocabulary: Vocabulary | None,
) -> ArticleHead:
    centre, intercept = (float(number) for number in arrays["article.numbers"][row])
    of_words = arrays["article.words"][row] if "article.words" in arrays else NOTHING
    return ArticleHead(
        axis=axis.name,
        direction=arrays["article.directions"][row],
        centre=centre,
        intercept=intercept,
        weights=dict(zip(lexicons, map(float, arrays["article.weights"][row]), strict=True)),
        signs=signs,
        stance=_stance(arrays["article.stance"][row]),
        bounds=axis.range,
        cues=cues,
        of_cues=arrays["article.cues"][row] if "article.cues" in arrays else NOTHING,
        vocabulary=vocabulary if of_words.any() else None,
        of_words=of_words,
        usual=float(arrays["article.usual"][row]) if len(of_words) else 0.0,
    )
