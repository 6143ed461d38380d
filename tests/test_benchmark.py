"""The benchmark on tiny sets: rows are held out as each protocol says, models are trained anew, tables say it all."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from rich.console import Console
from sklearn.metrics import f1_score
from tiny import LOADED, PLAIN
from typer.testing import CliRunner

from framing.cli import app
from framing.errors import UsageError
from framing.evaluation.protocols import Benchmark
from framing.metrics import weighted_f1
from framing.report.benchmarks import benchmark_format, write_benchmark
from framing.training.benchmark import sets
from framing.training.benchmark.problem import ALWAYS_TRAINED, Problem
from framing.training.benchmark.protocols import PROTOCOLS
from framing.training.benchmark.run import OURS, Plan, chosen, run

N = 60
SETS = ("babe", "newsmtsc", "subjectivity", "hyperpartisan", "article_bias")


def sentence(at: int) -> str:
    """Every second sentence has a loaded word, and all differ."""
    words = [PLAIN[at % len(PLAIN)], PLAIN[(at * 3 + 1) % len(PLAIN)], PLAIN[(at // 10 + 2) % len(PLAIN)]]
    return " ".join([*words, LOADED[at % len(LOADED)]] if at % 2 else words)


def babe(at: int) -> dict[str, Any]:
    outlet = ("Fox News", "Fox Online News", "Orla Echo", "Daily Toy", "Harbour Post", "The Bridge")[at % 6]
    url = f"https://example.org/{at // 3}"
    marks = {"biased": bool(at % 2), "opinion": "factual", "biased_words": []}
    return {"id": f"b{at}", "text": sentence(at), "article_url": url, "outlet": outlet, **marks}


def newsmtsc(at: int) -> dict[str, Any]:
    split = ("train", "train", "dev_rw", "dev_mt")[at // 15]
    text = f"mayor {sentence(at)} plan"
    where = (0, 5) if at % 3 else (len(text) - 4, len(text))
    mention = {"start": where[0], "stop": where[1], "mention": text[slice(*where)], "polarity": -(at % 2)}
    return {"id": f"s_{at // 5}_{at}", "sentence": text, "split": split, **mention}


def subjectivity(at: int) -> dict[str, Any]:
    label, split = ("OBJ", "SUBJ")[at % 2], "train" if at < 40 else "dev"
    return {"sentence_id": f"c{at}", "sentence": sentence(at), "label": label, "split": split}


def hyperpartisan(at: int) -> dict[str, Any]:
    url = f"https://www.site{at % 7}.example/{at}"
    return {"id": f"h{at}", "title": "plan", "text": sentence(at), "url": url, "hyperpartisan": bool(at % 2)}


def article_bias(at: int) -> dict[str, Any]:
    split = "train" if at < 40 else "valid"
    outlet = f"Outlet {at % 4}" if at < 50 else f"Unseen {at % 2}"
    about = {"title": "report", "text": sentence(at), "bias": ("left", "center", "right")[at % 3], "outlet": outlet}
    return {"id": f"a{at}", **about, "random_split": split, "media_split": split}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    makers: tuple[Callable[[int], dict[str, Any]], ...] = (babe, newsmtsc, subjectivity, hyperpartisan, article_bias)
    for name, make in zip(SETS, makers, strict=True):
        parquet.write_table(pa.Table.from_pylist([make(at) for at in range(N)]), folder / f"{name}.parquet")
    return folder


def plan(data: Path, base: Path, stages: Path, *only: str, quick: bool = False) -> Plan:
    return Plan(data, stages, only, quick, n_folds=2, base=str(base), passes=2.0, max_tokens=48, n_draws=30)


@pytest.fixture(scope="module")
def quick(data: Path, tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Benchmark:
    return run(plan(data, tiny_base, tmp_path_factory.mktemp("stages"), quick=True))


def held_out(problem: Problem, values: list[Any], fold: int) -> tuple[set[Any], set[Any]]:
    inside, others = (
        {values[at] for at in np.flatnonzero(mask)} for mask in (problem.folds == fold, problem.folds != fold)
    )
    return inside, others


def test_articles_are_never_on_both_sides_of_the_grouped_folds_and_are_of_the_random_ones(data: Path) -> None:
    grouped, random = sets.babe_grouped(data, True), sets.babe_random(data, True)
    assert not any(set.intersection(*held_out(grouped, list(grouped.groups), fold)) for fold in range(5))
    assert all(set.intersection(*held_out(random, list(random.groups), fold)) for fold in range(5))


def test_an_outlet_of_two_names_is_on_one_side(data: Path) -> None:
    problem = sets.babe_outlets(data, True)
    fox = {int(fold) for fold, name in zip(problem.folds, problem.outlets, strict=True) if name and "Fox" in name}
    assert len(fox) == 1


def test_only_the_development_part_is_held_out(data: Path) -> None:
    for problem, n in ((sets.checkthat(data, True), 20), (sets.newsmtsc_rw(data, True), 15)):
        assert set(problem.folds) == {ALWAYS_TRAINED, 0}
        assert int((problem.folds == 0).sum()) == n


def test_publishers_of_partisan_articles_are_on_one_side(data: Path) -> None:
    problem = sets.hyperpartisan(data, True)
    assert set(problem.groups) == {f"site{n}.example" for n in range(7)}
    assert not any(set.intersection(*held_out(problem, list(problem.groups), fold)) for fold in range(5))


def test_the_strict_split_measures_only_on_outlets_without_an_article_in_training(data: Path) -> None:
    plain, strict = sets.bias_media(data, True), sets.bias_media_strict(data, True)
    assert int((plain.folds == 0).sum()) == 20
    inside, others = held_out(strict, list(strict.outlets), 0)
    assert inside == {"Unseen 0", "Unseen 1"}
    assert not inside & others


def test_every_protocol_is_measured_with_its_baselines(quick: Benchmark) -> None:
    assert [one.protocol for one in quick.results] == list(PROTOCOLS)
    assert quick.left_out == {}
    for one in quick.results:
        assert {"framing", "majority", "TF-IDF and logistic regression"} <= set(one.figures)
        assert {"macro_f1", "accuracy"} <= set(one.figures[OURS])
        assert one.figures[OURS]["macro_f1"].n == one.n > 0
    assert {one.folds for one in quick.results} == {"2 of 5", "all"}


def test_words_of_random_vectors_tell_the_loaded_sentences_apart(quick: Benchmark) -> None:
    figures = next(one.figures for one in quick.results if one.protocol.name == "babe-random")
    assert figures[OURS]["macro_f1"].value > figures["majority"]["macro_f1"].value


def test_an_encoder_is_tuned_for_each_fold_and_kept(data: Path, tiny_base: Path, tmp_path: Path) -> None:
    asked = plan(data, tiny_base, tmp_path, "babe-grouped", "newsmtsc-mt")
    first = run(asked)
    folds = sorted(tmp_path.glob("babe-grouped/fold-*/model.safetensors"))
    assert len(folds) == 2
    times = [path.stat().st_mtime_ns for path in folds]
    again = run(asked)
    assert [path.stat().st_mtime_ns for path in folds] == times
    assert [one.figures for one in again.results] == [one.figures for one in first.results]
    assert all("tuned on each fold" in one.how for one in first.results)


def test_a_set_that_is_not_there_is_left_out_and_named(data: Path, tiny_base: Path, tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "subjectivity.parquet").write_bytes((data / "subjectivity.parquet").read_bytes())
    asked = plan(tmp_path / "some", tiny_base, tmp_path / "stages", "checkthat", "babe-random", quick=True)
    found = run(asked)
    assert [one.protocol.name for one in found.results] == ["checkthat"]
    assert "no such data set" in found.left_out["babe-random"]
    with pytest.raises(UsageError, match="none of the sets is here"):
        run(replace(asked, only=("babe-random",)))


def test_a_protocol_that_is_not_known_is_named() -> None:
    with pytest.raises(UsageError, match="--only babe: no such protocol; there are babe-random"):
        chosen(["babe"])


def test_the_weighted_f1_is_that_of_scikit_learn() -> None:
    generator = np.random.default_rng(0)
    truth, said = generator.integers(0, 2, 80).astype(float), generator.random(80)
    assert weighted_f1(truth, said) == pytest.approx(f1_score(truth, said >= 0.5, average="weighted"))


@pytest.mark.parametrize("kind", ["terminal", "md", "json"])
def test_every_format_has_ours_theirs_and_what_differs(quick: Benchmark, kind: str) -> None:
    file = io.StringIO()
    write_benchmark(quick, kind, file)
    words = " ".join(file.getvalue().replace("\\", "").split())
    assert all(one.protocol.name in words for one in quick.results)
    assert "0.804" in words
    assert "Spinde" in words
    assert "no paper leaves outlets out" in words


def test_a_terminal_of_80_columns_cuts_nothing(quick: Benchmark) -> None:
    file = io.StringIO()
    write_benchmark(quick, "terminal", file)
    assert "…" not in file.getvalue()
    assert max(map(len, file.getvalue().splitlines())) <= Console(file=file).width


def test_json_has_every_figure(quick: Benchmark) -> None:
    file = io.StringIO()
    write_benchmark(quick, "json", file)
    data = json.loads(file.getvalue())
    assert data["results"][0]["figures"][OURS]["macro_f1"]["n"] == quick.results[0].n
    assert data["quick"] is True


def test_formats_and_folders_that_will_not_do_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="html: a benchmark has no such format"):
        benchmark_format("html", None)
    done = CliRunner().invoke(app, ["benchmark", "--data", str(tmp_path), "--stages", str(tmp_path / "s"), "--quick"])
    assert isinstance(done.exception, UsageError)
