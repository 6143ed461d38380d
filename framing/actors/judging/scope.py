"""How far a reported judgement reaches: its object, and what is said of that."""

from collections.abc import Sequence

from framing.actors.judging.words import OCCASIONS, PASTS, Form, Judging, words
from framing.actors.judging.words import VERBS as JUDGING_VERBS
from framing.text.tokens import Token
from framing.text.verbs import (
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    SAYING_NOUNS,
    SKIPPED,
)

Range = tuple[int, int]

_STOPS = frozenset(".;:?!—–-…")
_ENDS = words(
    "after before when while since until once whereas although though but if unless so yet despite amid during "
    "following alongside without than then"
)
_CLAUSES = words("that who which what how whether where why because")
_RELATIVES = frozenset(("who", "which", "whose", "whom", "where"))
_LISTED = frozenset(("including", "notably", "especially", "particularly", "namely"))
_JOINS = frozenset(("and", "or", "nor", "&"))
_PLACES = frozenset(("in", "at", "on", "during", "via", "through"))
_NOTHING_TO_OPEN = Judging(frozenset())
_SUBJECTS = words("i he she they we")
_ROLES = words("a an one another")
_REACH = 60
_ASIDE = 25


def of_object(tokens: Sequence[Token], begin: int, judging: Judging) -> tuple[Range, ...] | None:
    """Token ranges of a judgement from its object, at `begin`, on; None where the verb turns out to be another."""
    walker = _Walker(tokens, judging, begin)
    walker.walk(begin)
    return None if walker.barred or (judging.needed and not walker.opened) else tuple(walker.ranges)


def of_content(tokens: Sequence[Token], begin: int, clause: bool = False) -> tuple[Range, ...]:
    """Token ranges of what is said, from `begin` on; `clause` where it is a clause with a verb of its own."""
    walker = _Walker(tokens, _NOTHING_TO_OPEN, begin)
    walker.opened, walker.in_clause = True, clause
    walker.walk(begin)
    return tuple(walker.ranges)


class _Walker:
    """Goes through a judgement word by word.

    Attributes
    ----------
    opened : whether the object is passed and what is said of it has begun.
    in_clause : whether a clause has begun, whose verb belongs to the judgement.
    barred : whether a word shows that the verb is another.
    """

    def __init__(self, tokens: Sequence[Token], judging: Judging, begin: int) -> None:
        self.tokens = tokens
        self.judging = judging
        self.begin = begin
        self.ranges: list[Range] = []
        self.opened = False
        self.in_clause = False
        self.barred = False

    def walk(self, begin: int) -> None:
        """Adds ranges until the judgement ends."""
        at = start = begin
        while at < min(len(self.tokens), begin + _REACH):
            following = self._step(at)
            if following is None:
                break
            if following > at + 1:
                self._add(start, at)
                start = following
            at = following
        self._add(start, at)

    def _add(self, start: int, stop: int) -> None:
        if start < stop:
            self.ranges.append((start, stop))

    def _step(self, at: int) -> int | None:
        """Where to go on after `at`; None where the judgement ends before it."""
        token = self.tokens[at]
        word = token.lower
        if self._opens(at):
            self.opened = True
            self.in_clause = word == "because"
            return None if token.last == "," else at + 1
        if token.is_quote:
            # "Calling it “a disgrace,” Ruiz left."
            return None if token.last == "," else at + 1
        if not self.opened:
            if word in self.judging.barred:
                self.barred = True
                return None
            if self.judging.near and self._ends_object(at):
                return None
        if word in _CLAUSES and not self._after_comma(at):
            self.in_clause = True
            return at + 1
        if token.text in _STOPS or word in _ENDS or (word == "as" and not self._is_role(at)):
            return self._reopened(at)
        if word == ",":
            return self._past_comma(at)
        if word in _JOINS:
            return at + 1 if self._goes_on(at + 1) else None
        if word == "by" and not self.opened and self._is_gerund(at + 1):
            # "hit back at Y by closing the border": a deed.
            return None
        if word in _PLACES and self._is_occasion(at):
            return self._reopened(at)
        if self._is_verb(at) and not self.in_clause and at > self.begin:
            return None
        return at + 1

    def _ends_object(self, at: int) -> bool:
        word = self.tokens[at].lower
        if word in PREPOSITIONS - {"of"} or word in FINITE or word in ("to", ",", "and"):
            return True
        return word in _CLAUSES or (at == self.begin and self.tokens[at].may_be_verb and word.endswith("ing"))

    def _opens(self, at: int) -> bool:
        if self.opened or at == self.begin or (self.in_clause and self.judging.needed):
            return False
        token = self.tokens[at]
        if token.lower == "as" and not self.judging.needed and not self._is_role(at):
            return False
        return token.lower in self.judging.openers or (self.judging.near and token.is_quote)

    def _after_comma(self, at: int) -> bool:
        return at > 0 and self.tokens[at - 1].text == ","

    def _is_role(self, at: int) -> bool:
        """Whether `as` leads to what somebody is called, and not to a clause."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if at > 0 and self.tokens[at - 1].lower == "such":
            return True
        if following is None or following.lower in _ROLES or following.is_quote:
            return following is not None
        return following.may_be_verb and following.lower not in DETERMINERS | PRONOUNS | PREPOSITIONS

    def _is_gerund(self, at: int) -> bool:
        token = self.tokens[at] if at < len(self.tokens) else None
        return token is not None and token.may_be_verb and token.lower.endswith("ing")

    def _is_occasion(self, at: int) -> bool:
        for token in self.tokens[at + 1 : at + 6]:
            if token.lower in OCCASIONS:
                return True
            if not token.is_word or token.lower in PREPOSITIONS:
                return False
        return False

    def _is_verb(self, at: int) -> bool:
        token = self.tokens[at]
        word = token.lower
        if word in FINITE - {"being", "having"}:
            return True
        if not token.may_be_verb:
            return False
        if word in SAYING and self.tokens[at - 1].lower not in PREPOSITIONS | _JOINS:
            return True
        before = self.tokens[at - 1].lower if at > 0 else ""
        if before in DETERMINERS or before in PREPOSITIONS or before in ("to", "’s"):
            return False
        if word in PASTS or (word in REPORTING - SAYING_NOUNS and word not in SAYING):
            return True
        return word.endswith("ed") and self._follows_name(at)

    def _follows_name(self, at: int) -> bool:
        # "Israel vowed", but "Iran-backed armed groups".
        before = self.tokens[at - 1] if at > 0 else None
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if before is None or following is None or following.lower == "by":
            return False
        return before.is_name_like or following.lower in DETERMINERS or following.lower == "to"

    def _reopened(self, at: int) -> int | None:
        """Where what is said of the object begins, past words that tell when and where it was said."""
        if self.opened or self.judging.near:
            return None
        if self.tokens[at].text in ".;:?!":
            return None
        for ahead in range(at + 1, min(at + _ASIDE, len(self.tokens) - 1)):
            word, following = self.tokens[ahead].lower, self.tokens[ahead + 1].lower
            if self.tokens[ahead].text in ".;:?!":
                return None
            if word in self.judging.openers and word != "over" and following.endswith("ing"):
                self.opened = True
                return ahead + 1
        return None

    def _past_comma(self, comma: int) -> int | None:
        at = comma + 1
        if at >= len(self.tokens):
            return None
        word = self.tokens[at].lower
        if word in _LISTED or word == "such":
            # "leaders, including Y", but "X praised Y, including Z".
            return None if self.tokens[comma - 1].is_name_like else at + 1
        if self._opens(at):
            return at
        if not self.opened and not self.judging.near:
            closing = self._aside_end(at)
            if closing is not None:
                return closing if word in _RELATIVES else at
        if word in _JOINS:
            return at + 1 if self._goes_on(at + 1) else None
        end = self._nominal_end(at)
        if end is None or end >= len(self.tokens) or end == at:
            return None
        joined = self._joins(end) or (self.tokens[end].text == "," and self._list_ends(end + 1))
        return at if joined and self._goes_on(at) else None

    def _joins(self, at: int) -> bool:
        """Whether a conjunction at `at` adds the last of a list, and not a clause."""
        return self.tokens[at].lower in _JOINS and self._is_nominal(at + 1)

    def _is_nominal(self, at: int) -> bool:
        """Whether what begins at `at` is one noun phrase or several that are joined, without a verb after them."""
        end = self._nominal_end(at)
        while end is not None and end < len(self.tokens) and self.tokens[end].lower in _JOINS:
            end = self._nominal_end(end + 1)
        return end is not None

    def _aside_end(self, at: int) -> int | None:
        """Past the comma that closes an aside, where an opener follows it."""
        for ahead in range(at, min(at + _ASIDE, len(self.tokens) - 1)):
            if self.tokens[ahead].text in ".;:?!":
                return None
            if self.tokens[ahead].text == "," and self.tokens[ahead + 1].lower in self.judging.openers:
                return ahead + 1
        return None

    def _list_ends(self, at: int) -> bool:
        """Whether an `and` closes the list that goes on at `at`."""
        for _ in range(6):
            if at < len(self.tokens) and self.tokens[at].lower in _JOINS:
                return self._joins(at)
            end = self._nominal_end(at)
            if end is None or end >= len(self.tokens) or self.tokens[end].text != ",":
                return end is not None and end < len(self.tokens) and self._joins(end)
            at = end + 1
        return False

    def _nominal_end(self, at: int) -> int | None:
        """The comma, conjunction, opener or stop that ends a run of words; None if a verb comes first."""
        for end in range(at, min(at + 12, len(self.tokens))):
            token = self.tokens[end]
            if token.text in _STOPS or token.text == "," or token.lower in _JOINS or self._opens(end):
                return end
            if end > at and self._is_verb(end):
                return None
            if token.lower in _ENDS or token.lower in _CLAUSES or (end == at and token.lower in SAYING):
                return None
        return min(at + 12, len(self.tokens))

    def _goes_on(self, at: int) -> bool:
        """Whether what a conjunction adds belongs to the judgement, and is no clause or verb of its own."""
        while at < len(self.tokens) and self.tokens[at].lower in SKIPPED:
            at += 1
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        if self._opens(at) or token.lower in self.judging.openers:
            return True
        if token.lower in _SUBJECTS:
            return False
        if token.may_be_verb and (token.lower in FINITE or token.lower in PASTS or token.lower in REPORTING - SAYING):
            return False
        verbs = JUDGING_VERBS.get(token.lower, ()) if token.may_be_verb else ()
        if any(verb.form in (Form.THIRD, Form.PAST) for verb in verbs):
            return False
        if token.may_be_verb and token.lower.endswith("ed") and not self.in_clause:
            return not self._object_follows(at + 1)
        if token.lower.endswith("ing") and token.may_be_verb:
            return self.opened
        return self.in_clause or self._is_nominal(at)

    def _object_follows(self, at: int) -> bool:
        token = self.tokens[at] if at < len(self.tokens) else None
        return token is not None and (token.is_name_like or token.lower in DETERMINERS or token.lower in PREPOSITIONS)
