"""The ledger as evidence: which sentences, markers and stances made a score, strongest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from framing.article import Article, Sentence, Span, Voice
from framing.axes import Axis
from framing.report.phrases import ELSEWHERE, adds_something, count, signed, tidy
from framing.scores import ArticleScore, AxisScore, Contribution, Marker


@dataclass(frozen=True, slots=True)
class SentenceEvidence:
    """A sentence and all it adds to a score: its own part and that of the markers in it.

    `text` is the journalist's voice; "[…]" stands for the words of others, which add nothing. `words` are the words
    that raise its probability most, the strongest first.
    """

    sentence: int
    text: str
    probability: float | None
    contribution: float
    of_markers: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkerEvidence:
    """A marker, written the same way `n` times, and what all its hits add together; `sentence` has the first."""

    text: str
    lexicon: str
    plain: str | None
    n: int
    contribution: float
    sentence: int


@dataclass(frozen=True, slots=True)
class StanceEvidence:
    """An actor, the mean stance of the `n` mentions of it that count, and what they add together.

    `sentence` has the mention that adds most.
    """

    actor: str
    n: int
    stance: float
    contribution: float
    sentence: int

    @property
    def told(self) -> str:
        """The stance and how many mentions it is of, as text: "−0.46 in 5 mentions"."""
        return f"{signed(self.stance, 2)} in {count(self.n, 'mention')}"


def sentence_evidence(score: ArticleScore, axis: str) -> list[SentenceEvidence]:
    """Every scored sentence, the one that adds most first."""
    lines: dict[int, list[Contribution]] = {}
    for line in score.axes[axis].ledger:
        lines.setdefault(line.sentence, []).append(line)
    found = [_sentence(score.article, index, parts) for index, parts in lines.items()]
    return sorted(found, key=lambda one: (-abs(one.contribution), one.sentence))


def marker_evidence(score: ArticleScore, axis: str) -> list[MarkerEvidence]:
    """Every marker that counted, hits of the same words together, strongest first."""
    groups: dict[tuple[str, str], list[Contribution]] = {}
    for line in score.axes[axis].ledger:
        if line.kind == "marker":
            words = tidy(line.span.of(score.article.text))
            groups.setdefault((line.lexicon or "", words.casefold()), []).append(line)
    plain = plain_words(score.markers)
    found = [_marker(score.article, lines, plain) for lines in groups.values()]
    return sorted(found, key=lambda one: (-abs(one.contribution), one.sentence, one.text))


def weighty_markers(score: ArticleScore, axis: Axis) -> list[MarkerEvidence]:
    """The same without those whose contribution would be shown as zero."""
    one = score.axes[axis.name]
    return [found for found in marker_evidence(score, axis.name) if adds_something(found.contribution, one, axis)]


def weighty_stances(score: ArticleScore, axis: Axis) -> list[StanceEvidence]:
    """The actors whose treatment is part of the score, strongest first; not those whose part would be shown as zero."""
    owners = {mention.span: (actor.name, mention.stance) for actor in score.actors for mention in actor.evidence}
    one = score.axes[axis.name]
    groups: dict[str, list[tuple[float, Contribution]]] = {}
    for line in one.ledger:
        name, stance = owners.get(line.span, ("", None)) if line.kind == "mention" else ("", None)
        if stance is not None:
            groups.setdefault(name, []).append((stance, line))
    found = [_stance(name, parts) for name, parts in groups.items()]
    weighty = [stance for stance in found if adds_something(stance.contribution, one, axis)]
    return sorted(weighty, key=lambda stance: -abs(stance.contribution))


def sums(score: AxisScore) -> dict[str, float]:
    """The ledger added up by kind of line, in order of appearance: "sentence", "marker", …"""
    totals: dict[str, float] = {}
    for line in score.ledger:
        totals[line.kind] = totals.get(line.kind, 0.0) + line.contribution
    return totals


def plain_words(markers: Iterable[Marker]) -> dict[tuple[str | None, Span], str]:
    """The plainer alternative of each marker that has one, by lexicon and span."""
    return {(marker.lexicon, marker.span): marker.plain for marker in markers if marker.plain}


def narrated(sentence: Sentence, text: str) -> str:
    """The journalist's words of a sentence, with "[…]" for those of others."""
    parts = [ELSEWHERE if s.voice is Voice.QUOTED else s.span.of(text) for s in sentence.stretches]
    return tidy("".join(parts))


def _sentence(article: Article, index: int, lines: Sequence[Contribution]) -> SentenceEvidence:
    probabilities = [line.probability for line in lines if line.probability is not None]
    return SentenceEvidence(
        sentence=index,
        text=narrated(article.sentences[index], article.text),
        probability=probabilities[0] if probabilities else None,
        contribution=sum(line.contribution for line in lines),
        of_markers=sum(line.contribution for line in lines if line.kind == "marker"),
        words=tuple(tidy(word.span.of(article.text)) for line in lines for word in line.words),
    )


def _stance(actor: str, parts: Sequence[tuple[float, Contribution]]) -> StanceEvidence:
    _, strongest = max(parts, key=lambda part: abs(part[1].contribution))
    return StanceEvidence(
        actor=tidy(actor),
        n=len(parts),
        stance=fmean(stance for stance, _ in parts),
        contribution=sum(line.contribution for _, line in parts),
        sentence=strongest.sentence,
    )


def _marker(
    article: Article, lines: Sequence[Contribution], plain: dict[tuple[str | None, Span], str]
) -> MarkerEvidence:
    first = min(lines, key=lambda line: line.span)
    return MarkerEvidence(
        text=tidy(first.span.of(article.text)),
        lexicon=first.lexicon or "",
        plain=plain.get((first.lexicon, first.span)),
        n=len(lines),
        contribution=sum(line.contribution for line in lines),
        sentence=first.sentence,
    )
