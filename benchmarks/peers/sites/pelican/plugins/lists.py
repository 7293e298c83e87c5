"""Pelican's plugin: the pages of issues, leaves, columns, regions, authors and tags, their years and months, the front.

One pass over the articles, newest first, fills every list; each page is then written by Pelican's own writer.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pelican import signals  # type: ignore[import-not-found]

NEWEST = 30
Article = Any
Entry = tuple[str, str, int]
"""A name, its address and how many articles it has."""


class Lists:
    """Every list of articles, by its address."""

    def __init__(self, generator: Any, writer: Any) -> None:
        self.generator = generator
        self.writer = writer
        self.facts = json.loads(Path("facts.json").read_text("utf-8"))
        self.articles: dict[str, list[Article]] = defaultdict(list)
        self.periods: dict[str, dict[str, None]] = defaultdict(dict)
        self.children: dict[str, dict[str, None]] = defaultdict(dict)
        self.names: dict[str, str] = {}
        self.addresses: list[str] = []

    def collect(self) -> None:
        """One pass over the articles."""
        for article in self.generator.articles:
            self._add("archive", "往期", article, True)
            self._add(f"columns/{article.category.name}", article.category.name, article, True)
            for each in article.authors:
                self._add(f"authors/{each.name}", each.name, article, False)
            for each in article.tags:
                self._add(f"tags/{each.name}", each.name, article, False)
            self._add_regions(article)
            self.articles[f"issues/{article.issue}"].append(article)
            self.articles[f"issues/{article.issue}/{article.leaf}"].append(article)
            self.children[f"issues/{article.issue}"][f"issues/{article.issue}/{article.leaf}"] = None
            self.children[f"archive/{article.issue[:7].replace('-', '/')}"][f"issues/{article.issue}"] = None

    def _add_regions(self, article: Article) -> None:
        above = "regions"
        for depth, name in enumerate(article.region.split("/")):
            path = f"{above}/{name}"
            self.children[above][path] = None
            self._add(path, name, article, depth == 0)
            above = path

    def _add(self, root: str, name: str, article: Article, monthly: bool) -> None:
        year = f"{root}/{article.issue[:4]}"
        self.names[root] = name
        self.articles[root].append(article)
        self.articles[year].append(article)
        self.periods[root][year] = None
        if monthly:
            month = f"{year}/{article.issue[5:7]}"
            self.articles[month].append(article)
            self.periods[year][month] = None

    def write(self) -> None:
        """Writes every page."""
        self._write_issues()
        for root, name in self.names.items():
            self._write_list(root, name)
        for kind in ("authors", "tags"):
            self._write_letters(kind)
        self._page("columns", "names", "栏目", entries=self._entries(f"columns/{c}" for c in self.facts["columns"]))
        self._page("regions", "names", "地区", entries=self._entries(sorted(self.children["regions"])))
        self._write_front()

    def _write_list(self, root: str, name: str) -> None:
        archive = root == "archive"
        self._page(root, "archive" if archive else "list", name, **self._shown(root, root))
        for year in self.periods[root]:
            period = year.rpartition("/")[2]
            self._page(year, "archive" if archive else "list", f"{name} {period}", **self._shown(year, root))
            for month in self.periods[year]:
                title = f"{name} {period}-{month.rpartition('/')[2]}"
                self._page(month, "month" if archive else "list", title, **self._shown(month, root))

    def _shown(self, address: str, root: str) -> dict[str, Any]:
        articles = self.articles[address]
        periods = self.periods.get(address, ())
        if root == "archive":
            issues = {issue: sorted(self.children[issue]) for issue in sorted(self.children.get(address, ()))}
            return {"entries": self._entries(periods), "issues": issues}
        return {
            "total": len(articles),
            "entries": self._entries(periods),
            "children": self._entries(sorted(self.children.get(address, ()))),
            "articles": articles[:NEWEST] if periods else articles,
        }

    def _entries(self, addresses: Iterable[str]) -> list[Entry]:
        return [(each.rpartition("/")[2], f"/{each}/", len(self.articles[each])) for each in addresses]

    def _write_issues(self) -> None:
        for address, articles in self.articles.items():
            if address.count("/") == 1 and address.startswith("issues/"):
                self._page(address, "issue", articles[0].issue, leaves=self._leaves(address))
            elif address.startswith("issues/"):
                self._page(address, "leaf", f"{articles[0].issue} 第 {articles[0].leaf} 版", articles=articles)
        self._page("issues", "names", "往期", entries=self._entries(["archive"]))

    def _leaves(self, issue: str) -> list[tuple[str, list[Article]]]:
        return [(leaf, self.articles[leaf]) for leaf in sorted(self.children[issue])]

    def _write_letters(self, kind: str) -> None:
        letters: dict[str, list[str]] = defaultdict(list)
        for name, letter in self.facts["letters"][kind].items():
            letters[letter].append(f"{kind}/{name}")
        ways = [(letter.upper(), f"/{kind}/{letter}/") for letter in sorted(letters)]
        used = sorted((f"{kind}/{name}" for name in self.facts["letters"][kind]), key=lambda a: -len(self.articles[a]))
        self._page(kind, "names", kind, letters=ways, entries=self._entries(used[:60]))
        for letter, found in letters.items():
            self._page(f"{kind}/{letter}", "names", letter.upper(), letters=ways, entries=self._entries(found))

    def _write_front(self) -> None:
        issues = sorted((a for a in self.children if a.startswith("issues/")), reverse=True)
        columns = [(c, self.articles[f"columns/{c}"][:5]) for c in self.facts["columns"]]
        years = self._entries(self.periods["archive"])
        self._page("", "front", "", issues=issues, leaves=self._leaves(issues[0]), columns=columns, entries=years)
        self._file("404.html", "notfound", "这个地址没有内容")
        pages = [article.url for article in self.generator.articles] + self.addresses
        self._file("sitemap.xml", "sitemap", "", addresses=pages)

    def _page(self, address: str, template: str, title: str, **shown: Any) -> None:
        self.addresses.append(f"{address}/" if address else "")
        self._file(f"{address}/index.html".lstrip("/"), template, title, **shown)

    def _file(self, path: str, template: str, title: str, **shown: Any) -> None:
        found = self.generator.get_template(template)
        self.writer.write_file(path, found, self.generator.context, title=title, **shown)


def write_lists(generator: Any, writer: Any) -> None:
    """Runs when Pelican has written the articles."""
    lists = Lists(generator, writer)
    lists.collect()
    lists.write()


def register() -> None:
    """What Pelican calls."""
    signals.article_writer_finalized.connect(write_lists)
