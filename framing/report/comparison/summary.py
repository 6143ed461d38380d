"""A comparison as Markdown: the answer, the data, means and verdicts; the page and the tables have the rest."""

from collections.abc import Iterator, Sequence

from framing.axes import Axis
from framing.compare.result import Comparison, Contrast, Difference, Figure, Verdict
from framing.report import phrases
from framing.report.actors import STANCE
from framing.report.comparison.amounts import GLYPHS, amount, chance, gap, gap_interval, gap_unit, interval, plain
from framing.report.comparison.dots import chosen
from framing.report.comparison.page import MORE_LIMITS
from framing.report.limits import LIMITS
from framing.report.markdown import escape, table

MOST_ROWS = 60
SHOWN = (Verdict.HIGHER, Verdict.LOWER, Verdict.EQUIVALENT)


def render(found: Comparison, title: str) -> str:
    """The summary."""
    return "\n\n".join(_parts(found, title)) + "\n"


def _parts(found: Comparison, title: str) -> Iterator[str]:
    yield f"# {escape(title)}"
    yield from _list(
        "The answer", [plain(one.text) for one in found.answers] or ["No difference between the groups is shown."]
    )
    yield from _list("What cannot be concluded", [f"{plain(one.text)} ({one.reason.value})" for one in found.unknowns])
    yield from _data(found)
    yield from (part for axis in chosen(found) for part in _means(found, axis))
    yield from _verdicts(found)
    yield from _list("How far to trust this", [*LIMITS, *MORE_LIMITS])
    yield "## Method"
    yield escape(found.methods.text)
    yield f"Bundle {escape(found.bundle.name)} {escape(found.bundle.version)}, `{found.bundle.sha256}`."
    yield from _list("Sources", found.methods.citations)


def _data(found: Comparison) -> Iterator[str]:
    card = found.card
    yield "## The articles"
    yield f"{card.n_used:,} of {phrases.count(card.n_in, 'article')} are compared."
    rows = [
        (escape(one.name), f"{one.n_articles:,}", f"{one.n_stories:,}", f"{one.n_shared_stories:,}")
        for one in found.groups
    ]
    yield table((escape(found.options.by), "articles", "stories", "shared stories"), rows)
    yield from _list("Left out, and why", [f"{one.n:,} {one.reason}" for one in card.dropped])
    yield from _list("To know", card.warnings)


def _means(found: Comparison, axis: Axis) -> Iterator[str]:
    figures = [(one.group, one.mean) for one in found.means if one.axis == axis.name and one.mean]
    yield f"## {phrases.label(axis.name).capitalize()}"
    yield escape(f"Mean with 90 % interval; {axis.unit}.")
    ranked = sorted(figures, key=lambda pair: -pair[1].value)
    yield table((escape(found.options.by), "mean", "interval", "articles"), [_mean(*pair, axis) for pair in ranked])


def _mean(group: str, found: Figure, axis: Axis) -> tuple[str, ...]:
    return escape(group), amount(found.value, axis), interval(found, axis), f"{found.n:,}"


def _verdicts(found: Comparison) -> Iterator[str]:
    axes = {**found.axes, STANCE.name: STANCE}
    shown = [(one, one.raw) for one in found.contrasts if one.verdict in SHOWN and one.raw][:MOST_ROWS]
    yield "## Differences"
    if shown:
        head = ("axis", "first", "second", "verdict", "difference", "interval", "chance")
        yield table(head, [_verdict(one, raw, axes[one.axis]) for one, raw in shown])
    rest = phrases.count(len(found.contrasts) - len(shown), "further comparison")
    yield f"{rest}: undecided, too little data, or only in the tables."


def _verdict(one: Contrast, raw: Difference, axis: Axis) -> tuple[str, ...]:
    about = f" toward {one.actor_name}" if one.actor_name else ""
    return (
        escape(phrases.label(one.axis) + about),
        escape(one.first),
        escape(one.second),
        f"{GLYPHS[one.verdict]} {one.verdict.value}",
        f"{gap(raw.value, axis)} {gap_unit(axis)}",
        gap_interval(raw, axis),
        chance(one.q),
    )


def _list(heading: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"## {heading}"
        yield "\n".join(f"- {escape(item)}" for item in items)
