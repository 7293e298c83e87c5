"""The front page: the newest issue, the columns' newest articles, and the ways into the archive."""

from gongbao.pages import issue, places
from gongbao.pages.base import Context, Kind
from gongbao.pages.lists import by_year
from gongbao.settings import Column
from gongbao.views import ColumnBlock, FrontPage, Named, Page

EARLIER = 10
"""How many issues before the newest it leads to."""
COLUMN_CARDS = 5
"""How many articles of a column it shows."""


def _page(context: Context, key: str) -> Page:
    newest = context.ask.issues(limit=EARLIER + 1)
    read = next((each for each in newest if not each.status), None)
    months = context.ask.months("all:")
    view = FrontPage(
        issue=places.issue_view(context, read) if read else None,
        leaves=issue.blocks(context, read.key) if read else (),
        columns=tuple(_block(context, column) for column in context.settings.columns),
        issues=tuple(places.issue_view(context, each) for each in newest if each is not read),
        years=by_year(context, places.archive_address(), months),
        total=sum(count for _, count in months),
    )
    return context.page("/", "front.html", view)


def _block(context: Context, column: Column) -> ColumnBlock:
    cards = context.ask.cards(f"column:{column.name}", limit=COLUMN_CARDS)
    return ColumnBlock(Named(column.name, places.column_address(context, column.name)), column.intro, cards)


KIND = Kind(
    name="front",
    keys=lambda context: [""],
    address=lambda context, key: "/",
    page=_page,
    touched={
        "list": lambda context, subject, month: [""] if subject == "all:" else [],
        "issue": lambda context, key: [""],
        "leaf": lambda context, issue, leaf: [""],
        "leaves": lambda context, issue: [""],
    },
    rank=0,
    last=True,
)
