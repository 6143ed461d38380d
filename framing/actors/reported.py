"""Judgements that the journalist reports without quotation marks: for each mention, whose they are.

"X accused Y of …" is what X thinks of Y and no stance of the journalist's. The rules are in
`framing/actors/judging`; they read one sentence at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from framing.actors.judging import Judge, Judged, judgements, may_judge
from framing.actors.judging.words import UNNAMED
from framing.actors.mention import How, Mention
from framing.article import Article, Kind, Sentence, Span, Voice
from framing.text import asides, sources
from framing.text.passages import TITLE
from framing.text.quotes import Quotation
from framing.text.tokens import Token, tokenize

_PRONOUNS = frozenset(("he", "she", "they", "it", "his", "her", "their", "its"))
_MARKS = '“”"«»„'
_QUOTES = "“”\"‘’'«»„"


def judges(article: Article, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The same mentions, those of the journalist's voice with `judge` where another's judgement of them is reported."""
    found: dict[int, str] = {}
    skipped = asides.find(article.text)
    for number, indices in _by_sentence(mentions).items():
        sentence = article.title if number == TITLE else article.sentences[number]
        if sentence is not None and may_judge(sentence.span.of(article.text)):
            tokens = [token for token in tokens_of(article.text, sentence) if not _inside(token, skipped)]
            titled = number == TITLE or sentence.kind is Kind.HEADING
            for judged in judgements(tokens, titled):
                found = _covered(article.text, judged, tokens, mentions, indices) | found
    return tuple(replace(one, judge=found[at]) if at in found else one for at, one in enumerate(mentions))


def _by_sentence(mentions: Sequence[Mention]) -> Mapping[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for at, mention in enumerate(mentions):
        if mention.voice is Voice.JOURNALIST:
            groups.setdefault(mention.sentence, []).append(at)
    return groups


def _covered(
    text: str, judged: Judged, tokens: Sequence[Token], mentions: Sequence[Mention], indices: Sequence[int]
) -> dict[int, str]:
    """Those of the mentions `indices` that a judgement covers, with the words for the judge."""
    ranges = [_span(tokens, begin, stop) for begin, stop in judged.ranges if begin < stop]
    own = _span(tokens, *judged.judge.tokens) if judged.judge.tokens is not None else None
    themselves = {one.actor: one.how for one in mentions if own is not None and one.span.overlaps(own)}
    words = _named(text, judged.judge, own, mentions)
    found: dict[int, str] = {}
    for at in indices:
        one = mentions[at]
        if any(span.contains(one.span) for span in ranges):
            if one.actor not in themselves:
                found[at] = words
            elif one.how is not How.PRONOUN and themselves[one.actor] is How.PRONOUN:
                # "his admiration for Y": whoever he is, it is not Y.
                found[at] = UNNAMED
    return found


def _span(tokens: Sequence[Token], begin: int, stop: int) -> Span:
    return Span(tokens[begin].start, tokens[stop - 1].stop)


def _inside(token: Token, skipped: Sequence[Span]) -> bool:
    return any(span.start <= token.start < span.stop for span in skipped)


def tokens_of(text: str, sentence: Sentence) -> list[Token]:
    """The sentence in tokens: a quotation is one, the marks of scare quotes are none."""
    quotations = list(_quotations(text, sentence))
    tokens = tokenize(text, sentence.span.start, sentence.span.stop, quotations)
    return [token for token in tokens if token.is_quote or token.text not in _MARKS]


def _quotations(text: str, sentence: Sentence) -> Iterator[Quotation]:
    for stretch in sentence.stretches:
        if stretch.voice is Voice.QUOTED and not stretch.indirect:
            start, stop = stretch.span.start, stretch.span.stop
            if start > sentence.span.start and text[start - 1] in _QUOTES:
                start -= 1
            if stop < sentence.span.stop and text[stop] in _QUOTES:
                stop += 1
            yield Quotation(Span(start, stop), stretch.span)


def _named(text: str, judge: Judge, own: Span | None, mentions: Sequence[Mention]) -> str:
    """The words for the judge; for a pronoun, those by which its actor was named last."""
    if own is None or judge.tokens is None:
        return judge.words
    mentioned = [one for one in mentions if one.span.overlaps(own)]
    pronoun = next((one for one in mentioned if one.how is How.PRONOUN and one.span == own), None)
    if pronoun is not None:
        return _last_name(text, pronoun, mentions) or UNNAMED
    lower = judge.words.lower()
    # "Much", "Queries": the capital is the sentence's.
    no_name = not mentioned and judge.tokens == (0, 1) and not sources.can_speak(lower)
    return UNNAMED if no_name or lower in _PRONOUNS else judge.words


def _last_name(text: str, pronoun: Mention, mentions: Sequence[Mention]) -> str | None:
    names = [one.span for one in mentions if one.actor == pronoun.actor and one.how is not How.PRONOUN]
    nearest = max((one for one in names if one < pronoun.span), default=names[0] if names else None)
    return nearest.of(text) if nearest is not None else None
