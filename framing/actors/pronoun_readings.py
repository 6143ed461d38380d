"""The sentences of an article read for pronouns: with the mentions, the quotations, and who speaks these."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from framing.actors.mention import Actor, How, Mention
from framing.actors.pronoun_groups import KINDS, is_plural_name
from framing.actors.pronoun_phrases import Named, Reading, read
from framing.actors.pronoun_roles import assign
from framing.actors.pronoun_words import PRONOUNS
from framing.article import Article, Sentence, Span, Voice

_PRONOUN = re.compile(rf"\b(?:{'|'.join((*PRONOUNS, *(form.title() for form in PRONOUNS)))})\b")


@dataclass(slots=True)
class Page:
    """A sentence and its reading; `speakers` are the direct quotations in it, each with the actor who speaks it."""

    sentence: Sentence
    reading: Reading
    speakers: list[tuple[int, str]] = field(default_factory=list)


def pages(article: Article, actors: Mapping[str, Actor], mentions: Sequence[Mention]) -> Iterator[Page]:
    """The sentences of the body that have a mention or a pronoun, or stand before one with a pronoun; in order."""
    text = article.text
    names = _by_sentence(text, actors, mentions)
    called = _by_last_word(text, mentions)
    spans = [sentence.span for sentence in article.sentences]
    has_pronoun = [_PRONOUN.search(text, span.start, span.stop) is not None for span in spans]
    quotations = _Quotations(text)
    for number, sentence in enumerate(article.sentences):
        direct = quotations.of(sentence)
        if number not in names and not any(has_pronoun[number : number + 2]):
            continue
        reading = read(text, sentence.span.start, sentence.span.stop, number, names.get(number, ()))
        assign(reading)
        speakers = []
        for place, span, speaker in direct:
            for phrase in reading.phrases:
                if span.start <= phrase.start < span.stop:
                    phrase.quotation = place
            actor = called.get(speaker.split()[-1]) if speaker else None
            if actor is not None:
                speakers.append((place, actor))
        yield Page(sentence, reading, speakers)


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
