"""Bars on a logarithmic scale, as SVG."""

from html import escape
from math import ceil, floor, log10

_LEFT, _RIGHT, _ROW, _TOP = 330, 70, 22, 50
_WIDTH = 900


def chart(title: str, bars: list[tuple[str, float]]) -> str:
    """The bars (name, value above zero), one a row, with a line at each power of ten."""
    low, high = floor(log10(min(value for _, value in bars))), ceil(log10(max(value for _, value in bars)))
    height = _TOP + _ROW * len(bars) + 10

    def x(value: float) -> float:
        return _LEFT + (log10(value) - low) / max(high - low, 1) * (_WIDTH - _LEFT - _RIGHT)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif"'
        f' font-size="13" role="img" aria-label="{escape(title)}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="8" y="20" font-weight="bold">{escape(title)}</text>',
    ]
    for power in range(low, high + 1):
        at = x(10**power)
        lines.append(f'<path d="M{at:.1f} {_TOP - 8}V{height - 8}" stroke="#ccc"/>')
        lines.append(f'<text x="{at:.1f}" y="{_TOP - 12}" text-anchor="middle" fill="#555">{10**power:g} s</text>')
    for row, (name, value) in enumerate(bars):
        y = _TOP + _ROW * row
        color = "#a4161a" if "gongbao" in name else "#6c757d"
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>')
        lines.append(
            f'<rect x="{_LEFT}" y="{y + 2}" width="{x(value) - _LEFT:.1f}" height="{_ROW - 6}" fill="{color}"/>'
        )
        lines.append(f'<text x="{x(value) + 6:.1f}" y="{y + 14}">{value:.3g}</text>')
    return "\n".join([*lines, "</svg>\n"])
