"""Which state's institution a name means that many states use: "Congress", "the Supreme Court", "the Labour Party"."""

from collections import Counter
from collections.abc import Iterable, Sequence

from framing.actors.index import Index, Role
from framing.actors.lookup import Hit
from framing.actors.vocabulary import ARMY, GOVERNMENT, listed
from framing.seeds.derived import state_of

_CONGRESS = listed(
    "united-states india mexico peru brazil philippines argentina colombia spain chile guatemala honduras ecuador "
    "venezuela bolivia paraguay nigeria south-africa nepal"
)
_SENATE = listed(
    "united-states australia canada france italy brazil mexico argentina chile colombia nigeria kenya philippines "
    "pakistan poland thailand cambodia romania netherlands belgium spain ireland uruguay bolivia zimbabwe liberia"
)
_HOUSE = listed("united-states united-kingdom canada australia japan india philippines nigeria new-zealand malaysia")
_ANY: frozenset[str] = frozenset()
# The name → the states that have one; none named means any state.
_SHARED = {
    ("congress",): _CONGRESS,
    ("senate",): _SENATE,
    ("house",): _HOUSE,
    ("house", "of", "representatives"): _HOUSE,
    ("parliament",): _ANY,
    ("supreme", "court"): _ANY,
    ("high", "court"): _ANY,
    ("constitutional", "court"): _ANY,
    ("national", "guard"): _ANY,
    ("national", "assembly"): _ANY,
    ("central", "bank"): _ANY,
    ("treasury",): _ANY,
    ("foreign", "ministry"): _ANY,
    ("labour",): _ANY,
    ("labour", "party"): _ANY,
    ("labor", "party"): _ANY,
    ("liberals",): _ANY,
    ("liberal", "party"): _ANY,
    ("conservatives",): _ANY,
    ("conservative", "party"): _ANY,
    ("democratic", "party"): _ANY,
    ("socialist", "party"): _ANY,
    ("communist", "party"): _ANY,
    ("green", "party"): _ANY,
    ("greens",): _ANY,
    ("people's", "party"): _ANY,
    ("opposition", "party"): _ANY,
}
_CLEARLY = 2
_OF_STATES = GOVERNMENT | ARMY | frozenset(("president", "prime", "parliament", "foreign", "ambassador"))
# The country counts only where the article also has its capital, a party or a politician of it.
_TWO_PLACES = {"georgia": ("georgia",), "georgia.people": ("georgians",)}
_FIRSTS = {"the"} | {keys[0].removesuffix("'s") for keys in (*_SHARED, *_TWO_PLACES.values())}


def at_home(lines: Sequence[list[Hit]], index: Index) -> list[list[Hit]]:
    """The hits without institutions that, by what else the article names, are rather another state's."""
    if not any(_states(hit) is not None or hit.actor in _TWO_PLACES for hits in lines for hit in hits):
        return list(lines)
    weights = _weights((hit for hits in lines for hit in hits), index)
    return [[hit for hit in hits if not _is_elsewhere(hit, weights, index)] for hits in lines]


def _keys(hit: Hit) -> tuple[str, ...]:
    """The words of a hit as they stand in `_SHARED`; () where its first word begins none of these."""
    if hit.line.words[hit.begin].key not in _FIRSTS:
        return ()
    words = hit.line.words[hit.begin : hit.end]
    keys = tuple(word.key + "'s" if word.owns and word is not words[-1] else word.key for word in words)
    return keys[1:] if keys[0] == "the" else keys


def _states(hit: Hit) -> frozenset[str] | None:
    return _SHARED.get(_keys(hit))


def _weights(hits: Iterable[Hit], index: Index) -> Counter[str]:
    """How often the article names each state, its people, government and persons, its nationality included."""
    weights: Counter[str] = Counter()
    for hit in hits:
        if hit.role is Role.SURNAME or _states(hit) is not None or _is_either_place(hit):
            continue
        known = index.actors.get(hit.actor)
        state = known.country or known.id if known is not None else ""
        if index.kind(state) == "state":
            weights[state] += 1
    return weights


def _is_either_place(hit: Hit) -> bool:
    """Whether the name is also that of a part of another state, or of its people."""
    if hit.role is Role.DEMONYM:
        return hit.actor in _TWO_PLACES and hit.line.next_to(hit.end) not in _OF_STATES
    return _keys(hit) == _TWO_PLACES.get(hit.actor)


def _is_elsewhere(hit: Hit, weights: Counter[str], index: Index) -> bool:
    if hit.actor in _TWO_PLACES:
        return hit.role is not Role.DEMONYM and _is_either_place(hit) and not weights[state_of(hit.actor)]
    states = _states(hit)
    known = index.actors.get(hit.actor)
    if states is None or known is None or known.country is None:
        return False
    others = (weight for state, weight in weights.items() if state != known.country and (not states or state in states))
    return max(others, default=0) > _CLEARLY * weights[known.country]
