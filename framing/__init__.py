"""Scores how a news article frames its story, and shows the words that made each score."""

__version__ = "0.7.0"
