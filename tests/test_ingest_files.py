import io
import subprocess
import sys
from pathlib import Path

import pytest

from framing.article import Document, Failure
from framing.errors import InputError, UsageError
from framing.ingest import ReadOptions, count, is_batch, read
from framing.ingest.decode import decode
from framing.ingest.markdown import plain
from framing.text import article_of

PROSE = "“Workers’ rights – now,” said the café owner at Müller’s in Zürich. It was a long day and nobody came to help."
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbour opens again | The Paper</title>
<meta property="og:site_name" content="The Paper"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Harbour opens again</h1>
<p>The harbour opened again on Tuesday after a strike of three weeks, and the first ship left before noon.</p>
<p>“We are glad to be back,” said the union’s leader, who had called the strike over pay in the spring.</p>
</article></body></html>"""


def one(source: Path, **options: object) -> Document:
    document = next(iter(read(str(source), ReadOptions(**options))))  # type: ignore[arg-type]
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman"])
def test_every_usual_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PROSE.encode(encoding))
    assert one(path).text == PROSE


def test_cyrillic_and_japanese_are_decoded_so_that_the_language_can_be_named() -> None:
    russian = "Правительство объявило во вторник о реформе пенсий, которая вступит в силу через два года."
    assert decode(russian.encode("cp1251"), "a") == russian
    japanese = "政府は火曜日に年金改革を発表した。労働組合は反対している。"
    assert decode(japanese.encode("shift_jis"), "a") == japanese


def test_a_few_broken_bytes_do_not_turn_a_utf8_text_into_another_encoding() -> None:
    text = decode((PROSE * 10).encode() + b"\xff", "a")
    assert text == PROSE * 10 + "\ufffd"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\u2028two\x0bthree".encode(), "one\ntwo\nthree"),
        ("cafe\u0301 co\u00adop\u200bera\ufefftion".encode(), "café cooperation"),
        (b"a bell\x07 rings " + 60 * b"-", "a bell  rings " + 60 * "-"),
    ],
    ids=["line ends", "rare line ends", "composed and invisible letters", "controls"],
)
def test_characters_are_put_in_one_form_before_there_are_offsets(raw: bytes, text: str) -> None:
    assert decode(raw, "a") == text


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "empty"),
        (b" \n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "a PDF, not text"),
        (b"PK\x03\x04....word/document.xml", "a Word document"),
        (b"PK\x03\x04....", "a zip archive"),
        (b"\x1f\x8b\x08....", "a gzip archive, not text; unpack it first"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"PAR1....", "a Parquet table"),
        (bytes(range(256)) * 8, "binary data"),
        (b"text with \0 in it", "binary data"),
    ],
)
def test_what_is_not_text_is_named_in_one_line(tmp_path: Path, data: bytes, named: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=f"^a.txt: {named}") as caught:
        list(read(str(path)))
    assert "\n" not in str(caught.value)
    assert "; " in str(caught.value)


def test_a_missing_file_says_so_and_a_bare_web_address_gets_a_hint() -> None:
    with pytest.raises(InputError, match="no such file or folder; check the path"):
        list(read("nowhere.txt"))
    with pytest.raises(InputError, match="begin with https://"):
        list(read("www.example.org/article"))


def test_a_file_larger_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PROSE)
    with pytest.raises(InputError, match="larger than 50 bytes"):
        list(read(str(path), ReadOptions(max_bytes=50)))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_without_an_end_is_refused_too() -> None:
    with pytest.raises(InputError, match="larger than 50 bytes"):
        list(read("/dev/zero", ReadOptions(max_bytes=50)))


def test_limits_that_make_no_sense_are_a_usage_error() -> None:
    with pytest.raises(UsageError, match="above 0"):
        ReadOptions(timeout_seconds=0)


def test_html_gives_the_article_with_its_title_first(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = one(path)
    lines = [line for line in document.text.split("\n") if line]
    assert lines[0] == "Harbour opens again"
    assert document.has_title
    assert lines.count("Harbour opens again") == 1
    assert lines[1].startswith("The harbour opened again")
    assert "Home" not in document.text
    assert (document.id, document.outlet) == ("page.html", "The Paper")


def test_html_says_that_not_all_that_was_left_out_is_listed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "text.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "meta.csv").write_text("file,outlet\npage.html,The Wire\n")
    document = one(tmp_path / "page.html")
    assert document.outlet == "The Wire"
    assert [note for note in document.notes if "not listed" in note]
    assert article_of(document).notes == document.notes
    assert one(tmp_path / "text.txt").notes == ()


def test_block_quotations_of_a_page_are_marked_paragraph_by_paragraph(tmp_path: Path) -> None:
    quoted = (
        "<blockquote><p>We are <b>glad</b> to be back, and re<i>doing</i>it.</p>"
        "<p>Nobody knows<br>for how long.</p></blockquote>"
    )
    path = tmp_path / "page.html"
    path.write_text(PAGE.replace("<p>“We", f"{quoted}<p>“We"), encoding="utf-8")
    lines = one(path).text.split("\n")
    marked = [line for line in lines if line.startswith(">")]
    assert marked == ["> We are glad to be back, and redoingit.", "> Nobody knows", "> for how long."]
    assert sum("glad to be back" in line for line in lines) == 2
    assert "⸎" not in "".join(lines)


def test_a_page_laid_out_in_a_block_quotation_is_not_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    page = PAGE.replace("<article>", "<article><blockquote>").replace("</article>", "</blockquote></article>")
    path.write_text(page, encoding="utf-8")
    assert "\n>" not in one(path).text
    assert "⸎" not in one(path).text


def test_broken_lines_of_a_block_quotation_are_joined(tmp_path: Path) -> None:
    first, second = "> The harbour opened again on Tuesday after a strike", "> of three weeks."
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text(f"Intro.\n\n{first}\n{second}\n>\n> Short\n> lines\n> - item\n\n{PROSE}")
        joined = "> The harbour opened again on Tuesday after a strike of three weeks."
        assert one(tmp_path / name).text == f"Intro.\n\n{joined}\n>\n> Short\n> lines\n> - item\n\n{PROSE}"


def test_html_in_an_old_encoding_is_read_as_its_head_says(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(PAGE.replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252"))
    assert "“We are glad to be back,” said the union’s leader" in one(path).text


@pytest.mark.parametrize("declared", ["undefined", "hex", "no such", "a\0b"])
def test_a_declared_encoding_that_is_none_is_passed_over(declared: str) -> None:
    assert decode("Die Straße nach Süden".encode("cp1252"), "page", declared) == "Die Straße nach Süden"


def test_html_without_an_article_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!DOCTYPE html><html><body><script>load()</script></body></html>")
    with pytest.raises(InputError, match="no article found on the page; paste its text"):
        list(read(str(path)))


def test_a_file_without_an_ending_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(PAGE, encoding="utf-8")
    (tmp_path / "text").write_text(PROSE, encoding="utf-8")
    assert one(tmp_path / "page").has_title
    assert one(tmp_path / "text").text == PROSE


def test_standard_input_may_be_text_or_html() -> None:
    text = next(iter(read("-", ReadOptions(stdin=io.BytesIO(PROSE.encode())))))
    page = next(iter(read("-", ReadOptions(stdin=io.BytesIO(PAGE.encode())))))
    assert isinstance(text, Document)
    assert isinstance(page, Document)
    assert (text.id, text.text, text.has_title) == ("stdin", PROSE, False)
    assert page.has_title


def test_standard_input_has_the_same_limits() -> None:
    with pytest.raises(InputError, match="larger than 10 bytes"):
        list(read("-", ReadOptions(max_bytes=10, stdin=io.BytesIO(b"x" * 11))))
    with pytest.raises(InputError, match="stdin: empty"):
        list(read("-", ReadOptions(stdin=io.BytesIO(b""))))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("a [link](https://example.org/x) here", "a link here"),
        ("![Two ships](ships.jpg)\n*Two ships.*", "[Image: Two ships]\nTwo ships."),
        ("**By Ana Ruiz** and _others_", "By Ana Ruiz and others"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("# Title\n\n- one\n- two", "# Title\n\n- one\n- two"),
    ],
)
def test_markdown_loses_the_marks_of_links_and_emphasis_only(markdown: str, text: str) -> None:
    assert plain(markdown) == text


def test_a_folder_is_read_in_order_and_passes_over_what_is_no_article(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "README.md", "notes.docx", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PROSE, encoding="utf-8")
    documents = list(read(str(tmp_path)))
    assert [document.id for document in documents] == ["a.md", "b.txt", "sub/c.txt"]
    assert count(str(tmp_path)) == 3
    assert is_batch(str(tmp_path))


def test_outlets_in_a_folder_come_from_meta_then_the_subfolder_then_the_name(tmp_path: Path) -> None:
    for name in ("known.txt", "plain.txt", "times/x.txt", "times/y.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PROSE, encoding="utf-8")
    (tmp_path / "meta.csv").write_text("file,outlet,url,date\nknown.txt,The Wire,https://w.example/1,2025-03-04\n")
    (tmp_path / "times" / "meta.csv").write_text("file,outlet\ny.txt,Evening Times\n")
    found = {d.id: d for d in read(str(tmp_path)) if isinstance(d, Document)}
    outlets = {name: document.outlet for name, document in found.items()}
    assert outlets == {
        "known.txt": "The Wire",
        "plain.txt": "plain",
        "times/x.txt": "times",
        "times/y.txt": "Evening Times",
    }
    assert (found["known.txt"].url, found["known.txt"].date) == ("https://w.example/1", "2025-03-04")


def test_a_single_file_takes_what_meta_says_and_invents_no_outlet(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    (tmp_path / "meta.csv").write_text("\ufefffile,outlet,url,date\na.txt,The Wire,,\n", encoding="utf-8")
    assert one(tmp_path / "a.txt").outlet == "The Wire"
    assert one(tmp_path / "b.txt").outlet is None


def test_columns_of_meta_that_are_not_ours_are_carried_along(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "Some words.", "topic": "own", "n": 1}\n')
    (tmp_path / "meta.csv").write_text("File;topic;outlet;\na.txt;sea;Wire;x\nb.jsonl;land;;\n")
    first, second = read(str(tmp_path))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.outlet, first.columns) == ("Wire", {"topic": "sea", "": "x"})
    assert second.columns == {"topic": "own", "n": 1, "": ""}
    assert one(tmp_path / "a.txt").columns == first.columns


def test_a_meta_without_a_column_of_files_names_those_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "meta.csv").write_text("name,outlet\na.txt,Wire\n")
    with pytest.raises(UsageError, match=r"meta\.csv: no column 'file' \(found: name, outlet\)"):
        list(read(str(tmp_path)))


def test_a_meta_with_a_broken_row_is_not_half_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "meta.csv").write_text('file,outlet\na.txt,"Wire\n')
    with pytest.raises(InputError, match=r"meta\.csv: line 2: a quotation mark opens a cell"):
        list(read(str(tmp_path)))


def test_an_empty_meta_says_nothing_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "meta.csv").touch()
    assert one(tmp_path / "a.txt").outlet is None


def test_a_bad_file_in_a_folder_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.txt").write_text(PROSE, encoding="utf-8")
    (tmp_path / "c.csv").write_text("headline,body\nx,y\n")
    first, second, third = read(str(tmp_path))
    assert isinstance(first, Failure)
    assert (first.id, first.kind) == ("a.txt", "input")
    assert first.message.startswith("a.txt: a PDF, not text")
    assert isinstance(second, Document)
    assert isinstance(third, Failure)
    assert third.kind == "usage"


def test_a_folder_without_articles_says_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(InputError, match=r"no articles in this folder; it needs \.txt"):
        list(read(str(tmp_path)))


def test_reading_and_cleaning_one_text_file_imports_nothing_heavy(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text((PROSE + "\n") * 5, encoding="utf-8")
    code = f"""
import sys
from framing.ingest import read
from framing.text.clean import clean
from framing.text.language import require_article
document = next(read({str(path)!r}))
require_article(document.text, clean(document.text), document.id)
heavy = "trafilatura pyarrow charset_normalizer py3langid urllib3 httpx ssl numpy csv lxml".split()
print([name for name in heavy if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
