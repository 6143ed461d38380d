"""What a user can choose about a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from framing.errors import UsageError

# Under this many articles a group is shown and not tested: the intervals of a bootstrap over so few are too short.
MIN_ARTICLES = 5
# Up to this many groups every pair is compared; beyond, each group with all others together.
MAX_PAIRED_GROUPS = 12
REST = "all others"
# Beyond this many articles texts are not all read: stories and topics come from columns or not at all.
MAX_READ = 20_000
# Beyond this many articles actors are compared on every second or so of them.
MAX_ACTOR_ARTICLES = 100_000


@dataclass(frozen=True, slots=True)
class Options:
    """What to compare and how.

    Attributes
    ----------
    by : the column whose values are the groups.
    story, topic : columns that name an article's story and topic; without them both are found from the texts.
    axes : the axes to compare; all of the bundle without it.
    merge : name of a group → the name it is counted under.
    leave_out, only : groups that are not, or alone are, compared.
    pairs : whether every pair is compared; None leaves it to the number of groups.
    language : articles in another are left out, and counted.
    false_discovery_rate : at which verdicts survive (Benjamini and Hochberg 1995).
    window_days : width of the rolling means.
    """

    by: str = "outlet"
    story: str | None = None
    topic: str | None = None
    axes: tuple[str, ...] = ()
    merge: Mapping[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    pairs: bool | None = None
    min_articles: int = MIN_ARTICLES
    language: str = "en"
    false_discovery_rate: float = 0.05
    window_days: int = 30
    n_draws: int = 1000
    random_state: int = 0

    def __post_init__(self) -> None:
        if self.min_articles < 2:
            raise UsageError(f"min articles: a group needs at least 2 to be tested, got {self.min_articles}")
        if not 0 < self.false_discovery_rate < 1:
            raise UsageError(f"false discovery rate: must lie between 0 and 1, got {self.false_discovery_rate}")
        if self.window_days < 1:
            raise UsageError(f"window: must be a day or more, got {self.window_days}")


DEFAULT = Options()
