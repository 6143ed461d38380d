"""The whole flow: article → markers, token states, actors → scores of axes and actors with their evidence."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import numpy as np

from framing.actors.find import find
from framing.article import Article, Document, Failure, Span
from framing.bundle import Bundle, load_bundle
from framing.config import default_bundle
from framing.errors import FramingError
from framing.evidence import Encoded, axis_score
from framing.features.markers import MarkerFinder
from framing.features.stance import actor_scores
from framing.mentions import judgements, names_in
from framing.neural.encoder import Encoder
from framing.scores import ActorScore, ArticleScore, Judgement, Marker
from framing.seeds import Lexicon
from framing.text import article_of
from framing.text.passages import Passage, passages
from framing.types import Bools, Ints


class Scorer:
    """Scores articles with one bundle; what it says of an article depends on nothing else it has seen.

    Parameters
    ----------
    bundle : a loaded bundle; the one that ships when left out.
    own : the user's own lexicons: found and listed, contributing nothing.
    threads : batches encoded side by side; 0 is one a core.
    encoder : the bundle's encoder, if it is being read already.
    with_actors : whether actors are looked for; without them scoring is a little quicker.
    actors : a file of the user's own actors, who win over the bundle's where both have an id or a name.
    """

    def __init__(
        self,
        bundle: Bundle | None = None,
        own: Sequence[Lexicon] = (),
        threads: int = 0,
        encoder: Future[Encoder] | None = None,
        actors: Path | None = None,
        with_actors: bool = True,
    ):
        self.bundle = bundle or load_bundle(default_bundle())
        self._encoder = encoder or self.bundle.encoder(threads)
        self.finder = MarkerFinder(self.bundle.lexicons, own)
        catalogue = self.bundle.catalogue()
        self.with_actors = with_actors
        self.catalogue = catalogue.with_own(actors) if actors else catalogue

    @property
    def encoder(self) -> Encoder:
        """The bundle's encoder, waited for if it is still being read."""
        return self._encoder.result()

    def score(self, article: Article) -> ArticleScore:
        """Everything this bundle says of one article."""
        markers = self.finder.find(article)
        encoded = self.encode(list(passages(article)), markers)
        reference = self.bundle.reference
        axes = {
            name: axis_score(article, encoded, head, reference.quantiles[name] if reference else None)
            for name, head in self.bundle.heads.items()
        }
        actors = self.actors(article, encoded) if self.with_actors else ()
        notes = [*article.notes, *self.catalogue.notes, *_notes(markers)]
        if self.with_actors and not actors:
            notes.append("no named actor was found")
        return ArticleScore(self.bundle.name, article, axes, markers, tuple(notes), actors)

    def actors(self, article: Article, encoded: Sequence[Encoded]) -> tuple[ActorScore, ...]:
        """The actors of an encoded article, and how it treats each."""
        found = find(article, names_in(encoded, self.bundle.names), self.catalogue)
        return actor_scores(article, found, judgements(found, encoded, self.bundle.target), self.catalogue)

    def judge(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[list[Judgement]]:
        """The judgement of every span of each text; a text is encoded once, whole, whoever speaks in it."""
        states = self.encoder.encode(texts)
        covered = [
            [_covered(token.offsets, span) for span in wanted] for token, wanted in zip(states, spans, strict=True)
        ]
        return self.bundle.target.judge([token.states for token in states], covered)

    def encode(self, parts: Sequence[Passage], markers: Sequence[Marker]) -> list[Encoded]:
        """Every passage with its token states and its markers: one pass of the encoder."""
        states = self.encoder.encode([part.text for part in parts])
        starts = [marker.span.start for marker in markers]
        return [
            Encoded(part, token.states, token.offsets, _inside(part, markers, starts))
            for part, token in zip(parts, states, strict=True)
        ]

    def score_documents(
        self, documents: Iterable[Document | Failure], force: bool = False
    ) -> Iterator[ArticleScore | Failure]:
        """A score or a failure for each document, in order; one that fails does not stop the rest."""
        for document in documents:
            yield document if isinstance(document, Failure) else self._score_or_failure(document, force)

    def score_all(
        self, documents: Iterable[Document | Failure], force: bool = False
    ) -> Iterator[ArticleScore | Failure]:
        """The same, but an article that cannot be scored raises `InputError`."""
        for document in documents:
            yield document if isinstance(document, Failure) else self.score(article_of(document, force=force))

    def _score_or_failure(self, document: Document, force: bool) -> ArticleScore | Failure:
        try:
            return self.score(article_of(document, force=force))
        except FramingError as error:
            return Failure(document.id, error.kind, str(error))


def score_text(text: str, bundle: Path | None = None) -> ArticleScore:
    """The score of a text by the bundle in a folder, the default one when left out."""
    return Scorer(load_bundle(bundle or default_bundle())).score(article_of(Document("text", text)))


def _inside(passage: Passage, markers: Sequence[Marker], starts: Sequence[int]) -> tuple[Marker, ...]:
    return tuple(
        marker
        for _, span in passage.pieces
        for marker in markers[bisect_left(starts, span.start) : bisect_right(starts, span.stop)]
        if span.contains(marker.span)
    )


def _covered(offsets: Ints, span: Span) -> Bools:
    return np.asarray((offsets[:, 0] < span.stop) & (offsets[:, 1] > span.start))


def _notes(markers: Sequence[Marker]) -> Iterator[str]:
    n_own = sum(marker.own for marker in markers)
    if n_own:
        yield f"{n_own} hits of your own lexicons are listed; they contribute 0 until a bundle is trained with them"
