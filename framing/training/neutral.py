"""Sentences that say nothing for or against anybody, with any name in them: a bare name carries no stance."""

import random
from collections.abc import Iterator, Sequence

from framing.article import Span
from framing.training.rows import Row, Target

SOURCE = "neutral"
_NEUTRAL = (0.0, 1.0, 0.0)
_NO_ROLE = (0.0, 0.0, 0.0, 0.0)
FRAMES = (
    "{} arrived in Vienna on Monday evening.",
    "A meeting with {} is planned for next week.",
    "The agenda names {} as the third item.",
    "According to the programme, {} will take the floor after lunch.",
    "{} and {} exchanged letters in the spring.",
    "The two-day visit begins with talks between {} and {}.",
    "On Thursday {} published the figures for the second quarter.",
    "Reporters asked about {}.",
    "The article mentions {} in its last paragraph.",
    "{} declined to comment.",
    "Neither {} nor {} had replied by Friday.",
    "The delegation from {} is staying at the same hotel as that of {}.",
    "A spokesperson for {} confirmed the date.",
    "The document was signed by {} in 2019.",
    "Details about {} are given in the table below.",
    "{} has an office on the fourth floor.",
    "The map shows where {} was at the time.",
    "Last year {} took part in the conference; this year {} does.",
    "{} told the committee that the vote would take place in June.",
    "Questions to {} can be sent by post.",
    "The interview with {} was recorded in March.",
    "In a short statement, {} said the talks would continue.",
    "{} is mentioned on page twelve, {} on page fourteen.",
    "The session opened with a report on {}.",
    "{} travelled to Geneva, as did {}.",
    "The court will hear {} on Wednesday.",
    "{} holds a seat on the council until 2027.",
    "The letter is addressed to {}.",
    "A lecture about {} starts at seven.",
    "Before noon {} had left the building.",
)


def neutral_rows(pool: Sequence[str], n_rows: int, random_state: int) -> Iterator[Row]:
    """`n_rows` sentences with names drawn from `pool`, each judged neutral and without a role."""
    generator = random.Random(random_state)
    for index in range(n_rows):
        pieces = FRAMES[index % len(FRAMES)].split("{}")
        text, targets = pieces[0], []
        for piece in pieces[1:]:
            name = generator.choice(pool)
            targets.append(Target(Span(len(text), len(text) + len(name)), _NEUTRAL, _NO_ROLE))
            text += name + piece
        yield Row(f"{SOURCE}-{index}", text, f"{SOURCE}-{index}", SOURCE, {}, targets=tuple(targets))
