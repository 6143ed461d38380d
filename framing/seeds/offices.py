"""Who held an office on a day, whatever a text calls the office."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from framing.seeds.derived import derived_id, state_of
from framing.seeds.known import ARMY, GOVERNMENT, KnownActor, Office

_OMITTED = frozenset(("the", "acting", "interim", "caretaker", "transitional", "current", "incumbent", "outgoing"))
_WORDS = {
    "pm": "prime minister",
    "premier": "prime minister",
    "taoiseach": "prime minister",
    "defense": "defence",
    "adviser": "advisor",
    "ceo": "chief executive",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
}
# In the words of the table above.
_PHRASES = {
    "general secretary": "secretary general",
    "chief executive officer": "chief executive",
    "chair of board": "chair",
    "federal chancellor": "chancellor",
    "chancellor of exchequer": "finance minister",
    "party leader": "leader",
    "party chief": "leader",
    "party head": "leader",
    "political chief": "political leader",
    "political bureau chief": "political leader",
    "head of political bureau": "political leader",
    "chair of political bureau": "political leader",
    "army chief": "chief of staff",
    "military chief": "chief of staff",
    "army chief of staff": "chief of staff",
    "military chief of staff": "chief of staff",
    "chief of army staff": "chief of staff",
    "chief of general staff": "chief of staff",
    "commander in chief": "commander",
    "opposition leader": "leader of opposition",
    "governor of central bank": "central bank governor",
    "central bank chief": "central bank governor",
    "ambassador to un": "ambassador to united nations",
    "un ambassador": "ambassador to united nations",
    "un envoy": "ambassador to united nations",
    "envoy to united nations": "ambassador to united nations",
    "house speaker": "speaker",
    "parliament speaker": "speaker",
    "parliamentary speaker": "speaker",
    "speaker of house": "speaker",
    "speaker of parliament": "speaker",
    "intelligence chief": "director",
    "spy chief": "director",
}
_PORTFOLIOS = {
    "foreign affairs": "foreign",
    "external affairs": "foreign",
    "home": "interior",
    "home affairs": "interior",
    "internal affairs": "interior",
    "treasury": "finance",
}
# What a title means in one state alone.
_LOCAL = {
    ("united-states", "secretary of state"): "foreign minister",
    ("united-kingdom", "chancellor"): "finance minister",
}
# Where a secretary is the official under the minister.
_OFFICIALS = frozenset(("bangladesh", "india", "nepal", "pakistan", "sri-lanka"))
_TITLES = ("minister of ", "minister for ", "secretary of state for ", "secretary of ", "secretary for ")
_NO_PORTFOLIO = frozenset(("cabinet", "chief", "executive", "first", "general", "party", "permanent", "press"))

# Whom "the leader" of an actor means: those of the first line that has a holder.
_LEADER = (
    ("leader", "co leader"),
    ("supreme leader",),
    ("secretary general",),
    ("president", "prime minister", "chancellor", "first minister"),
    ("political leader",),
    ("chair",),
)
_HEAD = (
    *_LEADER,
    ("director general", "executive director", "managing director", "commissioner general", "high commissioner"),
    ("director", "administrator", "commissioner", "governor"),
    ("chief executive",),
    ("chief of staff",),
    ("commander",),
    ("head", "chief"),
)
_LADDERS = {
    "leader": _LEADER,
    "ruler": _LEADER,
    "head": _HEAD,
    "chief": _HEAD,
    "boss": _HEAD,
    "head of state": (("president", "king", "queen", "emir", "sultan"),),
    "head of government": (("prime minister", "chancellor"),),
}


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person, by id, and an office they hold or held."""

    actor: str
    office: Office

    def sure_on(self, date: str) -> bool:
        """Whether the files knew that day: it is not after the `as_of` of the office, or the office had an end."""
        return self.office.stop is not None or self.office.as_of is None or _not_after(date, self.office.as_of)


Index = Mapping[tuple[str, str], Sequence[Tenure]]


def index(actors: Iterable[KnownActor]) -> Index:
    """Every tenure, by the common name of the office and the id of the actor it belongs to."""
    found: dict[tuple[str, str], list[Tenure]] = {}
    for actor in actors:
        for office in actor.offices:
            found.setdefault((common_name(office.office, office.of), office.of), []).append(Tenure(actor.id, office))
    return found


def tenures(known: Index, words: str, of: str, date: str | None) -> tuple[Tenure, ...]:
    """Who held the office on that day, or without a day holds it as far as is known; the latest start first."""
    name = common_name(words, of)
    # A date that a table spells in another way says nothing here.
    if date is not None and date[:4].isdecimal() and date[4:5] in ("", "-"):
        return _first(known, name, of, lambda found: [tenure for tenure in found if _covers(tenure.office, date)])
    return _first(known, name, of, _unended) or _first(known, name, of, _last)


@lru_cache(maxsize=2048)
def common_name(words: str, of: str) -> str:
    """One name for all titles of an office: of "Foreign Secretary" and "minister of foreign affairs", too."""
    state = state_of(of)
    name = " ".join(word for word in words.lower().replace("-", " ").split() if word not in _OMITTED)
    name = " ".join(_WORDS.get(word, word) for word in name.split())
    name = _LOCAL.get((state, name)) or _PHRASES.get(name, name)
    portfolio = _portfolio(name, state)
    return name if portfolio is None else f"{_PORTFOLIOS.get(portfolio, portfolio)} minister"


def _portfolio(name: str, state: str) -> str | None:
    """What a minister or secretary is in charge of; None of any other office."""
    if name == "secretary of state" or ("secretary" in name and state in _OFFICIALS):
        return None
    for title in _TITLES:
        if name.startswith(title):
            return name.removeprefix(title)
    portfolio, _, title = name.rpartition(" ")
    return portfolio if title in ("minister", "secretary") and portfolio not in _NO_PORTFOLIO else None


def _first(known: Index, name: str, of: str, held: Callable[[list[Tenure]], list[Tenure]]) -> tuple[Tenure, ...]:
    """Those who held the office where a text may mean it, or the first of the offices that the word may mean."""
    for place in _places(of, name in _LADDERS):
        for offices in _LADDERS.get(name, ((name,),)):
            found = held([tenure for office in offices for tenure in known.get((office, place), ())])
            if found:
                # A holder whose first day is not known gives way to one who is known to have begun.
                begun = [tenure for tenure in found if tenure.office.start is not None]
                return tuple(sorted(begun, key=lambda tenure: tenure.office.start or "", reverse=True) or found)
    return ()


def _places(of: str, leads: bool) -> Iterator[str]:
    """The actor, then those a text may mean by it: its state; of a state its government and its army, to serve in."""
    yield of
    if state_of(of) != of:
        yield state_of(of)
    elif not leads:
        yield derived_id(of, GOVERNMENT)
        yield derived_id(of, ARMY)


def _unended(found: list[Tenure]) -> list[Tenure]:
    return [tenure for tenure in found if tenure.office.stop is None]


def _last(found: list[Tenure]) -> list[Tenure]:
    last = max((tenure.office.stop or "" for tenure in found), default="")
    return [tenure for tenure in found if tenure.office.stop == last]


def _covers(office: Office, date: str) -> bool:
    return (office.start is None or _not_after(office.start, date)) and (
        office.stop is None or _not_after(date, office.stop)
    )


def _not_after(one: str, other: str) -> bool:
    """Whether a day is not after another, as far as both are given: 2024 is not after 2024-03."""
    length = min(len(one), len(other), len("2026-11-20"))
    return one[:length] <= other[:length]
