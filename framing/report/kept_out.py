"""What was kept out of a score, for a list: pieces with words by themselves, bullets and other markup as a count."""

import re
from collections import Counter

from framing.article import Article, Removed, Span
from framing.report import phrases

_WORDS = re.compile(r"[^\W_]")


def worded(article: Article) -> list[Removed]:
    """The removed pieces that have a letter or digit to show."""
    return [piece for piece in article.removed if _has_words(piece.span, article.text)]


def wordless(article: Article) -> str:
    """The others in one line, counted by reason: "markup × 12"; empty where there are none."""
    reasons = Counter(piece.reason for piece in article.removed if not _has_words(piece.span, article.text))
    return ", ".join(f"{phrases.label(reason)} × {n}" for reason, n in reasons.items())


def _has_words(span: Span, text: str) -> bool:
    return _WORDS.search(span.of(text)) is not None
