"""Training: rows, folds, fine-tuning, heads, export, card."""
