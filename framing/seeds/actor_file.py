"""Actors from TOML, read strictly: every problem is kept, each a line with file and entry (docs/actors.md)."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from framing.errors import UsageError
from framing.seeds.known import (
    DERIVED,
    GENDERS,
    KINDS,
    OFFICE_KEYS,
    PARTY,
    PERSON,
    SIDES,
    STATE,
    KnownActor,
    Office,
    StateNames,
)
from framing.seeds.load import parse

HEADER = ("name", "gloss", "source", "licence")
COMMON = ("id", "kind", "name", "aliases", "acronyms", "country", "as_of", "part_of")
OF_STATES = ("demonyms", "people", "capital", "government_aliases", "army_name", "army_aliases", "army_acronyms")
OF_PERSONS = ("gender", "offices")
OF_GROUPS = ("members",)
OF_MEMBERS = ("party",)
OF_PARTIES = ("side",)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_APOSTROPHES = str.maketrans("‘’ʼ", "'''")


@dataclass(frozen=True, slots=True)
class Entry:
    """An actor as its file has it; `names` is for states only."""

    file: str
    actor: KnownActor
    part_of: str | None
    names: StateNames | None

    def problem(self, what: str) -> UsageError:
        """What is wrong with this entry, as one line."""
        return UsageError(f"{self.file}: entry {self.actor.id}: {what}")


@dataclass(frozen=True, slots=True)
class Files:
    """What some actor files hold, and everything in them that could not be read."""

    entries: tuple[Entry, ...]
    problems: tuple[UsageError, ...]


def actor_files(path: Path) -> list[Path]:
    """The `.toml` files of a folder, sorted by stem, or the one file that `path` is."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UsageError(f"{path}: no such file or folder; give a file of actors, or a folder of such files")
    paths = sorted(path.glob("*.toml"), key=lambda path: path.stem)
    if not paths:
        raise UsageError(f"{path}: no .toml file in it; put files of actors there or name another folder")
    return paths


def read_files(paths: Sequence[Path], own: bool = False) -> Files:
    """The entries of these files in order. What one entry says of another is not looked at (`actor_check.check`)."""
    problems: list[UsageError] = []
    entries = [entry for path in paths for entry in _read_file(path, own, problems)]
    return Files(tuple(entries), tuple(problems))


def _read_file(path: Path, own: bool, problems: list[UsageError]) -> Iterator[Entry]:
    try:
        top = _Table(path.name, "top level", parse(path), problems)
    except UsageError as error:
        problems.append(error)
        return
    top.only((*HEADER, "as_of", "actor"))
    name, *_ = [top.text(key, required=True) for key in HEADER]
    as_of = top.date("as_of", required=True)
    if name not in (None, path.stem):
        top.problem(f"name is {name!r}, the file's stem {path.stem!r}; make them the same")
    if not top.table.get("actor"):
        top.problem("there are no actors; add [[actor]]")
    for number, table in enumerate(top.tables("actor"), 1):
        where = f"entry {str(table.get('id') or number)[:60]}"
        entry = _entry(_Table(path.name, where, table, problems), as_of, own)
        if entry is not None:
            yield entry


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a TOML file that knows where it stands, and notes what is wrong in it."""

    file: str
    where: str
    table: Mapping[str, Any]
    problems: list[UsageError] = field(repr=False)

    def problem(self, what: str) -> None:
        self.problems.append(UsageError(f"{self.file}: {self.where}: {what}"))

    def only(self, keys: Collection[str]) -> None:
        for key in self.table:
            if key not in keys:
                self.problem(f"unknown key {key!r}; use only {', '.join(keys)}")

    def text(self, key: str, required: bool = False) -> str | None:
        value = self.table.get(key)
        if value is None:
            if required:
                self.problem(f"{key} is missing; add it")
            return None
        if not isinstance(value, str) or not value.strip():
            self.problem(f'{key} must be text in quotes, got {value!r:.40}; write {key} = "…"')
            return None
        return value.translate(_APOSTROPHES)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.problem(f'{key} must be a list of texts, got {value!r:.40}; write {key} = ["…"]')
            return ()
        return self._once(key, tuple(item.translate(_APOSTROPHES) for item in value))

    def names(self, key: str) -> tuple[str, ...]:
        return tuple(written for written in self.texts(key) if self._is_name(key, written))

    def one_name(self, key: str, required: bool = False) -> str | None:
        written = self.text(key, required)
        return written if written is not None and self._is_name(key, written) else None

    def one_of(self, key: str, choices: Sequence[str]) -> str | None:
        value = self.text(key)
        if value is None or value in choices:
            return value
        self.problem(f"{key} is {value!r}; use one of {', '.join(choices)}")
        return None

    def date(self, key: str, required: bool = False) -> str | None:
        value = self.text(key, required)
        if value is None or is_date(value):
            return value
        self.problem(f'{key} is {value!r}; write a date, {key} = "2026", "2026-11" or "2026-11-20"')
        return None

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        rows = self.table.get(key, [])
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        self.problem(f"{key} must be tables, got {rows!r:.40}; see docs/actors.md")
        return []

    def _is_name(self, key: str, written: str) -> bool:
        if " ".join(written.split()) != written:
            self.problem(f"{written!r} in {key} has spaces too many; take them out")
        elif not any(letter.isupper() or letter.isdigit() for letter in written):
            self.problem(f"{written!r} in {key} has no capital letter and would match common words; take it out")
        elif len(written) < 2:
            self.problem(f"{written!r} in {key} is one letter; take it out")
        else:
            return True
        return False

    def _once(self, key: str, written: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(dict.fromkeys(written))
        for item in kept if len(kept) < len(written) else ():
            if written.count(item) > 1:
                self.problem(f"{item!r} stands twice in {key}; take one out")
        return kept


def is_date(text: str) -> bool:
    """Whether `text` is YYYY, YYYY-MM or YYYY-MM-DD."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _entry(table: _Table, as_of: str | None, own: bool) -> Entry | None:
    id, kind, name = table.text("id", required=True), table.one_of("kind", KINDS), table.one_name("name", required=True)
    if "kind" not in table.table:
        table.problem(f"kind is missing; add one of {', '.join(KINDS)}")
    if id is not None and not _ID.fullmatch(id):
        table.problem(f"id {id!r} is not kebab-case; write small letters, digits and single hyphens")
        return None
    if id is None or kind is None or name is None:
        return None
    _check_keys(table, kind)
    as_of = table.date("as_of") or as_of
    actor = KnownActor(
        id,
        name,
        kind,
        table.names("aliases"),
        table.names("acronyms"),
        table.text("country"),
        table.one_of("gender", GENDERS),
        table.names("demonyms"),
        table.names("members"),
        table.one_name("capital"),
        tuple(_offices(table, as_of)),
        as_of,
        own,
        table.text("party"),
        table.one_of("side", SIDES),
    )
    return Entry(table.file, actor, table.text("part_of"), _state_names(table) if kind == STATE else None)


def _check_keys(table: _Table, kind: str) -> None:
    table.only((*COMMON, *OF_STATES, *OF_PERSONS, *OF_GROUPS, *OF_MEMBERS, *OF_PARTIES))
    for keys, who, right in (
        (OF_STATES, "states", kind == STATE),
        (OF_PERSONS, "persons", kind == PERSON),
        (OF_GROUPS, "groups", kind not in (PERSON, STATE, *DERIVED)),
        (OF_MEMBERS, "persons and groups", kind not in (PARTY, STATE, *DERIVED)),
        (OF_PARTIES, "parties", kind == PARTY),
    ):
        for key in keys if not right else ():
            if key in table.table:
                table.problem(f"{key} is for {who} only, and this is a {kind}; take it out")


def _state_names(table: _Table) -> StateNames:
    return StateNames(
        table.names("people"),
        table.names("government_aliases"),
        table.one_name("army_name"),
        table.names("army_aliases"),
        table.names("army_acronyms"),
    )


def _offices(table: _Table, as_of: str | None) -> Iterator[Office]:
    for number, row in enumerate(table.tables("offices"), 1):
        office = _Table(table.file, f"{table.where}, office {number}", row, table.problems)
        office.only(OFFICE_KEYS)
        title, of = office.text("office", required=True), office.text("of", required=True)
        start, stop = office.date("from"), office.date("to")
        if start and stop and stop[: len(start)] < start[: len(stop)]:
            office.problem(f"it ends in {stop}, before it begins in {start}; correct one of them")
        if title and of:
            yield Office(title, of, start, stop, office.date("as_of") or as_of)
