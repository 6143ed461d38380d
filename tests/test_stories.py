"""Stories: articles of one event, and the copies among them."""

import numpy as np
import pytest
from scipy import sparse

from framing.stories import Leads, average_linkage, find_copies, find_stories, threshold

STRIKE = [
    "Dock workers walk out at Harlow port over pay",
    "Harlow port stands still as dock workers strike for higher pay",
    "Strike of dock workers closes Harlow port, union wants more pay",
]
FLOOD = [
    "Flood water enters the old town of Brennick after a dam breaks",
    "Brennick dam breaks and flood reaches the old town",
    "Families leave Brennick old town as broken dam sends flood",
]


def leads(titles: list[str], days: list[float] | None = None) -> Leads:
    return Leads(titles, [""] * len(titles), [()] * len(titles), np.array(days or [np.nan] * len(titles)))


def matrix(pairs: dict[tuple[int, int], float], n: int) -> sparse.csr_array:
    both = pairs | {(j, i): value for (i, j), value in pairs.items()}
    where = (np.array([i for i, _ in both]), np.array([j for _, j in both]))
    return sparse.csr_array((np.array(list(both.values())), where), shape=(n, n))


def test_articles_of_two_events_are_two_stories() -> None:
    assert find_stories(leads([*STRIKE, *FLOOD])).tolist() == [0, 0, 0, 1, 1, 1]


def test_the_same_words_weeks_apart_are_two_stories() -> None:
    assert find_stories(leads([STRIKE[0], STRIKE[1], *FLOOD], [0.0, 40.0, 0.0, 1.0, 2.0])).tolist()[:2] == [0, 1]


def test_a_shared_actor_brings_articles_nearer() -> None:
    titles, both = ["Minister faces questions", "A call to resign"], [("us.one", "us.two")] * 2
    alone, together = leads(titles), Leads(titles, ["", ""], both, np.full(2, np.nan))
    assert find_stories(alone).tolist() == [0, 1]
    assert find_stories(together).tolist() == [0, 0]


def test_a_chain_of_likenesses_is_no_cluster() -> None:
    chain = matrix({(i, i + 1): 0.5 for i in range(5)}, 6)
    assert np.bincount(average_linkage(chain, 0.3)).max() == 2


def test_clusters_are_those_of_scipy_where_all_pairs_are_known() -> None:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    values = np.random.default_rng(0).random((30, 30))
    values = (values + values.T) / 2
    np.fill_diagonal(values, 0)
    wanted = fcluster(linkage(squareform(1 - values, checks=False), "average"), 0.45, "distance")
    found = average_linkage(sparse.csr_array(values), 0.55)
    assert (found[:, None] == found).tolist() == (wanted[:, None] == wanted).tolist()


@pytest.mark.parametrize("titles", [[], ["Alone"], ["the", "of"], ["", ""]], ids=["none", "one", "stop words", "empty"])
def test_articles_without_words_are_stories_of_their_own(titles: list[str]) -> None:
    assert find_stories(leads(titles)).tolist() == list(range(len(titles)))


def test_more_articles_must_be_more_alike() -> None:
    assert threshold(np.full(10, np.nan)) < threshold(np.full(1000, np.nan))
    assert threshold(np.arange(1000.0)) < threshold(np.full(1000, np.nan))


def words(start: int, n: int) -> str:
    return " ".join(f"word{number}" for number in range(start, start + n))


def test_a_copy_is_found_and_says_which_share_is_copied() -> None:
    wire, longer, other = words(0, 400), words(0, 400) + " " + words(5000, 200), words(9000, 400)
    (copy,) = find_copies([wire, other, longer])
    assert (copy.first, copy.second, copy.share_of_first) == (0, 2, 1.0)
    assert copy.share_of_second == pytest.approx(2 / 3, abs=0.08)


def test_short_and_empty_texts_are_no_copies() -> None:
    assert find_copies(["", "", "four words are here", "four words are here"]) == []
