"""Names and mentions in training: rows, swaps, neutral sentences, the heads in torch and numpy, their calibration."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score
from tiny import recipe

from framing.article import Span
from framing.metrics import calibration_error
from framing.neural.shapes import TAGS
from framing.neural.torch_encoder import load_tokenizer
from framing.neural.torch_heads import NameNet, TargetNet
from framing.seeds.actors import Catalogue, KnownActor
from framing.training.collate import UNKNOWN, collate
from framing.training.finetune import Tuned, finetune
from framing.training.mention_figures import three_class_f1
from framing.training.mention_heads import StanceCalibration, fit_stance, name_head, target_head
from framing.training.mention_rows import is_held_out
from framing.training.neutral import FRAMES, neutral_rows
from framing.training.rows import Named, Row, Target
from framing.training.swaps import Pool, pool_of, renamed, swapped

AXES = ("loaded",)
FOR, AGAINST = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)
NAMES = ("Ana Ruiz", "Omar Diallo", "Lena Park", "Ivo Novak", "Mary Lund")
POOL = Pool(NAMES, {}, {"PER": NAMES, "MISC": ("Chadian", "Latvian")})


def mention_row(text: str, *targets: tuple[str, tuple[float, float, float]], source: str = "toy") -> Row:
    """A row whose targets are the first places of the given names."""
    spans = tuple(Target(Span(text.index(name), text.index(name) + len(name)), stance) for name, stance in targets)
    return Row(text, text, text, source, {}, targets=spans)


def named_row(text: str, *names: tuple[str, str]) -> Row:
    """A row with its names marked."""
    spans = tuple(Named(Span(text.index(name), text.index(name) + len(name)), kind) for name, kind in names)
    return Row(text, text, text, "toy", {}, names=spans)


TAG_CASES = [
    ("a name of two words", "mayor Ana Plan voted", [("Ana Plan", "PER")], ["O", "B-PER", "I-PER", "O"]),
    ("two names side by side", "Ana Omar voted", [("Ana", "PER"), ("Omar", "PER")], ["B-PER", "B-PER", "O"]),
    ("a possessive", "Omar's plan", [("Omar", "PER")], ["B-PER", "O", "O", "O"]),
    ("none", "mayor voted", [], ["O", "O"]),
]


@pytest.mark.parametrize(("text", "names", "tags"), [case[1:] for case in TAG_CASES], ids=[c[0] for c in TAG_CASES])
def test_the_first_token_of_each_word_is_tagged(
    tiny_base: Path, text: str, names: list[tuple[str, str]], tags: list[str]
) -> None:
    batch = collate([named_row(text, *names)], load_tokenizer(str(tiny_base)), AXES, 48)
    assert [TAGS[tag] for tag in batch["tags"][0].tolist() if tag != UNKNOWN] == tags


def test_rows_without_names_have_no_tags(tiny_base: Path) -> None:
    batch = collate([Row("a", "mayor", "g", "toy", {})], load_tokenizer(str(tiny_base)), AXES, 48)
    assert (batch["tags"] == UNKNOWN).all()
    assert len(batch["mention_rows"]) == 0


def test_mentions_stand_where_their_words_are_beyond_the_first_window_too(tiny_base: Path) -> None:
    far = " ".join(["mayor"] * 20) + " plan"
    rows = [mention_row("mayor voted river", ("river", FOR)), mention_row(far, ("mayor", AGAINST), ("plan", FOR))]
    batch = collate(rows, load_tokenizer(str(tiny_base)), AXES, 12)
    assert batch["mention_rows"].tolist() == [0, 1, 1]
    assert [span.nonzero().flatten().tolist() for span in batch["mention_spans"]] == [[3], [1], [21]]
    assert batch["stance"].tolist() == [list(FOR), list(AGAINST), list(FOR)]
    assert batch["roles"].isnan().all()


def stance_rows() -> list[Row]:
    """The name after "shame" is against, the one after "plan" for: both may stand in one row."""
    rows = [mention_row(f"shame mayor plan river {i % 5}", ("mayor", AGAINST), ("river", FOR)) for i in range(40)]
    rows += [mention_row(f"plan mayor shame river {i % 5}", ("mayor", FOR), ("river", AGAINST)) for i in range(40)]
    return [replace(row, id=f"{index}") for index, row in enumerate(rows)]


@pytest.fixture(scope="module")
def tuned(tiny_base: Path) -> Tuned:
    return finetune(stance_rows(), recipe(tiny_base, epochs=15, average=0.3))


def test_the_stance_of_each_mention_in_a_sentence_is_learnt(tuned: Tuned) -> None:
    batch = collate(stance_rows(), tuned.tokenizer, AXES, 48)
    with torch.no_grad():
        states = tuned.model(batch)
        found = tuned.model.target(states, batch["content"], batch["mention_rows"], batch["mention_spans"])
    assert (found[:, :3].argmax(1) == batch["stance"].argmax(1)).float().mean() > 0.95


def test_the_numpy_heads_are_the_torch_heads(tuned: Tuned) -> None:
    torch.manual_seed(1)
    width = tuned.model.width
    states, shapes = torch.randn(1, 9, width), torch.randint(0, 16, (1, 9))
    spans = torch.zeros(2, 9)
    spans[0, 1:3] = spans[1, 7] = 1
    name: NameNet = tuned.model.name
    target: TargetNet = tuned.model.target
    with torch.no_grad():
        tags = name(states, shapes)[0].numpy()
        judged = target(states, torch.ones(1, 9), torch.tensor([0, 0]), spans).numpy()
    np.testing.assert_allclose(name_head(tuned).logits(states[0].numpy(), shapes[0].numpy()), tags, atol=1e-4)
    found = target_head(tuned).logits([states[0].numpy()], [spans.numpy().astype(bool)])
    np.testing.assert_allclose(found, judged, atol=1e-4)


@given(st.integers(0, 2000))
def test_a_swap_moves_the_targets_with_their_names(random_state: int) -> None:
    row = mention_row("Trump met Mr Biden; Trump left, he said of Mr Biden.", ("Trump", FOR), ("Mr Biden", AGAINST))
    row = replace(row, targets=(*row.targets, Target(Span(32, 34), FOR)))
    new = swapped(row, POOL, random.Random(random_state))
    words = [target.span.of(new.text) for target in new.targets]
    assert {words[0], words[1]} <= set(NAMES)
    assert words[2] == "he"
    assert new.text == f"{words[0]} met {words[1]}; {words[0]} left, he said of {words[1]}."
    assert [target.stance for target in new.targets] == [FOR, AGAINST, FOR]


def test_a_row_whose_mentions_overlap_is_left_as_it_is() -> None:
    row = mention_row("New York Times sued.", ("New York", FOR), ("New York Times", AGAINST))
    assert swapped(row, POOL, random.Random(0)) == row


def test_the_pool_holds_names_of_people_organisations_and_places() -> None:
    rows = [named_row("Ana met the Red Cross in Oslo at Easter", ("Ana", "PER"), ("Oslo", "LOC"), ("Easter", "MISC"))]
    assert pool_of(rows).marked == ("Ana", "Oslo")
    assert pool_of(rows).known == {}


def test_the_pool_holds_known_actors_by_kind_and_by_the_type_they_are_marked_as() -> None:
    actors = (
        KnownActor("chad", "Chad", "state", demonyms=("Chadian",), capital="N'Djamena"),
        KnownActor("chad.people", "Chadians", "people"),
        KnownActor("lund", "Mary Lund", "person"),
        KnownActor("green", "Green Union", "party"),
    )
    pool = pool_of([], Catalogue({actor.id: actor for actor in actors}))
    assert pool.known["people"] == ("Chadians",)
    assert pool.typed == {
        "LOC": ("Chad", "N'Djamena"),
        "MISC": ("Chadian",),
        "ORG": ("Green Union",),
        "PER": ("Mary Lund",),
    }
    drawn = {replace(pool, marked=("Oslo",)).draw(random.Random(number)) for number in range(99)}
    assert drawn == {"Oslo", *(actor.name for actor in actors)}


@given(st.integers(0, 2000))
def test_a_marked_name_is_renamed_within_its_type_and_stays_marked(random_state: int) -> None:
    marks = (("Ana Ruiz", "PER"), ("Latvian", "MISC"), ("Easter", "MISC"))
    row = named_row("Ana Ruiz and a Latvian minister met at Easter", *marks)
    new = renamed(row, POOL, random.Random(random_state))
    person, people, feast = (name.span.of(new.text) for name in new.names or ())
    assert (person in NAMES, people in POOL.typed["MISC"], feast) == (True, True, "Easter")
    assert new.text == f"{person} and a {people} minister met at Easter"


def test_about_half_of_the_marked_names_are_renamed() -> None:
    row = named_row("Olga slept", ("Olga", "PER"))
    n_renamed = sum(renamed(row, POOL, random.Random(number)) != row for number in range(400))
    assert 160 < n_renamed < 240


def test_neutral_rows_point_at_the_names_they_were_given() -> None:
    rows = list(neutral_rows(NAMES, 2 * len(FRAMES), 0))
    assert len(rows) == 2 * len(FRAMES)
    for row, frame in zip(rows, FRAMES * 2, strict=True):
        assert len(row.targets) == frame.count("{}")
        assert all(target.span.of(row.text) in NAMES for target in row.targets)
        assert all(target.stance == (0.0, 1.0, 0.0) for target in row.targets)


def test_about_a_tenth_is_held_out() -> None:
    share = np.mean([is_held_out(f"outlet {number}") for number in range(2000)])
    assert 0.08 < share < 0.12


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=60))
def test_the_macro_f1_is_scikit_learns(pairs: list[tuple[int, int]]) -> None:
    classes, called = (np.array(part) for part in zip(*pairs, strict=True))
    probability = np.eye(3)[called]
    expected = f1_score(classes, called, labels=[0, 1, 2], average="macro", zero_division=0)
    assert three_class_f1(classes.astype(float), probability) == pytest.approx(expected)


def test_calibration_repairs_overconfidence() -> None:
    generator = np.random.default_rng(0)
    true = generator.normal(size=(4000, 3))
    chances = StanceCalibration(1.0, np.zeros(3)).probability(true)
    classes = np.array([generator.choice(3, p=row) for row in chances])
    shown = 3.0 * true
    fitted = fit_stance(shown, classes)
    assert fitted.scale == pytest.approx(1 / 3, rel=0.15)
    repaired, before = fitted.probability(shown), StanceCalibration(1.0, np.zeros(3)).probability(shown)
    for index in range(3):
        truth = (classes == index).astype(float)
        assert calibration_error(truth, repaired[:, index]) < 0.03 < calibration_error(truth, before[:, index])
