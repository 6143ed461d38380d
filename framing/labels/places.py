"""Where mentions and marked words stand in a row's text, once its characters are in one form."""

import ast
import json
import re
from typing import Any

from framing.ingest.decode import normalise

QUOTES = "\"'“”‘’ "


class MisplacedError(ValueError):
    """A mention or a word that is not where the row says; what is wrong, and what to do."""

    def __init__(self, what: str, what_to_do: str):
        super().__init__(f"{what}; {what_to_do}")
        self.what = what
        self.what_to_do = what_to_do


def moved(text: str, start: int, stop: int) -> tuple[int, int]:
    """A place in the text as it was written, as a place in the normalised text.

    Raises
    ------
    MisplacedError
        It does not lie in the text.
    """
    if not 0 <= start < stop <= len(text):
        raise MisplacedError(
            f"characters {start} to {stop} of a text of {len(text)}",
            "count from 0, stop excluded, in characters and not bytes",
        )
    return len(normalise(text[:start])), len(normalise(text[:stop]))


def mention_span(text: str, name: str | None, start: Any, stop: Any) -> tuple[int, int]:
    """Where a mention stands: at start and stop, else where its name occurs, if only there."""
    if (first := _whole(start)) is not None and (last := _whole(stop)) is not None:
        place = moved(text, first, last)
        if name and name.strip() != text[first:last].strip():
            raise MisplacedError(
                f"the mention is {name.strip()!r}, but characters {first} to {last} are {text[first:last]!r}",
                "correct start and stop, counted from 0 and stop excluded",
            )
        return place
    if not name or not name.strip():
        raise MisplacedError("a stance without a mention", "give the mention, or its start and stop")
    return _only_place(text, name.strip())


def word_spans(text: str, value: Any) -> tuple[list[tuple[int, int]], list[str]]:
    """Where marked words stand, given as pairs of start and stop or as words; and the words that the text has not."""
    found: set[tuple[int, int]] = set()
    missing: list[str] = []
    for word in _listed(value):
        if not isinstance(word, str):
            found.add(moved(text, *_pair(word)))
        elif bare := word.strip(QUOTES):
            places = _places(text, bare)
            found.update(places[:1])
            missing += [] if places else [word]
    return sorted(found), missing


def _only_place(text: str, name: str) -> tuple[int, int]:
    places = _places(text, name)
    if len(places) != 1:
        how_often = f"occurs {len(places)} times in the text" if places else "does not occur in the text"
        raise MisplacedError(f"the mention {name!r} {how_often}", "give its start and stop")
    return places[0]


def _places(text: str, name: str) -> list[tuple[int, int]]:
    pattern = re.compile(rf"(?<!\w){re.escape(normalise(name.strip()))}(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(normalise(text))]


def _listed(value: Any) -> list[Any]:
    """A list, from itself, from the text of one, or from words between semicolons or commas."""
    if not isinstance(value, str):
        return list(value) if value is not None and not isinstance(value, float) else []
    text = value.strip()
    if text.startswith("["):
        for read in (json.loads, ast.literal_eval):
            try:
                return list(read(text))
            except (ValueError, SyntaxError):
                continue
    return [part.strip() for part in re.split(r"[;\n]" if ";" in text else ",", text)]


def _pair(value: Any) -> tuple[int, int]:
    try:
        start, stop = value
        return int(start), int(stop)
    except (TypeError, ValueError) as error:
        raise MisplacedError(f"{value!r} is no marked word", "give words, or pairs of start and stop") from error


def _whole(value: Any) -> int | None:
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return int(found) if found.is_integer() else None
