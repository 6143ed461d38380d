"""Whether a place stands for its government: where it acts, speaks, owns or is dealt with like one."""

from framing.actors.vocabulary import (
    ACTING,
    ACTS,
    ADVERBS,
    AUXILIARIES,
    BACKED,
    BEING,
    BUILDINGS,
    DISPOSED,
    GOVERNMENT,
    MET,
    MOVED,
    OWNED,
    PLACED,
    RELATIONS,
    TOWARD,
    listed,
)
from framing.actors.words import Line
from framing.text.verbs import ADJACENT, SAY, SAYING_NOUNS

_MODIFIERS = 2
_REACH = 4
_INSERTED = 9
_RACES = listed("bid race battle run running runs ran candidate quest contender fight contest")
_TAKES_PLACE = listed(
    "hosted followed located surrounded visited passed inspired is was has changed recorded improved expanded "
    "experienced suffered flooded celebrated cooled warmed"
)
_OPENERS = listed(
    "and but yet that while nevertheless however instead meanwhile indeed still so because as though although if "
    "when since"
)
_SPEECH = (SAY - ADJACENT - SAYING_NOUNS) | listed("accused sued denied rejected condemned demanded refused")
_AT = listed("in at from near to around across through outside inside throughout of for and via with by between")
_INSTITUTIONS = frozenset(("state", "dc", "post", "times", "examiner", "university"))


def acts(line: Line, begin: int, end: int) -> bool:
    """Whether the place at words `[begin, end)` acts, speaks or owns: "Washington said", not "in Washington"."""
    if line.key(end) in _INSTITUTIONS and line.joined(end):
        return False
    if line.words[end - 1].owns:
        return _owns(line, end)
    if line.hyphenated(end):
        return line.key(end) in BACKED
    if line.next_to(end) in GOVERNMENT:
        return True
    first = _before_others(line, begin)
    if not _is_at(line, first) and _does(line, _past_others(line, end)):
        return True
    return _is_met(line, first)


def speaks(line: Line, begin: int, end: int) -> bool:
    """Whether a place that is not of the catalogue says something, as the actor of its sentence."""
    at = end
    while line.gap(at) == " " and (line.key(at) in AUXILIARIES or line.key(at) in ADVERBS):
        at += 1
    return line.gap(at) == " " and line.key(at) in _SPEECH and not _is_at(line, begin)


def is_place(line: Line, begin: int, end: int) -> bool:
    """Whether a building that stands for a government is only where something happens: "in the White House"."""
    if tuple(word.key for word in line.words[begin:end]) not in BUILDINGS or line.words[end - 1].owns:
        return False
    before = begin - 1
    if line.key(before) == "the":
        before -= 1
    if line.key(before) in PLACED or (line.key(before) == "for" and line.key(before - 1) in _RACES):
        return True
    return line.key(before) == "to" and line.key(before - 1) in MOVED


def _is_at(line: Line, begin: int) -> bool:
    """Whether something happens at the place: "in both Asmara and Keren"."""
    before = begin - 1
    while line.key(before) in ("the", "both", "either"):
        before -= 1
    return line.key(before) in _AT


def _owns(line: Line, at: int) -> bool:
    for ahead in range(at, min(at + _MODIFIERS + 1, len(line.words))):
        if line.gap(ahead) not in (" ", "-"):
            return False
        if line.key(ahead) in OWNED:
            return True
        if line.words[ahead].capital and not line.titled:
            return False
    return False


def _past_others(line: Line, at: int) -> int:
    """Past `and Tehran`: what several places do together."""
    if line.key(at) in ("and", "or") and at + 1 < len(line.words) and line.words[at + 1].capital:
        at += 2
        while line.joined(at) and line.words[at].capital and not line.titled:
            at += 1
    return at


def _before_others(line: Line, at: int) -> int:
    """Before `Washington and`: how several places are dealt with together."""
    if at > 1 and line.key(at - 1) in ("and", "or") and line.words[at - 2].capital:
        at -= 2
        while at > 0 and line.joined(at) and line.words[at - 1].capital:
            at -= 1
    return at


def _does(line: Line, at: int) -> bool:
    """Whether the words from `at` on are what an actor does."""
    verb_at = _past_insertion(line, at)
    if verb_at == at and line.gap(at) != " ":
        return False
    at, helped, being = verb_at, False, False
    while line.key(at) in ADVERBS or line.key(at) in AUXILIARIES or line.key(at) in BEING:
        helped = helped or line.key(at) in AUXILIARIES
        being = being or line.key(at) in BEING
        at += 1
        if line.gap(at) != " ":
            return False
    verb = line.key(at)
    if being:
        return verb in ACTING or verb in DISPOSED
    if verb in ACTS and not line.words[at].owns:
        return helped or not _is_noun(line, at)
    # "has advocated", "incentivises its companies": what does this is no place.
    own = line.key(at + 1) == "its" and verb.endswith(("ed", "s"))
    return (own or (helped and verb.endswith("ed"))) and verb not in _TAKES_PLACE


def _past_insertion(line: Line, at: int) -> int:
    """Past `, under President Ruiz,` after a place of one word that opens its clause."""
    if line.gap(at) != ", " or (at > 1 and line.key(at - 2) not in _OPENERS):
        return at
    for stop in range(at + 1, min(at + _INSERTED, len(line.words))):
        if line.gap(stop) == ", ":
            return stop
    return at


def _is_noun(line: Line, at: int) -> bool:
    """Whether a word like "talks" or "claims" follows the place as a noun: "the Geneva talks failed"."""
    after = line.key(at + 1) if line.gap(at + 1) == " " else ""
    return after in AUXILIARIES or after in BEING or (after in ACTS and line.key(at) in RELATIONS)


def _is_met(line: Line, at: int) -> bool:
    """Whether the place that begins at `at` is the object of what is done to an actor."""
    before = line.key(at - 1)
    if not before or line.gap(at) != " ":
        return False
    if before in MET:
        return True
    if before == "by":
        done = line.key(at - 2)
        return (done in ACTS or done.endswith("ed")) and not done.endswith("s") and done not in _TAKES_PLACE
    if before == "between":
        return any(line.key(back) in RELATIONS for back in range(at - 2, at - 2 - _REACH, -1))
    return before in TOWARD and line.key(at - 2) in RELATIONS
