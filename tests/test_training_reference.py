"""The reference corpus: its quantiles, and the cache by which an interrupted run goes on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from fakes import AXES, fake_score, null_score

from framing.article import Document, Failure
from framing.bundle import Reference
from framing.errors import UsageError
from framing.scores import ArticleScore
from framing.training import reference
from framing.training.reference import Scored, middles, parts, sample, scored


class FakeBundle:
    axes = AXES


class FakeScorer:
    """Scores every document alike, unless its id says otherwise, and keeps which it was given."""

    bundle = FakeBundle()

    def __init__(self) -> None:
        self.seen: list[str] = []

    def score_documents(self, documents: Iterable[Document]) -> Iterator[ArticleScore | Failure]:
        for document in documents:
            self.seen.append(document.id)
            if document.id == "stop":
                raise KeyboardInterrupt
            yield self._score(document.id)

    def _score(self, name: str) -> ArticleScore | Failure:
        if name == "french":
            return Failure(name, "input", "not English")
        if name == "short":
            return null_score()
        return fake_score(id=name)


def documents(*names: str) -> list[Document]:
    return [Document(name, "text") for name in names]


def cached(names: list[str], cache: Path) -> tuple[Mapping[str, np.ndarray], list[str]]:
    """The values of these documents, and which of them were scored for it."""
    scorer = FakeScorer()
    found = scored(scorer, iter(documents(*names)), cache)  # type: ignore[arg-type]
    return found.values, scorer.seen


def test_values_are_those_of_every_article_that_has_them(tmp_path: Path) -> None:
    found, _ = cached(["a", "french", "short", "b"], tmp_path / "cache.tsv")
    expected = {name: score.value for name, score in fake_score().axes.items()}
    assert {name: len(numbers) for name, numbers in found.items()} == dict.fromkeys(AXES, 2)
    assert {name: numbers[0] for name, numbers in found.items()} == pytest.approx(expected, abs=1e-6)


def test_what_is_in_the_cache_is_not_scored_again(tmp_path: Path) -> None:
    cache = tmp_path / "cache.tsv"
    whole, _ = cached(["a", "french", "short", "b"], cache)
    again, scored = cached(["a", "french", "short", "b"], cache)
    assert scored == []
    assert {name: numbers.tolist() for name, numbers in again.items()} == {n: v.tolist() for n, v in whole.items()}


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    cache = tmp_path / "cache.tsv"
    with pytest.raises(KeyboardInterrupt):
        cached(["a", "b", "stop", "c"], cache)
    found, scored = cached(["a", "b", "c"], cache)
    assert scored == ["c"]
    assert len(found["loaded"]) == 3


@pytest.mark.parametrize("torn", ["c", "c\t0.12", "c\t0.123456\t0.2"])
def test_a_line_that_an_interruption_tore_is_scored_again(tmp_path: Path, torn: str) -> None:
    cache = tmp_path / "cache.tsv"
    whole, _ = cached(["a", "b", "c"], cache)
    lines = cache.read_text("utf-8").splitlines()
    cache.write_text("\n".join([*lines[:2], torn]), "utf-8")
    found, scored = cached(["a", "b", "c"], cache)
    assert scored == ["c"]
    assert found["loaded"].tolist() == whole["loaded"].tolist()
    assert len(cache.read_text("utf-8").splitlines()) == 3


def test_a_smaller_sample_rests_on_its_own_articles_alone(tmp_path: Path) -> None:
    cached(["a", "b", "c"], tmp_path / "cache.tsv")
    found, scored = cached(["b"], tmp_path / "cache.tsv")
    assert (scored, len(found["loaded"])) == ([], 1)


def test_a_corpus_without_a_single_score_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of 2 reference articles could be scored"):
        cached(["french", "short"], tmp_path / "cache.tsv")


def test_shares_of_several_processes_end_in_one_file_and_nothing_is_scored_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    class Counting(FakeScorer):
        def __init__(self, *_: object, **__: object) -> None:
            self.seen = seen

    def one_after_the_other(n_workers: int, function: Callable[..., None], *arguments: Iterable[object]) -> None:
        assert n_workers == 2
        for values in zip(*arguments, strict=False):
            function(*values)

    monkeypatch.setattr(reference, "Scorer", Counting)
    monkeypatch.setattr(reference, "load_bundle", lambda folder: folder)
    monkeypatch.setattr(reference, "in_workers", one_after_the_other)
    cache = tmp_path / "cache.tsv"
    cached(["b"], cache)
    (tmp_path / "cache-1.tsv").write_text(cache.read_text("utf-8").replace("b", "d", 1), "utf-8")

    reference.fill(tmp_path, documents("a", "b", "c", "d", "french"), cache, 2)

    assert sorted(seen) == ["a", "c", "french"]
    assert [path.name for path in tmp_path.iterdir()] == ["cache.tsv"]
    values, scored_anew = cached(["a", "b", "c", "d", "french"], cache)
    assert (len(values["loaded"]), scored_anew) == (4, [])


def test_quantiles_are_101_points_from_lowest_to_highest() -> None:
    numbers = np.linspace(0.8, 0.2, 601)
    found = Scored([str(at) for at in range(601)], {"loaded": numbers}).quantiles["loaded"]
    assert (found.shape, found.dtype) == ((101,), np.float32)
    np.testing.assert_allclose(found, np.linspace(0.2, 0.8, 101), atol=1e-6)


def test_parts_are_the_outlets_of_each_type_and_spans_of_years_that_have_enough_articles(tmp_path: Path) -> None:
    ids = [str(at) for at in range(900)]
    biases, dates = ["left", "center", "right"] * 300, ["2013-05-01"] * 500 + ["2019-01-31"] * 250 + [None] * 150
    table = {"id": [*ids, "not scored"], "bias": [*biases, "left"], "date": [*dates, "2016-01-01"]}
    parquet.write_table(pa.table(table), tmp_path / "corpus.parquet")
    found = Scored(ids, {"loaded": np.arange(900.0), "opinion": np.arange(900.0) % 3})
    of_parts = parts(found, tmp_path / "corpus.parquet")
    expected = [("outlets", name, 300) for name in ("left", "center", "right")]
    assert [(one.kind, one.name, one.n) for one in of_parts] == [
        *expected,
        ("years", "2012 to 2014", 500),
        ("years", "2018 to 2020", 250),
    ]
    assert [one.quantiles["opinion"][0] for one in of_parts] == [0, 1, 2, 0, 0]
    assert of_parts[4].quantiles["loaded"][[0, 100]].tolist() == [500, 749]
    corpus = Reference("articles", 900, found.quantiles, of_parts)
    assert dict(middles(corpus))["loaded"] == pytest.approx([50, 50, 50, 27.75, 69.5], abs=0.3)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    columns = {name: [f"{name} {i}" for i in range(20)] for name in ("id", "title", "text", "outlet", "more")}
    parquet.write_table(pa.table(columns), tmp_path / "corpus.parquet")
    return tmp_path / "corpus.parquet"


@pytest.mark.parametrize(("n", "expected"), [(5, 5), (20, 20), (99, 20)])
def test_a_sample_has_as_many_articles_as_there_are(corpus: Path, n: int, expected: int) -> None:
    found = list(sample(corpus, n, 0))
    assert len({document.id for document in found}) == len(found) == expected


def test_a_sample_depends_on_its_random_state_alone(corpus: Path) -> None:
    first, again, other = ([document.id for document in sample(corpus, 8, state)] for state in (0, 0, 1))
    assert first == again
    assert first != other


def test_a_sampled_article_has_its_headline_on_the_first_line(corpus: Path) -> None:
    (first, *_) = sample(corpus, 20, 0)
    assert first == Document("id 0", "title 0\n\ntext 0", has_title=True, outlet="outlet 0")


def test_a_missing_corpus_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        list(sample(tmp_path / "none.parquet", 3, 0))
