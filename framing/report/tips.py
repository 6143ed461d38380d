"""What a sentence or marker says of itself on hover and focus, and how strongly it is tinted."""

from collections.abc import Iterator
from dataclasses import dataclass

from framing.article import Kind, Voice
from framing.axes import Axis
from framing.report import phrases
from framing.report.evidence import SentenceEvidence, sentence_evidence
from framing.report.marked_text import speakers
from framing.report.phrases import Axes
from framing.scores import ArticleScore, Contribution, Marker

LEVELS = 10


@dataclass(frozen=True, slots=True)
class Shade:
    """How strongly a sentence is tinted on one axis, -10 to 10, and the figure that stands beside a strong one."""

    level: int
    badge: str


@dataclass(frozen=True, slots=True)
class SentenceMark:
    """A sentence's shade on each axis, and its tip: lines of "label TAB value", the first a heading."""

    shades: tuple[Shade, ...]
    tip: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker: the indices of the axes on which it counted, and its tip."""

    counts: tuple[int, ...]
    tip: str


def sentence_marks(score: ArticleScore, axes: Axes) -> list[SentenceMark]:
    """One mark a sentence of the article, in order."""
    found = [{one.sentence: one for one in sentence_evidence(score, name)} for name in score.axes]
    strongest = [max((abs(one.contribution) for one in by.values()), default=0.0) for by in found]
    marks = []
    for index in range(len(score.article.sentences)):
        lines = [by.get(index) for by in found]
        named = zip(lines, score.axes, strict=True)
        shades = tuple(_shade(line, top) for line, top in zip(lines, strongest, strict=True))
        told = [row for line, name in named if line for row in _told(score, axes[name], line)]
        told = told or [f"not scored: {_why_unscored(score, index)}"]
        marks.append(SentenceMark(shades, "\n".join([_heading(score, index), *told])))
    return marks


def marker_marks(score: ArticleScore, axes: Axes) -> list[Mark]:
    """One mark a marker of the article, in order."""
    return [_mark(score, axes, marker) for marker in score.markers]


def _shade(line: SentenceEvidence | None, strongest: float) -> Shade:
    if line is None:
        return Shade(0, "")
    if line.probability is None:
        level = round(LEVELS * line.contribution / strongest) if strongest else 0
        return Shade(level, phrases.signed(line.contribution, 2) if abs(level) >= LEVELS / 2 else "")
    badge = phrases.percent(line.probability) if line.probability >= 0.5 else ""
    return Shade(round(LEVELS * line.probability), badge)


def _heading(score: ArticleScore, index: int) -> str:
    sentence = score.article.sentences[index]
    heading = f"Sentence {index + 1} of {len(score.article.sentences)}"
    if not sentence.spans(Voice.QUOTED):
        return heading
    who = ", ".join(phrases.tidy(name) for name in speakers(sentence))
    return f"{heading}\nquoted words\t{who or 'speaker not named'}"


def _told(score: ArticleScore, axis: Axis, line: SentenceEvidence) -> Iterator[str]:
    one = score.axes[axis.name]
    chance = "" if line.probability is None else f"{phrases.percent(line.probability)}, "
    of_markers = f" (markers {phrases.points(line.of_markers, one, axis)})" if line.of_markers else ""
    yield f"{phrases.label(axis.name)}\t{chance}adds {phrases.points(line.contribution, one, axis)}{of_markers}"
    if line.words:
        yield f"\twords: {', '.join(line.words)}"


def _why_unscored(score: ArticleScore, index: int) -> str:
    sentence = score.article.sentences[index]
    reasons = [
        (sentence.kind is Kind.HEADING, "a heading within the text"),
        (not sentence.spans(Voice.JOURNALIST), "quoted voice, which is scored apart"),
        (any(one.ledger for one in score.axes.values()), "too few words of the journalist's own"),
    ]
    no_value = next((one.why_null for one in score.axes.values() if one.why_null), "the bundle leaves it out")
    return next((why for applies, why in reasons if applies), no_value)


def _mark(score: ArticleScore, axes: Axes, marker: Marker) -> Mark:
    lines = {name: line for name in score.axes for line in _lines(score, name, marker)}
    plain = f" → {phrases.tidy(marker.plain)}" if marker.plain else ""
    heading = phrases.tidy(marker.span.of(score.article.text)) + plain
    tip = [heading, f"lexicon\t{phrases.label(marker.lexicon)}"]
    counts = []
    for index, (name, one) in enumerate(score.axes.items() if lines else ()):
        line = lines.get(name)
        if line is not None and phrases.adds_something(line.contribution, one, axes[name]):
            counts.append(index)
        adds = "nothing" if line is None else phrases.points(line.contribution, one, axes[name])
        tip.append(f"{phrases.label(name)}\tadds {adds}")
    if not lines:
        tip.append(f"adds nothing\t{_why_nothing(marker, score)}")
    return Mark(tuple(counts), "\n".join(tip))


def _lines(score: ArticleScore, axis: str, marker: Marker) -> Iterator[Contribution]:
    if marker.own:  # a shipped lexicon of the same name may have counted the same words
        return
    for line in score.axes[axis].ledger:
        if line.kind == "marker" and line.span == marker.span and line.lexicon == marker.lexicon:
            yield line


def _why_nothing(marker: Marker, score: ArticleScore) -> str:
    title = score.article.title
    inside = next((i for i, s in enumerate(score.article.sentences) if s.span.contains(marker.span)), None)
    scored = {line.sentence for one in score.axes.values() for line in one.ledger}
    reasons = [
        (marker.negated, "negated"),
        (marker.own, "your own lexicon; the bundle was not trained with it"),
        (marker.voice is Voice.QUOTED, "quoted voice"),
        (title is not None and title.span.overlaps(marker.span), "in the headline, which is scored apart"),
    ]
    if inside is not None and inside not in scored:
        reasons.append((True, f"its sentence is not scored: {_why_unscored(score, inside)}"))
    return next((why for applies, why in reasons if applies), "the bundle gives it no weight here")
