"""Small line charts as SVG, for cards: drawn without a library, in the colours of the page around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 480, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 28, 44
# Told apart by their dashes too, not by colour alone.
COLOURS = ("#0b5394", "#8a3b00", "#3d6b35", "#6a4a9c", "#7a3400", "#446")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4")
N_TICKS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A named line; `bands` are the ends of the interval at each point, where there is one."""

    name: str
    points: Sequence[tuple[float, float]]
    bands: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What is written around the lines, and the ranges they lie in."""

    title: str
    x_label: str
    y_label: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    def x(self, value: float) -> float:
        """The place of a value from the left."""
        low, high = self.x_range
        return LEFT + (value - low) / ((high - low) or 1.0) * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """The place of a value from the top."""
        low, high = self.y_range
        return HEIGHT - BOTTOM - (value - low) / ((high - low) or 1.0) * (HEIGHT - TOP - BOTTOM)


def line_chart(frame: Frame, lines: Sequence[Line], diagonal: bool = False) -> str:
    """An SVG picture of the lines; `diagonal` draws where both axes are equal."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" '
        f'aria-label="{escape(frame.title)}" font-family="system-ui, sans-serif" font-size="12" fill="currentColor">',
        f'<text x="{LEFT}" y="16" font-weight="600">{escape(frame.title)}</text>',
        *_ticks(frame),
        *([_path(frame, [(v, v) for v in frame.x_range], "#888", "2 4")] if diagonal else []),
    ]
    for number, line in enumerate(lines):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        parts += [_band(frame, line, colour)] if line.bands else []
        parts.append(_path(frame, line.points, colour, dash))
        parts += [_dot(frame, line, point, colour) for point in line.points]
        parts.append(_name(line, number, len(lines), colour))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ticks(frame: Frame) -> list[str]:
    found = []
    for step in range(N_TICKS + 1):
        x, y = (low + (high - low) * step / N_TICKS for low, high in (frame.x_range, frame.y_range))
        found.append(
            f'<path d="M{LEFT} {frame.y(y):.1f}H{WIDTH - RIGHT}" stroke="currentColor" stroke-opacity=".15"/>'
            f'<text x="{LEFT - 6}" y="{frame.y(y) + 4:.1f}" text-anchor="end">{y:.2f}</text>'
            f'<text x="{frame.x(x):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{_number(x, frame)}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    found.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(frame.x_label)}</text>')
    found.append(
        f'<text x="12" y="{(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" '
        f'transform="rotate(-90 12 {(TOP + HEIGHT - BOTTOM) / 2})">{escape(frame.y_label)}</text>'
    )
    return found


def _number(value: float, frame: Frame) -> str:
    return f"{value:,.0f}" if frame.x_range[1] - frame.x_range[0] > N_TICKS else f"{value:.2f}"


def _path(frame: Frame, points: Sequence[tuple[float, float]], colour: str, dash: str) -> str:
    places = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'


def _band(frame: Frame, line: Line, colour: str) -> str:
    xs = [x for x, _ in line.points]
    upper = [(x, high) for x, (_, high) in zip(xs, line.bands, strict=True)]
    lower = [(x, low) for x, (low, _) in zip(xs, line.bands, strict=True)]
    places = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y in [*upper, *reversed(lower)])
    return f'<polygon points="{places}" fill="{colour}" fill-opacity=".12"/>'


def _dot(frame: Frame, line: Line, point: tuple[float, float], colour: str) -> str:
    x, y = point
    title = escape(f"{line.name}: {_number(x, frame)}, {y:.3f}")
    return (
        f'<circle cx="{frame.x(x):.1f}" cy="{frame.y(y):.1f}" r="3.5" fill="{colour}"><title>{title}</title></circle>'
    )


def _name(line: Line, number: int, n_lines: int, colour: str) -> str:
    if n_lines == 1:
        return ""
    y = TOP + 12 + 15 * number
    return f'<text x="{WIDTH - RIGHT - 4}" y="{y}" text-anchor="end" fill="{colour}">{escape(line.name)}</text>'
