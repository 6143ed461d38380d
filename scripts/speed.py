"""Speed as ratios to references of the same run, so that the machine matters little.

    python scripts/speed.py [ARTICLE …]

- cold start: a whole `framing score ARTICLE` in a fresh process, against a fresh process that imports onnxruntime;
- pipeline: all of scoring, warm, against the encoder's forward passes alone;
- actors: naming, grouping and stance, warm, against the same passes: by processor time on one thread, and by the clock,
  where the passes run on all cores and the actors on one;
- stance as other tools have it: a RoBERTa-base of random weights (only time is measured), one forward pass a mention,
  one by one; needs the extra `train`.

Training has a script of its own, `training_speed.py`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import framing.cli  # noqa: F401  sets the threads and the garbage collection of the program
from framing.article import Document
from framing.ingest import read
from framing.scorer import Scorer
from framing.scores import ActorScore
from framing.text import article_of
from framing.text.passages import passages

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 15


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [ROOT / "data" / "sample_story" / "left.txt"]
    print("| what | framing | reference | ratio |\n|---|---|---|---|")
    for path in paths:
        cold(path)
    warm(paths)
    actors(paths)


def cold(path: Path) -> None:
    """A cold process on one article against a cold import of onnxruntime."""
    words = len(path.read_text("utf-8", "replace").split())
    program = Path(sys.executable).with_name("framing")
    command = [str(program)] if program.is_file() else [sys.executable, "-m", "framing.cli"]
    score = [*command, "score", str(path), "--out", os.devnull]
    bare = [sys.executable, "-c", "import onnxruntime"]
    mine, reference = alternately(lambda: spawn(score), lambda: spawn(bare))
    row(f"cold process, {path.name}, {words} words: against `import onnxruntime`", mine, reference)


def warm(paths: list[Path]) -> None:
    """Scoring in a running process against the forward passes it contains."""
    scorer = Scorer()
    documents = [item for path in paths for item in read(str(path)) if isinstance(item, Document)]
    texts = [[part.text for part in passages(article_of(document))] for document in documents]
    n_tokens = sum(len(token.offsets) for batch in texts for token in scorer.encoder.encode(batch))
    mine, reference = alternately(
        lambda: [scorer.score(article_of(document)) for document in documents],
        lambda: [scorer.encoder.encode(batch) for batch in texts],
    )
    row("warm process: against the encoder alone", mine, reference)
    print(f"\n{n_tokens / reference:,.0f} tokens/s through the encoder, {n_tokens / mine:,.0f} through all of scoring")


def actors(paths: list[Path]) -> None:
    """Finding and judging the actors against the encoder's passes, and against a network called for each mention."""
    scorer = Scorer(threads=1)
    articles = [article_of(item) for path in paths for item in read(str(path)) if isinstance(item, Document)]
    encoded = [scorer.encode(list(passages(article)), ()) for article in articles]
    texts = [[part.passage.text for part in parts] for parts in encoded]

    def all_actors() -> list[tuple[ActorScore, ...]]:
        return [scorer.actors(article, parts) for article, parts in zip(articles, encoded, strict=True)]

    what = "warm process, names, grouping and stance: against the encoder alone"
    one_core = alternately(all_actors, lambda: [scorer.encoder.encode(batch) for batch in texts], time.process_time)
    row(f"{what}, processor time", *one_core)
    all_cores = Scorer().encoder
    mine, reference = alternately(all_actors, lambda: [all_cores.encode(batch) for batch in texts])
    row(f"{what}, by the clock on all cores", mine, reference)
    scored = all_actors()
    judged = [
        (article.sentences[line.sentence].span.of(article.text), line.span.of(article.text))
        for article, found in zip(articles, scored, strict=True)
        for actor in found
        for line in actor.evidence
        if line.stance is not None and line.sentence >= 0
    ]
    each = per_mention(judged)
    what = f"stance toward {len(judged)} mentions, encoder included: against RoBERTa-base a mention"
    row(what, mine + reference, each)


def per_mention(judged: list[tuple[str, str]]) -> float:
    """Seconds of one forward pass of a RoBERTa-base for each (sentence, mention); weights and tokens are random."""
    import torch
    from transformers import RobertaConfig, RobertaForSequenceClassification

    torch.set_num_threads(os.cpu_count() or 1)
    model = RobertaForSequenceClassification(RobertaConfig(num_labels=3, max_position_embeddings=514)).eval()
    lengths = [len(sentence) // 4 + len(mention) // 4 + 4 for sentence, mention in judged]
    start = time.perf_counter()
    with torch.inference_mode():
        for length in lengths:
            model(torch.randint(5, 50_000, (1, min(length, 512))))
    return time.perf_counter() - start


def alternately(
    one: Callable[[], object], other: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> tuple[float, float]:
    """Median seconds of both, measured in turn after one unmeasured round."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(REPEATS + 1):
        for what, seconds in zip((one, other), taken, strict=True):
            start = clock()
            what()
            seconds.append(clock() - start)
    return median(taken[0][1:]), median(taken[1][1:])


def spawn(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def row(what: str, mine: float, reference: float) -> None:
    print(f"| {what} | {1000 * mine:.0f} ms | {1000 * reference:.0f} ms | {mine / reference:.2f} |", flush=True)


if __name__ == "__main__":
    main()
