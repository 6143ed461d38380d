"""Numbers and texts of a score as a reader sees them: percent, intervals, places, excerpts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from framing.article import Article, Failure
from framing.axes import BIPOLAR, SHARE, Axis
from framing.scores import ArticleScore, AxisScore

Result = ArticleScore | Failure
Axes = Mapping[str, Axis]

MINUS = "\N{MINUS SIGN}"
ELSEWHERE = "\N{LEFT SQUARE BRACKET}…\N{RIGHT SQUARE BRACKET}"

# The interval is made from the spread of the sentences, which so few of them hardly show.
FEW_SENTENCES = 8
# The kind of parts of the reference corpus that reports tell; the others are in the JSON.
OUTLETS = "outlets"

_SPACE = re.compile(r"\s+")
# Zero-width joiners stay: scripts and emoji need them. Direction overrides could make a text read as another.
_UNSEEN = ("Cc", "Cf", "Cs")
_KEPT_FORMAT = "\u200c\u200d"


def percent(share: float) -> str:
    """A share in [0, 1] as whole percent; what rounds to none or all without being it says so."""
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 <= share < 1:
        return "over 99 %"
    return f"{100 * share:.0f} %"


def amount(value: float | None, axis: Axis) -> str:
    """A value of `axis`: percent for shares, a signed number for bipolar axes, a dash for null."""
    if value is None:
        return "–"
    return signed(value, 2) if axis.range == BIPOLAR else percent(value)


def signed(value: float, digits: int) -> str:
    """A number with its sign; a zero has none."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


def points(contribution: float, score: AxisScore, axis: Axis) -> str:
    """What a line of a ledger adds, in the unit `points_unit` names."""
    return signed(100 * contribution, 2) if _adds_percent(score, axis) else signed(contribution, 3)


def points_unit(score: AxisScore, axis: Axis) -> str:
    """The unit of `points`: what is calibrated after the sum is summed in units of its own."""
    if _adds_percent(score, axis):
        return "percentage points"
    return "units of the scale" if _is_sum(score) else "units before calibration"


def adds_something(contribution: float, score: AxisScore, axis: Axis) -> bool:
    """Whether a contribution, as `points` shows it, is more than zeros."""
    return any(digit in "123456789" for digit in points(contribution, score, axis))


def _is_sum(score: AxisScore) -> bool:
    return score.value is not None and abs(score.value - score.raw) < 1e-6


def _adds_percent(score: AxisScore, axis: Axis) -> bool:
    return axis.range == SHARE and _is_sum(score)


def interval(score: AxisScore, axis: Axis) -> str | None:
    """The 90 % interval, or null where the score has none."""
    if score.low is None or score.high is None:
        return None
    if axis.range == BIPOLAR:
        return f"{signed(score.low, 2)} to {signed(score.high, 2)}"
    return f"{100 * score.low:.0f}–{100 * score.high:.0f} %"


def interval_note(score: AxisScore, axis: Axis) -> str:
    """The interval in words, also where there is none."""
    bounds = interval(score, axis)
    return f"90 % interval {bounds}" if bounds else "no interval: under three sentences"


def basis(score: AxisScore, article: Article) -> str:
    """How many sentences a value is the mean of: "from 40 of 50 sentences"."""
    return f"from {score.n:,} of {count(len(article.sentences), 'sentence')}"


def caution(score: AxisScore) -> str | None:
    """What to beware of in a value that few sentences made, or null."""
    return "few sentences: treat with care" if score.value is not None and score.n < FEW_SENTENCES else None


def place(score: AxisScore, axis: Axis, reference: str) -> str | None:
    """The percentile in words: "more loaded than 83 % of 8,000 US news articles"."""
    if score.percentile is None:
        return None
    more = f"further {axis.high}" if axis.range == BIPOLAR else f"more {label(axis.name)}"
    return f"{more} than {percent(score.percentile / 100)} of {reference}"


def among(score: AxisScore) -> str | None:
    """The place among types of outlets: "among outlets: left 74 %, center 91 %", or null where none is known."""
    places = score.percentiles.get(OUTLETS, {})
    return _shares("among outlets", {name: place / 100 for name, place in places.items()})


def outlet_chances(score: AxisScore) -> str | None:
    """Like which outlets' articles it is: "outlet it reads like: left 20 %, center 55 %, right 25 %", or null."""
    return _shares("outlet it reads like", score.outlet_chances)


def labels(score: AxisScore) -> list[str]:
    """What is told of labels beside a value: those it leaves open, and like which outlets' articles it is."""
    return [line for line in (label_set(score), outlet_chances(score)) if line]


def _shares(what: str, shares: Mapping[str, float]) -> str | None:
    found = ", ".join(f"{name} {percent(share)}" for name, share in shares.items())
    return f"{what}: {found}" if found else None


def label_set(score: AxisScore) -> str | None:
    """The labels that a value leaves open: "90 % set: yes", or null where the bundle has no such sets."""
    if score.label_set is None:
        return None
    undecided = ", cannot be told apart" if len(score.label_set) > 1 else ""
    return f"90 % set: {' or '.join(map(tidy, score.label_set))}{undecided}"


def label(name: str) -> str:
    """The name of an axis or lexicon in words."""
    return name.replace("_", " ")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 word", "1,204 words"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def visible(text: str) -> str:
    """`text` without control characters: a scraped page must not steer a terminal or the reading order."""
    return "".join(c for c in _SPACE.sub(" ", text) if c in _KEPT_FORMAT or unicodedata.category(c) not in _UNSEEN)


def tidy(text: str) -> str:
    """`text` on one line, without control characters and outer white space."""
    return visible(text).strip()


def excerpt(text: str, width: int) -> str:
    """`text` on one line, ended by "…" at a word's end where it is longer than `width`."""
    line = tidy(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    return (cut.rpartition(" ")[0] if " " in cut[width // 2 :] else cut).rstrip(" ,;:.") + "…"


def title(article: Article) -> str:
    """The headline, or the id of an article that has none."""
    if article.title is None:
        return tidy(article.document.id)
    return tidy(article.title.span.of(article.text))


def facts(article: Article) -> Sequence[str]:
    """Outlet, date and size: what stands under a headline."""
    document = article.document
    size = (count(article.n_words, "word"), count(len(article.sentences), "sentence"))
    return [tidy(str(fact)) for fact in (document.outlet, document.date, *size) if fact]


def failure(failed: Failure) -> str:
    """What happened to an article, without its id, which stands beside it."""
    return tidy(failed.message.removeprefix(f"{failed.id}: "))


def apart(score: AxisScore, axis: Axis) -> Sequence[str]:
    """What is shown beside the value and not part of it: the headline's own value, the quoted voice."""
    parts = []
    if score.title is not None:
        parts.append(f"headline {amount(score.title, axis)}")
    if score.quoted is not None:
        parts.append(f"quoted voice {amount(score.quoted, axis)} ({count(score.n_quoted, 'sentence')})")
    return parts
