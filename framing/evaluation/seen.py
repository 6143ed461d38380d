"""Rows that a bundle was trained on, which say nothing of how it does on new text."""

from collections.abc import Iterable, Sequence

from framing.bundle import Bundle
from framing.errors import BundleError, UsageError
from framing.labels.row import LabelledRow, row_hash

TRAINING_ROWS = "training_rows.txt"


def trained_on(bundle: Bundle) -> frozenset[str]:
    """The hashes of the texts a bundle was trained on; none where it keeps no list."""
    path = bundle.folder / TRAINING_ROWS
    if not path.is_file():
        return frozenset()
    try:
        return frozenset(path.read_text("utf-8").split())
    except (OSError, ValueError) as error:
        raise BundleError(f"{path}: cannot be read ({error}); restore the bundle") from error


def unseen(rows: Iterable[LabelledRow], bundles: Sequence[Bundle], name: str) -> list[LabelledRow]:
    """The rows that none of the bundles was trained on.

    Raises
    ------
    UsageError
        Nothing is left.
    """
    seen = frozenset[str]().union(*map(trained_on, bundles))
    given = list(rows)
    kept = [row for row in given if row_hash(row.text) not in seen]
    if given and not kept:
        raise UsageError(f"{name}: the bundle was trained on all of its rows; give others, or --allow-seen to look")
    return kept
