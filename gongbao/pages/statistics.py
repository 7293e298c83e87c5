"""Statistics: how much the archive holds, by year, column, region and author, and what it does not hold.

It is told from counts by month, never from articles. It is no `last` kind: every page leads to it, so that on a first
build it must be there before the front page is.
"""

from gongbao.diagnostics import N_
from gongbao.pages import archive, places
from gongbao.pages.base import Context, Kind
from gongbao.views import ColumnYears, Counted, GapView, Named, Page, StatisticsPage, YearView

ADDRESS = "/statistics/"
AUTHORS = 20
"""How many authors it names."""


def _page(context: Context, key: str) -> Page:
    ask = context.ask
    years = archive.years(context)
    view = StatisticsPage(
        span=ask.span("all:", "", ()),
        issues=sum(year.issues for year in years),
        years=years,
        columns=tuple(_column(context, each.name, years) for each in context.settings.columns),
        regions=tuple(
            Counted(each.name, places.region_address(each.path), each.articles)
            for each in sorted(ask.children(""), key=lambda each: (-each.articles, each.path))
        ),
        authors=tuple(
            Counted(each.name, places.author_address(context, each.name), each.articles)
            for each in ask.subjects("author", limit=AUTHORS)
        ),
        gaps=tuple(sorted((*_told(context), *_untold(archive.lifetime(context))), key=lambda gap: gap.since)),
    )
    crumb = Named(context.speaker.say(N_("The archive in figures")), ADDRESS)
    return context.page(ADDRESS, "statistics.html", view, crumb)


def _column(context: Context, name: str, years: tuple[YearView, ...]) -> ColumnYears:
    counts = context.ask.years(f"column:{name}")
    named = Named(name, places.column_address(context, name))
    return ColumnYears(named, sum(counts.values()), tuple(counts.get(each.year, 0) for each in years))


def _told(context: Context) -> tuple[GapView, ...]:
    return tuple(GapView(each.since, each.to, each.name) for each in context.settings.gaps)


def _untold(years: tuple[YearView, ...]) -> list[GapView]:
    """Runs of years without an issue and without a word why."""
    found: list[GapView] = []
    for year in years:
        if year.issues or year.gap:
            continue
        if found and int(found[-1].to) + 1 == int(year.year):
            found[-1] = GapView(found[-1].since, year.year, "")
        else:
            found.append(GapView(year.year, year.year, ""))
    return found


KIND = Kind(
    name="statistics",
    keys=lambda context: [""],
    address=lambda context, key: ADDRESS,
    page=_page,
    touched={
        "list": lambda context, subject, month: [""] if subject == "all:" else [],
        "issue": lambda context, key: [""],
    },
)
