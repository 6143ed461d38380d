"""A score or a failure as a row of a scores file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from framing.article import Article, Failure, Sentence, Span, Voice
from framing.corpus.layout import SUFFIXES
from framing.scores import ActorEvidence, ActorScore, ArticleScore, AxisScore, Contribution, Marker
from framing.scores.actors import TITLE

Row = dict[str, Any]

STRONGEST = 5  # sentences an axis that are kept; the JSON of an article has all


def row(result: ArticleScore | Failure) -> Row:
    """The row of one result; of a failure it has the id and what happened."""
    if isinstance(result, Failure):
        return {"id": result.id, "error_kind": result.kind, "error": result.message}
    bundle = {f"bundle_{name}": getattr(result.bundle, name) for name in ("name", "version", "sha256")}
    return _article(result.article) | _axes(result.axes) | _nested(result) | bundle


def _article(article: Article) -> Row:
    document = article.document
    return {
        "id": document.id,
        "title": " ".join(article.title.span.of(article.text).split()) if article.title else None,
        "outlet": document.outlet,
        "url": document.url,
        "date": document.date,
        "language": article.language,
        "n_words": article.n_words,
        "n_sentences": len(article.sentences),
        "text": _sound(article.text),
        "columns": [(name, str(value)) for name, value in document.columns.items() if value is not None],
    }


def _sound(text: str) -> str:
    """`text` with a sign of the same length in place of each half of a character, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode() if any("\ud800" <= c <= "\udfff" for c in text) else text


def _axes(axes: Mapping[str, AxisScore]) -> Row:
    return {
        f"{name}{suffix}": getattr(score, suffix[1:] if suffix else "value")
        for name, score in axes.items()
        for suffix in SUFFIXES
    }


def _nested(score: ArticleScore) -> Row:
    sentences = score.article.sentences
    return {
        "sentences": [_span(sentence.span) for sentence in sentences],
        "quotes": list(_quotes(sentences)),
        "evidence": [line for name, one in score.axes.items() for line in _evidence(name, one, sentences)],
        "markers": [_marker(marker) for marker in score.markers],
        "actors": [_actor(score.article, actor) for actor in score.actors],
        "notes": list(score.notes),
    }


def _quotes(sentences: Sequence[Sentence]) -> Iterator[Row]:
    for sentence in sentences:
        for stretch in sentence.stretches:
            if stretch.voice is Voice.QUOTED:
                yield _span(stretch.span) | {"speaker": stretch.speaker, "indirect": stretch.indirect}


def _evidence(name: str, score: AxisScore, sentences: Sequence[Sentence]) -> Iterator[Row]:
    """The sentences that do most for the value, the strongest first, each with all that its markers add."""
    sums: dict[int, float] = {}
    lines: dict[int, Contribution] = {}
    for line in score.ledger:
        sums[line.sentence] = sums.get(line.sentence, 0.0) + line.contribution
        if line.probability is not None or line.words:
            lines[line.sentence] = line
    for index in sorted(sums, key=lambda one: -abs(sums[one]))[:STRONGEST]:
        line_of = lines.get(index)
        yield {
            "axis": name,
            **_span(sentences[index].span),
            "contribution": sums[index],
            "probability": line_of.probability if line_of else None,
            "words": [_span(word.span) for word in line_of.words] if line_of else [],
        }


def _marker(marker: Marker) -> Row:
    names = ("lexicon", "term", "negated", "own")
    return _span(marker.span) | {name: getattr(marker, name) for name in names} | {"voice": marker.voice.value}


def _actor(article: Article, actor: ActorScore) -> Row:
    names = ("id", "name", "kind", "known", "stance", "low", "high", "n", "why_null", "title_stance", "quoted_stance")
    more = ("n_quoted", "n_mentions", "share_of_voice", "role")
    mentions = [_mention(article, line) for line in actor.evidence]
    return {name: getattr(actor, name) for name in (*names, *more)} | {"mentions": mentions}


def _mention(article: Article, line: ActorEvidence) -> Row:
    sentence = article.title if line.sentence == TITLE else article.sentences[line.sentence]
    assert sentence is not None
    return _span(line.span) | {
        "sentence_start": sentence.span.start,
        "sentence_stop": sentence.span.stop,
        "in_title": line.sentence == TITLE,
        "stance": line.stance,
        "weight": line.weight,
        "voice": line.voice.value,
        "speaker": line.speaker,
        "how": line.how,
    }


def _span(span: Span) -> Row:
    return {"start": span.start, "stop": span.stop}
