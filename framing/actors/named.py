"""Actors by name and office, before pronouns: each mention with its actor, its voice and who speaks."""

import re
from collections.abc import Sequence

from framing.actors.cast import Member
from framing.actors.mention import Actor, Mention, Name
from framing.actors.reading import Reading, Spotted
from framing.actors.words import bare
from framing.article import Article, Span, Voice
from framing.seeds.actors import Catalogue

_NO_LETTERS = re.compile(r"[^a-z0-9]+")


def named(article: Article, names: Sequence[Name], catalogue: Catalogue) -> tuple[dict[str, Actor], list[Mention]]:
    """The actors of an article by id, and their mentions by name or office, in order."""
    reading = Reading(article, names, catalogue)
    actors: dict[str, Actor] = {}
    mentions: list[Mention] = []
    for found in reading.found():
        id = found.member.id or _own_id(found.member)
        actors.setdefault(id, Actor(id, found.member.name(), found.member.kind, found.member.known))
        mentions.append(_mention(found, id))
    return actors, mentions


def _own_id(member: Member) -> str:
    return "article:" + (_NO_LETTERS.sub("-", bare(member.name())).strip("-") or "unnamed")


def _mention(found: Spotted, id: str) -> Mention:
    line, words = found.line, found.line.words
    span = Span(words[found.begin].start, words[found.end - 1].stop)
    stretch = next((one for one in line.stretches if one.span.start <= span.start < one.span.stop), None)
    if stretch is None:
        return Mention(id, span, line.number, Voice.JOURNALIST, found.how)
    return Mention(id, span, line.number, stretch.voice, found.how, stretch.speaker)
