"""Checks of a folder of lexicons, and the search for a word in them; returns data, prints nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from framing.article import Article, Document
from framing.errors import UsageError
from framing.features.folding import Line
from framing.features.markers import MarkerFinder, one_sentence, text_hits
from framing.features.names import QUOTE_MARKS
from framing.seeds import Example, Lexicon, Term, load_lexicon
from framing.seeds.lexicon import SCARE_QUOTE
from framing.seeds.load import lexicon_files

MIN_EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a lexicon: file, entry, and what to do about it."""

    file: str
    entry: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.message}"


@dataclass(frozen=True, slots=True)
class Found:
    """A lexicon that knows a word. `how` is "match", "part" of a term, "plain" alternative or "unless"."""

    lexicon: str
    term: str
    pos: str
    plain: str | None
    how: str


def check(folder: Path, axes: Collection[str] | None = None, min_examples: int = 0) -> list[Problem]:
    """Everything wrong in the lexicons of `folder`.

    Parameters
    ----------
    axes : if given, the only ones that signs may name.
    min_examples : how many examples a lexicon must have that match, and as many that must not; `MIN_EXAMPLES` for
        those shipped with framing.
    """
    problems, lexicons = _load_all(lexicon_files(folder))
    for lexicon in lexicons:
        problems += check_lexicon(lexicon, axes, min_examples)
    return problems + contradictions(lexicons)


def check_lexicon(lexicon: Lexicon, axes: Collection[str] | None = None, min_examples: int = 0) -> list[Problem]:
    """Everything wrong in one lexicon."""
    file = f"{lexicon.name}.toml"
    problems = [Problem(file, "signs", f"no axis {a!r}; use the name of one") for a in _unknown(lexicon, axes)]
    problems += _too_few(lexicon, file, min_examples)
    problems += [
        Problem(file, term.term, f"unless {phrase!r} does not contain the term; it can never apply")
        for term in lexicon.terms
        for phrase in term.unless
        if not _contains_term(phrase, term)
    ]
    finder = MarkerFinder((lexicon,))
    return problems + [p for example in lexicon.examples for p in _check_example(finder, lexicon, example, file)]


def contradictions(lexicons: Iterable[Lexicon]) -> list[Problem]:
    """Terms that two lexicons of one family push in opposite directions on one axis."""
    return [
        Problem(f"{one.name}.toml", term, f"{other.name}.toml has it with the opposite sign on {axis}; keep one")
        for one, other in combinations(lexicons, 2)
        if one.family == other.family
        for axis in sorted(a for a in one.signs if one.signs[a] == -other.signs.get(a, 0))
        for term in sorted({t.term for t in one.terms} & {t.term for t in other.terms})
    ]


def find(query: str, lexicons: Sequence[Lexicon]) -> tuple[Found, ...]:
    """The terms that match in `query`, then those that contain it, replace it, or do not count in it."""
    found = _matches(query, lexicons)
    word = f" {Line(query.strip()).folded} "
    for lexicon in lexicons:
        for term in lexicon.terms:
            how = _how(word, term)
            if how and not any(f.lexicon == lexicon.name and f.term == term.term for f in found):
                found.append(Found(lexicon.name, term.term, term.pos, term.plain, how))
    return tuple(found)


def _load_all(paths: Sequence[Path]) -> tuple[list[Problem], list[Lexicon]]:
    problems, lexicons = [], []
    for path in paths:
        try:
            lexicons.append(load_lexicon(path))
        except UsageError as error:
            file, _, rest = str(error).partition(": ")
            entry, colon, message = rest.partition(": ")
            problems.append(Problem(file, entry, message) if colon else Problem(path.name, "file", rest))
    return problems, lexicons


def _unknown(lexicon: Lexicon, axes: Collection[str] | None) -> list[str]:
    return [] if axes is None else sorted(lexicon.signs.keys() - set(axes))


def _too_few(lexicon: Lexicon, file: str, wanted: int) -> list[Problem]:
    n_match = sum(bool(example.match) for example in lexicon.examples)
    counts = (("that match", n_match), ("that must not match", len(lexicon.examples) - n_match))
    return [
        Problem(file, "examples", f"{n} {what}, at least {wanted} wanted; add some") for what, n in counts if n < wanted
    ]


def _check_example(finder: MarkerFinder, lexicon: Lexicon, example: Example, file: str) -> list[Problem]:
    article = _voiced(example.text) if lexicon.kind == SCARE_QUOTE else one_sentence(example.text)
    hits = text_hits(finder.find(article), article.text)
    found = [hit.text.strip(QUOTE_MARKS) for hit in hits]
    wanted = [text.strip(QUOTE_MARKS) for text in example.match]
    if found == wanted:
        return []
    return [Problem(file, f"example {example.text!r}", f"found {found}, match says {wanted}; correct one of them")]


def _voiced(text: str) -> Article:
    # Imported here: only scare quotes need the voice stage.
    from framing.text import article_of

    article: Article = article_of(Document("example", text))
    return article


def _contains_term(phrase: str, term: Term) -> bool:
    only = Lexicon("x", "x", "wording", "terms", "x", "x", "x", terms=(Term(term.term, term.pos, forms=term.forms),))
    return bool(MarkerFinder((only,)).find_in_text(phrase))


def _matches(query: str, lexicons: Sequence[Lexicon]) -> list[Found]:
    terms = {(lexicon.name, term.term): term for lexicon in lexicons for term in reversed(lexicon.terms)}
    hits = dict.fromkeys((hit.lexicon, hit.term) for hit in MarkerFinder(lexicons).find_in_text(query))
    found = ((name, terms[name, term]) for name, term in hits if (name, term) in terms)
    return [Found(name, term.term, term.pos, term.plain, "match") for name, term in found]


def _how(word: str, term: Term) -> str | None:
    if word in f" {Line(term.term).folded} ":
        return "part"
    if term.plain is not None and word in f" {Line(term.plain).folded} ":
        return "plain"
    return "unless" if any(word in f" {Line(phrase).folded} " for phrase in term.blockers) else None
