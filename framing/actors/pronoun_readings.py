"""The sentences of an article read for pronouns: with the mentions, the quotations, and who speaks these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from framing.actors.mention import Actor, How, Mention
from framing.actors.pronoun_groups import KINDS, is_plural_name
from framing.actors.pronoun_phrases import Named, Reading, named_only, pronouns, read
from framing.actors.pronoun_roles import assign
from framing.article import Article, Sentence, Span, Voice

# Sentences back to the last phrase of a candidate.
REACH = 3


@dataclass(slots=True)
class Page:
    """A sentence and its reading; `speakers` are the direct quotations in it, each with the actor who speaks it."""

    sentence: Sentence
    reading: Reading
    speakers: list[tuple[int, str]] = field(default_factory=list)


def pages(article: Article, actors: Mapping[str, Actor], mentions: Sequence[Mention]) -> Iterator[Page]:
    """The sentences of the body with a mention or a pronoun, in order.

    Those too far before any pronoun to matter for its candidates' roles have their mentions only.
    """
    text = article.text
    names = _by_sentence(text, actors, mentions)
    found = _pronouns_by_sentence(article)
    if not found:
        return
    called = _by_last_word(text, mentions)
    read_in = {number - back for number in found for back in range(REACH + 1)}
    quotations = _Quotations(text)
    for number in range(max(found) + 1):
        sentence, here = article.sentences[number], names.get(number, ())
        direct = quotations.of(sentence)
        if number in read_in:
            reading = read(text, sentence.span, number, here, found.get(number, ()))
            assign(reading)
        elif here:
            reading = named_only(number, here)
        else:
            continue
        yield Page(sentence, reading, _speakers(reading, direct, called))


def _pronouns_by_sentence(article: Article) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    numbered = enumerate(article.sentences)
    number, sentence = next(numbered, (-1, None))
    for span in pronouns(article.text):
        while sentence is not None and sentence.span.stop <= span.start:
            number, sentence = next(numbered, (-1, None))
        if sentence is not None and sentence.span.start <= span.start:
            found.setdefault(number, []).append(span)
    return found


def _speakers(
    reading: Reading, direct: Sequence[tuple[int, Span, str | None]], called: Mapping[str, str]
) -> list[tuple[int, str]]:
    """Who speaks the direct quotations of a sentence; its phrases are told which quotation they stand in."""
    speakers: list[tuple[int, str]] = []
    for number, span, speaker in direct:
        for phrase in reading.phrases:
            if span.start <= phrase.start < span.stop:
                phrase.quotation = number
        actor = called.get(speaker.split()[-1]) if speaker else None
        if actor is not None:
            speakers.append((number, actor))
    return speakers


class _Quotations:
    """Numbers the direct quotations; one that goes on in the next sentence keeps its number."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._count = -1
        self._stop = 0

    def of(self, sentence: Sentence) -> list[tuple[int, Span, str | None]]:
        """The direct quotations in the sentence: number, span, speaker."""
        found: list[tuple[int, Span, str | None]] = []
        for stretch in sentence.stretches:
            if stretch.voice is Voice.QUOTED and not stretch.indirect:
                self._count += self._count < 0 or not self._text[self._stop : stretch.span.start].isspace()
                self._stop = stretch.span.stop
                found.append((self._count, stretch.span, stretch.speaker))
        return found


def _by_sentence(text: str, actors: Mapping[str, Actor], mentions: Sequence[Mention]) -> dict[int, list[Named]]:
    found: dict[int, list[Named]] = {}
    for mention in sorted(mentions, key=lambda one: one.span):
        span, actor = mention.span, actors.get(mention.actor)
        here = found.setdefault(mention.sentence, [])
        if here and here[-1].stop > span.start:
            continue
        words = text.count(" ", span.start, span.stop) + 1 if mention.how is How.NAME else 1
        plural = actor is not None and actor.kind in KINDS and is_plural_name(span.of(text))
        here.append(Named(span.start, span.stop, mention.actor, words, plural))
    return found


def _by_last_word(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Actors by the last word they are named with, where only one is."""
    found: dict[str, set[str]] = {}
    for mention in mentions:
        found.setdefault(mention.span.of(text).split()[-1], set()).add(mention.actor)
    return {word: actors.pop() for word, actors in found.items() if len(actors) == 1}
