"""Exported encoders: full precision equals torch, int8 is close, and no state depends on what else is in a batch."""

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from tiny import PLAIN, VOCABULARY, recipe, toy_rows
from torch import nn

from framing.errors import BundleError
from framing.neural.encoder import Encoder
from framing.neural.torch_encoder import load_encoder
from framing.neural.windows import batches, padded, windows
from framing.training.export import Batch, calibration_batches, export, run, save_tokenizer, to_onnx
from framing.training.finetune import Tuned, finetune
from framing.types import Floats

MAX_TOKENS = 48


@pytest.fixture(scope="module")
def tuned(tiny_base: Path) -> Tuned:
    return finetune(toy_rows(), recipe(tiny_base, epochs=2))


@pytest.fixture(scope="module")
def folder(tuned: Tuned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the scorer's encoder reads."""
    place = tmp_path_factory.mktemp("exported")
    export(tuned.model.encoder, calibration_batches(tuned, toy_rows()), place / "encoder.onnx")
    save_tokenizer(tuned, place)
    return place


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder, MAX_TOKENS, threads=1)


def texts(n: int = 40, random_state: int = 0) -> list[str]:
    generator = np.random.default_rng(random_state)
    return [" ".join(generator.choice(PLAIN, generator.integers(1, 30))) for _ in range(n)]


def inputs(n: int = 40) -> list[Batch]:
    generator = np.random.default_rng(0)
    rows = [generator.integers(5, len(VOCABULARY), generator.integers(1, 41)).tolist() for _ in range(n)]
    return [padded(batch, 2, 3, 0) for batch in batches(windows(rows, MAX_TOKENS - 2), 8, 512)]


def torch_states(encoder: nn.Module, found: list[Batch]) -> list[Floats]:
    with torch.no_grad():
        outputs = [encoder(input_ids=torch.tensor(i), attention_mask=torch.tensor(m)) for i, m in found]
    return [output.last_hidden_state.numpy() for output in outputs]


def gaps(ours: list[Floats], theirs: list[Floats], found: list[Batch]) -> Floats:
    """Differences on all tokens that are not padding."""
    kept = [mask > 0 for _, mask in found]
    return np.concatenate([np.abs(a - b)[m].ravel() for a, b, m in zip(ours, theirs, kept, strict=True)])


@pytest.mark.filterwarnings("ignore:You are using the legacy TorchScript-based ONNX export:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Exporting aten.*index operator of advanced indexing:UserWarning")
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:torch.onnx")
def test_the_fused_full_precision_model_equals_torch(tuned: Tuned, tmp_path: Path) -> None:
    to_onnx(tuned.model.encoder, tmp_path / "fused.onnx")
    operators = [node.op_type for node in onnx.load(tmp_path / "fused.onnx").graph.node]
    assert operators.count("Attention") == 2
    found = inputs()
    assert gaps(run(tmp_path / "fused.onnx", found), torch_states(tuned.model.encoder, found), found).max() < 1e-4


def test_int8_states_are_close_to_torch(tuned: Tuned, folder: Path) -> None:
    found = inputs()
    theirs = torch_states(tuned.model.encoder, found)
    off = gaps(run(folder / "encoder.onnx", found), theirs, found)
    assert 0 < off.mean() < 0.03 * np.std(np.concatenate([states.ravel() for states in theirs]))
    assert off.max() < 0.5


def test_no_scale_of_the_int8_model_is_taken_from_the_batch(folder: Path) -> None:
    operators = {node.op_type for node in onnx.load(folder / "encoder.onnx").graph.node}
    assert "DynamicQuantizeLinear" not in operators
    assert "QuantizeLinear" in operators
    assert any(operator.startswith("MatMulInteger") for operator in operators)


def test_the_weights_of_the_int8_model_are_int8(folder: Path) -> None:
    kinds = {
        tensor.data_type for tensor in onnx.load(folder / "encoder.onnx").graph.initializer if len(tensor.dims) > 1
    }
    assert onnx.TensorProto.INT8 in kinds
    assert onnx.TensorProto.FLOAT not in kinds


@pytest.mark.parametrize("extra", [0, 1, 20], ids=["alone", "one padded place", "twenty padded places"])
def test_states_are_the_same_alone_and_in_a_batch(folder: Path, extra: int) -> None:
    found = inputs()
    together = run(folder / "encoder.onnx", found)
    alone = []
    for ids, mask in found:
        for row in range(len(ids)):
            n = int(mask[row].sum())
            alone.append((np.pad(ids[row, :n], (0, extra))[None], np.pad(mask[row, :n], (0, extra))[None]))
    single = [states[0] for states in run(folder / "encoder.onnx", alone)]
    rows = [
        (states[row], int(m[row].sum()))
        for states, (_, m) in zip(together, found, strict=True)
        for row in range(len(m))
    ]
    worst = max(np.abs(one[:n] - row[:n]).max() for one, (row, n) in zip(single, rows, strict=True))
    assert worst <= 1e-5


def test_a_text_has_the_same_states_in_any_company(encoder: Encoder) -> None:
    several = texts()
    together, reverse = encoder.encode(several), encoder.encode(several[::-1])[::-1]
    for text, states, again in zip(several, together, reverse, strict=True):
        (alone,) = encoder.encode([text])
        np.testing.assert_allclose(states.states, alone.states, atol=1e-5)
        np.testing.assert_allclose(states.states, again.states, atol=1e-5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor: shame!", ["T", "h", "e", "mayor", ":", "shame", "!"]),
        ("  river\n plan", ["river", "plan"]),
        ("", []),
        ("\u200b \u00ad", []),
    ],
    ids=["words and pieces", "white space", "empty", "nothing visible"],
)
def test_every_token_points_to_its_characters(encoder: Encoder, text: str, words: list[str]) -> None:
    found, _ = encoder.encode([text, "mayor plan"])
    assert [text[start:stop] for start, stop in found.offsets] == words
    assert found.states.shape == (len(words), 32)


def test_no_texts_have_no_states(encoder: Encoder) -> None:
    assert encoder.encode([]) == []


def test_a_text_over_the_longest_window_is_read_to_its_end(encoder: Encoder) -> None:
    words = np.random.default_rng(0).choice(PLAIN, 120).tolist()
    (whole,) = encoder.encode([" ".join(words)])
    pieces = encoder.encode([" ".join(words[start : start + 40]) for start in range(0, 120, 40)])
    assert len(whole.offsets) == len(whole.states) == 120
    np.testing.assert_allclose(whole.states, np.concatenate([piece.states for piece in pieces]), atol=1e-5)


def test_scales_are_measured_on_as_many_rows_as_asked_for(tuned: Tuned) -> None:
    found = calibration_batches(tuned, toy_rows(96), n_rows=40)
    assert sum(len(ids) for ids, _ in found) == 40
    assert {int(row[0]) for ids, _ in found for row in ids} == {tuned.tokenizer.cls_token_id}


def test_scales_are_measured_on_the_same_rows_every_time(tuned: Tuned) -> None:
    first, again = (calibration_batches(tuned, toy_rows(96), n_rows=40) for _ in range(2))
    assert all(np.array_equal(one[0], other[0]) for one, other in zip(first, again, strict=True))


def test_an_export_leaves_the_random_numbers_of_training_alone(tiny_base: Path, tmp_path: Path) -> None:
    torch.manual_seed(3)
    expected = torch.rand(1)
    encoder = load_encoder(str(tiny_base))
    torch.manual_seed(3)
    export(encoder, inputs(8), tmp_path / "encoder.onnx")
    assert torch.equal(torch.rand(1), expected)


@pytest.mark.parametrize("file", ["encoder.onnx", "tokenizer.json"])
@pytest.mark.parametrize("data", [b"nonsense", None], ids=["damaged", "missing"])
def test_an_encoder_that_cannot_be_read_is_a_bundle_error(
    folder: Path, tmp_path: Path, file: str, data: bytes | None
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / file).unlink() if data is None else (tmp_path / file).write_bytes(data)
    with pytest.raises(BundleError, match=f"{tmp_path / file}: cannot be read .*; restore the bundle"):
        Encoder(tmp_path, MAX_TOKENS)
