"""The kinds of pages: one file is one kind, or a few that are made alike."""

from gongbao.pages import (
    archive,
    article,
    author,
    column,
    days,
    files,
    front,
    hosts,
    index,
    issue,
    leaf,
    machines,
    redirect,
    region,
    search,
    standing,
    statistics,
    tag,
)
from gongbao.pages.base import Context, Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        article.KIND, issue.KIND, leaf.KIND, column.KIND, region.KIND, author.KIND, tag.KIND, index.KIND,
        archive.ARCHIVE, archive.YEAR, archive.MONTH, days.DAYS, days.DAY, statistics.KIND, search.KIND,
        standing.KIND, redirect.KIND, files.ASSET, files.MEDIA,
        front.KIND, machines.FEED, machines.SITEMAP, machines.SITEMAP_INDEX, machines.ROBOTS, machines.NOT_FOUND,
        search.OPENSEARCH, hosts.HEADERS,
    )
}  # fmt: skip

__all__ = ["KINDS", "Context", "Kind"]
