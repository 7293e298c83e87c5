"""The search page, and the description by which browsers take up the archive's search.

It is no `last` kind, as every page leads to it: on a first build it must be there before the front page is.
"""

from gongbao.diagnostics import N_
from gongbao.pages.base import Context, Kind
from gongbao.views import Named, OpenSearchPage, Page, Scope, SearchPage

ADDRESS = "/search/"
DESCRIPTION = "/opensearch.xml"
FEATURE = "search"
DATE = N_("Date")
"""What the filter by date is called."""
SCRIPT = "search.js"
"""The asset that only a site with search has."""


def scope(context: Context, *filters: tuple[str, str]) -> Scope | None:
    """What a search may be kept to: words for filters and their values, of which empty ones do not count."""
    if not context.settings.has(FEATURE):
        return None
    told = [(word, value) for word, value in filters if value]
    name = " ".join(context.speaker.plain_date(value) if word == DATE else value for word, value in told)
    return Scope(name, " ".join(f"{context.speaker.say(word)}:{_quoted(value)}" for word, value in told))


def _quoted(value: str) -> str:
    return f'"{value}"' if len(value.split()) > 1 else value


def _page(context: Context, key: str) -> Page:
    return context.page(ADDRESS, "search.html", SearchPage(), Named(context.speaker.say(N_("Search")), ADDRESS))


def _description(context: Context, key: str) -> Page:
    return Page(DESCRIPTION, "opensearch.xml", OpenSearchPage(ADDRESS))


def _keys(context: Context) -> list[str]:
    return [""] if context.settings.has(FEATURE) else []


def _address(address: str, context: Context) -> str | None:
    return address if context.settings.has(FEATURE) else None


KIND = Kind(
    name="search",
    keys=_keys,
    address=lambda context, key: _address(ADDRESS, context),
    page=_page,
    touched={},
)
OPENSEARCH = Kind(
    name="opensearch",
    keys=_keys,
    address=lambda context, key: _address(DESCRIPTION, context),
    page=_description,
    touched={},
    rank=0,
    mapped=False,
)
