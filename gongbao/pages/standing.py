"""Standing pages: /about/ and the like."""

from gongbao.diagnostics import finding
from gongbao.pages import archive
from gongbao.pages.base import Context, Kind
from gongbao.pages.references import fill, resolve
from gongbao.text import parents
from gongbao.views import Named, Page, StandingPage

ABOUT = "/about/"
"""The page that tells of the newspaper itself."""

RESERVED = frozenset({
    "issues", "columns", "regions", "authors", "tags", "archive", "on-this-day", "statistics", "search",
    "assets", "media", "sitemap",
})  # fmt: skip
"""First steps of addresses that belong to the archive itself."""


def _address(context: Context, key: str) -> str | None:
    found = context.ask.standing(key)
    return key if found and not is_reserved(key) else None


def _page(context: Context, key: str) -> Page | None:
    found = context.ask.standing(key)
    if not found:
        return None
    record, text = found
    told = archive.history(context) if key == ABOUT else ()
    body = _body(context, key, record.source, text)
    view = StandingPage(key, record.title, body, record.summary, told)
    above = [Named(context.ask.named(each), each) for each in parents(key)[1:] if context.ask.named(each)]
    return context.page(key, "standing.html", view, *above, Named(record.title, key))


def _body(context: Context, key: str, source: str, text: str) -> str:
    return fill(context, text, resolve(context, source), key, leads=True)


def footer(context: Context) -> tuple[Named, ...]:
    """The pages that every page leads to: those at the top."""
    return tuple(
        Named(page.title, page.address)
        for page in context.ask.standing_pages()
        if page.address.count("/") == 2 and not is_reserved(page.address)
    )


def is_reserved(address: str) -> bool:
    """Whether an address belongs to the archive itself."""
    return address.split("/")[1] in RESERVED


def report_reserved(context: Context) -> None:
    """Standing pages whose address belongs to the archive."""
    for record in context.ask.standing_pages():
        if is_reserved(record.address):
            context.findings.append(finding("G402", f"content/{record.source}", address=record.address))


KIND = Kind(
    name="standing",
    keys=lambda context: (page.address for page in context.ask.standing_pages()),
    address=_address,
    page=_page,
    touched={
        "page": lambda context, address: [address],
        "source": lambda context, source: context.ask.linkers(source),
        "address": lambda context, address: [
            *context.ask.linkers(address),
            *(page.address for page in context.ask.standing_pages() if page.address.startswith(address)),
        ],
    },
)
