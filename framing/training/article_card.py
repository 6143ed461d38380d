"""What the card says of the axes that are read from whole articles."""

from collections.abc import Iterable, Iterator, Sequence

from framing.training.article_axes import ALL, GAIN, LOG_LOSS, MEASURES, OTHER_SET, PUBLISHERS, ArticleAxis
from framing.training.article_rows import CLIMATE, HYPERPARTISAN, OWN
from framing.training.card import table
from framing.training.figures import Figure

HELD_OUT = (
    "Each is a linear head on the int8 encoder that ships, fitted on whole articles: the mean state over the "
    "journalist's sentences, markers held to their sign, and the stance toward the actors. Figures are of 5 folds, no "
    "publisher on both sides; a head has seen neither the article nor any other of its outlet, and its calibration "
    "neither. Brackets are 90 % intervals of a bootstrap over publishers.",
    f"{HYPERPARTISAN.name}: readers' labels. {CLIMATE.name}: readers' labels of climate news. {OWN.name}: US news on "
    "many topics, labelled by a language model following docs/codebook.md; figures on them say how well the head "
    "agrees with that model's reading. A frame of both is one head, fitted on both; its rows are shown apart.",
)
TRANSFER = (
    "The same heads fitted on one source alone and asked about the other: other topics and other annotators. Outlets "
    "may be in both.",
)
FAMILIES = (
    "Out of fold, rows of all sources: mean log loss (lower is better), and how much of it each combination saves over "
    "the encoder states alone (above 0 is better). In use is the combination of least log loss among those that save "
    "more than chance would over every smaller one; a family that is not in it added nothing and is left out.",
)
LIMITS = (
    "partisan was labelled on US news, mostly of 2016 and 2017; the four shared frames on climate news of 2017 to 2019 "
    "and, by a language model, on US news of 2012 to 2020. Other kinds of English were not measured.",
    "Word counts (TF-IDF) rank articles about as well on several of these axes, and better on some: see the tables.",
    "responsibility, and the figures on other topics than climate, rest on labels that no person has checked.",
    "morality and human_interest have few positives (about 80 to 95 articles): their intervals are wide.",
    "An interval of a score says how it would move with other sentences of the article. It does not cover errors of "
    "the head.",
    "There is no axis from left to right. Sets large enough label the outlet, not the article; a head fitted on them "
    "learns to tell outlets, and fails on those it has not met.",
)


def section(found: Sequence[ArticleAxis]) -> str:
    """The section as Markdown, with its own headings."""
    figures = [figure for one in found for figure in one.figures]
    parts = [
        ("## Axes of whole articles", HELD_OUT, table(_HEAD, _rows(figures, PUBLISHERS))),
        ("### The other source", TRANSFER, table(_HEAD, _rows(figures, OTHER_SET))),
        ("### What each family of features adds", FAMILIES, table(_FAMILIES, _families(found))),
        ("### Limits of these axes", ("\n".join(f"- {limit}" for limit in LIMITS),), ()),
    ]
    return "\n".join(line for heading, words, rows in parts for line in _part(heading, words, rows))


def _part(heading: str, words: Sequence[str], rows: Iterable[str]) -> Iterator[str]:
    yield from (heading, "")
    for paragraph in words:
        yield from (paragraph, "")
    yield from (*rows, "")


_HEAD = ("axis", "rows", "n", "system", *(measure.name for measure in MEASURES))
_FAMILIES = ("axis", "features", "n", "log loss", "saved", "auc", "")


def _rows(figures: Sequence[Figure], held_out: str) -> Iterator[list[str]]:
    chosen = [one for one in figures if one.held_out == held_out and one.rows != ALL]
    for axis, rows, system in dict.fromkeys((one.axis, one.rows, one.system) for one in chosen):
        cells = {one.metric: one.estimate for one in chosen if (one.axis, one.rows, one.system) == (axis, rows, system)}
        n = max(cell.n for cell in cells.values())
        yield [axis, rows, str(n), system, *(str(cells[measure.name]) for measure in MEASURES)]


def _families(found: Sequence[ArticleAxis]) -> Iterator[list[str]]:
    for one in found:
        chosen = [figure for figure in one.figures if figure.rows == ALL]
        for system in dict.fromkeys(figure.system for figure in chosen):
            cells = {figure.metric: figure.estimate for figure in chosen if figure.system == system}
            saved = str(cells[GAIN]) if GAIN in cells else ""
            used = "in use" if system == " + ".join(one.fit.families) else ""
            yield [one.axis.name, system, str(cells["auc"].n), str(cells[LOG_LOSS]), saved, str(cells["auc"]), used]
