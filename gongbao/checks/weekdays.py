"""A weekday that is not that of the date beside it: 7月2日（星期三） when it was a Tuesday."""

import re
from collections.abc import Iterator
from datetime import date

from gongbao.checks.base import Check, Source
from gongbao.diagnostics import Diagnostic
from gongbao.model import Article
from gongbao.text import parse_date

_DAY = re.compile(
    r"(?:(?P<year>[12]\d{3})年)?(?<![\d０-９])(?P<month>\d{1,2})月(?P<day>\d{1,2})日[ \u3000]*[（(，,]?[ \u3000]*"
    r"(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])(?![至到、—~～])"
)
_NAMES = "一二三四五六日"
_Place = tuple[int, re.Match[str]]
"""Where a day is told in the source, and how."""


def _look(source: Source) -> Iterator[Diagnostic]:
    article = source.article
    if not article or "月" not in source.text:
        return
    for at, match in (*_in_front(source, article), *_in_body(source)):
        day = _date(match, article.date)
        told = _NAMES.index(match["weekday"].replace("天", "日"))
        if day and day.weekday() != told:
            meant = match[0][:-1] + _NAMES[day.weekday()]
            yield source.found("G715", at, text=match[0], day=day.isoformat(), meant=meant)


def _in_body(source: Source) -> Iterator[_Place]:
    for match in _DAY.finditer(source.prose):
        yield source.body_at + match.start(), match


def _in_front(source: Source, article: Article) -> Iterator[_Place]:
    """In headlines and captions; 勘误 quotes what was wrong."""
    items = (item.title for item in article.items)
    captions = (photo.caption for photo in article.photos)
    for value in (article.kicker, article.title, article.subtitle, article.summary, *items, *captions):
        for match in _DAY.finditer(value) if "月" in value else ():
            place = source.where(value)
            yield max(place, source.head.find(match[0], place)), match


def _date(match: re.Match[str], printed: str) -> date | None:
    """The day that is meant: that of the year which is said, or else the nearest to the issue's."""
    issue = date.fromisoformat(printed if len(printed) == 10 else f"{printed}-15")
    years = [int(match["year"])] if match["year"] else [issue.year + step for step in (-1, 0, 1)]
    days = [parse_date(f"{year}-{match['month']}-{match['day']}") for year in years]
    found = [date.fromisoformat(day) for day in days if day]
    return min(found, key=lambda day: abs((day - issue).days), default=None)


CHECK = Check(("G715",), _look)
