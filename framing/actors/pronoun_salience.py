"""What speaks for and against a candidate as the one a pronoun stands for: named features, weighed elsewhere."""

from dataclasses import dataclass, field

from framing.actors.pronoun_phrases import Phrase, Reading, Role, Sort
from framing.actors.pronoun_words import PERSON_NOUNS

_LATELY = 4
_EARLY = 4
NOWHERE = -9


@dataclass(slots=True)
class Candidate:
    """Somebody a pronoun may stand for: an actor, or an unnamed person (`actor` is None then).

    Attributes
    ----------
    gender : "m", "f" or None where nothing tells.
    phrases : what was read of it so far, pronouns included.
    n_names : how many of those are names.
    said : number of the last direct quotation that is its own, and `said_in` that quotation's sentence.
    subject : the last phrase that was a subject.
    narrated : whether the journalist names it, or it was met without a name.
    """

    actor: str | None
    gender: str | None
    in_title: bool = False
    phrases: list[Phrase] = field(default_factory=list)
    n_names: int = 0
    said: int = NOWHERE
    said_in: int = NOWHERE
    subject: Phrase | None = None
    narrated: bool = False

    def add(self, phrase: Phrase) -> None:
        """Reads one more phrase that stands for this candidate."""
        self.phrases.append(phrase)
        self.n_names += phrase.sort is Sort.NAME
        if phrase.role in (Role.SUBJECT, Role.FIRST):
            self.subject = phrase
        self.narrated = self.narrated or phrase.quotation < 0


@dataclass(slots=True)
class Setting:
    """A pronoun, its sentence, and what is to be compared between its candidates.

    Attributes
    ----------
    after : by actor, the first name after the pronoun in its sentence.
    n : how many candidates there are.
    most : how often the candidate named most often was named.
    topic : the actor named most often in the article so far.
    subject : the candidate last read that was a subject then.
    """

    pronoun: Phrase
    reading: Reading
    after: dict[str, Phrase]
    n: int
    most: int
    topic: Candidate | None
    subject: Candidate | None

    @property
    def role(self) -> Role:
        """The pronoun's role."""
        return self.pronoun.role


def features(setting: Setting, one: Candidate, rank: int) -> list[str]:
    """The features of a candidate; `rank` is its place among all by how lately they were read."""
    found = ["gender told" if one.gender else "gender open", "actor" if one.actor else "unnamed"]
    if one.phrases:
        found += _of_last(setting, one, rank)
        found += _of_all(setting, one)
        if one.phrases[-1].sentence == setting.pronoun.sentence:
            found += _within_sentence(setting, one.phrases[-1])
        found += _of_quotations(setting.pronoun, one)
    else:
        found.append("not yet named")
    after = setting.after.get(one.actor or "")
    if after is not None:
        found += _of_name_after(setting, after, bool(one.phrases))
    if one is setting.topic:
        found.append("topic")
    if one.in_title:
        found.append("in title")
    return found


def none(setting: Setting, named: int) -> list[str]:
    """The features of the answer that the pronoun stands for nobody known; `named` candidates are actors."""
    return ["nobody", f"nobody of {min(named, 3)}", f"nobody {setting.role}"]


def _of_last(setting: Setting, one: Candidate, rank: int) -> list[str]:
    pronoun, role, last = setting.pronoun, setting.role, one.phrases[-1]
    distance = pronoun.sentence - last.sentence
    near, nearer = min(distance, 2), min(distance, 1)
    found = [
        f"{last.sort} {min(distance, 3)}",
        f"{last.role} {last.sort} {near}",
        f"rank {min(rank, 4)} of {min(setting.n, 4)}",
        f"rank {min(rank, 3)} {near}",
    ]
    if last.paired:
        found.append(f"paired {nearer}")
    if last.words > 1:
        found.append(f"full name {nearer}")
    if distance == 1 and pronoun.item <= 1:
        found.append(f"opens {last.role}")
    if pronoun.says and last.says:
        found.append(f"says again {near}")
    if one is setting.subject:
        found.append(f"last subject {role} {near}")
    if role is Role.OWNER:
        owned = setting.reading.words[pronoun.item + 1]
        if owned == "own":
            found.append(f"own {last.role} {nearer}")
        elif owned in PERSON_NOUNS:
            found.append(f"kin {last.role} {nearer}")
    return found


def _of_all(setting: Setting, one: Candidate) -> list[str]:
    number, role = setting.pronoun.sentence, setting.role
    found = [f"names {min(one.n_names, 4)}"]
    if one.subject is not None and one.subject.sentence == number:
        found.append(f"subject here {role}")
    if any(phrase.role is Role.SUBJECT and phrase.sentence == number - 1 for phrase in one.phrases[-_LATELY:]):
        found.append(f"subject before {role}")
    if one.n_names == setting.most:
        found.append("most named")
    pronouns = len(one.phrases) - one.n_names
    if pronouns:
        found.append(f"pronouns {min(pronouns, 3)}")
    return found


def _within_sentence(setting: Setting, last: Phrase) -> list[str]:
    pronoun, reading = setting.pronoun, setting.reading
    pattern = f"{last.role}>{setting.role}"
    between = reading.words[last.item + 1 : pronoun.item]
    verbs = reading.verbs_between(last.item, pronoun.item)
    found = [f"verbs {min(verbs, 3)} {pattern}"]
    if "and" in between:
        found.append(f"and {pattern}")
        if len(between) == 1:
            found.append("joined")
    if len(between) < 3:
        found.append(f"close {pattern}")
    return found


def _of_quotations(pronoun: Phrase, one: Candidate) -> list[str]:
    last = one.phrases[-1]
    if pronoun.quotation < 0:
        found = [f"speaks here {pronoun.says}"] if one.said_in == pronoun.sentence else []
        return [*found, "name quoted"] if last.quotation >= 0 else found
    if last.quotation == pronoun.quotation:
        return ["same quotation"]
    return ["pronoun quoted", f"quoted after {last.role} {min(pronoun.sentence - last.sentence, 2)}"]


def _of_name_after(setting: Setting, after: Phrase, known: bool) -> list[str]:
    pronoun, reading = setting.pronoun, setting.reading
    comma = "," in reading.words[pronoun.item : after.item]
    verbs = min(reading.verbs_between(pronoun.item, after.item), 2)
    place = "early" if pronoun.item <= _EARLY else "late"
    found = [f"before {setting.role}>{after.role} {comma} {place}", f"before {known} {verbs}"]
    # "He met Ana Ruiz": the verb of a subject stands between the two.
    one_clause = verbs == (setting.role is Role.SUBJECT) and not comma
    return [*found, "before in one clause"] if one_clause else found
