"""Lexicons from TOML, read strictly: a misspelt key or a string where a list belongs is an error, not a silence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from framing.errors import UsageError
from framing.seeds.lexicon import FAMILIES, HEADER, KINDS, POS, SCARE_QUOTE, Example, Lexicon, Term

LEXICON_KEYS = frozenset((*HEADER, "signs", "terms", "examples"))
TERM_KEYS = frozenset(("term", "pos", "plain", "unless", "forms"))
EXAMPLE_KEYS = frozenset(("text", "match"))
_TERM = re.compile(r"[^\W_][\w.]*(?:[-' ][^\W_][\w.]*)*")
_APOSTROPHES = str.maketrans("‘’ʼ", "'''")


def load_folder(folder: Path) -> tuple[Lexicon, ...]:
    """The lexicons of every `.toml` file in `folder`, sorted by name, which is the file's stem."""
    return tuple(load_lexicon(path) for path in lexicon_files(folder))


def lexicon_files(folder: Path) -> list[Path]:
    """The `.toml` files of `folder`, sorted by stem."""
    if not folder.is_dir():
        what = "not a folder" if folder.exists() else "no such folder"
        raise UsageError(f"{folder}: {what}; give the folder that holds the lexicons")
    paths = sorted(folder.glob("*.toml"), key=lambda path: path.stem)
    if not paths:
        raise UsageError(f"{folder}: no .toml file in it; put lexicons there or name another folder")
    return paths


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon that one TOML file describes."""
    top = _Entry(path.name, "top level", parse(path))
    top.only(LEXICON_KEYS)
    header = {key: top.text(key) for key in HEADER}
    where = f"{path.name}: top level"
    _one_of(where, "family", header["family"], FAMILIES)
    _one_of(where, "kind", header["kind"], KINDS)
    _check_date(where, header["as_of"])
    if header["name"] != path.stem:
        raise UsageError(f"{where}: name is {header['name']!r}, the file's stem {path.stem!r}; make them the same")
    terms = tuple(_term(entry) for entry in top.tables("terms", "term"))
    _check_terms(path.name, header["kind"], terms)
    examples = tuple(_example(entry) for entry in top.tables("examples", "text"))
    return Lexicon(**header, signs=_signs(top), terms=terms, examples=examples)


def parse(path: Path) -> dict[str, Any]:
    """A TOML file as plain data; one that cannot be read is a `UsageError` that names it."""
    # Imported here: a cold run reads the compiled JSON of a bundle and never needs a TOML parser.
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path.name}: not TOML: {error}; correct that line") from error


@dataclass(frozen=True)
class _Entry:
    """A table of a TOML file that knows where it stands, for messages."""

    file: str
    where: str
    table: Mapping[str, Any]

    def fail(self, what: str) -> UsageError:
        return UsageError(f"{self.file}: {self.where}: {what}")

    def only(self, keys: frozenset[str]) -> None:
        unknown = sorted(self.table.keys() - keys)
        if unknown:
            raise self.fail(f"unknown key {unknown[0]!r}; use only {', '.join(sorted(keys))}")

    def text(self, key: str) -> str:
        if key not in self.table:
            raise self.fail(f"{key} is missing; add it")
        value = self.table[key]
        if not isinstance(value, str) or not value.strip():
            raise self.fail(f'{key} must be text in quotes, got {value!r}; write {key} = "…"')
        return value.translate(_APOSTROPHES) if key in ("term", "plain") else value

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        if key not in self.table and required:
            raise self.fail(f"{key} is missing; add it ([] where nothing must match)")
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fail(f'{key} must be a list of texts, got {value!r}; write {key} = ["…"]')
        return tuple(value)

    def tables(self, key: str, label: str) -> Iterable["_Entry"]:
        rows = self.table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.fail(f"{key} must be tables, got {rows!r:.40}; write one [[{key}]] for each")
        for number, row in enumerate(rows, 1):
            yield _Entry(self.file, f"{key} {number} ({str(row.get(label, '?'))[:40]})", row)


def _term(entry: _Entry) -> Term:
    entry.only(TERM_KEYS)
    term, pos = entry.text("term"), entry.text("pos")
    _one_of(f"{entry.file}: {entry.where}", "pos", pos, POS)
    unless, forms = (tuple(t.translate(_APOSTROPHES) for t in entry.texts(key)) for key in ("unless", "forms"))
    for written in (term, *unless, *forms):
        if not _TERM.fullmatch(written):
            raise entry.fail(f"{written!r} is not words joined by single spaces or hyphens; take out the rest")
    return Term(term, pos, entry.text("plain") if "plain" in entry.table else None, unless, forms)


def _example(entry: _Entry) -> Example:
    entry.only(EXAMPLE_KEYS)
    return Example(entry.text("text"), entry.texts("match", required=True))


def _signs(top: _Entry) -> dict[str, int]:
    signs = top.table.get("signs", {})
    if not isinstance(signs, dict):
        raise top.fail(f"signs must be a table, got {signs!r}; write [signs] and a line for each axis")
    for axis, sign in signs.items():
        if type(sign) is not int or sign not in (1, -1):
            raise top.fail(f"sign of {axis} is {sign!r}; write 1 or -1, or leave the axis out")
    return signs


def _check_terms(file: str, kind: str, terms: tuple[Term, ...]) -> None:
    if kind == SCARE_QUOTE and terms:
        raise UsageError(f"{file}: terms: a scare_quote lexicon has none; take them out")
    if kind != SCARE_QUOTE and not terms:
        raise UsageError(f"{file}: terms: there are none; add [[terms]]")
    seen: set[tuple[str, str]] = set()
    for term in terms:
        if (term.term, term.pos) in seen:
            raise UsageError(f"{file}: {term.term}: listed twice as {term.pos}; take one out")
        seen.add((term.term, term.pos))


def _one_of(where: str, key: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(f"{where}: {key} is {value!r}; use one of {', '.join(choices)}")


def _check_date(where: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f'{where}: as_of is {value!r}; write a date, as_of = "2026-11-20"') from error
