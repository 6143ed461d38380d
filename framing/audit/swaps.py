"""Names swapped in sentences: the stance must stay with the slot, and with it the axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from framing.audit.material import SwapSentence, SwapSet
from framing.audit.outcome import GOAL, AxisMove, ClassSwaps, Exchange, Lean, Swaps, Widest
from framing.audit.reading import probabilities, slot_stances
from framing.audit.slots import Filled, fill
from framing.audit.statistics import classes, mean, means, pair_differences, worst_pairs
from framing.scorer import Scorer
from framing.types import Bools, Floats

TOP_PAIRS = 10
TOP_SENTENCES = 10


@dataclass(frozen=True, slots=True)
class _Single:
    """The sentences with one slot of a set: stances and axes, each of shape (n_sentences, n_names)."""

    names: SwapSet
    sentences: Sequence[SwapSentence]
    stances: Floats
    axes: dict[str, Floats]

    @property
    def right(self) -> Bools:
        """Whether the stance is of the labelled class, shape (n_sentences, n_names)."""
        labels = np.array([one.stances["A"] for one in self.sentences])
        return np.asarray(classes(self.stances) == labels[:, None])


@dataclass(frozen=True, slots=True)
class _Double:
    """The sentences with two slots of a set.

    `stances` has shape (n_sentences, n_pairs, 2 orders, 2 slots); in the second order the names are exchanged.
    """

    sentences: Sequence[SwapSentence]
    stances: Floats

    @property
    def moved(self) -> Floats:
        """How far the stance of a slot moves when the names are exchanged: the mean of each sentence."""
        return np.asarray(np.abs(self.stances[:, :, 0] - self.stances[:, :, 1]).mean(axis=(1, 2)))

    @property
    def follows(self) -> Floats:
        """Share of the fillings of each differently labelled sentence whose stances are in the labelled order."""
        labels = np.array([one.stances["A"] - one.stances["B"] for one in self.sentences])
        differ = labels != 0
        gaps = self.stances[differ, :, :, 0] - self.stances[differ, :, :, 1]
        return np.asarray((gaps * labels[differ, None, None] > 0).mean(axis=(1, 2)))


def audit(scorer: Scorer, sets: Sequence[SwapSet], sentences: Sequence[SwapSentence]) -> Swaps:
    """Every sentence with every name of its set, and every sentence with two slots with its names exchanged."""
    singles, doubles, found = [], [], []
    for one in sets:
        own = [sentence for sentence in sentences if sentence.set == one.name]
        single = _single(scorer, one, [sentence for sentence in own if len(sentence.stances) == 1])
        double = _double(scorer, one, [sentence for sentence in own if len(sentence.stances) == 2])
        singles += [single] if single else []
        doubles += [double] if double else []
        found += [_class(single, double)] if single else []
    moved = {axis: [pair_differences(one.axes[axis]) for one in singles] for axis in singles[0].axes}
    return Swaps(
        GOAL,
        mean(np.concatenate([pair_differences(one.stances) for one in singles])),
        mean(np.concatenate([one.right.mean(axis=1) for one in singles])),
        _exchange(doubles),
        tuple((axis, mean(np.concatenate(parts))) for axis, parts in moved.items()),
        tuple(found),
    )


def _single(scorer: Scorer, names: SwapSet, sentences: Sequence[SwapSentence]) -> _Single | None:
    if not sentences:
        return None
    filled = [fill(sentence.form, {"A": name}) for sentence in sentences for name in names.names]
    shape = (len(sentences), len(names.names))
    axes = probabilities(scorer, [one.text for one in filled])
    stances = slot_stances(scorer, filled).reshape(shape)
    return _Single(names, sentences, stances, {axis: values.reshape(shape) for axis, values in axes.items()})


def _double(scorer: Scorer, names: SwapSet, sentences: Sequence[SwapSentence]) -> _Double | None:
    """Each name beside the next one of its set, in both orders."""
    if not sentences:
        return None
    pairs = list(pairwise((*names.names, names.names[0])))
    filled: list[Filled] = [
        fill(sentence.form, {"A": a, "B": b})
        for sentence in sentences
        for first, second in pairs
        for a, b in ((first, second), (second, first))
    ]
    stances = slot_stances(scorer, filled, "AB")
    return _Double(sentences, stances.reshape(len(sentences), len(pairs), 2, 2))


def _class(single: _Single, double: _Double | None) -> ClassSwaps:
    names = [one.bare for one in single.names.names]
    return ClassSwaps(
        single.names.name,
        single.names.label,
        len(names),
        mean(pair_differences(single.stances)),
        mean(single.right.mean(axis=1)),
        worst_pairs(single.stances, names, TOP_PAIRS),
        _leans(single),
        _group_leans(single),
        _widest(single, names),
        tuple(
            AxisMove(axis, mean(pair_differences(values)), worst_pairs(values, names, 1)[0])
            for axis, values in single.axes.items()
        ),
        _exchange([double] if double else []),
    )


def _leans(single: _Single) -> tuple[Lean, ...]:
    apart = single.stances - single.stances.mean(axis=1, keepdims=True)
    found = zip(single.names.names, means(apart), strict=True)
    return tuple(sorted((Lean(name.bare, one) for name, one in found), key=lambda lean: lean.lean.value))


def _group_leans(single: _Single) -> tuple[Lean, ...]:
    groups = list(dict.fromkeys(group for name in single.names.names for group in name.groups))
    if not groups:
        return ()
    inside = np.array([[group in name.groups for name in single.names.names] for group in groups])
    apart = single.stances - single.stances.mean(axis=1, keepdims=True)
    found = zip(groups, means(apart @ (inside / inside.sum(axis=1, keepdims=True)).T), strict=True)
    return tuple(sorted((Lean(group, one) for group, one in found), key=lambda lean: lean.lean.value))


def _widest(single: _Single, names: Sequence[str]) -> tuple[Widest, ...]:
    low, high = single.stances.argmin(axis=1), single.stances.argmax(axis=1)
    rows = np.arange(len(single.sentences))
    order = np.argsort(single.stances[rows, low] - single.stances[rows, high], kind="stable")[:TOP_SENTENCES]
    return tuple(
        Widest(
            single.sentences[row].id,
            single.sentences[row].form,
            single.sentences[row].stances["A"],
            names[low[row]],
            names[high[row]],
            float(single.stances[row, low[row]]),
            float(single.stances[row, high[row]]),
        )
        for row in order
    )


def _exchange(doubles: Sequence[_Double]) -> Exchange | None:
    if not doubles:
        return None
    follows = np.concatenate([one.follows for one in doubles])
    moved = np.concatenate([one.moved for one in doubles])
    return Exchange(len(moved), mean(moved), mean(follows) if len(follows) else None)
