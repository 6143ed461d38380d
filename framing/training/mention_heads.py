"""The name and target heads as plain arrays, what they say of labelled rows, and their calibration."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

from framing.article import Span
from framing.name_head import NameHead
from framing.neural.encoder import Encoder
from framing.neural.torch_heads import ROLES, STANCES
from framing.target import ARRAYS, TargetHead
from framing.training.finetune import Tuned
from framing.training.heads import fit
from framing.training.rows import Row
from framing.types import Bools, Floats, Ints

N_STANCES = len(STANCES)


@dataclass(frozen=True, slots=True)
class MentionHeads:
    """The heads of a bundle for names and mentions, calibrated."""

    names: NameHead
    target: TargetHead


@dataclass(frozen=True, slots=True)
class StanceCalibration:
    """``softmax(scale * logits + offsets)``; offsets, shape (3,), have mean 0."""

    scale: float
    offsets: Floats

    def probability(self, logits: Floats) -> Floats:
        """Probabilities of negative, neutral, positive, shape (n_mentions, 3)."""
        return np.asarray(np.exp(log_softmax(self.scale * logits + self.offsets, axis=1)))


@dataclass(frozen=True, slots=True)
class Judged:
    """What the shipped heads say of labelled mentions, before calibration.

    Attributes
    ----------
    logits, shape (n_mentions, 7); stance, shape (n_mentions, 3), and roles, shape (n_mentions, 4), NaN where there is
        no label.
    groups : the group of each mention's row.
    """

    logits: Floats
    stance: Floats
    roles: Floats
    groups: Sequence[str]

    @property
    def classes(self) -> Ints:
        """The stance labels, 0, 1, 2, shape (n_mentions,)."""
        return np.asarray(self.stance.argmax(axis=1))


def name_head(tuned: Tuned) -> NameHead:
    """The name head of a tuned model."""
    net = tuned.model.name
    return NameHead(*(_array(p) for p in (net.state.weight, net.state.bias, net.shape, net.out.weight, net.out.bias)))


def target_head(
    tuned: Tuned, stance: StanceCalibration | None = None, roles: Sequence[tuple[float, float]] | None = None
) -> TargetHead:
    """The target head of a tuned model; without calibrations the logits pass as they are."""
    stance = stance or StanceCalibration(1.0, np.zeros(N_STANCES))
    pairs = np.array(roles or [(1.0, 0.0)] * len(ROLES))
    layers = {name: getattr(tuned.model.target, name) for name in ARRAYS}
    return TargetHead(
        weights={name: _array(layer.weight) for name, layer in layers.items()},
        biases={name: _array(layer.bias) for name, layer in layers.items()},
        scale=stance.scale,
        offsets=stance.offsets.astype(np.float32),
        role_scales=pairs[:, 0].astype(np.float32),
        role_offsets=pairs[:, 1].astype(np.float32),
    )


def judged(encoder: Encoder, head: TargetHead, rows: Sequence[Row]) -> Judged:
    """The logits of all mentions of `rows` by the encoder that ships and the head that ships."""
    tokens = encoder.encode([row.text for row in rows])
    spans = [
        np.array([covered(token.offsets, target.span) for target in row.targets])
        for row, token in zip(rows, tokens, strict=True)
    ]
    targets = [(row.group, target) for row in rows for target in row.targets]
    missing = (np.nan,)
    return Judged(
        head.logits([token.states for token in tokens], spans),
        np.array([target.stance or missing * N_STANCES for _, target in targets]),
        np.array([target.roles or missing * len(ROLES) for _, target in targets]),
        [group for group, _ in targets],
    )


def covered(offsets: Ints, span: Span) -> Bools:
    """Which tokens share a character with `span`, shape (n_tokens,)."""
    return np.asarray((offsets[:, 0] < span.stop) & (offsets[:, 1] > span.start))


def fit_stance(logits: Floats, classes: Ints) -> StanceCalibration:
    """The scale of least log loss (Guo et al. 2017).

    Without a bias for each class: how often each occurs differs between sets, and is not known of an article.
    """

    def loss(scale: Floats) -> float:
        scaled = log_softmax(scale[0] * logits, axis=1)
        return -float(scaled[np.arange(len(classes)), classes].sum())

    found = minimize(loss, np.ones(1), method="L-BFGS-B", bounds=[(0.05, 5.0)]).x
    return StanceCalibration(float(found[0]), np.zeros(N_STANCES))


def fit_roles(data: Judged) -> list[tuple[float, float]]:
    """Scale and offset of each role's logit (Platt 1999)."""
    none, directions = np.zeros((len(data.logits), 0)), np.zeros(0, dtype=np.int64)
    fitted = (
        fit(data.roles[:, role], data.logits[:, N_STANCES + role], none, directions) for role in range(len(ROLES))
    )
    return [(one.scale, one.offset) for one in fitted]


def arrays(names: NameHead, target: TargetHead) -> Iterator[tuple[str, Floats]]:
    """Both heads as named arrays, as the bundle keeps them."""
    for part in ("state", "bias", "shape", "out", "out_bias"):
        yield f"name.{part}", getattr(names, part)
    for layer in ARRAYS:
        yield f"target.{layer}.weight", target.weights[layer]
        yield f"target.{layer}.bias", target.biases[layer]
    yield "target.stance", np.array([target.scale, *target.offsets], dtype=np.float32)
    yield "target.roles", np.stack([target.role_scales, target.role_offsets])


def _array(parameter: object) -> Floats:
    return np.ascontiguousarray(parameter.detach().numpy())  # type: ignore[attr-defined]
