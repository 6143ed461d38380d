"""Which rows each step of a training sees; of the rows nothing is kept but their numbers."""

import random
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from framing.config import default_actors
from framing.seeds.actors import Catalogue
from framing.training.recipe import Recipe
from framing.training.rows import Row
from framing.training.swaps import pool_of, renamed, swapped

_POOL = 16


@dataclass(frozen=True, slots=True)
class Step:
    """The rows of one step.

    Attributes
    ----------
    number : from 1 on.
    epoch : the turn it belongs to, from 1 on; `ends_epoch` on its last step.
    """

    number: int
    epoch: int
    ends_epoch: bool
    places: Sequence[int]


class Steps:
    """The steps of a whole training, in as many turns as the most seen source has passes.

    `rows` may be any sequence, one that lies on disk too: a row is read when its step comes, besides two readings of
    every row a turn, for its source and its length.
    """

    def __init__(self, rows: Sequence[Row], recipe: Recipe):
        self._rows, self._recipe = rows, recipe
        self._passes = dict(recipe.passes)
        self._pool = pool_of(rows, Catalogue.load(default_actors())) if recipe.swaps else None
        self.n_epochs = ceil(max(self._passes.values(), default=0.0))
        self._counts = [len(self._chosen(turn)) for turn in range(self.n_epochs)]

    def __len__(self) -> int:
        return sum(self._n_steps(turn) for turn in range(self.n_epochs))

    def __iter__(self) -> Iterator[Step]:
        number = 0
        for turn in range(self.n_epochs):
            batches = shuffled_batches(self._chosen(turn), self._length, self._recipe.batch_size, self._state(turn))
            for at, places in enumerate(batches, 1):
                number += 1
                yield Step(number, turn + 1, at == self._n_steps(turn), places)

    def rows(self, step: Step) -> list[Row]:
        """The rows of a step, names swapped where they are to be."""
        return [self._augmented(place, step.epoch - 1) for place in step.places]

    def _n_steps(self, turn: int) -> int:
        return -(-self._counts[turn] // self._recipe.batch_size)

    def _state(self, turn: int) -> int:
        return self._recipe.random_state * 1000 + turn

    def _chosen(self, turn: int) -> "array[int]":
        generator = random.Random(self._state(turn))
        n_turns = self.n_epochs
        share = {source: n / n_turns if self._recipe.spread else n - turn for source, n in self._passes.items()}
        seen = (at for at, row in enumerate(self._rows) if generator.random() < share.get(row.source, 0.0))
        return array("q", seen)

    def _length(self, place: int) -> int:
        return len(self._rows[place].text)

    def _augmented(self, place: int, turn: int) -> Row:
        row = self._rows[place]
        if row.labels:  # of an axis: whom a sentence attacks may be part of what it was labelled for
            return row
        generator = random.Random(f"{self._state(turn)} {place}")
        if not (self._pool and (row.targets or row.names)) or generator.random() >= self._recipe.swaps:
            return row
        return (swapped if row.targets else renamed)(row, self._pool, generator)


def shuffled_batches(
    places: "array[int]", length: Callable[[int], int], size: int, random_state: int
) -> Iterator[Sequence[int]]:
    """Batches of rows of similar length, in random order: padding is most of the cost otherwise."""
    generator = random.Random(random_state)
    order = array("q", places)
    generator.shuffle(order)
    for start in range(0, len(order), _POOL * size):
        order[start : start + _POOL * size] = array("q", sorted(order[start : start + _POOL * size], key=length))
    starts = list(range(0, len(order), size))
    generator.shuffle(starts)
    yield from (order[start : start + size] for start in starts)
