"""Corpora of scored articles whose truth is known, without a bundle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from framing.axes import Axis
from framing.compare.rows import ActorRows, AxisColumn, Corpus, MentionText
from framing.scores import BundleName

LOADED = Axis("loaded", "plain", "loaded", (0.0, 1.0), "share", "", "")
OPINION = Axis("opinion", "reporting", "opinion", (0.0, 1.0), "share", "", "")
BUNDLE = BundleName("default", "0.2.0", "a" * 64)

SUBJECTS = [
    "harbour",
    "council",
    "budget",
    "river",
    "school",
    "railway",
    "hospital",
    "museum",
    "airport",
    "factory",
    "market",
    "stadium",
]
VERBS = ["opens", "closes", "fails", "grows", "burns", "floods", "strikes", "votes", "moves", "waits"]
FILLER = [
    "people",
    "said",
    "work",
    "city",
    "plan",
    "year",
    "water",
    "street",
    "report",
    "office",
    "family",
    "morning",
    "winter",
    "answer",
    "number",
]
ACTOR, OTHER = "us.one", "article:ruth tennick"


@dataclass(frozen=True)
class MemorySource:
    """Sentences and mentions in lists."""

    texts: Sequence[tuple[str, ...]]
    found: Sequence[tuple[MentionText, ...]]

    def sentences(self, articles: Sequence[int]) -> Iterable[tuple[str, ...]]:
        return [self.texts[i] for i in articles]

    def mentions(self, articles: Sequence[int]) -> Iterable[tuple[MentionText, ...]]:
        return [self.found[i] for i in articles]


def corpus(n: int = 240, outlets: Sequence[str] = ("Post", "Echo", "Wire"), gap: float = 0.15, seed: int = 0) -> Corpus:
    """Stories that every outlet covers; the first outlet is higher by `gap` and says "scheme", and blames one actor."""
    generator = np.random.default_rng(seed)
    story = np.arange(n) // len(outlets)
    outlet = [outlets[i % len(outlets)] for i in range(n)]
    first = np.array([name == outlets[0] for name in outlet])
    value = np.clip(0.3 + gap * first + generator.normal(0, 0.05, n) + generator.normal(0, 0.05, n)[story], 0, 1)
    day = [str(np.datetime64("2026-01-01") + int(one)) for one in story]
    texts = [_text(int(one), bool(loud), generator) for one, loud in zip(story, first, strict=True)]
    column = AxisColumn(value, value - 0.05, value + 0.05, np.full(n, 9))
    flat = AxisColumn(generator.normal(0.4, 0.05, n), value * 0, value * 0 + 1, np.full(n, 9))
    return Corpus(
        "scores.parquet",
        (BUNDLE,),
        {"loaded": LOADED, "opinion": OPINION},
        [f"article-{i}" for i in range(n)],
        [_title(int(one)) for one in story],
        outlet,
        day,
        ["en"] * n,
        np.full(n, 160),
        {"loaded": column, "opinion": flat},
        _actors(n, first, generator),
        {"war_metaphor": generator.poisson(1 + 2 * first)},
        MemorySource(texts, [_mentions(text, bool(loud)) for text, loud in zip(texts, first, strict=True)]),
        {"section": ["news" if i % 2 else "opinion" for i in range(n)], "event": [f"event {one}" for one in story]},
    )


def changed(found: Corpus, **columns: Any) -> Corpus:
    """The corpus with other columns."""
    return replace(found, **columns)


def _title(story: int) -> str:
    return f"{SUBJECTS[story % 12]} {VERBS[story % 10]} in Town{story} after Event{story}"


def _text(story: int, loud: bool, generator: np.random.Generator) -> tuple[str, ...]:
    lead = f"The {SUBJECTS[story % 12]} of Town{story} {VERBS[story % 10]} since Event{story} and Person{story}."
    body = [" ".join(generator.choice(FILLER, 12)).capitalize() + "." for _ in range(10)]
    blame = "The embattled Ann One spoke of a scheme." if loud else "Ann One spoke of a programme."
    return (lead, blame, *body)


def _mentions(text: tuple[str, ...], loud: bool) -> tuple[MentionText, ...]:
    start = text[1].index("Ann One")
    return (MentionText(ACTOR, text[1], start, start + 7, True, ("scheme",) if loud else ()),)


def _actors(n: int, first: np.ndarray, generator: np.random.Generator) -> ActorRows:
    article = np.repeat(np.arange(n), 2)
    stance = np.where(
        np.arange(2 * n) % 2, generator.normal(0, 0.2, 2 * n), -0.5 * first[article] + generator.normal(0, 0.2, 2 * n)
    )
    counts = np.full(2 * n, 3)
    quoted = np.where(generator.random(2 * n) < 0.5, np.nan, -0.2)
    return ActorRows(
        article,
        [ACTOR, OTHER] * n,
        ["Ann One", "Ruth Tennick"] * n,
        ["person"] * (2 * n),
        np.array([True, False] * n),
        np.clip(stance, -1, 1),
        counts,
        quoted,
        counts,
        counts,
        generator.random(2 * n) / 2,
    )
