"""Labelled sets in the formats people have them in: rows with targets, scales, and what is wrong with them."""
