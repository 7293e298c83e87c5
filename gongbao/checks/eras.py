"""A region under a name that it did not have when the issue appeared."""

from collections.abc import Iterator

from gongbao import regions
from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic


def _look(source: Source) -> Iterator[Diagnostic]:
    article = source.article
    if not article:
        return
    year = int(article.issue[:4])
    for place in article.places:
        since, until = regions.years(place)
        if (since and year < since) or (until and until < year):
            name, years = place.names[-1], f"{since or ''}—{until or ''}"
            yield source.found("G741", source.where(_written(source, place.names)), name=name, years=years, year=year)


def _written(source: Source, names: tuple[str, ...]) -> str:
    """The longest of its names that the front matter has."""
    return next((name for name in reversed(names) if name in source.head), names[-1][:-1])


CHECK = Check(("G741",), _look)
