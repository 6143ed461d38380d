"""One name an outlet: publishers that go by several names, and by their sites, are one."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from framing.config import shipped
from framing.errors import UsageError

KEYS = {"name", "aliases", "domains"}
MASK = "the outlet"
# What sets add to a publisher's name to say which part of it: "(Online News)", "- Opinion".
_PART = re.compile(
    r"\s*(?:\((?:online|news|opinion|editorial|online news|web news)\)|[-–—]\s*(?:online|news|opinion|editorial))\s*$",
    re.I,
)
_ADDRESS = re.compile(r"(?:\w+://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/].*)?", re.I)
_OTHER = re.compile(r"[\W_]+")


class Outlets:
    """Names of outlets; a name that no file knows stands for itself, whatever its case and its "The"."""

    def __init__(self, names: Mapping[str, str], domains: Mapping[str, str], spellings: Mapping[str, set[str]]):
        self._names = dict(names)
        self._domains = domains
        self._spellings = spellings

    @classmethod
    def load(cls, own: Path | None = None) -> "Outlets":
        """The outlets that ship and, before them, those of a user's file."""
        names: dict[str, str] = {}
        domains: dict[str, str] = {}
        spellings: dict[str, set[str]] = {}
        for path in (shipped("seeds", "outlets.toml"), *([own] if own else [])):
            for entry in _read(path):
                known = names.get(_key(entry["name"]), entry["name"]) if path == own else entry["name"]
                names |= {_key(alias): known for alias in (entry["name"], *entry.get("aliases", ()))}
                domains |= {domain.casefold(): known for domain in entry.get("domains", ())}
                written = {entry["name"], *entry.get("aliases", ()), *entry.get("domains", ())}
                spellings.setdefault(known, set()).update(written)
        return cls(names, domains, spellings)

    def name(self, written: str) -> str:
        """The one name of an outlet, from any of its names or the address of its site."""
        address = _ADDRESS.fullmatch(written.strip())
        if address and (known := self._by_domain(address[1].casefold())):
            return known
        plain = _PART.sub("", written.strip())
        key = _key(plain)
        found = self._names.get(key) or self._names.get(key.removeprefix("the"))
        return found or self._names.setdefault(key, plain or written)

    def masked(self, text: str, outlet: str) -> str:
        """`text` without the names and sites of an outlet, which a reader is not to know."""
        known = self.name(outlet)
        written = sorted(self._spellings.get(known, set()) | {known}, key=len, reverse=True)
        # A site is one in any case; a name such as Time or Reason only with its capital.
        names = "|".join(f"(?i:{re.escape(one)})" if _ADDRESS.fullmatch(one) else re.escape(one) for one in written)
        return re.sub(rf"(?<!\w)(?:{names})(?!\w)", MASK, text)

    def _by_domain(self, host: str) -> str | None:
        while "." in host:
            if host in self._domains:
                return self._domains[host]
            host = host.partition(".")[2]
        return None


def canonical_outlet(written: str) -> str:
    """The one name of an outlet, by the file of outlets that ships."""
    return _shipped().name(written)


def masked(text: str, outlet: str) -> str:
    """`text` without the names and sites of an outlet, by the file of outlets that ships."""
    return _shipped().masked(text, outlet)


@cache
def _shipped() -> Outlets:
    return Outlets.load()


def _key(name: str) -> str:
    """A name without case, a leading "The", the ending of a site, and everything but letters and digits."""
    text = re.sub(r"^(?:the\s+|www\.)", "", name.strip().casefold())
    text = re.sub(r"\.(?:com|org|net|co\.uk)$", "", text)
    return _OTHER.sub("", text)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("outlets")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read as outlets ({error}); see seeds/outlets.toml for the form") from error
    if not isinstance(entries, list):
        raise UsageError(f"{path}: no [[outlets]]; see seeds/outlets.toml for the form")
    for number, entry in enumerate(entries, start=1):
        if wrong := _wrong(entry):
            raise UsageError(f"{path}: outlet {number}: {wrong}; see seeds/outlets.toml for the form")
    return entries


def _wrong(entry: Any) -> str | None:
    """What is wrong with an entry, or None."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return "no name"
    if unknown := entry.keys() - KEYS:
        return f"unknown key {sorted(unknown)[0]!r}"
    lists = (entry.get("aliases", []), entry.get("domains", []))
    if not all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists):
        return "aliases and domains are lists of names"
    return None
