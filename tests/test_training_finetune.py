"""Fine-tuning: it learns, it is repeatable, missing labels cost nothing, targets stand where the words are."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny import LOADED, recipe, toy_rows

from framing.article import Span
from framing.neural.torch_encoder import load_tokenizer
from framing.training.collate import collate
from framing.training.finetune import WORDS, Recipe, Tuned, finetune, logits
from framing.training.rows import Row

AXES = ("loaded", "opinion")


@pytest.fixture(scope="module")
def tuned(tiny_base: Path) -> Tuned:
    return finetune(toy_rows(), recipe(tiny_base))


def log_loss(tuned: Tuned, rows: list[Row]) -> float:
    truth = np.array([row.labels["loaded"] for row in rows])
    found = logits(tuned, rows)[:, 0]
    return float(np.mean(np.logaddexp(0.0, found) - truth * found))


def weights(tuned: Tuned) -> dict[str, torch.Tensor]:
    return tuned.model.state_dict()


def same(one: Tuned, other: Tuned) -> bool:
    return all(torch.equal(tensor, weights(other)[name]) for name, tensor in weights(one).items())


def test_a_separable_task_is_learnt(tuned: Tuned) -> None:
    rows = toy_rows()
    found = logits(tuned, rows)[:, 0] > 0
    assert np.mean(found == [row.labels["loaded"] > 0 for row in rows]) > 0.9


def test_the_loss_falls(tuned: Tuned, tiny_base: Path) -> None:
    untrained = finetune(toy_rows(), recipe(tiny_base, epochs=0))
    assert log_loss(tuned, toy_rows()) < 0.5 * log_loss(untrained, toy_rows())


def test_what_is_learnt_holds_for_rows_not_seen(tuned: Tuned) -> None:
    rows = toy_rows(random_state=1)
    assert log_loss(tuned, rows) < 0.5 * math.log(2)


def test_loaded_words_are_learnt_token_by_token(tuned: Tuned) -> None:
    batch = collate([Row("x", "mayor voted shame plan", "g", "toy", {})], tuned.tokenizer, AXES, 48)
    with torch.no_grad():
        _, tokens = tuned.model.sentences(tuned.model(batch), batch["content"])
    found = tokens[0, 1:5, tuned.recipe.heads.index(WORDS)]
    assert (found > 0).tolist() == [False, False, True, False]


@pytest.mark.parametrize(("random_state", "equal"), [(0, True), (1, False)])
def test_the_random_state_decides_the_weights(tiny_base: Path, random_state: int, equal: bool) -> None:
    rows = toy_rows(32)
    first = finetune(rows, recipe(tiny_base, epochs=1))
    second = finetune(rows, recipe(tiny_base, epochs=1, random_state=random_state))
    assert same(first, second) is equal


def test_the_axis_of_a_missing_label_is_left_alone(tiny_base: Path) -> None:
    rows = [Row(row.id, row.text, row.group, "toy", {"loaded": row.labels["loaded"]}) for row in toy_rows(32)]
    before, after = (finetune(rows, recipe(tiny_base, epochs=epochs)).model.head for epochs in (0, 1))
    moved = [not torch.equal(before.weight[head], after.weight[head]) for head in range(3)]
    assert moved == [True, False, False]


def test_rows_without_any_label_cost_nothing(tiny_base: Path) -> None:
    rows = [Row(row.id, row.text, row.group, "toy", {}) for row in toy_rows(16)]
    before, after = (finetune(rows, recipe(tiny_base, epochs=e, weight_decay=0.0)) for e in (0, 1))
    assert same(before, after)


def test_logits_are_in_the_order_of_the_rows_whatever_their_batches(tuned: Tuned) -> None:
    rows = toy_rows(30)
    found = logits(tuned, rows)
    assert found.shape == (30, 2)
    np.testing.assert_allclose(logits(tuned, rows[::-1], batch_size=7)[::-1], found, atol=0.05)


WORD_CASES = [
    ("one word", "mayor shame plan", [(6, 11)], ["shame"]),
    ("a word in pieces", "mayor zyx plan", [(6, 9)], ["z", "##y", "##x"]),
    ("two words in one span", "shame outrage plan", [(0, 13)], ["shame", "outrage"]),
    ("two spans", "shame plan outrage", [(0, 5), (11, 18)], ["shame", "outrage"]),
    ("upper case and punctuation", "The Mayor: SHAME!", [(11, 16)], ["shame"]),
    ("glued to its neighbours", "mayor,shame,plan", [(6, 11)], ["shame"]),
    ("none", "mayor plan", [], []),
]


@pytest.mark.parametrize(
    ("text", "spans", "marked"), [case[1:] for case in WORD_CASES], ids=[case[0] for case in WORD_CASES]
)
def test_word_targets_cover_the_marked_words(
    tiny_base: Path, text: str, spans: list[tuple[int, int]], marked: list[str]
) -> None:
    longer = Row("b", "mayor plan budget school river bridge", "g", "toy", {})
    row = Row("a", text, "g", "toy", {}, words=tuple(Span(*edges) for edges in spans))
    tokenizer = load_tokenizer(str(tiny_base))
    batch = collate([row, longer], tokenizer, AXES, 48)
    covered = (batch["words"][0] == 1) & (batch["content"][0] == 1)
    assert tokenizer.convert_ids_to_tokens(batch["input_ids"][0][covered].tolist()) == marked
    assert batch["words"][1].isnan().all()


def test_content_is_the_text_without_special_tokens_and_padding(tiny_base: Path) -> None:
    rows = [Row("a", "mayor plan", "g", "toy", {}), Row("b", "mayor plan river shame", "g", "toy", {})]
    batch = collate(rows, load_tokenizer(str(tiny_base)), AXES, 48)
    assert batch["content"].tolist() == [[0, 1, 1, 0, 0, 0], [0, 1, 1, 1, 1, 0]]


def test_targets_are_the_labels_and_nan_where_there_is_none(tiny_base: Path) -> None:
    rows = [Row("a", "mayor", "g", "toy", {"opinion": 0.5}), Row("b", "plan", "g", "toy", {"loaded": 1.0})]
    targets = collate(rows, load_tokenizer(str(tiny_base)), AXES, 48)["targets"]
    torch.testing.assert_close(targets, torch.tensor([[math.nan, 0.5], [1.0, math.nan]]), equal_nan=True)


def test_a_recipe_has_a_head_for_every_axis_and_one_for_words() -> None:
    assert Recipe(axes=("loaded",)).heads == ("loaded", WORDS)


def test_the_toy_set_marks_its_loaded_words() -> None:
    marked = [(row, span.of(row.text)) for row in toy_rows() for span in row.words or ()]
    assert marked
    assert {word for _, word in marked} <= set(LOADED)
    assert all(row.labels["loaded"] for row, _ in marked)
