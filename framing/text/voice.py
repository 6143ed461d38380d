"""Voices of an article: for each sentence, which stretches the journalist says and which somebody else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from framing.article import Kind, Paragraph, Sentence, Span, Stretch, Voice
from framing.text import asides, attributions, blocks, quotes, reported, scare, speakers
from framing.text.people import Memory
from framing.text.quotes import Quotation
from framing.text.tokens import Token, tokenize


@dataclass(frozen=True, slots=True)
class Voices:
    """The sentences of an article with their stretches of voice, and its scare quotes, in order."""

    sentences: tuple[Sentence, ...]
    scare_quotes: tuple[Span, ...]


@dataclass(slots=True)
class _Unit:
    """Sentences that a quotation holds together, as tokens."""

    kind: Kind
    sentences: list[Span]
    quotations: list[Quotation]
    tokens: list[Token]
    first: bool


def assign(text: str, paragraphs: Sequence[tuple[Paragraph, tuple[Span, ...]]]) -> Voices:
    """Voices of the whole article; `paragraphs` come with their sentences."""
    skipped = asides.find(text)
    text = asides.blanked(text, skipped)
    alone = [paragraph for paragraph, _ in paragraphs]
    found = quotes.find(text, alone)
    reader = _Reader(text)
    for number, ((paragraph, spans), quotations) in enumerate(zip(paragraphs, found, strict=True)):
        if paragraph.kind is Kind.QUOTE:
            reader.read_block(paragraph, spans, blocks.signature_after(text, alone, number))
            continue
        held = [*skipped, *(quotation.outer for quotation in quotations)]
        units = list(_units(text, paragraph, spans, quotations, held))
        for index, unit in enumerate(units):
            reader.read(unit, units[index + 1] if index + 1 < len(units) else None)
    return Voices(tuple(_with_echoes(text, reader.sentences)), tuple(reader.scare_quotes))


def _units(
    text: str, paragraph: Paragraph, spans: Sequence[Span], quotations: Sequence[Quotation], held: Sequence[Span]
) -> Iterator[_Unit]:
    """Sentences, those that one of `held` runs across together."""
    group: list[Span] = []
    first = True
    for index, span in enumerate(spans):
        group.append(span)
        following = spans[index + 1] if index + 1 < len(spans) else None
        if following is not None and any(one.start < span.stop and following.start < one.stop for one in held):
            continue
        whole = Span(group[0].start, span.stop)
        inside = [quotation for quotation in quotations if whole.contains(quotation.outer)]
        yield _Unit(paragraph.kind, group, inside, tokenize(text, whole.start, whole.stop, inside), first)
        group, first = [], False


def _with_echoes(text: str, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The sentences; a quotation in a heading gets its speaker from the body that repeats it."""
    said = [
        (stretch.span.of(text).casefold(), stretch.speaker)
        for sentence in sentences
        for stretch in sentence.stretches
        if stretch.speaker is not None
    ]
    for sentence in sentences:
        if sentence.kind is not Kind.HEADING:
            yield sentence
            continue
        yield replace(sentence, stretches=tuple(_echo(text, stretch, said) for stretch in sentence.stretches))


def _echo(text: str, stretch: Stretch, said: Sequence[tuple[str, str | None]]) -> Stretch:
    if stretch.voice is Voice.JOURNALIST or stretch.speaker is not None:
        return stretch
    words = stretch.span.of(text).casefold().strip(" .,!?…")
    return replace(stretch, speaker=next((name for spoken, name in said if words in spoken), None))


class _Reader:
    """Reads units in order and remembers who spoke last."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.memory = Memory()
        self.sentences: list[Sentence] = []
        self.scare_quotes: list[Span] = []
        # Who is speaking at the end of the unit before, for a quotation that follows without an attribution.
        self.carried: str | None = None
        self.in_quotation: str | None = None
        self.following: _Unit | None = None
        # Whom a colon at the end of the unit before announces.
        self.introduced: str | None = None
        # Whether the unit before has words of somebody who is not named.
        self.unnamed = False

    def read(self, unit: _Unit, following: _Unit | None) -> None:
        """Adds the sentences of `unit`; `following` is the next one of its paragraph."""
        self.following = following
        if not unit.tokens:
            self.sentences += [Sentence(span, cover(span, []), unit.kind) for span in unit.sentences]
            return
        stretches = self._indirect_and_quoted(unit)
        for span in unit.sentences:
            self.sentences.append(Sentence(span, cover(span, stretches), unit.kind))
        self.memory.read(unit.tokens, unit.kind)

    def read_block(self, paragraph: Paragraph, spans: Sequence[Span], signature: str | None) -> None:
        """Adds a paragraph of a block quotation."""
        after_block = bool(self.sentences) and self.sentences[-1].kind is Kind.QUOTE
        speaker = signature or (self.carried if after_block else self.introduced)
        words = blocks.read(self.text, paragraph.span).words
        quoted = [Stretch(words, Voice.QUOTED, speaker)] if words is not None else []
        self.sentences += [Sentence(span, cover(span, quoted), Kind.QUOTE) for span in spans]
        self.carried = self.in_quotation = speaker
        self.memory.unit += 1

    def _indirect_and_quoted(self, unit: _Unit) -> list[Stretch]:
        speaker_of: dict[int, str | None] = {}
        stretches: list[Stretch] = []
        last: str | None = None
        self._point_back(unit)
        for attribution in reported.attributions(unit.tokens):
            assert attribution.subject is not None
            name = self.memory.resolve(attribution.subject, unit.tokens)
            if not attribution.nested:
                self.memory.spoke(name)
                last = name or last
            for begin, end in attribution.clauses:
                stretches += _runs(unit.tokens[begin:end], name)
                speaker_of.update({t.quote: name for t in unit.tokens[begin:end] if t.is_quote})
            speaker_of.update(dict.fromkeys(attribution.quotes, name))
        stretches += self._quoted(unit, speaker_of, last)
        self.carried = last or (next(reversed(speaker_of.values()), None) if speaker_of else None)
        self.unnamed = bool(stretches) and all(stretch.speaker is None for stretch in stretches)
        self.introduced = self._announced(unit, last)
        return sorted(stretches, key=lambda stretch: stretch.span)

    def _announced(self, unit: _Unit, last: str | None) -> str | None:
        if unit.tokens[-1].text != ":":
            return None
        subject = blocks.introduced(unit.tokens)
        return self.memory.resolve(subject, unit.tokens) if last is None and subject is not None else last

    def _point_back(self, unit: _Unit) -> None:
        """`That’s according to X`: the sentence before is X's."""
        own = next(iter(attributions.find(unit.tokens)), None)
        if own is None or not reported.points_back(unit.tokens, own) or not self.sentences:
            return
        assert own.subject is not None
        before = self.sentences[-1]
        if before.kind is Kind.HEADING or len(before.stretches) > 1 or before.spans(Voice.QUOTED):
            return
        name = self.memory.resolve(own.subject, unit.tokens)
        said = _runs(tokenize(self.text, before.span.start, before.span.stop, []), name)
        self.sentences[-1] = replace(before, stretches=cover(before.span, said))
        self.memory.spoke(name)

    def _quoted(self, unit: _Unit, speaker_of: dict[int, str | None], last: str | None) -> list[Stretch]:
        stretches: list[Stretch] = []
        goes_on = self.carried is not None and not unit.first
        uses = scare.uses(self.text, unit.tokens, unit.quotations, unit.kind, speaker_of, goes_on)
        for number, (quotation, use) in enumerate(zip(unit.quotations, uses, strict=True)):
            if use is scare.Use.SCARE:
                self.scare_quotes.append(quotation.inner)
            if use is not scare.Use.SPEECH:
                speaker_of.pop(number, None)
                continue
            if number not in speaker_of:
                speaker_of[number] = self._unattributed(unit, number, last)
            stretches.append(Stretch(quotation.inner, Voice.QUOTED, speaker_of[number]))
            self.in_quotation = speaker_of[number]
        return stretches

    def _unattributed(self, unit: _Unit, number: int, last: str | None) -> str | None:
        """Who says quotation `number` of a unit, which no verb of speech belongs to."""
        if unit.quotations[number].continues:
            return self.in_quotation
        if not any(token.is_word for token in unit.tokens):
            return self._neighbour(unit)
        if last is not None and _after_colon(unit.tokens):
            return last
        # "…,” she said. The plan was “dead on arrival.”"
        goes_on = last is None and not unit.first and scare.ends_sentence(unit.tokens, number)
        return self._beside_mark(unit.tokens) or (self.carried if goes_on else None)

    def _neighbour(self, unit: _Unit) -> str | None:
        """The person the sentence after, before, or the paragraph before is about."""
        if self.unnamed and not unit.first and not self.memory.names_subject():
            return None
        if unit.first and self.following is not None and self.carried is None:
            introduced = self.memory.person(speakers.leading(self.following.tokens))
            if introduced is not None and " " in introduced:
                return introduced
        if self.carried is not None or unit.first:
            return self.carried
        return self.memory.narrated()

    def _beside_mark(self, tokens: Sequence[Token]) -> str | None:
        """`Ana Ruiz: “…”`, `“…” – Ana Ruiz, mayor` and `“…” – here Ana Ruiz paused – “…”`."""
        texts = [token.text for token in tokens]
        if ":" in texts[1:-1] and tokens[texts.index(":") + 1].is_quote:
            head = tokens[: texts.index(":") + 1]
            subject = speakers.after(head, 0)
            if subject is None or subject.end < len(head) - 1:
                subject = speakers.leading(head)
            return self.memory.resolve(subject, head) if subject is not None else None
        if len(texts) > 2 and tokens[0].is_quote and texts[1] in ("—", "–", "-"):
            begin = 3 if texts[2] in ("here", "and") else 2
            subject = speakers.after(tokens, begin)
            return subject.name if subject is not None else None
        return None


def _after_colon(tokens: Sequence[Token]) -> bool:
    return any(left.text == ":" and right.is_quote for left, right in pairwise(tokens))


def _runs(tokens: Sequence[Token], name: str | None) -> list[Stretch]:
    """Indirect speech between the quotations inside a clause, without punctuation at its ends."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.is_quote:
            runs.append([])
        else:
            runs[-1].append(token)
    stretches: list[Stretch] = []
    for run in runs:
        while run and not run[0].is_word and run[0].text not in "([":
            run.pop(0)
        while run and not run[-1].is_word and run[-1].text not in ")]%'’":
            run.pop()
        if run:
            stretches.append(Stretch(Span(run[0].start, run[-1].stop), Voice.QUOTED, name, indirect=True))
    return stretches


def cover(sentence: Span, quoted: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Stretches covering `sentence` exactly: the parts of `quoted` inside it, and the journalist's between them."""
    stretches: list[Stretch] = []
    at = sentence.start
    for stretch in quoted:
        start, stop = max(stretch.span.start, at), min(stretch.span.stop, sentence.stop)
        if start >= stop:
            continue
        if at < start:
            stretches.append(Stretch(Span(at, start), Voice.JOURNALIST))
        stretches.append(Stretch(Span(start, stop), Voice.QUOTED, stretch.speaker, stretch.indirect))
        at = stop
    if at < sentence.stop:
        stretches.append(Stretch(Span(at, sentence.stop), Voice.JOURNALIST))
    return tuple(stretches)
