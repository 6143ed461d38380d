"""Words around a hit, within its clause: negation, and passives that leave out who did it."""

import re

from framing.features.folding import Line

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,;:()\[\]—.!?…]|(?<=\s)-(?=\s)")
_BREAKS = frozenset(",;:()[]—.!?…-")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATORS = _words("not never no without hardly neither nor cannot barely scarcely non nobody none nothing")
_PAIRS = (("no", "longer"), ("far", "from"), ("anything", "but"))
_NOT_NEGATING = {
    "not": _words("only just merely simply least to surprisingly"),
    "no": _words("doubt wonder question matter sooner less fewer more surprise secret"),
    "without": _words("doubt question"),
    "never": _words("mind"),
    "nothing": _words("but less"),
}
_DETERMINERS = _words("a an the any such this that these those his her its their our your my some one")
_AUXILIARIES = _words("be been being is are was were am get got have has had do did to")
_LIGHT = _AUXILIARIES | _words(
    "so very too all ever even yet once quite rather really exactly again itself actually also still more most as"
)

REACH = 300
BE = _words(
    "is are was were be been being am isn't aren't wasn't weren't they're we're you're get gets got gotten getting"
)
_NEW_CLAUSE = _words("what who whom whose which that where when how why")
_CLOSERS = _words("when while after before as because since which who that where but although though until")
_JOINED = re.compile(r"\w+(?:ed|en|wn|ot|ck)|then|later|also")
_TIMES = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december noon midnight dawn dusk night day morning evening now then far mistake "
    "accident chance hand tonight tomorrow yesterday spring summer autumn winter early late mid dint virtue about "
    "nearly almost around another up next nightfall daybreak sunrise sunset time end"
)


def tokens_before(line: Line, start: int, count: int) -> list[str]:
    """Up to `count` words of the same clause before `start`, lower case, in order."""
    found: list[str] = []
    window = line.even[max(0, start - 24 * count) : start].lower()
    if len(window) < start:
        window = window.partition(" ")[2]  # the cut may go through a word: "cannot" must not become "not"
    for token in reversed(_TOKEN.findall(window)):
        if token in _BREAKS or len(found) == count:
            break
        found.append(token)
    return found[::-1]


def is_negated(line: Line, start: int, reach: int = 4) -> bool:
    """Whether the hit at `start` is denied: "not a massacre", "did not openly slam".

    "Did not condemn the massacre" denies something else: between the negator and the hit stand only articles,
    auxiliaries and adverbs, and one more word if an article or "no" came before it ("not an outright massacre"). "If
    not" denies nothing: "an accident, if not a massacre" goes as far as to suggest one.
    """
    before = tokens_before(line, start, reach + 1)
    for place in range(len(before) - 1, max(0, len(before) - reach) - 1, -1):
        width = _negator(before, place)
        if width:
            return _reaches(before[place], before[place + width :])
    return False


def _negator(tokens: list[str], place: int) -> int:
    """How many tokens the negator at `place` has; 0 if there is none."""
    token, after = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else ""
    if (token, after) in _PAIRS:
        return 2
    if token == "not" and place and tokens[place - 1] == "if":
        return 0
    if after in _NOT_NEGATING.get("not" if token.endswith("n't") else token, ()):
        return 0
    return int(token in NEGATORS or token.endswith("n't"))


def _reaches(negator: str, between: list[str]) -> bool:
    """Whether a denial gets past the words between; after one unknown word only auxiliaries may follow."""
    open_slot, filled = negator in ("no", "without"), False
    for token, after in zip(between, [*between, ""][1:], strict=True):
        if token in _DETERMINERS:
            open_slot = True
            if filled or (token == "that" and after in _DETERMINERS):
                return False
        elif token in (_AUXILIARIES if filled else _LIGHT) or (token.endswith("ly") and len(token) > 4):
            continue
        elif filled or not open_slot or token.endswith("ing"):
            return False
        else:
            filled = True
    return True


def passive_start(line: Line, start: int, stop: int) -> int | None:
    """Where the passive of the participle at `[start, stop)` begins ("were badly beaten"); None if it names an agent.

    None also if there is no form of *be* or *get* at most two words before it, or if an article or the start of another
    clause stands between ("was the murdered man", "is what killed him").
    """
    for word in reversed(line.words_before(start, 3)):
        if word.text.lower() in BE:
            between = _TOKEN.findall(line.even[word.stop : start].lower())
            free = _is_passive(word.text.lower(), between) and not _has_agent(line.even[stop : stop + REACH].lower())
            return word.start if free else None
    return None


def _is_passive(auxiliary: str, between: list[str]) -> bool:
    """Whether the words between leave it a passive; "getting people killed" is not one."""
    if auxiliary.startswith("g"):
        return all(token.endswith("ly") for token in between)
    return not (_DETERMINERS | _BREAKS | _NEW_CLAUSE).intersection(between)


def _has_agent(rest: str) -> bool:
    tokens = _TOKEN.findall(rest)
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token in _BREAKS or token in _CLOSERS or (token in ("and", "or") and not _JOINED.fullmatch(after)):
            return False
        if token == "by" and after and not _is_time(tokens[place + 1 : place + 3]):
            return True
        if tokens[place : place + 4] == ["at", "the", "hands", "of"]:
            return True
    return False


def _is_time(words: list[str]) -> bool:
    content = words[1:] if words[0] in ("the", "a", "an", "this", "that") else words[:1]
    return bool(content) and (content[0] in _TIMES or content[0][0].isdigit())
