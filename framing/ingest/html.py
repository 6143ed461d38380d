"""A web page to the text of its article, by trafilatura."""

from dataclasses import dataclass
from typing import Any

from framing.errors import InputError
from framing.ingest import quoted
from framing.ingest.decode import normalise
from framing.ingest.titles import with_title


@dataclass(frozen=True, slots=True)
class Page:
    """The article found in a page. `title` is also the first line of `text`."""

    text: str
    title: str | None
    outlet: str | None
    url: str | None
    date: str | None


def extract(html: str, where: str, url: str | None = None) -> Page:
    """The article in `html`; tables are kept, since cleaning lists them as removed.

    Raises
    ------
    InputError
        Nothing that reads like an article was found.
    """
    from trafilatura import bare_extraction

    mark = quoted.unused(html)
    tree = quoted.marked(html, mark)
    found: Any = bare_extraction(
        html if tree is None else tree, url=url, with_metadata=True, include_comments=False, include_tables=True
    )
    body = quoted.lines(normalise(found.text or ""), mark).strip() if found is not None else ""
    if not body:
        raise InputError(f"{where}: no article found on the page; paste its text into a .txt file")
    title = _line(quoted.without(found.title or "", mark))
    return Page(with_title(title, body), title, _line(found.sitename or found.hostname), _line(found.url), found.date)


def _line(value: str | None) -> str | None:
    text = " ".join(normalise(value or "").split())
    return text or None
