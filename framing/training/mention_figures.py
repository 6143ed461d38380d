"""Figures of names, stance and roles: what the bundle's heads say of rows kept for development, on its own encoder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from framing.metrics import Estimate, auc, calibration_estimate, estimate
from framing.name_head import NameHead
from framing.neural.encoder import Encoder
from framing.neural.torch_heads import ROLES, STANCES
from framing.training.figures import Figure
from framing.training.mention_heads import N_STANCES, Judged, fit_stance
from framing.training.rows import Row
from framing.types import Floats, Ints

Counts = dict[str, tuple[int, int, int]]
NAME_TYPES = ("PER", "ORG", "LOC", "MISC")
STANCE, NAMES = "stance", "names"
HELD_OUT = {"newsmtsc": "development part", "names": "outlets", "moral_events": "stories"}


@dataclass(frozen=True, slots=True)
class NameCounts:
    """Names of each row: found and right, marked, found; shape (n_rows, 4 types), int64."""

    right: Ints
    marked: Ints
    found: Ints


def stance_figures(parts: dict[str, Judged], random_state: int = 0) -> Iterator[Figure]:
    """Macro-F1 over three classes, accuracy and calibration of each part; calibrated on the other parts."""
    for name, data in parts.items():
        others = [other for key, other in parts.items() if key != name]
        fitted = fit_stance(
            np.concatenate([other.logits[:, :N_STANCES] for other in others]),
            np.concatenate([other.classes for other in others]),
        )
        raw = np.exp(data.logits[:, :N_STANCES]) / np.exp(data.logits[:, :N_STANCES]).sum(axis=1, keepdims=True)
        constant = np.full((len(data.classes), N_STANCES), 1e-6)
        constant[:, np.bincount(data.classes).argmax()] = 1.0
        fitted_said = fitted.probability(data.logits[:, :N_STANCES])
        systems = {"bundle": fitted_said, "bundle before calibration": raw, "majority": constant}
        for system, probability in systems.items():
            for metric, found in _stance_estimates(data, probability, random_state):
                yield Figure(STANCE, name, HELD_OUT["newsmtsc"], system, metric, found)


def _stance_estimates(data: Judged, probability: Floats, random_state: int) -> Iterator[tuple[str, Estimate]]:
    for metric, function in (("macro_f1", three_class_f1), ("accuracy", _accuracy)):
        yield metric, estimate(function, data.classes.astype(float), probability, data.groups, random_state)
    for index, stance in enumerate(STANCES):
        of_class = (data.classes == index).astype(float)
        yield f"ece_{stance}", calibration_estimate(of_class, probability[:, index], data.groups, random_state)


def role_figures(data: Judged, random_state: int = 0) -> Iterator[Figure]:
    """AUC of each role over mentions of stories held out."""
    for index, role in enumerate(ROLES):
        found = estimate(auc, data.roles[:, index], data.logits[:, N_STANCES + index], data.groups, random_state)
        yield Figure(role, "moral_events", HELD_OUT["moral_events"], "bundle", "auc", found)


def name_figures(rows: Sequence[Row], counts: NameCounts, random_state: int = 0) -> Iterator[Figure]:
    """Exact-match F1 of names, all types together and each apart; the bootstrap is over documents."""
    groups = [row.group for row in rows]
    selections = {"micro_f1": slice(None), **{f"f1_{kind}": slice(i, i + 1) for i, kind in enumerate(NAME_TYPES)}}
    for metric, columns in selections.items():
        # The bootstrap hands over rows of `truth` and `probability`: here the counts of each sentence.
        right, marked, found = (part[:, columns].sum(axis=1) for part in (counts.right, counts.marked, counts.found))
        truth = np.stack([right, marked], axis=1).astype(float)
        figure = estimate(_count_f1, truth, found.astype(float), groups, random_state)
        yield Figure(NAMES, "names", HELD_OUT["names"], "bundle", metric, figure)


def count_names(encoder: Encoder, head: NameHead, rows: Sequence[Row]) -> NameCounts:
    """Names found, marked, and both, by type, sentence by sentence; a name is right if span and type are."""
    shape = (len(rows), len(NAME_TYPES))
    right, marked, found = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    texts = [row.text for row in rows]
    tokens = encoder.encode(texts)
    named = head.names(texts, [token.states for token in tokens], [token.offsets for token in tokens])
    for at, (row, names) in enumerate(zip(rows, named, strict=True)):
        truth = {(name.span.start, name.span.stop, name.type) for name in row.names or ()}
        tagged = {(one.start, one.stop, one.type) for one in names}
        for counts, chosen in ((right, truth & tagged), (marked, truth), (found, tagged)):
            for _, _, kind in chosen:
                counts[at, NAME_TYPES.index(kind)] += 1
    return NameCounts(right, marked, found)


def three_class_f1(classes: Floats, probability: Floats) -> float:
    """Mean of the F1 of negative, neutral and positive, the likeliest class called."""
    called = probability.argmax(axis=1)
    scores = []
    for index in range(len(STANCES)):
        both = int(((classes == index) & (called == index)).sum())
        either = int((classes == index).sum() + (called == index).sum())
        scores.append(2 * both / either if either else 0.0)
    return float(np.mean(scores))


def _accuracy(classes: Floats, probability: Floats) -> float:
    return float(np.mean(probability.argmax(axis=1) == classes))


def _count_f1(truth: Floats, found: Floats) -> float:
    right, marked = truth[:, 0].sum(), truth[:, 1].sum()
    return float(2 * right / max(1.0, marked + found.sum()))
