"""Anything a user has (file, folder, URL, standard input, table) to documents with provenance."""

from framing.ingest.options import ReadOptions
from framing.ingest.sources import count, is_batch, read

__all__ = ["ReadOptions", "count", "is_batch", "read"]
