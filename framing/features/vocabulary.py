"""Words in lower case, whose weights heads of whole articles may have; names are written with capitals and not read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

WORD = re.compile(r"(?<![^\W_])[^\W\d_][^\W_]*(?:['’][^\W_]+)*")


@dataclass(frozen=True)
class Vocabulary:
    """The words that are weighed."""

    words: tuple[str, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        """Each word with where it stands in `words`."""
        return {word: place for place, word in enumerate(self.words)}

    def places(self, words: Iterable[str]) -> list[int]:
        """Where in `words` those stand that are in it, each once."""
        return [self.place[word] for word in dict.fromkeys(words) if word in self.place]


def lower_words(text: str) -> Iterator[tuple[str, int]]:
    """Each word in lower case and its offset; those with a capital are left out, and a hyphen separates words."""
    for match in WORD.finditer(text):
        if match[0].islower():
            yield match[0].replace("’", "'"), match.start()
