"""The archive as a site for Pelican: its own articles and feed, and a plugin for all that lists them."""

import json
import shutil
from pathlib import Path

from benchmarks.peers import install
from benchmarks.peers.articles import Article, articles, columns, letters, pictures

VERSIONS = ("pelican==4.12.0", "markdown==3.11.3")
PARTS = Path(__file__).with_name("sites") / "pelican"


def site(root: Path) -> Path:
    """Writes Pelican's site for the archive at `root`, and tells where."""
    folder = root / "pelican"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(PARTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    found = list(articles(root))
    for article in found:
        path = folder / "content" / f"{article.address.strip('/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_front(article) + article.body, "utf-8")
    for picture in pictures(root):
        copy = folder / "content" / picture.address.strip("/")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture.file, copy)
    facts = {"columns": columns(root), "letters": letters(found)}
    folder.joinpath("facts.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    return folder


def command(root: Path) -> list[str]:
    """The command that builds the site."""
    # Pelican looks for its plugins and for facts.json from the folder that it is run in.
    pelican = install.python("pelican", *VERSIONS) / "pelican"
    return ["env", "-C", str(root / "pelican"), str(pelican), "--settings", "pelicanconf.py", "--quiet"]


def output(root: Path) -> Path:
    """Where the built site is."""
    return root / "pelican" / "output"


def _front(article: Article) -> str:
    facts = {
        "Title": article.title,
        "Date": article.moment.isoformat(" "),
        "Slug": article.slug,
        "Issue": article.issue,
        "Leaf": article.leaf,
        "Category": article.column,
        "Genre": article.kind,
        "Authors": "; ".join(article.authors),
        "Region": article.region,
        "Tags": ", ".join(article.tags),
        "Photo": article.photo,
        "Caption": article.caption,
    }
    return "".join(f"{key}: {value}\n" for key, value in facts.items() if value) + "\n"
