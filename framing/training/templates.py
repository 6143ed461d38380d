"""Own sentences with any name in them: what is said decides the stance, and who it is said of does not."""

import random
from collections.abc import Iterator, Mapping, Sequence

from framing.audit.material import SwapSentence, SwapSet, load_sentences, load_sets
from framing.audit.slots import Filled, SwapName, fill
from framing.config import shipped
from framing.training.rows import Row, Target

SOURCE = "templates"
ANY = "any"
_ONE_HOT = {-1: (1.0, 0.0, 0.0), 0: (0.0, 1.0, 0.0), 1: (0.0, 0.0, 1.0)}


def template_rows(n_fillings: int, random_state: int) -> Iterator[Row]:
    """Each sentence of `data/training` `n_fillings` times, with names drawn anew; a row a filled sentence."""
    folder = shipped("data", "training")
    sets = _with_any(load_sets(folder / "names.toml"))
    names = {one.name: one.names for one in sets}
    generator = random.Random(random_state)
    for sentence in load_sentences(folder / "stance.toml", sets):
        for index in range(n_fillings):
            yield _filled(sentence, names[sentence.set], f"{SOURCE}-{sentence.id}-{index}", generator)


def _with_any(sets: Sequence[SwapSet]) -> tuple[SwapSet, ...]:
    """The sets and their union, in which each of them is as likely as the others."""
    return (*sets, SwapSet(ANY, ANY, tuple(name for one in sets for name in one.names)))


def _filled(sentence: SwapSentence, names: Sequence[SwapName], row_id: str, generator: random.Random) -> Row:
    chosen = generator.sample(names, len(sentence.stances))
    filled = fill(sentence.form, dict(zip(sentence.stances, chosen, strict=True)))
    return Row(row_id, filled.text, sentence.id, SOURCE, {}, targets=_targets(filled, sentence.stances))


def _targets(filled: Filled, stances: Mapping[str, int]) -> tuple[Target, ...]:
    return tuple(Target(span, _ONE_HOT[stances[slot]]) for slot, spans in filled.spans.items() for span in spans)
