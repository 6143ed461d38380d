"""Whether a hit is part of a name ("Massacre Avenue") and so says nothing about the story."""

import re

from framing.features.folding import Line, Word

QUOTE_MARKS = "\"'“”‘’«»`"
TITLE_CASE_SHARE = 0.75


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL = _words(
    "a an and as at but by for from how if in into is it its nor of off on onto or out over per so than that the their "
    "then this to up via vs was were when while why with yet after amid before against about be are not no his her"
)
_BRIDGES = re.compile(r" (?:(?:of|for)(?: the)? )?|-")
_ABBREVIATIONS = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Sgt|Col|Capt|Rev|St|Hon|[A-Z])\. ")
_OPENING = re.compile(r"""(?:^|[.!?:;…—]["'”)\]]*\s|\s-\s)\W*$|["“(\[«]$|(?:^|\s)'$""")
_DATES = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December"
)
NAME_HEADS = _words(
    "Act Academy Airport Alliance Army Association Avenue Bank Bay Beach Bill Boulevard Bridge Brigade Brigades Canyon "
    "Church City Club College Commission Committee Council County Court Creek Drive Foundation Front Fund Hall Hill "
    "Hospital Hotel Institute Island Lake Lane League Memorial Ministry Mountain Movement Museum Network Office Park "
    "Party Place Plaza Point Press Prize Project Records River Road School Society Square Station Street Studios "
    "Theater Theatre Times Tower Trust Union University Valley"
)


def in_name(line: Line, start: int, stop: int) -> bool:
    """Whether `[start, stop)` is capitalised as names are and stands beside another capitalised word.

    A hit that opens its sentence is capitalised whatever it is, so there only a word that heads names ("Avenue") tells.
    """
    hit = line.words_in(start, stop)
    if not hit or not _looks_named(hit) or all_upper(hit):
        return False
    after = _neighbour_after(line, stop)
    if _opens(line.even, start):
        beside = after is not None and after.text in NAME_HEADS
    else:
        beside = (after is not None and after.is_capitalised) or _named_before(line, start)
    return beside and not _is_title_case(line.even)


def all_upper(words: tuple[Word, ...]) -> bool:
    """Whether the words shout: capitals throughout are emphasis, not a name."""
    return all(word.text.isupper() and len(word.text) > 1 for word in words)


def _looks_named(hit: tuple[Word, ...]) -> bool:
    return hit[0].is_capitalised and all(word.is_capitalised or word.text in _SMALL for word in hit)


def _neighbour_after(line: Line, stop: int) -> Word | None:
    gap = _BRIDGES.match(line.even, stop)
    if gap is None:
        return None
    return next((word for word in line.words_in(gap.end(), gap.end() + 1) if word.text not in _DATES), None)


def _named_before(line: Line, start: int) -> bool:
    for word in reversed(line.words_before(start, 3)):
        gap = line.even[word.stop : start]
        if _ABBREVIATIONS.fullmatch(word.text + gap):
            return True
        if _BRIDGES.fullmatch(gap) and word.is_capitalised:
            return (
                word.text != "I"
                and word.text not in _DATES
                and not (word.text.lower() in _SMALL and _opens(line.even, word.start))
            )
    return False


def _opens(even: str, start: int) -> bool:
    """Whether the word at `start` is the first of a sentence, a quotation or a clause after a colon."""
    before = even[:start] if start < 12 else "x" + even[start - 12 : start]
    return _OPENING.search(before) is not None and not _ABBREVIATIONS.search(before[-6:])


def _is_title_case(even: str) -> bool:
    """Whether the line is in title case, where a capital letter says nothing."""
    telling = [word for word in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", even)[1:] if word.lower() not in _SMALL]
    share = sum(word[0].isupper() for word in telling) / max(1, len(telling))
    if even.rstrip(QUOTE_MARKS + " ").endswith("."):
        return share == 1 and len(telling) > 3
    return share >= TITLE_CASE_SHARE and len(telling) > 1
