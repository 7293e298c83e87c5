"""Which months share a segment: a rule that hangs on their own numbers of articles, so that law 1 holds by itself."""

from collections.abc import Iterator
from itertools import groupby

from gongbao.catalogue.search import Unit

FULL = 250_000
"""From how many articles on years have a segment for themselves."""
LIVELY = 2_000
"""From how many articles of the newest year on its newest month stands alone."""


def grouped(units: list[Unit]) -> Iterator[list[Unit]]:
    """The months of each segment, in order. What a day's issue rewrites is the last of them."""
    years = [list(group) for _, group in groupby(units, lambda unit: unit.month[:4])]
    old, newest = years[:-1], years[-1] if years else []
    group: list[Unit] = []
    for year in old:
        group += year
        if _articles(group) >= FULL:
            yield group
            group = []
    if group:
        yield group
    if _articles(newest) >= LIVELY and newest[:-1]:
        yield newest[:-1]
        newest = newest[-1:]
    if newest:
        yield newest


def _articles(units: list[Unit]) -> int:
    return sum(unit.articles for unit in units)
