"""A scores file read as a corpus: only what a comparison needs, and texts when they are asked for."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from fake_corpus import BUNDLE, LOADED
from pyarrow.parquet import write_table

from framing.compare.load import load
from framing.compare.options import Options
from framing.compare.rows import Corpus, MentionText
from framing.compare.run import compare
from framing.corpus import open_scores
from framing.corpus.layout import schema

TEXT = "Harbour closes\nThe embattled mayor Ruth Tennick left. She said it was a disgrace."


def actor(name: str, known: bool, stance: float | None) -> dict[str, Any]:
    mention = {"start": 34, "stop": 46, "sentence_start": 15, "sentence_stop": 53, "in_title": False, "stance": -0.5}
    mentions = [mention | {"weight": 1.0, "voice": "journalist", "speaker": None, "how": "name"}]
    counts = {"n": 2, "n_quoted": 0, "n_mentions": 1}
    return {
        "id": f"x:{name}",
        "name": name,
        "kind": "person",
        "known": known,
        "stance": stance,
        "mentions": mentions,
    } | counts


def row(number: int, **changes: Any) -> dict[str, Any]:
    marker = {"start": 19, "stop": 28, "lexicon": "labels", "term": "embattled", "voice": "journalist"}
    markers = [
        marker | {"negated": negated, "own": own} for negated, own in ((False, False), (True, False), (False, True))
    ]
    return {
        "id": f"article-{number}", "title": "Harbour closes", "outlet": "Post", "date": "2026-03-01", "language": "en",
        "n_words": 14, "text": TEXT, "sentences": [{"start": 15, "stop": 53}, {"start": 54, "stop": 82}],
        "loaded": 0.25, "loaded_low": 0.1, "loaded_high": None, "loaded_n": 2, "columns": [("desk", "city")],
        "markers": markers, "actors": [actor("Ruth Tennick", False, -0.5), actor("Ann One", True, None)],
        "bundle_name": BUNDLE.name, "bundle_version": BUNDLE.version, "bundle_sha256": BUNDLE.sha256,
    } | changes  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    rows = [
        row(0),
        {"id": "broken", "error_kind": "input", "error": "no text"},
        row(1, outlet="Echo", actors=[], columns=[]),
    ]
    table = pa.Table.from_pylist(rows, schema({"loaded": LOADED}, "reference"))
    write_table(table, tmp_path / "scores.parquet", row_group_size=2)
    return load(open_scores(tmp_path / "scores.parquet"))


def test_numbers_stand_in_columns_and_rows_in_error_apart(corpus: Corpus) -> None:
    assert corpus.ids == ["article-0", "article-1"]
    assert [failure.id for failure in corpus.failures] == ["broken"]
    assert corpus.axes["loaded"].value.tolist() == [0.25, 0.25]
    assert np.isnan(corpus.axes["loaded"].high).all()
    assert {name: list(column) for name, column in corpus.columns.items()} == {"desk": ["city", None]}


def test_actors_point_at_their_articles_and_unknown_ones_are_told_by_name(corpus: Corpus) -> None:
    assert corpus.actors.article.tolist() == [0, 0]
    assert corpus.actors.actor == ["article:ruth tennick", "x:Ann One"]
    assert corpus.actors.known.tolist() == [False, True]
    assert np.isnan(corpus.actors.stance[1])


def test_hits_that_are_negated_or_of_the_users_own_lexicon_do_not_count(corpus: Corpus) -> None:
    assert {name: counts.tolist() for name, counts in corpus.markers.items()} == {"labels": [1, 1]}


def test_texts_come_in_the_order_asked_for(corpus: Corpus) -> None:
    first = ("The embattled mayor Ruth Tennick left.", "She said it was a disgrace.")
    assert list(corpus.source.sentences([1, 0])) == [first, first]
    none, some = corpus.source.mentions([1, 0])
    assert none == ()
    sentence = "The embattled mayor Ruth Tennick left."
    assert some[0] == MentionText("article:ruth tennick", sentence, 19, 31, True, ("embattled",))


def test_a_scores_file_can_be_compared(corpus: Corpus) -> None:
    assert [group.name for group in compare(corpus, Options(n_draws=100)).groups] == ["Echo", "Post"]
