"""Evaluation: a bundle and labelled rows become figures with intervals, beside baselines and another bundle."""
