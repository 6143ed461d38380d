"""Dates of articles as numbers of days."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from framing.types import Floats

_EPOCH = date(1970, 1, 1).toordinal()


def days(dates: Sequence[str | None]) -> Floats:
    """Days since 1970 of ISO dates, with or without a time; NaN for none and for what is no such date."""
    known = {text: _day(text) for text in set(dates)}
    return np.array([known[text] for text in dates], dtype=np.float64)


def iso(day: float) -> str | None:
    """The date of a number of days, None of NaN."""
    return None if np.isnan(day) else date.fromordinal(int(day) + _EPOCH).isoformat()


def span(found: Floats) -> tuple[str | None, str | None]:
    """The first and the last date."""
    dated = found[~np.isnan(found)]
    return (iso(dated.min()), iso(dated.max())) if len(dated) else (None, None)


def _day(text: str | None) -> float:
    try:
        return float(date.fromisoformat((text or "").strip()[:10]).toordinal() - _EPOCH)
    except ValueError:
        return float("nan")
