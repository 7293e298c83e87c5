"""The files of an index, as they are read: the manifest at first, everything else when it is asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from gongbao import records
from gongbao.search.chunks import DATA, unzipped
from gongbao.search.names import Name
from gongbao.search.segment import LAST, Segment
from gongbao.search.texts import Card as Row

T = TypeVar("T")
Posting = tuple[bytes, bool]
"""A list of articles as bytes, and whether it is a bitmap."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says."""

    docs: int
    pairs: str
    segments: tuple[Segment, ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of an article without its text."""

    address: str
    title: str
    date: str
    column: str
    byline: str
    leaf: str
    photos: int
    kind: str
    regions: tuple[str, ...]


class Index:
    """The index in an output folder; `read` has the size of every file that was opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: dict[str, int] = {}
        self._chunks: dict[str, dict[str, tuple[Posting, Posting]]] = {}
        self._lists: dict[str, list[Any]] = {}
        self.manifest = records.decode(self._open("search/manifest.json"), Manifest)
        self.segments = self.manifest.segments

    def _open(self, path: str) -> bytes:
        data = (self.folder / path).read_bytes()
        self.read[path] = len(data)
        return data

    def postings(self, segment: Segment, first: str, last: str) -> Iterator[tuple[Posting, Posting]]:
        """All articles and those with it in the title, of a term, or of each from `first` to before `last`."""
        names = _holding(segment.terms, first, last)
        if segment.listed:
            found = [each for name in names for each in self._list(name, list[tuple[str, str]])]
            names = _holding(found, first, last)
        for name in names:
            chunk = self._chunk(name)
            if not last:
                yield from [chunk[first]] if first in chunk else []
            else:
                yield from (found for term, found in chunk.items() if first <= term < last)

    def _chunk(self, name: str) -> dict[str, tuple[Posting, Posting]]:
        if name not in self._chunks:
            self._chunks[name] = _terms(unzipped(self._open(DATA + name)))
        return self._chunks[name]

    def card(self, segment: Segment, article: int) -> Card:
        """The card of an article."""
        at = article // segment.size
        if segment.listed:
            name = self._list(segment.cards[at // segment.listed], list[str])[at % segment.listed]
        else:
            name = segment.cards[at]
        return Card(*self._list(name, list[Row])[article % segment.size])

    def _list(self, name: str, form: type[list[T]]) -> list[T]:
        if name not in self._lists:
            self._lists[name] = records.decode(unzipped(self._open(DATA + name)), form)
        return self._lists[name]

    def named(self, typed: str) -> list[Name]:
        """The names of the archive that begin with what was typed: in their own writing, folded, or in pinyin."""
        names = _holding(self.manifest.names, typed, typed + LAST)
        return [each for name in names for each in self._list(name, list[Name]) if each[0].startswith(typed)]


def _holding(files: Sequence[tuple[str, str]], first: str, last: str) -> list[str]:
    """Of files in order, each with the first that it holds, those that may hold `first`, or what is before `last`."""
    at = max(0, bisect_right(files, first, key=itemgetter(0)) - 1)
    end = max(at + 1, bisect_left(files, last, key=itemgetter(0))) if last else at + 1
    return [name for _, name in files[at:end]]


def _terms(data: bytes) -> dict[str, tuple[Posting, Posting]]:
    told, _, rest = data.partition(b"\0")
    terms = told.decode().split("\n")
    heads, at = _varints(rest, 2 * len(terms))
    lists: list[Posting] = []
    for head in heads:
        lists.append((rest[at : at + head // 2], bool(head % 2)))
        at += head // 2
    return dict(zip(terms, zip(lists[::2], lists[1::2], strict=True), strict=True))


def _varints(data: bytes, count: int) -> tuple[list[int], int]:
    """The first numbers in `data`, and where the rest begins."""
    found: list[int] = []
    at = value = shift = 0
    while len(found) < count:
        value |= (data[at] & 127) << shift
        shift += 7
        if data[at] < 128:
            found.append(value)
            value = shift = 0
        at += 1
    return found, at
