"""Deletions really run: what a sentence's probability becomes when a word is taken out and the rest is read again.

The ledger splits what one reading of the article gave. Here the strongest sentences are read again, once without each
of their content words and once with each marker's plain alternative, so that a reader can check why they scored.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from framing.article import Article, Voice
from framing.errors import UsageError
from framing.evidence import Encoded, content_words, hits_of
from framing.head_arrays import Head
from framing.scorer import Scorer
from framing.scores import Change, Explained
from framing.text.passages import Passage, passages


@dataclass(frozen=True, slots=True)
class _Edit:
    passage: Passage
    start: int
    stop: int
    replacement: str

    @property
    def text(self) -> str:
        """The passage with the change made."""
        text = self.passage.text
        return text[: self.start] + self.replacement + text[self.stop :]


def explain(scorer: Scorer, article: Article, axis: str, top: int = 5) -> list[Explained]:
    """The `top` strongest sentences on an axis, each read again without each of its words.

    Raises
    ------
    UsageError
        The bundle has no such axis.
    """
    if axis not in scorer.bundle.heads:
        raise UsageError(f"explain: no axis {axis!r} in this bundle; it has {', '.join(scorer.bundle.heads)}")
    head = scorer.bundle.heads[axis]
    markers = scorer.finder.find(article)
    own = [part for part in passages(article) if part.voice is Voice.JOURNALIST and part.sentence >= 0]
    read = [
        (head.alone(item.states, hits_of(item.markers, head), item.passage.text), item)
        for item in scorer.encode(own, markers)
    ]
    strongest = sorted(read, key=lambda pair: -pair[0])[:top]
    return [_explained(scorer, article, head, probability, item) for probability, item in strongest]


def _explained(scorer: Scorer, article: Article, head: Head, before: float, item: Encoded) -> Explained:
    edits = list(_edits(item))
    states = scorer.encoder.encode([edit.text for edit in edits])
    changes = []
    for edit, token in zip(edits, states, strict=True):
        span = item.passage.article_span(edit.start, edit.stop)
        if span is not None:
            kept = [marker for marker in item.markers if not marker.span.overlaps(span)]
            after = head.alone(token.states, hits_of(kept, head), edit.text)
            changes.append(Change(span, edit.replacement, after))
    index = item.passage.sentence
    ordered = tuple(sorted(changes, key=lambda change: change.probability))
    return Explained(index, article.sentences[index].span, before, ordered)


def _edits(item: Encoded) -> Iterator[_Edit]:
    for start, stop in content_words(item.passage.text):
        yield _Edit(item.passage, start, stop, "")
    for marker in item.markers:
        for offset, span in item.passage.pieces:
            if marker.plain and span.contains(marker.span):
                start = offset + marker.span.start - span.start
                yield _Edit(item.passage, start, start + marker.span.stop - marker.span.start, marker.plain)
