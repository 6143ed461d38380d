"""Who a pronoun may stand for, and how likely each is, as an article is read from its first sentence on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

from framing.actors.pronoun_phrases import Phrase, Reading, Role, Sort
from framing.actors.pronoun_readings import REACH
from framing.actors.pronoun_roles import is_object_of
from framing.actors.pronoun_salience import Candidate, Setting, features, none
from framing.actors.pronoun_words import FEMALE_NOUNS, MALE_NOUNS, PRONOUNS

GENDERS = {"he": "m", "she": "f"}
# Unnamed persons are soon forgotten.
REACH_UNNAMED = 1
# A pronoun less plain than this counts for no actor when later pronouns are read.
PLAIN = 0.5


@dataclass(slots=True)
class Choice:
    """A pronoun with its candidates and their features; those of "nobody" are last, as is its probability."""

    pronoun: Phrase
    candidates: list[Candidate]
    features: list[list[str]]
    probabilities: list[float]

    @property
    def best(self) -> tuple[Candidate | None, float]:
        """The most likely candidate, None for nobody known, and its probability."""
        place = max(range(len(self.probabilities)), key=self.probabilities.__getitem__)
        return self.candidates[place] if place < len(self.candidates) else None, self.probabilities[place]


@dataclass(slots=True)
class Memory:
    """The persons of an article, as far as it has been read.

    Attributes
    ----------
    persons : by actor id the gender, None where nothing tells; only these are candidates.
    titled : actors the headline names.
    """

    persons: Mapping[str, str | None]
    weights: Mapping[str, float]
    titled: frozenset[str] = frozenset()
    named: dict[str, Candidate] = field(default_factory=dict)
    unnamed: list[Candidate] = field(default_factory=list)

    def read(self, phrase: Phrase) -> None:
        """Remembers a name or a noun."""
        if phrase.sort is Sort.NOUN:
            self._add_unnamed(phrase, "m" if phrase.who in MALE_NOUNS else "f" if phrase.who in FEMALE_NOUNS else None)
        elif phrase.who in self.persons:
            self._candidate(phrase.who).add(phrase)

    def speaks(self, actor: str, quotation: int, sentence: int) -> None:
        """Remembers whose a direct quotation is."""
        if actor in self.persons:
            one = self._candidate(actor)
            one.said, one.said_in = quotation, sentence

    def choose(self, pronoun: Phrase, reading: Reading, gender: str | None) -> Choice:
        """How likely each candidate of this gender is, all of them for None; what follows in the sentence counts."""
        after: dict[str, Phrase] = {}
        for phrase in reading.phrases:
            if phrase.item > pronoun.item and phrase.sort is Sort.NAME and phrase.who in self.persons:
                after.setdefault(phrase.who, phrase)
        pool = self._pool(pronoun, reading, gender, after)
        subject = next((one for one in pool if one.phrases and one.phrases[-1].role is Role.SUBJECT), None)
        topic = max(self.named.values(), key=_times_named, default=None)
        most = max(map(_times_named, pool), default=0)
        setting = Setting(pronoun, reading, after, len(pool), most, topic, subject)
        found = [features(setting, one, rank) for rank, one in enumerate(pool)]
        found.append(none(setting, sum(one.actor is not None for one in pool)))
        return Choice(pronoun, pool, found, self._probabilities(found))

    def settle(self, choice: Choice) -> None:
        """Reads the pronoun as one more phrase of its likely candidate, or of somebody unnamed."""
        candidate, probability = choice.best
        if candidate is not None and probability > PLAIN:
            candidate.add(choice.pronoun)
            candidate.gender = candidate.gender or GENDERS[PRONOUNS[choice.pronoun.who]]
        else:
            self._add_unnamed(choice.pronoun, GENDERS[PRONOUNS[choice.pronoun.who]])

    def _candidate(self, actor: str) -> Candidate:
        found = self.named.get(actor)
        if found is None:
            found = self.named[actor] = Candidate(actor, self.persons[actor], actor in self.titled)
        return found

    def _add_unnamed(self, phrase: Phrase, gender: str | None) -> None:
        self.unnamed.append(Candidate(None, gender))
        self.unnamed[-1].add(phrase)

    def _pool(
        self, pronoun: Phrase, reading: Reading, gender: str | None, after: Mapping[str, Phrase]
    ) -> list[Candidate]:
        """The candidates in reach, the one read last first."""
        sentence = pronoun.sentence
        self.unnamed = [one for one in self.unnamed if sentence - one.phrases[-1].sentence <= REACH_UNNAMED]
        for actor, phrase in after.items():
            # "In his speech, Ana Ruiz …": who is named only afterwards stands behind a comma.
            if "," in reading.words[pronoun.item : phrase.item]:
                self._candidate(actor)
        pool = [one for one in self.named.values() if _in_reach(one, sentence) or one.actor in after]
        pool += self.unnamed
        if gender is not None:
            pool = [one for one in pool if one.gender in (None, gender)]
        return sorted((one for one in pool if _may_be_meant(one, pronoun, reading)), key=_place, reverse=True)

    def _probabilities(self, found: Sequence[Sequence[str]]) -> list[float]:
        weight = self.weights.get
        scores = [sum(weight(name, 0.0) for name in names) for names in found]
        top = max(scores)
        odds = [exp(score - top) for score in scores]
        total = sum(odds)
        return [one / total for one in odds]


def _in_reach(one: Candidate, sentence: int) -> bool:
    return bool(one.phrases) and sentence - one.phrases[-1].sentence <= REACH


def _may_be_meant(one: Candidate, pronoun: Phrase, reading: Reading) -> bool:
    """Whether voices and syntax allow it.

    Who speaks says "I"; the journalist does not point at what is only quoted; "Ana praised her" is about another.
    """
    if pronoun.quotation >= 0 and one.said == pronoun.quotation:
        return False
    if pronoun.quotation < 0 and one.phrases and not one.narrated:
        return False
    return one.subject is None or not is_object_of(one.subject, pronoun, reading)


def _times_named(one: Candidate) -> int:
    return one.n_names


def _place(one: Candidate) -> tuple[int, int]:
    return (one.phrases[-1].sentence, one.phrases[-1].item) if one.phrases else (-9, 0)
