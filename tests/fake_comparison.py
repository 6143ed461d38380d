"""Comparisons built by rule, of any number of groups, for tests of what shows them."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from fakes import LEANING, LOADED, OPINION

from framing.axes import Axis
from framing.compare.options import REST, Options
from framing.compare.result import (
    ActorGroup,
    ArticleRef,
    Comparison,
    Context,
    Contrast,
    DataCard,
    Difference,
    Dropped,
    Figure,
    Group,
    GroupMean,
    Label,
    LexiconRate,
    Methods,
    Overlap,
    Point,
    Reason,
    Series,
    Spelling,
    Statement,
    Story,
    StoryMember,
    Term,
    Unknown,
    Verdict,
)
from framing.scores import BundleName

ALL_AXES: Mapping[str, Axis] = {"loaded": LOADED, "opinion": OPINION, "leaning": LEANING}
NAMES = ("Harbour Post", "Alderwick Courier", "Orla Echo", "The Standard-Bearer of the Valley", "משה חדשות")
VERDICTS = (Verdict.HIGHER, Verdict.LOWER, Verdict.EQUIVALENT, Verdict.UNDECIDED, Verdict.TOO_LITTLE)
N = 40


def group_names(n: int) -> list[str]:
    return [NAMES[index] if index < len(NAMES) else f"Paper {index + 1}" for index in range(n)]


def comparison(n_groups: int = 4, axes: Mapping[str, Axis] = ALL_AXES, hostile: str = "") -> Comparison:
    """A comparison of `n_groups` groups; `hostile` stands in front of every text that an article could have."""
    draw = random.Random(n_groups)
    names = [hostile + name for name in group_names(n_groups)]
    means = tuple(_mean(draw, name, axis, index) for axis in axes.values() for index, name in enumerate(names))
    contrasts = tuple(_contrasts(draw, names, axes))
    first = next(one for one in contrasts if one.verdict is Verdict.HIGHER)
    return Comparison(
        corpus="scores.parquet",
        bundle=BundleName("default", "1.0.0", "0" * 64),
        options=Options(),
        axes=axes,
        answers=(
            Statement(f"{first.first} words its reports in a more loaded way than {first.second}.", (first.ref,)),
            Statement(f"{names[0]} has the highest mean.", (means[0].ref, "mean|nothing|there")),
        ),
        unknowns=(
            Unknown(f"Whether {names[1]} differs from the others in opinion.", Reason.WIDE, (contrasts[-1].ref,), 3),
            Unknown("Anything about two outlets with three articles.", Reason.TOO_FEW, ()),
        ),
        card=_card(names),
        groups=tuple(Group(name, N, 21_000, 30, 12, 2, True, "2026-01-01", "2026-03-01") for name in names),
        means=means,
        contrasts=contrasts,
        actors=tuple(_actors(draw, names, hostile)),
        terms=tuple(_terms(names, hostile)),
        lexicons=tuple(
            LexiconRate(name, lexicon, 40, _figure(draw, 1.9, 0.4))
            for lexicon in ("loaded", "hedges")
            for name in names
        ),
        stories=tuple(_story(number, names, hostile) for number in range(3)),
        series=tuple(_series(draw, name, axis) for axis in axes.values() for name in names),
        methods=Methods("Articles were scored with framing.", ("Monroe et al. (2008). Fightin' Words.",)),
        seconds={"all": 1.5},
    )


def reference(index: int, group: str, title: str = "Council guts river park") -> ArticleRef:
    return ArticleRef(index, f"{index}.txt", title, group, 0.31)


def _figure(draw: random.Random, value: float, half: float) -> Figure:
    return Figure(value, value - half * draw.uniform(0.7, 1.3), value + half * draw.uniform(0.7, 1.3), N, N - 5)


def _mean(draw: random.Random, name: str, axis: Axis, index: int) -> GroupMean:
    if index == 3:
        return GroupMean(name, axis.name, None, None, None, None, None, None, (), ())
    low, high = axis.range
    value = low + (high - low) * draw.uniform(0.1, 0.35)
    examples = (reference(0, name), reference(1, name, "A second article"))
    values = tuple(draw.uniform(low, high) for _ in range(N))
    return GroupMean(
        name, axis.name, _figure(draw, value, 0.02), value, 0.1, value - 0.06, value + 0.08, 0.03, examples, values
    )


def _contrasts(draw: random.Random, names: Sequence[str], axes: Mapping[str, Axis]) -> Iterator[Contrast]:
    pairs = list(combinations(names, 2)) if len(names) <= 12 else [(name, REST) for name in names]
    for axis in axes:
        for number, (first, second) in enumerate(pairs):
            yield _contrast(draw, axis, first, second, VERDICTS[number % len(VERDICTS)])
    yield _contrast(draw, "stance", *pairs[0], Verdict.LOWER, "person:tennick")


def _contrast(
    draw: random.Random, axis: str, first: str, second: str, verdict: Verdict, actor: str | None = None
) -> Contrast:
    sign = {Verdict.HIGHER: 1, Verdict.LOWER: -1}.get(verdict, 0)
    value = 0.06 * sign + draw.uniform(-0.01, 0.01)
    nothing = verdict is Verdict.TOO_LITTLE
    return Contrast(
        axis=axis,
        first=first,
        second=second,
        raw=None if nothing else _difference(value),
        standardised=None if nothing else _difference(value * 0.8),
        within_story=_difference(-value * 0.3) if verdict is Verdict.HIGHER else None,
        hedges_g=None if nothing else value * 8,
        cliffs_delta=None if nothing else value * 4,
        q=None if nothing else (0.001 if sign else 0.4),
        q_equivalence=None,
        margin=0.05,
        verdict=verdict,
        n_needed=340 if verdict is Verdict.UNDECIDED else None,
        disagree=verdict is Verdict.HIGHER,
        why="within stories the sign turns" if verdict is Verdict.HIGHER else "",
        actor=actor,
        actor_name="Ruth Tennick" if actor else None,
    )


def _difference(value: float) -> Difference:
    return Difference(value, value - 0.02, value + 0.02, value - 0.025, value + 0.025, 0.01, N, N, 50)


def _card(names: Sequence[str]) -> DataCard:
    return DataCard(
        n_in=len(names) * N + 7,
        n_used=len(names) * N,
        dropped=(
            Dropped("not in English", 4, ("fr.txt", "de.txt")),
            Dropped("could not be scored", 3, ("empty.txt: no text; give an article",)),
        ),
        n_stories=90,
        n_shared_stories=12,
        stories_from="found from titles, leads, actors and dates",
        topics_from="column 'topic'",
        overlaps=tuple(Overlap(a, b, 6) for a, b in combinations(names[:12], 2)),
        n_undated=5,
        first_date="2026-01-01",
        last_date="2026-03-01",
        languages={"en": len(names) * N, "fr": 4},
        spellings=(Spelling(("Harbour Post", "Harbor Post"), "Harbour Post"),),
        too_few=(names[-1],),
        warnings=("5 articles have no date: they are not in the section on time",),
    )


def _actors(draw: random.Random, names: Sequence[str], hostile: str) -> Iterator[ActorGroup]:
    for actor, name, kind in (("person:tennick", "Ruth Tennick", "person"), ("alderwick", "Alderwick", "agency")):
        for index, group in enumerate(names):
            label = Label("embattled", 4, 3, f"{hostile}The embattled mayor said nothing.", reference(0, group))
            yield ActorGroup(
                actor=actor,
                name=hostile + name,
                kind=kind,
                known=False,
                group=group,
                narrated=_figure(draw, draw.uniform(-0.6, 0.3), 0.1) if index != 3 else None,
                quoted=_figure(draw, draw.uniform(-0.6, 0.3), 0.1) if index % 2 else None,
                share_of_voice=_figure(draw, 0.2, 0.05),
                n_articles=12,
                n_mentions=40,
                labels=(label,),
                examples=(reference(0, group),),
            )


def _terms(names: Sequence[str], hostile: str) -> Iterator[Term]:
    sentence = f"{hostile}The council slaughtered a century of green."
    place = sentence.index("slaughtered")
    for name in names:
        for rank in range(6):
            contexts = (Context(sentence, place, place + len("slaughtered"), reference(0, name)),)
            yield Term(name, f"{hostile}slaughtered {rank}", 6.0 - rank, 1.2, 0.001, 12, 9, 1.4, 0.2, contexts)


def _story(number: int, names: Sequence[str], hostile: str) -> Story:
    members = tuple(
        StoryMember(
            reference(index % 2, name),
            "2026-03-11",
            {"loaded": 0.2 + 0.1 * (index % 4), "opinion": None, "leaning": -0.2},
            0.7 if index == 1 else 0.0,
            "0.txt" if index == 1 else None,
        )
        for index, name in enumerate(names[:3])
    )
    return Story(f"s{number}", f"{hostile}A park is felled", "2026-03-11", "2026-03-12", members, tuple(names[3:]))


def _series(draw: random.Random, name: str, axis: Axis) -> Series:
    low, high = axis.range
    points = []
    for day in range(1, 29, 3):
        value = low + (high - low) * draw.uniform(0.1, 0.3)
        points.append(Point(f"2026-02-{day:02d}", value, value - 0.04, value + 0.04, 9))
    return Series(name, axis.name, 30, tuple(points))
