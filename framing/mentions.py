"""From token states to names and judgements: where the heads for names and mentions meet the passages."""

from collections.abc import Mapping, Sequence

from framing.actors.mention import Found, Mention, Name, NameType
from framing.evidence import Encoded
from framing.name_head import NameHead
from framing.scores import Judgement
from framing.target import TargetHead
from framing.text.verbs import DETERMINERS, PRONOUNS
from framing.types import Bools, Floats

_NO_NAMES = PRONOUNS | DETERMINERS | {"me", "us", "him", "them", "who", "whom"}


def names_in(encoded: Sequence[Encoded], head: NameHead) -> list[Name]:
    """The names of all passages, in order of the text; one that a quotation cuts through is left out.

    So is what has no capital, and a pronoun or article alone: one of the training sets marks those too.
    """
    found: list[Name] = []
    texts = [part.passage.text for part in encoded]
    tagged_in = head.names(texts, [part.states for part in encoded], [part.offsets for part in encoded])
    for part, tags in zip(encoded, tagged_in, strict=True):
        passage = part.passage
        for tagged in tags:
            span = passage.article_span(tagged.start, tagged.stop)
            whole = span is not None and span.stop - span.start == tagged.stop - tagged.start
            if span is not None and whole and _is_name(passage.text[tagged.start : tagged.stop]):
                found.append(Name(span, NameType(tagged.type), passage.sentence, tagged.probability))
    return sorted(found, key=lambda name: name.span)


def _is_name(words: str) -> bool:
    return words.lower() not in _NO_NAMES and any(map(str.isupper, words))


def judgements(found: Found, encoded: Sequence[Encoded], head: TargetHead) -> dict[int, Judgement]:
    """The judgement of each mention that stands in an encoded passage, by its index in `found.mentions`."""
    states: list[Floats] = []
    spans: list[list[Bools]] = []
    numbers: list[int] = []
    for at, inside in _by_passage(found.mentions, encoded).items():
        tokens = ((number, encoded[at].tokens_in(found.mentions[number].span)) for number in inside)
        covered = [(number, span) for number, span in tokens if span.any()]
        states.append(encoded[at].states)
        spans.append([span for _, span in covered])
        numbers += [number for number, _ in covered]
    judged = (judgement for part in head.judge(states, spans) for judgement in part)
    return dict(zip(numbers, judged, strict=True))


def _by_passage(mentions: Sequence[Mention], encoded: Sequence[Encoded]) -> Mapping[int, list[int]]:
    places = {(part.passage.sentence, part.passage.voice): at for at, part in enumerate(encoded)}
    inside: dict[int, list[int]] = {}
    for number, mention in enumerate(mentions):
        at = places.get((mention.sentence, mention.voice))
        if at is not None:
            inside.setdefault(at, []).append(number)
    return inside
