"""Scores: what the scorer says of one article, and its JSON (docs/schema.md)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.article import Article, Failure, Span, Voice
from framing.errors import UsageError

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Marker:
    """A hit of a lexicon in the text.

    `negated` hits ("not a massacre") are listed and count for nothing, as do those of a user's own lexicon (`own`).
    """

    lexicon: str
    term: str
    span: Span
    voice: Voice = Voice.JOURNALIST
    negated: bool = False
    own: bool = False
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, and its sentence's probability less that without the word."""

    span: Span
    effect: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line of a ledger: what a sentence, marker or mention adds to `raw`.

    `sentence` is the index, in `Article.sentences`, of the sentence it stands in; `probability`, on sentence lines, is
    the calibrated chance that a careful reader would mark that sentence, and `words` are the words that raise it most,
    the strongest first.
    """

    kind: str
    span: Span
    contribution: float
    sentence: int
    probability: float | None = None
    lexicon: str | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class AxisScore:
    """Where an article stands on one axis.

    `raw` is `intercept` plus the sum of the ledger, exactly; `value` is null, with `why_null`, when there is too
    little text. `low` and `high` bound the 90 % interval, null under three sentences. `percentile` is in [0, 100].
    """

    axis: str
    value: float | None
    low: float | None = None
    high: float | None = None
    percentile: float | None = None
    title: float | None = None
    quoted: float | None = None
    n_quoted: int = 0
    intercept: float = 0.0
    raw: float = 0.0
    ledger: tuple[Contribution, ...] = ()
    why_null: str | None = None
    n: int = 0

    def __post_init__(self) -> None:
        if (self.value is None) != (self.why_null is not None):
            raise UsageError(f"axis {self.axis}: a null value needs why_null, a value must not have it")


@dataclass(frozen=True, slots=True)
class BundleName:
    """Which bundle scored: name, version and the hash of its files."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """Everything the scorer says of one article."""

    bundle: BundleName
    article: Article
    axes: Mapping[str, AxisScore]
    markers: tuple[Marker, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def to_dict(self, with_text: bool = False) -> dict[str, Any]:
        """This score as JSON of schema version 1 (`framing/report/score.schema.json`)."""
        article = _article_dict(self.article)
        if with_text:
            article["text"] = self.article.text
        text = self.article.text
        return {
            "schema": SCHEMA,
            "bundle": {"name": self.bundle.name, "version": self.bundle.version, "sha256": self.bundle.sha256},
            "article": article,
            "axes": {name: _axis_dict(score, text) for name, score in self.axes.items()},
            "actors": [],
            "quotes": list(_quote_dicts(self.article)),
            "markers": [_marker_dict(marker, text) for marker in self.markers],
            "removed": [{"reason": r.reason, **_span_dict(r.span, text)} for r in self.article.removed],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A word or marker taken out, or put in plain words, and the probability the sentence is then given."""

    span: Span
    replacement: str
    probability: float


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence of the journalist: its probability, and its changes, the most telling first."""

    sentence: int
    span: Span
    probability: float
    changes: tuple[Change, ...]


def failure_dict(failure: Failure) -> dict[str, Any]:
    """A failed article as JSON."""
    return {
        "schema": SCHEMA,
        "article": {"id": failure.id},
        "error": {"kind": failure.kind, "message": failure.message},
    }


def markers_by_lexicon(markers: Sequence[Marker]) -> dict[str, list[Marker]]:
    """The markers grouped by lexicon, in order of the text."""
    groups: dict[str, list[Marker]] = {}
    for marker in markers:
        groups.setdefault(marker.lexicon, []).append(marker)
    return groups


def _span_dict(span: Span, text: str) -> dict[str, Any]:
    return {"text": span.of(text), "start": span.start, "stop": span.stop}


def _article_dict(article: Article) -> dict[str, Any]:
    document = article.document
    title = article.title.span.of(article.text) if article.title is not None else None
    return {
        "id": document.id,
        "title": title,
        "outlet": document.outlet,
        "url": document.url,
        "date": document.date,
        "language": article.language,
        "n_words": article.n_words,
        "n_sentences": len(article.sentences),
        "columns": dict(document.columns),
    }


def _quote_dicts(article: Article) -> Iterator[dict[str, Any]]:
    for index, sentence in enumerate(article.sentences):
        for stretch in sentence.stretches:
            if stretch.voice is Voice.QUOTED:
                where = _span_dict(stretch.span, article.text)
                yield {**where, "speaker": stretch.speaker, "indirect": stretch.indirect, "sentence": index}


def _axis_dict(score: AxisScore, text: str) -> dict[str, Any]:
    return {
        "value": score.value,
        "why_null": score.why_null,
        "n": score.n,
        "low": score.low,
        "high": score.high,
        "percentile": score.percentile,
        "title": score.title,
        "quoted": score.quoted,
        "n_quoted": score.n_quoted,
        "intercept": score.intercept,
        "raw": score.raw,
        "ledger": [_contribution_dict(line, text) for line in score.ledger],
    }


def _contribution_dict(line: Contribution, text: str) -> dict[str, Any]:
    row = {
        "kind": line.kind,
        **_span_dict(line.span, text),
        "contribution": line.contribution,
        "sentence": line.sentence,
    }
    if line.probability is not None:
        row["probability"] = line.probability
    if line.lexicon is not None:
        row["lexicon"] = line.lexicon
    if line.words:
        row["words"] = [{**_span_dict(word.span, text), "effect": word.effect} for word in line.words]
    return row


def _marker_dict(marker: Marker, text: str) -> dict[str, Any]:
    return {
        "lexicon": marker.lexicon,
        "term": marker.term,
        **_span_dict(marker.span, text),
        "voice": marker.voice.value,
        "negated": marker.negated,
        "own": marker.own,
        "plain": marker.plain,
    }
