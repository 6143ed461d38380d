"""A score as Markdown: headings, tables, quotes; what comes from the article is escaped."""

import re
from collections.abc import Iterator, Sequence

from framing.article import Article, Failure, Voice
from framing.axes import Axis
from framing.report import evidence, markdown_actors, phrases
from framing.report.kept_out import worded, wordless
from framing.report.limits import LIMITS
from framing.report.phrases import Axes, Result, points
from framing.scores import ArticleScore, markers_by_lexicon

TOP = 5

_INLINE = re.compile(r"([\\`*_\[\]|~$])")
_AT_START = re.compile(r"^(?:(\d{1,9})([.)])(?=\s|$)|([#>]|[+-](?=\s|$)|-(?=-)|=(?==*$)))")


def escape(text: str) -> str:
    """`text` on one line, with nothing left that Markdown or HTML would take for markup."""
    line = phrases.tidy(text).replace("&", "&amp;").replace("<", "&lt;")
    return _AT_START.sub(r"\1\\\2\3", _INLINE.sub(r"\\\1", line))


def render(score: ArticleScore, axes: Axes, reference: str) -> str:
    """One article as a Markdown document."""
    parts = [
        f"# {escape(phrases.title(score.article))}",
        " · ".join(escape(fact) for fact in phrases.facts(score.article)),
        _axes_table(score, axes, reference),
        *(part for name in score.axes for part in _axis(score, axes[name])),
        *markdown_actors.section(score, escape, table),
        *_rest(score),
        f"> {' '.join(LIMITS)}",
        f"Bundle {escape(score.bundle.name)} {escape(score.bundle.version)}",
    ]
    return "\n\n".join(parts) + "\n"


def render_all(results: Sequence[Result], axes: Axes, reference: str) -> str:
    """Several articles: a table with a row an article, what failed, then each article."""
    scores = [result for result in results if isinstance(result, ArticleScore)]
    if len(results) == 1 and scores:
        return render(scores[0], axes, reference)
    parts = [f"# {phrases.count(len(results), 'article')}"]
    parts += [_overview(scores, axes), *markdown_actors.outlets(scores, escape, table)] if scores else []
    parts += [_failures([r for r in results if isinstance(r, Failure)])] if len(scores) < len(results) else []
    return "\n\n".join(parts) + "\n\n" + "\n---\n\n".join(render(score, axes, reference) for score in scores)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; its cells are escaped already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _axes_table(score: ArticleScore, axes: Axes, reference: str) -> str:
    head = ["axis", "from … to", "value", "90 % interval", "sentences", "place", "headline", "quoted voice"]
    rows = []
    for name, one in score.axes.items():
        axis = axes[name]
        value = phrases.amount(one.value, axis) if one.why_null is None else f"none: {one.why_null}"
        basis = "–" if one.value is None else phrases.basis(one, score.article)
        place = "; ".join(filter(None, (phrases.place(one, axis, reference), phrases.among(one)))) or "–"
        cells = (phrases.interval(one, axis) or "–", basis, place)
        beside = (phrases.amount(one.title, axis), phrases.amount(one.quoted, axis))
        rows.append([escape(c) for c in (phrases.label(name), f"{axis.low} … {axis.high}", value, *cells, *beside)])
    return table(head, rows)


def _axis(score: ArticleScore, axis: Axis) -> Iterator[str]:
    yield f"## {escape(phrases.label(axis.name))}"
    yield escape(axis.definition)
    one = score.axes[axis.name]
    if one.why_null is not None:
        return
    yield f"{escape(axis.unit)}. Contributions are in {phrases.points_unit(one, axis)}."
    yield from (escape(f"{line}.") for line in phrases.labels(one))
    caution = phrases.caution(one)
    if caution:
        yield f"**Note:** {caution}."
    yield from _sentences(score, axis)
    yield from _markers(score, axis)
    yield from _stances(score, axis)
    yield _made(score, axis)


def _sentences(score: ArticleScore, axis: Axis) -> Iterator[str]:
    found = evidence.sentence_evidence(score, axis.name)
    if not found:
        return
    yield f"### Strongest sentences ({min(TOP, len(found))} of {len(found)})"
    for one in found[:TOP]:
        chance = "" if one.probability is None else f"{phrases.percent(one.probability)}, "
        words = f"; words: {escape(', '.join(one.words))}" if one.words else ""
        yield f"> {escape(one.text)}\n>\n> {chance}adds {points(one.contribution, score.axes[axis.name], axis)}{words}"


def _markers(score: ArticleScore, axis: Axis) -> Iterator[str]:
    found = evidence.weighty_markers(score, axis)
    if not found:
        return
    rows = [
        [
            *map(escape, (one.text, one.plain or "–", phrases.label(one.lexicon))),
            str(one.n),
            points(one.contribution, score.axes[axis.name], axis),
        ]
        for one in found
    ]
    yield "### Markers that counted"
    yield table(["words", "plainer", "lexicon", "hits", "adds"], rows)


def _stances(score: ArticleScore, axis: Axis) -> Iterator[str]:
    found = evidence.weighty_stances(score, axis)
    if not found:
        return
    one = score.axes[axis.name]
    rows = [[escape(s.actor), phrases.signed(s.stance, 2), str(s.n), points(s.contribution, one, axis)] for s in found]
    yield "### Stances that counted"
    yield table(["actor", "mean stance", "mentions", "adds"], rows)


def _made(score: ArticleScore, axis: Axis) -> str:
    one = score.axes[axis.name]
    parts = [f"intercept {one.intercept:.4f}"]
    parts += [f"{escape(kind)}s {total:.4f}" for kind, total in evidence.sums(one).items()]
    return f"How this number is made: {' + '.join(parts)} = {one.raw:.4f}."


def _rest(score: ArticleScore) -> Iterator[str]:
    groups = markers_by_lexicon(score.markers)
    if groups:
        rows = []
        for name, hits in groups.items():
            quoted = sum(hit.voice is Voice.QUOTED for hit in hits)
            rows.append([escape(phrases.label(name)), str(len(hits) - quoted), str(quoted)])
        yield "## Markers found"
        yield table(["lexicon", "journalist's voice", "quoted voice"], rows)
    if score.article.removed:
        yield "## Kept out of the score"
        yield "\n".join(_kept_out(score.article))
    if score.notes:
        yield "## Notes"
        yield "\n".join(f"- {escape(note)}" for note in score.notes)


def _kept_out(article: Article) -> Iterator[str]:
    for piece in worded(article):
        yield f"- {escape(phrases.label(piece.reason))}: {escape(piece.span.of(article.text))}"
    if wordless(article):
        yield f"- {escape(wordless(article))}"


def _overview(scores: Sequence[ArticleScore], axes: Axes) -> str:
    names = list(axes)
    rows = []
    for score in scores:
        cells = [_cell(score, axes[name]) for name in names]
        article = score.article
        rows.append([escape(phrases.title(article)), escape(article.document.outlet or "–"), *cells])
    return table(["article", "outlet", *(escape(phrases.label(name)) for name in names)], rows)


def _cell(score: ArticleScore, axis: Axis) -> str:
    one = score.axes.get(axis.name)
    if one is None or one.value is None:
        return "–"
    bounds = phrases.interval(one, axis)
    few = f", {phrases.caution(one)}" if phrases.caution(one) else ""
    return escape(phrases.amount(one.value, axis)) + (f" ({escape(bounds)})" if bounds else "") + few


def _failures(failures: Sequence[Failure]) -> str:
    rows = [[escape(one.id), escape(one.kind), escape(phrases.failure(one))] for one in failures]
    return "## Not scored\n\n" + table(["article", "kind", "what happened"], rows)
