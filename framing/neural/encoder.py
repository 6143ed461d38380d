"""The encoder as shipped: ONNX Runtime, int8 with static scales, and the tokenizer; neither torch nor transformers.

Scales are static, so the states of a text do not depend on what else is in its batch. Where int8 loses too much, a
graph is in full precision; either way the bundle says so (`Form`).
"""

import os
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from framing.errors import BundleError
from framing.neural.offsets import counts_spaces, trimmed
from framing.neural.windows import Window, batches, padded, windows
from framing.types import Floats, Ints

# Small batches stay in the cache: a third quicker than batches of 32 sentences (docs/experiments.md, "speed").
MAX_ROWS = 8
MAX_BATCH_TOKENS = 512
MAX_THREADS = 8


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The tokens of one text.

    Attributes
    ----------
    states : float32, shape (n_tokens, width); special tokens are left out.
    offsets : int64, shape (n_tokens, 2); characters of the text, half open.
    """

    states: Floats
    offsets: Ints


@dataclass(frozen=True, slots=True)
class Form:
    """In what one encoder differs from another; bundles from BERT alone may do without.

    Attributes
    ----------
    first, last, pad : the numbers of the tokens before and after a text, and of padding.
    precision : int8 or float32.
    streamlined : the graph is as it should run (training/streamline.py), and the runtime's own rewriting would slow it
        down.
    """

    first: int
    last: int
    pad: int
    precision: str = "int8"
    streamlined: bool = True

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> "Form | None":
        """The form that a manifest tells of; None where it tells of none."""
        return cls(**{name: facts[name] for name in cls.__slots__}) if "first" in facts else None


class Encoder:
    """Token states of texts; one session, one tokenizer.

    Parameters
    ----------
    folder : holds `encoder.onnx` and `tokenizer.json`.
    max_tokens : longest window, special tokens included; a longer text is read in several windows.
    threads : batches read side by side; 0 is one a core, eight at most.
    crc32 : of `encoder.onnx`, checked when given; a stronger hash would take as long as all the rest of reading it.
    form : BERT's when left out.
    """

    def __init__(
        self, folder: Path, max_tokens: int, threads: int = 0, crc32: int | None = None, form: Form | None = None
    ):
        self.max_tokens = max_tokens
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self._trims = counts_spaces(self._tokenizer)
        self.form = form or _form(self._tokenizer, folder / "tokenizer.json")
        self._session = _session(folder / "encoder.onnx", crc32, self.form.streamlined)
        self._pool = ThreadPoolExecutor(threads or min(MAX_THREADS, _cores()))

    def encode(self, texts: Sequence[str]) -> list[TokenStates]:
        """The token states of each text, in order; every token is covered."""
        if not texts:
            return []
        coded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        parts = windows([item.ids for item in coded], self.max_tokens - 2)
        grouped = list(batches(parts, MAX_ROWS, MAX_BATCH_TOKENS))
        pieces: list[list[tuple[int, Floats]]] = [[] for _ in texts]
        for batch, found in zip(grouped, self._pool.map(self._run, grouped), strict=True):
            for window, states in zip(batch, found, strict=True):
                pieces[window.text].append((window.start, states))
        places = [
            trimmed(text, item.offsets) if self._trims else item.offsets
            for text, item in zip(texts, coded, strict=True)
        ]
        return [_joined(found, offsets) for found, offsets in zip(pieces, places, strict=True)]

    def _run(self, batch: Sequence[Window]) -> list[Floats]:
        ids, mask = padded(batch, self.form.first, self.form.last, self.form.pad)
        (states,) = self._session.run(["states"], {"input_ids": ids, "attention_mask": mask})
        return [states[row, 1 : len(window.ids) + 1] for row, window in enumerate(batch)]


def _cores() -> int:
    """Cores this process may use; a container often has fewer than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _joined(pieces: list[tuple[int, Floats]], offsets: list[tuple[int, int]]) -> TokenStates:
    ordered = [states for _, states in sorted(pieces, key=lambda piece: piece[0])]
    return TokenStates(np.concatenate(ordered), np.array(offsets, dtype=np.int64).reshape(-1, 2))


def _tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise BundleError(f"{path}: cannot be read as a tokenizer ({error}); restore the bundle") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _form(tokenizer: Tokenizer, path: Path) -> Form:
    first, last, pad = (tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]", "[PAD]"))
    if first is None or last is None or pad is None:
        raise BundleError(f"{path}: has no [CLS], [SEP] and [PAD], and the manifest names no others; train it again")
    return Form(first, last, pad)


def _session(path: Path, expected: int | None, streamlined: bool) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread an operator and a batch a thread: threads inside an operator wait for each other by spinning.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    level = onnxruntime.GraphOptimizationLevel
    options.graph_optimization_level = level.ORT_DISABLE_ALL if streamlined else level.ORT_ENABLE_ALL
    _check(path, expected)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no public base class
        raise BundleError(f"{path}: cannot be read as an ONNX model ({error}); restore the bundle") from error


def _check(path: Path, expected: int | None) -> None:
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as model:
            found = zlib.crc32(model)
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        raise BundleError(f"{path}: cannot be read ({error}); restore the bundle") from error
    if expected is not None and found != expected:
        raise BundleError(f"{path}: differs from the manifest's crc32; restore the bundle")
