"""Following the links of a built site, as a reader or a search engine would."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser as HTMLParser

_LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "area": "href", "iframe": "src", "source": "src"}


@dataclass(slots=True)
class Crawl:
    """What a crawl from the front page came upon."""

    reached: set[str] = field(default_factory=set)
    broken: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


def crawl(base: str, fetch: Callable[[str], bytes | None]) -> Crawl:
    """Follows every link below `base`; `fetch` gives a URL's bytes, None where there is nothing."""
    found = Crawl()
    pending = [(base, "")]
    seen = {base}
    while pending:
        url, source = pending.pop()
        data = fetch(url)
        if data is None:
            found.broken.append((source, url))
            continue
        found.reached.add(url)
        if url.endswith(("/", ".html")):
            tree = HTMLParser(data.decode())
            found.faults += [(url, fault) for fault in faults(tree)]
            for link in links(tree, url):
                if link.startswith(base) and link not in seen:
                    seen.add(link)
                    pending.append((link, url))
    return found


def links(tree: HTMLParser, url: str) -> set[str]:
    """Every address that a page names, without fragments."""
    found = set()
    for tag, attribute in _LINKS.items():
        for node in tree.css(f"{tag}[{attribute}]"):
            if "canonical" not in (node.attributes.get("rel") or ""):
                found.add(urldefrag(urljoin(url, node.attributes[attribute] or ""))[0])
    return {link for link in found if urlsplit(link).scheme in ("http", "https", "file")}


def faults(tree: HTMLParser) -> list[str]:
    """What no page may have: no title, no language, an id twice, a script within it, a style of its own."""
    found = []
    title, html = tree.css_first("title"), tree.css_first("html")
    if title is None or not title.text().strip():
        found.append("no title")
    if html is None or not html.attributes.get("lang"):
        found.append("no lang")
    ids = Counter(node.attributes["id"] for node in tree.css("[id]"))
    found += [f"id twice: {name}" for name, count in ids.items() if count > 1]
    found += [f"<{tag}>" for tag in ("script:not([src])", "style") if tree.css_first(tag)]
    found += ["style attribute"] if tree.css_first("[style]") else []
    found += [
        f"dead anchor {node.attributes['href']}"
        for node in tree.css('a[href^="#"]')
        if unquote((node.attributes["href"] or "#")[1:]) not in ids
    ]
    return found


def from_folder(folder: Path) -> Callable[[str], bytes | None]:
    """Fetches http://site/… from a folder."""

    def fetch(url: str) -> bytes | None:
        path = folder / unquote(urlsplit(url).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        return path.read_bytes() if path.is_file() else None

    return fetch
