"""From passages and their token states to axis scores: probabilities, ledger, interval."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np

from framing.article import Article, Span, Voice
from framing.article_head import ArticleHead
from framing.config import MIN_PROSE_WORDS
from framing.features.vocabulary import lower_words
from framing.heads import Hit, SentenceHead, Split, split, word_effects
from framing.metrics import share_interval
from framing.scores import AxisScore, Contribution, Marker, Word
from framing.text.passages import TITLE, Passage
from framing.types import Bools, Floats, Ints

SENTENCE = "sentence"
MARKER = "marker"
TOP_WORDS = 3
NONE = (None, None)
MIN_EFFECT = 0.002
# Function words carry the states of their neighbours, so that naming them would explain nothing.
_CONTENT_WORD = re.compile(
    r"\b(?!(?:and|are|but|for|from|had|has|have|her|his|how|into|its|nor|not|now|one|our|out|she|than|that|the|their|them|"
    r"then|there|these|they|this|those|too|upon|was|were|what|when|where|which|while|who|whom|whose|will|with|would|you|"
    r"your|been|being|him|about|after|before|over|under|such|some|any|all|did|does|can|could|may|might|must|shall|"
    r"should|mr|mrs|ms|said|says)\b)[^\W\d_][\w'’-]{2,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a passage that carry content.

    Attributes
    ----------
    spans : where each stands in the article; None where that is not one stretch of it.
    of_tokens : the number of the word that each token belongs to, `len(spans)` for none of them; int64, shape
        (n_tokens,).
    """

    spans: tuple[Span | None, ...]
    of_tokens: Ints

    def strongest(self, effects: Floats, least: float) -> tuple[Word, ...]:
        """Those with the largest effects, shape (n_words,) or longer, that are not below `least`; at most three."""
        order = np.argsort(-effects[: len(self.spans)], kind="stable").tolist()
        found = ((self.spans[index], float(effects[index])) for index in order if effects[index] >= least)
        return tuple(islice((Word(span, effect) for span, effect in found if span), TOP_WORDS))


@dataclass(frozen=True)
class Encoded:
    """A passage with its token states and the markers of its voice that stand in it.

    `offsets`, int64, shape (n_tokens, 2), are characters of the passage's text.
    """

    passage: Passage
    states: Floats
    offsets: Ints
    markers: tuple[Marker, ...]

    @cached_property
    def words(self) -> Words:
        """The content words, which every axis asks for."""
        found = content_words(self.passage.text)
        spans = tuple(self.passage.article_span(*span) for span in found)
        if not found:
            return Words(spans, np.zeros(len(self.offsets), dtype=np.int64))
        starts, stops = (np.array(edges) for edges in zip(*found, strict=True))
        word = np.searchsorted(starts, self.offsets[:, 0], side="right") - 1
        word[(word < 0) | (self.offsets[:, 0] >= stops[word])] = len(found)
        return Words(spans, word)

    @cached_property
    def lower_words(self) -> tuple[tuple[str, int], ...]:
        """The words in lower case, each with the number of the content word it is in, -1 for none of them."""
        found = content_words(self.passage.text)
        starts = [start for start, _ in found]
        within = ((word, start, bisect_right(starts, start) - 1) for word, start in lower_words(self.passage.text))
        return tuple((word, at if at >= 0 and start < found[at][1] else -1) for word, start, at in within)

    @cached_property
    def single_words(self) -> dict[str, int]:
        """The words in lower case that stand in one content word and nowhere else, each with its number."""
        within: dict[str, set[int]] = {}
        for word, content in self.lower_words:
            within.setdefault(word, set()).add(content)
        return {word: min(places) for word, places in within.items() if len(places) == 1 and -1 not in places}

    @cached_property
    def without_word(self) -> Floats:
        """Weights of the tokens in the mean of what is left without each content word, shape (n_words, n_tokens).

        A word that has no token, or all of them, is left where it is.
        """
        kept = np.arange(len(self.words.spans))[:, None] != self.words.of_tokens
        kept[~kept.any(axis=1)] = True
        return np.asarray(kept.astype(np.float32) / kept.sum(axis=1, keepdims=True, dtype=np.float32))

    def tokens_in(self, span: Span) -> Bools:
        """Which tokens stand in a span of the article, shape (n_tokens,)."""
        covered = np.zeros(len(self.offsets), dtype=bool)
        for start, piece in self.passage.pieces:
            if piece.overlaps(span):
                low, high = (start + edge - piece.start for edge in (span.start, span.stop))
                covered |= (self.offsets[:, 0] < high) & (self.offsets[:, 1] > low)
        return covered


@dataclass(frozen=True, slots=True)
class Part:
    """A passage on one axis: its counting markers, token logits, and probability split into markers and the rest."""

    encoded: Encoded
    markers: tuple[Marker, ...]
    hits: Sequence[Hit]
    logits: Floats
    split: Split


def axis_score(article: Article, encoded: Sequence[Encoded], head: SentenceHead) -> AxisScore:
    """The article on the axis of `head`: the mean over the journalist's passages, with its ledger."""
    parts = [_part(item, head) for item in encoded]
    title = next((head.value(p.split.probability) for p in _of(parts, Voice.JOURNALIST) if _is_title(p)), None)
    quoted = [head.value(p.split.probability) for p in _of(parts, Voice.QUOTED) if not _is_title(p)]
    body = [p for p in _of(parts, Voice.JOURNALIST) if not _is_title(p)]
    apart = {"title": title, "quoted": float(np.mean(quoted)) if quoted else None, "n_quoted": len(quoted)}
    why_null = too_little(article, len(body))
    if why_null:
        return AxisScore(head.axis, None, why_null=why_null, **apart)  # type: ignore[arg-type]
    ledger = tuple(line for part in body for line in _lines(article, part, head, len(body)))
    raw = math.fsum((head.bounds[0], *(line.contribution for line in ledger)))
    low, high = share_interval(np.array([head.value(p.split.probability) for p in body]), head.bounds) or NONE
    numbers = {"intercept": head.bounds[0], "raw": raw, "n": len(body)}
    return AxisScore(head.axis, raw, low, high, ledger=ledger, **numbers, **apart)  # type: ignore[arg-type]


def too_little(article: Article, n_passages: int) -> str | None:
    """Why there is too little of the journalist's own text to say anything; None if there is enough."""
    if article.n_words < MIN_PROSE_WORDS:
        return f"too little text: {article.n_words} words of prose, at least {MIN_PROSE_WORDS} are needed"
    if not n_passages:
        return "too little text: no sentence in the journalist's own voice"
    return None


def _part(encoded: Encoded, head: SentenceHead) -> Part:
    markers = counting(encoded.markers, head)
    hits = [Hit(marker.lexicon, encoded.tokens_in(marker.span)) for marker in markers]
    logits = head.token_logits(encoded.states)
    return Part(encoded, markers, hits, logits, split(head, logits, hits))


def counting(markers: Sequence[Marker], head: SentenceHead | ArticleHead) -> tuple[Marker, ...]:
    """The markers that may push the axis of `head`: neither negated nor of a user's own lexicon."""
    return tuple(m for m in markers if head.signs.get(m.lexicon) and not (m.negated or m.own))


def hits_of(markers: Sequence[Marker], head: SentenceHead | ArticleHead) -> Counter[str]:
    """How many hits of each lexicon may push the axis of `head`."""
    return Counter(marker.lexicon for marker in counting(markers, head))


def _words(part: Part, head: SentenceHead) -> tuple[Word, ...]:
    """The content words that raise the passage's probability most, the strongest first."""
    words = part.encoded.words
    if not len(part.logits) or not words.spans:
        return ()
    return words.strongest(word_effects(head, part.logits, words.of_tokens, part.hits), MIN_EFFECT)


def content_words(text: str) -> list[tuple[int, int]]:
    """Start and stop of the words of `text` that carry content, numbers and function words left out."""
    return [match.span() for match in _CONTENT_WORD.finditer(text)]


def _lines(article: Article, part: Part, head: SentenceHead, n: int) -> Iterator[Contribution]:
    index = part.encoded.passage.sentence
    span = article.sentences[index].span
    probability, words = part.split.probability, _words(part, head)
    share = (head.bounds[1] - head.bounds[0]) / n
    yield Contribution(SENTENCE, span, part.split.rest * share, index, probability, words=words)
    for marker, gain in zip(part.markers, part.split.parts, strict=True):
        if gain:
            yield Contribution(MARKER, marker.span, gain * share, index, lexicon=marker.lexicon)


def _of(parts: Sequence[Part], voice: Voice) -> Iterator[Part]:
    return (part for part in parts if part.encoded.passage.voice is voice)


def _is_title(part: Part) -> bool:
    return part.encoded.passage.sentence == TITLE
