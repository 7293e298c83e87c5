"""Pages for machines: the feed, the sitemap, robots.txt; and the page for an address that is not there."""

import re
from collections.abc import Callable

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
_PERIOD = re.compile(r"/(?:archive|columns|regions|authors|tags)/(?:.*/)?(\d{4})/(?:\d\d/)?")


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


def part_of(address: str) -> str:
    """The part of the sitemap in which the page at an address stands.

    A part may hold 50,000 addresses, so that no part grows with the archive: an issue's pages stand in that of its
    year, a list's years and months in another of the year, names in one for each letter.
    """
    if found := _PERIOD.fullmatch(address):
        return f"lists-{found[1]}"
    steps = address.strip("/").split("/")
    if steps[0] == "issues" and len(steps) > 1:
        return steps[1][:4]
    if steps[0] in ("authors", "tags") and len(steps) > 1:
        return f"{steps[0]}-{steps[1][:1]}"
    return "pages"


def _sitemap(context: Context, key: str) -> Page:
    return Page(f"/sitemap/{key}.xml", "sitemap.xml", SitemapPage(tuple(context.ask.part(key))))


def _sitemap_address(context: Context, key: str) -> str | None:
    return f"/sitemap/{key}.xml" if context.ask.part(key, 1) else None


def _sitemap_index(context: Context, key: str) -> Page:
    parts = tuple(f"/sitemap/{each}.xml" for each in context.ask.parts())
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
    mapped=False,
    last=True,
)
SITEMAP = Kind(
    name="sitemap",
    keys=lambda context: context.ask.parts(),
    address=_sitemap_address,
    page=_sitemap,
    touched={"stands": lambda context, address: [part_of(address)]},
    rank=0,
    mapped=False,
    last=True,
)
SITEMAP_INDEX = Kind(
    name="sitemapindex",
    keys=_single,
    address=_always("/sitemap.xml"),
    page=_sitemap_index,
    touched={"stands": lambda context, address: [""]},
    rank=0,
    mapped=False,
    last=True,
)
ROBOTS = Kind("robots", _single, _always("/robots.txt"), _robots, {}, 0, False, True)
NOT_FOUND = Kind("notfound", _single, _always("/404.html"), _not_found, {}, 0, False, True)
