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
# Articles read, so that a large corpus takes no longer.
MOST_ARTICLES = 2000
MOST_WORDS = 4
# "the embattled mayor Harlow" before a name, ", a hardliner," behind it: words after an article or a possessive.
_BEFORE = re.compile(
    r"\b(?:the|an?|his|her|its|their|our|this|that|\w+[’']s) ((?:[a-z][a-z’'-]+[ -]){1,3})$", re.IGNORECASE
)
_BEHIND = re.compile(r"^, (?:the|an?) ((?:[a-z][a-z’'-]+ ){0,3}[a-z][a-z’'-]+)(?=[,.;]| (?:who|from|of|in)\b)")
# A word of these between article and name shows that the article goes with another word ("a call to Harlow").
_PLAIN = frozenset(
    " ".join(
        (
            "about after against also among and are around as at away back be because been before behind being between",
            "but by can could day did do does down during either for from had has have he her him his how if in inside",
            "into is it its like many may might more most much near next no nor not now of off on one only onto or",
            "other out over per put rather said same say says she should since so some such than that the their them",
            "then there these they this those through time to told too toward towards under until up upon was way we",
            "week were what when where which while who whom whose why will with within without would year you your",
        )
    ).split()
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
    before, behind = _BEFORE.search(mention.sentence[: mention.start]), _BEHIND.match(mention.sentence[mention.stop :])
    for match in (before, behind):
        words = match[1].split() if match else []
        if words and not set(words) & _PLAIN and all(word.islower() for word in words):
            yield " ".join(words[-MOST_WORDS:])
    yield from {text.casefold() for text in mention.labels}


def _ranked(sample: Sample, texts: dict[str, list[tuple[int, str]]]) -> Iterator[Label]:
    spread = Counter({text: len({position for position, _ in hits}) for text, hits in texts.items()})
    for text, n_articles in spread.most_common(MOST_LABELS):
        position, sentence = texts[text][0]
        (ref,) = refs(sample, np.array([position]), np.array([np.nan]))
        yield Label(text, len(texts[text]), n_articles, " ".join(sentence.split()), ref)
