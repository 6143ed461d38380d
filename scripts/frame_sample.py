"""The sample that readers label by docs/codebook.md: articles and sentences of article_bias, outlets masked.

    python scripts/frame_sample.py DATA OUT

draws articles (300 to 1,200 words) and, from other articles, one sentence each (8 to 60 words), spread over topics and
publishers by the square root of their size, no publisher over 5 %, without near-duplicates and without the articles of
moral_events. Writes batches to read (numbers, no outlet) and `key.jsonl`: number → set, id, start, stop in the column
`text`. The same data give the same sample.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from framing.article import Article, Document, Kind, Sentence, Span
from framing.errors import InputError
from framing.text import article_of

SET = "article_bias"
N_ARTICLES, N_SENTENCES = 320, 1600
ARTICLES_PER_BATCH, SENTENCES_PER_BATCH = 16, 100
ARTICLE_WORDS, SENTENCE_WORDS = (300, 1200), (8, 60)
LARGEST_SHARE = 0.05
SHINGLE_WORDS, LARGEST_OVERLAP = 8, 0.1
RANDOM_STATE = 0
# What an outlet is called in its own texts, beyond its name in the data.
ALIASES = {
    "apnews.com": ("AP",),
    "bbc.com": ("BBC",),
    "cbn.com": ("CBN News", "Christian Broadcasting Network"),
    "cnn.com": ("CNNMoney", "CNN"),
    "csmonitor.com": ("The Monitor", "Monitor"),
    "foxnews.com": ("FoxNews", "Fox News", "Fox"),
    "go.com": ("ABCNews", "ABC"),
    "nbcnews.com": ("NBC News", "NBC"),
    "npr.org": ("NPR", "All Things Considered", "Morning Edition"),
    "nypost.com": ("The Post",),
    "nytimes.com": ("New York Times", "The Times"),
    "theblaze.com": ("The Blaze", "Blaze"),
    "washingtonpost.com": ("The Post",),
    "washingtontimes.com": ("The Times",),
    "wsj.com": ("Wall Street Journal", "The Journal", "WSJ"),
    "yahoo.com": ("Yahoo News", "Yahoo"),
}
_DECORATION = re.compile(r"\s*(?:\([^)]*\)|- \w+|\.com|Editorial Board|Online News|Opinion|Editorial)\s*$")


@dataclass(frozen=True, slots=True)
class Row:
    """One article of the data set."""

    id: str
    title: str
    text: str
    outlet: str
    topic: str
    publisher: str

    def masked(self, text: str) -> str:
        """`text` without the names of this article's own outlet."""
        name = _DECORATION.sub("", self.outlet)
        names = sorted({name, *ALIASES.get(self.publisher, ()), self.publisher}, key=len, reverse=True)
        return re.sub(rf"\b(?i:{'|'.join(map(re.escape, names))})\b(?:\.com)?", "[outlet]", text)


@dataclass(frozen=True, slots=True)
class Item:
    """What a reader labels: a stretch of an article's text."""

    row: Row
    span: Span
    voice: str

    def shown(self, number: int) -> str:
        """The item as a reader sees it, on one line."""
        text = " ".join(self.span.of(self.row.text).split())
        return f"{number}. [{self.row.masked(self.row.title)}]\n   {self.row.masked(text)}\n"

    def shown_whole(self, number: int) -> str:
        """The article as a reader sees it."""
        text = re.sub(r"\n{2,}", "\n", self.row.text.strip())
        return f"##### {number}. {self.row.masked(self.row.title)}\n{self.row.masked(text)}\n"


@dataclass(slots=True)
class Quotas:
    """Counts of what was drawn, against what one topic and one publisher may have."""

    topics: dict[str, int]
    of_publisher: int
    drawn: Counter[str] = field(default_factory=Counter)

    def has_room(self, row: Row) -> bool:
        return self.drawn[row.topic] < self.topics[row.topic] and self.drawn[row.publisher] < self.of_publisher

    def take(self, row: Row) -> None:
        self.drawn.update((row.topic, row.publisher))


Choice = Callable[[Row, np.random.Generator], Item | None]


class Seen:
    """Texts already used, as hashes of their runs of words."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._shingles = {shingle for text in texts for shingle in shingles(text)}

    def is_new(self, text: str) -> bool:
        own = shingles(text)
        return len(own & self._shingles) <= LARGEST_OVERLAP * len(own)

    def add(self, text: str) -> None:
        self._shingles |= shingles(text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    others = pd.read_parquet(options.data / "moral_events.parquet")
    rows = list(candidates(pd.read_parquet(options.data / f"{SET}.parquet"), others))
    seen = Seen([" ".join(sentences) for sentences in others["sentences"]])
    generator = np.random.default_rng(RANDOM_STATE)
    articles = draw(shuffled(rows, generator), N_ARTICLES, seen, generator, whole)
    sentences = draw(shuffled(rows, generator), N_SENTENCES, seen, generator, one_sentence)
    write(options.out, "articles", ARTICLES_PER_BATCH, [item.shown_whole(n) for n, item in enumerate(articles, 1)])
    write(options.out, "sentences", SENTENCES_PER_BATCH, [item.shown(n) for n, item in enumerate(sentences, 1)])
    lines = [*keys("article", articles), *keys("sentence", sentences)]
    (options.out / "key.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")


def candidates(frame: pd.DataFrame, others: pd.DataFrame) -> Iterator[Row]:
    """The articles that may be drawn."""
    frame = frame[~frame["url"].isin(others["url"]) & ~frame["title"].isin(others["title"])]
    for item in frame.itertuples():
        yield Row(item.id, item.title, item.text, item.outlet, item.topic, publisher(item.url))


def publisher(url: str) -> str:
    """The registered domain of an address."""
    parts = urlsplit(url).netloc.lower().split(":")[0].split(".")
    return ".".join(parts[-3:] if len(parts[-1]) == 2 and parts[-2] in {"co", "com"} else parts[-2:])


def shuffled(rows: Sequence[Row], generator: np.random.Generator) -> list[Row]:
    """`rows` in a random order in which articles of large topics and publishers come later."""
    sizes = Counter(row.topic for row in rows), Counter(row.publisher for row in rows)
    weights = np.array([sizes[0][row.topic] * sizes[1][row.publisher] for row in rows]) ** -0.5
    # Efraimidis and Spirakis (2006): sampling by weight without replacement is sorting by these keys.
    order = np.argsort(-np.log(generator.random(len(rows))) / weights)
    return [rows[index] for index in order]


def draw(rows: Sequence[Row], n_items: int, seen: Seen, generator: np.random.Generator, choose: Choice) -> list[Item]:
    """`n_items` new items within the quotas, in random order."""
    quotas = Quotas(topic_quotas(rows, n_items), int(LARGEST_SHARE * n_items))
    items: list[Item] = []
    for row in rows:
        if len(items) == n_items:
            break
        if quotas.has_room(row) and seen.is_new(row.text) and (item := choose(row, generator)) is not None:
            quotas.take(row)
            seen.add(row.text)
            items.append(item)
    return [items[index] for index in generator.permutation(len(items))]


def topic_quotas(rows: Sequence[Row], n_items: int) -> dict[str, int]:
    """How many items a topic may have: in proportion to the square root of its size, rounded up."""
    roots = {topic: size**0.5 for topic, size in Counter(row.topic for row in rows).items()}
    return {topic: int(n_items * root / sum(roots.values())) + 1 for topic, root in roots.items()}


def whole(row: Row, _: np.random.Generator) -> Item | None:
    """The whole article, if its length is right."""
    fits = ARTICLE_WORDS[0] <= len(row.text.split()) <= ARTICLE_WORDS[1]
    return Item(row, Span(0, len(row.text)), "both") if fits else None


def one_sentence(row: Row, generator: np.random.Generator) -> Item | None:
    """A sentence of the article's prose drawn at random, if there is one of the right length."""
    article = read(row)
    fitting = [sentence for sentence in article.sentences if fits(sentence, row.text)] if article else []
    if not fitting:
        return None
    sentence = fitting[generator.integers(len(fitting))]
    voices = sorted({stretch.voice.value for stretch in sentence.stretches})
    return Item(row, sentence.span, voices[0] if len(voices) == 1 else "both")


def fits(sentence: Sentence, text: str) -> bool:
    """Whether a sentence is prose or quotation of the right length."""
    n_words = len(sentence.span.of(text).split())
    return sentence.kind in {Kind.PROSE, Kind.QUOTE} and SENTENCE_WORDS[0] <= n_words <= SENTENCE_WORDS[1]


def read(row: Row) -> Article | None:
    """The article cut into sentences; None if it is no English prose."""
    try:
        return article_of(Document(row.id, row.text))
    except InputError:
        return None


def shingles(text: str) -> set[int]:
    """Hashes of all runs of eight words."""
    words = re.findall(r"\w+", text.casefold())
    return {hash(tuple(words[at : at + SHINGLE_WORDS])) for at in range(len(words) - SHINGLE_WORDS + 1)}


def write(folder: Path, name: str, size: int, shown: Sequence[str]) -> None:
    """Writes the items in batches."""
    for batch in range(0, len(shown), size):
        path = folder / f"{name}-{batch // size + 1}.txt"
        path.write_text("\n".join(shown[batch : batch + size]), "utf-8")


def keys(level: str, items: Sequence[Item]) -> Iterator[dict[str, object]]:
    """Where each number is found again."""
    for number, item in enumerate(items, 1):
        yield {
            "level": level,
            "number": number,
            "set": SET,
            "id": item.row.id,
            "start": item.span.start,
            "stop": item.span.stop,
            "voice": item.voice,
        }


if __name__ == "__main__":
    main()
