"""The commands of `framing seeds`: the lexicons and the known actors, what they hold, whether they are sound."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from framing.errors import UsageError

if TYPE_CHECKING:
    from framing.seeds.actors import Catalogue

seeds_app = typer.Typer(
    help="The lexicons and the known actors: what they hold, whether they are sound.", no_args_is_help=True
)

SeedsDir = Annotated[Path | None, typer.Option(help="Folder of your own lexicons.", metavar="DIR")]
ActorsFile = Annotated[Path | None, typer.Option(help="File of your own actors.", metavar="FILE")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@seeds_app.command("list")
def seeds_list(seeds: SeedsDir = None, as_json: Json = False) -> None:
    """List the lexicons with their number of terms and what they push."""
    from framing.report.definitions import print_lexicons

    print_lexicons(_lexicons(seeds), as_json)


@seeds_app.command("show")
def seeds_show(
    name: Annotated[str, typer.Argument(help="A lexicon.")], seeds: SeedsDir = None, as_json: Json = False
) -> None:
    """Show one lexicon: gloss, source, terms with their plain alternatives, examples."""
    from framing.report.definitions import print_lexicon

    lexicons = {lexicon.name: lexicon for lexicon in _lexicons(seeds)}
    if name not in lexicons:
        raise UsageError(f"seeds: no lexicon {name!r}; there are {', '.join(lexicons)}")
    print_lexicon(lexicons[name], as_json)


@seeds_app.command("find")
def seeds_find(
    query: Annotated[str, typer.Argument(help="A word or a text.")], seeds: SeedsDir = None, as_json: Json = False
) -> None:
    """Find which lexicons know a word, or match in a text."""
    from framing.features.seed_check import find
    from framing.report.definitions import print_found

    print_found(query, find(query, _lexicons(seeds)), as_json)


@seeds_app.command("actors")
def seeds_actors(
    kind: Annotated[str | None, typer.Option(help="Only those of one kind: person, state, party …")] = None,
    actors: ActorsFile = None,
    as_json: Json = False,
) -> None:
    """List the known actors, with the government, the army and the people of every state."""
    from framing.report.definitions import print_actors
    from framing.seeds.actors import KINDS

    if kind not in (None, *KINDS):
        raise UsageError(f"seeds: no kind {kind!r}; there are {', '.join(KINDS)}")
    print_actors([actor for actor in _catalogue(actors).actors.values() if kind in (None, actor.kind)], as_json)


@seeds_app.command("actor")
def seeds_actor(
    name: Annotated[str, typer.Argument(help="An id, or a name in any case.")],
    actors: ActorsFile = None,
    as_json: Json = False,
) -> None:
    """Show one actor: names, offices with their dates, who leads it, and how old that knowledge is."""
    from framing.report.definitions import print_actor

    catalogue = _catalogue(actors)
    found = catalogue.named(name)
    if len(found) != 1:
        ids = ", ".join(actor.id for actor in found)
        raise UsageError(
            f"seeds: {name!r} is the name of several actors; give an id: {ids}"
            if found
            else f"seeds: no actor is called {name!r}; framing seeds actors lists them"
        )
    print_actor(found[0], catalogue, as_json)


@seeds_app.command("check")
def seeds_check(seeds: SeedsDir = None, actors: ActorsFile = None) -> None:
    """Test every lexicon file, every example in it, and every file of actors; or only your own, if given."""
    problems: list[object] = []
    if seeds or not actors:
        problems += _lexicon_problems(seeds)
    if actors or not seeds:
        problems += _actor_problems(actors)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        found = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        where = " and ".join(str(path) for path in (seeds, actors) if path) or "seeds"
        raise UsageError(f"{where}: {found}; correct the entries above")
    typer.echo("every file is sound", err=True)


def _lexicon_problems(seeds: Path | None) -> list[Any]:
    from framing.config import default_seeds
    from framing.features.seed_check import MIN_EXAMPLES, check

    return list(check(seeds or default_seeds(), min_examples=0 if seeds else MIN_EXAMPLES))


def _actor_problems(actors: Path | None) -> tuple[UsageError, ...]:
    from framing.config import default_actors
    from framing.seeds.actors import check_files

    if actors is None:
        return check_files(default_actors())
    return check_files(actors, beside=_catalogue(None))


def _lexicons(seeds: Path | None) -> tuple[Any, ...]:
    from framing.config import default_seeds
    from framing.seeds import load_folder

    return load_folder(seeds or default_seeds())


def _catalogue(own: Path | None) -> "Catalogue":
    from framing.config import default_actors
    from framing.seeds.actors import Catalogue

    shipped = Catalogue.load(default_actors())
    return shipped.with_own(own) if own else shipped
