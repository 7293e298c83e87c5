"""Areas of two articles that lie over one another on a leaf's picture."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from gongbao import records
from gongbao.catalogue.facts import Fact
from gongbao.checks.base import CONTENT, Check, Source, at
from gongbao.diagnostics import Diagnostic
from gongbao.model import Area

_LINES = 200
_MUCH = 0.1
"""The part of the smaller area from which on the overlap is no matter of a careless hand."""


def _facts(source: Source) -> Iterator[Fact]:
    article = source.article
    if not article:
        return
    place = max(source.head.find("areas:"), source.head.find("版面区域"), 0)
    for leaf, areas in ((article.leaf, article.areas), *((part.leaf, part.areas) for part in article.continued)):
        for area in areas:
            yield source.fact("area", f"{article.issue} {leaf}", records.encode(area).decode(), place)


def _judge(key: str, facts: list[Fact]) -> Iterator[Diagnostic]:
    areas = [(fact, records.decode(fact.told.encode(), Area)) for fact in facts]
    told = set()
    for (first, one), (second, other) in combinations(areas, 2):
        pair = (first.source, second.source)
        if first.source != second.source and pair not in told and _overlap(one, other) > _MUCH:
            told.add(pair)
            yield at("G765", second, other=CONTENT + first.source)


def _overlap(one: Area, other: Area) -> float:
    """The part of the smaller area that lies under the other, by lines across both."""
    if not _boxes_meet(one, other):
        return 0
    under = of_one = of_other = 0.0
    for line in range(_LINES):
        height = (line + 0.5) / _LINES
        ours, theirs = _inside(one, height), _inside(other, height)
        of_one += sum(end - start for start, end in ours)
        of_other += sum(end - start for start, end in theirs)
        under += sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in ours for b in theirs)
    smaller = min(of_one, of_other)
    return under / smaller if smaller else 0


def _boxes_meet(one: Area, other: Area) -> bool:
    return all(
        max(min(p[axis] for p in one), min(p[axis] for p in other))
        < min(max(p[axis] for p in one), max(p[axis] for p in other))
        for axis in (0, 1)
    )


def _inside(area: Area, height: float) -> list[tuple[float, float]]:
    """The parts of a line at a height that lie in an area."""
    crossings = sorted(
        x1 + (height - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise((*area, area[0]))
        if (y1 <= height) != (y2 <= height)
    )
    return list(zip(crossings[::2], crossings[1::2], strict=True))


CHECK = Check(("G765",), topic="area", facts=_facts, judge=_judge)
