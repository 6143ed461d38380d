"""Scores: what the scorer says of one article, and its JSON (docs/schema.md)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from framing.article import Article, Failure, Span, Voice
from framing.scores.actors import ActorEvidence, ActorScore, Judgement, SpeakerStance, actor_dict
from framing.scores.axes import (
    AxisScore,
    Contribution,
    Marker,
    Word,
    axis_dict,
    marker_dict,
    markers_by_lexicon,
    span_dict,
)

__all__ = [
    "SCHEMA",
    "ActorEvidence",
    "ActorScore",
    "ArticleScore",
    "AxisScore",
    "BundleName",
    "Change",
    "Contribution",
    "Explained",
    "Judgement",
    "Marker",
    "SpeakerStance",
    "Word",
    "failure_dict",
    "markers_by_lexicon",
]

SCHEMA = 1


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
    actors: tuple[ActorScore, ...] = ()

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
            "axes": {name: axis_dict(score, text) for name, score in self.axes.items()},
            "actors": [actor_dict(actor, self.article) for actor in self.actors],
            "quotes": list(_quote_dicts(self.article)),
            "markers": [marker_dict(marker, text) for marker in self.markers],
            "removed": [{"reason": r.reason, **span_dict(r.span, text)} for r in self.article.removed],
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
                where = span_dict(stretch.span, article.text)
                yield {**where, "speaker": stretch.speaker, "indirect": stretch.indirect, "sentence": index}
