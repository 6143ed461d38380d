"""Converters of the public sets, on small files of our own in the formats that the sets' pages describe; no network."""

import importlib.util
import io
import json
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as parquet
import pytest

from framing.training.mention_rows import read_newsmtsc
from framing.training.rows import read_babe, read_subjectivity

ROOT = Path(__file__).resolve().parent.parent


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fetch_data", ROOT / "scripts" / "fetch_data.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fetch_data"] = module
    spec.loader.exec_module(module)
    return module


fetch_data = script()


def zipped(files: dict[str, str]) -> bytes:
    with io.BytesIO() as whole:
        with zipfile.ZipFile(whole, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return whole.getvalue()


BABE = """text;news_link;outlet;topic;type;label_bias;label_opinion;biased_words
"A ""shameful"" ambush; again.";https://a.example/1;Echo;parks;;Biased;Expresses writer’s opinion;['shameful', 'ambush']
The council met.;;Echo;parks;;Non-biased;Entirely factual;[]
Nobody agreed.;https://a.example/1;Echo;parks;;No agreement;No agreement;[]
"""


def mention(sentence: str, name: str, polarity: int) -> str:
    start = sentence.index(name)
    about = {"mention": name, "polarity": polarity, "from": start, "to": start + len(name)}
    return json.dumps({**about, "sentence": sentence, "id": f"s_1_{start}_{name}"})


FILES: dict[str, dict[str, bytes]] = {
    "babe": {"final_labels_SG2.csv": BABE.encode()},
    "newsmtsc": {
        "rw-train.jsonl": f"{mention('Ana praised Bo.', 'Ana', 0)}\n{mention('Ana praised Bo.', 'Bo', 1)}\n".encode(),
        "rw-dev.jsonl": mention("Cy lied.", "Cy", -1).encode(),
        "mt-dev.jsonl": mention("Di\u2028met Ed.", "Ed", 0).encode(),
    },
    "subjectivity": {
        "train_en.tsv": b'sentence_id\tsentence\tlabel\tsolved_conflict\nt1\tHe said "no".\tOBJ\tFalse\n',
        "dev_en.tsv": b"sentence_id\tsentence\tlabel\tsolved_conflict\nd1\tShame!\tSUBJ\tTrue\n",
        "dev_test_en.tsv": b"sentence_id\tsentence\tlabel\nx1\tIt rained.\tOBJ\n",
    },
    "hyperpartisan": {
        "articles-training-byarticle-20181122.zip": zipped(
            {
                "articles.xml": '<articles><article id="0" published-at="2017-09-10" title="One">'
                '<p>A <a href="x">linked</a> word &amp; more.</p><p>Second.</p></article>'
                '<article id="1" title="Two"><p>Plain.</p></article></articles>'
            }
        ),
        "ground-truth-training-byarticle-20181122.zip": zipped(
            {
                "truth.xml": '<articles><article id="1" hyperpartisan="false" labeled-by="article" url="https://b.example"/>'
                '<article id="0" hyperpartisan="true" labeled-by="article" url="https://a.example"/></articles>'
            }
        ),
    },
}


def article(name: str, source: str) -> str:
    about = {"topic": "tax", "source": source, "url": f"https://{name}.example", "date": "2019-01-02", "authors": ""}
    text = {"title": name, "content_original": f"{name} text", "content": "tokens", "bias_text": "left", "bias": 0}
    return json.dumps({"ID": name, **about, **text})


FILES["article_bias"] = {
    "article-bias.zip": zipped(
        {f"repo-1/data/jsons/{name}.json": article(name, name[0]) for name in ("a1", "a2", "b1", "c1", "c2")}
        | {
            "repo-1/README.md": "x",
            "repo-1/data/splits/random/train.tsv": "ID\tbias\na1\t0\nb1\t0\nc1\t0\n",
            "repo-1/data/splits/random/valid.tsv": "ID\tbias\na2\t0\n",
            "repo-1/data/splits/random/test.tsv": "ID\tbias\nc2\t0\n",
            "repo-1/data/splits/media/train.tsv": "ID\tbias\na1\t0\n",
            "repo-1/data/splits/media/valid.tsv": "ID\tbias\na2\t0\nc1\t0\n",
            "repo-1/data/splits/media/test.tsv": "ID\tbias\nb1\t0\nc2\t0\n",
        }
    )
}


def given(folder: Path, name: str) -> Path:
    for file, data in FILES[name].items():
        (folder / file).write_bytes(data)
    return folder


def fetched(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a set from files that lie there already."""
    fetch_data.fetch(name, folder, given(folder, name))
    return parquet.read_table(folder / f"{name}.parquet").to_pylist()


def test_every_set_that_is_fetched_has_a_file_here_to_convert() -> None:
    assert {name: set(source.files) for name, source in fetch_data.SOURCES.items()} == {
        name: set(files) for name, files in FILES.items()
    }


def test_babe_is_what_training_reads(tmp_path: Path) -> None:
    first, second = fetched(tmp_path, "babe")
    assert first["text"] == 'A "shameful" ambush; again.'
    assert (first["opinion"], second["opinion"], second["article_url"]) == ("opinion", "factual", None)
    rows = list(read_babe(tmp_path))
    assert [row.labels for row in rows] == [{"loaded": 1.0, "opinion": 1.0}, {"loaded": 0.0, "opinion": 0.0}]
    assert [span.of(rows[0].text) for span in rows[0].words or ()] == ["shameful", "ambush"]


def test_the_id_of_a_sentence_is_that_of_the_project_s_own_file(tmp_path: Path) -> None:
    assert fetched(tmp_path, "babe")[1]["id"] == "66ebd29a25d8"


def test_newsmtsc_is_what_training_reads(tmp_path: Path) -> None:
    fetched(tmp_path, "newsmtsc")
    (row,) = read_newsmtsc(tmp_path, "train")
    assert [(target.span.of(row.text), target.stance) for target in row.targets] == [
        ("Ana", (0.0, 1.0, 0.0)),
        ("Bo", (0.0, 0.0, 1.0)),
    ]
    assert [row.text for row in read_newsmtsc(tmp_path, "dev_mt")] == ["Di\u2028met Ed."]


def test_subjectivity_is_what_training_reads(tmp_path: Path) -> None:
    found = fetched(tmp_path, "subjectivity")
    assert [row["split"] for row in found] == ["train", "dev", "dev"]
    assert [(row.text, row.labels["opinion"]) for row in read_subjectivity(tmp_path)] == [
        ('He said "no".', 0.0),
        ("Shame!", 1.0),
        ("It rained.", 0.0),
    ]


def test_articles_are_joined_with_their_labels_by_number(tmp_path: Path) -> None:
    one, two = fetched(tmp_path, "hyperpartisan")
    assert one["text"] == "A linked word & more.\nSecond."
    assert (one["hyperpartisan"], one["url"], one["date"]) == (True, "https://a.example", "2017-09-10")
    assert (two["hyperpartisan"], two["date"]) == (False, None)


def test_articles_of_the_test_parts_are_not_told_and_their_outlets_are_marked(tmp_path: Path) -> None:
    found = fetched(tmp_path, "article_bias")
    told = {row["id"]: (row["random_split"], row["media_split"], row["strict_media"]) for row in found}
    assert told == {
        "a1": ("train", "train", True),
        "a2": ("valid", "valid", True),
        "b1": ("train", None, False),
        "c1": ("train", "valid", False),
    }
    assert found[0]["text"] == "a1 text"


def test_a_file_that_changed_since_the_first_run_is_refused(tmp_path: Path) -> None:
    fetched(tmp_path, "babe")
    (tmp_path / "final_labels_SG2.csv").write_bytes(BABE.replace("met", "sat").encode())
    with pytest.raises(ValueError, match=r"final_labels_SG2\.csv: its sha256 is not the one"):
        fetch_data.fetch("babe", tmp_path, tmp_path)


def test_a_set_without_an_address_says_where_to_fetch_it(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"train_en\.tsv: to be fetched by hand from https://gitlab"):
        fetch_data.fetch("subjectivity", tmp_path, None)


def test_every_address_is_one_of_https() -> None:
    addresses = [url for source in fetch_data.SOURCES.values() for url in source.files.values() if url]
    assert all(url.startswith("https://") for url in addresses)
