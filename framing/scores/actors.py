"""The judgement of a mention, the score of an actor, and its JSON."""

from dataclasses import dataclass
from typing import Any

from framing.article import Article, Span, Voice
from framing.errors import UsageError
from framing.scores.axes import span_dict

TITLE = -1


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one passage treats an actor it mentions.

    Attributes
    ----------
    negative, neutral, positive : calibrated probabilities of the stance toward the mention; they sum to 1.
    harms, harmed, helps, helped : probabilities, each by itself, that the actor does harm there, suffers it, helps, is
        helped.
    """

    negative: float
    neutral: float
    positive: float
    harms: float
    harmed: float
    helps: float
    helped: float

    @property
    def stance(self) -> float:
        """From -1, against, to 1, for."""
        return self.positive - self.negative


@dataclass(frozen=True, slots=True)
class ActorEvidence:
    """One mention of an actor.

    Attributes
    ----------
    span : the mention.
    sentence : index in `Article.sentences`; -1 is the headline.
    stance : toward the actor there; None where it was not judged, since there are too few words.
    voice : of the words the mention stands in.
    speaker : whose those words are, or whose judgement the journalist reports there; None where it is the journalist's
        or the text does not say.
    how : by what it is mentioned: "name", "office" or "pronoun".
    weight : of `stance` in the actor's; 0 for what is not in it, else the weights of an actor sum to 1.
    """

    span: Span
    sentence: int
    stance: float | None
    voice: Voice
    speaker: str | None = None
    how: str = "name"
    weight: float = 0.0

    @property
    def narrated(self) -> bool:
        """Whether the stance there is the journalist's own."""
        return self.voice is Voice.JOURNALIST and self.speaker is None


@dataclass(frozen=True, slots=True)
class SpeakerStance:
    """The mean stance of one speaker of the article toward an actor, over `n` sentences."""

    name: str
    stance: float
    n: int


@dataclass(frozen=True, slots=True)
class ActorScore:
    """How an article treats one actor (docs/stance.md).

    Attributes
    ----------
    id, name, kind, known : as in `framing.actors.mention.Actor`.
    stance : in the journalist's voice, from -1 to 1; None, with `why_null`, when there is too little to tell.
    low, high : the 90 % interval, None under three sentences.
    n : the journalist's sentences that `stance` is the mean of, or that were too few for it.
    quoted_stance, n_quoted : the same for what others say, quoted or reported.
    share_of_voice : in [0, 1]; None when nobody is quoted.
    role : "harms", "harmed", "victim", "antagonist", "protagonist" or None.
    title_stance : the journalist's in the headline.
    speakers : who in the article says so, the most frequent first.
    evidence : every mention, in order of the text.
    """

    id: str
    name: str
    kind: str
    known: bool
    stance: float | None
    low: float | None = None
    high: float | None = None
    why_null: str | None = None
    n: int = 0
    quoted_stance: float | None = None
    n_quoted: int = 0
    n_mentions: int = 0
    share_of_voice: float | None = None
    role: str | None = None
    title_stance: float | None = None
    speakers: tuple[SpeakerStance, ...] = ()
    evidence: tuple[ActorEvidence, ...] = ()

    def __post_init__(self) -> None:
        if (self.stance is None) != (self.why_null is not None):
            raise UsageError(f"actor {self.id}: a null stance needs why_null, a stance must not have it")


def actor_dict(score: ActorScore, article: Article) -> dict[str, Any]:
    """A score as JSON."""
    return {
        "id": score.id,
        "name": score.name,
        "kind": score.kind,
        "known": score.known,
        "stance": score.stance,
        "low": score.low,
        "high": score.high,
        "why_null": score.why_null,
        "n": score.n,
        "title_stance": score.title_stance,
        "quoted_stance": score.quoted_stance,
        "n_quoted": score.n_quoted,
        "n_mentions": score.n_mentions,
        "share_of_voice": score.share_of_voice,
        "role": score.role,
        "speakers": [{"name": one.name, "stance": one.stance, "n": one.n} for one in score.speakers],
        "evidence": [_evidence_dict(row, article) for row in score.evidence],
    }


def _evidence_dict(row: ActorEvidence, article: Article) -> dict[str, Any]:
    sentence = article.title if row.sentence == TITLE else article.sentences[row.sentence]
    assert sentence is not None
    return {
        **span_dict(sentence.span, article.text),
        "mention": span_dict(row.span, article.text),
        "sentence": row.sentence,
        "stance": row.stance,
        "weight": row.weight,
        "voice": row.voice.value,
        "speaker": row.speaker,
        "how": row.how,
    }
