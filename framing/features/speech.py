"""Who says how much: quoted and reported words of an article, and whose they are."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from framing.actors.mention import Found, How, Mention
from framing.article import Article, Sentence, Span, Stretch, Voice
from framing.text.verbs import REPORTING

# Words that name a speaker → the id of an actor of the article, if they name one.
SpeakerOf = Callable[[str], str | None]

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of quoted voice in the body: its words, who speaks as the text has it, and which actor that is."""

    span: Span
    n_words: int
    speaker: str | None
    actor: str | None


def said(article: Article, found: Found, speaker_of: SpeakerOf) -> tuple[Said, ...]:
    """Every stretch of quoted voice, direct or indirect, in order."""
    pronouns: dict[int, list[Mention]] = {}
    for mention in found.mentions:
        if mention.how is How.PRONOUN and mention.voice is Voice.JOURNALIST:
            pronouns.setdefault(mention.sentence, []).append(mention)
    return tuple(
        _said(article.text, stretch, pronouns.get(number, ()), speaker_of)
        for number, sentence in enumerate(article.sentences)
        for stretch in _quoted(sentence)
    )


def shares(spoken: Sequence[Said]) -> dict[str, float] | None:
    """The share of the quoted words that each actor says, by id; None where nobody is quoted."""
    whole = sum(one.n_words for one in spoken)
    if not whole:
        return None
    words: dict[str, int] = {}
    for one in spoken:
        if one.actor is not None:
            words[one.actor] = words.get(one.actor, 0) + one.n_words
    return {actor: n / whole for actor, n in words.items()}


def _quoted(sentence: Sentence) -> Iterator[Stretch]:
    return (stretch for stretch in sentence.stretches if stretch.voice is Voice.QUOTED)


def _said(text: str, stretch: Stretch, pronouns: Sequence[Mention], speaker_of: SpeakerOf) -> Said:
    words = len(stretch.span.of(text).split())
    actor = speaker_of(stretch.speaker) if stretch.speaker is not None else None
    if actor is None and stretch.speaker is None:
        actor = next((one.actor for one in pronouns if _speaks(text, one.span)), None)
    return Said(stretch.span, words, stretch.speaker, actor)


def _speaks(text: str, pronoun: Span) -> bool:
    """Whether the pronoun is the subject of a verb of speech: "he said", "said he"."""
    after = _WORD.search(text, pronoun.stop, pronoun.stop + 30)
    before = _WORD.findall(text, max(0, pronoun.start - 30), pronoun.start)
    beside = {after[0].lower() if after is not None else "", before[-1].lower() if before else ""}
    return not REPORTING.isdisjoint(beside)
