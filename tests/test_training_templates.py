"""Own sentences with any name in them: rows that point at their names, and nothing that the audit asks."""

import re
from collections.abc import Iterator

import pytest

from framing.audit.material import load
from framing.audit.names import FRAMES
from framing.training.rows import Row
from framing.training.templates import template_rows

RUN = 5
MATERIAL = load()


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return list(template_rows(3, 0))


def test_every_sentence_comes_as_often_as_asked_with_other_names(rows: list[Row]) -> None:
    assert len({row.id for row in rows}) == len(rows) == 3 * len({row.group for row in rows})
    assert len({row.text for row in rows}) > 0.95 * len(rows)


def test_every_mention_is_judged_and_is_a_name_without_its_article(rows: list[Row]) -> None:
    words = [target.span.of(row.text) for row in rows for target in row.targets]
    assert all(row.targets and all(sum(target.stance or ()) == 1.0 for target in row.targets) for row in rows)
    assert all(name == name.strip() and not name.startswith("the ") for name in words)


def test_the_stances_are_balanced(rows: list[Row]) -> None:
    classes = [target.stance.index(1.0) for row in rows for target in row.targets if target.stance]
    assert min(classes.count(one) for one in range(3)) > 0.25 * len(classes)


def test_the_same_random_state_gives_the_same_rows() -> None:
    assert list(template_rows(1, 7)) == list(template_rows(1, 7)) != list(template_rows(1, 8))


def test_no_run_of_words_of_the_audit_is_trained_on(rows: list[Row]) -> None:
    forms = (*(one.form for one in MATERIAL.sentences), *FRAMES, *(case.text for case in MATERIAL.cases))
    asked = {run for form in forms for run in runs(re.sub(r"\{[^}]*\}", "", form))}
    trained = {run for row in rows for run in runs(without_names(row))}
    assert not asked & trained


def test_no_invented_name_of_the_audit_is_trained_on(rows: list[Row]) -> None:
    people = {name.name for one in MATERIAL.sets if one.name == "person" for name in one.names}
    invented = {name.bare for one in MATERIAL.sets for name in one.names if "invented" in name.groups} | people
    assert not invented & {target.span.of(row.text) for row in rows for target in row.targets}


def without_names(row: Row) -> str:
    text = row.text
    for target in sorted(row.targets, key=lambda target: -target.span.start):
        text = text[: target.span.start] + text[target.span.stop :]
    return text


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
