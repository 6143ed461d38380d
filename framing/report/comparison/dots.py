"""Panels of dots: an axis or an actor each, with a row a group that leads down to articles and sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from framing.axes import Axis
from framing.compare.result import ActorGroup, Comparison, Figure, GroupMean
from framing.report import phrases
from framing.report.actors import STANCE
from framing.report.comparison.amounts import amount, interval
from framing.report.comparison.domain import Domain, Tick, domain
from framing.report.comparison.library import Library, Shown, split

OPEN_ROWS = 15  # rows of a panel that stand open; of more, those in the middle are folded away
TICKS = 3  # about as many as there is room for on a phone
ACTORS = 24
ACTOR_ROWS = 300
MANY_ROWS = 120  # rows of all panels, beyond which each shows fewer articles


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot and its interval, as places in percent."""

    at: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a group puts to an actor, how often, and a sentence in pieces."""

    text: str
    n: int
    pieces: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Dot:
    """A row: one group's mean. `middle` is the middle half of its articles, `band` what its noise floor spans."""

    anchor: str
    group: str
    key: int
    mark: Mark | None
    second: Mark | None = None
    middle: tuple[float, float] | None = None
    band: tuple[float, float] | None = None
    amount: str = "–"
    interval: str = ""
    basis: str = ""
    words: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    articles: list[Shown] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Panel:
    """One axis or actor: its rows from the highest to the lowest; `reference` is the mean of all groups."""

    anchor: str
    title: str
    note: str
    axis: Axis
    ticks: tuple[Tick, ...]
    reference: Tick | None
    zero: float | None
    top: list[Dot]
    folded: list[Dot]
    bottom: list[Dot]
    none: list[Dot]


@dataclass(frozen=True, slots=True)
class Rows:
    """What panels are made with: the groups' keys, the anchors, the articles, and how many of them a row shows."""

    keys: dict[str, int]
    anchor: Callable[[str], str]
    library: Library
    articles: int
    sentences: int


def axis_panels(found: Comparison, rows: Rows) -> list[Panel]:
    """A panel an axis."""
    return [_axis_panel(axis, [one for one in found.means if one.axis == axis.name], rows) for axis in chosen(found)]


def chosen(found: Comparison) -> list[Axis]:
    """The axes that are compared, in the bundle's order."""
    present = {one.axis for one in found.means}
    return [axis for name, axis in found.axes.items() if name in present]


def actor_panels(found: Comparison, rows: Rows) -> list[Panel]:
    """A panel an actor of those the page has room for, in the order of the comparison."""
    return [_actor_panel(group, rows) for group in shown_actors(found)]


def shown_actors(found: Comparison) -> list[list[ActorGroup]]:
    """The groups of each actor that the page has room for."""
    actors: dict[str, list[ActorGroup]] = {}
    for one in found.actors:
        actors.setdefault(one.actor, []).append(one)
    most = max(2, min(ACTORS, ACTOR_ROWS // max(1, len(found.groups))))
    return list(actors.values())[:most]


def room(found: Comparison) -> tuple[int, int]:
    """Articles of a row, and sentences of an article, that the page has room for."""
    n = len(found.means) + sum(map(len, shown_actors(found)))
    rooms = ((MANY_ROWS, (4, 2)), (3 * MANY_ROWS, (2, 2)), (8 * MANY_ROWS, (1, 1)))
    return next((room for most, room in rooms if n <= most), (1, 0))


def _axis_panel(axis: Axis, means: Sequence[GroupMean], rows: Rows) -> Panel:
    known = [one.mean.value for one in means if one.mean]
    middle = sum(known) / len(known) if known else None
    drawn = [edge for one in means for edge in _drawn(one, middle)]
    scale = domain(drawn, axis.range, 0.1 * (axis.range[1] - axis.range[0]), TICKS)
    dots = [_mean_dot(one, axis, scale, middle, rows) for one in means]
    place = scale.place(middle)
    reference = None if place is None else Tick(place, amount(middle, axis))
    return _panel(f"axis-{axis.name}", phrases.label(axis.name), axis.unit, axis, scale, reference, dots)


def _drawn(one: GroupMean, middle: float | None) -> list[float | None]:
    bounds = [one.mean.low, one.mean.high, one.mean.value] if one.mean else []
    band = [] if one.noise_floor is None or middle is None else [middle - one.noise_floor, middle + one.noise_floor]
    return [*bounds, *band, one.lower_quartile, one.upper_quartile]


def _mean_dot(one: GroupMean, axis: Axis, scale: Domain, middle: float | None, rows: Rows) -> Dot:
    anchor, key = rows.anchor(one.ref), rows.keys.get(one.group, 0)
    if one.mean is None:
        return Dot(anchor, phrases.tidy(one.group), key, None)
    name = phrases.tidy(one.group)
    basis = phrases.count(one.mean.n, "article")
    return Dot(
        anchor=anchor,
        group=name,
        key=key,
        mark=_mark(one.mean, scale),
        middle=_pair(scale, one.lower_quartile, one.upper_quartile),
        band=None if middle is None else _around(scale, middle, one.noise_floor),
        amount=amount(one.mean.value, axis),
        interval=interval(one.mean, axis) or basis,
        basis=basis,
        words=f"{name}: {amount(one.mean.value, axis)}, 90 % interval {interval(one.mean, axis) or 'none'}, {basis}",
        facts=_facts(one, axis),
        articles=[
            rows.library.on_axis(ref, axis, amount(ref.value, axis), rows.sentences)
            for ref in one.examples[: rows.articles]
        ],
    )


def _facts(one: GroupMean, axis: Axis) -> list[tuple[str, str]]:
    assert one.mean is not None
    half = f"{amount(one.lower_quartile, axis)} to {amount(one.upper_quartile, axis)}"
    return [
        ("articles", f"{one.mean.n:,} in {phrases.count(one.mean.n_clusters, 'separate story', 'separate stories')}"),
        ("middle article", amount(one.median, axis)),
        ("middle half of the articles", half if one.lower_quartile is not None else "–"),
        ("noise: two samples would differ by", amount(one.noise_floor, axis).lstrip("+")),
    ]


def _actor_panel(found: Sequence[ActorGroup], rows: Rows) -> Panel:
    first = found[0]
    bounds = [edge for one in found for figure in (one.narrated, one.quoted) if figure for edge in _edges(figure)]
    scale = domain([*bounds, 0.0], STANCE.range, 0.4, TICKS)
    dots = [_actor_dot(one, scale, rows) for one in found]
    title = phrases.tidy(first.name)
    note = phrases.label(first.kind)
    return _panel(rows.anchor(f"actor|{first.actor}"), title, note, STANCE, scale, None, dots)


def _actor_dot(one: ActorGroup, scale: Domain, rows: Rows) -> Dot:
    name = phrases.tidy(one.group)
    basis = phrases.count(one.n_articles, "article")
    told = amount(one.narrated.value, STANCE) if one.narrated else "–"
    quoted = amount(one.quoted.value, STANCE) if one.quoted else "none"
    share = phrases.percent(one.share_of_voice.value) if one.share_of_voice else "–"
    shown = [rows.library.toward(ref, one.actor, one.name, rows.sentences) for ref in one.examples[: rows.articles]]
    return Dot(
        anchor=rows.anchor(one.ref),
        group=name,
        key=rows.keys.get(one.group, 0),
        mark=_mark(one.narrated, scale) if one.narrated else None,
        second=_mark(one.quoted, scale) if one.quoted else None,
        amount=told,
        interval=interval(one.narrated, STANCE) or phrases.count(one.narrated.n, "article") if one.narrated else "",
        basis=basis,
        words=f"{name}: journalist's words {told}, quoted {quoted}, {basis}",
        facts=[
            ("journalist's words", _figure_words(one.narrated)),
            ("quoted words", _figure_words(one.quoted)),
            ("share of quoted words", share),
            ("mentions", f"{one.n_mentions:,} in {basis}"),
        ],
        articles=shown,
        said=[Said(label.text, label.n, _label_pieces(label.sentence, label.text)) for label in one.labels[:5]],
    )


def _figure_words(figure: Figure | None) -> str:
    if figure is None:
        return "too little to tell"
    return f"{amount(figure.value, STANCE)} ({interval(figure, STANCE) or 'no interval'}, n = {figure.n:,})"


def _label_pieces(sentence: str, text: str) -> list[tuple[str, bool]]:
    place = sentence.casefold().find(text.casefold())
    return split(sentence, place, place + len(text)) if place >= 0 else split(sentence, 0, 0)


def _panel(
    anchor: str, title: str, note: str, axis: Axis, scale: Domain, reference: Tick | None, dots: Sequence[Dot]
) -> Panel:
    drawn = sorted((dot for dot in dots if dot.mark or dot.second), key=lambda dot: -(dot.mark.at if dot.mark else -1))
    cut, end = (len(drawn), len(drawn)) if len(drawn) <= OPEN_ROWS else (OPEN_ROWS // 2, len(drawn) - OPEN_ROWS // 2)
    return Panel(
        anchor=anchor,
        title=title,
        note=note,
        axis=axis,
        ticks=scale.ticks(lambda value: tick_text(value, axis)),
        reference=reference,
        zero=scale.place(0.0) if scale.low < 0 < scale.high else None,
        top=drawn[:cut],
        folded=drawn[cut:end],
        bottom=drawn[end:],
        none=[dot for dot in dots if not (dot.mark or dot.second)],
    )


def tick_text(value: float, axis: Axis) -> str:
    """What stands at a tick: "20 %" on shares, "+0.5" on bipolar axes."""
    if axis.range[0] < 0:
        return phrases.signed(value, 1 if round(value, 1) == round(value, 3) else 2)
    return f"{100 * value:.3g} %"


def _mark(figure: Figure, scale: Domain) -> Mark:
    return Mark(scale.place(figure.value) or 0.0, scale.place(figure.low), scale.place(figure.high))


def _edges(figure: Figure) -> list[float | None]:
    return [figure.value, figure.low, figure.high]


def _pair(scale: Domain, low: float | None, high: float | None) -> tuple[float, float] | None:
    left, right = scale.place(low), scale.place(high)
    return None if left is None or right is None else (left, right)


def _around(scale: Domain, middle: float, half: float | None) -> tuple[float, float] | None:
    return None if half is None else _pair(scale, middle - half, middle + half)
