"""The archive as every other program is given it: front matter read, links and slugs resolved beforehand.

All that Gongbao works out itself while it builds (whose province a city is, where a link leads, under which letter a
name stands) is handed to the others ready-made and outside their time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

import yaml

from gongbao import pinyin, regions

TITLE = "试验工报"
BASE_URL = "https://bench.example"
NEWEST = 30
"""How many articles the first page of a list, a year of a column or province, and the feed show."""

_FILE = re.compile(r"(?P<leaf>\d+)-(?P<order>\d+)-(?P<slug>[^/]+)\.md")
_LINK = re.compile(r"\]\(([^)]+\.md)\)")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Article:
    """An article. `region` is a path of names from the province down; `photo` is an address."""

    address: str
    issue: str
    leaf: str
    slug: str
    moment: datetime
    """The issue's day; earlier by a minute an article, so that newest first is the order within the issue, too."""
    title: str
    column: str
    kind: str
    authors: list[str]
    region: str
    tags: list[str]
    photo: str
    caption: str
    body: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: where it is, and its address."""

    file: Path
    address: str


def columns(root: Path) -> list[str]:
    """The newspaper's columns."""
    found: list[str] = yaml.load(root.joinpath("site.yaml").read_text("utf-8"), _LOADER)["columns"]
    return found


def articles(root: Path) -> Iterator[Article]:
    """Every article of Gongbao's site at `root`, oldest issue first."""
    content = root / "content"
    for file in sorted(content.rglob("*.md")):
        yield _article(file.relative_to(content).as_posix(), file.read_text("utf-8"))


def pictures(root: Path) -> Iterator[Picture]:
    """Every picture of the site."""
    for file in sorted(root.joinpath("content").rglob("*.png")):
        yield Picture(file, _picture(file.parent.name, file.name))


def letters(found: list[Article]) -> dict[str, dict[str, str]]:
    """The authors' names and the tags, each with the letter under which an index lists it, in the order of pinyin."""
    authors = {name for each in found for name in each.authors}
    tags = {name for each in found for name in each.tags}
    return {
        "authors": {name: pinyin.initial(name, True) for name in sorted(authors, key=pinyin.slug)},
        "tags": {name: pinyin.initial(name) for name in sorted(tags, key=pinyin.slug)},
    }


def region_paths(path: str) -> list[str]:
    """A region and those above it, from the province down: 陕西省, 陕西省/西安市."""
    steps = path.split("/")
    return ["/".join(steps[: number + 1]) for number in range(len(steps))]


def _article(source: str, text: str) -> Article:
    _, head, body = text.split("---\n", 2)
    front = yaml.load(head, _LOADER)
    issue = source.split("/")[-2]
    name = _FILE.fullmatch(source.rpartition("/")[2])
    assert name
    photo = (front.get("图片") or [{"文件": "", "说明": ""}])[0]
    return Article(
        address=_address(source),
        issue=issue,
        leaf=name["leaf"],
        slug=name["slug"],
        moment=datetime.fromisoformat(issue) + timedelta(hours=23) - timedelta(minutes=int(name["order"])),
        title=front["标题"],
        column=front["栏目"],
        kind=front["体裁"],
        authors=front["作者"],
        region=_region(front["地区"], int(issue[:4])),
        tags=front["标签"],
        photo=_picture(issue, photo["文件"]) if photo["文件"] else "",
        caption=photo["说明"],
        body=_LINK.sub(lambda link: f"]({_address(normpath(join(dirname(source), link[1])))})", body),
    )


def _address(source: str) -> str:
    name = _FILE.fullmatch(source.rpartition("/")[2])
    assert name
    return f"/issues/{source.split('/')[-2]}/{name['leaf']}/{name['slug']}/"


def _picture(issue: str, name: str) -> str:
    return f"/media/{issue}/{name}"


@cache
def _region(text: str, year: int) -> str:
    """The official names from the province down, as they were in the year."""
    place = regions.resolve(text, year).place
    assert place
    return "/".join(place.names)
