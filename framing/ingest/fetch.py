"""A web page over http or https, within limits of time, size, redirects and addresses.

Every hop's host is resolved once, its addresses are checked, and the connection is made to the address that was
checked, so a name that changes its answer between check and use gains nothing. Proxies are not used.
"""

import ssl
import zlib
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from framing.errors import InputError
from framing.ingest.addresses import connect
from framing.ingest.options import ReadOptions

REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSED = frozenset({401, 402, 403, 429, 451})
TEXT_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
CHUNK = 65_536
HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; framing)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
SAVE_IT = "save the page from a browser and score the file"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent in the end: the last address, the kind and encoding it names, the bytes."""

    url: str
    content_type: str
    charset: str | None
    data: bytes


def fetch(url: str, options: ReadOptions) -> Answer:
    """The page at `url`, after its redirects.

    Raises
    ------
    InputError
        Not reachable, refused, too slow, too large, not a page, or at a private address.
    """
    answers: SimpleQueue[Answer | Exception] = SimpleQueue()
    # A thread, because neither name look-up nor a server that drips bytes can be timed out from inside.
    Thread(target=_attempt, args=(url, options, answers), daemon=True).start()
    try:
        answer = answers.get(timeout=options.timeout_seconds)
    except Empty:
        raise InputError(f"{url}: not loaded within {options.timeout_seconds:g} s; try again, or {SAVE_IT}") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _attempt(url: str, options: ReadOptions, answers: "SimpleQueue[Answer | Exception]") -> None:
    try:
        answers.put(_follow(url, options))
    except (OSError, HTTPException, ValueError, zlib.error) as error:
        answers.put(InputError(f"{url}: cannot be loaded ({_reason(error)}); check the address, or {SAVE_IT}"))
    except Exception as error:
        answers.put(error)


def _follow(url: str, options: ReadOptions) -> Answer:
    deadline = monotonic() + options.timeout_seconds
    current = url
    for _ in range(options.max_redirects + 1):
        with (
            closing(_open(current, options, deadline)) as connection,
            _request(connection, urlsplit(current)) as response,
        ):
            target = response.getheader("Location")
            if response.status not in REDIRECTS or not target:
                return _answer(current, response, options, deadline)
        current = urljoin(current, target)
    raise InputError(f"{url}: more than {options.max_redirects} redirects; give the page's final address")


def _open(url: str, options: ReadOptions, deadline: float) -> HTTPConnection:
    """A connection to the host of `url`, over a socket to an address that was checked."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"{url}: not a web address; it must begin with http:// or https://")
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    seconds = max(deadline - monotonic(), 0.001)
    raw = connect(parts.hostname, port, seconds, options.allow_private)
    connection = HTTPSConnection(parts.hostname, port) if secure else HTTPConnection(parts.hostname, port)
    connection.sock = _context().wrap_socket(raw, server_hostname=parts.hostname) if secure else raw
    return connection


@cache
def _context() -> ssl.SSLContext:
    """The system's certificates and those of certifi, which some Pythons need."""
    from certifi import where

    context = ssl.create_default_context()
    context.load_verify_locations(where())
    return context


def _request(connection: HTTPConnection, parts: SplitResult) -> HTTPResponse:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]") if parts.query else ""
    connection.request("GET", path + query, headers=HEADERS)
    return connection.getresponse()


def _answer(url: str, response: HTTPResponse, options: ReadOptions, deadline: float) -> Answer:
    if response.status in REFUSED:
        raise InputError(f"{url}: the site refuses ({response.status} {response.reason}); {SAVE_IT}")
    if response.status != 200:
        raise InputError(f"{url}: no page there ({response.status} {response.reason}); check the address")
    kind = response.headers.get_content_type() if response.getheader("Content-Type") else ""
    if kind not in TEXT_TYPES:
        raise InputError(f"{url}: {kind}, not a web page; give a page of text or HTML")
    return Answer(url, kind, response.headers.get_content_charset(), _body(url, response, options.max_bytes, deadline))


def _body(url: str, response: HTTPResponse, limit: int, deadline: float) -> bytes:
    packed = response.getheader("Content-Encoding", "").lower() in {"gzip", "x-gzip", "deflate"}
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed else None
    parts, size = [], 0
    missing = response.length  # None where the server does not say; `read1` takes a lost connection for the end
    while chunk := response.read1(CHUNK):
        missing = None if missing is None else missing - len(chunk)
        part = unpacker.decompress(chunk, limit + 1) if unpacker else chunk
        parts.append(part)
        size += len(part)
        if size > limit:
            raise InputError(f"{url}: larger than {limit:,} bytes; give the page of one article")
        if monotonic() > deadline:
            raise TimeoutError("too slow")
    if missing or (unpacker and not unpacker.eof):
        raise ConnectionError("the connection broke off")
    return b"".join(parts)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    return str(error) or type(error).__name__
