"""A labelled set becomes a bundle, as planned: heads on a frozen encoder, or the encoder tuned."""

import shutil

from framing.evaluation.outcome import Evaluation
from framing.training.heads_mode import train_heads
from framing.training.job import Job
from framing.training.plan import Mode


def train(job: Job) -> Evaluation | None:
    """Trains as planned and writes the bundle; gives its figures on what was held out.

    None in all but the first of several processes that tune an encoder together.
    """
    if job.plan.mode is Mode.HEADS:
        found: Evaluation | None = train_heads(job)
    else:
        from framing.training.encoder_mode import train_encoder  # torch takes seconds to load

        found = train_encoder(job)
    if found is not None:
        shutil.rmtree(job.choices.work, ignore_errors=True)
    return found
