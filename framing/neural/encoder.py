"""The encoder as shipped: ONNX Runtime, int8 with static scales, and the tokenizer; neither torch nor transformers.

Scales are static, so the states of a text do not depend on what else is in its batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from framing.errors import BundleError
from framing.neural.windows import Window, batches, padded, windows
from framing.types import Floats, Ints

MAX_ROWS = 32
MAX_BATCH_TOKENS = 2048


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


class Encoder:
    """Token states of texts; one session, one tokenizer.

    Parameters
    ----------
    folder : holds `encoder.onnx` and `tokenizer.json`.
    max_tokens : longest window, special tokens included; a longer text is read in several windows.
    threads : of one operator; 0 lets the runtime choose.
    """

    def __init__(self, folder: Path, max_tokens: int, threads: int = 0):
        self.max_tokens = max_tokens
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self._session = _session(folder / "encoder.onnx", threads)
        self._first, self._last, self._pad = _special(self._tokenizer)

    def encode(self, texts: Sequence[str]) -> list[TokenStates]:
        """The token states of each text, in order; every token is covered."""
        if not texts:
            return []
        coded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        parts = windows([item.ids for item in coded], self.max_tokens - 2)
        pieces: list[list[tuple[int, Floats]]] = [[] for _ in texts]
        for batch in batches(parts, MAX_ROWS, MAX_BATCH_TOKENS):
            for window, states in zip(batch, self._run(batch), strict=True):
                pieces[window.text].append((window.start, states))
        return [_joined(found, item.offsets) for found, item in zip(pieces, coded, strict=True)]

    def _run(self, batch: Sequence[Window]) -> list[Floats]:
        ids, mask = padded(batch, self._first, self._last, self._pad)
        (states,) = self._session.run(["states"], {"input_ids": ids, "attention_mask": mask})
        return [states[row, 1 : len(window.ids) + 1] for row, window in enumerate(batch)]


def _joined(pieces: list[tuple[int, Floats]], offsets: list[tuple[int, int]]) -> TokenStates:
    ordered = [states for _, states in sorted(pieces, key=lambda piece: piece[0])]
    states = np.concatenate(ordered) if ordered else np.zeros((0, 1), dtype=np.float32)
    return TokenStates(states, np.array(offsets, dtype=np.int64).reshape(-1, 2))


def _tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise BundleError(f"{path}: cannot be read as a tokenizer ({error}); restore the bundle") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _special(tokenizer: Tokenizer) -> tuple[int, int, int]:
    numbers = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]", "[PAD]")]
    first, last, pad = (0 if number is None else number for number in numbers)
    return first, last, pad


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no public base class
        raise BundleError(f"{path}: cannot be read as an ONNX model ({error}); restore the bundle") from error
