"""The score of an axis that is read from a whole article, with its ledger of sentences, markers and mentions."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from framing.article import Article, Span, Voice
from framing.article_head import ArticleHead
from framing.evidence import MARKER, NONE, SENTENCE, Encoded, counting, too_little
from framing.metrics import interval
from framing.scores import ActorScore, AxisScore, Contribution, Marker, Word
from framing.text.passages import TITLE
from framing.types import Floats

MENTION = "mention"
# In log odds; less than this is a word among others.
MIN_EFFECT = 0.02


@dataclass(frozen=True, slots=True)
class Treated:
    """A mention whose stance is the journalist's own: where it stands, the stance in [-1, 1], and the actor's side.

    The side is -1 for the left, 1 for the right, and 0 for all who are of neither.
    """

    span: Span
    sentence: int
    stance: float
    side: int


def treated(actors: Sequence[ActorScore], sides: Mapping[str, int]) -> list[Treated]:
    """The mentions of the body whose stance is the journalist's own, in order of the text; `sides` are by actor."""
    found = [
        Treated(one.span, one.sentence, one.stance, sides.get(actor.id, 0))
        for actor in actors
        for one in actor.evidence
        if one.narrated and one.stance is not None and one.sentence != TITLE
    ]
    return sorted(found, key=lambda one: one.span)


def article_score(
    article: Article,
    encoded: Sequence[Encoded],
    head: ArticleHead,
    mentions: Sequence[Treated],
) -> AxisScore:
    """The article on the axis of `head`, from the journalist's sentences, with its ledger in log odds."""
    body = [one for one in encoded if one.passage.voice is Voice.JOURNALIST and one.passage.sentence != TITLE]
    apart = _apart(encoded, head)
    why_null = too_little(article, len(body))
    if why_null:
        return AxisScore(head.axis, None, why_null=why_null, **apart)  # type: ignore[arg-type]
    ledger = tuple(_lines(article, body, head, mentions if head.reads_actors else ()))
    raw = math.fsum((head.intercept, *(line.contribution for line in ledger)))
    low, high = _interval(ledger, head) or NONE
    value = head.value(raw)
    numbers = {"intercept": head.intercept, "raw": raw, "n": len(body)}
    return AxisScore(head.axis, value, low, high, ledger=ledger, **numbers, **apart)  # type: ignore[arg-type]


def _apart(encoded: Sequence[Encoded], head: ArticleHead) -> Mapping[str, float | int | None]:
    """The headline and the quoted voice, each read as if it were an article."""
    title = [one for one in encoded if one.passage.sentence == TITLE and one.passage.voice is Voice.JOURNALIST]
    quoted = [one for one in encoded if one.passage.sentence != TITLE and one.passage.voice is Voice.QUOTED]
    return {"title": _alone(title, head), "quoted": _alone(quoted, head), "n_quoted": len(quoted)}


def _alone(encoded: Sequence[Encoded], head: ArticleHead) -> float | None:
    if not encoded:
        return None
    n = len(encoded)
    parts = [
        _gain(one, head, n) + math.fsum(head.weights[hit.lexicon] for hit in _counting(one, head)) for one in encoded
    ]
    return head.value(head.intercept + math.fsum(parts) / n)


def _lines(
    article: Article, body: Sequence[Encoded], head: ArticleHead, mentions: Sequence[Treated]
) -> Iterator[Contribution]:
    n = len(body)
    for one in body:
        index = one.passage.sentence
        gain = _gain(one, head, n) / n
        yield Contribution(SENTENCE, article.sentences[index].span, gain, index, words=_words(one, head, n))
        for marker in _counting(one, head):
            yield Contribution(MARKER, marker.span, head.weights[marker.lexicon] / n, index, lexicon=marker.lexicon)
    gains = head.mentions([one.stance for one in mentions], [one.side for one in mentions])
    for mention, gain in zip(mentions, gains, strict=True):
        yield Contribution(MENTION, mention.span, float(gain), mention.sentence)


def _gain(one: Encoded, head: ArticleHead, n: int) -> float:
    """What one of n sentences has to add by its states and its words, before it is divided by n."""
    return head.sentence(one.states) + math.sqrt(n) * head.worded(word for word, _ in one.lower_words)


def _counting(one: Encoded, head: ArticleHead) -> Iterator[Marker]:
    return (marker for marker in counting(one.markers, head) if head.weights[marker.lexicon])


def _words(one: Encoded, head: ArticleHead, n: int) -> tuple[Word, ...]:
    """The content words that push the sentence furthest up, the strongest first."""
    words = one.words
    if not len(one.states) or not words.spans:
        return ()
    seen = head.projected(one.states)
    effects = head.gains(seen.mean(axis=0, keepdims=True)) - head.gains(one.without_word @ seen)
    return words.strongest(effects + math.sqrt(n) * _of_words(one, head), MIN_EFFECT)


def _of_words(one: Encoded, head: ArticleHead) -> Floats:
    """What the sentence loses by its words without each content word, shape (n_words,); a repeated word stays."""
    place = {} if head.vocabulary is None else head.vocabulary.place
    weighed = {word: content for word, content in one.single_words.items() if word in place}
    weights = [float(head.of_words[place[word]]) for word in weighed]
    places = np.array(list(weighed.values()), dtype=np.int64)
    return np.asarray(np.bincount(places, weights, len(one.words.spans)), dtype=np.float64)


def _interval(ledger: Sequence[Contribution], head: ArticleHead) -> tuple[float, float] | None:
    """The 90 % interval by resampling sentences, each with its markers and mentions."""
    sentences: dict[int, list[float]] = {}
    for line in ledger:
        sentences.setdefault(line.sentence, []).append(line.contribution)
    sums = np.array([math.fsum(parts) for parts in sentences.values()])
    found = interval(sums * len(sums), bounds=(-np.inf, np.inf))
    return found and (head.value(head.intercept + found[0]), head.value(head.intercept + found[1]))
