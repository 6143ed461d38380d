"""The page's view of the actors: a card each, and every mention in the text with what it says of itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from framing.article import Span
from framing.report import actors, phrases
from framing.report.actors import STANCE, Said
from framing.report.scale import Scale, scale
from framing.scores import ActorEvidence, ActorScore, ArticleScore
from framing.scores.actors import TITLE

MOST = 8  # actors with a colour and a line of their own; the rows after them are folded away (actors.css has both)
TOP = 6
SENTENCE_WIDTH = 240


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of one voice as shown: the stance in it, its pieces, its place in the text, and who speaks."""

    amount: str
    pieces: list[tuple[str, bool]]
    place: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one voice: those that stand open, and those folded away."""

    heading: str
    note: str
    top: list[Line]
    rest: list[Line]


@dataclass(frozen=True, slots=True)
class ActorCard:
    """One actor of one article; `index` counts them, the most mentioned first."""

    index: int
    name: str
    kind: str
    role: str
    score: ActorScore
    amount: str
    interval: str
    basis: str
    scale: Scale | None
    why_none: str
    title: str | None
    quoted: str | None
    share: str
    speakers: list[str]
    groups: list[Group]

    @property
    def style(self) -> str:
        """The class that draws its mentions: a line of its own, or the one that all the lesser actors share."""
        return style(self.index)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in the text: whose, whether it counts as the journalist's stance, the figure beside it and its tip."""

    span: Span
    actor: int
    is_own: bool
    amount: str
    tip: str


def style(index: int) -> str:
    """The class of an actor's line and colour."""
    return f"p{index}" if index < MOST else "p-rest"


def actor_cards(score: ArticleScore) -> list[ActorCard]:
    """A card an actor, the most mentioned first."""
    return [_card(score, actor, index) for index, actor in enumerate(actors.ranked(score.actors))]


def mentions(score: ArticleScore) -> list[Mention]:
    """Every mention of every actor, in order of the text."""
    found = [
        Mention(line.span, index, line.narrated, _figure(line), _tip(actor, line))
        for index, actor in enumerate(actors.ranked(score.actors))
        for line in actor.evidence
    ]
    return sorted(found, key=lambda one: (one.span, one.actor))


def _card(score: ArticleScore, actor: ActorScore, index: int) -> ActorCard:
    one = actors.as_axis(actor)
    return ActorCard(
        index=index,
        name=phrases.tidy(actor.name),
        kind=actors.kind(actor),
        role=phrases.label(actor.role or ""),
        score=actor,
        amount=phrases.amount(actor.stance, STANCE),
        interval=phrases.interval(one, STANCE) or "no interval",
        basis=phrases.count(actor.n, "sentence"),
        scale=scale(one, STANCE, phrases.tidy(actor.name)),
        why_none=actors.why_none(actor),
        title=None if actor.title_stance is None else _amount(actor.title_stance),
        quoted=None if actor.quoted_stance is None else _amount(actor.quoted_stance),
        share="–" if actor.share_of_voice is None else phrases.percent(actor.share_of_voice),
        speakers=actors.speakers(actor),
        groups=list(_groups(actors.said(score.article, actor))),
    )


def _groups(found: Sequence[Said]) -> Iterator[Group]:
    own = [one for one in found if one.is_own and one.sentence != TITLE]
    title = [one for one in found if one.is_own and one.sentence == TITLE]
    others = [one for one in found if not one.is_own]
    if own:
        yield _group("In the journalist's words", "strongest first", own)
    if title:
        yield _group("In the headline", "not part of the stance", title)
    if others:
        yield _group("In the words of others", "not part of the stance", others)


def _group(heading: str, note: str, found: Iterable[Said]) -> Group:
    lines = [_line(one) for one in found]
    return Group(heading, note, lines[:TOP], lines[TOP:])


def _line(one: Said) -> Line:
    place = "headline" if one.sentence == TITLE else f"s{one.sentence}"
    speaker = "" if one.is_own else one.speaker or "speaker not named"
    return Line(_amount(one.stance), one.marked.around(SENTENCE_WIDTH).pieces, place, speaker)


def _amount(stance: float | None) -> str:
    return phrases.amount(stance, STANCE)


def _figure(line: ActorEvidence) -> str:
    return "" if line.stance is None else _amount(line.stance)


def _tip(actor: ActorScore, line: ActorEvidence) -> str:
    stance = _figure(line) or "not judged: too few words"
    voice = "the journalist's" if line.narrated else phrases.tidy(line.speaker or "") or "speaker not named"
    apart = " (headline, kept apart)" if line.sentence == TITLE else "" if line.narrated else " (kept apart)"
    return f"{phrases.tidy(actor.name)}\nstance here\t{stance}\nwhose\t{voice}{apart}\nmentioned by\t{line.how}"
