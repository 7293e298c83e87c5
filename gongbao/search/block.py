"""A month of articles, its terms sorted: the pairs as a file of numbers that is read in parts, the rest as a record."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gongbao import publish, records
from gongbao.search.terms import Numbers, Terms, terms_of
from gongbao.search.texts import Card, Words


@dataclass(frozen=True, slots=True)
class Rest:
    """What a block has besides pairs. `tags`: of all terms, one after the other, as bytes of 32-bit numbers."""

    pairs: int
    terms: tuple[str, ...]
    counts: tuple[int, ...]
    tags: bytes
    cards: tuple[Card, ...]
    traditional: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block on the disk."""

    folder: Path
    name: str

    def rest(self) -> Rest:
        """Everything but the pairs."""
        return records.unpack(self.folder.joinpath(self.name + _REST).read_bytes(), Rest)

    def mapped(self) -> Numbers:
        """The pairs, read where they are looked at."""
        path = self.folder / (self.name + _PAIRS)
        return np.memmap(path, np.uint64, "r") if path.stat().st_size else np.zeros(0, np.uint64)

    def read(self, start: int, end: int) -> Numbers:
        """Some of the pairs."""
        return np.fromfile(self.folder / (self.name + _PAIRS), np.uint64, end - start, offset=start * 8)

    def is_there(self) -> bool:
        """Whether it is there: its record is written last."""
        return self.folder.joinpath(self.name + _REST).is_file()


_PAIRS, _REST = ".pairs", ".rest"


def write(folder: Path, name: str, articles: list[Words]) -> None:
    """Sorts the terms of a month's articles into a block."""
    terms = terms_of(articles)
    publish.write(folder, name + _PAIRS, terms.pairs.tobytes())
    publish.write(folder, name + _REST, records.pack(_rest(terms, tuple(each.card for each in articles))))


def _rest(terms: Terms, cards: tuple[Card, ...]) -> Rest:
    ordered = sorted(terms.others)
    tags = np.array([tag for term in ordered for tag in terms.others[term]], np.uint32)
    counts = tuple(len(terms.others[term]) for term in ordered)
    return Rest(len(terms.pairs), tuple(ordered), counts, tags.tobytes(), cards, terms.traditional)


def forget(folder: Path, kept: set[str]) -> None:
    """Deletes the blocks that are not `kept`."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.suffix in (_PAIRS, _REST) and path.stem not in kept:
            path.unlink()
