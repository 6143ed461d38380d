"""Adapts the base encoder to news: the encoder that training the default bundle starts from.

    python scripts/adapt.py DATA --out models/adapted.safetensors

Minutes on a GPU. On two cores it takes about a day; `--stages` keeps it every hundred steps, and it goes on from there.
"""

import argparse
import time
from pathlib import Path

import numpy as np

from framing.neural.torch_encoder import BASE, load_encoder, load_tokenizer
from framing.training.adapt import Adaptation, adapt, stream_of, write
from framing.training.rows import records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder of article_bias.parquet")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=13_600, help="texts that are read, drawn at random")
    parser.add_argument("--steps", type=int, default=Adaptation.n_steps)
    parser.add_argument("--stages", type=Path, default=Path("runs/adapted"))
    options = parser.parse_args()
    texts = [record["text"] for record in records(options.data / "article_bias.parquet")]
    chosen = np.random.default_rng(0).permutation(len(texts))[: options.articles]
    tokenizer, encoder = load_tokenizer(BASE), load_encoder(BASE)
    stream = stream_of((texts[index] for index in chosen), tokenizer)
    print(f"{len(stream)} tokens of {len(chosen)} articles")
    adapt(encoder, tokenizer, stream, Adaptation(options.steps), options.stages, say)
    write(encoder, options.out)


def say(step: int, loss: float) -> None:
    if step % 50 == 0:
        print(f"{time.strftime('%H:%M:%S')} step {step}, loss of a masked word {loss:.3f}", flush=True)


if __name__ == "__main__":
    main()
