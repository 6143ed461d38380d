"""Orders of classes that need not be told: the lowest first."""

import re
from collections.abc import Collection

_TEXT = """
left, center, right
left, lean left, center, lean right, right
far left, left, center, right, far right
far left, left, lean left, center, lean right, right, far right
negative, neutral, positive
very negative, negative, neutral, positive, very positive
against, neutral, for
factual, mixed, opinion
low, medium, high
none, low, medium, high
very low, low, medium, high, very high
none, some, all
none, some, most, all
none, mild, moderate, severe
never, sometimes, always
never, rarely, sometimes, often, always
not at all, slightly, moderately, very, extremely
disagree, neutral, agree
strongly disagree, disagree, neutral, agree, strongly agree
no, maybe, yes
no, partly, yes
"""
ORDERS = tuple(tuple(line.split(", ")) for line in _TEXT.strip().splitlines())
SAME = {
    "centre": "center", "left center": "lean left", "center left": "lean left", "right center": "lean right",
    "center right": "lean right", "leaning left": "lean left", "leaning right": "lean right",
    "left leaning": "lean left", "right leaning": "lean right", "extreme left": "far left",
    "extreme right": "far right", "unsure": "maybe", "partially": "partly", "somewhat": "partly",
    "entirely factual": "factual", "somewhat factual but also opinionated": "mixed",
    "expresses writer's opinion": "opinion",
}  # fmt: skip


# Not the minus of a number.
_JOINT = re.compile(r"(?<=[^\W_])[-_](?=[^\W_])")


def plain(name: str) -> str:
    """A class's name for comparison: case, hyphens and known synonyms aside."""
    text = " ".join(_JOINT.sub(" ", name.casefold().replace("’", "'")).split())
    return SAME.get(text, text)


def known_order(classes: Collection[str]) -> tuple[str, ...] | None:
    """The shortest known order that has all of `classes`, which are `plain`."""
    fitting = (order for order in ORDERS if set(classes) <= set(order))
    return min(fitting, key=len, default=None)


def told_by_name(axis: str, classes: Collection[str]) -> tuple[str, str] | None:
    """Two classes as (no, yes), where one negates the other ("non-biased") or one is what the axis is called."""
    if len(classes) != 2:
        return None
    first, second = classes
    for no, yes in ((first, second), (second, first)):
        if re.fullmatch(rf"(?:not|non|no|un|anti)\s*{re.escape(yes)}", no):
            return no, yes
    named = [name for name in classes if _alike(axis, name)]
    if len(named) != 1:
        return None
    return (first, second) if named[0] == second else (second, first)


def _alike(axis: str, name: str) -> bool:
    axis, name = axis.replace("_", " "), name.replace("_", " ")
    return min(len(axis), len(name)) >= 4 and (axis.startswith(name) or name.startswith(axis))
