"""A comparison as JSON, and the JSON Schema of it, made from the types so that it cannot fall behind them."""

import json
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, TextIO, Union, get_args, get_origin, get_type_hints

from framing.compare.result import Comparison

SCHEMA = 1
# Rows that other rows point to by name.
NAMED = ("GroupMean", "Contrast", "ActorGroup", "Term")
_PLAIN: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def record(found: Comparison) -> dict[str, Any]:
    """A comparison as plain data that JSON can hold."""
    return {"schema": SCHEMA, **found.to_dict()}


def write_json(found: Comparison, file: TextIO) -> None:
    """Write it as one object."""
    json.dump(record(found), file, ensure_ascii=False, allow_nan=False, indent=1, default=dict)
    file.write("\n")


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a comparison."""
    definitions: dict[str, Any] = {}
    root = _of_class(Comparison, definitions)
    root["properties"] = {"schema": {"const": SCHEMA}, **root["properties"]}
    root["required"] = ["schema", *root["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": definitions}


def write_schema(file: TextIO) -> None:
    """Write the schema."""
    json.dump(schema(), file, ensure_ascii=False, indent=1)
    file.write("\n")


def _of_class(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {field.name: _of(hints[field.name], definitions) for field in fields(kind)}
    if kind.__name__ in NAMED:
        properties["ref"] = {"type": "string"}
    return {
        "title": kind.__name__,
        "description": (kind.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if is_dataclass(hint):
        return _reference(hint, definitions)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [one.value for one in hint]}
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(one, definitions) for one in inner]}
    if origin is tuple and inner[-1] is not Ellipsis:
        return {"type": "array", "prefixItems": [_of(one, definitions) for one in inner], "items": False}
    if origin in (tuple, list, Sequence):
        return {"type": "array", "items": _of(inner[0], definitions)}
    return {"type": "object", "additionalProperties": _of(inner[1], definitions)}


def _reference(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # one that holds itself must not be looked into again
        definitions[kind.__name__] = _of_class(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}
