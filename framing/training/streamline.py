"""Rewrites a quantised graph for speed on a CPU, without changing what it computes.

Measured with ONNX Runtime 1.31 on one core (docs/experiments.md, "speed"): the fused `SkipLayerNormalization` takes
eight times as long as the `Add` and `LayerNormalization` it stands for, and a product of static scales is not folded
into the integer product that it follows. A streamlined graph is loaded with the runtime's own rewriting off, or it
would undo this; loading is then quicker as well.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

_MICROSOFT = "com.microsoft"


def streamlined(model: ModelProto, ranges: Mapping[str, tuple[float, float]]) -> ModelProto:
    """The graph with static activation scales from `ranges` (tensor → lowest, highest value) and quicker operators."""
    graph = model.graph
    users = {name: node for node in graph.node for name in node.input}
    makers = {name: node for node in graph.node for name in node.output}
    nodes: list[NodeProto] = []
    folded: set[str] = set()
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            nodes.append(_quantise(graph, node, *ranges[node.input[0]]))
        elif node.op_type == "SkipLayerNormalization":
            nodes.extend(_sum_and_normalise(node))
        elif node.op_type == "MatMulInteger":
            product, names = _to_float(node, users, makers)
            nodes.append(product)
            folded |= names
        else:
            nodes.append(node)
    kept = [node for node in nodes if node.output[0] not in folded or node.op_type == "MatMulIntegerToFloat"]
    del graph.node[:]
    graph.node.extend(kept)
    return model


def _quantise(graph: onnx.GraphProto, node: NodeProto, low: float, high: float) -> NodeProto:
    source, (quantised, scale_name, zero_name) = node.input[0], node.output
    scale = max((high - low) / 255, 1e-8)
    zero = np.clip(round(-low / scale), 0, 255)
    graph.initializer.append(numpy_helper.from_array(np.array(scale, dtype=np.float32), scale_name))
    graph.initializer.append(numpy_helper.from_array(np.array(zero, dtype=np.uint8), zero_name))
    return helper.make_node("QuantizeLinear", [source, scale_name, zero_name], [quantised], name=node.name)


def _sum_and_normalise(node: NodeProto) -> Iterator[NodeProto]:
    """`SkipLayerNormalization` as the sums and the normalisation it stands for."""
    inputs, total = [*node.input, ""], f"{node.output[0]}_sum"
    left, right, gamma, beta, bias = inputs[:5]
    if bias:
        yield helper.make_node("Add", [left, bias], [f"{total}_bias"])
        left = f"{total}_bias"
    yield helper.make_node("Add", [left, right], [total])
    epsilon = next(item.f for item in node.attribute if item.name == "epsilon")
    yield helper.make_node("LayerNormalization", [total, gamma, beta], [node.output[0]], axis=-1, epsilon=epsilon)


def _to_float(
    node: NodeProto, users: Mapping[str, NodeProto], makers: Mapping[str, NodeProto]
) -> tuple[NodeProto, set[str]]:
    """The integer product with cast and scaling folded in, and the outputs of the nodes it replaces."""
    cast = users[node.output[0]]
    scaling = users[cast.output[0]]
    product = makers[next(name for name in scaling.input if name != cast.output[0])]
    activation = makers[node.input[0]].output[1]
    weight = next(name for name in product.input if name != activation)
    inputs = [node.input[0], node.input[1], activation, weight, *node.input[2:4]]
    output = scaling.output[0]
    folded = helper.make_node("MatMulIntegerToFloat", inputs, [output], name=node.name, domain=_MICROSOFT)
    return folded, {cast.output[0], product.output[0], output}


def add_output(model: ModelProto, name: str) -> None:
    """Makes an inner tensor an output, to look at its values."""
    model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
