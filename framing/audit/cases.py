"""Own cases: hard sentences with the answer of a careful reader, put to the head alone and to the whole pipeline."""

from collections.abc import Sequence

import numpy as np

from framing.article import Document, Span
from framing.audit.material import KINDS, Case
from framing.audit.outcome import Answers, Cases, Judged, KindOfCase
from framing.audit.reading import judge
from framing.audit.statistics import classes, macro_f1, share
from framing.scorer import Scorer
from framing.text import article_of

# An article around a case: it has no actor of its own, and enough prose to be scored.
BEFORE = (
    "In brief\n\nThe weather stayed dry for most of the week, with some fog in the early mornings. Traffic was light, "
    "and the ferries kept to the timetable of the summer. Repairs to the bridge went on, with one lane closed at "
    "night.\n\n"
)
AFTER = (
    "\n\nThe outlook for the coming days is little changed, with light winds and a chance of showers by the weekend."
)
OVERALL = "all"


def audit(scorer: Scorer, cases: Sequence[Case]) -> Cases:
    """Every case by the head alone and by the pipeline, with figures by kind."""
    alone = judge(scorer, [case.text for case in cases], [[case.span] for case in cases])
    rows = [_judged(scorer, case, head) for case, (head,) in zip(cases, alone, strict=True)]
    kinds = [(kind, [row for row in rows if row.kind == kind]) for kind in KINDS]
    return Cases(_figures(OVERALL, rows), tuple(_figures(kind, own) for kind, own in kinds if own), tuple(rows))


def _judged(scorer: Scorer, case: Case, head: float) -> Judged:
    article = article_of(Document(case.id, BEFORE + case.text + AFTER, has_title=True), force=True)
    target = Span(case.span.start + len(BEFORE), case.span.stop + len(BEFORE))
    lines = [line for actor in scorer.score(article).actors for line in actor.evidence]
    found = max(lines, key=lambda line: _shared(line.span, target), default=None)
    if found is None or 2 * _shared(found.span, target) < target.stop - target.start:
        return Judged(case.id, case.kind, case.stance, head, None, None)
    speaker = None if found.narrated else found.speaker or ""
    stance = found.stance if found.narrated else None
    return Judged(case.id, case.kind, case.stance, head, stance or 0.0, speaker)


def _shared(first: Span, second: Span) -> int:
    return max(0, min(first.stop, second.stop) - max(first.start, second.start))


def _figures(kind: str, rows: Sequence[Judged]) -> KindOfCase:
    found = [row for row in rows if row.pipeline is not None]
    head = _answers(rows, [row.head for row in rows])
    pipeline = _answers(found, [row.pipeline or 0.0 for row in found]) if found else None
    return KindOfCase(kind, len(rows), head, pipeline)


def _answers(rows: Sequence[Judged], stances: Sequence[float]) -> Answers:
    truth, called = np.array([row.labelled for row in rows]), classes(np.array(stances))
    return Answers(share(int((truth == called).sum()), len(rows)), macro_f1(truth, called))
