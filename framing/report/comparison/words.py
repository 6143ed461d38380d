"""Distinctive terms with sentences, rates of lexicons, and the pages of stories."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from framing.axes import Axis
from framing.compare.result import ArticleRef, Comparison, Context, LexiconRate, Story, StoryMember, Term
from framing.report import phrases
from framing.report.comparison.amounts import amount, rate
from framing.report.comparison.dots import Rows
from framing.report.comparison.library import Library, Shown, split

TERMS = 12
FEW_GROUPS = 8
STORIES = 30


@dataclass(frozen=True, slots=True)
class InContext:
    """A sentence with the term marked, and the article it stands in."""

    pieces: list[tuple[str, bool]]
    article: Shown


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of one group: how often there, and elsewhere."""

    anchor: str
    term: str
    here: str
    elsewhere: str
    n: str
    contexts: list[InContext]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """The distinctive terms of one group."""

    group: str
    key: int
    rows: list[TermRow]


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """Rates of a lexicon: a cell a group, or where there are many groups, the two ends."""

    lexicon: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class LexiconTable:
    """Rates of lexicons per 1000 words of the journalists' text."""

    columns: list[str]
    rows: list[LexiconRow]


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, and its value on each axis."""

    group: str
    key: int
    date: str
    article: Shown
    values: list[str]
    note: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One event: who tells it how, and who does not."""

    title: str
    dates: str
    n_groups: int
    members: list[Member]
    missing: str


def term_groups(found: Comparison, rows: Rows) -> list[TermGroup]:
    """The terms of each group, the most distinctive first."""
    few = len(found.groups) <= FEW_GROUPS
    most, contexts = (TERMS, 3) if few else (TERMS // 2, 1)
    groups: dict[str, list[Term]] = {}
    for one in sorted(found.terms, key=lambda term: -term.z):
        groups.setdefault(one.group, []).append(one)
    return [
        TermGroup(phrases.tidy(name), rows.keys.get(name, 0), [_term(one, rows, contexts) for one in terms[:most]])
        for name in (group.name for group in found.groups)
        if (terms := groups.get(name, []))
    ]


def lexicon_table(found: Comparison) -> LexiconTable:
    """Rates of each lexicon by group."""
    names = [group.name for group in found.groups]
    lexicons: dict[str, dict[str, LexiconRate]] = {}
    for one in found.lexicons:
        lexicons.setdefault(one.lexicon, {})[one.group] = one
    if len(names) <= FEW_GROUPS:
        rows = [LexiconRow(phrases.label(key), _rates(by, names)) for key, by in lexicons.items()]
        return LexiconTable([phrases.tidy(name) for name in names], rows)
    rows = [LexiconRow(phrases.label(key), _ends(list(by.values()))) for key, by in lexicons.items()]
    return LexiconTable(["most", "least"], rows)


def story_pages(found: Comparison, axes: Sequence[Axis], rows: Rows) -> list[StoryPage]:
    """The stories that most groups share."""
    return [_story(one, axes, rows) for one in shared_stories(found)[:STORIES]]


def n_stories(found: Comparison) -> int:
    """How many stories several groups share."""
    return len(shared_stories(found))


def shared_stories(found: Comparison) -> list[Story]:
    """The stories, those that most groups share first."""
    return sorted(found.stories, key=lambda one: -len({member.article.group for member in one.members}))


def _term(one: Term, rows: Rows, contexts: int) -> TermRow:
    return TermRow(
        anchor=rows.anchor(one.ref),
        term=phrases.tidy(one.term),
        here=rate(one.rate_per_1000),
        elsewhere=rate(one.rate_elsewhere),
        n=f"{one.n:,} in {phrases.count(one.n_articles, 'article')}",
        contexts=[_in_context(context, rows.library) for context in one.contexts[:contexts]],
    )


def _in_context(one: Context, library: Library) -> InContext:
    return InContext(split(one.sentence, one.start, one.stop), library.plain(one.article))


def _rates(by: dict[str, LexiconRate], names: Sequence[str]) -> list[str]:
    return [_rate(by[name]) if name in by else "–" for name in names]


def _rate(one: LexiconRate) -> str:
    figure = one.rate_per_1000
    bounds = "" if figure.low is None or figure.high is None else f" ({figure.low:.1f}–{figure.high:.1f})"
    return f"{figure.value:.1f}{bounds}"


def _ends(found: Sequence[LexiconRate]) -> list[str]:
    ranked = sorted(found, key=lambda one: -one.rate_per_1000.value)
    return [f"{phrases.tidy(one.group)} {_rate(one)}" for one in (ranked[0], ranked[-1])]


def _story(one: Story, axes: Sequence[Axis], rows: Rows) -> StoryPage:
    dates = " to ".join(dict.fromkeys(day[:10] for day in (one.first_date, one.last_date) if day))
    missing = [phrases.tidy(name) for name in one.missing]
    more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
    return StoryPage(
        title=phrases.excerpt(one.title, 160),
        dates=dates or "no date",
        n_groups=len({member.article.group for member in one.members}),
        members=list(_members(one.members, axes, rows)),
        missing=", ".join(missing[:12]) + more,
    )


def _members(members: Sequence[StoryMember], axes: Sequence[Axis], rows: Rows) -> Iterator[Member]:
    for one in members[:20]:
        yield Member(
            group=phrases.tidy(one.article.group),
            key=rows.keys.get(one.article.group, 0),
            date=(one.date or "")[:10],
            article=rows.library.plain(one.article),
            values=[amount(one.values.get(axis.name), axis) for axis in axes],
            note=_copied(one, members),
        )


def _copied(one: StoryMember, members: Sequence[StoryMember]) -> str:
    if one.copied < 0.005:
        return ""
    source: ArticleRef | None = next((other.article for other in members if other.article.id == one.copy_of), None)
    of = f" with {phrases.tidy(source.group)}" if source else ""
    return f"{phrases.percent(one.copied)} of its text shared{of}"
