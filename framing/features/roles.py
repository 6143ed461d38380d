"""The part an actor plays in an article: antagonist, victim, protagonist, harms or harmed, or none of them.

The rules are tried in this order, and the first that holds gives the role. All of them look only at the journalist's
sentences of the body; without enough of them there is no role.

antagonist : harms, and the stance is clearly negative, its interval below zero.
victim : harmed, and the stance is not negative.
protagonist : most mentioned of all, or named in the headline; the stance is clearly positive, its interval above zero.
harms : does harm in at least two sentences, and clearly more of it than it suffers.
harmed : the same the other way round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

ANTAGONIST, VICTIM, PROTAGONIST, HARMS, HARMED = "antagonist", "victim", "protagonist", "harms", "harmed"
ROLES = (ANTAGONIST, VICTIM, PROTAGONIST, HARMS, HARMED)

# A sentence shows harm from this probability on, and so many sentences make a role.
MIN_PROBABILITY = 0.5
MIN_SENTENCES = 2
# The expected number of sentences with harm done, over that of harm suffered (or the other way round).
CLEARLY_MORE = 1.5
CLEAR_STANCE = 0.25
# From here on a stance is not negative: about what noise moves a neutral one by.
NOT_NEGATIVE = -0.1


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides the role of an actor.

    Attributes
    ----------
    harms, harmed : the probability that the actor does harm, or suffers it, in each of the journalist's sentences.
    stance, low, high : as in `ActorScore`.
    central : whether it is the most mentioned or in the headline.
    """

    harms: Sequence[float]
    harmed: Sequence[float]
    stance: float | None
    low: float | None
    high: float | None
    central: bool


def role(standing: Standing) -> str | None:
    """One of `ROLES`; None where the evidence is not sufficient."""
    stance = standing.stance
    does = _outweighs(standing.harms, standing.harmed)
    suffers = _outweighs(standing.harmed, standing.harms)
    if does and stance is not None and stance <= -CLEAR_STANCE and standing.high is not None and standing.high < 0:
        return ANTAGONIST
    if suffers and (stance is None or stance >= NOT_NEGATIVE):
        return VICTIM
    if standing.central and stance is not None and stance >= CLEAR_STANCE and (standing.low or 0) > 0:
        return PROTAGONIST
    return HARMS if does else HARMED if suffers else None


def _outweighs(these: Sequence[float], those: Sequence[float]) -> bool:
    enough = sum(one >= MIN_PROBABILITY for one in these) >= MIN_SENTENCES
    return enough and math.fsum(these) >= CLEARLY_MORE * math.fsum(those)
