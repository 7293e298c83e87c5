"""The issue page: an issue's leaves with their articles."""

from gongbao.pages import days, places, search
from gongbao.pages.base import Context, Kind
from gongbao.pages.references import resolve
from gongbao.text import issue_date
from gongbao.views import IssuePage, LeafBlock, Named, Page


def blocks(context: Context, key: str) -> tuple[LeafBlock, ...]:
    """The leaves of an issue with their articles."""
    return tuple(
        LeafBlock(places.leaf_view(context, key, each.leaf), context.ask.leaf_cards(key, each.leaf.leaf))
        for each in context.ask.leaves(key)
    )


def _address(context: Context, key: str) -> str | None:
    issue = context.ask.issue(key)
    return issue.address if issue else None


def _page(context: Context, key: str) -> Page | None:
    issue = context.ask.issue(key)
    if not issue:
        return None
    if issue.source:
        resolve(context, issue.source)
    same_day = context.ask.issues(issue_date(key))
    view = places.issue_view(context, issue)
    before, after = context.ask.issues_beside(key)
    editions = tuple(
        places.issue_view(context, each)
        for each in reversed(same_day)
        if each.key != key and len(issue_date(key)) == 10
    )
    day = days.named_day(context, days.of_issue(key))
    page = IssuePage(view, blocks(context, key), editions, day, _named(context, before), _named(context, after))
    scope = search.scope(context, (search.DATE, view.date))
    return context.page(issue.address, "issue.html", page, *places.issue_crumbs(context, view), scope=scope)


def _named(context: Context, key: str) -> Named:
    issue = context.ask.issue(key) if key else None
    return Named(context.speaker.issue(places.issue_view(context, issue)), issue.address) if issue else Named("")


KIND = Kind(
    name="issue",
    keys=lambda context: (issue.key for issue in context.ask.issues()),
    address=_address,
    page=_page,
    touched={
        "issue": lambda context, key: [key],
        "leaf": lambda context, issue, leaf: [issue],
        "leaves": lambda context, issue: [issue],
        "source": lambda context, source: context.ask.issue_linkers(source),
    },
)
