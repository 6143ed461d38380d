"""The actors of an article: names to mentions, each under the id of one actor."""

from collections.abc import Sequence

from framing.actors import pronouns, reported
from framing.actors.mention import Found, Name
from framing.actors.named import named
from framing.actors.speaking import actor_of
from framing.article import Article
from framing.seeds.actors import Catalogue

__all__ = ["actor_of", "find"]


def find(article: Article, names: Sequence[Name], catalogue: Catalogue) -> Found:
    """The actors of an article and where they are mentioned, pronouns included.

    Parameters
    ----------
    names : what the token head found; without any only actors of the catalogue and speakers of quotations are found.
    """
    actors, mentions = named(article, names, catalogue)
    mentions += pronouns.resolve(article, actors, mentions, catalogue)
    mentions.sort(key=lambda mention: mention.span.start)
    order = dict.fromkeys(mention.actor for mention in mentions)
    return Found({id: actors[id] for id in order}, reported.judges(article, mentions))
