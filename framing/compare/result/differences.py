"""Means of groups, and the differences between them."""

from dataclasses import dataclass

from framing.compare.result.figures import ArticleRef, Figure, Verdict


@dataclass(frozen=True, slots=True)
class GroupMean:
    """A group on one axis.

    Attributes
    ----------
    noise_floor : by how much two samples of this group, of its own size, differ in 95 of 100 cases; None under 4.
    examples : the articles with the highest values, then those nearest to the mean.
    values : up to 400 of the articles' values, sampled, for a strip of dots.
    """

    group: str
    axis: str
    mean: Figure | None
    median: float | None
    sd: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    noise_floor: float | None
    examples: tuple[ArticleRef, ...]
    values: tuple[float, ...]

    @property
    def ref(self) -> str:
        """Name of this row, for links."""
        return f"mean|{self.axis}|{self.group}"


@dataclass(frozen=True, slots=True)
class Difference:
    """First group less second: `low` and `high` at 90 %, `low_95` and `high_95` at 95 %, p of no difference."""

    value: float
    low: float
    high: float
    low_95: float
    high_95: float
    p: float
    n_first: int
    n_second: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two groups on one axis, or in their stance toward one actor (axis "stance", `actor` its id).

    Attributes
    ----------
    second : the other group, or `REST`.
    raw, standardised, within_story : the difference as it is, at the same mix of topics, and inside shared stories.
    q : the p of `raw` after correction for all contrasts.
    margin : differences inside plus or minus this count as none.
    n_needed : articles in each group that would tell this difference from none, where it is undecided.
    disagree : whether the estimates differ in sign or verdict; `why` says how.
    """

    axis: str
    first: str
    second: str
    raw: Difference | None
    standardised: Difference | None
    within_story: Difference | None
    hedges_g: float | None
    cliffs_delta: float | None
    q: float | None
    q_equivalence: float | None
    margin: float
    verdict: Verdict
    n_needed: int | None
    disagree: bool
    why: str
    actor: str | None = None
    actor_name: str | None = None

    @property
    def ref(self) -> str:
        """Name of this row, for links."""
        return "|".join(("contrast", self.axis, *((self.actor,) if self.actor else ()), self.first, self.second))
