"""Articles scored into a file, or the file of scores that a user already has."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from framing.article import Failure
from framing.bundle import load_bundle
from framing.corpus.reader import Scores, is_scores, open_scores
from framing.corpus.writer import write_scores
from framing.errors import UsageError
from framing.ingest import read_all
from framing.scorer import Scorer
from framing.scores import ArticleScore

Result = ArticleScore | Failure
Track = Callable[[Iterable[Result]], Iterable[Result]]


def has_scores(sources: Sequence[str]) -> bool:
    """Whether the sources are one scores file.

    Raises
    ------
    UsageError
        A scores file stands among other sources.
    """
    found = [source for source in sources if is_scores(Path(source))]
    if found and len(sources) > 1:
        raise UsageError(f"{found[0]}: a scores file among other sources; give it alone, or score all into one file")
    return bool(found)


def score_into(path: Path, sources: Sequence[str], bundle: Path, track: Track) -> Scores:
    """The scores file at `path`, written anew with the scores of all sources.

    Parameters
    ----------
    track : passes the scores on as they come; a progress bar.
    """
    scorer = Scorer(load_bundle(bundle))
    reference = scorer.bundle.reference.phrase if scorer.bundle.reference else ""
    scored = scorer.score_documents(read_all(sources))
    write_scores(track(scored), path, scorer.bundle.axes, reference, scorer.bundle.manifest)
    return open_scores(path)
