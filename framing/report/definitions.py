"""Axes, lexicons and known actors as a person or a program reads them."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from framing.axes import Axis
from framing.scores import Explained
from framing.seeds import Lexicon, n_terms
from framing.seeds.actors import OFFICE_KEYS, Catalogue, KnownActor, Office
from framing.seeds.lexicon import HEADER

TOP_CHANGES = 5
MIN_CHANGE = 0.03


class Found(Protocol):
    """A lexicon that knows a word, and how: "match", "part" of a term, "plain" alternative or "unless"."""

    @property
    def lexicon(self) -> str:
        """Its name."""

    @property
    def term(self) -> str:
        """The term that knows it."""

    @property
    def plain(self) -> str | None:
        """The plainer alternative."""

    @property
    def how(self) -> str:
        """In what way."""


def print_axes(axes: Sequence[Axis], as_json: bool) -> None:
    """Each axis with poles, definition and anchors."""
    if as_json:
        _json([axis.to_dict() for axis in axes])
        return
    console = Console()
    for axis in axes:
        console.print(Text(f"{axis.name}: {axis.low} ↔ {axis.high}", style="bold"))
        low, high = axis.range
        console.print(_in(f"{axis.unit}, {low:g} to {high:g}\n\n{axis.definition}\n\nSource: {axis.source}\n"))
        for anchor in axis.anchors:
            console.print(_in(f"{anchor.value:g}  {anchor.reading}\n     “{anchor.example}”"))
        console.print()


def print_lexicons(lexicons: Sequence[Lexicon], as_json: bool) -> None:
    """A row a lexicon."""
    if as_json:
        _json([{**_header(lexicon), "n_terms": n_terms([lexicon])} for lexicon in lexicons])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("lexicon", "terms", "pushes", "what it lists"):
        table.add_column(column, justify="right" if column == "terms" else "left")
    for lexicon in lexicons:
        table.add_row(lexicon.name, str(n_terms([lexicon])), _pushes(lexicon), Text(lexicon.gloss))
    console = Console()
    console.print(table)
    console.print(f"{len(lexicons)} lexicons, {n_terms(lexicons)} terms", style="dim")


def print_lexicon(lexicon: Lexicon, as_json: bool) -> None:
    """One lexicon in full."""
    terms = [{"term": t.term, "pos": t.pos, "plain": t.plain, "unless": list(t.unless)} for t in lexicon.terms]
    if as_json:
        examples = [{"text": e.text, "match": list(e.match)} for e in lexicon.examples]
        _json({**_header(lexicon), "terms": terms, "examples": examples})
        return
    console = Console()
    console.print(Text(lexicon.name, style="bold"))
    licence = f"Licence: {lexicon.licence}, as of {lexicon.as_of}"
    pushes = f"Pushes: {_pushes(lexicon) or 'nothing'}"
    console.print(_in(f"{lexicon.gloss}\nSource: {lexicon.source}\n{licence}\n{pushes}\n"))
    for term in lexicon.terms:
        plain = f" → {term.plain}" if term.plain else ""
        unless = f"  (not in: {', '.join(term.unless)})" if term.unless else ""
        console.print(_in(f"{term.term}{plain}{unless}"))


def print_found(query: str, found: Iterable[Found], as_json: bool) -> None:
    """A row for each lexicon that knows the word."""
    rows = [(f.lexicon, f.term, f.how, f.plain) for f in found]
    if as_json:
        _json([dict(zip(("lexicon", "term", "how", "plain"), row, strict=True)) for row in rows])
        return
    console = Console()
    for lexicon, term, how, plain in rows:
        console.print(Text(f"{lexicon}: {term}" + (f" → {plain}" if plain else "") + f"  ({how})"))
    if not rows:
        console.print(Text(f"no lexicon knows {query!r}"))


def print_actors(actors: Sequence[KnownActor], as_json: bool) -> None:
    """A row an actor."""
    if as_json:
        _json([_actor_dict(actor) for actor in actors])
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("id", "kind", "name", "of", "as of"):
        table.add_column(column, overflow="fold")
    for actor in actors:
        table.add_row(*map(Text, (actor.id, actor.kind, actor.name, actor.country or "", actor.as_of or "")))
    console = Console()
    console.print(table)
    console.print(f"{len(actors)} actors", style="dim")


def print_actor(actor: KnownActor, catalogue: Catalogue, as_json: bool) -> None:
    """One actor in full, with those who hold or held an office of it."""
    people = [(other, office) for other in catalogue.actors.values() for office in other.offices]
    held = [(other, office) for other, office in people if office.of == actor.id]
    held.sort(key=lambda row: row[1].start or "", reverse=True)
    if as_json:
        _json({**_actor_dict(actor), "held_by": [{"id": other.id, **_office_dict(o)} for other, o in held]})
        return
    console = Console()
    console.print(Text(f"{actor.name}  ({actor.id})", style="bold"))
    lines = [f"{label}: {value}" for label, value in _facts(actor).items() if value]
    lines += [f"{office.office} of {office.of}, {_when(office)}" for office in actor.offices]
    lines += [f"{office.office}: {other.name}, {_when(office)}" for other, office in held]
    console.print(_in("\n".join(lines)))


def print_explained(explained: Sequence[Explained], text: str, as_json: bool) -> None:
    """Each sentence with what becomes of its probability, word by word."""
    if as_json:
        _json([_explained_dict(one, text) for one in explained])
        return
    console = Console()
    for one in explained:
        console.print(Text(f"{100 * one.probability:.0f} %  {_tidy(one.span.of(text))}", style="bold"))
        telling = [c for c in one.changes if c.probability < one.probability - MIN_CHANGE][:TOP_CHANGES]
        for change in telling:
            what = f"with “{change.replacement}” for" if change.replacement else "without"
            console.print(_in(f"{100 * change.probability:3.0f} %  {what} “{_tidy(change.span.of(text))}”"))
        if not telling:
            console.print(_in("no single word carries it: the sentence scores as a whole"))
        console.print()


def _facts(actor: KnownActor) -> dict[str, str | None]:
    return {
        "Kind": actor.kind,
        "Of": actor.country,
        "Party": actor.party,
        "Side": actor.side,
        "Also called": ", ".join(actor.aliases),
        "Acronyms": ", ".join(actor.acronyms),
        "Members": ", ".join(actor.members),
        "Adjectives": ", ".join(actor.demonyms),
        "Capital": actor.capital,
        "As of": actor.as_of,
    }


def _when(office: Office) -> str:
    if office.stop:
        return f"from {office.start} to {office.stop}" if office.start else f"until {office.stop}"
    known = f"last known {office.as_of}"
    return f"since {office.start}, {known}" if office.start else known


def _actor_dict(actor: KnownActor) -> dict[str, Any]:
    data = actor._asdict()
    data["offices"] = [_office_dict(office) for office in actor.offices]
    return data


def _office_dict(office: Office) -> dict[str, Any]:
    return dict(zip(OFFICE_KEYS, office, strict=True))


def _explained_dict(one: Explained, text: str) -> dict[str, Any]:
    changes = [
        {"text": c.span.of(text), "start": c.span.start, "stop": c.span.stop, "replacement": c.replacement}
        | {"probability": c.probability}
        for c in one.changes
    ]
    where = {"text": one.span.of(text), "start": one.span.start, "stop": one.span.stop, "sentence": one.sentence}
    return {**where, "probability": one.probability, "changes": changes}


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _header(lexicon: Lexicon) -> dict[str, Any]:
    return {**{key: getattr(lexicon, key) for key in HEADER}, "signs": dict(lexicon.signs)}


def _pushes(lexicon: Lexicon) -> str:
    return ", ".join(f"{axis} {'up' if sign > 0 else 'down'}" for axis, sign in lexicon.signs.items())


def _in(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 2))


def _json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
