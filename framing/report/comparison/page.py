"""A comparison as one self-contained page."""

from framing import __version__
from framing.compare.result import Comparison
from framing.report.comparison.view import View, how_many
from framing.report.limits import LIMITS
from framing.report.templating import policy, rendered, template

SECTIONS = (
    ("answer", "Answer"),
    ("data", "Articles"),
    ("means", "Means"),
    ("pairs", "Differences"),
    ("estimates", "Topics and stories"),
    ("actors", "Actors"),
    ("words", "Words"),
    ("stories", "Stories"),
    ("time", "Time"),
    ("limits", "Limits"),
    ("method", "Method"),
)
MORE_LIMITS = (
    "A mean is of the articles at hand. Whether they stand for an outlet depends on how they were chosen.",
    "The intervals cover which articles and stories happen to be here, not the model's own errors; errors that hit all "
    "groups alike cancel in a difference, others do not.",
    "A difference says that the wording differs, not why, and not who is right.",
)


def render(view: View) -> str:
    """The page."""
    style = template("page.css") + template("comparison.css")
    script = template("sort.js") + template("comparison.js")
    return rendered(
        "comparison.html",
        view=view,
        sections=SECTIONS,
        limits=LIMITS + MORE_LIMITS,
        version=__version__,
        style=style,
        script=script,
        policy=policy(style, script),
    )


def heading(found: Comparison) -> str:
    """What a page is called that was given no title."""
    names = [group.name for group in found.groups]
    if len(names) == 2:
        return f"Do {names[0]} and {names[1]} frame their stories differently?"
    return f"Do these {how_many(found)} frame their stories differently?"
