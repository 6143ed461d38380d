"""The samples of news that readers label by docs/codebook.md: sentences, mentions and articles of article_bias.

    python scripts/news_sample.py DATA OUT

Sentences in which the journalist speaks: half at random, half evenly over the chance that the default bundle gives of
being loaded, at most three an article. Mentions: names that the bundle finds in other sentences, drawn more often where
there are several or where it sees a strong stance. Articles (250 to 1,600 words): as many of each label of the outlet,
at most 53 a publisher. None is from an article of moral_events or one labelled for frames, no sentence is one of BABE.
Writes batches to read and `key.jsonl`: number → set, id, start, stop, and places of mentions, in the column `text`.

The labels in data/labelled were drawn in this way with bundles 0.3.0 and 0.4.0, in several rounds, the last of which
went further: five sentences an article, names in labelled sentences too, articles of up to 1,800 words and 160 more a
publisher (data/README.md). This draws other items.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from frame_sample import RANDOM_STATE, SET, Item, Row, Seen, candidates, fits, keys, read, shuffled, write

from framing.article import Span, Voice
from framing.bundle import load_bundle
from framing.config import default_bundle
from framing.scorer import Scorer

LABELLED = Path(__file__).resolve().parent.parent / "data" / "labelled"
TAKEN_FROM_ARTICLE, LABELLED_FROM_ARTICLE, FROM_PUBLISHER = 5, 3, 53
N_BINS = 10
ARTICLE_WORDS = (250, 1600)
BEGINNING, END = 2700, 700  # characters of a long article that are shown
SURE, MOST_NAMES = 0.8, 4
SEVERAL, LEAST_STANCE = 3.0, 0.15  # weight of several names; what is added to the strongest stance
STATES = re.compile(
    "U.S|United|Russia|China|Israel|Iran|North Korea|Mexico|Washington|Ukraine|Syria|America|Saudi|Britain|Turkey|"
    "Germany|Cuba|Iraq"
)
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with names, whose places are counted in the sentence."""

    item: Item
    names: tuple[Span, ...]

    def shown(self, number: int) -> str:
        text, at, pieces = text_of(self.item), 0, []
        for place, name in enumerate(self.names, 1):
            pieces.append(f"{text[at : name.start]}[{place}:{name.of(text)}]")
            at = name.stop
        return f"{number}. {''.join(pieces)}{text[at:]}"

    def places(self) -> list[tuple[int, int]]:
        start = self.item.span.start
        return [(start + name.start, start + name.stop) for name in self.names]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pool", type=int, default=9000, help="articles that sentences are taken from")
    parser.add_argument("--sentences", type=int, default=15000)
    parser.add_argument("--mentions", type=int, default=7800, help="sentences with mentions")
    parser.add_argument("--articles", type=int, default=2250)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    generator, scorer = np.random.default_rng(RANDOM_STATE), Scorer(load_bundle(default_bundle()))
    source, others = (pd.read_parquet(options.data / f"{name}.parquet") for name in (SET, "moral_events"))
    rows = shuffled(unlabelled(source, others), generator)
    babe = {letters(text) for text in pd.read_parquet(options.data / "babe.parquet")["text"]}
    pool = sentences_of(rows[: options.pool], babe, generator)
    sentences = spread(pool, options.sentences, scorer, generator)
    chosen = {(item.row.id, item.span) for item in sentences}
    rest = [item for item in pool if (item.row.id, item.span) not in chosen]
    mentions = with_names(rest, options.mentions, scorer, generator)
    articles = balanced(rows, source, others, options.articles)
    write(options.out, "sentences", 100, [f"{n}. {text_of(item)}" for n, item in enumerate(sentences, 1)])
    write(options.out, "mentions", 100, [marked.shown(n) for n, marked in enumerate(mentions, 1)])
    write(options.out, "articles", 10, [shortened(item, n) for n, item in enumerate(articles, 1)])
    marks = keys("mentions", [marked.item for marked in mentions])
    places = [{**key, "mentions": marked.places()} for key, marked in zip(marks, mentions, strict=True)]
    lines = [*keys("sentence", sentences), *places, *keys("article", articles)]
    (options.out / "key.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")


def unlabelled(source: pd.DataFrame, others: pd.DataFrame) -> list[Row]:
    """The articles that are in no other set and were not labelled for frames."""
    files = (LABELLED / f"frame_{kind}.csv" for kind in ("articles", "sentences"))
    labelled = {name for file in files for name in pd.read_csv(file)["id"]}
    return [row for row in candidates(source, others) if row.id not in labelled]


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def text_of(item: Item) -> str:
    return item.span.of(item.row.text)


def sentences_of(rows: Iterable[Row], seen: set[str], generator: np.random.Generator) -> list[Item]:
    """Up to five sentences of each article, each on one line, none twice, in random order."""
    found = []
    for row in rows:
        article = read(row)
        fitting = [one for one in article.sentences if fits(one, row.text)] if article else []
        for place in generator.permutation(len(fitting))[:TAKEN_FROM_ARTICLE]:
            voices = sorted({stretch.voice.value for stretch in fitting[place].stretches})
            item = Item(row, fitting[place].span, "+".join(voices))
            key = letters(text_of(item))
            if "\n" not in text_of(item) and key not in seen:
                seen.add(key)
                found.append(item)
    return [found[place] for place in generator.permutation(len(found))]


def spread(pool: Sequence[Item], n_items: int, scorer: Scorer, generator: np.random.Generator) -> list[Item]:
    """A random half, and a half with as many of each tenth of the chance of being loaded, as far as there are."""
    spoken = [item for item in pool if Voice.JOURNALIST.value in item.voice]
    limit = (lambda place: spoken[place].row.id), LABELLED_FROM_ARTICLE
    first = list(islice(capped(range(len(spoken)), limit), n_items // 2))
    loaded = scorer.probabilities([text_of(item) for item in spoken])["loaded"]
    bins = pd.Series(np.minimum(N_BINS - 1, loaded * N_BINS).astype(int)).drop(first)
    evenly = bins.groupby(bins).cumcount().sort_values(kind="stable").index
    chosen = list(islice(capped([*first, *evenly], limit), n_items))
    return [spoken[place] for place in generator.permutation(chosen)]


def capped(items: Iterable[Any], *limits: tuple[Callable[[Any], Hashable], int]) -> Iterator[Any]:
    """The items of which, by each of the keys, there were not too many before."""
    counts: Counter[tuple[int, Hashable]] = Counter()
    for item in items:
        found = [(number, key(item)) for number, (key, _) in enumerate(limits)]
        if all(counts[one] < most for one, (_, most) in zip(found, limits, strict=True)):
            counts.update(found)
            yield item


def with_names(pool: Sequence[Item], n_items: int, scorer: Scorer, generator: np.random.Generator) -> list[Marked]:
    """Sentences with names, drawn by weight."""
    found = [pair for at in range(0, len(pool), AT_ONCE) for pair in named(pool[at : at + AT_ONCE], scorer)]
    several = np.array([len(marked.names) > 1 for marked, _ in found])
    weights = np.where(several, SEVERAL, 1.0) * (LEAST_STANCE + np.array([stance for _, stance in found]))
    order = np.argsort(-np.log(generator.random(len(found))) / weights)[:n_items]
    return [found[place][0] for place in generator.permutation(order)]


def named(items: Sequence[Item], scorer: Scorer) -> Iterator[tuple[Marked, float]]:
    """The items in which the bundle finds people, organisations or states, and its strongest stance toward one."""
    texts = [text_of(item) for item in items]
    tokens = scorer.encoder.encode(texts)
    names = scorer.bundle.names.names(texts, [token.states for token in tokens], [token.offsets for token in tokens])
    marked = [
        Marked(item, tuple(Span(one.start, one.stop) for one in ones if is_actor(one, text))[:MOST_NAMES])
        for item, text, ones in zip(items, texts, names, strict=True)
    ]
    marked = [one for one in marked if one.names]
    judged = scorer.judge([text_of(one.item) for one in marked], [one.names for one in marked])
    for one, judgements in zip(marked, judged, strict=True):
        yield one, max(abs(judgement.stance) for judgement in judgements)


def is_actor(name: Any, text: str) -> bool:
    of_kind = name.type in {"PER", "ORG"} or (name.type == "LOC" and STATES.match(text, name.start) is not None)
    return of_kind and name.probability > SURE and text[name.start].isupper()


def balanced(rows: Sequence[Row], source: pd.DataFrame, others: pd.DataFrame, n_items: int) -> list[Item]:
    """Whole articles, without near-duplicates, as many of each label of the outlet."""
    label = dict(zip(source["id"], source["bias"], strict=True))
    limits = ((lambda row: row.publisher), FROM_PUBLISHER), ((lambda row: label[row.id]), n_items // 3)
    chosen = islice(capped(readable(rows, others), *limits), n_items // 3 * 3)
    return [Item(row, Span(0, len(row.text)), "both") for row in chosen]


def readable(rows: Iterable[Row], others: pd.DataFrame) -> Iterator[Row]:
    seen = Seen([" ".join(sentences) for sentences in others["sentences"]])
    for row in rows:
        of_length = ARTICLE_WORDS[0] <= len(row.text.split()) <= ARTICLE_WORDS[1]
        if of_length and seen.is_new(row.text) and read(row) is not None:
            seen.add(row.text)
            yield row


def shortened(item: Item, number: int) -> str:
    """The article as a reader sees it, a long one without its middle."""
    text = re.sub(r"\s*\n\s*", "\n", item.row.masked(item.row.text).strip())
    text = text if len(text) <= BEGINNING + END else f"{text[:BEGINNING]}\n[…]\n{text[-END:]}"
    return f"##### {number}. {item.row.masked(item.row.title)}\n{text}\n"


if __name__ == "__main__":
    main()
