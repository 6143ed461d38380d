"""The heads of the axes as plain arrays, the form they have in a bundle, and back; a row an axis of its level."""

from collections.abc import Mapping, Sequence

import numpy as np

from framing.article_head import ArticleHead
from framing.axes import Axis, Level
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
    return arrays


def from_arrays(
    arrays: Mapping[str, Floats], axes: Sequence[Axis], lexicons: Sequence[str], signs: Signs
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
        read = _article if axis.level is Level.ARTICLE else _sentence
        heads[axis.name] = read(arrays, row, axis, lexicons, signs.get(axis.name, {}))
    return heads


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


def _article(
    arrays: Mapping[str, Floats], row: int, axis: Axis, lexicons: Sequence[str], signs: Mapping[str, int]
) -> ArticleHead:
    centre, intercept = (float(number) for number in arrays["article.numbers"][row])
    return ArticleHead(
        axis=axis.name,
        direction=arrays["article.directions"][row],
        centre=centre,
        intercept=intercept,
        weights=dict(zip(lexicons, map(float, arrays["article.weights"][row]), strict=True)),
        signs=signs,
        stance=arrays["article.stance"][row],
        bounds=axis.range,
    )
