"""Export of a tuned encoder: ONNX with int8 weights and static activation scales; BERT's with fused attention.

ONNX Runtime's dynamic quantisation takes the scale of an activation from the batch it is in, so that a text's score
would depend on its neighbours. Here every `DynamicQuantizeLinear` of the quantised graph becomes a `QuantizeLinear`
with a scale measured once, on calibration texts: the same kernels, no dependence on the batch. Encoders of other kinds
than BERT's stay in full precision where int8 cannot be had or loses too much.
"""

import logging
import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from torch import Tensor, nn

from framing.errors import UsageError
from framing.neural.encoder import Form
from framing.neural.torch_encoder import special_ids
from framing.neural.windows import batches, padded, windows
from framing.training.finetune import Tuned
from framing.training.rows import Row
from framing.training.streamline import add_output, streamlined
from framing.types import Floats, Ints

Batch = tuple[Ints, Ints]
Ranges = Mapping[str, tuple[float, float]]
CLIP_QUANTILE = 0.9
# Mean difference between int8 and full precision against the states' standard deviation (docs/experiments.md).
MAX_GAP = 0.15
N_CHECKED = 8


class _States(nn.Module):
    """The encoder as a function of two tensors, the form the exporter wants."""

    def __init__(self, encoder: nn.Module):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        output = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        states: Tensor = output.last_hidden_state
        return states


def export_tuned(tuned: Tuned, measured: Sequence[Batch], folder: Path) -> Form:
    """Writes encoder and tokenizer to `folder`, and says how they are to be used."""
    precision = export(tuned.model.encoder, measured, folder / "encoder.onnx")
    save_tokenizer(tuned, folder)
    return Form(*special_ids(tuned.tokenizer), precision, is_bert(tuned.model.encoder))


def is_bert(encoder: nn.Module) -> bool:
    """Whether the encoder is of the kind whose graph is fused and streamlined."""
    return bool(encoder.config.model_type == "bert")  # type: ignore[union-attr]


def export(encoder: nn.Module, measured: Sequence[Batch], path: Path) -> str:
    """Writes `encoder` to `path` as ONNX whose static scales come from the batches in `measured`; int8 or float32."""
    with TemporaryDirectory() as folder, _quiet():
        full, quantised = Path(folder) / "full.onnx", Path(folder) / "int8.onnx"
        to_onnx(encoder, full)
        if is_bert(encoder):
            _quantise(full, quantised, measured)
        elif not _is_faithful(full, quantised, measured):
            shutil.copyfile(full, path)
            return "float32"
        shutil.copyfile(quantised, path)
        return "int8"


def _is_faithful(full: Path, quantised: Path, measured: Sequence[Batch]) -> bool:
    """Whether the int8 graph can be made, and has nearly the same states."""
    try:
        _quantise(full, quantised, measured)
        checked = measured[:: max(1, len(measured) // N_CHECKED)]
        pairs = zip(run(full, checked), run(quantised, checked), checked, strict=True)
    except Exception:  # neither onnx nor its runtime has a base class of errors
        return False
    states = [(exact[mask > 0], found[mask > 0]) for exact, found, (_, mask) in pairs]
    exact, found = (np.concatenate(part) for part in zip(*states, strict=True))
    return bool(np.abs(exact - found).mean() <= MAX_GAP * exact.std())


def _quantise(full: Path, path: Path, measured: Sequence[Batch]) -> None:
    """Writes the int8 graph of the one in `full` to `path`."""
    quantize_dynamic(
        full,
        path,
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
    model = onnx.load(path)
    names = [node.input[0] for node in model.graph.node if node.op_type == "DynamicQuantizeLinear"]
    onnx.save(streamlined(model, _ranges(onnx.load(full), names, measured)), path)


def to_onnx(encoder: nn.Module, path: Path) -> None:
    """Writes `encoder` to `path` in full precision; BERT's attention is fused into one operator a layer."""
    config: Any = encoder.config
    config._attn_implementation = "eager"
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _to_plain_onnx(encoder, plain)
        if not is_bert(encoder):
            shutil.copyfile(plain, path)
            return
        fused = optimizer.optimize_model(
            str(plain), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size, opt_level=1
        )
        fused.save_model_to_file(str(path))


@torch.no_grad()
def _to_plain_onnx(encoder: nn.Module, path: Path) -> None:
    example = torch.ones((2, 12), dtype=torch.int64)
    axes = {0: "row", 1: "token"}
    try:
        torch.onnx.export(
            _States(encoder).eval(),
            (example, torch.ones_like(example)),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["states"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": axes},
            opset_version=17,
            dynamo=False,
        )
    except Exception as error:  # whatever an architecture does that the exporter cannot follow
        kind, (reason, *_) = type(encoder).__name__, str(error).splitlines() or [type(error).__name__]
        raise UsageError(f"base: {kind} cannot be exported to ONNX ({reason}); choose another base") from error


def run(path: Path, inputs: Sequence[Batch]) -> list[Floats]:
    """The states that an exported model gives for each batch."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return [session.run(["states"], _feed(batch))[0] for batch in inputs]


def _ranges(model: onnx.ModelProto, names: Sequence[str], measured: Sequence[Batch]) -> Ranges:
    """Lowest and highest value of each tensor: the 90th percentile of the batches' extremes, so that no freak rules."""
    for name in names:
        add_output(model, name)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    low, high = [], []
    for batch in measured:
        kept = batch[1] > 0
        tensors = [tensor[kept] for tensor in session.run(list(names), _feed(batch))]
        low.append([tensor.min() for tensor in tensors])
        high.append([tensor.max() for tensor in tensors])
    lows = np.quantile(np.array(low), 1 - CLIP_QUANTILE, axis=0)
    highs = np.quantile(np.array(high), CLIP_QUANTILE, axis=0)
    return {name: (min(0.0, float(a)), max(0.0, float(b))) for name, a, b in zip(names, lows, highs, strict=True)}


def _feed(batch: Batch) -> dict[str, Ints]:
    return {"input_ids": batch[0], "attention_mask": batch[1]}


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences the exporters' own remarks, which a user can do nothing about."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        logging.disable(logging.NOTSET)


def calibration_batches(tuned: Tuned, rows: Sequence[Row], n_rows: int = 1000) -> list[Batch]:
    """Batches of up to `n_rows` random rows, special tokens added, on which activation ranges are measured."""
    chosen = np.random.default_rng(tuned.recipe.random_state).permutation(len(rows))[:n_rows]
    tokenizer = tuned.tokenizer
    texts = [text for index in chosen for text in rows[index].parts]
    coded = tokenizer(texts, add_special_tokens=False, verbose=False)["input_ids"]
    parts = windows(coded, tuned.recipe.max_tokens - 2)
    return [padded(batch, *special_ids(tokenizer)) for batch in batches(parts, max_rows=32, max_tokens=2048)]


def save_tokenizer(tuned: Tuned, folder: Path) -> None:
    """Writes `tokenizer.json`, which the shipped encoder reads."""
    tuned.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
