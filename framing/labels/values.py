"""One cell in one form: numbers, yes and no, classes and blanks as people and programs write them."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from framing.ingest.decode import normalise

BLANK = frozenset({"", "nan", "na", "n/a", "#n/a", "null", "<na>", "nat", "-", "–", "—", "?", "."})
YES_WORDS = frozenset({"yes", "y", "true", "t", "1", "ja", "oui", "si", "sí", "x", "✓", "wahr", "vrai"})
NO_WORDS = frozenset({"no", "n", "false", "f", "0", "nein", "non", "falsch", "faux"})
STANCES = {"negative": -1.0, "against": -1.0, "neutral": 0.0, "positive": 1.0, "for": 1.0}

_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+%?")


def canonical(value: Any) -> str | tuple[str, ...] | None:
    """A cell as text in one form, a list of several classes as a tuple, a blank or an empty list as None.

    Raises
    ------
    ValueError
        An object, which is no label.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _written(float(value))
    if isinstance(value, Mapping):
        raise ValueError("an object, not a label")
    if isinstance(value, Sequence) and not isinstance(value, str):
        several = tuple(found for item in value if isinstance(found := canonical(item), str))
        return several if len(several) > 1 else next(iter(several), None)
    written = "" if value is None else str(value)
    plain = written if written.isascii() and written.isprintable() else normalise(written)
    text = " ".join(plain.split())
    return None if text.casefold() in BLANK else text


def number(text: str) -> float | None:
    """The number that `text` is, with a decimal comma, a typographic minus or a percent sign too."""
    plain = text.replace("\N{MINUS SIGN}", "-").replace(" %", "%")
    if _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    try:
        return float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)
    except ValueError:
        return None


def yes_or_no(text: str) -> bool | None:
    """Whether `text` says yes or no, None where it says neither."""
    word, value = text.casefold(), number(text)
    if word in YES_WORDS or value == 1:
        return True
    return False if word in NO_WORDS or value == 0 else None


def stance(label: Any) -> float | None:
    """A stance from -1 to 1, from a number or from a word such as "against"; None where it is neither."""
    text = str(label).strip().casefold()
    found = STANCES.get(text, number(text))
    return found if found is not None and -1 <= found <= 1 else None


def _written(value: float) -> str | None:
    if math.isnan(value):
        return None
    return str(int(value)) if value.is_integer() else repr(value)
