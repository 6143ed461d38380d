"""What a bundle says of labelled rows, as targets in [0, 1]: sentences read alone, articles scored whole."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from framing.article import Document, Failure, Span
from framing.axes import Level
from framing.errors import FramingError
from framing.evaluation.outcome import Unscored
from framing.evidence import hits_of
from framing.features.markers import one_sentence
from framing.heads import SentenceHead, sigmoid
from framing.labels.row import LabelledRow
from framing.scorer import Scorer
from framing.scores import Judgement
from framing.text import article_of
from framing.types import Floats

# Token states of this many short texts take about 50 MB.
TEXTS_AT_ONCE = 1024
Step = Callable[[int], None]
NOT_IN_A_SENTENCE = "the mention stands in no sentence of the article's body"


def unwatched(n_rows: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Predictions:
    """What one bundle says of each row.

    Attributes
    ----------
    values : axis → value in [0, 1] of each row, NaN where there is none, shape (n_rows,).
    raw : the same before calibration, for axes read of a sentence in rows that are sentences.
    reasons : axis → row → why there is no value.
    """

    values: dict[str, Floats]
    raw: dict[str, Floats] = field(default_factory=dict)
    reasons: dict[str, dict[int, str]] = field(default_factory=dict)

    def unscored(self, axis: str, rows: Sequence[LabelledRow], labelled: Sequence[int]) -> Iterator[Unscored]:
        """The labelled rows without a value."""
        why = self.reasons.get(axis, {})
        for index in labelled:
            if np.isnan(self.values[axis][index]):
                yield Unscored(rows[index].where, rows[index].id, why[index])


def predict(
    scorer: Scorer, rows: Sequence[LabelledRow], level: Level, axes: Sequence[str], step: Step = unwatched
) -> Predictions:
    """What the scorer's bundle says of each row on `axes`; `step` is told of so many more rows read."""
    read = _sentences if level is Level.SENTENCE else _articles
    return read(scorer, rows, axes, step)


def _sentences(scorer: Scorer, rows: Sequence[LabelledRow], axes: Sequence[str], step: Step) -> Predictions:
    heads = [scorer.bundle.heads[axis] for axis in axes]
    read = [axis for axis, head in zip(axes, heads, strict=True) if isinstance(head, SentenceHead)]
    found = Predictions(_unknown(axes, len(rows)), _unknown(read, len(rows)))
    for start in range(0, len(rows), TEXTS_AT_ONCE):
        texts = [row.text for row in rows[start : start + TEXTS_AT_ONCE]]
        for index, token in enumerate(scorer.encoder.encode(texts), start):
            markers = scorer.finder.find(one_sentence(texts[index - start]))
            for axis, head in zip(axes, heads, strict=True):
                found.values[axis][index] = head.alone(token.states, hits_of(markers, head), texts[index - start])
                if isinstance(head, SentenceHead):
                    found.raw[axis][index] = _raw(head, token.states)
        step(len(texts))
    return found


def _raw(head: SentenceHead, states: Floats) -> float:
    """The probability that the encoder's head was trained to give, before calibration and markers."""
    return sigmoid(float(head.token_logits(states).mean()) if len(states) else head.bias)


def _articles(scorer: Scorer, rows: Sequence[LabelledRow], axes: Sequence[str], step: Step) -> Predictions:
    found = Predictions(_unknown(axes, len(rows)), reasons={axis: {} for axis in axes})
    for index, result in enumerate(scorer.score_documents(map(document, rows))):
        step(1)
        for axis in axes:
            score = None if isinstance(result, Failure) else result.axes[axis]
            if score is not None and score.value is not None:
                low, high = scorer.bundle.axes[axis].range
                found.values[axis][index] = (score.value - low) / (high - low)
            else:
                why = score.why_null if score else result.message if isinstance(result, Failure) else None
                found.reasons[axis][index] = why or "no value"
    return found


def _unknown(axes: Sequence[str], n: int) -> dict[str, Floats]:
    return {axis: np.full(n, np.nan) for axis in axes}


def document(row: LabelledRow) -> Document:
    """A row as an article; its title is the first line."""
    text = f"{row.title}\n\n{row.text}" if row.title else row.text
    return Document(row.id, text, has_title=bool(row.title), outlet=row.outlet, url=row.url, date=row.date)


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A labelled mention: its row, the label in [-1, 1], and the bundle's judgement or why there is none."""

    row: int
    stance: float
    judgement: Judgement | None
    why: str = ""


def judge(scorer: Scorer, rows: Sequence[LabelledRow], level: Level) -> list[JudgedRow]:
    """The judgement of every labelled mention; in an article, of the sentence that it stands in."""
    found: list[JudgedRow] = []
    asked: list[tuple[int, float, str, Span]] = []
    for index, row in enumerate(rows):
        for target in row.targets:
            place = (row.text, target.span) if level is Level.SENTENCE else _in_sentence(row, target.span)
            if isinstance(place, str):
                found.append(JudgedRow(index, target.stance, None, place))
            else:
                asked.append((index, target.stance, *place))
    for start in range(0, len(asked), TEXTS_AT_ONCE):
        part = asked[start : start + TEXTS_AT_ONCE]
        judged = scorer.judge([text for *_, text, _ in part], [[span] for *_, span in part])
        found += [JudgedRow(row, stance, one[0]) for (row, stance, *_), one in zip(part, judged, strict=True)]
    return found


def _in_sentence(row: LabelledRow, span: Span) -> tuple[str, Span] | str:
    """The sentence that holds `span`, with its place there; or why there is none."""
    try:
        article = article_of(Document(row.id, row.text))
    except FramingError as error:
        return str(error)
    for sentence in article.sentences:
        if sentence.span.contains(span):
            start = sentence.span.start
            return sentence.span.of(row.text), Span(span.start - start, span.stop - start)
    return NOT_IN_A_SENTENCE
