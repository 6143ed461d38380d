"""The comparison, from first to last."""

from framing.compare.options import DEFAULT, Options
from framing.compare.result import Comparison
from framing.compare.rows import Corpus


def compare(corpus: Corpus, options: Options = DEFAULT) -> Comparison:
    """The groups of a corpus set against each other.

    Raises
    ------
    InputError
        Fewer than two groups with articles, more than one bundle, or a column that is not there.
    """
    raise NotImplementedError(f"{corpus.name} by {options.by}")
