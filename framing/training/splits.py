"""Folds in which rows of one group are never on both sides: the same that evaluation cross-fits its baselines in."""

from framing.evaluation.folds import grouped_folds, random_folds

__all__ = ["grouped_folds", "random_folds"]
