"""Markers, ledgers and the score of an axis, and their JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.article import Span, Voice
from framing.errors import UsageError


@dataclass(frozen=True, slots=True)
class Marker:
    """A hit of a lexicon in the text.

    `negated` hits ("not a massacre") are listed and count for nothing, as do those of a user's own lexicon (`own`).
    """

    lexicon: str
    term: str
    span: Span
    voice: Voice = Voice.JOURNALIST
    negated: bool = False
    own: bool = False
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, and its sentence's probability less that without the word."""

    span: Span
    effect: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line of a ledger: what a sentence, marker or mention adds to `raw`.

    `sentence` is the index, in `Article.sentences`, of the sentence it stands in; `probability`, on sentence lines, is
    the calibrated chance that a careful reader would mark that sentence, and `words` are the words that raise it most,
    the strongest first.
    """

    kind: str
    span: Span
    contribution: float
    sentence: int
    probability: float | None = None
    lexicon: str | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class AxisScore:
    """Where an article stands on one axis.

    `raw` is `intercept` plus the sum of the ledger, exactly; `value` is null, with `why_null`, when there is too
    little text. `low` and `high` bound the 90 % interval, null under three sentences. `percentile` is in [0, 100];
    `percentiles` are the same within parts of the reference corpus, by kind and name, such as `outlets`, `center`.
    `label_set` has the labels that the value leaves open at 90 %, where articles were labelled. `outlet_chances` are
    the chances that the article's outlet is one of the left, the center or the right, where the bundle tells them.
    """

    axis: str
    value: float | None
    low: float | None = None
    high: float | None = None
    percentile: float | None = None
    title: float | None = None
    quoted: float | None = None
    n_quoted: int = 0
    intercept: float = 0.0
    raw: float = 0.0
    ledger: tuple[Contribution, ...] = ()
    why_null: str | None = None
    n: int = 0
    label_set: tuple[str, ...] | None = None
    percentiles: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    outlet_chances: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.value is None) != (self.why_null is not None):
            raise UsageError(f"axis {self.axis}: a null value needs why_null, a value must not have it")


def markers_by_lexicon(markers: Sequence[Marker]) -> dict[str, list[Marker]]:
    """The markers grouped by lexicon, in order of the text."""
    groups: dict[str, list[Marker]] = {}
    for marker in markers:
        groups.setdefault(marker.lexicon, []).append(marker)
    return groups


def axis_dict(score: AxisScore, text: str) -> dict[str, Any]:
    """A score as JSON."""
    return {
        "value": score.value,
        "why_null": score.why_null,
        "n": score.n,
        "low": score.low,
        "high": score.high,
        "percentile": score.percentile,
        "percentiles": {kind: dict(places) for kind, places in score.percentiles.items()},
        "label_set": None if score.label_set is None else list(score.label_set),
        "outlet_chances": dict(score.outlet_chances),
        "title": score.title,
        "quoted": score.quoted,
        "n_quoted": score.n_quoted,
        "intercept": score.intercept,
        "raw": score.raw,
        "ledger": [_contribution_dict(line, text) for line in score.ledger],
    }


def marker_dict(marker: Marker, text: str) -> dict[str, Any]:
    """A marker as JSON."""
    return {
        "lexicon": marker.lexicon,
        "term": marker.term,
        **span_dict(marker.span, text),
        "voice": marker.voice.value,
        "negated": marker.negated,
        "own": marker.own,
        "plain": marker.plain,
    }


def span_dict(span: Span, text: str) -> dict[str, Any]:
    """A piece of the text as JSON."""
    return {"text": span.of(text), "start": span.start, "stop": span.stop}


def _contribution_dict(line: Contribution, text: str) -> dict[str, Any]:
    row = {
        "kind": line.kind,
        **span_dict(line.span, text),
        "contribution": line.contribution,
        "sentence": line.sentence,
    }
    if line.probability is not None:
        row["probability"] = line.probability
    if line.lexicon is not None:
        row["lexicon"] = line.lexicon
    if line.words:
        row["words"] = [{**span_dict(word.span, text), "effect": word.effect} for word in line.words]
    return row
