"""On this day (历史上的今天): a page for each day of the year with what all years wrote on it, and their list.

Whether a day is today is for the reader's clock to say: no page hangs on it.
"""

from gongbao.diagnostics import N_
from gongbao.pages import places
from gongbao.pages.base import Context, Kind
from gongbao.text import issue_date
from gongbao.views import DayPage, DaysPage, DaysRow, IssueOfDay, Named, Page

CARDS = 100
"""How many articles a day shows at most, of the newest issues."""
ISSUE_CARDS = 8
"""How many of an issue's first articles it shows."""


def of_issue(key: str) -> str:
    """The day of the year (MM-DD) of an issue; empty for an issue of a whole month."""
    date = issue_date(key)
    return date[5:] if len(date) == 10 else ""


def named_day(context: Context, day: str) -> Named:
    """A day of the year with its page; nothing for no day."""
    return Named(context.speaker.short_date(f"2000-{day}"), places.day_address(day)) if day else Named("")


def _root_crumb(context: Context) -> Named:
    return Named(context.speaker.say(N_("On this day")), places.day_address())


def _days(context: Context, key: str) -> Page:
    counts = dict(context.ask.days())
    rows = tuple(_row(context, f"{month:02}", counts) for month in range(1, 13))
    return context.page(places.day_address(), "days.html", DaysPage(rows), _root_crumb(context))


def _row(context: Context, month: str, counts: dict[str, int]) -> DaysRow:
    days = tuple(
        (day, places.day_address(f"{month}-{day:02}"), counts[f"{month}-{day:02}"])
        for day in range(1, 32)
        if f"{month}-{day:02}" in counts
    )
    return DaysRow(month, days)


def _address(context: Context, key: str) -> str | None:
    return places.day_address(key) if context.ask.has_day(key) else None


def _day(context: Context, key: str) -> Page:
    left, found = CARDS, []
    for issue in context.ask.issues_of_day(key):
        cards = context.ask.first_cards(issue.key, min(left, ISSUE_CARDS)) if left else ()
        left -= len(cards)
        found.append(IssueOfDay(places.issue_view(context, issue), cards, context.ask.issue_articles(issue.key)))
    before, after = context.ask.days_beside(key)
    view = DayPage(key, tuple(found), named_day(context, before), named_day(context, after))
    crumbs = (_root_crumb(context), named_day(context, key))
    return context.page(places.day_address(key), "day.html", view, *crumbs)


def _touched(context: Context, issue: str, *_: str) -> list[str]:
    return [day] if (day := of_issue(issue)) else []


def _around(context: Context, issue: str) -> list[str]:
    """A day that came or went shows on the days beside it."""
    day = of_issue(issue)
    return [each for each in (day, *context.ask.days_beside(day)) if each] if day else []


DAYS = Kind(
    name="days",
    keys=lambda context: [""],
    address=lambda context, key: places.day_address(),
    page=_days,
    touched={"calendar": lambda context, month: [""]},
)
DAY = Kind(
    name="day",
    keys=lambda context: (day for day, _ in context.ask.days()),
    address=_address,
    page=_day,
    touched={"issue": _around, "leaf": _touched, "leaves": _touched},
)
