"""A picture of lines over logarithmic axes, in a few lines of SVG."""

import math
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 460, 300, 56, 34, 14, 44


@dataclass(frozen=True)
class Line:
    name: str
    points: list[tuple[float, float]]
    colour: str
    is_dashed: bool = False


def chart(*panels: tuple[str, str, list[Line]]) -> str:
    """Panels side by side: a title, what runs across, and the lines."""
    drawn = "".join(
        f'<g transform="translate({number * WIDTH} 0)">{_panel(*panel)}</g>'
        for number, panel in enumerate(panels)
    )
    # White paper, so that it reads on a dark page too.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(panels)} {HEIGHT}"'
        ' font-family="sans-serif" font-size="11" role="img">'
        f"<title>{escape('; '.join(panel[0] for panel in panels))}</title>"
        '<rect width="100%" height="100%" fill="#fff"/>' + drawn + "</svg>\n"
    )


def _panel(title: str, across: str, lines: list[Line]) -> str:
    lines = [line for line in lines if line.points]
    spots = [spot for line in lines for spot in line.points]
    x = _Axis([spot[0] for spot in spots], LEFT, WIDTH - RIGHT)
    y = _Axis([spot[1] for spot in spots], HEIGHT - BOTTOM, TOP)
    parts = [f'<text x="{LEFT}" y="18" font-size="13" fill="#111">{escape(title)}</text>']
    for value in x.ticks:
        parts.append(
            f'<path d="M{x.at(value):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#e5e7eb"/>'
            f'<text x="{x.at(value):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle"'
            f' fill="#374151">{_label(value)}</text>'
        )
    for value in y.ticks:
        parts.append(
            f'<path d="M{LEFT} {y.at(value):.1f}H{WIDTH - RIGHT}" stroke="#e5e7eb"/>'
            f'<text x="{LEFT - 6}" y="{y.at(value) + 4:.1f}" text-anchor="end"'
            f' fill="#374151">{_label(value)}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle" fill="#374151">{across}</text>'
    )
    for number, line in enumerate(lines):
        dash = ' stroke-dasharray="5 4"' if line.is_dashed else ""
        path = "L".join(f"{x.at(a):.1f} {y.at(b):.1f}" for a, b in sorted(line.points))
        parts.append(
            f'<path d="M{path}" fill="none" stroke="{line.colour}" stroke-width="2"{dash}/>'
        )
        parts += [
            f'<circle cx="{x.at(a):.1f}" cy="{y.at(b):.1f}" r="3" fill="{line.colour}">'
            f"<title>{escape(line.name)}: {a:,} {across}: {b:.3g}</title></circle>"
            for a, b in line.points
        ]
        top = TOP + 10 + number * 15
        parts.append(
            f'<path d="M{LEFT + 8} {top}h22" stroke="{line.colour}" stroke-width="2"{dash}/>'
            f'<text x="{LEFT + 36}" y="{top + 4}" fill="#111">{escape(line.name)}</text>'
        )
    return "".join(parts)


class _Axis:
    """From the power of ten below the least value to the one above the largest."""

    def __init__(self, values: list[float], start: float, end: float):
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)
        self._start, self._end = start, end
        self.ticks = [10.0**power for power in range(self._low, self._high + 1)]

    def at(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)


def _label(value: float) -> str:
    if value >= 1_000_000:
        return f"{value / 1_000_000:g} M"
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
