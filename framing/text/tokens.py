"""Words and marks of a unit of text in which each quotation is one token."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from framing.text.quotes import Quotation

_TOKEN = re.compile(
    r"(?:[A-Z]\.)+[A-Z]?(?:-\w+)*"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Sens|Rep|Reps|Gov|Lt|Col|Capt|Maj|Sgt|Adm|Rev|Jr|Sr|St|Jan|Feb|Mar|Apr|Aug|Sept|Oct"
    r"|Nov|Dec|Inc|Corp|Co|Ltd|[ap]\.m)\."
    r"|[$£€]?\d[\d,.]*\d\w*(?:-\w+)*"
    r"|\w+(?:[-’'&.]\w+)*[’']?"
    r"|…|\.{2,}|-{2,}|[^\w\s]"
)


class Token(NamedTuple):
    """A word, a mark, or a whole quotation.

    Attributes
    ----------
    lower : in lower case unless all capitals.
    quote : the number of the quotation in its unit, else -1.
    last : of a quotation, its last character.
    """

    text: str
    lower: str
    start: int
    stop: int
    quote: int = -1
    last: str = ""

    @property
    def is_quote(self) -> bool:
        """Whether this token stands for a quotation."""
        return self.quote >= 0

    @property
    def is_name_like(self) -> bool:
        """Whether this is a capitalised word."""
        return self.quote < 0 and self.text[0].isupper()

    @property
    def may_be_verb(self) -> bool:
        """Whether this is in lower case: "may", not "May"."""
        return self.quote < 0 and self.text[0].islower()

    @property
    def is_word(self) -> bool:
        """Whether this is a word or number, neither mark nor quotation."""
        return self.quote < 0 and (self.text[0].isalnum() or self.text[0] in "$£€")


def tokenize(text: str, start: int, stop: int, quotations: Sequence[Quotation]) -> list[Token]:
    """Tokens of `text[start:stop]`; `quotations` lie inside it, in order."""
    tokens: list[Token] = []
    for number, quotation in enumerate(quotations):
        tokens += _words(text, start, quotation.outer.start)
        outer, last = quotation.outer, text[quotation.inner.stop - 1]
        tokens.append(Token("“”", "“”", outer.start, outer.stop, number, last))
        start = quotation.outer.stop
    return tokens + _words(text, start, stop)


def lowered(word: str) -> str:
    """The word in lower case, unless it is all capitals."""
    # "WHO", "US" and "IT" are not "who", "us" and "it".
    return word if len(word) > 1 and word.isupper() else word.lower().rstrip("’'")


def _words(text: str, start: int, stop: int) -> list[Token]:
    return [
        Token(_written(match[0]), lowered(_written(match[0])), match.start(), match.end())
        for match in _TOKEN.finditer(text, start, stop)
    ]


def _written(word: str) -> str:
    return "—" if word.startswith("--") else word
