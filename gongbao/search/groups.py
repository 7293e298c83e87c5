"""Which months share a segment, and how it lies in files: rules that hang on their own numbers, so that law 1 holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gongbao.catalogue.search import Unit


@dataclass(frozen=True, slots=True)
class Shape:
    """How a segment lies in files. `least`: bytes that a chunk of terms has before it is zipped; `one_in`: after how
    many terms more one ends a chunk; `listed`: how many files' names a list of them has (0: the manifest names all)."""

    least: int
    one_in: int
    listed: int


FULL = 250_000
"""From how many articles on years have a segment for themselves."""
LIVELY = 2_000
"""From how many articles of the newest year on its newest month stands alone."""
LARGE = 150_000
"""From how many articles on a segment is large: its postings are long, so that a file that a query reads has fewer of
them, and its files are so many that the manifest names lists of them."""
SMALL_SHAPE, LARGE_SHAPE = Shape(24_000, 32, 0), Shape(10_000, 8, 256)


def shape_of(units: list[Unit]) -> Shape:
    """How the segment of some months lies in files."""
    return LARGE_SHAPE if _articles(units) >= LARGE else SMALL_SHAPE


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
