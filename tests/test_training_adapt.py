"""An encoder that guesses masked words of news: it learns, goes on where it stopped, and its word embeddings stay."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tiny import recipe
from torch import nn

from framing.errors import UsageError
from framing.neural.torch_encoder import load_encoder, load_tokenizer
from framing.training.adapt import Adaptation, adapt, read_into, stream_of, write
from framing.training.finetune import new_model

PLAN = Adaptation(
    n_steps=150, step_tokens=256, piece_tokens=128, lengths=(16, 32), masked=0.2, learning_rate=2e-2, random_state=1
)
TEXTS = ["the council voted on the budget of the school", "the mayor saw the river under the bridge"] * 60


def adapted(base: Path, plan: Adaptation = PLAN, folder: Path | None = None) -> tuple[nn.Module, list[float]]:
    encoder, tokenizer, losses = load_encoder(str(base)), load_tokenizer(str(base)), []
    adapt(encoder, tokenizer, stream_of(TEXTS, tokenizer), plan, folder, lambda _, loss: losses.append(loss))
    return encoder, losses


@pytest.fixture(scope="module")
def whole(tiny_base: Path) -> tuple[nn.Module, list[float]]:
    return adapted(tiny_base)


def test_masked_words_are_guessed_better_with_time(whole: tuple[nn.Module, list[float]]) -> None:
    _, losses = whole
    assert np.mean(losses[-10:]) < 0.8 * np.mean(losses[:5])


def test_word_embeddings_stay_and_the_layers_move(whole: tuple[nn.Module, list[float]], tiny_base: Path) -> None:
    before, after = load_encoder(str(tiny_base)).state_dict(), whole[0].state_dict()
    same = {name for name in before if torch.equal(before[name], after[name])}
    assert same == {name for name in before if name.startswith("embeddings.")}


def test_a_run_that_stopped_ends_with_the_weights_it_would_have_had(
    whole: tuple[nn.Module, list[float]], tiny_base: Path, tmp_path: Path
) -> None:
    class StoppedError(Exception):
        pass

    def stop(step: int, _: float) -> None:
        if step == 130:
            raise StoppedError

    tokenizer = load_tokenizer(str(tiny_base))
    with pytest.raises(StoppedError):
        adapt(load_encoder(str(tiny_base)), tokenizer, stream_of(TEXTS, tokenizer), PLAN, tmp_path, stop)
    resumed, losses = adapted(tiny_base, folder=tmp_path)
    assert len(losses) == PLAN.n_steps - 100
    assert all(torch.equal(a, b) for a, b in zip(resumed.parameters(), whole[0].parameters(), strict=True))


def test_a_checkpoint_of_other_texts_is_refused(tiny_base: Path, tmp_path: Path) -> None:
    adapted(tiny_base, replace(PLAN, n_steps=100), tmp_path)
    tokenizer = load_tokenizer(str(tiny_base))
    with pytest.raises(UsageError, match="of another training"):
        adapt(load_encoder(str(tiny_base)), tokenizer, stream_of(["a river"] * 90, tokenizer), PLAN, tmp_path)


def test_what_is_kept_goes_into_a_new_model_of_the_same_base(
    whole: tuple[nn.Module, list[float]], tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(whole[0], tmp_path / "adapted.safetensors")
    monkeypatch.setattr("framing.training.finetune.shipped", lambda *parts: tmp_path.joinpath(*parts))
    model = new_model(recipe(tiny_base, adapted="adapted.safetensors")).model
    for name, kept in whole[0].state_dict().items():
        assert torch.allclose(model.encoder.state_dict()[name], kept, atol=2e-3), name


def test_a_file_of_another_encoder_is_refused(tiny_base: Path, tmp_path: Path) -> None:
    other = nn.Linear(3, 3)
    write(other, tmp_path / "other.safetensors")
    with pytest.raises(UsageError, match="holds weights of another encoder"):
        read_into(load_encoder(str(tiny_base)), tmp_path / "other.safetensors")
