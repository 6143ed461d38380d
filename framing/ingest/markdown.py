"""Markdown to plain text: links and emphasis lose their marks, headings, lists and tables keep theirs."""

import re

_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^)\s]+(?:\s+\"[^\"\n]*\")?\)")
_REFERENCE = re.compile(r"^\[[^\]\n]+\]:\s+\S+.*$", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_UNDERSCORE = re.compile(r"(?<![\w_])(_{1,2})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])")


def plain(text: str) -> str:
    """`text` without the marks of links, images and emphasis; an image leaves "[Image: its description]"."""
    text = _IMAGE.sub(_image, text)
    text = _REFERENCE.sub("", _LINK.sub(r"\1", text))
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    return _UNDERSCORE.sub(r"\2", text)


def _image(match: re.Match[str]) -> str:
    return f"[Image: {match[1]}]" if match[1].strip() else ""
