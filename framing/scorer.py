"""The whole flow: article → markers, token states, actors → scores of axes and actors with their evidence."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np

from framing.actors.find import find
from framing.article import Article, Document, Failure, Span
from framing.article_evidence import Treated, article_score, treated
from framing.article_head import ArticleHead
from framing.bundle import Bundle, load_bundle
from framing.config import default_bundle
from framing.errors import BundleError, FramingError
from framing.evidence import Encoded, axis_score, hits_of
from framing.features.markers import MarkerFinder, one_sentence
from framing.features.stance import actor_scores
from framing.head_arrays import Head
from framing.mentions import judgements, names_in
from framing.neural.encoder import Encoder
from framing.scores import ActorScore, ArticleScore, AxisScore, Judgement, Marker
from framing.seeds import Lexicon
from framing.seeds.actors import Catalogue
from framing.text import article_of
from framing.text.passages import Passage, passages
from framing.types import Bools, Floats, Ints

NO_ACTOR = "no named actor was found"
NO_ACTOR_HEADS = "this bundle finds no actors: its encoder was tuned without names and stances"


class Scorer:
    """Scores articles with one bundle; what it says of an article depends on nothing else it has seen.

    Parameters
    ----------
    bundle : a loaded bundle; the one that ships when left out.
    own : the user's own lexicons: found and listed, contributing nothing.
    threads : batches encoded side by side; 0 is one a core.
    encoder : the bundle's encoder, if it is being read already.
    with_actors : whether actors are looked for even where no head reads them; scoring is a little quicker without.
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
        self._shipped = self.bundle.catalogue()
        self.with_actors = with_actors
        self.catalogue = self._shipped.with_own(actors) if actors else self._shipped

    @property
    def encoder(self) -> Encoder:
        """The bundle's encoder, waited for if it is still being read."""
        return self._encoder.result()

    def score(self, article: Article) -> ArticleScore:
        """Everything this bundle says of one article."""
        markers = self.finder.find(article)
        encoded = self.encode(list(passages(article)), markers)
        actors = self.actors(article, encoded) if self.with_actors or self._reads_actors else ()
        mentions = self._mentions(article, encoded, actors) if self._reads_actors else ()
        axes = {name: self._axis(article, encoded, head, mentions) for name, head in self.bundle.heads.items()}
        axes |= self._of_outlets(axes)
        notes = [*article.notes, *self.catalogue.notes, *_notes(markers)]
        if self.with_actors and not actors:
            notes.append(
                "no named actor was found" if self.finds_actors else "this bundle was trained to find no actors"
            )
        return ArticleScore(self.bundle.name, article, axes, markers, tuple(notes), actors)

    def _mentions(
        self, article: Article, encoded: Sequence[Encoded], actors: Sequence[ActorScore]
    ) -> Sequence[Treated]:
        """What heads read of the actors; the user's own have no say in a score."""
        closed = actors if self.catalogue is self._shipped else self._found(article, encoded, self._shipped)
        return treated(closed, self.sides)

    @property
    def sides(self) -> Mapping[str, int]:
        """The sides that the bundle's own actors are of, as in `Catalogue.sides`."""
        return self._shipped.sides

    def _axis(self, article: Article, encoded: Sequence[Encoded], head: Head, mentions: Sequence[Treated]) -> AxisScore:
        if isinstance(head, ArticleHead):
            score = self._with_labels(article_score(article, encoded, head, mentions), head.bounds)
        else:
            score = axis_score(article, encoded, head)
        return self.bundle.reference.placed(score) if self.bundle.reference else score

    def _with_labels(self, score: AxisScore, bounds: tuple[float, float]) -> AxisScore:
        sets = self.bundle.label_sets.get(score.axis)
        if sets is None or score.value is None:
            return score
        low, high = bounds
        return replace(score, label_set=sets.of((score.value - low) / (high - low)))

    def _of_outlets(self, axes: Mapping[str, AxisScore]) -> dict[str, AxisScore]:
        """The axis that the chances of classes of outlets are shown with, where all axes that tell them have values."""
        classes = self.bundle.outlet_classes
        if classes is None or any(name not in axes or axes[name].value is None for name in classes.axes):
            return {}
        first = classes.axes[0]
        chances = classes.chances({name: axes[name].raw for name in classes.axes})
        return {first: replace(axes[first], outlet_chances=chances)}

    @property
    def finds_actors(self) -> bool:
        """Whether the bundle has heads for names and stance."""
        return self.bundle.names is not None and self.bundle.target is not None

    @property
    def _reads_actors(self) -> bool:
        return any(isinstance(head, ArticleHead) and head.reads_actors for head in self.bundle.heads.values())

    def actors(self, article: Article, encoded: Sequence[Encoded]) -> tuple[ActorScore, ...]:
        """The actors of an encoded article, and how it treats each; none by a bundle without heads for them."""
        return self._found(article, encoded, self.catalogue)

    def _found(self, article: Article, encoded: Sequence[Encoded], known: Catalogue) -> tuple[ActorScore, ...]:
        if self.bundle.names is None or self.bundle.target is None:
            return ()
        found = find(article, names_in(encoded, self.bundle.names), known)
        return actor_scores(article, found, judgements(found, encoded, self.bundle.target), known)

    def judge(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[list[Judgement]]:
        """The judgement of every span of each text; a text is encoded once, whole, whoever speaks in it.

        Raises
        ------
        BundleError
            The bundle has no head for stances.
        """
        if self.bundle.target is None:
            raise BundleError(f"{self.bundle.folder}: this bundle judges no stances; give one that does")
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

    def probabilities(self, texts: Sequence[str]) -> dict[str, Floats]:
        """The probability on each axis of sentences read alone, in the journalist's voice; shape (n_texts,)."""
        markers = [self.finder.find(one_sentence(text)) for text in texts]
        states = [token.states for token in self.encoder.encode(texts)]
        return {
            name: np.array([head.alone(s, hits_of(m, head), t) for s, m, t in zip(states, markers, texts, strict=True)])
            for name, head in self.bundle.heads.items()
        }

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
