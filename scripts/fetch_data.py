"""Fetches the public sets from their homes into the layout that training and benchmark read (one Parquet file a set).

    python scripts/fetch_data.py --out data/public
    python scripts/fetch_data.py --out data/public babe newsmtsc
    python scripts/fetch_data.py --out data/public subjectivity --from downloads

Each set is downloaded, checked, and converted; `--from` takes files that were downloaded by hand, by the names listed.
Addresses name a commit or a numbered record where there is one, but the sha256 of what they serve is not known here:
the files of this project's own training were made elsewhere, without the rows that are kept for a final test. So
nothing is compared on the first run; the hashes found are written to `sha256.json` beside the sets, and every later run
compares with them. The converters are tested on small files in the formats that the sets' own pages describe; none
of the downloads was tried when this was written. Official test parts are left out, as everywhere in this project.

Sets whose form is not converted here are listed with their homes.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import shutil
import sys
import urllib.request
import zipfile
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as parquet

Files = Mapping[str, bytes]
Rows = Iterator[dict[str, Any]]
OPINIONS = {
    "Entirely factual": "factual",
    "Somewhat factual but also opinionated": "mixed",
    "Expresses writer’s opinion": "opinion",
}
BY_HAND = {
    "frames": "https://github.com/phenixace/narrative-framing (MIT): folder data",
    "moral_events": "https://github.com/launchnlp/MOKA (CC BY-NC-SA 4.0)",
    "names": "Worldwide Newswire (Stanford NLP), wikigold, WNUT17, BTC and re3d: each from its own page",
    "pronouns": "GAP: https://github.com/google-research-datasets/gap-coreference (Apache-2.0)",
    "stories": "NeuS (Lee et al., NAACL 2022): from the page that the paper names",
}


@dataclass(frozen=True)
class Source:
    """A set: where it lives, its files with their addresses (None: by hand), and how they become rows."""

    home: str
    licence: str
    files: Mapping[str, str | None]
    convert: Callable[[Files], Rows]


def babe(files: Files) -> Rows:
    """Sentences on which the annotators agreed; the id is that of this project's own file."""
    text = files["final_labels_SG2.csv"].decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text), delimiter=";"):
        if row["label_bias"] in ("Biased", "Non-biased"):
            yield {
                "id": hashlib.sha1(row["text"].encode()).hexdigest()[:12],
                "text": row["text"],
                "article_url": row["news_link"] or None,
                "outlet": row["outlet"] or None,
                "topic": row["topic"] or None,
                "outlet_leaning": row["type"] or None,
                "biased": row["label_bias"] == "Biased",
                "opinion": OPINIONS.get(row["label_opinion"]),
                "biased_words": list(literal_eval(row["biased_words"] or "[]")),
            }


def newsmtsc(files: Files) -> Rows:
    """Mentions of the training part and of both development parts."""
    for name, split in (("rw-train.jsonl", "train"), ("rw-dev.jsonl", "dev_rw"), ("mt-dev.jsonl", "dev_mt")):
        for line in files[name].decode().split("\n"):
            if line.strip():
                row = json.loads(line)
                span = {"start": row["from"], "stop": row["to"]}
                kept = {key: row[key] for key in ("id", "sentence", "mention")}
                yield {**kept, **span, "polarity": int(row["polarity"]), "split": split}


def subjectivity(files: Files) -> Rows:
    """Sentences of the training and of both development parts."""
    for name, split in (("train_en.tsv", "train"), ("dev_en.tsv", "dev"), ("dev_test_en.tsv", "dev")):
        reader = csv.DictReader(io.StringIO(files[name].decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            yield {**{key: row[key] for key in ("sentence_id", "sentence", "label")}, "split": split}


def hyperpartisan(files: Files) -> Rows:
    """The articles that were labelled one by one."""
    articles, labels = (
        ElementTree.fromstring(_only(files[f"{kind}-training-byarticle-20181122.zip"]))
        for kind in ("articles", "ground-truth")
    )
    known = {label.attrib["id"]: label.attrib for label in labels}
    for article in articles:
        label, paragraphs = known[article.attrib["id"]], ["".join(one.itertext()) for one in article]
        yield {
            "id": article.attrib["id"],
            "title": article.attrib["title"],
            "text": "\n".join(paragraphs).strip(),
            "date": article.attrib.get("published-at"),
            "url": label["url"],
            "hyperpartisan": label["hyperpartisan"] == "true",
        }


def article_bias(files: Files) -> Rows:
    """Articles of the random split's training and validation parts; of the media split, the test part is not told."""
    with zipfile.ZipFile(io.BytesIO(files["article-bias.zip"])) as archive:
        members = {re.sub(r"^[^/]+/", "", name): name for name in archive.namelist()}
        splits = {kind: dict(_split(archive, members, kind)) for kind in ("random", "media")}
        rows = [json.loads(archive.read(members[name])) for name in sorted(members) if _is_article(name)]
    tested = {row["source"] for row in rows if splits["media"].get(row["ID"]) == "test"}
    for row in rows:
        parts = {kind: found.get(row["ID"]) for kind, found in splits.items()}
        if parts["random"] in ("train", "valid"):
            yield {
                "id": row["ID"],
                "title": row["title"],
                "text": row["content_original"],
                "outlet": row["source"],
                "url": row["url"],
                "date": row["date"],
                "topic": row["topic"],
                "bias": row["bias_text"],
                "random_split": parts["random"],
                "media_split": None if parts["media"] == "test" else parts["media"],
                "strict_media": row["source"] not in tested,
            }


def _is_article(name: str) -> bool:
    return name.startswith("data/jsons/") and name.endswith(".json")


def _split(archive: zipfile.ZipFile, members: Mapping[str, str], kind: str) -> Iterator[tuple[str, str]]:
    for part in ("train", "valid", "test"):
        text = archive.read(members[f"data/splits/{kind}/{part}.tsv"]).decode()
        yield from ((row["ID"], part) for row in csv.DictReader(io.StringIO(text), delimiter="\t"))


def _only(data: bytes) -> bytes:
    """The XML file in an archive, as one may be beside folders and notes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".xml")]
        return archive.read(name)


_BABE = (
    "https://raw.githubusercontent.com/Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-With-BABE"
)
_MTSC = "https://raw.githubusercontent.com/fhamborg/NewsMTSC/6b838e00f54423c253806327a0ae24dbffa24c9e/NewsSentiment"
_PARTS = f"{_MTSC}/experiments/default/datasets"
_ZENODO = "https://zenodo.org/records/1489920/files"
SOURCES = {
    "babe": Source(
        "https://github.com/Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-With-BABE",
        "AGPL-3.0 in the repository, CC BY-NC-SA 4.0 elsewhere",
        {"final_labels_SG2.csv": f"{_BABE}/74a96b5a33799717b4f4d22b0e609aa0e2e2fac3/data/final_labels_SG2.csv"},
        babe,
    ),
    "newsmtsc": Source(
        "https://github.com/fhamborg/NewsMTSC",
        "MIT",
        {
            "rw-train.jsonl": f"{_PARTS}/newsmtsc-rw-hf/train.jsonl",
            "rw-dev.jsonl": f"{_PARTS}/newsmtsc-rw-hf/dev.jsonl",
            "mt-dev.jsonl": f"{_PARTS}/newsmtsc-mt-hf/dev.jsonl",
        },
        newsmtsc,
    ),
    "hyperpartisan": Source(
        "https://doi.org/10.5281/zenodo.1489920",
        "CC BY 4.0",
        {
            f"{kind}-training-byarticle-20181122.zip": f"{_ZENODO}/{kind}-training-byarticle-20181122.zip?download=1"
            for kind in ("articles", "ground-truth")
        },
        hyperpartisan,
    ),
    "article_bias": Source(
        "https://github.com/ramybaly/Article-Bias-Prediction",
        "Apache-2.0",
        {
            "article-bias.zip": "https://github.com/ramybaly/Article-Bias-Prediction/archive/"
            "55e2984f0d2ce76f3a6f9a65c47550b2f2246122.zip"
        },
        article_bias,
    ),
    "subjectivity": Source(
        "https://gitlab.com/checkthat_lab/clef2025-checkthat-lab/-/tree/main/task1 (folder data/english)",
        "CC BY-NC-SA 4.0",
        dict.fromkeys(("train_en.tsv", "dev_en.tsv", "dev_test_en.tsv")),
        subjectivity,
    ),
}


def fetch(name: str, out: Path, given: Path | None) -> int:
    """Writes one set and says how many rows it has.

    Raises
    ------
    ValueError
        A file is not there and has no address, or its hash is not that of the first run.
    """
    source = SOURCES[name]
    files = {file: _read(file, url, source, given) for file, url in source.files.items()}
    _check(files, out / "sha256.json")
    table = pa.Table.from_pylist(list(source.convert(files)))
    partial = out / f".{name}.parquet"
    parquet.write_table(table, partial)
    partial.replace(out / f"{name}.parquet")
    return int(table.num_rows)


def _read(file: str, url: str | None, source: Source, given: Path | None) -> bytes:
    if given is not None and (given / file).is_file():
        return (given / file).read_bytes()
    if url is None:
        raise ValueError(f"{file}: to be fetched by hand from {source.home}; then give its folder as --from")
    with urllib.request.urlopen(url, timeout=60) as answer, io.BytesIO() as whole:
        shutil.copyfileobj(answer, whole)
        return whole.getvalue()


def _check(files: Files, path: Path) -> None:
    """Compares hashes with those of the first run, and writes those that are new."""
    known = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    changed = [name for name, digest in found.items() if known.get(name, digest) != digest]
    if changed:
        raise ValueError(f"{changed[0]}: its sha256 is not the one in {path}; delete the line there if it may differ")
    path.write_text(json.dumps(known | found, indent=1, sort_keys=True) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help=f"of {', '.join(SOURCES)}; all if none is named")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from", dest="given", type=Path, help="folder of files that were downloaded by hand")
    options = parser.parse_args()
    wrong = set(options.sets) - set(SOURCES)
    if wrong:
        parser.error(f"no such set: {', '.join(sorted(wrong))}; there are {', '.join(SOURCES)}")
    options.out.mkdir(parents=True, exist_ok=True)
    failed = False
    for name in options.sets or SOURCES:
        try:
            print(f"{name}: {fetch(name, options.out, options.given):,} rows ({SOURCES[name].licence})", flush=True)
        except (OSError, ValueError, KeyError) as error:
            failed = True
            print(f"{name}: {error}", file=sys.stderr)
    for name, home in BY_HAND.items() if not options.sets else ():
        print(f"{name}: not converted here; {home}", file=sys.stderr)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
