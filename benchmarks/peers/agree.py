"""Whether the programs did the same work: as many pages, and the same words in every article.

`python -m benchmarks.peers.agree ROOT`, once the site at ROOT and those made from it have been built.
"""

import argparse
import random
from pathlib import Path
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser

from benchmarks.peers import eleventy, hugo, pelican
from benchmarks.peers.articles import articles

SHARE = 0.05
"""By how much the number of pages may differ from Gongbao's."""
SAMPLE = 500
BODY = "main div.prose, main div.text"
"""The element that holds an article's text and nothing else, in every program's templates."""


class Peer(Protocol):
    """A program that Gongbao is compared with."""

    def site(self, root: Path) -> Path: ...

    def command(self, root: Path) -> list[str]: ...

    def output(self, root: Path) -> Path: ...


PEERS: dict[str, Peer] = {"hugo": hugo, "pelican": pelican, "eleventy": eleventy}


def pages(output: Path) -> int:
    """How many pages a built site has."""
    return sum(1 for _ in output.rglob("*.html"))


def words(output: Path, address: str) -> str:
    """The text of an article without white space, which Chinese has none of and templates set as they like."""
    page = LexborHTMLParser(output.joinpath(address.strip("/"), "index.html").read_bytes())
    bodies = page.css(BODY)
    assert len(bodies) == 1, f"{output}: {address} has {len(bodies)} bodies"
    return "".join(bodies[0].text().split())


def sample(root: Path) -> list[str]:
    """The addresses of 500 articles, the same every time; of all where there are fewer."""
    addresses = [article.address for article in articles(root)]
    return random.Random(len(addresses)).sample(addresses, min(SAMPLE, len(addresses)))


def check(root: Path, peers: list[str]) -> dict[str, int]:
    """How many pages each program made. Raises AssertionError where they do not agree with Gongbao."""
    ours = root / "output"
    found = {"gongbao": pages(ours)}
    wanted = {address: words(ours, address) for address in sample(root)}
    assert all(wanted.values()), "an article without words"
    for name in peers:
        theirs = PEERS[name].output(root)
        found[name] = pages(theirs)
        assert abs(found[name] - found["gongbao"]) <= SHARE * found["gongbao"], f"{name}: {found[name]} pages"
        for address, text in wanted.items():
            assert words(theirs, address) == text, f"{name}: {address} reads differently"
    return found


def main() -> None:
    """Checks and tells the pages."""
    parser = argparse.ArgumentParser(description="Checks that all programs made the same pages.")
    parser.add_argument("root", type=Path)
    for name, count in check(parser.parse_args().root, list(PEERS)).items():
        print(f"{name:12}{count:>9} pages")


if __name__ == "__main__":
    main()
