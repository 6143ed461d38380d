"""Which language a text is in, and whether it is an article at all."""

import re
from dataclasses import dataclass

from framing.article import Kind
from framing.errors import InputError
from framing.text.clean import Cleaned
from framing.text.dates import words

# The commonest words of English, without those that are as common in Dutch, German, French, Italian or Spanish ("in",
# "is", "a", "an", "was", "me", "on").
COMMON = words(
    "the of and to that for with it as by at from his her they this have had not but be are were which or we you she",
    "he who their been has would there what will more said if about when them some could than other into its then two",
    "only time these may like our over such after first any new because those before must through",
)
# Of 3,000 articles of article_bias 99 % have at least 0.25; other languages' texts stay under 0.1.
SURE_SHARE = 0.2
LEAST_WORDS = 12
FEW_WORDS = 5
SOME_SHARE = 0.15
SAMPLE = 20_000
SYMBOL_SHARE = 0.06
DIGIT_SHARE = 0.3
MANY_LINES = 6
# Not "translate it": a translator's choice of words would be scored for the writer's.
ONLY_ENGLISH = "only English can be judged; --force scores it all the same, but the figures then mean little"
NAMES = {
    "ar": "Arabic", "de": "German", "el": "Greek", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CODE = re.compile(r"[{}<>=;\\|\[\]_#$~^`]")


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its ISO 639-1 code."""

    code: str
    english: bool

    @property
    def name(self) -> str:
        """The language in English words, or its code."""
        return NAMES.get(self.code, f"language '{self.code}'")


def detect(text: str) -> Language:
    """The language most of `text` is in; "und" where there are no words to tell by."""
    found = [word.lower() for word in _WORD.findall(text[:SAMPLE])]
    if not found:
        return Language("und", False)
    if len(found) >= LEAST_WORDS and _common_share(found) >= SURE_SHARE:
        return Language("en", True)
    if len(found) < FEW_WORDS and text.isascii():
        return Language("en", True)
    from py3langid import classify

    code = str(classify(text[:SAMPLE])[0])
    # Short English is often taken for a neighbour of English.
    if code not in NAMES and all(word.isascii() for word in found) and _common_share(found) >= SOME_SHARE:
        code = "en"
    return Language(code, code == "en")


def require_article(text: str, cleaned: Cleaned, where: str, force: bool = False) -> Language:
    """The language of the prose, once it is sure that there is English prose.

    Raises
    ------
    InputError
        No prose, not sentences (code, a list of numbers), or not English and not forced.
    """
    prose = "\n".join(part.span.of(text) for part in cleaned.paragraphs)
    if not prose:
        raise InputError(f"{where}: no prose ({_removed(cleaned)}); give the text of an article")
    found = _not_prose(prose, cleaned)
    if found is not None and not force:
        raise InputError(f"{where}: {found}, not an article; give running text, or use --force")
    language = detect(prose)
    if not language.english and not force:
        raise InputError(f"{where}: {language.name}, not English; {ONLY_ENGLISH}")
    return language


def _common_share(found: list[str]) -> float:
    return sum(word in COMMON for word in found) / len(found)


def _removed(cleaned: Cleaned) -> str:
    reasons = sorted({piece.reason for piece in cleaned.removed})
    return f"only {', '.join(reasons)}" if reasons else "nothing but a headline"


def _not_prose(prose: str, cleaned: Cleaned) -> str | None:
    """What the text is instead of prose, or None."""
    dense = "".join(prose.split())
    if not any(character.isalpha() for character in dense):
        return "numbers and signs without words"
    if sum(character.isdigit() for character in dense) > DIGIT_SHARE * len(dense):
        return "mostly numbers"
    if len(_CODE.findall(dense)) > SYMBOL_SHARE * len(dense):
        return "code or data"
    if len(cleaned.paragraphs) >= MANY_LINES and all(part.kind is Kind.HEADING for part in cleaned.paragraphs):
        return "lines without a sentence"
    return None
