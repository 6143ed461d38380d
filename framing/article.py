"""The vocabulary of texts: document, article, paragraph, sentence, voice.

A `Document` is what a reader brings in; an `Article` is the same text with its parts pointed at. Every span is in
characters of `Article.text`, which is the decoded or extracted text before anything was removed: characters never move.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from framing.errors import InputError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of characters, `[start, stop)`, in `Article.text`."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.stop:
            raise InputError(f"span must satisfy 0 <= start < stop, got {self.start}..{self.stop}")

    def of(self, text: str) -> str:
        """The characters of `text` this span covers."""
        return text[self.start : self.stop]

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.stop <= self.stop

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.stop and other.start < self.stop


class Voice(StrEnum):
    """Who is speaking: the journalist, or somebody the journalist quotes or reports."""

    JOURNALIST = "journalist"
    QUOTED = "quoted"


class Kind(StrEnum):
    """What a paragraph or sentence is."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read, before its text is looked at.

    Attributes
    ----------
    text : the decoded or extracted text. A title known from elsewhere (a column, the page's metadata) is its
        first line.
    has_title : whether the first non-empty line of `text` is known to be the title.
    columns : columns of a table that are not framing's own, carried along untouched.
    notes : what a reader of the scores must know about the reading.
    """

    id: str
    text: str
    has_title: bool = False
    outlet: str | None = None
    url: str | None = None
    date: str | None = None
    columns: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document of a batch that could not be read or scored."""

    id: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the text kept out of the scored prose, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of scored text: its span has no white space at either end."""

    span: Span
    kind: Kind = Kind.PROSE


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of one voice inside one sentence; quotation marks belong to the journalist.

    `indirect` is reported speech without quotation marks ("X said that …"). `speaker` is as the text names them.
    """

    span: Span
    voice: Voice
    speaker: str | None = None
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its stretches of voice, in order, covering all of it."""

    span: Span
    stretches: tuple[Stretch, ...]
    kind: Kind = Kind.PROSE

    def spans(self, voice: Voice) -> tuple[Span, ...]:
        """The spans of one voice, in order."""
        return tuple(stretch.span for stretch in self.stretches if stretch.voice is voice)


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its parts pointed at: headline, sentences, what was removed."""

    document: Document
    title: Sentence | None
    sentences: tuple[Sentence, ...]
    removed: tuple[Removed, ...] = ()
    scare_quotes: tuple[Span, ...] = ()
    language: str = "en"
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The decoded or extracted text that every span points into."""
        return self.document.text

    @property
    def n_words(self) -> int:
        """Words of scored prose, headline excluded."""
        return sum(len(sentence.span.of(self.text).split()) for sentence in self.sentences)

    def all_sentences(self) -> Iterator[Sentence]:
        """The headline, if there is one, then the sentences of the body."""
        if self.title is not None:
            yield self.title
        yield from self.sentences

    def voice_at(self, span: Span) -> Voice:
        """The voice that speaks the first character of `span`."""
        for sentence in self.all_sentences():
            for stretch in sentence.stretches:
                if stretch.span.start <= span.start < stretch.span.stop:
                    return stretch.voice
        return Voice.JOURNALIST
