"""The examples of docs/labels.md are read as the document says."""

import json
import re
from pathlib import Path

import pytest

from framing.article import Span
from framing.errors import InputError
from framing.labels import LabelledSet, LabelOptions, load
from framing.labels.json_array import array_items

DOCUMENT = (Path(__file__).resolve().parent.parent / "docs" / "labels.md").read_text("utf-8")
EXAMPLES = {
    name: text for name, text in re.findall(r"`(\w+\.(?:csv|jsonl?|tsv))`:\n\n```\w+\n(.*?)```", DOCUMENT, re.DOTALL)
}
NAMED = {"doccano": {"loaded": "label"}, "label_studio_min": {"loaded": "loaded"}}


def example(folder: Path, name: str) -> LabelledSet:
    path = folder / name
    path.write_text(EXAMPLES[name], encoding="utf-8")
    return load(path, LabelOptions(labels=NAMED.get(path.stem, {})))


def test_the_table_of_the_document_is_read(tmp_path: Path) -> None:
    found = example(tmp_path, "sentences.csv")
    assert [row.labels.get("sensational") for row in found.rows] == [0, 1, 0, 1]
    assert found.rows[1].outlet == "Daily Gale"


@pytest.mark.parametrize(
    "name", ["label_studio.json", "label_studio_min.json", "doccano.jsonl", "doccano_marks.jsonl", "document.tsv"]
)
def test_every_export_of_the_document_says_the_same(tmp_path: Path, name: str) -> None:
    found = example(tmp_path, name)
    first, second = found.rows
    assert not found.problems
    assert [first.text, second.text] == ["The mayor dithered for months.", "The mayor spoke on Monday."]
    if name != "doccano_marks.jsonl":
        assert [first.labels["loaded"], second.labels["loaded"]] == [0.5 if name == "label_studio.json" else 1, 0]
    if name != "doccano.jsonl":
        assert [first.words, second.words] == [(Span(10, 18),), ()]
    if name in {"label_studio.json", "doccano_marks.jsonl", "document.tsv"}:
        assert [(one.span.of(first.text), one.stance) for one in first.targets] == [("The mayor", -1)]


def test_annotators_of_label_studio_are_told_apart_and_cancelled_work_is_passed_over(tmp_path: Path) -> None:
    tasks = json.loads(EXAMPLES["label_studio.json"])
    tasks[1]["annotations"].append({**tasks[0]["annotations"][0], "completed_by": 9, "was_cancelled": True})
    tasks[1]["annotations"][0]["completed_by"] = {"id": 7, "email": "ann@example.org"}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(tasks))
    assert load(path).judgements["loaded"].names == ("7", "8", "ann@example.org")


def test_a_region_of_label_studio_has_the_stance_that_a_control_gives_it(tmp_path: Path) -> None:
    tasks = json.loads(EXAMPLES["label_studio.json"])
    region = {"start": 0, "end": 9, "text": "The mayor"}
    tasks[0]["annotations"][0]["result"][2:] = [
        {"id": "r2", "from_name": "actor", "type": "labels", "value": {**region, "labels": ["person"]}},
        {"id": "r2", "from_name": "stance", "type": "choices", "value": {**region, "choices": ["for"]}},
    ]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(tasks))
    assert [(one.span, one.stance) for one in load(path).rows[0].targets] == [(Span(0, 9), 1)]


def test_a_folder_of_inception_has_a_folder_a_document_and_a_file_an_annotator(tmp_path: Path) -> None:
    for document, annotator in (("one.txt", "ann"), ("one.txt", "bob"), ("two.txt", "ann"), ("two.txt", "INITIAL_CAS")):
        (tmp_path / document).mkdir(exist_ok=True)
        (tmp_path / document / f"{annotator}.tsv").write_text(EXAMPLES["document.tsv"], encoding="utf-8")
    found = load(tmp_path)
    assert [row.group for row in found.rows] == ["one.txt", "one.txt", "two.txt", "two.txt"]
    assert found.judgements["loaded"].names == ("ann", "bob")
    assert found.rows[0].where == "one.txt/ann.tsv:7"


def test_offsets_of_webanno_count_utf16_units_of_the_document_and_escapes_are_undone(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(
        "#FORMAT=WebAnno TSV 3.2\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n"
        "#T_SP=webanno.custom.Mark|stance|value\n#T_RL=webanno.custom.Rel|kind|BT_webanno.custom.Mark\n\n\n"
        "#Text=\N{GRINNING FACE} Ann\\tand Bob left.\n"
        "1-1\t10-12\t\N{GRINNING FACE}\t_\t_\t_\t_\t_\t\n1-2\t13-16\tAnn\tPER\t-1[1]|1[2]\ta\\_b[1]|*[2]\t_\t_\t\n"
        "1-3\t17-20\tand\t_\t1[2]\t*[2]\t_\t_\t\n1-3.1\t18-20\tnd\t_\t_\tsub\t_\t_\t\n1-4\t21-24\tBob\tPER\t1[2]\t*[2]\tx\t1-2\t\n"
        "1-5\t25-30\tleft.\t_\t_\t_\t_\t_\t\n\n#Text=Bye.\n2-1\t31-35\tBye.\t_\t_\t_\t_\t_\t\n",
        encoding="utf-8",
    )
    first, second = load(path).rows
    assert [(one.span.of(first.text), one.stance) for one in first.targets] == [("Ann", -1), ("Ann\tand Bob", 1)]
    assert [span.of(first.text) for span in first.words or ()] == ["nd"]
    assert second.words == ()


def test_a_folder_of_doccano_has_a_file_an_annotator(tmp_path: Path) -> None:
    for name, label in (("ann", "loaded"), ("bob", "plain")):
        text = EXAMPLES["doccano.jsonl"].replace('"loaded"', f'"{label}"')
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")
    found = load(tmp_path, LabelOptions(labels={"loaded": "label"}))
    assert [row.labels["loaded"] for row in found.rows] == [0.5, 0]
    assert found.judgements["loaded"].names == ("ann", "bob")


def test_a_folder_that_datasets_wrote_is_read_with_its_splits_and_class_names(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    features = datasets.Features(
        {"text": datasets.Value("string"), "label": datasets.ClassLabel(names=["plain", "loaded"])}
    )
    rows = {"text": ["All calm.", "What a mess!"], "label": [0, 1]}
    part = datasets.Dataset.from_dict(rows, features=features)
    part.info.license = "CC BY 4.0"
    datasets.DatasetDict({"train": part, "test": part.select([1])}).save_to_disk(str(tmp_path / "set"))
    found = load(tmp_path / "set", LabelOptions(labels={"loaded": "label"}))
    assert [(row.split, row.labels["loaded"], row.where) for row in found.rows] == [
        ("train", 0, "set/train:1"),
        ("train", 1, "set/train:2"),
        ("test", 1, "set/test:1"),
    ]
    assert found.licence == "CC BY 4.0"
    assert found.scales["loaded"].names == ("plain", "loaded")


def test_an_array_is_read_item_by_item_whatever_the_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.labels.json_array.CHUNK", 7)
    path = tmp_path / "a.json"
    path.write_text('\n [ {"a": "x, ]"},\n\n{"b": [1, 2]} , 12345]\n')
    assert list(array_items(path, "a.json")) == [(2, {"a": "x, ]"}), (4, {"b": [1, 2]}), (4, 12345)]
    path.write_text('[{"a": 1}, {"b": ')
    with pytest.raises(InputError, match=r"a\.json:1: not a JSON array"):
        list(array_items(path, "a.json"))


def test_a_folder_without_a_set_and_a_name_that_is_nowhere_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="no labelled set in this folder"):
        load(tmp_path)
    datasets = pytest.importorskip("datasets")

    def nowhere(name: str) -> None:
        raise ConnectionError(f"Couldn't reach {name}\non the hub")

    monkeypatch.setattr(datasets, "load_dataset", nowhere)
    with pytest.raises(InputError, match=r"^nobody/no_such_set: no such file .*reach nobody/no_such_set\); check"):
        load("nobody/no_such_set")
