"""Adapts a base encoder to news before anything else, by masked language modelling (Gururangan et al. 2020).

The word embeddings stay as they are, so that what is learnt is half the size and fits any model of the same base.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from json import dumps
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import PreTrainedTokenizerBase

from framing.errors import InputError, UsageError
from framing.neural.torch_encoder import special_ids
from framing.training import checkpoint
from framing.training.averages import copy_into
from framing.training.checkpoint import Checkpoint
from framing.training.loop import decay_groups, share_of_rate
from framing.types import Ints

_EMBEDDINGS = "embeddings."
# Of the masked places, so many are shown as the mask, so many as any word, the others as they are (Devlin et al. 2019).
_AS_MASK, _AS_ANY = 0.8, 0.1
_NOT_ASKED = -100


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What decides the adapted weights, besides texts, start and machine.

    Attributes
    ----------
    step_tokens : tokens of a step; read in pieces of `piece_tokens`, which decides the memory.
    lengths : of the windows of a step, in turn, special tokens included; sentences are short, so some are.
    masked : the share of tokens to be guessed.
    """

    n_steps: int = 3000
    step_tokens: int = 32768
    piece_tokens: int = 8192
    lengths: tuple[int, ...] = (32, 64, 128, 128)
    masked: float = 0.2
    learning_rate: float = 4e-4
    weight_decay: float = 0.01
    random_state: int = 0


class MaskedTokenHead(nn.Module):
    """What the word at each place is, from its state: a layer, then the word embeddings themselves."""

    def __init__(self, embeddings: Tensor):
        super().__init__()
        n_words, width = embeddings.shape
        self.layer, self.norm = nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(n_words))
        nn.init.eye_(self.layer.weight)
        nn.init.zeros_(self.layer.bias)

    def forward(self, states: Tensor, embeddings: Tensor) -> Tensor:
        """Logits of all words, shape (n_places, n_words)."""
        seen: Tensor = self.norm(functional.gelu(self.layer(states)))
        return seen @ embeddings.to(seen.dtype).T + self.bias


def stream_of(texts: Iterable[str], tokenizer: PreTrainedTokenizerBase) -> Ints:
    """The tokens of all texts one after the other, the end token after each, int64, shape (n_tokens,)."""
    _, last, _ = special_ids(tokenizer)
    coded = (tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"] for text in texts)
    return np.concatenate([np.array([*ids, last], dtype=np.int64) for ids in coded])


def adapt(
    encoder: nn.Module,
    tokenizer: PreTrainedTokenizerBase,
    stream: Ints,
    plan: Adaptation,
    folder: Path | None = None,
    progress: Callable[[int, float], None] = lambda step, loss: None,
) -> None:
    """Trains `encoder` where it is, on a GPU where there is one, and leaves it on the CPU, ready for use.

    Parameters
    ----------
    stream : what `stream_of` gives, longer than the longest window; windows are cut out of it anywhere.
    folder : checkpoints are kept in it, and gone on from.
    progress : called with the number of each step, from 1 on, and its loss, the mean log loss of a masked token.

    Raises
    ------
    InputError
        The stream is too short.
    """
    if len(stream) < max(plan.lengths):
        raise InputError(f"texts: {len(stream)} tokens are too few; give more than {max(plan.lengths)}")
    run = _Run(encoder, tokenizer, torch.from_numpy(stream), plan, folder)
    run.resume()
    while run.done < plan.n_steps:
        loss = run.advance()
        progress(run.done, loss)
    encoder.to("cpu").requires_grad_(True)


class _Run:
    """An adaptation under way."""

    def __init__(
        self,
        encoder: nn.Module,
        tokenizer: PreTrainedTokenizerBase,
        stream: Tensor,
        plan: Adaptation,
        place: Path | None,
    ):
        torch.manual_seed(plan.random_state)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        # Without dropout, as when it is in use: each window is seen once or a few times, so nothing is learnt by heart.
        self.encoder, self.stream, self.plan, self.place = encoder.to(self.device).eval(), stream, plan, place
        self.words: Tensor = encoder.get_input_embeddings().weight  # type: ignore[operator]
        self.guesser = MaskedTokenHead(self.words).to(self.device)
        self.special = special_ids(tokenizer)
        self.mask = int(tokenizer.mask_token_id)
        for name, parameter in encoder.named_parameters():
            parameter.requires_grad = not name.startswith(_EMBEDDINGS)
        parts = {"encoder": encoder, "guesser": self.guesser}
        named = {f"{part}.{name}": one for part, net in parts.items() for name, one in net.named_parameters()}
        self.trained = {name: one for name, one in named.items() if one.requires_grad}
        groups = decay_groups(self.trained.values(), plan.weight_decay)
        self.optimiser = torch.optim.AdamW(groups, lr=plan.learning_rate, betas=(0.9, 0.98))
        self.done = 0

    @property
    def key(self) -> str:
        """A hash of what decides the weights: the plan, the texts, the encoder's embeddings."""
        texts, embeddings = self.stream.numpy().tobytes(), self.words.detach().cpu().numpy().tobytes()
        return sha256(dumps(asdict(self.plan), sort_keys=True).encode() + texts + embeddings).hexdigest()

    def advance(self) -> float:
        """Takes one step; gives its loss."""
        plan, self.done = self.plan, self.done + 1
        generator = torch.Generator().manual_seed(plan.random_state * 1_000_003 + self.done)
        for group in self.optimiser.param_groups:
            group["lr"] = plan.learning_rate * share_of_rate(self.done - 1, plan.n_steps)
        losses = []
        pieces = list(self._pieces(generator))
        n_asked = sum(int((asked != _NOT_ASKED).sum()) for _, asked in pieces)
        for shown, asked in pieces:
            loss = self._loss(shown.to(self.device), asked.to(self.device)) / max(1, n_asked)
            loss.backward()  # type: ignore[no-untyped-call]
            losses.append(float(loss.detach()))
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        if self.place is not None and self.done % 100 == 0:
            self._save(self.place)
        return sum(losses)

    def _pieces(self, generator: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Windows as they are shown, and the words asked for, `_NOT_ASKED` elsewhere; shape (n_windows, n_tokens)."""
        plan = self.plan
        length = plan.lengths[self.done % len(plan.lengths)]
        starts = torch.randint(len(self.stream) - length + 3, (plan.step_tokens // length,), generator=generator)
        for part in torch.split(starts, max(1, plan.piece_tokens // length)):
            yield self._masked(self._windows(part, length), generator)

    def _windows(self, starts: Tensor, length: int) -> Tensor:
        first, last, _ = self.special
        inside = self.stream[starts[:, None] + torch.arange(length - 2)]
        ends = torch.ones((len(starts), 1), dtype=torch.int64)
        return torch.cat([first * ends, inside, last * ends], dim=1)

    def _masked(self, ids: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        drawn, how = (torch.rand(ids.shape, generator=generator) for _ in range(2))
        any_word = torch.randint(len(self.words), ids.shape, generator=generator)
        asked = (drawn < self.plan.masked) & ~torch.isin(ids, torch.tensor(self.special))
        shown = torch.where(asked & (how < _AS_MASK), self.mask, ids)
        shown = torch.where(asked & (how >= 1 - _AS_ANY), any_word, shown)
        return shown, torch.where(asked, ids, _NOT_ASKED)

    def _loss(self, shown: Tensor, asked: Tensor) -> Tensor:
        places = asked.flatten() != _NOT_ASKED
        with torch.autocast(self.device.type, torch.bfloat16):
            states = self.encoder(input_ids=shown).last_hidden_state.flatten(0, 1)[places]
            logits = self.guesser(states, self.words)
        return functional.cross_entropy(logits.float(), asked.flatten()[places], reduction="sum")

    def resume(self) -> None:
        """Goes on from the checkpoint, where there is one."""
        found = checkpoint.load(self.place, self.key) if self.place is not None else None
        if found is None:
            return
        self.done = int(found.facts["step"])
        copy_into(self.trained, found.part("weights"))
        checkpoint.into_optimiser(found, self.optimiser, self.trained)

    def _save(self, folder: Path) -> None:
        weights = {f"weights.{name}": one for name, one in self.trained.items()}
        known = checkpoint.of_optimiser(self.optimiser, self.trained)
        checkpoint.save(folder, self.key, Checkpoint(weights | known, {"step": self.done}))


def write(encoder: nn.Module, path: Path) -> None:
    """Keeps what `adapt` has changed, in half precision."""
    changed = {name: one.half() for name, one in encoder.state_dict().items() if not name.startswith(_EMBEDDINGS)}
    checkpoint.write_whole(path, lambda partial: save_file(changed, partial))


def read_into(encoder: nn.Module, path: Path) -> None:
    """Puts what `write` has kept into an encoder of the same base.

    Raises
    ------
    UsageError
        The weights are those of another encoder.
    """
    there, weights = encoder.state_dict(), load_file(path)
    wanted = {name: one.shape for name, one in there.items() if not name.startswith(_EMBEDDINGS)}
    if wanted != {name: one.shape for name, one in weights.items()}:
        raise UsageError(f"{path}: holds weights of another encoder; adapt this base (scripts/adapt.py)")
    encoder.load_state_dict(there | {name: one.float() for name, one in weights.items()})
