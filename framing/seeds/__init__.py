"""Lexicons: what a seed file says, read strictly, and the compiled copy a bundle carries (docs/lexicons.md)."""

from framing.seeds.inflect import surfaces
from framing.seeds.lexicon import Example, Lexicon, Term, from_json, n_surfaces, n_terms, to_json
from framing.seeds.load import load_folder, load_lexicon

__all__ = [
    "Example",
    "Lexicon",
    "Term",
    "from_json",
    "load_folder",
    "load_lexicon",
    "n_surfaces",
    "n_terms",
    "surfaces",
    "to_json",
]
