"""Scores of many articles as one Parquet file, text included: written as they come, read without loading them all."""

from framing.corpus.reader import Scores, is_scores, open_scores
from framing.corpus.writer import write_scores

__all__ = ["Scores", "is_scores", "open_scores", "write_scores"]
