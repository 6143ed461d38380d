"""What the card says of the axes that are read from whole articles."""

from collections.abc import Iterable, Iterator, Sequence

from framing.training.article_axes import ALL, GAIN, LOG_LOSS, MEASURES, PUBLISHERS, ArticleAxis
from framing.training.article_rows import CLIMATE, HYPERPARTISAN, NEWS, OWN, STORIES
from framing.training.card import table
from framing.training.figures import Figure
from framing.training.label_sets import COVERAGE, SIZE, UNDECIDED
from framing.training.leaning import F1
from framing.training.transfer import OTHER_SET

HELD_OUT = (
    "Each is a linear head on the int8 encoder that ships, fitted on whole articles: the mean state over the "
    "journalist's sentences, the mean chance of cues in them (a slant, a moral yardstick: heads of single sentences, "
    "learnt with the encoder), weights of words in lower case that many outlets use, markers held to their sign, and "
    "the stance toward the actors. The names of an article's own outlet were masked. Figures are of 5 folds, no "
    "publisher on both sides; a head has seen neither the article nor any other of its outlet, and its calibration "
    "neither; which words are weighed was chosen on all articles, without a look at labels. Brackets are 90 % "
    "intervals of a bootstrap over publishers.",
    f"{HYPERPARTISAN.name}: readers' labels. {CLIMATE.name}: readers' labels of climate news. {STORIES.name}: two "
    f"readers' ideology of articles. {OWN.name} and {NEWS.name}: US news on many topics, labelled by a language model "
    "following docs/codebook.md, the first with two readings and a third, the second with one; figures on them say how "
    "well the head agrees with that model's reading. An axis with several sets is one head, fitted on all of them; "
    "their rows are shown apart. Rows in the middle of two classes are in no figure of classes.",
)
TRANSFER = (
    "The same heads fitted on what people labelled and asked about what the language model did, and the reverse: other "
    "topics and other annotators. Outlets may be in both.",
)
THREE = (
    "Macro-F1 of left, center and right, cut at values that were chosen on the other folds. Against the labels of "
    "articles, and against those that the public set gives to outlets (Baly et al. 2020), on outlets that neither the "
    "head nor the cuts have met: there beside heads that were trained on such labels, with the same folds, and beside "
    "the chances of classes of outlets that reports show with leaning: a multinomial logistic regression on the log "
    "odds of leaning and partisan, classes weighing alike. Published for outlets' labels: 0.51 on a split by outlet, "
    "with adversarial training.",
)
SETS = (
    "At 90 %, with conformal thresholds for each label (docs/statistics.md): how often the set of an article has the "
    "article's own label, over all articles and over those with each label, how many labels a set has, and the share "
    "of sets with several, which do not decide. Thresholds are from articles that people labelled, where there are "
    "any, and a fold's from the others; on what the language model labelled they may hold more or less often.",
)
FAMILIES = (
    "Out of fold, rows of all sources: mean log loss (lower is better), and how much of it a combination saves over "
    "the encoder states alone (above 0 is better). In use is the combination of least log loss among those that save "
    "more than chance would over every smaller one; a family that is not in it added nothing and is left out.",
)
LIMITS = (
    "partisan was labelled on US news, mostly of 2016 and 2017; the four shared frames on climate news of 2017 to 2019 "
    "and, by a language model, on US news of 2012 to 2020. Other kinds of English were not measured.",
    "Word counts (TF-IDF) rank articles about as well on several of these axes, and better on some: see the tables.",
    "responsibility, and the figures on other topics than climate, rest on labels that no person has checked.",
    "leaning is about US politics alone, and three quarters of ordinary news stand in its middle; an article's place "
    "says nothing of its outlet, and one article is weak evidence.",
    "An interval of a score says how it would move with other sentences of the article. It does not cover errors of "
    "the head.",
)


def section(found: Sequence[ArticleAxis]) -> str:
    """The section as Markdown, with its own headings."""
    figures = [figure for one in found for figure in one.figures]
    parts = [
        ("## Axes of whole articles", HELD_OUT, table(_HEAD, _rows(figures, PUBLISHERS))),
        ("### Left, center, right", THREE, table(_THREE, _three(figures))),
        ("### The other source", TRANSFER, table(_HEAD, _rows(figures, OTHER_SET))),
        ("### Label sets", SETS, table(_SETS, _sets(found))),
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
_SETS = ("axis", "rows", "n", "label kept", "of each label", "labels a set", "undecided")
_THREE = ("labels", "n", "system", "macro-F1 of three")
_FAMILIES = ("axis", "features", "n", "log loss", "saved", "auc", "")


def _rows(figures: Sequence[Figure], held_out: str) -> Iterator[list[str]]:
    shown = {measure.name for measure in MEASURES}
    chosen = [one for one in figures if one.held_out == held_out and one.rows != ALL and one.metric in shown]
    for axis, rows, system in dict.fromkeys((one.axis, one.rows, one.system) for one in chosen):
        cells = {one.metric: one.estimate for one in chosen if (one.axis, one.rows, one.system) == (axis, rows, system)}
        n = max(cell.n for cell in cells.values())
        yield [axis, rows, str(n), system, *(str(cells[measure.name]) for measure in MEASURES)]


def _three(figures: Sequence[Figure]) -> Iterator[list[str]]:
    for one in figures:
        if one.metric == F1:
            yield [one.rows, str(one.estimate.n), one.system, str(one.estimate)]


def _sets(found: Sequence[ArticleAxis]) -> Iterator[list[str]]:
    for one in found:
        for rows in dict.fromkeys(figure.rows for figure in one.sets.figures):
            cells = {figure.metric: figure.estimate for figure in one.sets.figures if figure.rows == rows}
            each = (
                f"{label} {cells[of].value:.2f}"
                for label in one.sets.kept.least
                if (of := f"{COVERAGE} of {label}") in cells
            )
            shown = (str(cells[COVERAGE]), ", ".join(each), str(cells[SIZE]), str(cells[UNDECIDED]))
            yield [one.axis.name, rows, str(cells[COVERAGE].n), *shown]


def _families(found: Sequence[ArticleAxis]) -> Iterator[list[str]]:
    for one in found:
        chosen = [figure for figure in one.figures if figure.rows == ALL]
        for system in dict.fromkeys(figure.system for figure in chosen):
            cells = {figure.metric: figure.estimate for figure in chosen if figure.system == system}
            saved = str(cells[GAIN]) if GAIN in cells else ""
            used = "in use" if system == " + ".join(one.fit.families) else ""
            yield [one.axis.name, system, str(cells[LOG_LOSS].n), str(cells[LOG_LOSS]), saved, str(cells["auc"]), used]
