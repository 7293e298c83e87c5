"""The archive as a site for Eleventy: articles in Markdown, and one paginated collection for all that lists them."""

import json
import shutil
from pathlib import Path

from benchmarks.peers import install
from benchmarks.peers.articles import Article, articles, columns, letters, pictures

VERSION = "3.1.8"
PARTS = Path(__file__).with_name("sites") / "eleventy"


def site(root: Path) -> Path:
    """Writes Eleventy's site for the archive at `root`, and tells where."""
    folder = root / "eleventy"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PARTS, folder)
    found = list(articles(root))
    for article in found:
        path = folder / "content" / f"{article.address.strip('/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_front(article) + article.body, "utf-8")
    for picture in pictures(root):
        copy = folder / "static" / picture.address.strip("/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture.file, copy)
    facts = {"columns": columns(root), "letters": letters(found)}
    folder.joinpath("facts.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    return folder


def command(root: Path) -> list[str]:
    """The command that builds the site."""
    program = install.node("@11ty/eleventy", VERSION) / "@11ty" / "eleventy" / "cmd.cjs"
    return ["env", "-C", str(root / "eleventy"), "node", "--max-old-space-size=8192", str(program), "--quiet"]


def output(root: Path) -> Path:
    """Where the built site is."""
    return root / "eleventy" / "output"


def _front(article: Article) -> str:
    """Front matter in JSON, which is YAML, too."""
    facts = {
        "title": article.title,
        "date": article.moment.isoformat() + "Z",
        "issue": article.issue,
        "leaf": article.leaf,
        "column": article.column,
        "genre": article.kind,
        "authors": article.authors,
        "region": article.region,
        "labels": article.tags,
        "photo": article.photo,
        "caption": article.caption,
    }
    return "---\n" + json.dumps(facts, ensure_ascii=False, indent=1) + "\n---\n"
