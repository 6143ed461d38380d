"""Encoders of random weights of each kind that can be a base, with tokenizers of the right kind, small enough to train
in a second."""

from collections.abc import Callable
from pathlib import Path

import torch
from tiny import LOADED, PLAIN
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    AutoModel,
    BertConfig,
    DebertaConfig,
    DebertaV2Config,
    ModernBertConfig,
    PretrainedConfig,
    PreTrainedTokenizerFast,
    RobertaConfig,
    XLMRobertaConfig,
)

BERT_NAMES = {"cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "unk_token": "[UNK]"}
ROBERTA_NAMES = {"cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}
TEXTS = [" ".join([*PLAIN, *LOADED, "The café: Ana, plan (№ 5), 12 votes – “no!”"])] * 3
SIZES = {
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 66,
}
DISENTANGLED = {"relative_attention": True, "position_biased_input": False, "pos_att_type": ["p2c", "c2p"]}


def word_pieces() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return trained(tokenizer, trainers.WordPieceTrainer(vocab_size=200, special_tokens=list(BERT_NAMES.values())))


def byte_pairs(names: dict[str, str]) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    letters = pre_tokenizers.ByteLevel.alphabet()
    special = list(names.values())
    return trained(tokenizer, trainers.BpeTrainer(vocab_size=400, special_tokens=special, initial_alphabet=letters))


def roberta_bytes() -> Tokenizer:
    tokenizer = byte_pairs(ROBERTA_NAMES)
    last, first = (ROBERTA_NAMES[name] for name in ("sep_token", "cls_token"))
    tokenizer.post_processor = processors.RobertaProcessing(
        (last, tokenizer.token_to_id(last)), (first, tokenizer.token_to_id(first)), add_prefix_space=False
    )
    return tokenizer


def unigram(names: dict[str, str]) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=150, special_tokens=list(names.values()), unk_token=names["unk_token"])
    return trained(tokenizer, trainer)


def trained(tokenizer: Tokenizer, trainer: trainers.Trainer) -> Tokenizer:
    tokenizer.train_from_iterator(TEXTS, trainer)
    return tokenizer


Kind = tuple[Callable[[], Tokenizer], dict[str, str], Callable[..., PretrainedConfig], dict[str, object]]
KINDS: dict[str, Kind] = {
    "bert": (word_pieces, BERT_NAMES, BertConfig, {}),
    "roberta": (roberta_bytes, ROBERTA_NAMES, RobertaConfig, {"type_vocab_size": 1}),
    "xlm-roberta": (lambda: unigram(ROBERTA_NAMES), ROBERTA_NAMES, XLMRobertaConfig, {"type_vocab_size": 1}),
    "deberta": (lambda: byte_pairs(BERT_NAMES), BERT_NAMES, DebertaConfig, {**DISENTANGLED, "type_vocab_size": 0}),
    "deberta-v2": (
        lambda: unigram(BERT_NAMES),
        BERT_NAMES,
        DebertaV2Config,
        {**DISENTANGLED, "position_buckets": 16, "norm_rel_ebd": "layer_norm", "share_att_key": True},
    ),
    "modernbert": (
        lambda: byte_pairs(BERT_NAMES),
        BERT_NAMES,
        ModernBertConfig,
        {"local_attention": 8, "global_attn_every_n_layers": 2},
    ),
}


def write_kind(kind: str, folder: Path) -> Path:
    """Saves encoder and tokenizer of a kind to `folder`, as a base has them."""
    tokenizer_of, names, config_of, settings = KINDS[kind]
    tokenizer = tokenizer_of()
    ids = {f"{name}_id": tokenizer.token_to_id(token) for name, token in names.items() if name != "unk_token"}
    ids |= {"bos_token_id": ids["cls_token_id"], "eos_token_id": ids["sep_token_id"]}
    config = config_of(vocab_size=tokenizer.get_vocab_size(), **{**SIZES, **ids, **settings})
    torch.manual_seed(0)
    AutoModel.from_config(config).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    return folder
