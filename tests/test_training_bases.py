"""Bases of every kind: they train, are exported, and the scorer's encoder reads what torch reads."""

import re
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from kinds import KINDS, TEXTS, write_kind
from tiny import recipe, toy_rows
from torch import nn
from transformers import PreTrainedTokenizerFast

from framing.errors import BundleError, UsageError
from framing.neural.encoder import Encoder, Form
from framing.neural.shapes import word_starts
from framing.neural.torch_encoder import StoredDropout, load_encoder, load_tokenizer, prepared, special_ids, window_of
from framing.training import export as exporting
from framing.training.collate import collate
from framing.training.export import calibration_batches, export_tuned
from framing.training.finetune import Tuned, finetune, logits
from framing.training.rows import Row

ROWS = toy_rows(32)
LONG = " ".join(TEXTS[0].split() * 6)
SENTENCES = ["The café: Ana, plan (№ 5)", "  river\n plan ", "mayor", TEXTS[0], LONG]


@pytest.fixture(scope="module", params=list(KINDS))
def tuned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tuned:
    torch.set_num_threads(1)
    base = write_kind(request.param, tmp_path_factory.mktemp(request.param))
    return finetune(ROWS, recipe(base, epochs=16, learning_rate=2e-3))


@pytest.fixture(scope="module")
def folder(tuned: Tuned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exported")


@pytest.fixture(scope="module")
def encoder(tuned: Tuned, folder: Path) -> Encoder:
    form = export_tuned(tuned, calibration_batches(tuned, ROWS), folder)
    return Encoder(folder, tuned.recipe.max_tokens, threads=1, form=form)


def rows(*texts: str) -> list[Row]:
    return [Row(text[:9], text, "g", "toy", {}) for text in texts]


def test_it_learns(tuned: Tuned) -> None:
    found = logits(tuned, ROWS)[:, 0] > 0
    assert np.mean(found == [row.labels["loaded"] > 0 for row in ROWS]) > 0.8


def test_the_encoder_that_scores_has_the_states_of_torch(tuned: Tuned, encoder: Encoder) -> None:
    batch = collate(rows(*SENTENCES), tuned.tokenizer, ("loaded",), tuned.recipe.max_tokens)
    with torch.no_grad():
        states = tuned.model(batch)
    exact = [line[kept > 0].numpy() for line, kept in zip(states, batch["content"], strict=True)]
    found = [token.states for token in encoder.encode(SENTENCES)]
    assert [one.shape for one in found] == [one.shape for one in exact]
    gaps = np.concatenate([np.abs(one - other).ravel() for one, other in zip(found, exact, strict=True)])
    assert gaps.mean() < 0.05 * np.concatenate([one.ravel() for one in exact]).std()


def test_a_text_has_the_same_states_in_any_company(encoder: Encoder) -> None:
    together = encoder.encode(SENTENCES)
    for text, states in zip(SENTENCES, together, strict=True):
        np.testing.assert_allclose(encoder.encode([text])[0].states, states.states, atol=2e-5)


def test_tokens_stand_where_their_words_are(encoder: Encoder) -> None:
    for text, token in zip(SENTENCES, encoder.encode(SENTENCES), strict=True):
        words = [text[start:stop] for start, stop in token.offsets]
        assert all(word == word.strip() or not word.strip() for word in words)
        covered = {at for start, stop in token.offsets for at in range(start, stop)}
        assert {at for at, letter in enumerate(text) if not letter.isspace()} <= covered
        firsts = token.offsets[word_starts(text, token.offsets), 0]
        assert sum(text[first : first + 1].isalnum() for first in firsts) == len(re.findall(r"[^\W_]+", text))


def test_the_form_names_the_special_tokens_and_survives_a_manifest(tuned: Tuned, encoder: Encoder) -> None:
    first, last, pad = special_ids(tuned.tokenizer)
    kind = tuned.model.encoder.config.model_type  # type: ignore[union-attr]
    assert (encoder.form.first, encoder.form.last, encoder.form.pad) == (first, last, pad)
    assert encoder.form.precision in {"int8", "float32"}
    assert encoder.form.streamlined is (kind == "bert")
    assert Form.read({"base": "x", **asdict(encoder.form)}) == encoder.form


def test_the_precision_is_that_of_the_weights(encoder: Encoder, folder: Path) -> None:
    kinds = {tensor.data_type for tensor in onnx.load(folder / "encoder.onnx").graph.initializer}
    assert (onnx.TensorProto.INT8 in kinds) is (encoder.form.precision == "int8")


def test_a_window_is_no_longer_than_the_encoder_reads(tuned: Tuned) -> None:
    kind = tuned.model.encoder.config.model_type  # type: ignore[union-attr]
    limit = window_of(tuned.model.encoder, 1000)
    assert limit == {"roberta": 66 - 2 - 1, "xlm-roberta": 66 - 2 - 1}.get(kind, 66)
    batch = collate(rows(LONG), tuned.tokenizer, (), limit)
    assert batch["input_ids"].shape[1] <= limit
    with torch.no_grad():
        assert torch.isfinite(tuned.model(batch)).all()


def test_a_graph_that_loses_too_much_in_int8_stays_in_full_precision(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MAX_GAP", 0.0)
    tuned = finetune(ROWS, recipe(write_kind("roberta", tmp_path / "base"), epochs=0))
    form = export_tuned(tuned, calibration_batches(tuned, ROWS), tmp_path)
    assert (form.precision, form.streamlined) == ("float32", False)
    (found,) = Encoder(tmp_path, 48, threads=1, form=form).encode(["mayor plan"])
    batch = collate(rows("mayor plan"), tuned.tokenizer, (), 48)
    with torch.no_grad():
        exact = tuned.model(batch)[0][batch["content"][0] > 0]
    np.testing.assert_allclose(found.states, exact.numpy(), atol=1e-4)


class Unexportable(nn.Module):
    """An encoder that does what no graph can do."""

    class config:  # noqa: N801
        model_type, _attn_implementation = "odd", "eager"

    def forward(self, **_: object) -> object:
        raise NotImplementedError("cannot be traced\nat all")


def test_an_encoder_that_cannot_be_exported_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^base: Unexportable cannot be exported .*; choose another base$"):
        exporting.export(Unexportable(), [], tmp_path / "encoder.onnx")


def test_without_a_form_only_names_of_bert_are_known(tmp_path: Path) -> None:
    base = write_kind("roberta", tmp_path / "base")
    load_tokenizer(str(base)).backend_tokenizer.save(str(tmp_path / "tokenizer.json"))
    with pytest.raises(BundleError, match=r"has no \[CLS\].*; train it again"):
        Encoder(tmp_path, 48)


def test_no_dropout_is_added_where_an_encoder_has_none(tmp_path: Path) -> None:
    encoder = prepared(load_encoder(str(write_kind("modernbert", tmp_path))))
    assert not [module for module in encoder.modules() if isinstance(module, StoredDropout)]


@pytest.mark.parametrize("kind", ["roberta", "deberta-v2"])
def test_dropout_can_be_left_out(tmp_path: Path, kind: str) -> None:
    encoder = prepared(load_encoder(str(write_kind(kind, tmp_path))), 0.0).train()
    batch = {"input_ids": torch.full((2, 5), 7), "attention_mask": torch.ones(2, 5, dtype=torch.int64)}
    first, again = (encoder(**batch).last_hidden_state for _ in range(2))
    assert torch.equal(first, again)


def test_a_model_without_special_tokens_is_one_clear_line(tmp_path: Path) -> None:
    tokenizer = KINDS["modernbert"][0]()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="[SEP]").save_pretrained(tmp_path)
    with pytest.raises(UsageError, match=f"^base {tmp_path}: has no tokens for start, end and padding; choose"):
        special_ids(load_tokenizer(str(tmp_path)))
