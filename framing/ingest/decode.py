"""Bytes to text: what is not text is named, encodings are found, characters are put in one form.

All changes of characters happen here, before there are offsets: new lines become "\\n", letters are composed (NFC),
invisible characters that break words (soft hyphen, zero-width space, direction marks) are dropped.
"""

import codecs
import re
import unicodedata

from framing.errors import InputError

MAGIC = (
    (b"%PDF", "a PDF", "copy its text into a .txt file, e.g. with pdftotext"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"BZh", "a bzip2 archive", "unpack it first"),
    (b"\xfd7zXZ", "an xz archive", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x89PNG", "an image (PNG)", "give the article's text"),
    (b"\xff\xd8\xff", "an image (JPEG)", "give the article's text"),
    (b"GIF8", "an image (GIF)", "give the article's text"),
    (b"ID3", "an audio file (MP3)", "give a transcript"),
    (b"PAR1", "a Parquet table", "give it the ending .parquet"),
    (b"SQLite format 3", "an SQLite database", "export the table as .csv or .parquet"),
    (b"\x7fELF", "a program", "give the article's text"),
)
OFFICE = (
    (b"word/", "a Word document (.docx)"),
    (b"opendocument", "an OpenDocument file"),
    (b"epub", "an EPUB book"),
    (b"xl/", "an Excel workbook (.xlsx)"),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HEAD = 8192
SAMPLE = 200_000
BINARY_SHARE = 0.02
# Under this share of bytes outside ASCII a text is in Western letters, whatever a guesser makes of so few.
WESTERN_SHARE = 0.1

_NEW_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27, 26})


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The text in `data`, in one form; `declared` is the encoding a server or page names.

    Raises
    ------
    InputError
        Empty, or not text: the message names what was found and what to do.
    """
    encoding = declared_or_found(data, where, declared)
    return normalise(data.decode(encoding, "replace"))


def declared_or_found(data: bytes, where: str, declared: str | None = None) -> str:
    """The encoding of `data`: by mark, as UTF-8, as declared, or guessed."""
    refuse_binary(data, where)
    marked = _marked(data)
    if marked is not None:
        return marked
    if _decodes(data, "utf-8"):
        return "utf-8"
    if declared is not None and _decodes(data, declared):
        return declared
    if _nearly_utf8(data):
        return "utf-8"
    return _guessed(data, where)


def refuse_binary(data: bytes, where: str) -> None:
    """Raise InputError when `data` is empty or no text, naming what it is."""
    if not data.strip():
        raise InputError(f"{where}: empty; give the text of an article")
    for magic, name, advice in MAGIC:
        if data.startswith(magic):
            raise InputError(f"{where}: {name}, not text; {advice}")
    if data.startswith(b"PK\x03\x04"):
        raise InputError(f"{where}: {_archive(data)}, not text; save the article as plain text or HTML")
    if _marked(data) is None and _looks_binary(data[:HEAD]):
        raise InputError(f"{where}: binary data, not text; give a text, HTML or table file")


def normalise(text: str) -> str:
    """`text` with "\\n" as the only new line, composed letters and no invisible characters."""
    text = _NEW_LINES.sub("\n", text)
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def is_html(text: str) -> bool:
    """Whether the text begins as a web page does."""
    head = text[:HEAD].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body", "<article")):
        return True
    return head.startswith("<") and len(re.findall(r"</?(?:p|div|span|a|h[1-6]|meta|script|section)\b", head)) >= 3


def _marked(data: bytes) -> str | None:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return encoding
    return _wide(data[:HEAD])


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of Latin text is 0."""
    pairs = len(head) // 2
    if pairs < 8:
        return None
    if head[1::2].count(0) > 0.7 * pairs and head[0::2].count(0) < 0.05 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * pairs and head[1::2].count(0) < 0.05 * pairs:
        return "utf-16-be"
    return None


def _looks_binary(head: bytes) -> bool:
    if b"\0" in head:
        return True
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls > BINARY_SHARE * len(head)


def _archive(data: bytes) -> str:
    found = (name for key, name in OFFICE if key in data)
    return next(found, "a zip archive")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (ValueError, LookupError):  # "charset=undefined" is a codec that raises a bare UnicodeError
        return False
    return True


def _nearly_utf8(data: bytes) -> bool:
    """Whether most of the characters outside ASCII are UTF-8: a page with a few broken bytes."""
    text = data[:SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - broken > 4 * broken


def _guessed(data: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    head = data[:SAMPLE]
    best = from_bytes(head).best()
    if sum(byte > 127 for byte in head) < WESTERN_SHARE * len(head):
        return "mac_roman" if best is not None and best.encoding.startswith("mac_") else "cp1252"
    if best is None:
        raise InputError(f"{where}: neither UTF-8 nor any encoding that could be told; convert it, e.g. with iconv")
    return best.encoding
