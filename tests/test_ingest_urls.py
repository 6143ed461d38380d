import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from framing.article import Document
from framing.errors import InputError
from framing.ingest import ReadOptions, is_batch, read
from framing.ingest.addresses import is_public
from framing.ingest.fetch import fetch

PAGE = b"""<html><head><title>Harbour opens again</title></head><body><article><h1>Harbour opens again</h1>
<p>The harbour opened again on Tuesday after a strike of three weeks, and the first ship left before noon.</p>
<p>Nobody was hurt, the company said, and the union has promised to meet again in the autumn.</p></article></body>
</html>"""
LOCAL = ReadOptions(allow_private=True, timeout_seconds=5)


class Site(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, tuple[str, bytes]]] = {
        "/page": ("text/html; charset=utf-8", PAGE),
        "/text": ("text/plain", "Only wörds.".encode("latin-1")),
        "/pdf": ("application/pdf", b"%PDF-1.7"),
        "/large": ("text/html", b"x" * 5000),
    }
    hosts: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Site.hosts.append(self.headers["Host"])
        name, _, rest = self.path.partition("?")
        if name == "/hop":
            left = int(rest)
            self.answer(302, {"Location": f"/hop?{left - 1}" if left else "/page"}, b"")
        elif name == "/to":
            self.answer(301, {"Location": rest}, b"")
        elif name == "/slow":
            time.sleep(1.5)
            self.answer(200, {"Content-Type": "text/html"}, PAGE)
        elif name == "/drip":
            self.drip()
        elif name == "/bomb":
            self.answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(b" " * 3_000_000))
        elif name == "/packed":
            self.answer(200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE))
        elif name in ("/torn", "/torn-packed"):
            self.tear(packed=name == "/torn-packed")
        elif name == "/refused":
            self.answer(403, {}, b"")
        elif name in self.pages:
            kind, body = self.pages[name]
            self.answer(200, {"Content-Type": kind}, body)
        else:
            self.answer(404, {}, b"")

    def drip(self) -> None:
        """A byte now and then, so that no single read ever times out."""
        self.send_response(200)
        self.end_headers()
        with suppress(OSError):
            for _ in range(15):
                self.wfile.write(b"x")
                time.sleep(0.1)

    def tear(self, packed: bool) -> None:
        """Half of the page, and the connection is gone."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header(*("Content-Encoding", "gzip") if packed else ("Content-Length", str(len(PAGE))))
        self.end_headers()
        self.wfile.write((gzip.compress(PAGE) if packed else PAGE)[:200])

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def refused(url: str, options: ReadOptions = LOCAL) -> str:
    with pytest.raises(InputError) as caught:
        list(read(url, options))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_is_fetched_and_its_article_taken_out(site: str) -> None:
    (document,) = read(f"{site}/page", LOCAL)
    assert isinstance(document, Document)
    assert document.text.startswith("Harbour opens again\nThe harbour opened again on Tuesday")
    assert (document.id, document.url, document.has_title) == (f"{site}/page", f"{site}/page", True)
    assert not is_batch(f"{site}/page")


def test_plain_text_and_packed_pages_are_read(site: str) -> None:
    (text,) = read(f"{site}/text", LOCAL)
    (packed,) = read(f"{site}/packed", LOCAL)
    assert isinstance(text, Document)
    assert isinstance(packed, Document)
    assert text.text == "Only wörds."
    assert packed.has_title


def test_redirects_are_followed_up_to_the_limit(site: str) -> None:
    assert fetch(f"{site}/hop?3", LOCAL).url == f"{site}/page"
    assert "more than 2 redirects" in refused(
        f"{site}/hop?3", ReadOptions(allow_private=True, timeout_seconds=5, max_redirects=2)
    )


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_the_whole_of_a_url_has_one_time_limit(site: str, path: str) -> None:
    start = time.monotonic()
    message = refused(f"{site}/{path}", ReadOptions(allow_private=True, timeout_seconds=0.4))
    assert "0.4 s" in message or "timed out" in message or "too slow" in message
    assert time.monotonic() - start < 1.4


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_a_page_larger_than_the_limit_is_refused_packed_or_not(site: str, path: str) -> None:
    options = ReadOptions(allow_private=True, timeout_seconds=5, max_bytes=4000)
    assert "larger than 4,000 bytes" in refused(f"{site}/{path}", options)


@pytest.mark.parametrize("path", ["torn", "torn-packed"])
def test_half_a_page_is_not_taken_for_the_article(site: str, path: str) -> None:
    assert "the connection broke off" in refused(f"{site}/{path}")


def test_what_is_no_page_or_not_there_or_refused_is_said(site: str) -> None:
    assert "application/pdf, not a web page" in refused(f"{site}/pdf")
    assert "no page there (404" in refused(f"{site}/nothing")
    assert "the site refuses (403" in refused(f"{site}/refused")
    assert "save the page from a browser" in refused(f"{site}/refused")


def test_a_local_address_is_refused_unless_allowed(site: str) -> None:
    assert "127.0.0.1 is not a public address; allow it with --allow-private" in refused(f"{site}/page", ReadOptions())


def test_every_hop_is_checked_not_only_the_first(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host is let through by name; the redirect leads to a link-local address."""
    monkeypatch.setattr("framing.ingest.addresses.is_public", lambda address: address == "127.0.0.1")
    message = refused(f"{site}/to?http://169.254.169.254/latest/", ReadOptions(timeout_seconds=5))
    assert "169.254.169.254 is not a public address" in message


def test_a_redirect_out_of_the_web_is_refused(site: str) -> None:
    assert "must begin with http:// or https://" in refused(f"{site}/to?file:///etc/passwd")
    assert "must begin with http:// or https://" in refused("ftp://example.org/a")


def test_the_connection_is_made_to_the_address_that_was_checked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = int(site.rsplit(":", 1)[1])
    asked: list[str] = []

    def answer(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert fetch(f"http://news.example:{port}/page", LOCAL).data == PAGE
    assert asked == ["news.example"]
    assert Site.hosts[-1] == f"news.example:{port}"


def test_a_host_that_cannot_be_found_or_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    assert "cannot be loaded" in refused(f"http://127.0.0.1:{closed}/")

    def fail(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert "host not found" in refused("https://no.such.host.example/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("64:ff9b::10.0.0.1", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public
