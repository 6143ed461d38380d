"""A document becomes an article: cleaned, checked, cut into sentences, each stretch given its voice."""

from framing.article import Article, Document, Kind, Paragraph, Sentence
from framing.text import voice
from framing.text.clean import Cleaned, clean
from framing.text.language import require_article
from framing.text.sentences import split

__all__ = ["article_of"]


def article_of(document: Document, force: bool = False) -> Article:
    """The article in `document`: headline, sentences with their voices, what was removed.

    Raises
    ------
    InputError
        No prose, or not English; `force` scores it all the same.
    """
    cleaned = clean(document.text, document.has_title)
    language = require_article(document.text, cleaned, document.id, force)
    title, voices = _voices(document.text, cleaned)
    return Article(
        document=document,
        title=title,
        sentences=voices.sentences,
        removed=cleaned.removed,
        scare_quotes=voices.scare_quotes,
        language=language.code,
        notes=document.notes,
    )


def _voices(text: str, cleaned: Cleaned) -> tuple[Sentence | None, voice.Voices]:
    """The headline as one sentence, and the voices of the body; scare quotes are of both."""
    parts = [(paragraph, split(text, paragraph)) for paragraph in cleaned.paragraphs]
    if cleaned.title is None:
        return None, voice.assign(text, parts)
    heading = Paragraph(cleaned.title, Kind.HEADING)
    voices = voice.assign(text, [(heading, (heading.span,)), *parts])
    return voices.sentences[0], voice.Voices(voices.sentences[1:], voices.scare_quotes)
