"""Actors as every format shows them: which come first, what a stance is, and the sentences that show it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from framing.article import Article, Sentence, Span, Voice
from framing.axes import BIPOLAR, Axis
from framing.report import phrases
from framing.scores import ActorEvidence, ActorScore, AxisScore
from framing.scores.actors import TITLE

STANCE = Axis(
    name="stance",
    low="against",
    high="for",
    range=BIPOLAR,
    unit="how the journalist's own words side, from −1 (against) through 0 (neutral) to +1 (for)",
    definition="The chance that a careful reader finds a sentence positive toward the actor, less the chance that it "
    "is found negative; the mean over the journalist's sentences that mention the actor. A sentence can be negative "
    "because of what it reports. What others say, what the journalist reports as somebody's judgement, and the "
    "headline are kept apart.",
    source="target-dependent sentiment in news: NewsMTSC (Hamborg and Donnay 2021)",
)

_KINDS = {"body": "international body", "agency": "government agency", "outlet": "news outlet"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text on one line, and the ranges of it that name the actor."""

    text: str
    names: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it names the actor."""
        cuts = sorted({0, len(self.text), *(edge for name in self.names for edge in name)})
        inside = {start for name in self.names for start in cuts if name[0] <= start < name[1]}
        return [(self.text[start:stop], start in inside) for start, stop in pairwise(cuts)]

    def around(self, width: int) -> "Marked":
        """As much as `width` characters hold, the first name among it, with "…" for what was left out."""
        if len(self.text) <= width:
            return self
        start, stop = self.names[0] if self.names else (0, 0)
        # `phrases.excerpt` keeps the first half whatever it does: the name goes there.
        begin = 0 if stop <= width // 2 else self.text.find(" ", max(0, start - width // 4), start) + 1 or start
        before = "…" if begin else ""
        shown = before + phrases.excerpt(self.text[begin:], width - len(before))
        moved = len(before) - begin
        names = ((start + moved, min(stop + moved, len(shown))) for start, stop in self.names)
        return Marked(shown, tuple(name for name in names if 0 <= name[0] < name[1]))


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says of an actor in one sentence.

    Attributes
    ----------
    sentence : index in `Article.sentences`, or `TITLE`.
    is_own : whether it is the journalist's own stance; `speaker` has whose it is else, empty where that is not told.
    stance : the mean over the mentions in it; null where what stands there is too short to be judged.
    """

    sentence: int
    is_own: bool
    speaker: str
    stance: float | None
    marked: Marked


def ranked(actors: Iterable[ActorScore]) -> list[ActorScore]:
    """The most mentioned first; of two as often mentioned, the one with a stance."""
    return sorted(actors, key=lambda actor: (-actor.n_mentions, actor.stance is None))


def as_axis(actor: ActorScore) -> AxisScore:
    """A stance in the form of a score of the axis `STANCE`, which is drawn and worded like any other."""
    return AxisScore(
        axis=STANCE.name,
        value=actor.stance,
        low=actor.low,
        high=actor.high,
        title=actor.title_stance,
        quoted=actor.quoted_stance,
        n_quoted=actor.n_quoted,
        why_null=actor.why_null,
        n=actor.n,
    )


def kind(actor: ActorScore) -> str:
    """What an actor is, in words."""
    return _KINDS.get(actor.kind, phrases.label(actor.kind))


def why_none(actor: ActorScore) -> str:
    """Why there is no stance; empty where there is one."""
    return f"no stance ({phrases.tidy(actor.why_null)})" if actor.why_null is not None else ""


def facts(actor: ActorScore) -> list[str]:
    """Kind, mentions, share of voice and role: what stands beside a name."""
    voice = [] if not actor.share_of_voice else [f"{phrases.percent(actor.share_of_voice)} of quoted words"]
    role = [phrases.label(actor.role)] if actor.role else []
    return [kind(actor), phrases.count(actor.n_mentions, "mention"), *voice, *role]


def speakers(actor: ActorScore) -> list[str]:
    """Who in the article judges the actor, and how: "Ruth Tennick −0.42"."""
    return [f"{phrases.tidy(who.name)} {phrases.amount(who.stance, STANCE)}" for who in actor.speakers]


def said(article: Article, actor: ActorScore) -> list[Said]:
    """Every sentence and voice that mentions an actor, the strongest stance first, those without one last."""
    groups: dict[tuple[int, bool, str], list[ActorEvidence]] = {}
    for line in actor.evidence:
        groups.setdefault((line.sentence, line.narrated, phrases.tidy(line.speaker or "")), []).append(line)
    found = [_said(article, *key, lines) for key, lines in groups.items()]
    return sorted(found, key=lambda one: (one.stance is None, -abs(one.stance or 0.0), one.sentence))


def strongest(article: Article, actor: ActorScore) -> Said | None:
    """The journalist's sentence that does most to make the stance what it is; null where there is no stance."""
    if actor.stance is None:
        return None
    sign = -1 if actor.stance < 0 else 1
    own = [one for one in said(article, actor) if one.is_own and one.stance is not None and one.sentence != TITLE]
    return max(own, key=lambda one: sign * (one.stance or 0.0), default=None)


def mean(stances: Sequence[float]) -> float | None:
    """The mean of some stances; null where there are none."""
    return math.fsum(stances) / len(stances) if stances else None


def _said(article: Article, sentence: int, own: bool, speaker: str, lines: Sequence[ActorEvidence]) -> Said:
    judged = [line.stance for line in lines if line.stance is not None]
    where = article.title if sentence == TITLE else article.sentences[sentence]
    assert where is not None
    shown = marked(article.text, where, [line.span for line in lines], own)
    return Said(sentence, own, speaker, mean(judged), shown)


def marked(text: str, sentence: Sentence, mentions: Sequence[Span], own: bool) -> Marked:
    """A sentence with its mentions; in the journalist's `own` words only, "[…]" stands for those of others."""
    shown, found = "", []
    for stretch in sentence.stretches:
        if own and stretch.voice is Voice.QUOTED:
            shown += phrases.ELSEWHERE
            continue
        for start, stop, inside in _cut(stretch.span, mentions):
            piece = phrases.visible(text[start:stop])
            piece = piece.lstrip() if not shown or shown.endswith(" ") else piece
            if inside and piece:
                found.append((len(shown), len(shown) + len(piece)))
            shown += piece
    return Marked(shown.rstrip(), tuple(found))


def _cut(span: Span, mentions: Sequence[Span]) -> list[tuple[int, int, bool]]:
    edges = {min(max(edge, span.start), span.stop) for one in mentions for edge in (one.start, one.stop)}
    cuts = sorted(edges | {span.start, span.stop})
    return [(a, b, any(one.start <= a < one.stop for one in mentions)) for a, b in pairwise(cuts)]
