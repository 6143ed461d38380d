from hypothesis import given
from hypothesis import strategies as st

from framing.labels.duplicates import near_duplicates
from framing.labels.groups import groups
from framing.labels.row import LabelledRow

LONG = (
    "The council approved the budget of four hundred million crowns on Monday after a long and heated debate in town."
)
NOUNS = ("mayor", "council", "budget", "vote", "bridge", "night", "harbour", "story")
WORDS = st.lists(st.sampled_from(NOUNS), max_size=30)


def row(number: int, text: str, group: str | None = None, url: str | None = None) -> LabelledRow:
    return LabelledRow(str(number), text, f"a.csv:{number}", {}, group=group, url=url)


def test_rows_are_of_one_group_by_column_address_or_text_and_by_chains_of_these() -> None:
    rows = [
        row(0, "One thing.", group="a"),
        row(1, LONG),
        row(2, "Another thing.", group="b", url="u"),
        row(3, LONG.replace("heated", "tedious")),
        row(4, "A third thing.", group="a", url="u"),
        row(5, "Alone here."),
    ]
    assert groups(rows).tolist() == [0, 1, 0, 1, 0, 2]


def test_a_word_changed_in_twenty_is_a_near_duplicate_and_five_are_not() -> None:
    words = LONG.split()
    changed = [" ".join(f"{word}x" if i % 4 == 0 else word for i, word in enumerate(words)), LONG.upper() + "  "]
    assert near_duplicates([LONG, LONG.replace("Monday", "Tuesday"), *changed]) == [(0, 1), (0, 3)]


@given(st.lists(WORDS.map(" ".join), max_size=8), st.randoms())
def test_groups_do_not_depend_on_the_order_of_the_rows(texts: list[str], random: object) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)  # type: ignore[attr-defined]
    plain = groups([row(i, text) for i, text in enumerate(texts)])
    mixed = groups([row(i, texts[i]) for i in order])
    together = {(a, b) for a in range(len(order)) for b in range(len(order)) if mixed[a] == mixed[b]}
    assert together == {
        (a, b) for a in range(len(order)) for b in range(len(order)) if plain[order[a]] == plain[order[b]]
    }
