"""How an article treats each actor: stance, its interval, who else says what, role and evidence (docs/stance.md)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from framing.actors.find import actor_of
from framing.actors.judging.words import UNNAMED
from framing.actors.mention import Found, Mention
from framing.article import Article, Voice
from framing.features.roles import Standing, role
from framing.features.speech import Said, SpeakerOf, said, shares
from framing.metrics import interval
from framing.scores import ActorEvidence, ActorScore, Judgement, SpeakerStance
from framing.seeds.actors import Catalogue
from framing.text.passages import TITLE

# One sentence may be an accident of wording; two are the fewest whose mean says something of the article.
MIN_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Treated:
    """A mention, how its passage treats the actor, and the name of whoever says so; both None where not known."""

    mention: Mention
    judgement: Judgement | None
    speaker: str | None


def actor_scores(
    article: Article, found: Found, judgements: Mapping[int, Judgement], catalogue: Catalogue
) -> tuple[ActorScore, ...]:
    """Every actor of the article, the most mentioned first.

    Parameters
    ----------
    judgements : of mentions, by their index in `found.mentions`; one that is missing was not judged.
    """
    return scores(article, found, judgements, partial(actor_of, found=found, catalogue=catalogue))


def scores(
    article: Article, found: Found, judgements: Mapping[int, Judgement], speaker_of: SpeakerOf
) -> tuple[ActorScore, ...]:
    """The same, given what tells which actor the words for a speaker name."""
    speaker_of = cache(speaker_of)
    spoken = said(article, found, speaker_of)
    groups: dict[str, list[Treated]] = {}
    for index, mention in enumerate(found.mentions):
        speaker = _speaker(mention, found, spoken, speaker_of)
        groups.setdefault(mention.actor, []).append(Treated(mention, judgements.get(index), speaker))
    share = shares(spoken)
    most = max((len(mentions) for mentions in groups.values()), default=0)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return tuple(_score(found, id, mentions, share, most) for id, mentions in ordered)


def _speaker(mention: Mention, found: Found, spoken: Sequence[Said], speaker_of: SpeakerOf) -> str | None:
    """The name of the actor who speaks or judges, else the words for them; None where the text does not say."""
    words = mention.judge or mention.speaker
    if words is not None:
        actor = speaker_of(words)
    elif mention.voice is Voice.QUOTED:
        actor = next((one.actor for one in spoken if one.span.contains(mention.span)), None)
    else:
        return None
    return found.actors[actor].name if actor is not None and actor in found.actors else words


def _score(
    found: Found, id: str, mentions: Sequence[Treated], share: Mapping[str, float] | None, most: int
) -> ActorScore:
    actor = found.actors[id]
    body = [one for one in mentions if one.mention.sentence != TITLE]
    own = _by_sentence(one for one in body if one.mention.narrated)
    quoted = _by_sentence(one for one in body if not one.mention.narrated)
    title = _by_sentence(one for one in mentions if one.mention.sentence == TITLE and one.mention.narrated)
    stances = [_stance(judged) for judged in own.values()]
    stance = _mean(stances) if len(own) >= MIN_SENTENCES else None
    # In order of size, so that which sentence comes first moves no bound.
    low, high = interval(np.array(sorted(stances)), bounds=(-1.0, 1.0)) or (None, None)
    central = len(mentions) == most or any(one.mention.sentence == TITLE for one in mentions)
    harms, harmed = _means(own, "harms"), _means(own, "harmed")
    return ActorScore(
        id,
        actor.name,
        actor.kind,
        actor.known,
        stance,
        low,
        high,
        why_null=_why_null(len(own)) if stance is None else None,
        n=len(own),
        quoted_stance=_mean([_stance(judged) for judged in quoted.values()]) if quoted else None,
        n_quoted=len(quoted),
        n_mentions=len(mentions),
        share_of_voice=None if share is None else share.get(id, 0.0),
        role=role(Standing(harms, harmed, stance, low, high, central)),
        title_stance=_stance(title[TITLE]) if title else None,
        speakers=_speakers(body),
        evidence=_evidence(mentions, own if stance is not None else {}),
    )


def _by_sentence(mentions: Iterable[Treated]) -> dict[int, list[Judgement]]:
    """The judgements of each sentence that has one."""
    groups: dict[int, list[Judgement]] = {}
    for one in mentions:
        if one.judgement is not None:
            groups.setdefault(one.mention.sentence, []).append(one.judgement)
    return groups


def _stance(judged: Sequence[Judgement]) -> float:
    return _mean([judgement.stance for judgement in judged])


def _means(sentences: Mapping[int, Sequence[Judgement]], role: str) -> list[float]:
    return [_mean([getattr(judgement, role) for judgement in judged]) for judged in sentences.values()]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _why_null(n: int) -> str:
    return (
        f"too little: {n or 'none'} of the journalist's sentences could be judged; at least {MIN_SENTENCES} are needed"
    )


def _speakers(body: Sequence[Treated]) -> tuple[SpeakerStance, ...]:
    groups: dict[str, list[Treated]] = {}
    for one in body:
        if not one.mention.narrated and one.judgement is not None:
            groups.setdefault((one.speaker or UNNAMED).casefold(), []).append(one)
    found = [_speaker_stance(mentions) for mentions in groups.values()]
    return tuple(sorted(found, key=lambda speaker: -speaker.n))


def _speaker_stance(mentions: Sequence[Treated]) -> SpeakerStance:
    sentences = _by_sentence(mentions)
    stance = _mean([_stance(judged) for judged in sentences.values()])
    return SpeakerStance(mentions[0].speaker or UNNAMED, stance, len(sentences))


def _evidence(mentions: Sequence[Treated], own: Mapping[int, Sequence[Judgement]]) -> tuple[ActorEvidence, ...]:
    return tuple(
        ActorEvidence(
            span=one.mention.span,
            sentence=one.mention.sentence,
            stance=one.judgement.stance if one.judgement is not None else None,
            voice=one.mention.voice,
            speaker=one.speaker if not one.mention.narrated else None,
            how=one.mention.how.value,
            weight=_weight(one, own),
        )
        for one in mentions
    )


def _weight(one: Treated, own: Mapping[int, Sequence[Judgement]]) -> float:
    """Of the mention's stance in the actor's: a sentence counts once, however often it mentions the actor."""
    judged = own.get(one.mention.sentence)
    if judged is None or one.judgement is None or not one.mention.narrated:
        return 0.0
    return 1.0 / (len(own) * len(judged))
