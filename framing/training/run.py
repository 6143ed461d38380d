"""A labelled set becomes a bundle, as planned."""

import shutil

from framing.evaluation.outcome import Evaluation
from framing.training.heads_mode import train_heads
from framing.training.job import Job


def train(job: Job) -> Evaluation:
    """Trains as planned and writes the bundle; gives its figures on what was held out."""
    found = train_heads(job)
    shutil.rmtree(job.choices.work, ignore_errors=True)
    return found
