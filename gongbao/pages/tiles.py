"""The country as a grid: each province one square, near those that it is near to, so that none is too small."""

from functools import lru_cache

from gongbao import regions
from gongbao.pages import places
from gongbao.pages.base import Context
from gongbao.views import RegionTile

# A row a line, from north to south; two letters a square, by the official code of the province.
_GRID = """
.. .. .. .. .. .. 23
65 .. .. 15 .. .. 22
.. 62 64 14 13 11 21
54 63 61 41 37 12 ..
.. 51 50 42 34 32 31
.. 53 52 43 36 33 ..
.. .. 45 44 35 71 ..
.. .. 46 82 81 .. ..
"""


@lru_cache(maxsize=1)
def _squares() -> dict[str, tuple[int, int]]:
    """Column and row of each province, by the first two digits of its code."""
    rows = [line.split() for line in _GRID.split("\n") if line]
    return {code: (x, y) for y, row in enumerate(rows) for x, code in enumerate(row) if code != ".."}


def tiles(context: Context) -> tuple[RegionTile, ...]:
    """Every province of today, from north to south; those without articles have no address."""
    known = {each.path: each.articles for each in context.ask.children("")}
    found = []
    for region in regions.regions():
        if not region.parent and region.until is None:
            x, y = _squares()[region.code[:2]]
            count = known.get(region.slug, 0)
            address = places.region_address(region.slug) if count else ""
            found.append(RegionTile(region.name, region.short, address, count, x, y))
    return tuple(sorted(found, key=lambda each: (each.row, each.column)))
