"""How far quoted words would move the journalist's score if sentences were encoded whole.

    python scripts/voice_leak.py DATA/article_bias.parquet

Each article's directly quoted words are replaced by those of another article. Encoded whole, with the head pooled over
the journalist's tokens only, the score moves through attention; encoded in stretches of one voice it cannot.
"""

import random
import sys
from pathlib import Path

import numpy as np

from framing.article import Article, Document, Failure, Sentence, Voice
from framing.errors import InputError
from framing.scorer import Scorer
from framing.text import article_of
from framing.text.passages import MIN_WORDS
from framing.training.reference import sample

N_ARTICLES = 150
MIN_QUOTES = 5


def main() -> None:
    scorer = Scorer()
    articles = list(quoting(Path(sys.argv[1])))
    quotes = [stretch for article in articles for stretch in quoted(article)]
    for axis, head in scorer.bundle.heads.items():
        moved = []
        for index, article in enumerate(articles):
            values = []
            for replacement in (None, random.Random(index)):
                texts, spans = whole_sentences(article, quotes, replacement)
                states = scorer.encoder.encode(texts)
                kept = [
                    head.token_logits(token.states)[mask]
                    for token, ranges in zip(states, spans, strict=True)
                    if (mask := inside(token.offsets, ranges)).any()
                ]
                values.append(float(np.mean([head.probability(logits, {}) for logits in kept])))
            moved.append(abs(values[1] - values[0]))
        far = np.mean(np.array(moved) > 0.05)
        print(
            f"{axis}: encoded whole, {len(moved)} articles move by {np.mean(moved):.3f} on average, "
            f"{np.max(moved):.3f} at most, {far:.0%} by more than 0.05"
        )


def quoting(path: Path) -> list[Article]:
    found: list[Article] = []
    for document in sample(path, 1500, random_state=5):
        article = scored(document)
        if article and len(quoted(article)) >= MIN_QUOTES:
            found.append(article)
        if len(found) == N_ARTICLES:
            break
    return found


def scored(document: Document | Failure) -> Article | None:
    try:
        return article_of(document) if isinstance(document, Document) else None
    except InputError:
        return None


def quoted(article: Article) -> list[str]:
    return [
        stretch.span.of(article.text)
        for sentence in article.sentences
        for stretch in sentence.stretches
        if stretch.voice is Voice.QUOTED and not stretch.indirect
    ]


def whole_sentences(
    article: Article, quotes: list[str], generator: random.Random | None
) -> tuple[list[str], list[list[tuple[int, int]]]]:
    """Sentences of the journalist, whole, and where in them the journalist speaks; quotes replaced with a generator."""
    texts, spans = [], []
    for sentence in article.sentences:
        words = sum(len(span.of(article.text).split()) for span in sentence.spans(Voice.JOURNALIST))
        if words >= MIN_WORDS:
            text, ranges = rebuilt(article, sentence, quotes, generator)
            texts.append(text)
            spans.append(ranges)
    return texts, spans


def rebuilt(
    article: Article, sentence: Sentence, quotes: list[str], generator: random.Random | None
) -> tuple[str, list[tuple[int, int]]]:
    text, ranges = "", []
    for stretch in sentence.stretches:
        piece = stretch.span.of(article.text)
        if stretch.voice is Voice.JOURNALIST:
            ranges.append((len(text), len(text) + len(piece)))
        elif generator and not stretch.indirect:
            piece = generator.choice(quotes)
        text += piece
    return text, ranges


def inside(offsets: np.ndarray, ranges: list[tuple[int, int]]) -> np.ndarray:
    mask = np.zeros(len(offsets), dtype=bool)
    for start, stop in ranges:
        mask |= (offsets[:, 0] >= start) & (offsets[:, 1] <= stop)
    return mask


if __name__ == "__main__":
    main()
