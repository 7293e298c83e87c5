"""Days of publication: which comes next, how many lie between two, and the numbers that issues get by it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from gongbao.model import Issue
from gongbao.settings import Settings
from gongbao.text import issue_date

_YEARLY = re.compile(r"每年|逐年|按年|各年|年度|year", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(\d+)\D*$")
_FAR = 800
"""How many days ahead the next issue is looked for."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an issue, and how they were found: the issue before, and how many days of publication after it."""

    number: str = ""
    total: str = ""
    before: str = ""
    steps: int = 0


def gap_on(settings: Settings, day: str) -> str | None:
    """Why nothing appears on a day (it may have no name); None where it is in no gap."""
    return next((gap.name for gap in settings.gaps if gap.since <= day <= (gap.to or "9999")), None)


def appears(settings: Settings, day: str) -> bool:
    """Whether the newspaper appears on a day."""
    weekdays = settings.weekdays or tuple(range(1, 8))
    return date.fromisoformat(day).isoweekday() in weekdays and gap_on(settings, day) is None


def next_day(settings: Settings, after: str) -> str | None:
    """The next day of publication after a day."""
    day = date.fromisoformat(after)
    for _ in range(_FAR):
        day += timedelta(1)
        if appears(settings, day.isoformat()):
            return day.isoformat()
    return None


def count_days(settings: Settings, after: str, to: str) -> int:
    """How many days of publication there are after one day, up to another."""
    day, last, found = date.fromisoformat(after), date.fromisoformat(to), 0
    while day < last:
        day += timedelta(1)
        found += appears(settings, day.isoformat())
    return found


def before(issues: dict[str, Issue], key: str) -> Issue | None:
    """The last issue of the same run before `key`: a monthly supplement counts by itself, an extra has no number."""
    run = [each for each in sorted(issues) if len(issue_date(each)) == len(issue_date(key)) and each < key]
    return next((issues[each] for each in reversed(run) if issues[each].number or issues[each].total), None)


def numbers(settings: Settings, last: Issue | None, key: str) -> Numbers:
    """The numbers of the issue `key` after `last`; empty where they cannot be known."""
    if last is None:
        return Numbers()
    since, day = issue_date(last.key), issue_date(key)
    steps = _months(since, day) if len(day) == 7 else count_days(settings, since, day) if settings.weekdays else 1
    steps = max(steps, 1)
    start = _restart(settings, since, day)
    if not start:
        return Numbers(_plus(last.number, steps), _plus(last.total, steps), last.key, steps)
    number = count_days(settings, _eve(start), day) if settings.weekdays and len(day) == 10 else 1
    return Numbers(str(max(number, 1)), _plus(last.total, steps), last.key, steps)


def _restart(settings: Settings, since: str, day: str) -> str:
    """The day from which numbers count anew between two days: a new name, or a year where they go by year."""
    title = next((each for each in settings.titles if each.since <= day <= (each.to or "9999")), None)
    if title is None:
        return ""
    yearly = f"{day[:4]}-01-01" if _YEARLY.search(title.note) else ""
    start = max(title.since, yearly)
    return start if since < start else ""


def _eve(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat()


def _months(since: str, to: str) -> int:
    return (int(to[:4]) - int(since[:4])) * 12 + int(to[5:7]) - int(since[5:7])


def _plus(number: str, steps: int) -> str:
    """A number and as many more; of “10—11” the last counts."""
    found = _LAST_NUMBER.search(number)
    return str(int(found[1]) + steps) if found else ""
