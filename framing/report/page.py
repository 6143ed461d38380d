"""The page's view of a score: everything the template prints, worked out and named. Escaping is the template's."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from framing.article import Span, Voice
from framing.axes import Anchor, Axis
from framing.report import evidence, phrases
from framing.report.actor_cards import ActorCard, Mention, actor_cards, mentions, style
from framing.report.evidence import MarkerEvidence, SentenceEvidence, StanceEvidence
from framing.report.marked_text import Bit, Block, blocks
from framing.report.phrases import Axes
from framing.report.scale import Scale, scale
from framing.report.tips import Mark, SentenceMark, marker_marks, sentence_marks
from framing.scores import ArticleScore, AxisScore, markers_by_lexicon

TOP_SENTENCES = 8
TOP_MARKERS = 12
TOP_STANCES = 8

WEB = re.compile(r"https?://[^\s]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of a ledger as shown."""

    kind: str
    text: str
    lexicon: str
    probability: str
    adds: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Card:
    """One axis of one article."""

    index: int
    axis: Axis
    label: str
    score: AxisScore
    amount: str
    interval: str
    basis: str
    caution: str | None
    place: str | None
    among: str | None
    label_set: str | None
    outlet_chances: str | None
    ends: tuple[str, str]
    scale: Scale | None
    title: str | None
    quoted: str | None
    unit: str
    sums: list[tuple[str, str]]
    raw: str
    ledger: list[LedgerLine]
    sentences: list[SentenceEvidence]
    n_sentences: int
    markers: list[MarkerEvidence]
    n_markers: int
    stances: list[StanceEvidence]

    @property
    def anchors(self) -> list[tuple[str, Anchor]]:
        """The axis' anchors with their values as shown."""
        return [(phrases.amount(anchor.value, self.axis), anchor) for anchor in self.axis.anchors]

    @property
    def has_chances(self) -> bool:
        """Whether the ledger gives each sentence a probability."""
        return any(line.probability is not None for line in self.score.ledger)

    @property
    def has_words(self) -> bool:
        """Whether the ledger names words."""
        return any(line.words for line in self.score.ledger)

    def points(self, contribution: float) -> str:
        """What a line adds, as text."""
        return phrases.points(contribution, self.score, self.axis)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a bit of the text says of the actors it names: the one it is drawn for, all, figures behind it, tip."""

    actor: int
    style: str
    actors: list[int]
    is_own: bool
    amounts: list[tuple[int, str]]
    tip: str


@dataclass(frozen=True, slots=True)
class Page:
    """One article on the page."""

    key: str
    title: str
    facts: Sequence[str]
    url: str | None
    score: ArticleScore
    cards: list[Card]
    actors: list[ActorCard]
    mentions: list[Mention]
    blocks: list[Block]
    sentences: list[SentenceMark]
    markers: list[Mark]
    lexicons: list[tuple[str, int, int]]
    removed: list[tuple[str, int]]

    def mark(self, bit: Bit) -> Mark:
        """What the markers over a bit say together."""
        marks = [self.markers[index] for index in bit.markers]
        counts = sorted({index for one in marks for index in one.counts})
        return Mark(tuple(counts), "\n".join(one.tip for one in marks))

    def naming(self, bit: Bit) -> Naming:
        """Whose mentions a bit belongs to; it is drawn for the shortest of them."""
        found = sorted((self.mentions[index] for index in bit.mentions), key=lambda one: one.span.stop - one.span.start)
        ends = [self.mentions[index] for index in bit.ends]
        return Naming(
            actor=found[0].actor,
            style=style(found[0].actor),
            actors=sorted({one.actor for one in found}),
            is_own=found[0].is_own,
            amounts=[(one.actor, one.amount) for one in ends if one.amount],
            tip="\n".join(one.tip for one in found),
        )


def page(score: ArticleScore, axes: Axes, reference: str, key: str) -> Page:
    """The view of one article; `key` begins the ids of its elements."""
    article = score.article
    url = article.document.url
    marks = sentence_marks(score, axes)
    named = mentions(score)
    words = [_words(one, marks, index) for index, one in enumerate(score.axes.values())]
    return Page(
        key=key,
        title=phrases.title(article),
        facts=phrases.facts(article),
        url=url if url and WEB.match(url) else None,
        score=score,
        cards=[_card(score, axes[name], index, reference) for index, name in enumerate(score.axes)],
        actors=actor_cards(score),
        mentions=named,
        blocks=blocks(article, score.markers, words, [one.span for one in named]),
        sentences=marks,
        markers=marker_marks(score, axes),
        lexicons=_lexicons(score),
        removed=list(Counter(piece.reason for piece in article.removed).items()),
    )


def _card(score: ArticleScore, axis: Axis, index: int, reference: str) -> Card:
    one = score.axes[axis.name]
    sentences = evidence.sentence_evidence(score, axis.name)
    markers = evidence.weighty_markers(score, axis)
    return Card(
        index=index,
        axis=axis,
        label=phrases.label(axis.name),
        score=one,
        amount=phrases.amount(one.value, axis),
        interval=phrases.interval_note(one, axis),
        basis=phrases.basis(one, score.article),
        caution=phrases.caution(one),
        place=phrases.place(one, axis, reference),
        among=phrases.among(one),
        label_set=phrases.label_set(one),
        outlet_chances=phrases.outlet_chances(one),
        ends=(phrases.amount(axis.range[0], axis), phrases.amount(axis.range[1], axis)),
        scale=scale(one, axis, phrases.label(axis.name)),
        title=None if one.title is None else phrases.amount(one.title, axis),
        quoted=None if one.quoted is None else phrases.amount(one.quoted, axis),
        unit=phrases.points_unit(one, axis),
        sums=_sums(one, axis),
        raw=phrases.points(one.raw, one, axis),
        ledger=_ledger(score, axis),
        sentences=sentences[:TOP_SENTENCES],
        n_sentences=len(sentences),
        markers=markers[:TOP_MARKERS],
        n_markers=len(markers),
        stances=evidence.weighty_stances(score, axis)[:TOP_STANCES],
    )


def _words(score: AxisScore, marks: Sequence[SentenceMark], index: int) -> list[Span]:
    """The words to mark in the text: those of sentences with a figure, since a plain sentence has a first word too."""
    strong = [line for line in score.ledger if marks[line.sentence].shades[index].badge]
    return [word.span for line in strong for word in line.words]


def _sums(score: AxisScore, axis: Axis) -> list[tuple[str, str]]:
    counts = Counter(line.kind for line in score.ledger)
    rows = [("intercept", phrases.points(score.intercept, score, axis))]
    for kind, total in evidence.sums(score).items():
        name = phrases.count(counts[kind], kind) + (", without their markers" if kind == "sentence" else "")
        rows.append((name, phrases.points(total, score, axis)))
    return rows


def _ledger(score: ArticleScore, axis: Axis) -> list[LedgerLine]:
    one = score.axes[axis.name]
    return [
        LedgerLine(
            kind=line.kind,
            text=phrases.excerpt(line.span.of(score.article.text), 90),
            lexicon=phrases.label(line.lexicon or ""),
            probability="" if line.probability is None else phrases.percent(line.probability),
            adds=phrases.points(line.contribution, one, axis),
            sentence=line.sentence,
        )
        for line in one.ledger
    ]


def _lexicons(score: ArticleScore) -> list[tuple[str, int, int]]:
    rows = []
    for name, hits in markers_by_lexicon(score.markers).items():
        quoted = sum(hit.voice is Voice.QUOTED for hit in hits)
        rows.append((phrases.label(name), len(hits) - quoted, quoted))
    return sorted(rows, key=lambda row: (-row[1] - row[2], row[0]))
