"""How the labels of news agree with people's, and how steadily they were given, as Markdown.

    python scripts/news_agreement.py DATA

Among the items lay some that people had labelled, unmarked: data/labelled/news_controls.csv has what the model
answered, the public sets in DATA what people say (BABE, NewsMTSC, hyperpartisan, moral_events). The second reading of
a part, news_second_reading.csv, is by a language model too, so alpha of it is self-consistency. Intervals are 90 %,
of a bootstrap: of alpha over items, of the others over articles, sentences with several mentions, or stories.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from framing.evaluation.measures import nearest_class
from framing.labels.agreement import alpha
from framing.metrics import Estimate, Metric, accuracy, auc, estimate, macro_f1, spearman

LABELLED = Path(__file__).resolve().parent.parent / "data" / "labelled"
FILES = ("news_sentences", "news_mentions", "news_articles")
FRAMES = {"C": "conflict", "H": "human_interest", "E": "economic", "M": "morality", "R": "responsibility"}
OPINIONS = {"factual": 0, "mixed": 1, "opinion": 2}
SLANTS = {"left": -1, "": 0, "right": 1}
PLACE = ["id", "start", "stop", "mention_start", "mention_stop"]
CLEARLY = 2  # the level from which a label is a yes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    wording(data)
    stance(data)
    partisanship(data)
    leaning(data)
    self_consistency()


def wording(data: Path) -> None:
    both = controls("loaded", data / "babe.parquet")
    counts("loaded", both["label"], both["biased"])
    yes_or_no(both["biased"], both["label"], both["article_url"])
    both = controls("opinion", data / "babe.parquet").dropna(subset="opinion")
    said = both["opinion"].map(OPINIONS)
    counts("opinion", both["label"], said)
    line("alpha, ordinal", alpha_of(both["label"], said, "ordinal"))


def stance(data: Path) -> None:
    both = controls("stance", data / "newsmtsc.parquet")
    counts("stance", both["label"], both["polarity"])
    sign = np.sign(both["label"])
    macro, _ = nearest_class(3)
    line("macro-F1 of the sign", measured(macro.metric, (both["polarity"] + 1) / 2, (sign + 1) / 2, both["sentence"]))
    line("alpha of the sign, ordinal", alpha_of(sign, both["polarity"], "ordinal"))


def partisanship(data: Path) -> None:
    both = controls("partisan", data / "hyperpartisan.parquet")
    counts("partisan", both["label"], both["hyperpartisan"])
    yes_or_no(both["hyperpartisan"], both["label"], both["id"])


def leaning(data: Path) -> None:
    both = controls("leaning", data / "moral_events.parquet")
    # People went from 0, left, to 4, right: their mean is 1.5 in outlets counted left and 2.2 in those counted right.
    readings = {"model": both["label"], **{f"person {n}": both[f"ideology_{n}"] - 2 for n in (1, 2)}}
    for person in ("person 1", "person 2"):
        counts(f"leaning, {person}", readings["model"], readings[person])
    for one, other in (("model", "person 1"), ("model", "person 2"), ("person 1", "person 2")):
        line(f"alpha of {one} and {other}, ordinal", alpha_of(readings[one], readings[other], "ordinal"))
        line(
            f"rank correlation of {one} and {other}", measured(spearman, readings[other], readings[one], both["story"])
        )


def self_consistency() -> None:
    first = pd.concat([numbers(read(name)) for name in FILES])
    second = numbers(read("news_second_reading"))
    both = second.merge(first, on=["question", *PLACE], suffixes=("_second", "_first"), validate="one_to_one")
    print("\n| question | n | the same | alpha, ordinal |\n|---|---|---|---|")
    for question, rows in both.groupby("question", sort=False):
        same = (rows["label_first"] == rows["label_second"]).mean()
        found = alpha_of(rows["label_first"], rows["label_second"], "ordinal")
        print(f"| {question} | {len(rows)} | {same:.2f} | {found or 'all the same'} |")


def controls(question: str, source: Path) -> pd.DataFrame:
    """The model's answers to one question beside the columns of the set that they are from."""
    found = read("news_controls").query("question == @question and set == @source.stem").astype({"label": int})
    return found.merge(pd.read_parquet(source).drop_duplicates("id"), on="id", validate="one_to_one")


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(LABELLED / f"{name}.csv", dtype=str, keep_default_na=False)


def numbers(lines: pd.DataFrame) -> pd.DataFrame:
    """One line an answer, every answer a number; frames of a sentence are answers of their own."""
    if "question" not in lines:
        lines = lines.reindex(columns=["set", *PLACE, *lines.columns.difference(["set", *PLACE])], fill_value="")
        lines = lines.melt(id_vars=["set", *PLACE], var_name="question", value_name="label")
    frames, rest = lines[lines["question"] == "frames"], lines[lines["question"] != "frames"]
    letters = [
        frames.assign(question=f"{frame}, sentence", label=frames["label"].str.contains(letter).astype(int))
        for letter, frame in FRAMES.items()
    ]
    return pd.concat([rest.assign(label=rest["label"].replace(SLANTS)), *letters]).astype({"label": int})


def yes_or_no(truth: pd.Series, label: pd.Series, groups: pd.Series) -> None:
    line("AUC", measured(auc, truth, label, groups))
    for name, metric in (("macro-F1", macro_f1), ("accuracy", accuracy)):
        line(f"{name} at {CLEARLY} and over", measured(metric, truth, label >= CLEARLY, groups))


def measured(metric: Metric, truth: pd.Series, label: pd.Series, groups: pd.Series) -> Estimate:
    return estimate(metric, truth.to_numpy(float), label.to_numpy(float), groups)


def alpha_of(one: pd.Series, other: pd.Series, metric: str) -> Estimate | None:
    values = np.stack([one, other], axis=1).astype(float)
    return alpha(np.repeat(np.arange(len(values)), 2), values.ravel(), metric)


def counts(question: str, label: pd.Series, people: pd.Series) -> None:
    """Prints how many items have each of the model's answers (rows) and each of the people's (columns)."""
    table = pd.crosstab(label.to_numpy(), people.to_numpy())
    print(f"\n**{question}**, {len(label)} items\n\n| model | " + " | ".join(f"people {name}" for name in table) + " |")
    print("|---" * (1 + table.shape[1]) + "|")
    for level, row in table.iterrows():
        print(f"| {level} | " + " | ".join(map(str, row)) + " |")
    print()


def line(name: str, found: Estimate | None) -> None:
    print(f"- {name}: {found}, n {found.n}" if found else f"- {name}: all the same")


if __name__ == "__main__":
    main()
