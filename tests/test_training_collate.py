"""Rows of any length: long passages in windows, articles in passages, nothing cut off, whatever the batch."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny import PLAIN, recipe, toy_rows
from torch import Tensor

from framing.article import Span
from framing.errors import UsageError
from framing.neural.torch_encoder import row_logits
from framing.training.collate import UNKNOWN, Coder, collate
from framing.training.finetune import Tuned, finetune, logits
from framing.training.losses import known, losses
from framing.training.rows import Named, Row, Target

AXES = ("loaded", "opinion")


@pytest.fixture(scope="module")
def tuned(tiny_base: Path) -> Tuned:
    return finetune(toy_rows(), recipe(tiny_base, epochs=4))


def sentence(n: int, random_state: int = 0) -> str:
    return " ".join(np.random.default_rng(random_state).choice(PLAIN, n))


def row(text: str, **what: object) -> Row:
    return Row(text[:20], text, "g", "toy", {"loaded": 1.0}, **what)  # type: ignore[arg-type]


def article(*passages: str, **what: object) -> Row:
    return row(" ".join(passages), passages=passages, **what)


def read(tuned: Tuned, rows: Sequence[Row], max_tokens: int = 12) -> tuple[Tensor, dict[str, Tensor]]:
    """States and batch in full precision."""
    batch = collate(rows, tuned.tokenizer, AXES, max_tokens)
    with torch.no_grad():
        return tuned.model(batch), batch


def test_every_token_of_a_long_text_is_read_where_its_window_stands(tuned: Tuned) -> None:
    texts = [sentence(23), sentence(4, 1), sentence(10, 2)]
    states, batch = read(tuned, [row(text) for text in texts])
    assert batch["input_ids"].shape == (5, 12)
    assert batch["content"].sum(1).tolist() == [23, 4, 10]
    words = texts[0].split()
    parts, whole = [words[:8], words[8:16], words[16:]], states[0, 1:24]
    alone = [read(tuned, [row(" ".join(part))])[0][0, 1:-1] for part in parts]
    torch.testing.assert_close(whole, torch.cat(alone), atol=1e-5, rtol=1e-4)


def test_short_texts_are_one_window_each_with_nothing_to_join(tuned: Tuned) -> None:
    _, batch = read(tuned, [row(sentence(10)), row(sentence(3))])
    assert not {"joints", "shares"} & set(batch)


def test_what_is_marked_in_a_later_window_is_kept(tuned: Tuned) -> None:
    text = sentence(30) + " shame Ana Ruiz"
    at = Span(text.index("shame"), text.index("shame") + 5)
    name = Span(text.index("Ana"), len(text))
    marked = row(text, words=(at,), names=(Named(name, "PER"),), targets=(Target(name, (1.0, 0.0, 0.0)),))
    _, batch = read(tuned, [row("mayor"), marked])
    assert (batch["words"][1] == 1).nonzero().flatten().tolist() == [31]
    assert batch["mention_rows"].tolist() == [1]
    ids = tuned.tokenizer(text, add_special_tokens=False)["input_ids"]
    assert batch["mention_spans"][0].nonzero().flatten().tolist() == list(range(32, len(ids) + 1))
    assert (batch["tags"][1] != UNKNOWN).sum() == 33
    assert batch["tags"][1][32:].max() > 0


def test_an_article_is_the_mean_of_its_passages_and_a_passage_of_its_tokens(tuned: Tuned) -> None:
    passages = (sentence(5), sentence(25, 1), sentence(9, 2))
    rows = [row(sentence(7, 3)), article(*passages)]
    _, batch = read(tuned, rows)
    torch.testing.assert_close(batch["shares"], torch.tensor([[1.0, 0, 0, 0], [0, 1 / 3, 1 / 3, 1 / 3]]))
    found = logits(tuned, [*rows, *(row(text) for text in passages)])
    np.testing.assert_allclose(found[1], found[2:].mean(axis=0), atol=0.02)


def test_rows_without_passages_are_their_own(tuned: Tuned) -> None:
    passages = torch.arange(6.0).view(3, 2)
    assert row_logits(passages, {}) is passages


@pytest.mark.parametrize("budget", [1, 30, 100, 10_000])
def test_pieces_hold_every_row_once_within_the_budget(tuned: Tuned, budget: int) -> None:
    rows = [*(row(sentence(n % 20 + 1, n)) for n in range(20)), article(*[sentence(11)] * 9), row("")]
    coder = Coder(tuned.tokenizer, AXES, 48, budget)
    found = list(coder.pieces(rows))
    assert [place for places, _ in found for place in places] == list(range(len(rows)))
    assert all(batch["input_ids"].numel() <= budget or len(places) == 1 for places, batch in found)
    assert sum(int(batch["content"].sum()) for _, batch in found) == int(coder.batch(rows)["content"].sum())


def test_a_sentence_batch_of_the_usual_size_is_one_piece(tuned: Tuned) -> None:
    coder = Coder(tuned.tokenizer, AXES, 192)
    assert len(list(coder.pieces([row(sentence(190, n)) for n in range(32)]))) == 1


def test_the_losses_of_pieces_add_up_to_that_of_the_whole(tuned: Tuned) -> None:
    ana = Span(0, 3)
    rows = [
        *toy_rows(12),
        row("Ana voted", names=(Named(ana, "PER"),), targets=(Target(ana, (1.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0)),)),
        row("Ana " + sentence(20), targets=(Target(ana, (0.0, 0.0, 1.0)),), weight=0.5),
        article(sentence(5), sentence(30)),
    ]
    plan = replace(tuned.recipe, positive_weights=(("loaded", 2.0),), axis_weights=(("opinion", 3.0),))
    pieces = [batch for _, batch in Coder(tuned.tokenizer, AXES, 12, 40).pieces(rows)]
    whole = collate(rows, tuned.tokenizer, AXES, 12)
    divisors = torch.stack([known(batch) for batch in pieces]).sum(0)
    assert len(pieces) > 3
    assert torch.equal(divisors, known(whole))
    with torch.no_grad():
        parts = torch.stack([losses(tuned.model, batch, divisors, plan) for batch in pieces]).sum(0)
        torch.testing.assert_close(parts, losses(tuned.model, whole, divisors, plan), rtol=0.02, atol=0.01)


def test_an_axis_and_a_task_cost_what_they_count(tuned: Tuned) -> None:
    judged = row("Ana voted", targets=(Target(Span(0, 3), (1.0, 0.0, 0.0)),))
    loaded, opinion, stance = (
        collate([replace(judged, labels=labels, targets=targets)], tuned.tokenizer, AXES, 12)
        for labels, targets in (({"loaded": 1.0}, ()), ({"opinion": 1.0}, ()), ({}, judged.targets))
    )
    weighed = replace(tuned.recipe, axis_weights=(("loaded", 3.0),), task_weights=(("stance", 2.0),))
    for batch, times in ((loaded, 3.0), (opinion, 1.0), (stance, 2.0)):
        with torch.no_grad():
            plain, found = (losses(tuned.model, batch, known(batch).float(), plan) for plan in (tuned.recipe, weighed))
        assert plain.sum() > 0.1
        torch.testing.assert_close(found, plain * times)


def test_a_row_of_passages_has_no_marked_words() -> None:
    with pytest.raises(UsageError, match="are marked in a row without passages; leave one out"):
        article("mayor", words=(Span(0, 3),))
