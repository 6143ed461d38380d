"""The model card of a bundle, in Markdown, from what was measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.axes import Axis
from framing.bundle import Reference
from framing.training import reference
from framing.training.assemble import LICENCE
from framing.training.figures import Figure
from framing.training.heads import Calibration

_METRICS = ("macro_f1", "accuracy", "auc", "ece", "brier")
_HELD_OUT = {
    "articles": "5 folds, no article on both sides",
    "outlets": "2 of 5 folds, no outlet on both sides",
    "random": "2 of 5 random folds, articles on both sides (as published figures have it; optimistic)",
    "other set": "linear heads on the encoder of the first stage, tuned on neither set; asked about the other one",
}

_OF_PARTS = (
    "Where its parts differ: the place, in percent of the whole corpus, of the middle article of each part, and in "
    "brackets how many articles that has; ±{noise:.1f} is noise. Outlets are left, center or right as the set has "
    "them. Reports give an article's place among each type of outlets beside that among all, the JSON also among each "
    "span of years; articles without a date are in none."
)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of a bundle.

    Attributes
    ----------
    agreement : axis → largest and mean difference between int8 and full-precision probabilities.
    articles : the section on the axes of whole articles, as Markdown with its own headings.
    audit : what the audit of stances found, as Markdown with its own headings.
    """

    name: str
    version: str
    axes: Sequence[Axis]
    data: Sequence[Mapping[str, Any]]
    recipe: Mapping[str, Any]
    figures: Sequence[Figure]
    calibrations: Mapping[str, Calibration]
    lexicons: Sequence[str]
    agreement: Mapping[str, Mapping[str, float]]
    reference: Reference | None
    limits: Sequence[str] = field(default=())
    articles: str = ""
    audit: str = ""


def render(card: Card) -> str:
    """The card as Markdown."""
    lines = [
        f"# Bundle `{card.name}` {card.version}",
        "",
        f"Weights: {LICENCE}, because the sets they were trained on are non-commercial. Trained and measured by "
        "`scripts/train_default.py`.",
        "",
        *_data(card),
        *_figures(card),
        card.articles,
        *_mentions(card),
        *_calibration(card),
        *_agreement(card),
        *_reference(card),
        card.audit,
        "## Limits",
        "",
        *(f"- {limit}" for limit in card.limits),
        "",
    ]
    return "\n".join(lines)


def _data(card: Card) -> Iterator[str]:
    yield from ("## Trained on", "")
    rows = [(d["name"], f"{d['rows']:,}", d["licence"], d["citation"], d["sha256"][:12]) for d in card.data]
    yield from table(("set", "rows", "licence", "source", "sha256 of the file"), rows)
    recipe = ", ".join(f"{key} {_shown(value)}" for key, value in card.recipe.items() if value not in ("", ()))
    yield from ("", f"Recipe of the models of the folds: {recipe}.", "")


def _shown(value: Any) -> str:
    """A value of the recipe; of several, or of pairs of a name and a number, all in brackets."""
    if not isinstance(value, tuple):
        return str(value)
    return f"({', '.join(one if isinstance(one, str) else f'{one[0]} {one[1]:g}' for one in value)})"


def _figures(card: Card) -> Iterator[str]:
    yield from ("## Held-out figures", "")
    yield (
        "Scores are those of the int8 encoder, each fold's model exported as the shipped one is. Brackets are 90 % "
        "intervals of a bootstrap over articles. Macro-F1, accuracy and AUC leave mixed labels (0.5) out; ECE "
        "(equal-mass bins, debiased) and the Brier score keep them; the ECE has a basic interval (docs/evaluate.md)."
    )
    for axis in card.axes:
        for held_out, words in _HELD_OUT.items():
            found = [f for f in card.figures if f.axis == axis.name and f.held_out == held_out]
            if found:
                yield from ("", f"### {axis.name}: {words}", "")
                yield from table(("rows", "n", "system", *_METRICS), _systems(found))
    yield ""


def _systems(found: Sequence[Figure]) -> Iterator[tuple[str, ...]]:
    for rows, system in dict.fromkeys((f.rows, f.system) for f in found):
        cells = {f.metric: f.estimate for f in found if (f.rows, f.system) == (rows, system)}
        yield (
            rows,
            str(max(e.n for e in cells.values())),
            system,
            *(str(cells[m]) if m in cells else "" for m in _METRICS),
        )


def _mentions(card: Card) -> Iterator[str]:
    yield from ("## Names, stance and roles", "")
    yield (
        "Measured with the shipped int8 encoder and heads on rows it was not trained on: NewsMTSC's development parts, "
        "outlets of Worldwide Newswire and stories of MoralEvents that were held out. Each development part is "
        "calibrated on the other; what ships is calibrated on both. A name counts when span and type are right."
    )
    yield ""
    found = [f for f in card.figures if f.axis not in {axis.name for axis in card.axes}]
    rows = [(f.axis, f.rows, f.held_out, f.system, f.metric, str(f.estimate.n), str(f.estimate)) for f in found]
    yield from table(("what", "rows", "held out", "system", "metric", "n", "figure"), rows)
    yield ""


def _calibration(card: Card) -> Iterator[str]:
    yield from ("## Heads", "")
    yield "A sentence's probability is `sigmoid(scale · logit + offset + Σ weight · hits)` (docs/statistics.md)."
    for axis, fitted in card.calibrations.items():
        weights = ", ".join(
            f"{name} {weight:+.2f}"
            for name, weight in zip(card.lexicons, fitted.weights, strict=True)
            if abs(weight) >= 0.005
        )
        yield from (
            "",
            f"- **{axis}**: scale {fitted.scale:.2f}, offset {fitted.offset:+.2f}; weights: {weights or 'none'}",
        )
    yield ""


def _agreement(card: Card) -> Iterator[str]:
    yield from ("## Quantised and full precision", "", "Differences of a sentence's probability on training rows.", "")
    rows = [(axis, f"{d['mean']:.4f}", f"{d['largest']:.3f}") for axis, d in card.agreement.items()]
    yield from table(("axis", "mean", "largest"), rows)
    yield ""


def _reference(card: Card) -> Iterator[str]:
    if card.reference is None:
        return
    yield from ("## Reference corpus", "")
    yield f"Percentiles refer to {card.reference.phrase}. {card.reference.about}"
    yield ""
    if card.reference.parts:
        yield from (_OF_PARTS.format(noise=reference.noise(card.reference)), "")
        head = ("axis", *(f"{part.name} ({part.n:,})" for part in card.reference.parts))
        found = reference.middles(card.reference)
        yield from table(head, [(axis, *(f"{place:.0f}" for place in places)) for axis, places in found])
        yield ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
