"""Records of a table to entries: which column is what, and what is wrong with a record."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from framing.errors import UsageError
from framing.ingest.decode import normalise
from framing.labels.entry import Entry
from framing.labels.options import OWN, LabelOptions
from framing.labels.places import MisplacedError, mention_span, word_spans
from framing.labels.row import Problem
from framing.labels.scales import Label, slug
from framing.labels.values import canonical, stance

PREFIX = "label."
# What other programs call the column that holds the text; named in a message, never taken unasked.
OFTEN_TEXT = ("sentence", "content", "body", "article", "document", "article_text")
FACTS = ("id", "title", "outlet", "url", "date", "group", "split", "annotator")


class Columns:
    """Says what each column of a source is, and makes its records entries."""

    def __init__(self, where: str, options: LabelOptions):
        self._where = where
        self._options = options
        self._own = {_key(options.theirs(own)): own for own in OWN}
        self._axes = {_key(column): slug(axis) for axis, column in options.labels.items()}
        self._seen: dict[str, None] = {}
        self._checked = False

    def check(self, names: Sequence[str]) -> None:
        """Raise UsageError when there is no column of texts, or one is there twice."""
        self._checked = True
        keys = Counter(map(_key, names))
        twice = [key for key, count in keys.items() if count > 1 and (key in self._own or self._axis(key))]
        if twice:
            raise UsageError(f"{self._where}: two columns {twice[0]!r}; rename one of them")
        if _key(self._options.theirs("text")) in keys:
            return
        theirs, likely = self._options.theirs("text"), [name for name in names if _key(name) in OFTEN_TEXT]
        raise UsageError(
            f"{self._where}: no column {theirs!r} (found: {_listed(names)}); "
            f"name the one that holds the texts, e.g. --column text={(likely or ['sentence'])[0]}"
        )

    def check_options(self) -> None:
        """Raise UsageError when an option names a column that no record had."""
        for option, given in (("--label", self._options.labels), ("--column", self._options.columns)):
            for name, column in given.items():
                if _key(column) not in self._seen:
                    raise UsageError(
                        f"{self._where}: no column {column!r} (found: {_listed(self._seen)}); "
                        f"correct {option} {name}={column}"
                    )

    def entry(self, record: Mapping[str, Any], where: str) -> Entry | Problem:
        """The entry of a record, or why it cannot be used; the first tells the columns, where no header has."""
        if not self._checked:
            self.check(list(record))
        own: dict[str, Any] = {}
        labels: dict[str, Label] = {}
        for name, value in record.items():
            key = _key(name)
            self._seen.setdefault(key)
            if axis := self._axis(key):
                try:
                    label = canonical(_plain(value))
                except ValueError as error:
                    return Problem(where, f"column {name} holds {error}", "give one label a column")
                if label is not None:
                    labels[axis] = label
            if key in self._own:
                own[self._own[key]] = value
        return _entry(own, labels, where)

    def _axis(self, key: str) -> str | None:
        """The axis whose labels a column holds."""
        if self._options.labels:
            return self._axes.get(key)
        return slug(key.removeprefix(PREFIX)) or None if key.startswith(PREFIX) else None


def _entry(own: Mapping[str, Any], labels: dict[str, Label], where: str) -> Entry | Problem:
    raw = own.get("text")
    if not isinstance(raw, str) or not raw.strip():
        return Problem(where, "no text in this row", "fill it or leave the row out")
    facts = {name: _line(own.get(name)) for name in FACTS}
    try:
        mentions = [place for one in (own, *_several(own.get("mentions"))) for place in _mention(one, raw)]
        words, missing = word_spans(raw, _plain(own["words"])) if "words" in own else (None, [])
    except MisplacedError as error:
        return Problem(where, error.what, error.what_to_do)
    return Entry(where, normalise(raw), labels, mentions=mentions, words=words, missing_words=missing, **facts)


def _several(value: Any) -> list[Mapping[str, Any]]:
    """A list of mentions, each an object with what the columns of one mention have."""
    found = _plain(value)
    if found is None or (isinstance(found, list) and all(isinstance(one, Mapping) for one in found)):
        return found or []
    raise MisplacedError("mentions are no list of objects", "give start, stop and stance of each")


def _mention(own: Mapping[str, Any], text: str) -> list[tuple[int, int, float]]:
    """The judged mention of a record, if it has one."""
    written = canonical(_plain(own.get("stance")))
    if written is None:
        return []
    judged = stance(written)
    if judged is None:
        raise MisplacedError(f"stance is {written!r}", "give a number from -1 to 1, or against, neutral, for")
    name = own.get("mention")
    start, stop = mention_span(text, name if isinstance(name, str) else None, own.get("start"), own.get("stop"))
    return [(start, stop, judged)]


def _line(value: Any) -> str | None:
    """A fact as one line of text; a blank is None."""
    value = _plain(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == time(0) else value.isoformat()
    found = canonical(str(value)) if value is not None and not isinstance(value, float) else canonical(value)
    return found if isinstance(found, str) else None


def _plain(value: Any) -> Any:
    """A cell without the types of numpy."""
    return value.tolist() if hasattr(value, "tolist") else value


def _key(name: str) -> str:
    return name.strip().casefold()


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    return ", ".join(found[:12]) + (f" and {len(found) - 12} more" if len(found) > 12 else "") if found else "none"
