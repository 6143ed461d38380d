import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_actors import acted_score, reported
from fakes import AXES, bipolar_score, fake_score, null_score
from jsonschema import Draft202012Validator

from framing.article import Failure
from framing.report import records
from framing.report.phrases import Result
from framing.report.write import output, write

FAILURE = Failure("empty.txt", "input", "empty.txt: no text; give an article")
RESULTS = [fake_score(), null_score(), bipolar_score(), FAILURE]
ACTED = [acted_score(), reported(acted_score(), "alderwick.council", "Tom Abara")]
ACTOR: dict[str, Any] = {
    "id": "article:ruth-tennick",
    "name": "Ruth Tennick",
    "kind": "person",
    "known": False,
    "stance": -0.3,
    "low": None,
    "high": None,
    "why_null": None,
    "n": 2,
    "title_stance": None,
    "quoted_stance": None,
    "n_quoted": 0,
    "n_mentions": 2,
    "share_of_voice": 0.2,
    "role": "harms",
    "speakers": [{"name": "Lena Ortiz", "stance": -0.8, "n": 1}],
    "evidence": [
        {
            "text": "So the mayor said.",
            "start": 0,
            "stop": 18,
            "mention": {"text": "the mayor", "start": 3, "stop": 12},
            "sentence": 0,
            "stance": -0.3,
            "weight": 1.0,
            "voice": "journalist",
            "speaker": None,
            "how": "office",
        }
    ],
}


def problems(data: object) -> list[str]:
    return [error.message for error in Draft202012Validator(records.schema()).iter_errors(data)]


def changed(path: str, value: Any) -> dict[str, Any]:
    data = json.loads(json.dumps(records.record(fake_score())))
    *way, last = path.split(".")
    inner = data
    for key in way:
        inner = inner[int(key)] if key.isdigit() else inner[key]
    inner[last] = value
    return dict(data)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(records.schema())


@pytest.mark.parametrize("result", [*RESULTS, *ACTED])
@pytest.mark.parametrize("with_text", [False, True])
def test_every_kind_of_result_keeps_the_schema(result: Result, with_text: bool) -> None:
    data = json.loads(json.dumps(records.record(result, with_text), allow_nan=False))

    assert problems(data) == []


def test_the_schema_names_every_key_that_is_written() -> None:
    schema = records.schema()["$defs"]

    assert list(unnamed(schema["score"], records.record(acted_score(), True), schema)) == []


def unnamed(schema: dict[str, Any], data: Any, definitions: dict[str, Any], at: str = "") -> Iterator[str]:
    """Keys in `data` that `schema` does not describe."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(data, list):
        for item in data:
            yield from unnamed(schema["items"], item, definitions, at)
    elif isinstance(data, dict) and at != ".article.columns":
        known = dict(schema.get("properties", {}))
        for part in schema.get("allOf", ()):
            known |= definitions[part["$ref"].rsplit("/", 1)[1]]["properties"]
        for key, value in data.items():
            inner = known.get(key, schema.get("additionalProperties"))
            if inner is None:
                yield f"{at}.{key}"
            else:
                yield from unnamed(inner, value, definitions, f"{at}.{key}")


def test_an_actor_as_the_document_has_it_keeps_the_schema() -> None:
    assert problems(changed("actors", [ACTOR])) == []


def test_later_versions_may_add_keys() -> None:
    assert problems(changed("article.section", "news")) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", 2),
        ("axes.loaded.value", None),
        ("axes.loaded.why_null", "both"),
        ("axes.loaded.value", 1.4),
        ("axes.loaded.low", None),
        ("axes.loaded.percentile", 140),
        ("axes.loaded.percentiles", {"outlets": {"left": 140}}),
        ("axes.loaded.ledger.0.probability", 1.2),
        ("axes.loaded.n", -1),
        ("axes.loaded.ledger.0.words", []),
        ("axes.loaded.ledger.0.words.0.effect", "much"),
        ("axes.loaded.ledger.0.words.0.text", ""),
        ("quotes.0.sentence", -1),
        ("quotes.0.indirect", None),
        ("quotes.0.speaker", 7),
        ("markers.0.voice", "narrator"),
        ("markers.0.start", -1),
        ("removed.0.reason", ""),
        ("bundle.sha256", "abc"),
        ("article.id", None),
        ("actors", [{**ACTOR, "role": "villain"}]),
        ("actors", [{**ACTOR, "stance": None}]),
        ("actors", [{**ACTOR, "why_null": "both"}]),
        ("actors", [{**ACTOR, "stance": -1.2}]),
        ("actors", [{**ACTOR, "low": -0.4}]),
        ("actors", [{**ACTOR, "evidence": []}]),
        ("actors", [{**ACTOR, "evidence": [{**ACTOR["evidence"][0], "how": "guess"}]}]),
        ("actors", [{**ACTOR, "evidence": [{**ACTOR["evidence"][0], "sentence": -2}]}]),
        ("actors", [{key: value for key, value in ACTOR.items() if key != "known"}]),
        ("error", {"kind": "input", "message": "both a score and an error"}),
    ],
)
def test_the_schema_refuses(path: str, value: Any) -> None:
    assert problems(changed(path, value))


def test_one_article_is_an_object_and_several_are_a_list() -> None:
    written = []
    for results in ([RESULTS[0]], RESULTS, []):
        file = io.StringIO()
        records.write_json(results, file)
        written.append(json.loads(file.getvalue()))

    assert [type(data) for data in written] == [dict, list, list]
    assert len(written[1]) == 4


def test_json_lines_come_one_by_one() -> None:
    file = io.StringIO()
    seen = []

    def results() -> Iterator[Result]:
        for result in RESULTS:
            yield result
            seen.append(file.getvalue().count("\n"))

    records.write_jsonl(results(), file)

    assert seen == [1, 2, 3, 4]
    assert json.loads(file.getvalue().splitlines()[3]) == {
        "schema": 1,
        "article": {"id": "empty.txt"},
        "error": {"kind": "input", "message": "empty.txt: no text; give an article"},
    }


def test_columns_that_json_has_no_form_for_become_text_or_null() -> None:
    columns = {"day": datetime.date(2026, 3, 11), "gap": float("nan"), "tags": ("a", b"b"), 7: True}

    data = records.record(fake_score(columns=columns))

    assert data["article"]["columns"] == {"day": "2026-03-11", "gap": None, "tags": ["a", "b'b'"], "7": True}


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv", "md", "html"])
def test_half_of_a_character_in_a_name_is_written_as_its_escape(tmp_path: Path, kind: str) -> None:
    failure = Failure("caf\udce9.txt", "input", "empty")

    with output(tmp_path / "out") as file:
        write([failure], kind, file, AXES, "")

    written = (tmp_path / "out").read_text("utf-8")
    assert "caf\\udce9.txt" in written or "caf.txt" in written
    assert kind != "json" or json.loads(written)["article"]["id"] == failure.id


def test_programs_read_utf_8_whatever_the_locale() -> None:
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    write([fake_score()], "json", file, AXES, "")
    file.seek(0)

    assert "“safety measure”" in file.read()


def test_n_is_the_number_of_sentence_lines() -> None:
    axes = records.record(fake_score())["axes"]

    assert {name: axis["n"] for name, axis in axes.items()} == {"loaded": 11, "opinion": 11}
    assert [line["kind"] for line in axes["loaded"]["ledger"]].count("sentence") == 11
    assert records.record(null_score())["axes"]["loaded"]["n"] == 0


def test_quotes_name_who_speaks_in_which_sentence() -> None:
    quotes = records.record(fake_score())["quotes"]

    assert [(quote["speaker"], quote["indirect"], quote["sentence"]) for quote in quotes] == [
        ("Ruth Tennick", False, 3),
        ("Tom Abara", True, 7),
        ("Lena Ortiz", False, 10),
    ]


def test_offsets_point_at_what_they_quote() -> None:
    data = records.record(acted_score(), with_text=True)
    text = data["article"]["text"]
    ledger = data["axes"]["loaded"]["ledger"]
    words = [word for line in ledger for word in line.get("words", ())]
    named = [line for actor in data["actors"] for line in actor["evidence"]]
    spans = [*data["markers"], *data["removed"], *data["quotes"], *ledger, *words, *named]
    spans += [line["mention"] for line in named]

    assert all(text[span["start"] : span["stop"]] == span["text"] for span in spans)
