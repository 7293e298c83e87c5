"""Pages for machines: the feed, the sitemap, robots.txt; and the page for an address that is not there."""

from collections.abc import Callable, Iterable

from gongbao.diagnostics import N_
from gongbao.pages import places
from gongbao.pages.base import Context, Kind
from gongbao.views import (
    FeedEntry,
    FeedPage,
    Named,
    NotFoundPage,
    Page,
    RobotsPage,
    SitemapIndexPage,
    SitemapPage,
)

FEED_ENTRIES = 30
"""How many articles the feed has."""
_YEARLY = ("article", "issue", "leaf")
_OTHERS = ("front", "column", "region", "author", "tag", "index", "archive", "year", "month", "standing")


def _feed(context: Context, key: str) -> Page:
    entries = tuple(
        FeedEntry(
            id=card.address,
            address=card.address,
            title=" ".join(card.title.split()),
            date=card.date if len(card.date) == 10 else f"{card.date}-01",
            people=card.people,
            column=card.column,
            summary=card.excerpt,
        )
        for card in context.ask.cards("all:", limit=FEED_ENTRIES)
    )
    updated = max((entry.date for entry in entries), default="1970-01-01")
    return Page("/feed.xml", "feed.xml", FeedPage(updated, entries))


def _sitemap(context: Context, key: str) -> Page:
    prefix, kinds = ("/", _OTHERS) if key == "pages" else (f"/issues/{key}-", _YEARLY)
    return Page(f"/sitemap/{key}.xml", "sitemap.xml", SitemapPage(tuple(context.ask.pages(prefix, kinds))))


def _sitemap_keys(context: Context) -> Iterable[str]:
    return ["pages", *dict.fromkeys(month[:4] for month, _ in context.ask.issue_months())]


def _sitemap_address(context: Context, key: str) -> str | None:
    return f"/sitemap/{key}.xml" if key == "pages" or context.ask.has_issues(key) else None


def _sitemap_index(context: Context, key: str) -> Page:
    parts = tuple(f"/sitemap/{each}.xml" for each in sorted(_sitemap_keys(context)))
    return Page("/sitemap.xml", "sitemapindex.xml", SitemapIndexPage(parts))


def _robots(context: Context, key: str) -> Page:
    return Page("/robots.txt", "robots.txt", RobotsPage("/sitemap.xml"))


def _not_found(context: Context, key: str) -> Page:
    columns = tuple(Named(each.name, places.column_address(context, each.name)) for each in context.settings.columns)
    title = context.speaker.say(N_("Nothing is at this address"))
    return context.page("/404.html", "notfound.html", NotFoundPage(columns), Named(title, "/404.html"))


def _always(address: str) -> Callable[[Context, str], str]:
    return lambda context, key: address


def _single(context: Context) -> list[str]:
    return [""]


FEED = Kind(
    name="feed",
    keys=_single,
    address=_always("/feed.xml"),
    page=_feed,
    touched={"list": lambda context, subject, month: [""] if subject == "all:" else []},
    rank=0,
    last=True,
)
SITEMAP = Kind(
    name="sitemap",
    keys=_sitemap_keys,
    address=_sitemap_address,
    page=_sitemap,
    touched={"stands": lambda context, address: [address[8:12] if address.startswith("/issues/") else "pages"]},
    rank=0,
    last=True,
)
SITEMAP_INDEX = Kind(
    name="sitemapindex",
    keys=_single,
    address=_always("/sitemap.xml"),
    page=_sitemap_index,
    touched={"calendar": lambda context, month: [""]},
    rank=0,
    last=True,
)
ROBOTS = Kind("robots", _single, _always("/robots.txt"), _robots, {}, 0, True)
NOT_FOUND = Kind("notfound", _single, _always("/404.html"), _not_found, {}, 0, True)
