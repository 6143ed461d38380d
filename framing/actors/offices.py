"""Who is meant by an office: whom the article itself gives it, else whom the catalogue knows to hold it."""

from collections.abc import Mapping

from framing.actors.cast import Cast, Member, Post
from framing.actors.office_phrases import Phrase
from framing.actors.vocabulary import CURRENT, FORMER, listed

# An office so general that it means its holder only near a mention of them.
_GENERAL = listed(
    "leader chief director boss head founder adviser advisor nominee candidate lawmaker representative deputy "
    "general commander chair chairman judge justice officer attorney spokesman spokeswoman spokesperson "
    "commissioner diplomat negotiator ambassador envoy coach secretary minister"
)
_ANOTHER = frozenset(("prime", "vice", "deputy", "first", "assistant", "acting"))
_ARTICLES = FORMER | CURRENT | {"the", "a", "an"}
_NEAR = 3
_NEARER = 1


def note_apposition(phrase: Phrase, begins: Mapping[int, Member], ends: Mapping[int, Member]) -> bool:
    """Whether a name stands beside the phrase, which then tells that person's office: "Ana Ruiz, the mayor, …".

    Parameters
    ----------
    begins, ends : whom the line mentions, by the first word of the mention and by the word after it.
    """
    line, first = phrase.line, phrase.shown
    while first > 0 and line.joined(first) and line.key(first - 1) in _ARTICLES:
        first -= 1
    person = begins.get(phrase.stop) if line.gap(phrase.stop).strip() in ("", ",") else None
    if person is None and line.gap(first).strip() in (",", "(", "—", "–", "-"):
        person = ends.get(first)
    if person is None or person.kind != "person":
        return False
    person.posts.add(Post(phrase.office, phrase.former, phrase.of))
    return True


def holder(phrase: Phrase, cast: Cast, place: tuple[int, int]) -> Member | None:
    """Who is meant; None unless that is plain."""
    if phrase.elsewhere or not phrase.definite:
        return None
    told = [one for one in cast.members() if one.kind == "person" and one.seen and min(one.seen) < place]
    fitting = [one for one in told if _fits(one, phrase, cast)]
    if len(fitting) > 1 or (phrase.of is None and phrase.office[-1] in _GENERAL):
        near = _NEAR if len(fitting) == 1 else _NEARER
        fitting = [one for one in fitting if _is_near(one, place, near)]
    if len(fitting) == 1:
        return fitting[0]
    return _known_holder(phrase, cast) if not fitting else None


def _known_holder(phrase: Phrase, cast: Cast) -> Member | None:
    if phrase.of is None or phrase.former:
        return None
    if cast.index.kind(phrase.of) == "party" and phrase.office[-1] in _GENERAL:
        # "The Labour leader" may be any of its leaders.
        return None
    held = cast.index.catalogue.holders(" ".join(phrase.office), phrase.of, cast.date)
    return cast.know(held[0]) if len(held) == 1 else None


def _is_near(member: Member, place: tuple[int, int], lines: int) -> bool:
    return any(place[0] - lines <= line and (line, at) < place for line, at in member.seen)


def _fits(member: Member, phrase: Phrase, cast: Cast) -> bool:
    for post in member.posts:
        same = post.of == phrase.of or phrase.of is None or (post.of is None and not member.known)
        if same and post.former == phrase.former and _is_short_for(phrase.office, post.office):
            return True
    return member.known and cast.holds(member.id, phrase.office, phrase.former, phrase.of)


def _is_short_for(short: tuple[str, ...], office: tuple[str, ...]) -> bool:
    """Whether `the minister` can be the foreign minister; a prime minister is not called so."""
    rest = office[: len(office) - len(short)]
    return office[len(rest) :] == short and not _ANOTHER.intersection(rest)
