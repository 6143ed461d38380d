"""Anything a user has (file, folder, URL, standard input, table) to documents with provenance."""

from framing.ingest.options import ReadOptions
from framing.ingest.sources import count, count_all, is_batch, read, read_all

__all__ = ["ReadOptions", "count", "count_all", "is_batch", "read", "read_all"]
