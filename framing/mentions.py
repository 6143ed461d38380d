"""From token states to names and judgements: where the heads for names and mentions meet the passages."""

from collections.abc import Mapping, Sequence

from framing.actors.mention import Found, Mention, Name, NameType
from framing.evidence import Encoded
from framing.name_head import NameHead
from framing.scores import Judgement
from framing.target import TargetHead
from framing.text.verbs import DETERMINERS, PRONOUNS

_NO_NAMES = PRONOUNS | DETERMINERS | {"me", "us", "him", "them", "who", "whom"}


def names_in(encoded: Sequence[Encoded], head: NameHead) -> list[Name]:
    """The names of all passages, in order of the text; one that a quotation cuts through is left out.

    So is what has no capital, and a pronoun or article alone: one of the training sets marks those too.
    """
    found: list[Name] = []
    for part in encoded:
        passage = part.passage
        for tagged in head.names(passage.text, part.states, part.offsets):
            span = passage.article_span(tagged.start, tagged.stop)
            whole = span is not None and span.stop - span.start == tagged.stop - tagged.start
            if span is not None and whole and _is_name(passage.text[tagged.start : tagged.stop]):
                found.append(Name(span, NameType(tagged.type), passage.sentence, tagged.probability))
    return sorted(found, key=lambda name: name.span)


def _is_name(words: str) -> bool:
    return words.lower() not in _NO_NAMES and any(map(str.isupper, words))


def judgements(found: Found, encoded: Sequence[Encoded], head: TargetHead) -> dict[int, Judgement]:
    """The judgement of each mention that stands in an encoded passage, by its index in `found.mentions`."""
    inside = _by_passage(found.mentions, encoded)
    out: dict[int, Judgement] = {}
    for at, numbers in inside.items():
        part = encoded[at]
        spans = [part.tokens_in(found.mentions[number].span) for number in numbers]
        covered = [(number, span) for number, span in zip(numbers, spans, strict=True) if span.any()]
        judged = head.judge(part.states, [span for _, span in covered])
        out |= dict(zip([number for number, _ in covered], judged, strict=True))
    return out


def _by_passage(mentions: Sequence[Mention], encoded: Sequence[Encoded]) -> Mapping[int, list[int]]:
    places = {(part.passage.sentence, part.passage.voice): at for at, part in enumerate(encoded)}
    inside: dict[int, list[int]] = {}
    for number, mention in enumerate(mentions):
        at = places.get((mention.sentence, mention.voice))
        if at is not None:
            inside.setdefault(at, []).append(number)
    return inside
