"""Pronouns: he, she and they lead to actors. Precision first: what is not plain stays unresolved (docs/actors.md)."""

from collections.abc import Iterator, Mapping, Sequence

from framing.actors.gender import of_actors
from framing.actors.mention import Actor, How, Mention
from framing.actors.pronoun_choice import GENDERS, Choice, Memory
from framing.actors.pronoun_groups import Groups
from framing.actors.pronoun_phrases import Phrase, Sort
from framing.actors.pronoun_readings import Page, pages
from framing.actors.pronoun_weights import WEIGHTS
from framing.actors.pronoun_words import PRONOUNS
from framing.article import Article, Span, Voice
from framing.seeds.actors import Catalogue

TITLE = -1
THRESHOLD = 0.8


def resolve(
    article: Article, actors: Mapping[str, Actor], mentions: Sequence[Mention], catalogue: Catalogue
) -> list[Mention]:
    """The pronouns that plainly stand for an actor, as mentions of it, in order of the text.

    One in a direct quotation never leads to whoever speaks it, and one of the journalist's never to somebody who is
    named only in quotations.
    """
    memory = Memory(of_actors(article.text, actors, mentions, catalogue), WEIGHTS, _titled(mentions))
    groups = Groups()
    found: list[Mention] = []
    for page in pages(article, actors, mentions):
        for phrase, actor in _meant(page, memory, groups):
            if actor is not None:
                found.append(_mention(page, phrase, actor))
    return found


def choices(page: Page, memory: Memory) -> Iterator[Choice]:
    """Every he and she of a sentence with all it may stand for; the sentence is then remembered."""
    for quotation, actor in page.speakers:
        memory.speaks(actor, quotation, page.reading.number)
    for phrase in page.reading.phrases:
        if phrase.sort is not Sort.PRONOUN:
            memory.read(phrase)
        elif PRONOUNS[phrase.who] in GENDERS and not _may_be_speaker(phrase, page):
            choice = memory.choose(phrase, page.reading, GENDERS[PRONOUNS[phrase.who]])
            yield choice
            memory.settle(choice)


def _may_be_speaker(phrase: Phrase, page: Page) -> bool:
    """Whether a quotation is spoken by a pronoun like the one in it, so that the two must not be confused.

    "I talked to him," he said.
    """
    if phrase.quotation < 0 or any(quotation == phrase.quotation for quotation, _ in page.speakers):
        return False
    return any(
        other.sort is Sort.PRONOUN
        and other.says
        and other.quotation < 0
        and PRONOUNS[other.who] == PRONOUNS[phrase.who]
        for other in page.reading.phrases
    )


def _meant(page: Page, memory: Memory, groups: Groups) -> Iterator[tuple[Phrase, str | None]]:
    for choice in choices(page, memory):
        candidate, probability = choice.best
        if candidate is not None and probability >= THRESHOLD:
            yield choice.pronoun, candidate.actor
    groups.read(page.reading)
    for phrase in page.reading.phrases:
        if phrase.sort is Sort.PRONOUN and PRONOUNS[phrase.who] not in GENDERS:
            yield phrase, groups.choose(phrase)


def _titled(mentions: Sequence[Mention]) -> frozenset[str]:
    return frozenset(mention.actor for mention in mentions if mention.sentence == TITLE)


def _mention(page: Page, phrase: Phrase, actor: str) -> Mention:
    span = Span(phrase.start, phrase.stop)
    for stretch in page.sentence.stretches:
        if stretch.span.start <= phrase.start < stretch.span.stop:
            return Mention(actor, span, page.reading.number, stretch.voice, How.PRONOUN, stretch.speaker)
    return Mention(actor, span, page.reading.number, Voice.JOURNALIST, How.PRONOUN)
