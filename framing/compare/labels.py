"""What a group calls an actor: words right before its name, and labels of the lexicon in the sentence of a mention."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from framing.compare.actors import Cast, refs
from framing.compare.result import Label
from framing.compare.rows import MentionText
from framing.compare.sample import Sample
from framing.types import Ints

MOST_LABELS = 6
MOST_ARTICLES = 5000
# "the embattled Harlow", "hardline cleric Harlow": up to three words without a capital right before the name.
_BEFORE = re.compile(r"((?:\b[a-z][a-z’'-]+ ){1,3})$")
_PLAIN = frozenset(
    [
        "a",
        "about",
        "after",
        "against",
        "all",
        "also",
        "although",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "away",
        "be",
        "because",
        "been",
        "before",
        "being",
        "both",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "during",
        "each",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "here",
        "him",
        "his",
        "how",
        "if",
        "in",
        "inside",
        "into",
        "is",
        "it",
        "its",
        "just",
        "last",
        "like",
        "many",
        "may",
        "might",
        "more",
        "most",
        "much",
        "must",
        "my",
        "near",
        "new",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "one",
        "only",
        "onto",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "per",
        "said",
        "says",
        "she",
        "should",
        "since",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "told",
        "too",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "you",
        "your",
        "former",
        "late",
        "then-president",
        "told",
        "asked",
        "calls",
        "called",
        "call",
        "including",
    ]
)

Labels = dict[tuple[str, int], tuple[Label, ...]]


def labels(sample: Sample, casts: Sequence[Cast], random_state: int) -> Labels:
    """The labels of each actor and group, those of most articles first."""
    wanted = {cast.actor for cast in casts}
    if not wanted:
        return {}
    positions = _positions(casts, random_state)
    found: dict[tuple[str, int], dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    articles = sample.articles[positions].tolist()
    for position, mentions in zip(positions, sample.corpus.source.mentions(articles), strict=True):
        group = int(sample.groups.code[position])
        for mention in mentions:
            if mention.actor in wanted and mention.narrated:
                for text in _labels(mention):
                    found[mention.actor, group][text].append((int(position), mention.sentence))
    return {key: tuple(_ranked(sample, texts)) for key, texts in found.items()}


def _positions(casts: Sequence[Cast], random_state: int) -> Ints:
    positions = np.unique(np.concatenate([cast.position for cast in casts]))
    if len(positions) <= MOST_ARTICLES:
        return positions
    return np.sort(np.random.default_rng(random_state).choice(positions, MOST_ARTICLES, replace=False))


def _labels(mention: MentionText) -> Iterator[str]:
    before = _BEFORE.search(mention.sentence[: mention.start])
    words = before[1].split() if before else []
    while words and words[0] in _PLAIN:
        words = words[1:]
    if words and not set(words) & _PLAIN:
        yield " ".join(words)
    yield from {text.casefold() for text in mention.labels}


def _ranked(sample: Sample, texts: dict[str, list[tuple[int, str]]]) -> Iterator[Label]:
    spread = Counter({text: len({position for position, _ in hits}) for text, hits in texts.items()})
    for text, n_articles in spread.most_common(MOST_LABELS):
        position, sentence = texts[text][0]
        (ref,) = refs(sample, np.array([position]), np.array([np.nan]))
        yield Label(text, len(texts[text]), n_articles, " ".join(sentence.split()), ref)
