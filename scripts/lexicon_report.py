"""How the lexicons fare on real news: terms attested, hits a 1000 words, and samples to be read for precision.

    python scripts/lexicon_report.py DATA/article_bias.parquet --articles 3000 --samples runs/precision

writes one table to standard output and, for each lexicon, 50 random hits in context to a TSV with an empty `right`
column (1, 0 or ?). Filled in, the same files give the precision table:

    python scripts/lexicon_report.py --read runs/precision
"""

import argparse
import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as parquet

from framing.article import Document
from framing.config import default_seeds
from framing.errors import InputError
from framing.features.markers import MarkerFinder
from framing.scores import Marker
from framing.seeds import load_folder, n_terms
from framing.text import article_of

SAMPLE = 50
CONTEXT = 160


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--random-state", type=int, default=2026)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--read", type=Path)
    options = parser.parse_args()
    if options.read:
        print_precision(options.read)
    else:
        survey(options.articles_file, options.articles, options.random_state, options.samples)


def survey(path: Path, n_articles: int, random_state: int, folder: Path | None) -> None:
    """Counts hits over a random sample of articles and draws hits to read."""
    lexicons = load_folder(default_seeds())
    finder = MarkerFinder(lexicons)
    attested: dict[str, set[str]] = defaultdict(set)
    hits: dict[str, list[dict[str, str]]] = defaultdict(list)
    n_words = 0
    for index, text in enumerate(sample_texts(path, n_articles, random_state)):
        if index % 500 == 0:
            print(f"{index} articles", file=sys.stderr)
        for marker, row in markers_of(finder, text):
            attested[marker.lexicon].add(marker.term)
            hits[marker.lexicon].append(row)
        n_words += len(text.split())
    generator = random.Random(random_state)
    print("| lexicon | terms | attested | hits per 1000 words |\n|---|---|---|---|")
    for lexicon in lexicons:
        share = len(attested[lexicon.name]) / len(lexicon.terms) if lexicon.terms else None
        shown = "–" if share is None else f"{100 * share:.0f} %"
        print(f"| {lexicon.name} | {len(lexicon.terms)} | {shown} | {1000 * len(hits[lexicon.name]) / n_words:.2f} |")
        if folder:
            rows = hits[lexicon.name]
            write_sample(folder / f"{lexicon.name}.tsv", generator.sample(rows, min(SAMPLE, len(rows))))
    n_attested = sum(map(len, (attested[one.name] for one in lexicons if one.terms)))
    print(f"\n{n_terms(lexicons)} terms, {n_attested} attested in {n_articles} articles ({n_words:,} words)")


def sample_texts(path: Path, n_articles: int, random_state: int) -> Iterator[str]:
    table = parquet.read_table(path, columns=["title", "text"])
    for index in random.Random(random_state).sample(range(table.num_rows), min(n_articles, table.num_rows)):
        row = table.slice(index, 1).to_pylist()[0]
        yield f"{row['title']}\n\n{row['text']}"


def markers_of(finder: MarkerFinder, text: str) -> Iterator[tuple[Marker, dict[str, str]]]:
    try:
        article = article_of(Document("sample", text, has_title=True))
    except InputError:
        return
    for marker in finder.find(article):
        yield (
            marker,
            {
                "term": marker.term,
                "voice": marker.voice.value,
                "negated": str(int(marker.negated)),
                "before": " ".join(text[max(0, marker.span.start - CONTEXT) : marker.span.start].split()),
                "hit": marker.span.of(text),
                "after": " ".join(text[marker.span.stop : marker.span.stop + CONTEXT].split()),
                "right": "",
            },
        )


def write_sample(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = ["term", "voice", "negated", "before", "hit", "after", "right"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fields, delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)


def print_precision(folder: Path) -> None:
    """The precision of each lexicon with its 90 % Wilson interval, doubtful readings counted as wrong."""
    print("| lexicon | right | wrong | doubtful | precision, 90 % interval |\n|---|---|---|---|---|")
    for path in sorted(folder.glob("*.tsv")):
        with path.open(newline="", encoding="utf-8") as file:
            marks = Counter(row["right"].strip() for row in csv.DictReader(file, delimiter="\t"))
        n = sum(marks.values())
        low, high = wilson(marks["1"], n)
        figure = f"{marks['1'] / n:.2f} [{low:.2f}, {high:.2f}]"
        print(f"| {path.stem} | {marks['1']} | {marks['0']} | {n - marks['1'] - marks['0']} | {figure} |")


def wilson(k: int, n: int, z: float = 1.645) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927)."""
    share, width = k / n, z * z / n
    centre = (share + width / 2) / (1 + width)
    half = z * (share * (1 - share) / n + width / (4 * n)) ** 0.5 / (1 + width)
    return centre - half, min(1.0, centre + half)


if __name__ == "__main__":
    main()
