"""The articles that are compared: grouped, with their stories, and all that was left out, with the reason."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.compare import dates
from framing.compare.options import MAX_READ, Options
from framing.compare.resampling import Groups
from framing.compare.result import Dropped
from framing.compare.rows import Corpus
from framing.errors import InputError
from framing.stories import Copy, Leads, find_copies, find_stories
from framing.types import Bools, Floats, Ints

Sentences = tuple[str, ...]
LEAD_SENTENCES = 4
# Two articles of one group with this much of each in the other are one article printed twice.
REPRINT = 0.8
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """Articles in groups.

    Attributes
    ----------
    articles : index in the corpus of each article that belongs to a group, in order; all else is by their position.
    groups : their groups, and as clusters their stories.
    counted : which of them enter means and contrasts; copies are shown with their story and not counted.
    copied : share of each text that another article of the corpus has too; `copy_of` is its index in the corpus or -1.
    sentences : of each article, or None where there are too many to read.
    """

    corpus: Corpus
    articles: Ints
    groups: Groups
    days: Floats
    counted: Bools
    copied: Floats
    copy_of: Ints
    sentences: Sequence[Sentences] | None
    stories_from: str
    dropped: tuple[Dropped, ...]

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def titles(self) -> list[str]:
        """Headlines, empty where there is none."""
        return [self.corpus.titles[i] or "" for i in self.articles.tolist()]


def draw(corpus: Corpus, options: Options) -> Sample:
    """The sample that the options ask for.

    Raises
    ------
    InputError
        Fewer than two groups are left.
    """
    names, reasons = _names(corpus, options)
    articles = np.flatnonzero([reason is None for reason in reasons])
    groups = tuple(sorted({str(names[i]) for i in articles}))
    if len(groups) < 2:
        raise InputError(_too_few_groups(corpus, options, groups, reasons))
    number = {name: i for i, name in enumerate(groups)}
    code = np.array([number[str(names[i])] for i in articles], dtype=np.int64)
    days = dates.days([corpus.dates[i] for i in articles.tolist()])
    sentences = list(corpus.source.sentences(articles.tolist())) if len(articles) <= MAX_READ else None
    copies = [] if sentences is None else find_copies(" ".join(one) for one in sentences)
    cluster, source = _clusters(corpus, options, articles, days, sentences)
    counted, copied, copy_of = _count(copies, code, days)
    dropped = (*_failed(corpus), *_dropped(corpus, reasons), *_uncounted(corpus, articles, copies, code, counted))
    where = np.where(copy_of >= 0, articles[copy_of], -1)
    return Sample(
        corpus, articles, Groups(groups, code, cluster), days, counted, copied, where, sentences, source, dropped
    )


def _names(corpus: Corpus, options: Options) -> tuple[list[str | None], list[str | None]]:
    """The group of each article and why it is left out, None where it is not."""
    written = [_name(value, options) for value in corpus.column(options.by)]
    empty = np.all([np.isnan(column.value) for column in corpus.axes.values()], axis=0)
    given = zip(written, corpus.languages, empty.tolist(), strict=True)
    return written, [_reason(name, language, none, options) for name, language, none in given]


def _name(value: object, options: Options) -> str | None:
    name = "" if value is None else str(value).strip()
    return options.merge.get(name, name) or None


def _reason(name: str | None, language: str | None, empty: bool, options: Options) -> str | None:
    if name is None:
        return f"no {options.by}"
    if name in options.leave_out or (options.only and name not in options.only):
        return "left out by an option"
    if language not in (None, options.language):
        return f"in another language ({language})"
    if empty:
        return "too little text for a score"
    return None


def _too_few_groups(corpus: Corpus, options: Options, groups: Sequence[str], reasons: Sequence[str | None]) -> str:
    if groups:
        return f"{corpus.name}: only '{groups[0]}' is left to compare by {options.by}; give articles of two or more"
    counts = Counter(reason for reason in reasons if reason)
    why = "; ".join(f"{n} {reason}" for reason, n in counts.most_common(3)) or "it has no articles"
    return f"{corpus.name}: nothing to compare by {options.by}: {why}; name another column with --by"


def _clusters(
    corpus: Corpus, options: Options, articles: Ints, days: Floats, sentences: Sequence[Sentences] | None
) -> tuple[Ints, str]:
    """The story of each article, and where it is known from; without a story an article is a cluster of its own."""
    if options.story is not None:
        column = corpus.column(options.story)
        named = [None if column[i] is None else str(column[i]) for i in articles]
        return _numbers(named), f"the column '{options.story}'"
    if sentences is None:
        return np.arange(len(articles)), f"nowhere: over {MAX_READ:,} articles need a column of stories"
    leads = [" ".join(one[:LEAD_SENTENCES]) for one in sentences]
    titles = [corpus.titles[i] or "" for i in articles]
    found = find_stories(Leads(titles, leads, _known_actors(corpus, articles), days))
    return found, "headlines, leads, known actors and dates"


def _numbers(named: Sequence[str | None]) -> Ints:
    known: dict[str, int] = {}
    return np.array(
        [len(named) + i if name is None else known.setdefault(name, len(known)) for i, name in enumerate(named)]
    )


def _known_actors(corpus: Corpus, articles: Ints) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(len(corpus))]
    for row in np.flatnonzero(corpus.actors.known).tolist():
        found[corpus.actors.article[row]].append(corpus.actors.actor[row])
    return [found[i] for i in articles]


def _count(copies: Sequence[Copy], code: Ints, days: Floats) -> tuple[Bools, Floats, Ints]:
    """Which articles are counted, which share of each is copied, and of which other article (-1: of none).

    A text that two groups print is neither's own: none of its printings is counted. One that a group prints twice is
    counted once, the first by date.
    """
    counted, copied = np.ones(len(code), dtype=bool), np.zeros(len(code))
    copy_of = np.full(len(code), -1)
    for copy in copies:
        sides = ((copy.first, copy.second, copy.share_of_first), (copy.second, copy.first, copy.share_of_second))
        for one, other, share in sides:
            if share > copied[one]:
                copied[one], copy_of[one] = share, other
        if code[copy.first] != code[copy.second]:
            counted[[copy.first, copy.second]] = False
        elif min(copy.share_of_first, copy.share_of_second) >= REPRINT:
            counted[copy.first if days[copy.first] > days[copy.second] else copy.second] = False
    return counted, copied, copy_of


def _failed(corpus: Corpus) -> Iterator[Dropped]:
    if corpus.failures:
        ids = tuple(failure.id for failure in corpus.failures[:EXAMPLES])
        yield Dropped("could not be read or scored", len(corpus.failures), ids)


def _dropped(corpus: Corpus, reasons: Sequence[str | None]) -> Iterator[Dropped]:
    for reason, n in Counter(reason for reason in reasons if reason).most_common():
        found = [corpus.ids[i] for i, one in enumerate(reasons) if one == reason]
        yield Dropped(reason, n, tuple(found[:EXAMPLES]))


def _uncounted(corpus: Corpus, articles: Ints, copies: Sequence[Copy], code: Ints, counted: Bools) -> Iterator[Dropped]:
    shared = {i for copy in copies if code[copy.first] != code[copy.second] for i in (copy.first, copy.second)}
    again = sorted(set(np.flatnonzero(~counted).tolist()) - shared)
    for reason, rows in (
        ("text that several groups print: shown, not compared", sorted(shared)),
        ("printed before by the same group", again),
    ):
        if rows:
            yield Dropped(reason, len(rows), tuple(corpus.ids[articles[i]] for i in rows[:EXAMPLES]))
