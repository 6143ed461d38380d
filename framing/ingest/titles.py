"""A title known from elsewhere becomes the first line of the text."""


def with_title(title: str | None, body: str) -> str:
    """`body` with `title` as its first line, once."""
    if title is None or _begins_with(body, title):
        return body
    return f"{title}\n\n{body}"


def _begins_with(body: str, title: str) -> bool:
    first = body.lstrip().split("\n", 1)[0].lstrip("# ").rstrip()
    return first.casefold() == title.casefold()
