"""Scores as one self-contained page: no request leaves it, and what an article contains is shown, never run."""

from collections.abc import Sequence

from framing.article import Failure
from framing.report import phrases
from framing.report.actor_cards import MOST, style
from framing.report.actors import STANCE
from framing.report.by_outlet import NOTE, summary
from framing.report.limits import LIMITS
from framing.report.page import Page, page
from framing.report.phrases import Axes, Result
from framing.report.templating import policy, rendered, template
from framing.report.tips import LEVELS
from framing.scores import ArticleScore

MANY = 40  # articles; beyond, browsers take seconds to open the page, and it says how large it is
_SIZE = "\N{OBJECT REPLACEMENT CHARACTER}"


def render(results: Sequence[Result], axes: Axes, reference: str) -> str:
    """The page of one article, or of several with an overview before them."""
    scores = [result for result in results if isinstance(result, ArticleScore)]
    pages = [page(score, axes, reference, f"a{number}") for number, score in enumerate(scores, start=1)]
    single = len(results) == 1 and bool(pages)
    css = template("page.css") + template("actors.css") + _axis_rules(pages) + _actor_rules(pages)
    script = template("sort.js") + template("page.js")
    shown = rendered(
        "page.html",
        pages=pages,
        stance=STANCE,
        most=MOST,
        outlets=summary(scores),
        outlets_note=NOTE,
        failures=[result for result in results if isinstance(result, Failure)],
        axes=axes,
        reference=reference,
        limits=LIMITS,
        style=css,
        script=script,
        policy=policy(css, script),
        single=single,
        heading=pages[0].title if single else phrases.count(len(results), "article"),
        size=_SIZE if len(pages) > MANY else "",
    )
    return shown.replace(_SIZE, f"{len(shown.encode()) / 1e6:.0f} MB", 1)


def _axis_rules(pages: Sequence[Page]) -> str:
    return "".join(_rules(index) for index in range(max((len(one.cards) for one in pages), default=0)))


def _actor_rules(pages: Sequence[Page]) -> str:
    """The rules that mark one actor's mentions while it is the one that was chosen."""
    rules = []
    for index in range(max((len(one.actors) for one in pages), default=0)):
        on = f".article:has(.pick-who:checked):has(.who-{index}:checked)"
        line = f"--who:var(--{style(index)});--line:var(--line-{style(index)})"
        drawn = "--fill:22%;--edge:var(--who);text-decoration:underline var(--line) var(--who)"
        rules.append(f"{on} .n{index}{{{line};{drawn}}}\n")
        rules.append(f"{on} [data-n{index}]::after{{content:attr(data-n{index})}}\n")
    return "".join(rules)


def _rules(index: int) -> str:
    """The rules that show one axis' evidence while its radio button is on; the policy forbids inline styles.

    Tint grows with the power 1.5, so that among many likely sentences the likeliest still stand out.
    """
    on = f".article:has(.pick-{index}:checked)"
    heat = "".join(
        f'{on} [data-l{index}="{sign}{level}"]{{--heat:{100 * (level / LEVELS) ** 1.5:.0f}%;--tone:var(--{tone})}}\n'
        for sign, tone in (("", "push"), ("-", "pull"))
        for level in range(1, LEVELS + 1)
    )
    badge = f"{on} [data-b{index}]::after{{content:attr(data-b{index})}}\n"
    marker = f"{on} .hit{index}{{text-decoration:underline 2px solid var(--mark);cursor:help}}\n"
    word = f"{on} .w{index}{{font-weight:700}}\n"
    panel = f"{on} .for-axis:not(.for-{index}){{display:none}}\n"
    return heat + badge + marker + word + panel
