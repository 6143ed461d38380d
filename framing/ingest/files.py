"""One file, page or stream to one `Document`."""

import sys
from pathlib import Path
from typing import BinaryIO

from framing.article import Document
from framing.errors import InputError
from framing.ingest.decode import decode, is_html
from framing.ingest.options import ReadOptions
from framing.ingest.quoted import joined

TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
HTML = frozenset({".html", ".htm", ".xhtml"})
MARKDOWN = frozenset({".md", ".markdown"})
STDIN = "-"
LEFT_OUT = (
    "the page's menus, asides and captions outside the article were left out by the extraction and are not listed"
)


def read_file(path: Path, options: ReadOptions, name: str | None = None) -> Document:
    """The article in a text, Markdown or HTML file; any other ending is looked at as text."""
    where = name or path.name
    return from_bytes(_bytes(path, where, options), where, suffix=path.suffix.lower())


def read_stdin(options: ReadOptions) -> Document:
    """The article on standard input, text or HTML."""
    return from_bytes(_within(options.stdin or sys.stdin.buffer, "standard input", options), "stdin")


def read_url(url: str, options: ReadOptions) -> Document:
    """The article on a web page."""
    from framing.ingest.fetch import fetch

    answer = fetch(url, options)
    suffix = ".html" if "html" in answer.content_type else ""
    return from_bytes(answer.data, url, suffix=suffix, declared=answer.charset, url=answer.url)


def from_bytes(
    data: bytes, where: str, suffix: str = "", declared: str | None = None, url: str | None = None
) -> Document:
    """The article in `data`; `suffix` says how to read it, and without one the text tells."""
    if suffix in HTML or (not suffix and is_html(data[:2000].decode("latin-1"))):
        declared = declared or _declared(data)
    text = decode(data, where, declared)
    if suffix in HTML or (suffix not in TEXT and is_html(text)):
        return _from_html(text, where, url)
    if suffix in MARKDOWN:
        from framing.ingest.markdown import plain

        text = plain(text)
    text = joined(text)
    if not text.strip():
        raise InputError(f"{where}: empty; give the text of an article")
    return Document(where, text, url=url)


def _from_html(html: str, where: str, url: str | None) -> Document:
    from framing.ingest.html import extract

    page = extract(html, where, url)
    has_title, address = page.title is not None, url or page.url
    return Document(where, page.text, has_title, page.outlet, address, page.date, notes=(LEFT_OUT,))


def _bytes(path: Path, where: str, options: ReadOptions) -> bytes:
    try:
        with path.open("rb") as file:
            return _within(file, where, options)
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({error.strerror}); check the path and its permissions") from error


def _within(stream: BinaryIO, where: str, options: ReadOptions) -> bytes:
    """All of `stream`; a device or pipe does not say beforehand how much that is."""
    data = stream.read(options.max_bytes + 1)
    if len(data) > options.max_bytes:
        raise InputError(f"{where}: larger than {options.max_bytes:,} bytes; give one article, or a table of them")
    return data


def _declared(data: bytes) -> str | None:
    """The encoding a page names in its head."""
    import re

    match = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    return match[1].decode("ascii") if match else None
