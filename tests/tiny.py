"""A BERT of random weights, small enough to train in a second, and a labelled set that it can learn."""

import random
import string
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from framing.article import Span
from framing.seeds import Lexicon, Term
from framing.training.finetune import Recipe
from framing.training.rows import Row

PLAIN = ("council", "voted", "monday", "report", "budget", "school", "river", "bridge", "mayor", "plan")
LOADED = ("massacre", "shame", "outrage", "disgrace")
SPECIAL = {
    "pad_token": "[PAD]",
    "unk_token": "[UNK]",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "mask_token": "[MASK]",
}
PIECES = [piece for letter in string.ascii_lowercase for piece in (letter, f"##{letter}")]
VOCABULARY = (*SPECIAL.values(), *PIECES, *string.punctuation, *PLAIN, *LOADED)

LEXICONS = (
    Lexicon("slurs", "g", "wording", "terms", "own", "MIT", "2026-11-20", {"loaded": 1}, (Term("massacre", "noun"),)),
    Lexicon("reports", "g", "wording", "terms", "own", "MIT", "2026-11-20", {"loaded": -1}, (Term("report", "noun"),)),
    Lexicon("places", "g", "wording", "terms", "own", "MIT", "2026-11-20", {}, (Term("river", "noun"),)),
)


def write_base(folder: Path) -> Path:
    """Saves encoder and tokenizer to `folder`, as a base has them."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    words = BertWordPieceTokenizer({word: number for number, word in enumerate(VOCABULARY)}, lowercase=True)
    words.save(str(folder / "tokenizer.json"))
    PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), **SPECIAL).save_pretrained(folder)
    return folder


def recipe(base: Path, epochs: int = 24, **changes: object) -> Recipe:
    """A recipe that learns `toy_rows` in a second."""
    passes = (("toy", float(epochs)),)
    quick = Recipe(
        base=str(base), passes=passes, batch_size=16, learning_rate=3e-3, head_learning_rate=1e-2, max_tokens=48
    )
    return replace(quick, **changes)  # type: ignore[arg-type]


def toy_rows(n: int = 96, random_state: int = 0) -> list[Row]:
    """Every second row has loaded words and is labelled so; every third has an opinion label too."""
    generator = random.Random(random_state)
    return [_row(index, generator) for index in range(n)]


def _row(index: int, generator: random.Random) -> Row:
    words = generator.choices(PLAIN, k=generator.randint(3, 9))
    loaded = index % 2
    if loaded:
        words[generator.randrange(len(words))] = generator.choice(LOADED)
    text = " ".join(words)
    spans = tuple(Span(text.index(word), text.index(word) + len(word)) for word in words if word in LOADED)
    labels = {"loaded": float(loaded)} | ({"opinion": float("river" in words)} if index % 3 == 0 else {})
    marked = spans if index % 4 < 2 else None
    return Row(f"r{index}", text, f"a{index // 4}", "toy", labels, f"outlet {index // 12}", marked)
