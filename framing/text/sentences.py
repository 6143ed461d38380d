"""Sentences of a paragraph of news English, by rule."""

import re

from framing.article import Paragraph, Span
from framing.text.verbs import SAY

_CLOSERS = "\"'”’»)\\]*_"
_END = re.compile(rf"[.!?…][.!?…]*(?P<closers>[{_CLOSERS}]*)(?P<gap>\s+|$)")
_GLUED = re.compile(rf"(?<=[a-z]{{2}})[.!?][{_CLOSERS}]*(?=[“‘]?[A-Z][a-z])(?!\w+\.\w)")
_LIST_NUMBER = re.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]$")
_ATTRIBUTION = re.compile(r"(?:[A-Z][\w.’'-]*,? ){1,4}([a-z]+)\b")
_INVERTED = re.compile(r"([a-z]+)\b")
_INITIALS = re.compile(r"(?:\w\.)*[a-z]")
_JOINED = re.compile(r"[-–—/]")
_OPENERS = "\"'“‘«([{*_-–—•"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A full stop after these never ends a sentence.
_NEVER = _words(
    "mr mrs ms messrs mme mlle dr prof gen sen sens rep reps gov lt col capt cpt cmdr maj sgt cpl pvt adm rev hon "
    "fr st ste mt ft pres supt det insp vs v viz cf e.g i.e al approx dept est fig figs vol pp ed eds ave blvd rd"
)
# After these only before a number ("Jan. 6", "No. 10").
_BEFORE_NUMBER = _words("no nos jan feb mar apr jun jul aug sep sept oct nov dec p art sec ch c ca para")
# These may end a sentence: the next word decides.
_EITHER = _words(
    "inc co corp ltd bros jr sr a.m p.m etc u.s u.k u.n e.u u.s.a d.c ph.d m.d b.a m.a n.y l.a calif fla tex mass "
    "pa va ga mich minn ariz colo conn ill ind kan ky la md mo neb nev okla ore tenn wash wis jan feb mar apr jun "
    "jul aug sep sept oct nov dec"
)
_STARTERS = _words(
    "the a an he she it they we i you in on at but and or so for from to by as if when while after before since "
    "although though because there here this that these those his her its their our my your what who why how where "
    "which however meanwhile still yet not no one some many most all both each every last earlier later now then "
    "also another according despite during with without under over until once only even instead among between mr "
    "mrs ms"
)


def split(text: str, paragraph: Paragraph) -> tuple[Span, ...]:
    """Sentences of `paragraph`: trimmed, in order, disjoint, covering all its characters that are not white space."""
    start, stop = paragraph.span.start, paragraph.span.stop
    cuts = sorted({*_spaced_cuts(text, start, stop), *_glued_cuts(text, start, stop), stop})
    spans: list[Span] = []
    for cut in cuts:
        span = _trimmed(text, start, cut)
        if span is not None:
            spans.append(span)
        start = cut
    return tuple(spans)


def _spaced_cuts(text: str, start: int, stop: int) -> list[int]:
    cuts: list[int] = []
    begin = start
    for match in _END.finditer(text, start, stop):
        if match.end() < stop and _ends(text, begin, match, stop):
            begin = match.end("closers")
            cuts.append(begin)
    return cuts


def _glued_cuts(text: str, start: int, stop: int) -> list[int]:
    return [match.end() for match in _GLUED.finditer(text, start, stop)]


def _trimmed(text: str, start: int, stop: int) -> Span | None:
    piece = text[start:stop]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if left < right else None


def _ends(text: str, begin: int, match: re.Match[str], stop: int) -> bool:
    """Whether the punctuation at `match` ends the sentence that began at `begin`."""
    after = text[match.end() : min(match.end() + 80, stop)]
    mark = text[match.start() : match.start("closers")]
    closers = match["closers"]
    if closers and after[:1] in ("-", "–", "—"):
        return False
    head = after.lstrip(_OPENERS)[:1]
    if not head:
        return not closers
    if head.islower():
        return _capital_missing(after, mark, closers)
    if closers and mark != "." and _is_attribution(after):
        return False
    if mark == "." and not _quote_closes(closers):
        return _full_stop_ends(text[begin : match.start()], after)
    return True


def _capital_missing(after: str, mark: str, closers: str) -> bool:
    # A bullet or an opening quotation mark after a full stop starts something new even in lower case.
    return mark == "." and not closers and after[0] in "•“‘«" and not after[1:2].isspace()


def _quote_closes(closers: str) -> bool:
    return any(mark in closers for mark in "\"”’»'")


def _is_attribution(after: str) -> bool:
    match = _ATTRIBUTION.match(after) or _INVERTED.match(after)
    return match is not None and match[1] in SAY


def _full_stop_ends(before: str, after: str) -> bool:
    before = before.removesuffix("\n")
    if not before or before[-1].isspace():
        return False
    if _LIST_NUMBER.match(before.strip() + "."):
        return False
    word = before.split()[-1].lstrip("\"'“‘«([{*_").lower()
    word = _JOINED.split(word)[-1]
    if word in _NEVER:
        return False
    if after[0].isdigit() and word in _BEFORE_NUMBER:
        return False
    if word in _EITHER or _INITIALS.fullmatch(word):
        return _starts_sentence(after)
    return True


def _starts_sentence(after: str) -> bool:
    if after[0] in '“"‘«•':
        return True
    first = re.match(r"[\w’']+", after)
    return first is not None and first[0].lower() in _STARTERS
