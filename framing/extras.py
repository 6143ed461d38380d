"""Whether the libraries of an optional part of framing are installed."""

from collections.abc import Sequence
from importlib.util import find_spec

from framing.errors import UsageError

# What each kind of work needs beyond what scoring does.
TRAIN = ("accelerate", "onnx", "scipy", "sklearn", "torch", "transformers")
MEASURE = ("scipy", "sklearn")
COMPARE = ("datasketch", "scipy", "sklearn", "statsmodels")
DRAW = ("vl_convert",)


def need(what: str, extra: str, libraries: Sequence[str]) -> None:
    """Raises `UsageError`, before any work is done, if one of an extra's libraries is not there."""
    if any(find_spec(name) is None for name in libraries):
        raise UsageError(f"{what}: needs the extra '{extra}'; pip install 'framing[{extra}]'")
