"""The protocols: how each public set is held out, what papers report by it, and where ours differs from theirs."""

from collections.abc import Callable
from pathlib import Path

from framing.evaluation.protocols import Protocol, Published
from framing.training.benchmark import sets
from framing.training.benchmark.problem import Problem

_SPINDE = Published(
    "support-weighted F1",
    0.804,
    "BERT, pre-trained with distant supervision",
    "Spinde et al., Findings of EMNLP 2021, who call it macro F1",
)
_KRIEGER = Published("F1", 0.814, "DA-RoBERTa", "Krieger et al., JCDL 2022")
_BABE = "2,913 of the 3,700 sentences: articles of the others are kept for a final test"
_DEV = "measured on the development part, the paper's figure is of the test part"
_BALY = "Baly et al. (EMNLP 2020) report macro-F1 and accuracy of the test part; not repeated, since not looked up"
_READ = "a random sample, and the first 400 words of each article"
# Accuracy alone is comparable with the shared task's, whose test part is balanced.
_PARTISAN = "the test part is not in the set: 5 folds of the 642 training articles, which are not balanced"

Reader = Callable[[Path, bool], Problem]
PROTOCOLS: dict[Protocol, Reader] = {
    Protocol(
        "babe-random",
        "BABE",
        "sentence",
        "5 random folds, sentences of one article on both sides",
        f"{_BABE}; folds are drawn anew, and rows of all folds are measured together",
        (_SPINDE, _KRIEGER),
    ): sets.babe_random,
    Protocol(
        "babe-grouped", "BABE", "sentence", "5 folds, no article on both sides", f"{_BABE}; no paper groups them"
    ): sets.babe_grouped,
    Protocol(
        "babe-outlets", "BABE", "sentence", "5 folds, no outlet on both sides", f"{_BABE}; no paper leaves outlets out"
    ): sets.babe_outlets,
    Protocol(
        "newsmtsc-rw",
        "NewsMTSC",
        "mention",
        "train → development, sentences as news has them",
        _DEV,
        (Published("macro-F1", 0.831, "GRU-TSC with RoBERTa", "Hamborg & Donnay, EACL 2021"),),
    ): sets.newsmtsc_rw,
    Protocol(
        "newsmtsc-mt",
        "NewsMTSC",
        "mention",
        "train → development, sentences with several mentions",
        _DEV,
        (Published("macro-F1", 0.825, "GRU-TSC with RoBERTa", "Hamborg & Donnay, EACL 2021"),),
    ): sets.newsmtsc_mt,
    Protocol(
        "hyperpartisan",
        "SemEval-2019 task 4, by article",
        "article",
        "5 folds, no publisher on both sides",
        f"{_PARTISAN}; the first 400 words of each",
        (Published("accuracy", 0.822, "Bertha von Suttner, first of 42 teams", "Kiesel et al., SemEval 2019"),),
    ): sets.hyperpartisan,
    Protocol(
        "checkthat",
        "CheckThat! 2024, English",
        "sentence",
        "train → development",
        _DEV,
        (Published("macro-F1", 0.744, "HYBRINFOX, first in English", "Casanova et al., CLEF 2024"),),
    ): sets.checkthat,
    Protocol(
        "bias-random",
        "Article-Bias-Prediction",
        "article",
        "its random split, train → validation, outlets on both sides",
        f"{_BALY}; {_READ}",
    ): sets.bias_random,
    Protocol(
        "bias-media",
        "Article-Bias-Prediction",
        "article",
        "its media split, train → validation",
        f"{_BALY}; some outlets under two names are on both sides; {_READ}",
    ): sets.bias_media,
    Protocol(
        "bias-media-strict",
        "Article-Bias-Prediction",
        "article",
        "its media split, only outlets that have no article in training under any name",
        f"no paper measures so; {_READ}",
    ): sets.bias_media_strict,
}
