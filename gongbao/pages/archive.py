"""The calendar: all years, a year month by month, a month day by day with its issues."""

import calendar

from gongbao.model import Issue
from gongbao.pages import places
from gongbao.pages.base import Context, Kind
from gongbao.pages.lists import named_period
from gongbao.text import issue_date
from gongbao.views import ArchivePage, DayView, Epoch, MonthPage, MonthView, Page, YearPage, YearView

_WEEKS = calendar.Calendar()


def gap(context: Context, first: str, last: str) -> str:
    """Why nothing appeared in all the days from `first` to `last`; empty where nothing is said."""
    for each in context.settings.gaps:
        if each.since <= first and (not each.to or last <= each.to):
            return each.name
    return ""


def history(context: Context) -> tuple[Epoch, ...]:
    """The names that the newspaper had, and when it did not appear, oldest first."""
    settings = context.settings
    names = [Epoch(each.name, each.since, each.to, each.note) for each in settings.titles]
    gaps = [Epoch(each.name, each.since, each.to, gap=True) for each in settings.gaps]
    return tuple(sorted((*names, *gaps), key=lambda epoch: (epoch.since, epoch.gap)))


def years(context: Context, since: str = "") -> tuple[YearView, ...]:
    """Every year from the first issue, or from the year `since` if that was before, to the last issue, oldest first."""
    issues: dict[str, int] = {}
    for month, count in context.ask.issue_months():
        issues[month[:4]] = issues.get(month[:4], 0) + count
    articles = context.ask.years("all:")
    span = range(int(min(*issues, since or "9999")), int(max(issues)) + 1) if issues else ()
    return tuple(_year_view(context, str(year), issues, articles) for year in span)


def lifetime(context: Context) -> tuple[YearView, ...]:
    """Every year from the newspaper's first day, or the first issue, to the last issue: the archive may begin later
    than the newspaper did."""
    return years(context, min((each.since[:4] for each in context.settings.titles if each.since), default=""))


def _archive(context: Context, key: str) -> Page:
    all_years = lifetime(context)
    issues = sum(year.issues for year in all_years)
    view = ArchivePage(context.ask.span("all:", "", ()), issues, all_years, history(context))
    return context.page(places.archive_address(), "archive.html", view, *places.archive_crumbs(context, ""))


def _year_view(context: Context, year: str, issues: dict[str, int], articles: dict[str, int]) -> YearView:
    count = issues.get(year, 0)
    reason = "" if count else gap(context, f"{year}-01-01", f"{year}-12-31")
    return YearView(year, places.archive_address(year) if count else "", count, articles.get(year, 0), reason)


def _year(context: Context, key: str) -> Page:
    issues = context.ask.issues(key)
    months = tuple(month_view(context, f"{key}-{number:02}", issues) for number in range(1, 13))
    before, after = context.ask.issue_periods_beside(key)
    root = places.archive_address()
    span = context.ask.span("all:", key, ())
    sides = (named_period(context, root, before), named_period(context, root, after))
    view = YearPage(key, months, len(issues), span, *sides)
    return context.page(places.archive_address(key), "year.html", view, *places.archive_crumbs(context, key))


def _month(context: Context, key: str) -> Page:
    issues = context.ask.issues(key)[::-1]
    told = tuple(
        (
            places.issue_view(context, issue),
            tuple(places.leaf_view(context, issue.key, each.leaf) for each in context.ask.leaves(issue.key)),
        )
        for issue in issues
    )
    before, after = context.ask.issue_periods_beside(key)
    root = places.archive_address()
    span = context.ask.span("all:", key, ())
    sides = (named_period(context, root, before), named_period(context, root, after))
    view = MonthPage(month_view(context, key, issues), told, span, *sides)
    return context.page(places.archive_address(key), "month.html", view, *places.archive_crumbs(context, key))


def month_view(context: Context, month: str, issues: list[Issue]) -> MonthView:
    """A month's calendar with those of `issues` that fall in it."""
    mine = [issue for issue in issues if issue.key.startswith(month)]
    days: dict[str, list[Issue]] = {}
    for issue in sorted(mine, key=lambda issue: issue.key):
        days.setdefault(issue_date(issue.key), []).append(issue)
    year, number = int(month[:4]), int(month[5:])
    weeks = tuple(
        tuple(_day(context, f"{month}-{day:02}", days) if day else None for day in week)
        for week in _WEEKS.monthdayscalendar(year, number)
    )
    last = f"{month}-{calendar.monthrange(year, number)[1]}"
    return MonthView(
        month=month,
        address=places.archive_address(month) if mine else "",
        count=len(mine),
        weeks=weeks,
        issues=tuple(places.issue_view(context, issue) for issue in days.get(month, ())),
        gap="" if mine else gap(context, f"{month}-01", last),
    )


def _day(context: Context, date: str, days: dict[str, list[Issue]]) -> DayView:
    issues = tuple(places.issue_view(context, issue) for issue in days.get(date, ()))
    return DayView(date, int(date[8:]), issues, "" if issues else gap(context, date, date))


def _period(context: Context, key: str) -> str | None:
    return places.archive_address(key) if context.ask.has_issues(key) else None


def _periods(context: Context, length: int) -> list[str]:
    return list(dict.fromkeys(month[:length] for month, _ in context.ask.issue_months()))


ARCHIVE = Kind(
    name="archive",
    keys=lambda context: [""],
    address=lambda context, key: places.archive_address(),
    page=_archive,
    touched={
        "list": lambda context, subject, month: [""] if subject == "all:" else [],
        "issue": lambda context, key: [""],
        "calendar": lambda context, month: [""],
    },
)
YEAR = Kind(
    name="year",
    keys=lambda context: _periods(context, 4),
    address=_period,
    page=_year,
    touched={
        "list": lambda context, subject, month: [month[:4]] if subject == "all:" else [],
        "issue": lambda context, key: [key[:4]],
        "calendar": lambda context, month: [month[:4]],
    },
)
MONTH = Kind(
    name="month",
    keys=lambda context: _periods(context, 7),
    address=_period,
    page=_month,
    touched={
        "list": lambda context, subject, month: [month] if subject == "all:" else [],
        "issue": lambda context, key: [key[:7]],
        "calendar": lambda context, month: [month],
        "leaf": lambda context, issue, leaf: [issue[:7]],
        "leaves": lambda context, issue: [issue[:7]],
    },
)
