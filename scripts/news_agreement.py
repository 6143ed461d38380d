"""How the labels of news agree with people's, and how steadily they were given, as Markdown.

    python scripts/news_agreement.py DATA

Among the items lay some that people had labelled, unmarked: data/labelled/news_controls.csv has what the model
answered, the public sets in DATA what people say (BABE, NewsMTSC, hyperpartisan, moral_events). The second reading of
a part, news_second_reading.csv, is by a language model too, so alpha of it is self-consistency. Intervals are 90 %,
of a bootstrap: of alpha over items, of the others over articles, sentences of several mentions, stories or publishers.

Votes for a stance are read as training reads them, by four constants that were fitted on the very mentions on which
they are held against people; so the figures are given cross-fitted, too: constants of four fifths of the sentences.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from framing.evaluation.measures import nearest_class
from framing.labels.agreement import alpha
from framing.metrics import Estimate, Metric, accuracy, auc, estimate, macro_f1, spearman
from framing.outlets import canonical_outlet
from framing.training.news_labels import stance_chances
from framing.types import Floats, Ints

LABELLED = Path(__file__).resolve().parent.parent / "data" / "labelled"
FILES = ("news_sentences", "news_mentions", "news_articles")
FRAMES = {"C": "conflict", "H": "human_interest", "E": "economic", "M": "morality", "R": "responsibility"}
OPINIONS = {"factual": 0, "mixed": 1, "opinion": 2}
SLANTS = {"left": -1, "": 0, "right": 1}
PLACE = ["id", "start", "stop", "mention_start", "mention_stop"]
CLEARLY, HALF = 2, 5  # the level, and the votes of ten, from which a label is a yes
SIDE = 2  # the votes by which one side must be ahead to be called
STANCES, VOTES = ["negative", "positive"], ["left_votes", "right_votes"]
N_FOLDS = 5
WHICH = ("second", "first")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    wording(data)
    stance(data)
    partisanship(data)
    leaning(data)
    outlets(data)
    self_consistency()


def wording(data: Path) -> None:
    for question, yes in (("loaded", CLEARLY), ("loaded_votes", HALF)):
        both = controls(question, data / "babe.parquet")
        counts(question, both["label"], both["biased"])
        yes_or_no(both["biased"], both["label"], both["article_url"], yes)
    for question in ("opinion", "opinion_votes"):
        both = controls(question, data / "babe.parquet").dropna(subset="opinion")
        said = both["opinion"].map(OPINIONS)
        counts(question, both["label"], said)
        line("rank correlation", measured(spearman, said, both["label"], both["article_url"]))
        if question == "opinion":
            line("alpha, ordinal", alpha_of(both["label"], said, "ordinal"))


def stance(data: Path) -> None:
    found = votes_of(read("news_controls").query("set == 'newsmtsc'"), ["id"], STANCES)
    both = found.merge(pd.read_parquet(data / "newsmtsc.parquet").drop_duplicates("id"), on="id", validate="one_to_one")
    votes, truth = both[STANCES].to_numpy(), both["polarity"].to_numpy(int) + 1
    ways = {"as in training": stance_chances(votes), "cross-fitted": cross_fitted(votes, truth, both["sentence"])}
    counts("stance", called(votes), both["polarity"])
    most = np.stack((votes[:, 0], 10 - votes.sum(axis=1), votes[:, 1]), axis=1).argmax(axis=1) - 1
    line("macro-F1 of what has most votes", f1_of(both["polarity"], most, both["sentence"]))
    alone = both.groupby("sentence")["id"].transform("size").to_numpy() == 1
    parts = {"": np.full(len(both), True), ", alone in its sentence": alone, ", one of several": ~alone}
    for way, chances in ways.items():
        said = chances.argmax(axis=1) - 1
        for which, rows in parts.items():
            line(f"macro-F1, {way}{which}", f1_of(both["polarity"][rows], said[rows], both["sentence"][rows]))
        loss = pd.Series(-np.log(chances[np.arange(len(truth)), truth]))
        line(f"log loss, {way}", measured(lambda _, lost: float(lost.mean()), loss, loss, both["sentence"]))
    line("alpha, as in training, ordinal", alpha_of(pd.Series(called(votes)), both["polarity"], "ordinal"))


def cross_fitted(votes: Ints, truth: Ints, sentences: pd.Series) -> Floats:
    """Chances by constants fitted on the sentences of the other folds."""
    folds, found = pd.factorize(sentences)[0] % N_FOLDS, np.zeros((len(truth), 3))

    def loss(constants: Floats, rows: Ints) -> float:
        scale, root, *offsets = constants
        chances = stance_chances(votes[rows], (scale, root**2, *offsets))
        return float(-np.log(chances[np.arange(len(rows)), truth[rows]]).mean())

    for fold in range(N_FOLDS):
        fit = minimize(
            loss, (1.0, 0.3, 0.0, 0.0), np.flatnonzero(folds != fold), "Nelder-Mead", options={"maxiter": 2000}
        )
        scale, root, *offsets = fit.x
        found[folds == fold] = stance_chances(votes[folds == fold], (scale, root**2, *offsets))
    return found


def partisanship(data: Path) -> None:
    for question, yes in (("partisan", CLEARLY), ("partisan_votes", HALF)):
        both = controls(question, data / "hyperpartisan.parquet")
        counts(question, both["label"], both["hyperpartisan"])
        yes_or_no(both["hyperpartisan"], both["label"], both["id"], yes)


def leaning(data: Path) -> None:
    both = controls("leaning", data / "moral_events.parquet")
    votes = votes_of(read("news_controls").query("set == 'moral_events'"), ["id"], VOTES)
    votes = both[["id"]].merge(votes, on="id", validate="one_to_one")
    model = {"levels": both["label"], "votes": votes["right_votes"] - votes["left_votes"]}
    # People went from 0, left, to 4, right: their mean is 1.5 in outlets counted left and 2.2 in those counted right.
    people = {f"person {n}": both[f"ideology_{n}"] - 2 for n in (1, 2)}
    sides = {"levels": np.sign(both["label"]), "votes": side(votes)}
    for person, said in people.items():
        counts(f"leaning, {person}", both["label"], said)
        counts(f"side by votes, {person}", sides["votes"], said)
        line(f"alpha of levels and {person}, ordinal", alpha_of(both["label"], said, "ordinal"))
        for name, label in model.items():
            line(f"rank correlation of {name} and {person}", measured(spearman, said, label, both["story"]))
            line(f"alpha of side by {name} and of {person}", alpha_of(sides[name], np.sign(said), "ordinal"))
    one, other = people.values()
    line("alpha of the people, ordinal", alpha_of(one, other, "ordinal"))
    line("alpha of the people's sides", alpha_of(np.sign(one), np.sign(other), "ordinal"))
    line("rank correlation of the people", measured(spearman, other, one, both["story"]))
    for name, label in model.items():
        line(f"rank correlation of {name} and the people's mean", measured(spearman, one + other, label, both["story"]))


def outlets(data: Path) -> None:
    """Three sides against what the set says of the outlet: no label of the article, but one that no model gave."""
    labelled = read("news_articles").astype({name: int for name in ("leaning", *VOTES)})
    known = pd.read_parquet(data / "article_bias.parquet", columns=["id", "outlet", "bias"]).drop_duplicates("id")
    both = labelled.merge(known, on="id", validate="one_to_one")
    truth = both["bias"].map({"left": -1, "center": 0, "right": 1})
    for name, said in (("levels", np.sign(both["leaning"])), ("votes", side(both))):
        counts(f"side by {name}", said, truth)
        line(f"macro-F1 of side by {name}", f1_of(truth, said, both["outlet"].map(canonical_outlet)))


def self_consistency() -> None:
    first = pd.concat([numbers(read(name)) for name in FILES])
    second = numbers(read("news_second_reading"))
    both = second.merge(
        first, on=["question", *PLACE], suffixes=[f"_{which}" for which in WHICH], validate="one_to_one"
    )
    print("\n| question | n | the same | alpha, ordinal |\n|---|---|---|---|")
    for question, rows in both.groupby("question", sort=False):
        same = (rows["label_first"] == rows["label_second"]).mean()
        found = alpha_of(rows["label_first"], rows["label_second"], "ordinal")
        print(f"| {question} | {len(rows)} | {same:.2f} | {found or 'all the same'} |")
    for name, questions, call in (
        ("stance called", STANCES, lambda votes: pd.Series(called(votes.to_numpy()))),
        ("side by votes", VOTES, side),
    ):
        votes = [votes_of(lines, PLACE, questions).set_index(PLACE) for lines in (second, first)]
        again, before = (call(lines.loc[votes[0].index].reset_index(drop=True)) for lines in votes)
        print(f"| {name} | {len(again)} | {(again == before).mean():.2f} | {alpha_of(before, again, 'ordinal')} |")


def votes_of(answers: pd.DataFrame, place: list[str], questions: list[str]) -> pd.DataFrame:
    """The votes on each mention or article side by side: `place`, and a column for each question."""
    found = answers[answers["question"].isin(questions)].pivot(index=place, columns="question", values="label")
    return found.astype(int).reset_index()


def side(votes: pd.DataFrame) -> pd.Series:
    """-1 or 1 where the left or the right is ahead by two votes or more, else 0."""
    ahead = votes["right_votes"] - votes["left_votes"]
    return np.sign(ahead).where(ahead.abs() >= SIDE, 0)


def called(votes: Ints) -> Ints:
    """The likeliest stance by the votes as training reads them, -1 to 1."""
    return np.asarray(stance_chances(votes).argmax(axis=-1) - 1)


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


def yes_or_no(truth: pd.Series, label: pd.Series, groups: pd.Series, yes: int) -> None:
    line("AUC", measured(auc, truth, label, groups))
    for name, metric in (("macro-F1", macro_f1), ("accuracy", accuracy)):
        line(f"{name} at {yes} and over", measured(metric, truth, label >= yes, groups))


def f1_of(truth: pd.Series, said: pd.Series | Ints, groups: pd.Series) -> Estimate:
    """Macro-F1 of stances or sides, -1 to 1."""
    macro, _ = nearest_class(3)
    return estimate(macro.metric, (truth.to_numpy(float) + 1) / 2, (np.asarray(said) + 1) / 2, groups)


def measured(metric: Metric, truth: pd.Series, label: pd.Series, groups: pd.Series) -> Estimate:
    return estimate(metric, truth.to_numpy(float), label.to_numpy(float), groups)


def alpha_of(one: pd.Series, other: pd.Series, metric: str) -> Estimate | None:
    values = np.stack([one, other], axis=1).astype(float)
    return alpha(np.repeat(np.arange(len(values)), 2), values.ravel(), metric)


def counts(question: str, label: pd.Series | Ints, people: pd.Series) -> None:
    """Prints how many items have each of the model's answers (rows) and each of the people's (columns)."""
    table = pd.crosstab(np.asarray(label), people.to_numpy())
    print(f"\n**{question}**, {len(label)} items\n\n| model | " + " | ".join(f"people {name}" for name in table) + " |")
    print("|---" * (1 + table.shape[1]) + "|")
    for level, row in table.iterrows():
        print(f"| {level} | " + " | ".join(map(str, row)) + " |")
    print()


def line(name: str, found: Estimate | None) -> None:
    print(f"- {name}: {found}, n {found.n}" if found else f"- {name}: all the same")


if __name__ == "__main__":
    main()
