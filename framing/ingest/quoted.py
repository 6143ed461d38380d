"""Block quotations: in a page they are found by a mark on their text, in plain text by ">" before each line."""

import re
from typing import Any

# Printable, since extraction drops what is not, and rare enough that a page has at most some of them.
MARKS = "⸎⸏⸐⸑"
# A page with nearly all its text in such blocks uses them for the layout.
MOST_SHARE = 0.8
# Characters of a line that an editor broke.
WIDTHS = range(40, 121)

_QUOTED = re.compile(r"[ \t]*>[ \t>]*(?=[^\s>])")
_OWN_LINE = re.compile(r"[-–—•*‣▪●○◦·+#|]|\(?\d{1,2}[.)]\s")


def unused(html: str) -> str:
    """A mark that the page does not have."""
    return next((mark for mark in MARKS if mark not in html), MARKS[0])


def marked(html: str, mark: str) -> Any:
    """The tree of a page with `mark` before every text inside a block quotation; None where it has none."""
    if "<blockquote" not in html.lower():
        return None
    from trafilatura import load_html

    tree = load_html(html)
    for block in tree.iter("blockquote") if tree is not None else ():
        for element in block.iter():
            if isinstance(element.tag, str):
                element.text = _with(mark, element.text)
            if element is not block:
                element.tail = _with(mark, element.tail)
    return tree


def lines(text: str, mark: str) -> str:
    """`text` with "> " before every line that begins with `mark`, and without the marks."""
    if mark not in text:
        return text
    found = [(_opens(line, mark), without(line, mark)) for line in text.split("\n")]
    inside = sum(len(line) for quoted, line in found if quoted)
    layout = inside > MOST_SHARE * sum(len(line) for _, line in found)
    return "\n".join(f"> {line}" if quoted and line and not layout else line for quoted, line in found)


def without(line: str, mark: str) -> str:
    """The line without the marks in it."""
    return re.sub(rf"{mark} ?", "", line)


def joined(text: str) -> str:
    """`text` with the lines of a block quotation that an editor broke in one."""
    if ">" not in text:
        return text
    found, before = [""], ""
    for line in text.split("\n"):
        match = _QUOTED.match(line)
        if match and _goes_on(before, line[match.end() :]):
            found[-1] = f"{found[-1].rstrip()} {line[match.end() :]}"
        else:
            found.append(line)
        before = line
    return "\n".join(found[1:])


def _goes_on(before: str, rest: str) -> bool:
    match = _QUOTED.match(before)
    if match is None or _OWN_LINE.match(rest) or before[match.end() :].startswith("#"):
        return False
    return len(before) in WIDTHS


def _with(mark: str, text: str | None) -> str | None:
    if not text or not text.strip():
        return text
    rest = text.lstrip()
    return f"{text[: len(text) - len(rest)]}{mark} {rest}"


def _opens(line: str, mark: str) -> bool:
    return line.lstrip("-–—•* \t").startswith(mark)
