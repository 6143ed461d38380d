"""How well articles of one event are matched: pairwise F1 and B-cubed on two sets (docs/experiments.md).

    python scripts/stories.py FOLDER          FOLDER has stories.parquet and moral_events.parquet

Stories are split in half by a hash of their name. The constants of `framing.stories` were chosen on the first half
(`--part development --grid`); the figures in the docs are those of the other.
"""

import argparse
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pyarrow.parquet import read_table

import framing.stories.match as match
from framing.metrics import draws
from framing.stories import Leads, find_stories

PARTS = ("development", "test")
LEAD_SENTENCES = 4
N_DRAWS = 1000
N_CORPORA = 50
GRID = ((0.12, 0.07), (0.15, 0.04), (0.15, 0.055), (0.15, 0.07), (0.18, 0.04))

# What makes precision and recall, of each article: numerator and denominator of either, shape (n_articles, 4).
Count = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Known:
    """Articles whose stories are known."""

    name: str
    leads: Leads
    story: np.ndarray

    def some(self, stories: np.ndarray) -> "Known":
        """The articles of these stories alone."""
        kept = np.flatnonzero(np.isin(self.story, stories))
        titles, leads = ([column[i] for i in kept] for column in (self.leads.titles, self.leads.leads))
        return known(self.name, titles, leads, self.leads.days[kept], self.story[kept].tolist())


def known(name: str, titles: Sequence[str], leads: Sequence[str], days: np.ndarray, stories: Sequence[object]) -> Known:
    return Known(name, Leads(titles, leads, [()] * len(titles), days), codes(stories))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=PARTS, default="test")
    parser.add_argument("--grid", action="store_true")
    arguments = parser.parse_args()
    for constants in GRID if arguments.grid else ((match.THRESHOLD, match.PER_TENFOLD),):
        match.THRESHOLD, match.PER_TENFOLD = constants
        print(f"threshold {constants[0]}, {constants[1]} more for every tenfold")
        for one in (round_ups(arguments.folder, arguments.part), *events(arguments.folder, arguments.part)):
            show(one)


def show(one: Known) -> None:
    """Print the figures of all stories in one corpus, then means over corpora of few stories."""
    found = find_stories(one.leads)
    print(f"{one.name}: {len(found)} articles in {len(set(one.story))} stories")
    print(f"  pairwise F1 {interval(pairs, one.story, found)}, B-cubed F1 {interval(b_cubed, one.story, found)}")
    generator, stories = np.random.default_rng(0), np.unique(one.story)
    for size in (1, 3, 10, 30):
        some = [one.some(generator.choice(stories, size, replace=False)) for _ in range(N_CORPORA)]
        scores = [[f1(count(few.story, find_stories(few.leads))) for count in (pairs, b_cubed)] for few in some]
        print(
            f"  {size} stories: pairwise {np.mean(scores, axis=0)[0]:.2f}, B-cubed {np.mean(scores, axis=0)[1]:.2f}",
            end="",
        )
        single = [first_of_each(one.some(generator.choice(stories, size, replace=False))) for _ in range(N_CORPORA)]
        wrong = [1 - len(set(find_stories(few.leads).tolist())) / len(few.story) for few in single]
        print(f"; of one article a story, {np.mean(wrong):.0%} are wrongly joined")


def first_of_each(one: Known) -> Known:
    """The first article of each story."""
    _, first = np.unique(one.story, return_index=True)
    titles, leads = ([column[i] for i in first] for column in (one.leads.titles, one.leads.leads))
    return known(one.name, titles, leads, one.leads.days[first], one.story[first].tolist())


def round_ups(folder: Path, part: str) -> Known:
    """NeuS: three titles and leads a story, without dates."""
    rows = [row for row in read_table(folder / "stories.parquet").to_pylist() if in_part(row["story"], part)]
    flat = [
        (title or "", lead or "", row["story"])
        for row in rows
        for title, lead in zip(row["titles"], row["leads"], strict=True)
    ]
    titles, leads, stories = ([one[i] for one in flat] for i in range(3))
    return known("round-ups, without dates", titles, leads, np.full(len(flat), np.nan), stories)


def events(folder: Path, part: str) -> Iterator[Known]:
    """MOKA: three articles a story, with their dates and without."""
    rows = [row for row in read_table(folder / "moral_events.parquet").to_pylist() if in_part(row["story"], part)]
    titles, stories = [row["title"] or "" for row in rows], [row["story"] for row in rows]
    leads = [" ".join(row["sentences"][:LEAD_SENTENCES]) for row in rows]
    days = np.array([np.datetime64(row["date"], "D").astype(float) if row["date"] else np.nan for row in rows])
    yield known("moral events, with dates", titles, leads, days, stories)
    yield known("moral events, without dates", titles, leads, days * np.nan, stories)


def in_part(story: str, part: str) -> bool:
    """Whether a story belongs to a part, by its name's hash."""
    return PARTS[hashlib.sha256(story.encode()).digest()[-1] % 2] == part


def codes(names: Sequence[object]) -> np.ndarray:
    return np.unique([str(name) for name in names], return_inverse=True)[1]


def pairs(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Pairs of articles: those found rightly among those found, and among those there are."""
    both, called, real = sizes(truth, found)
    return np.stack((both - 1, called - 1, both - 1, real - 1), axis=1)


def b_cubed(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Precision and recall of each article's cluster (Bagga and Baldwin 1998)."""
    both, called, real = sizes(truth, found)
    return np.stack((both / called, np.ones(len(both)), both / real, np.ones(len(both))), axis=1)


def sizes(truth: np.ndarray, found: np.ndarray) -> Iterator[np.ndarray]:
    """For each article: how many share its story and its cluster, its cluster, its story."""
    both = codes([f"{story} {cluster}" for story, cluster in zip(truth, found, strict=True)])
    return (np.bincount(one)[one].astype(float) for one in (both, found, truth))


def f1(counts: np.ndarray) -> float:
    right, called, again, real = counts.sum(axis=0)
    precision, recall = right / called if called else 1.0, again / real
    return float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0


def interval(count: Count, truth: np.ndarray, found: np.ndarray) -> str:
    """The F1 with its 90 % interval, of a bootstrap over stories."""
    counts = count(truth, found)
    sums = np.stack([np.bincount(truth, column) for column in counts.T], axis=1)
    values = [f1(sums[chosen]) for chosen in draws(len(sums), 0, N_DRAWS, 0)]
    low, high = np.quantile(values, (0.05, 0.95))
    return f"{f1(counts):.3f} [{low:.3f}, {high:.3f}]"


if __name__ == "__main__":
    main()
