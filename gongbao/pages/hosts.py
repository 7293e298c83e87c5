"""What hosts are told: `_headers`, which several static hosts read, with the policy and how long to keep what.

Two rules of one host that fit the same address give one header twice, so that no two that set the same header may
overlap; what no rule names, hosts ask for anew by themselves. docs/hosting.md says the same to servers that read no
such file, and a test holds it to this module.
"""

from gongbao.pages.base import Context, Kind
from gongbao.views import HeadersPage, Page

ADDRESS = "/_headers"
SECURITY = (
    ("Content-Security-Policy", "default-src 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
)
"""For every address. Nothing on a page needs an exception: no inline script or style, no request to another host."""
KEPT = "public, max-age=31536000, immutable"
"""For what has the digest of its bytes in its address, and so never changes."""
SHORT = "public, max-age=300"
"""For pages: a reader sees a correction after five minutes at most."""
IMMUTABLE = ("assets", "media", "search/data")
PAGES = (
    "issues", "columns", "regions", "authors", "tags", "archive", "on-this-day", "statistics", "sitemap",
)  # fmt: skip
FILES = ("/", "/search/", "/search/manifest.json", "/feed.xml", "/sitemap.xml", "/opensearch.xml", "/robots.txt")


def rules() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Patterns of addresses, each with its headers."""
    kept = [(f"/{step}/*", (("Cache-Control", KEPT),)) for step in IMMUTABLE]
    short = [(f"/{step}/*", (("Cache-Control", SHORT),)) for step in PAGES]
    files = [(address, (("Cache-Control", SHORT),)) for address in FILES]
    return (("/*", SECURITY), *kept, *short, *files)


HEADERS = Kind(
    name="headers",
    keys=lambda context: [""],
    address=lambda context, key: ADDRESS,
    page=lambda context, key: _page(context),
    touched={},
    rank=0,
    mapped=False,
)


def _page(context: Context) -> Page:
    return Page(ADDRESS, "headers.txt", HeadersPage(rules()))
