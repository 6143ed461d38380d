"""What the audit reads: names to swap, sentences with slots, and own cases; all of it strictly."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framing.article import Span
from framing.audit.slots import SwapName, fill, slots_of
from framing.config import shipped
from framing.errors import InputError, UsageError

SWAPS = "swaps.toml"
STANCES = (-1, 0, 1)
KINDS = (
    *("plain", "neutral_event", "role", "negation", "double_negation", "irony", "politeness", "understatement"),
    *("reported_blame", "reported_praise", "quotation", "mixed", "comparison", "question", "hypothetical"),
    *("victim", "praise_of_enemy"),
)
_NAME_KEYS = frozenset({"name", "adjective", "last", "plural", "gender", "groups"})
_SENTENCE_KEYS = frozenset({"text", "class", "a", "b"})
_FILE_KEYS = frozenset({"class", "source", "licence", "sentences"})


@dataclass(frozen=True, slots=True)
class SwapSet:
    """Names that may take each other's place."""

    name: str
    label: str
    names: tuple[SwapName, ...]


@dataclass(frozen=True, slots=True)
class SwapSentence:
    """A sentence with slots; `stances` is the journalist's toward each slot, -1, 0 or 1."""

    id: str
    set: str
    form: str
    stances: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with a target and what a careful reader answers.

    Attributes
    ----------
    stance : the journalist's toward the target, -1, 0 or 1.
    of : whose judgement the sentence reports, where it is somebody else's.
    of_stance : that judgement.
    """

    id: str
    text: str
    span: Span
    stance: int
    kind: str
    of: str | None = None
    of_stance: int | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All that the audit puts to a bundle."""

    sets: tuple[SwapSet, ...]
    sentences: tuple[SwapSentence, ...]
    cases: tuple[Case, ...]


def load(own: Sequence[Path] = ()) -> Material:
    """The material that ships, and the sentences of `own` files of the same form."""
    folder = shipped("data", "audit")
    sets = load_sets(folder / SWAPS)
    files = [*sorted(path for path in folder.glob("*.toml") if path.name != SWAPS), *own]
    sentences = tuple(sentence for path in files for sentence in load_sentences(path, sets))
    return Material(sets, sentences, load_cases(shipped("data", "labelled", "stance.jsonl")))


def load_sets(path: Path) -> tuple[SwapSet, ...]:
    """The sets of names in one file, a table each."""
    tables = {key: table for key, table in _parse(path).items() if isinstance(table, dict)}
    return tuple(_set(path, key, table) for key, table in tables.items())


def load_sentences(path: Path, sets: Iterable[SwapSet]) -> Iterator[SwapSentence]:
    """The sentences of one file; each slot is tried with every name it can take."""
    data = _parse(path)
    _only(f"{path.name}: top level", data, _FILE_KEYS)
    known = {one.name: one for one in sets}
    for number, row in enumerate(data.get("sentences", []), 1):
        where = f"{path.name}: sentence {number}"
        _only(where, row, _SENTENCE_KEYS)
        sentence = _sentence(where, f"{path.stem}-{number}", {"class": data.get("class"), **row}, known)
        _try(where, sentence, known[sentence.set])
        yield sentence


def load_cases(path: Path) -> tuple[Case, ...]:
    """The own cases, a JSON object a line."""
    lines = _read(path).splitlines()
    return tuple(_case(f"{path.name}: line {number}", line) for number, line in enumerate(lines, 1) if line.strip())


def _set(path: Path, key: str, table: Mapping[str, Any]) -> SwapSet:
    names = []
    for row in table["names"]:
        where = f"{path.name}: {key}: {row.get('name', '?')}"
        _only(where, row, _NAME_KEYS)
        if row.get("gender") not in (None, "f", "m"):
            raise UsageError(f"{where}: gender is {row['gender']!r}; write f or m, or leave it out")
        names.append(SwapName(**{**row, "groups": tuple(row.get("groups", ()))}))
    if len({one.name for one in names}) < len(names) or len(names) < 2:
        raise UsageError(f"{path.name}: {key}: needs two names or more, each once")
    return SwapSet(key, table["label"], tuple(names))


def _sentence(where: str, id: str, row: Mapping[str, Any], known: Mapping[str, SwapSet]) -> SwapSentence:
    form = row.get("text")
    if not isinstance(form, str):
        raise UsageError(f'{where}: text is missing; add text = "… {{A}} …"')
    if row["class"] not in known:
        raise UsageError(f"{where}: class is {row['class']!r}; use one of {', '.join(known)}")
    try:
        slots = sorted(slots_of(form))
    except UsageError as error:
        raise UsageError(f"{where}: {error}") from error
    if slots not in (["A"], ["A", "B"]):
        raise UsageError(f"{where}: slots are {', '.join(slots) or 'none'}; use {{A}}, or {{A}} and {{B}}")
    stances = {key.upper(): row[key] for key in ("a", "b") if key in row}
    if [*stances] != slots or not all(type(value) is int and value in STANCES for value in stances.values()):
        raise UsageError(f"{where}: needs a stance of -1, 0 or 1 for each slot; write a = 0, and b = 0 where {{B}} is")
    return SwapSentence(id, row["class"], form, stances)


def _try(where: str, sentence: SwapSentence, names: SwapSet) -> None:
    for name in names.names:
        try:
            filled = fill(sentence.form, dict.fromkeys(sentence.stances, name))
        except UsageError as error:
            raise UsageError(f"{where}: {error}") from error
        if not all(filled.spans.values()):
            raise UsageError(f"{where}: a slot without a name in it; write {{A}} or {{B}} at least once")


def _case(where: str, line: str) -> Case:
    try:
        row = json.loads(line)
        case = Case(
            row["id"], row["text"], Span(row["start"], row["stop"]), row["stance"], row["kind"],
            row.get("of"), row.get("of_stance"),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, InputError) as error:
        raise UsageError(f"{where}: not a case ({error!r}); see docs/audit.md for the form") from error
    if case.span.of(case.text) != row.get("target"):
        raise UsageError(f"{where}: start and stop do not cover {row.get('target')!r}; correct them")
    if case.stance not in STANCES or case.kind not in KINDS:
        raise UsageError(f"{where}: stance {case.stance!r}, kind {case.kind!r}; see docs/audit.md for the choices")
    return case


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path.name}: not TOML: {error}; correct that line") from error


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _only(where: str, row: Mapping[str, Any], keys: frozenset[str]) -> None:
    unknown = sorted(row.keys() - keys)
    if unknown:
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; use only {', '.join(sorted(keys))}")
