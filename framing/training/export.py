"""Export of a tuned encoder: ONNX with fused attention, int8 weights, static activation scales.

ONNX Runtime's dynamic quantisation takes the scale of an activation from the batch it is in, so that a text's score
would depend on its neighbours. Here every `DynamicQuantizeLinear` of the quantised graph becomes a `QuantizeLinear`
with a scale measured once, on calibration texts: the same kernels, no dependence on the batch.
"""

import logging
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

from framing.neural.windows import batches, padded, windows
from framing.training.finetune import Tuned
from framing.training.rows import Row
from framing.training.streamline import add_output, streamlined
from framing.types import Floats, Ints

Batch = tuple[Ints, Ints]
Ranges = Mapping[str, tuple[float, float]]
CLIP_QUANTILE = 0.9


class _States(nn.Module):
    """The encoder as a function of two tensors, the form the exporter wants."""

    def __init__(self, encoder: nn.Module):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        output = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        states: Tensor = output.last_hidden_state
        return states


def export(encoder: nn.Module, measured: Sequence[Batch], path: Path) -> None:
    """Writes `encoder` to `path` as int8 ONNX whose static scales come from the batches in `measured`."""
    with TemporaryDirectory() as folder, _quiet():
        fused, dynamic = Path(folder) / "fused.onnx", Path(folder) / "dynamic.onnx"
        to_onnx(encoder, fused)
        quantize_dynamic(
            fused,
            dynamic,
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )
        model = onnx.load(dynamic)
        names = [node.input[0] for node in model.graph.node if node.op_type == "DynamicQuantizeLinear"]
        onnx.save(streamlined(model, _ranges(onnx.load(fused), names, measured)), path)


def to_onnx(encoder: nn.Module, path: Path) -> None:
    """Writes `encoder` to `path` in full precision, its attention fused into one operator a layer."""
    config: Any = encoder.config
    config._attn_implementation = "eager"
    example = torch.ones((2, 12), dtype=torch.int64)
    axes = {0: "row", 1: "token"}
    with TemporaryDirectory() as folder, torch.no_grad():
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            _States(encoder).eval(),
            (example, torch.ones_like(example)),
            str(plain),
            input_names=["input_ids", "attention_mask"],
            output_names=["states"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "states": axes},
            opset_version=17,
            dynamo=False,
        )
        fused = optimizer.optimize_model(
            str(plain), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size, opt_level=1
        )
        fused.save_model_to_file(str(path))


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
    coded = tokenizer([rows[index].text for index in chosen], add_special_tokens=False)["input_ids"]
    special = (tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id)
    parts = windows(coded, tuned.recipe.max_tokens - 2)
    return [padded(batch, *special) for batch in batches(parts, max_rows=32, max_tokens=2048)]


def save_tokenizer(tuned: Tuned, folder: Path) -> None:
    """Writes `tokenizer.json`, which the shipped encoder reads."""
    tuned.tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))
