"""Actors of a hand-made article, found by regular expressions, for tests of what shows them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from fakes import STORY, bipolar_score, fake_score

from framing.article import Article, Sentence, Span, Voice
from framing.scores import ActorEvidence, ActorScore, ArticleScore, Contribution, SpeakerStance
from framing.scores.actors import TITLE

# id: name, kind, pattern, stance of its first mention; further ones differ a little.
CAST = {
    "alderwick.council": ("Alderwick town council", "agency", r"Council|town council of \w+|Officials|town hall", -0.7),
    "article:ruth-tennick": ("Ruth Tennick", "person", r"Mayor Ruth Tennick|her(?= office)", -0.35),
    "article:orla-timber": ("Orla Timber", "company", r"Orla Timber", 0.05),
    "article:lena-ortiz": ("Lena Ortiz", "person", r"Lena Ortiz|she(?= said)", 0.4),
    "article:they": ("those who felled the trees", "other", r"They(?= stole)|they(?= will pay)", -0.9),
}
ROLES = {"alderwick.council": "harms", "article:lena-ortiz": "victim"}
SHARES = {"article:ruth-tennick": 0.3, "article:lena-ortiz": 0.5}


def acted_score(text: str = STORY, **document: object) -> ArticleScore:
    """`fake_score` with the actors of `CAST`."""
    return with_cast(fake_score(text, **document), CAST)


def with_cast(score: ArticleScore, cast: dict[str, tuple[str, str, str, float]]) -> ArticleScore:
    """A score with those of a cast that its article mentions."""
    found = [
        actor_score(id, name, kind, list(_evidence(score.article, pattern, first)))
        for id, (name, kind, pattern, first) in cast.items()
    ]
    return replace(score, actors=tuple(actor for actor in found if actor.evidence))


def sided_score() -> ArticleScore:
    """`bipolar_score` with the actors of `CAST`, two of whom the journalist's treatment of adds to the score."""
    score = with_cast(bipolar_score(), CAST)
    one, by_name = score.axes["leaning"], {actor.name: actor.evidence for actor in score.actors}
    adds = (
        (by_name["Alderwick town council"][:2], -0.21),
        (by_name["Lena Ortiz"][:1], 0.08),
        (by_name["Orla Timber"], 0.0),
    )
    lines = [
        Contribution("mention", mention.span, value, mention.sentence)
        for mentions, value in adds
        for mention in mentions
    ]
    axis = replace(one, ledger=(*one.ledger, *lines), raw=one.raw + sum(line.contribution for line in lines))
    return replace(score, axes={"leaning": axis})


def crowded_score(n_actors: int = 60, n_mentions: int = 100) -> ArticleScore:
    """Many actors, the first of them mentioned very often, some with names that are hard to lay out."""
    names = {0: "Zed", 1: "משה כהן", 2: "Donaudampfschifffahrtsgesellschaftskapitän" * 3, 3: "محمد بن سلمان"}
    body = "".join(f"Everybody saw how Zed betrayed the harbour again on day {day}.\n" for day in range(n_mentions))
    for index in range(1, n_actors):
        body += f"The paper praised {names.get(index, f'Actor {index}')} for number {index} of its reports.\n"
    cast = {
        f"a{index}": (name, "person", rf"\b{re.escape(name)}(?!\d)", -0.8 if index == 0 else 0.6)
        for index in range(n_actors)
        for name in [names.get(index, f"Actor {index}")]
    }
    return with_cast(fake_score(f"Harbour again in the papers\n{body}"), cast)


def actor_score(id: str, name: str, kind: str, evidence: Sequence[ActorEvidence]) -> ActorScore:
    """What an actor's mentions make of it, by the rules of docs/stance.md."""
    own = _by_sentence(row for row in evidence if row.narrated and row.sentence != TITLE)
    quoted = _by_sentence(row for row in evidence if not row.narrated)
    title = [row.stance for row in evidence if row.narrated and row.sentence == TITLE and row.stance is not None]
    stance = fmean(own) if len(own) > 1 else None
    spread = 0.2 if stance is not None and len(own) > 2 else None
    who = {row.speaker: row.stance for row in evidence if row.speaker and row.stance is not None}
    return ActorScore(
        id=id,
        name=name,
        kind=kind,
        known=not id.startswith("article:"),
        stance=stance,
        low=max(-1.0, stance - spread) if stance is not None and spread else None,
        high=min(1.0, stance + spread) if stance is not None and spread else None,
        why_null=None if stance is not None else f"too little: {len(own)} of the journalist's sentences",
        n=len(own),
        quoted_stance=fmean(quoted) if quoted else None,
        n_quoted=len(quoted),
        n_mentions=len(evidence),
        share_of_voice=SHARES.get(id, 0.0),
        role=ROLES.get(id),
        title_stance=fmean(title) if title else None,
        speakers=tuple(SpeakerStance(name, value, 1) for name, value in who.items()),
        evidence=tuple(evidence),
    )


def _evidence(one: Article, pattern: str, first: float) -> Iterator[ActorEvidence]:
    sentences: list[tuple[int, Sentence]] = list(enumerate(one.sentences))
    if one.title is not None:
        sentences.insert(0, (TITLE, one.title))
    step = 0
    for index, sentence in sentences:
        for stretch in sentence.stretches:
            for match in re.finditer(pattern, stretch.span.of(one.text)):
                span = Span(stretch.span.start + match.start(), stretch.span.start + match.end())
                stance = max(-1.0, min(1.0, first + 0.08 * (step % 4)))
                how = "pronoun" if match[0] in ("her", "she", "They", "they") else "name"
                yield ActorEvidence(span, index, stance, stretch.voice, stretch.speaker, how)
                step += 1


def _by_sentence(rows: Iterator[ActorEvidence]) -> list[float]:
    found: dict[int, list[float]] = {}
    for row in rows:
        if row.stance is not None:
            found.setdefault(row.sentence, []).append(row.stance)
    return [fmean(stances) for stances in found.values()]


def reported(score: ArticleScore, id: str, judge: str) -> ArticleScore:
    """The score with an actor's mentions as judgements of somebody that the journalist only reports."""
    actors = [
        actor_score(a.id, a.name, a.kind, [replace(row, speaker=judge, voice=Voice.JOURNALIST) for row in a.evidence])
        if a.id == id
        else a
        for a in score.actors
    ]
    return replace(score, actors=tuple(actors))
