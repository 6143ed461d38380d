"""What the encoder of a bundle, as it is, makes of labelled rows: mean states, markers, cues, stances toward actors."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np

from framing.article import Voice
from framing.article_evidence import treated
from framing.article_head import STANCE_FEATURES, stance_features
from framing.axes import Level
from framing.bundle import FILES, load_bundle
from framing.errors import FramingError
from framing.evaluation.predictions import document
from framing.evidence import too_little
from framing.features.markers import one_sentence
from framing.heads import MAX_HITS
from framing.labels.row import LabelledRow
from framing.scorer import Scorer
from framing.scores import Marker
from framing.text import article_of
from framing.text.passages import TITLE, passages
from framing.training.words import counted, own_sentences
from framing.training.workers import in_workers
from framing.types import Bools, Floats

ROWS_AT_ONCE = 256
FAMILIES = ("states", "hits", "stance", "cues")


@dataclass(frozen=True, slots=True)
class Features:
    """The features of rows, all float64 but the states.

    Attributes
    ----------
    states : mean state of a sentence's tokens; of an article, the mean over its sentences. float32, (n_rows, width).
    hits : of each lexicon in a sentence, at most three; in an article, their number a sentence. (n_rows, n_lexicons).
    stance : `framing.article_head.STANCE_FEATURES` of an article; 0 for sentences. (n_rows, 4).
    cues : mean chances of the bundle's cues over the sentences of an article; 0 for sentences. (n_rows, n_cues).
    unread : row → why an article has no features; its numbers are 0.
    words : of articles, what `framing.training.words.counted` gives for the bundle's vocabulary; None without one.
    """

    states: Floats
    hits: Floats
    stance: Floats
    cues: Floats
    unread: dict[int, str]
    words: Any = None

    @property
    def read(self) -> Bools:
        """Which rows have features, shape (n_rows,)."""
        found = np.ones(len(self.states), dtype=bool)
        found[list(self.unread)] = False
        return found


def features(
    scorer: Scorer,
    rows: Sequence[LabelledRow],
    level: Level,
    cache: Path | None = None,
    step: Callable[[int], None] = lambda n_rows: None,
) -> Features:
    """The features of all rows; those read before an interruption are taken from the folder `cache`.

    `step` is called with the number of rows done each time some are.
    """
    parts = []
    for start in range(0, len(rows), ROWS_AT_ONCE):
        chosen = rows[start : start + ROWS_AT_ONCE]
        parts.append(_cached(scorer, chosen, level, cache))
        step(len(chosen))
    unread = {
        number * ROWS_AT_ONCE + index: why for number, part in enumerate(parts) for index, why in part.unread.items()
    }
    found, vocabulary = joined(parts, unread), scorer.bundle.vocabulary
    if vocabulary is None or level is Level.SENTENCE:
        return found
    return replace(found, words=counted(own_sentences(rows), vocabulary))


def fill(bundle: Path, rows: Sequence[LabelledRow], level: Level, cache: Path, n_workers: int) -> None:
    """Reads rows into the folder `cache`, from which `features` takes them, in processes side by side."""
    parts = [rows[start : start + ROWS_AT_ONCE] for start in range(0, len(rows), ROWS_AT_ONCE)]
    shares = [parts[worker::n_workers] for worker in range(n_workers)]
    in_workers(n_workers, _fill, repeat(bundle), shares, repeat(level), repeat(cache))


def _fill(bundle: Path, parts: Sequence[Sequence[LabelledRow]], level: Level, cache: Path) -> None:
    scorer = Scorer(load_bundle(bundle))
    for rows in parts:
        _cached(scorer, rows, level, cache)


def joined(parts: Sequence[Features], unread: dict[int, str] | None = None) -> Features:
    """The features of all parts, one after the other."""
    states, hits, stance, cues = (np.concatenate([getattr(part, name) for part in parts]) for name in FAMILIES)
    return Features(states, hits, stance, cues, unread or {})


def _cached(scorer: Scorer, rows: Sequence[LabelledRow], level: Level, cache: Path | None) -> Features:
    read = _sentences if level is Level.SENTENCE else _articles
    if cache is None:
        return read(scorer, rows)
    path = cache / f"{_key(scorer, rows, level)}.npz"
    if path.is_file():
        with np.load(path) as kept:
            unread = dict(zip(kept["unread"].tolist(), kept["why"].tolist(), strict=True))
            return Features(kept["states"], kept["hits"], kept["stance"], kept["cues"], unread)
    found = read(scorer, rows)
    cache.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        why = np.array(list(found.unread.values()), dtype=np.str_)
        arrays = {name: getattr(found, name) for name in FAMILIES}
        np.savez(file, unread=list(found.unread), why=why, **arrays)
    partial.replace(path)
    return found


def _key(scorer: Scorer, rows: Sequence[LabelledRow], level: Level) -> str:
    # Not the manifest: what it says of figures has no part in the features.
    files = scorer.bundle.manifest["files"]
    digest = sha256(f"{[files[name] for name in FILES]} {level} {STANCE_FEATURES}".encode())
    for row in rows:
        digest.update(repr((row.title, row.text)).encode())
    return digest.hexdigest()[:24]


def _sentences(scorer: Scorer, rows: Sequence[LabelledRow]) -> Features:
    states = scorer.encoder.encode([row.text for row in rows])
    hits = [np.minimum(_counts(scorer, scorer.finder.find(one_sentence(row.text))), MAX_HITS) for row in rows]
    width = states[0].states.shape[1]
    means = [one.states.mean(axis=0) if len(one.states) else np.zeros(width) for one in states]
    stance, cues = np.zeros((len(rows), len(STANCE_FEATURES))), np.zeros((len(rows), _n_cues(scorer)))
    return Features(np.array(means, dtype=np.float32), np.array(hits), stance, cues, {})


def _articles(scorer: Scorer, rows: Sequence[LabelledRow]) -> Features:
    width = scorer.bundle.manifest["encoder"]["width"]
    n_rows, n_lexicons = len(rows), len(scorer.bundle.lexicons)
    hits, stance, cues = (np.zeros((n_rows, n)) for n in (n_lexicons, len(STANCE_FEATURES), _n_cues(scorer)))
    out = Features(np.zeros((n_rows, width), np.float32), hits, stance, cues, {})
    for index, row in enumerate(rows):
        try:
            out.states[index], out.hits[index], out.stance[index], out.cues[index] = _article(scorer, row)
        except FramingError as error:
            out.unread[index] = str(error)
        except _TooLittleError as reason:
            out.unread[index] = str(reason)
    return out


class _TooLittleError(Exception):
    """The article has too little text in the journalist's own voice."""


def _article(scorer: Scorer, row: LabelledRow) -> tuple[Floats, Floats, Floats, Floats]:
    article = article_of(document(row))
    encoded = scorer.encode(list(passages(article)), scorer.finder.find(article))
    body = [one for one in encoded if one.passage.voice is Voice.JOURNALIST and one.passage.sentence != TITLE]
    why = too_little(article, len(body))
    if why:
        raise _TooLittleError(why)
    sentences = np.array([one.states.mean(axis=0) for one in body if len(one.states)])
    hits = np.mean([_counts(scorer, one.markers) for one in body], axis=0)
    mentions = treated(scorer.actors(article, encoded), scorer.sides)
    stance = stance_features([one.stance for one in mentions], [one.side for one in mentions])
    return sentences.mean(axis=0), hits, stance, _cues(scorer, sentences)


def _cues(scorer: Scorer, sentences: Floats) -> Floats:
    """Mean chances of the cues over sentences, shape (n_cues,)."""
    cues = scorer.bundle.cues
    return cues.chances(sentences).mean(axis=0) if cues else np.zeros(0)


def _n_cues(scorer: Scorer) -> int:
    return len(scorer.bundle.cues.names) if scorer.bundle.cues else 0


def _counts(scorer: Scorer, markers: Sequence[Marker]) -> Floats:
    """Hits of each lexicon of the bundle that are not negated, shape (n_lexicons,)."""
    counting = [marker.lexicon for marker in markers if not (marker.negated or marker.own)]
    return np.array(list(_counted(counting, scorer)), dtype=np.float64)


def _counted(names: Sequence[str], scorer: Scorer) -> Iterator[int]:
    return (names.count(lexicon.name) for lexicon in scorer.bundle.lexicons)
