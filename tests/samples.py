"""One page of each kind and shape of a built site, chosen by what the catalogue says was published."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

REFRESH = b'http-equiv="refresh"'


@dataclass(frozen=True, order=True, slots=True)
class Sample:
    """A page that stands for its kind at this depth, with or without pictures."""

    kind: str
    depth: int
    pictures: bool
    path: str

    @property
    def link(self) -> str:
        """What a reader asks the host for."""
        return self.path.removesuffix("index.html")

    @property
    def name(self) -> str:
        """What it is called in names of files: kind, depth, and whether there are pictures."""
        return f"{self.kind}-{self.depth}{'-pictures' if self.pictures else ''}"


def published(root: Path) -> list[tuple[str, str]]:
    """Kind and path of every HTML page."""
    with closing(sqlite3.connect(root / ".gongbao" / "catalogue.db")) as db:
        rows = db.execute("SELECT kind, path FROM outputs WHERE path LIKE '%.html' ORDER BY kind, path")
        return [(str(kind), str(path)) for kind, path in rows]


def samples(root: Path) -> list[Sample]:
    """Of the pages that are alike the longest, for it holds most. What leads on by itself cannot be looked at."""
    longest: dict[tuple[str, int, bool], tuple[int, str]] = {}
    for kind, path in published(root):
        text = (root / "output" / path).read_bytes()
        if REFRESH not in text:
            main = text.partition(b"<main")[2]
            shape = (kind, path.count("/"), b"<img" in main or b"<svg" in main)
            longest[shape] = max(longest.get(shape, (0, "")), (len(text), path))
    return sorted(Sample(*shape, path) for shape, (_, path) in longest.items())


def one_of_each(chosen: list[Sample]) -> list[Sample]:
    """One sample of each kind: with pictures if any has, and next to the front page."""
    best = {each.kind: each for each in sorted(chosen, key=lambda each: (each.pictures, -each.depth))}
    return sorted(best.values())
