"""Readers of the sets that teach names, stance toward a mention, and who harms or helps whom."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from framing.article import Span
from framing.training.rows import Named, Row, Target, records

# Left out: tweets, whose capitals and names are of another kind, and re3d, where "we" and "the city" are names.
NAME_CORPORA = ("worldwide", "wikigold")
HARMS = frozenset({"Harm", "Cheating", "Betrayal", "Subversion", "Degradation"})
_ONE_HOT = {-1: (1.0, 0.0, 0.0), 0: (0.0, 1.0, 0.0), 1: (0.0, 0.0, 1.0)}
_HELD_OUT_SHARE = 10
_NOT_DISTINCT = frozenset(
    ("the", "of", "and", "a", "an", "in", "for", "to", "on", "at", "by", "us", "u.s", "new", "united", "national")
)


def read_newsmtsc(folder: Path, split: str) -> Iterator[Row]:
    """Sentences of NewsMTSC, one row with all its judged mentions; `split` is train, dev_rw or dev_mt.

    A training sentence that is also in a development part is left out.
    """
    found = list(records(folder / "newsmtsc.parquet"))
    developed = {item["sentence"] for item in found if item["split"] != "train"}
    chosen = [item for item in found if item["split"] == split]
    if split == "train":
        chosen = [item for item in chosen if item["sentence"] not in developed]
    chosen.sort(key=lambda item: (item["sentence"], item["start"]))
    for sentence, items in groupby(chosen, key=lambda item: item["sentence"]):
        judged = list(items)
        targets = tuple(Target(Span(i["start"], i["stop"]), _ONE_HOT[i["polarity"]]) for i in judged)
        yield Row(judged[0]["id"], sentence, _story(judged[0]["id"]), "newsmtsc", {}, targets=targets)


def read_names(folder: Path, held_out: bool) -> Iterator[Row]:
    """Sentences with names; `held_out` are the tenth of Worldwide's outlets kept for development."""
    for index, record in enumerate(records(folder / "names.parquet")):
        if record["corpus"] not in NAME_CORPORA:
            continue
        outlet = record["document"].rsplit("_", 1)[0]
        if held_out == (record["corpus"] == "worldwide" and is_held_out(outlet)):
            text, names = _written(record["tokens"], record["tags"])
            yield Row(f"names-{index}", text, record["document"], "names", {}, outlet, names=names)


def is_held_out(group: str) -> bool:
    """Whether an outlet or story is kept for development: a tenth of them, by a hash of the name."""
    return sha256(group.encode()).digest()[0] % _HELD_OUT_SHARE == 0


def read_roles(folder: Path, held_out: bool) -> Iterator[Row]:
    """Sentences of MoralEvents, with who harms, is harmed, helps or is helped; a tenth of the stories is held out.

    The set names agents and patients by an entity, not a place: the entity is looked for in the sentence by its last
    distinct word, and left out where it does not stand there. Entities named in a sentence without a moral event of
    theirs are judged too, as none of the four.
    """
    for record in records(folder / "moral_events.parquet"):
        if held_out != is_held_out(record["story"]):
            continue
        marked = json.loads(record["annotations"])
        entities = [item["text"] for item in marked["entities"] if item["text"]]
        for index, text in enumerate(record["sentences"]):
            events = [event for event in marked["annotations"] if event["para"] == index]
            targets = tuple(_role_targets(text, entities, events))
            if targets:
                yield Row(f"{record['id']}-{index}", text, record["story"], "moral_events", {}, targets=targets)


def _story(row_id: str) -> str:
    """NewsMTSC's numbers are source_story_article_…: rows of one story are one group."""
    return "_".join(row_id.split("_")[:2])


def _written(tokens: Sequence[str], tags: Sequence[str]) -> tuple[str, tuple[Named, ...]]:
    text = " ".join(tokens)
    starts = [sum(len(token) + 1 for token in tokens[:index]) for index in range(len(tokens))]
    names: list[Named] = []
    for start, token, tag in zip(starts, tokens, tags, strict=True):
        if tag == "O" or not token:
            continue
        begins = tag[0] == "B" or not names or names[-1].span.stop != start - 1 or names[-1].type != tag[2:]
        first = start if begins else names.pop().span.start
        names.append(Named(Span(first, start + len(token)), tag[2:]))
    return text, tuple(names)


def _role_targets(text: str, entities: Sequence[str], events: Sequence[Mapping[str, Any]]) -> Iterator[Target]:
    taken: list[Span] = []
    for entity in entities:
        span = _place(text, entity)
        if span is not None and not any(span.overlaps(other) for other in taken):
            taken.append(span)
            yield Target(span, roles=_roles(entity, events))


def _roles(entity: str, events: Sequence[Mapping[str, Any]]) -> tuple[float, ...]:
    roles = [0.0, 0.0, 0.0, 0.0]
    for event in events:
        helps = 0 if event["morality"] in HARMS else 2
        for column, part in enumerate(("agent", "patient")):
            if entity in (event[part], event[f"{part}2"], event[f"{part}3"]):
                roles[helps + column] = 1.0
    return tuple(roles)


def _place(text: str, entity: str) -> Span | None:
    whole = re.search(rf"(?<!\w){re.escape(entity)}(?!\w)", text, re.IGNORECASE)
    if whole:
        return Span(*whole.span())
    for word in reversed(entity.split()):
        if len(word) > 2 and word.lower() not in _NOT_DISTINCT:
            found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
            return Span(*found.span()) if found else None
    return None
