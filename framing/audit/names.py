"""Bare names: in a sentence that says nothing of an actor, no actor may have a stance."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from framing.audit.outcome import STRONG, BareName, BareNames
from framing.audit.reading import slot_stances
from framing.audit.slots import ARTICLE, SwapName, fill
from framing.audit.statistics import mean, share
from framing.scorer import Scorer
from framing.seeds.actors import Catalogue, KnownActor
from framing.seeds.known import PEOPLE, PERSON
from framing.text.dates import words
from framing.types import Floats

TOP = 20
# None of the sentences with which training teaches that a name is no stance (framing/training/neutral.py).
FRAMES = (
    "{A} spoke on Tuesday.",
    "{A} {A:is|are} in the news.",
    "The next item is about {A}.",
    "Here is what we know about {A}.",
    "It was a day like any other for {A}.",
    "{A} came up in the conversation.",
    "More about {A} after the break.",
    "{A} met {B}.",
    "{B} met {A}.",
)
_OF = re.compile(r" (?:of|for|to) ")
_PLURAL = (PEOPLE,)
_PLURAL_WORDS = ("forces", "troops", "soldiers", "guards", "authorities", "officials", "police")
_HEADS = words(
    "agency alliance army assembly association authority brigade brotherhood bureau cabinet church coalition command",
    "commission committee company conference congress corps council court department emirates federation forces",
    "foundation front fund government guard guards institute islands kingdom league maldives military ministry mission",
    "movement nations netherlands office organisation organization parliament party philippines police programme",
    "republic secretariat senate service states synod union vatican",
)


def audit(scorer: Scorer, catalogue: Catalogue) -> BareNames | None:
    """Every actor of the catalogue in every frame; null where it has none."""
    actors = list(catalogue.actors.values())
    if not actors:
        return None
    names = [written(actor) for actor in actors]
    # Half the catalogue away, so that a state does not meet its own government.
    others = [names[(index + len(names) // 2) % len(names)] for index in range(len(names))]
    met = list(zip(names, others, strict=True))
    columns = [slot_stances(scorer, [fill(frame, {"A": a, "B": b}) for a, b in met]) for frame in FRAMES]
    return _result(actors, np.concatenate(columns, axis=1))


def written(actor: KnownActor) -> SwapName:
    """An actor's name as running text has it, with its article and its number."""
    last = actor.name.split()[-1].lower()
    plural = actor.kind in _PLURAL or last in _PLURAL_WORDS
    return SwapName(f"{ARTICLE if _takes_article(actor) else ''}{actor.name}", plural=plural)


def _takes_article(actor: KnownActor) -> bool:
    if actor.kind == PERSON or actor.name.startswith(("The ", ARTICLE)):
        return False
    head = _OF.split(actor.name)[0].split()[-1]
    return head.lower() in _HEADS


def _result(actors: Sequence[KnownActor], stances: Floats) -> BareNames:
    size = np.abs(stances).mean(axis=1)
    of_kind: Mapping[str, list[int]] = {actor.kind: [] for actor in actors}
    for row, actor in enumerate(actors):
        of_kind[actor.kind].append(row)
    worst = np.argsort(-size, kind="stable")[:TOP]
    return BareNames(
        len(FRAMES),
        mean(size),
        share(int((size > STRONG).sum()), len(actors)),
        tuple((kind, mean(size[rows])) for kind, rows in of_kind.items()),
        tuple(zip(FRAMES, map(float, stances.mean(axis=0)), strict=True)),
        tuple(
            BareName(actors[i].id, actors[i].name, actors[i].kind, float(size[i]), float(stances[i].mean()))
            for i in worst
        ),
    )
