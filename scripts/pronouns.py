"""How often he and she lead to the right person: on GAP, and on news with the gender of the names hidden.

    python scripts/pronouns.py DATA/pronouns.parquet                     figures on the rows kept for measuring
    python scripts/pronouns.py DATA/pronouns.parquet --split train --folds 5
    python scripts/pronouns.py DATA/pronouns.parquet --fit --news DATA/article_bias.parquet

GAP (Webster et al., TACL 2018) gives a passage, a pronoun, and two names A and B, of which it stands for one or for
neither. The system gets the passage, A and B as mentions of two persons, and the other names as a simple rule finds
them (capitalised words, grouped by name); it does not get the page's address or title. "Two" takes whichever of A and
B is likelier, as the published baselines do; "all" answers with the likeliest of all candidates, nobody included.

The fit writes the weights into the package. It learns from GAP's rows for training and, with a smaller weight, from
news: where everyone in sight is known to be a man or a woman and there are both, the pronoun's gender shows whom it
stands for; the model must tell without it.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from framing.actors import pronoun_weights
from framing.actors.gender import beside, of_actors, of_name
from framing.actors.mention import Actor, Mention
from framing.actors.pronoun_choice import GENDERS, Choice, Memory
from framing.actors.pronoun_phrases import Sort
from framing.actors.pronoun_readings import Page, pages
from framing.actors.pronoun_words import PRONOUNS
from framing.actors.pronouns import THRESHOLD, choices
from framing.article import Article, Document, Paragraph, Sentence, Span, Stretch, Voice
from framing.errors import InputError
from framing.seeds.actors import Catalogue
from framing.text import article_of
from framing.text.sentences import split
from framing.text.verbs import DAYS, ORGANISATION, PLACE_OPENERS, TITLES
from framing.text.verbs import PRONOUNS as SUBJECTS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAME = re.compile(
    r"[A-Z][\w*]*(?:[-.'’]?[A-Z*][\w*]*|-\w+)*\.?"
    r"(?:\s(?:(?:de|del|della|der|van|von|bin|al|la|le|da|dos|du|ibn|el)\s){0,2}[A-Z][\w*]*(?:[-.'’]?[A-Z*][\w*]*|-\w+)*)*"
)
NO_NAMES = (
    _words(
        "the a an in on at and but or so for from to by as if when while after before since although though because "
        "there here this that these those his her its their our my your what who why how where which however "
        "meanwhile still yet not no one some many most all both each every last earlier later now then also another "
        "according despite during with without under over until once only even instead among between i i’m upon "
        "through originally eventually soon former including like unlike whether himself herself him yes oh well god "
        "american british english french german mr mrs ms"
    )
    | SUBJECTS
    | DAYS
)
NOT_BEFORE_PERSONS = _words("in at near the across from on")
NEWS_WEIGHT = 0.3
NEWS_ARTICLES = 2500
NEWS_HELD_OUT = 800
PENALTY = 3.0
ROUNDS = 2
RARE = 3
SMALL = 0.05
Row = tuple[list[list[str]], set[int], float]


@dataclass
class Case:
    """A text with its persons, and of a passage of GAP where its pronoun stands and whom it stands for."""

    article: Article
    actors: dict[str, Actor]
    mentions: list[Mention]
    pronoun: int = -1
    answer: str | None = None
    female: bool = False
    pages: list[Page] = field(default_factory=list)
    persons: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages = list(pages(self.article, self.actors, self.mentions))
        self.persons = of_actors(self.article.text, self.actors, self.mentions, Catalogue({}))

    def memory(self, weights: dict[str, float]) -> Memory:
        titled = frozenset(mention.actor for mention in self.mentions if mention.sentence < 0)
        return Memory(self.persons, weights, titled)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("passages", type=Path)
    parser.add_argument("--split", choices=("train", "dev"), default="dev")
    parser.add_argument("--folds", type=int, default=0, help="fit on the other folds of the split, and measure on each")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--news", type=Path)
    options = parser.parse_args()
    if options.fit:
        write(fit(gap(options.passages, "train"), news_cases(options.news)))
    elif options.folds:
        measure_folds(gap(options.passages, options.split), options.folds, news_cases(options.news))
    else:
        measure(gap(options.passages, options.split), pronoun_weights.WEIGHTS)
        if options.news:
            measure_blind(news_cases(options.news, held_out=True), pronoun_weights.WEIGHTS)


def gap(path: Path, split: str) -> list[Case]:
    rows = parquet.read_table(path).to_pylist()
    return [passage(row) for row in rows if row["split"] == split]


def passage(row: dict) -> Case:
    text = row["Text"]
    article = read_passage(Document(row["ID"], text), row["Pronoun-offset"])
    given = {name: Span(row[f"{name}-offset"], row[f"{name}-offset"] + len(row[name])) for name in "AB"}
    others = [span for span in names(text, 0, len(text)) if not any(map(span.overlaps, given.values()))]
    actors, mentions = grouped(article, given, others)
    answer = "A" if row["A-coref"] else "B" if row["B-coref"] else None
    return Case(article, actors, mentions, row["Pronoun-offset"], answer, PRONOUNS[row["Pronoun"].lower()] == "she")


def read_passage(document: Document, pronoun: int) -> Article:
    """The passage as an article; all of it is prose where the cleaning takes the pronoun for a web page's furniture."""
    try:
        article = article_of(document, force=True)
        if any(sentence.span.start <= pronoun < sentence.span.stop for sentence in article.sentences):
            return article
    except InputError:
        pass
    spans = split(document.text, Paragraph(Span(0, len(document.text))))
    return Article(document, None, tuple(Sentence(span, (Stretch(span, Voice.JOURNALIST),)) for span in spans))


def names(text: str, start: int, stop: int) -> Iterator[Span]:
    """Runs of capitalised words, without titles and the function words that open a sentence."""
    for match in NAME.finditer(text, start, stop):
        words, begin = match[0].split(" "), match.start()
        titles = [at for at, word in enumerate(words[:-1]) if word.lower() in TITLES]
        first = titles[-1] + 1 if titles else 0
        while first < len(words) and words[first].lower().rstrip(".") in NO_NAMES:
            first += 1
        begin += sum(len(word) + 1 for word in words[:first])
        words = words[first:]
        name = " ".join(words).rstrip(".")
        if len(name) > 1:
            yield Span(begin, begin + len(name))


def grouped(article: Article, given: dict[str, Span], others: Iterable[Span]) -> tuple[dict[str, Actor], list[Mention]]:
    """Actors and mentions: a name of one word joins a longer one that begins or ends with it."""
    text = article.text
    spans = {span: name for name, span in given.items()}
    known = [(span.of(text).split(), actor) for span, actor in spans.items()]
    for span in sorted(others, key=lambda one: -len(one.of(text).split())):
        words = span.of(text).split()
        actor = next((actor for other, actor in known if same(words, other)), " ".join(words))
        spans[span] = actor
        known.append((words, actor))
    by_actor: dict[str, list[Span]] = {}
    for span, actor in spans.items():
        by_actor.setdefault(actor, []).append(span)
    actors = {
        id: Actor(id, longest(text, own), "person" if id in given or is_person(text, own) else "other")
        for id, own in by_actor.items()
    }
    return actors, sorted(mentions(article, spans), key=lambda one: one.span)


def same(left: Sequence[str], right: Sequence[str]) -> bool:
    if len(left) == 1 or len(right) == 1:
        short, long = sorted((left, right), key=len)
        return short[0] in (long[0], long[-1])
    return left[0] == right[0] and left[-1] == right[-1]


def longest(text: str, spans: Iterable[Span]) -> str:
    return max((span.of(text) for span in spans), key=lambda name: len(name.split()))


def is_person(text: str, spans: Sequence[Span]) -> bool:
    words = longest(text, spans).lower().split()
    if of_name(" ".join(words)) or any(beside(text, span.start, span.stop) for span in spans):
        return True
    if words[0] in PLACE_OPENERS or any(word in ORGANISATION for word in words):
        return False
    before = {(text[max(0, span.start - 12) : span.start].split() or [""])[-1] for span in spans}
    return len(words) in (2, 3) and not before & NOT_BEFORE_PERSONS


def mentions(article: Article, spans: dict[Span, str]) -> Iterator[Mention]:
    for span, actor in spans.items():
        for number, sentence in enumerate(article.sentences):
            if sentence.span.contains(span):
                yield Mention(actor, span, number, Voice.JOURNALIST)


def news_cases(path: Path | None, held_out: bool = False) -> list[Case]:
    """A sample of news for the fit; with `held_out` other articles, for measuring."""
    if path is None:
        return []
    table = parquet.read_table(path, columns=["title", "text"])
    order = random.Random(2026).sample(range(table.num_rows), NEWS_ARTICLES + NEWS_HELD_OUT)
    found = []
    for index in order[NEWS_ARTICLES:] if held_out else order[:NEWS_ARTICLES]:
        row = table.slice(index, 1).to_pylist()[0]
        try:
            article = article_of(Document(str(index), f"{row['title']}\n\n{row['text']}", has_title=True))
        except InputError:
            continue
        spans = [span for one in article.sentences for span in names(article.text, one.span.start, one.span.stop)]
        found.append(Case(article, *grouped(article, {}, spans)))
    return found


def chosen(case: Case, weights: dict[str, float]) -> Choice | None:
    memory = case.memory(weights)
    for page in case.pages:
        for choice in choices(page, memory):
            if choice.pronoun.start == case.pronoun:
                return choice
    return None


def gap_rows(cases: Iterable[Case], weights: dict[str, float]) -> Iterator[Row]:
    """Features of all candidates, the places of those that are right, and the row's weight."""
    for case in cases:
        choice = chosen(case, weights)
        if choice is None:
            continue
        actors = [one.actor for one in choice.candidates]
        if case.answer is None:
            yield choice.features, {at for at, actor in enumerate([*actors, None]) if actor not in ("A", "B")}, 1.0
        elif case.answer in actors:
            yield choice.features, {actors.index(case.answer)}, 1.0


def blind_rows(cases: Iterable[Case], weights: dict[str, float]) -> Iterator[tuple[Row, str]]:
    """Rows of news in which the gender is hidden, each with the gender."""
    for case in cases:
        memory = case.memory(weights)
        for page in case.pages:
            for quotation, actor in page.speakers:
                memory.speaks(actor, quotation, page.reading.number)
            for phrase in page.reading.phrases:
                if phrase.sort is not Sort.PRONOUN:
                    memory.read(phrase)
                elif PRONOUNS[phrase.who] in GENDERS:
                    gender = GENDERS[PRONOUNS[phrase.who]]
                    row = blind(memory.choose(phrase, page.reading, None), gender)
                    if row is not None:
                        yield row, gender
                    memory.settle(memory.choose(phrase, page.reading, gender))


def blind(choice: Choice, gender: str) -> Row | None:
    """The row of a pronoun among men and women; where only an unnamed person fits, that one is right."""
    kept = [at for at, one in enumerate(choice.candidates) if one.actor or one.gender in (None, gender)]
    found = [choice.candidates[at] for at in kept]
    genders = {one.gender for one in found if one.actor}
    fitting = {at for at, one in enumerate(found) if one.gender == gender}
    if None in genders or genders <= {gender} or not fitting:
        return None
    if gender not in genders:
        fitting |= {at for at, one in enumerate(found) if one.actor is None}
    names = [["gender open" if name == "gender told" else name for name in choice.features[at]] for at in kept]
    return [*names, choice.features[-1]], fitting, NEWS_WEIGHT


def fit(cases: Sequence[Case], news: Sequence[Case]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for _ in range(ROUNDS):
        rows = list(gap_rows(cases, weights))
        blinded = list(blind_rows(news, weights))
        shares = {gender: sum(one == gender for _, one in blinded) / len(blinded) for gender in "mf"} if blinded else {}
        # Men are named more often in news; without this the model would learn to prefer whoever is named more.
        rows += [(names, right, weight * 0.5 / shares[gender]) for (names, right, weight), gender in blinded]
        weights = softmax_fit(rows)
    return weights


def softmax_fit(rows: Sequence[Row]) -> dict[str, float]:
    """Weights under which the right candidates of each row are likeliest together, with a Gaussian prior."""
    counts: dict[str, int] = {}
    for names, _, _ in rows:
        for name in {name for one in names for name in one}:
            counts[name] = counts.get(name, 0) + 1
    column = {name: at for at, name in enumerate(sorted(name for name, n in counts.items() if n >= RARE))}
    cells, right, sizes = [], [], []
    for names, places, _ in rows:
        sizes.append(len(names))
        for at, one in enumerate(names):
            cells += [(len(right), column[name]) for name in one if name in column]
            right.append(at in places)
    at_row, at_column = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (at_row, at_column)), shape=(len(right), len(column)))
    starts, owner = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    importance, hit = np.array([weight for _, _, weight in rows]), np.array(right, dtype=float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        total = np.add.reduceat(odds, starts)
        good = np.maximum(np.add.reduceat(odds * hit, starts), 1e-12)
        slope = importance[owner] * (odds / total[owner] - odds * hit / good[owner])
        value = importance @ (np.log(total) - np.log(good)) + 0.5 * PENALTY * weights @ weights
        return value, matrix.T @ slope + PENALTY * weights

    found = minimize(loss, np.zeros(len(column)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {name: float(found[at]) for name, at in column.items()}


def measure_folds(cases: list[Case], folds: int, news: Sequence[Case]) -> None:
    random.Random(0).shuffle(cases)
    answers = []
    for fold in range(folds):
        weights = fit([case for at, case in enumerate(cases) if at % folds != fold], news)
        answers += [(case, chosen(case, weights)) for case in cases[fold::folds]]
    report(answers)


def measure(cases: Iterable[Case], weights: dict[str, float]) -> None:
    report([(case, chosen(case, weights)) for case in cases])


def measure_blind(cases: Iterable[Case], weights: dict[str, float]) -> None:
    """How often the likeliest actor has the gender that the pronoun shows, the model not seeing it."""
    hits: dict[str, list[bool]] = {"m": [], "f": []}
    for (names, right, _), gender in blind_rows(cases, weights):
        scores = [sum(weights.get(name, 0.0) for name in one) for one in names[:-1]]
        hits[gender].append(int(np.argmax(scores)) in right)
    both = hits["m"] + hits["f"]
    print(f"\nnews, gender hidden: {np.mean(both):.3f} of {len(both)} right", end="")
    print(f" (he {np.mean(hits['m']):.3f}, she {np.mean(hits['f']):.3f})")


def report(answers: Sequence[tuple[Case, Choice | None]]) -> None:
    print(f"{len(answers)} passages, {sum(choice is None for _, choice in answers)} with a pronoun that was not read")
    print("\n| answer | P | R | F1 | F1 male | F1 female | bias |\n|---|---|---|---|---|---|---|")
    for name, answer in (("two", likelier), ("all", likeliest)):
        given = [(case, answer(choice)[0]) for case, choice in answers]
        p, r, f = figures(given)
        male, female = (figures([(c, a) for c, a in given if c.female is sex])[2] for sex in (False, True))
        print(f"| {name} | {p:.3f} | {r:.3f} | {f:.3f} | {male:.3f} | {female:.3f} | {female / male:.2f} |")
    print("\n| threshold | answered | P | R |\n|---|---|---|---|")
    for threshold in sorted({0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, THRESHOLD}):
        given = [(c, a if probability >= threshold else None) for c, x in answers for a, probability in [likeliest(x)]]
        p, r, _ = figures(given)
        share = np.mean([answer is not None for _, answer in given])
        print(f"| {threshold} | {share:.3f} | {p:.3f} | {r:.3f} |")


def likelier(choice: Choice | None) -> tuple[str | None, float]:
    if choice is None:
        return None, 0.0
    pairs = zip(choice.candidates, choice.probabilities, strict=False)
    return max(
        ((one.actor, probability) for one, probability in pairs if one.actor in ("A", "B")),
        key=lambda pair: pair[1],
        default=(None, 0.0),
    )


def likeliest(choice: Choice | None) -> tuple[str | None, float]:
    if choice is None:
        return None, 0.0
    candidate, probability = choice.best
    return (candidate.actor if candidate is not None else None), probability


def figures(given: Iterable[tuple[Case, str | None]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the two questions of each passage: is it A, is it B?"""
    right = wrong = missed = 0
    for case, answer in given:
        right += answer is not None and answer == case.answer
        wrong += answer in ("A", "B") and answer != case.answer
        missed += case.answer is not None and answer != case.answer
    return right / max(1, right + wrong), right / max(1, right + missed), 2 * right / max(1, 2 * right + wrong + missed)


def write(weights: dict[str, float]) -> None:
    kept = sorted(name for name, weight in weights.items() if abs(weight) >= SMALL)
    print(f"{len(weights)} features, {len(kept)} kept", file=sys.stderr)
    lines = [""]
    for entry in (f"{name}={weights[name]:.2f}; " for name in kept):
        if len(lines[-1]) + len(entry) > 118:
            lines.append("")
        lines[-1] += entry
    body = "\n".join(line.rstrip() for line in lines)
    source = Path(pronoun_weights.__file__)
    source.write_text(f'"""{HEAD}"""\n\n_TABLE = """\n{body}\n"""\n{TAIL}', "utf-8")


HEAD = "Weights of the features in `pronoun_salience`, written by `scripts/pronouns.py --fit`; that file says how."
TAIL = """
WEIGHTS = {
    name: float(weight)
    for name, _, weight in (entry.strip().rpartition("=") for entry in _TABLE.replace("\\n", " ").split(";"))
    if name
}
"""

if __name__ == "__main__":
    main()
