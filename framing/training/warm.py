"""The weights of a bundle as a start for training: its int8 encoder and its heads, as far as they fit the new model.

An int8 weight is put at a random place of the interval that was rounded to it. On the grid itself, the small changes
of a training would all be rounded away when the tuned encoder is made int8 again (docs/experiments.md).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from zlib import crc32

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from framing.bundle import ENCODER, Bundle
from framing.errors import BundleError
from framing.heads import SentenceHead
from framing.neural.torch_encoder import FramingModel
from framing.target import ARRAYS
from framing.types import Floats

_EMBEDDINGS = ("word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight")
_NORM = ("LayerNorm.weight", "LayerNorm.bias")
_ATTENTION = ("query", "key", "value")


def start_of(bundle: Bundle, model: FramingModel) -> dict[str, Tensor]:
    """The state of `model` with all that the bundle knows put in; what it does not know stays as it is.

    Raises
    ------
    BundleError
        The encoder is of a kind whose weights cannot be told from its graph.
    """
    state = dict(model.state_dict())
    found = {f"encoder.{name}": array for name, array in encoder_weights(bundle.folder / ENCODER).items()}
    found |= dict(_mention_weights(bundle))
    for name, array in found.items():
        if name not in state or state[name].shape != array.shape:
            raise BundleError(f"{bundle.folder}: {name} does not fit its base encoder; start from --base instead")
        state[name] = torch.from_numpy(np.array(array)).to(state[name].dtype)
    for axis, head in bundle.heads.items():
        if isinstance(head, SentenceHead) and axis in model.axes:
            row = model.axes.index(axis)
            state["head.weight"][row] = torch.from_numpy(head.direction.copy())
            state["head.bias"][row] = head.bias
    return state


def encoder_weights(path: Path) -> dict[str, Floats]:
    """The weights of an exported encoder of BERT's kind, dequantised, by their names in torch."""
    graph = onnx.load(path).graph
    arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found: dict[str, Floats] = {}
    layer = 0
    for node in graph.node:
        if node.op_type == "QEmbedLayerNormalization":
            found |= dict(_embeddings(list(node.input), arrays))
        elif node.op_type == "QAttention":
            found |= dict(_attention(list(node.input), arrays, layer))
            layer += 1
        elif node.op_type == "MatMulIntegerToFloat":
            found[_torch_name(node.name)] = _dequantised(arrays, *(node.input[i] for i in (1, 3, 5))).T
    plain = {name.removeprefix("encoder."): array for name, array in arrays.items() if name.startswith("encoder.")}
    found |= {name: array for name, array in plain.items() if array.dtype == np.float32 and "_scale" not in name}
    if not layer:
        raise BundleError(f"{path}: not an encoder of BERT's kind, so its weights cannot be gone on from; give --base")
    return found


def _embeddings(inputs: list[str], arrays: Mapping[str, Floats]) -> Iterator[tuple[str, Floats]]:
    # ids, segments, then five tensors; their scales begin at 8, their zero points at 13.
    for number, name in enumerate((*_EMBEDDINGS, *_NORM)):
        yield f"embeddings.{name}", _dequantised(arrays, inputs[2 + number], inputs[8 + number], inputs[13 + number])


def _attention(inputs: list[str], arrays: Mapping[str, Floats], layer: int) -> Iterator[tuple[str, Floats]]:
    weights = np.split(_dequantised(arrays, inputs[1], inputs[4], inputs[7]), len(_ATTENTION), axis=1)
    biases = np.split(arrays[inputs[2]], len(_ATTENTION))
    for name, weight, bias in zip(_ATTENTION, weights, biases, strict=True):
        yield f"encoder.layer.{layer}.attention.self.{name}.weight", weight.T
        yield f"encoder.layer.{layer}.attention.self.{name}.bias", bias


def _dequantised(arrays: Mapping[str, Floats], values: str, scale: str, zero: str) -> Floats:
    whole = arrays[values].astype(np.float32) - arrays[zero].astype(np.float32)
    within = np.random.default_rng(crc32(values.encode())).random(whole.shape, dtype=np.float32) - np.float32(0.5)
    return np.asarray((whole + within) * arrays[scale].astype(np.float32))


def _torch_name(node: str) -> str:
    """`/encoder/encoder/layer.0/output/dense/MatMul_quant` is `encoder.layer.0.output.dense.weight` in torch."""
    return node.removeprefix("/encoder/").rsplit("/", 1)[0].replace("/", ".") + ".weight"


def _mention_weights(bundle: Bundle) -> Iterator[tuple[str, Floats]]:
    """The heads for names and mentions, as far as the bundle has them."""
    names, target = bundle.names, bundle.target
    if names is not None:
        parts = {"state.weight": names.state, "state.bias": names.bias, "shape": names.shape}
        parts |= {"out.weight": names.out, "out.bias": names.out_bias}
        yield from ((f"name.{part}", array) for part, array in parts.items())
    if target is not None:
        for layer in ARRAYS:
            yield f"target.{layer}.weight", target.weights[layer]
            yield f"target.{layer}.bias", target.biases[layer]
