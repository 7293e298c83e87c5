"""Files of the index: terms with their postings, cut where the terms say so, zipped, named by their bytes."""

import base64
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from gongbao.search.groups import Shape
from gongbao.search.postings import Coded, Numbers, code, varints

DATA = "search/data/"
"""Where the files lie whose names say what they hold."""
_TERM = 12
"""About how many bytes a term has besides its postings."""
_MOST = 4
"""How many times the least size a chunk may have."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the index."""

    name: str
    data: bytes


def named(data: bytes, stem: str = "", suffix: str = ".bin") -> File:
    """A file whose name is 50 bits of its digest: small letters and digits, for some file systems know no others."""
    mark = base64.b32encode(hashlib.sha256(data).digest())[:10].decode().lower()
    return File(f"{stem}{mark}{suffix}", data)


def zipped(data: bytes) -> bytes:
    """`data` as a gzip file, without a time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def unzipped(data: bytes) -> bytes:
    """What `zipped` zipped."""
    return zlib.decompress(data, 31)


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms in order with their tags: `counts` says how many each term has."""

    terms: list[str]
    counts: Numbers
    tags: Numbers

    def after(self, other: "Postings") -> "Postings":
        """These behind `other`."""
        return Postings(
            other.terms + self.terms,
            np.concatenate((other.counts, self.counts)),
            np.concatenate((other.tags, self.tags)),
        )


def none() -> Postings:
    """No terms."""
    return Postings([], np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(slots=True)
class Cutter:
    """Cuts a stream of postings into chunks."""

    shape: Shape
    kept: Postings = field(default_factory=none)
    """What no chunk was made of yet."""

    def cut(self, more: Postings, is_last: bool) -> Iterator[tuple[str, File]]:
        """The chunks that are whole, each with its first term."""
        found = more.after(self.kept)
        lists = _lists(found)
        bounds = lists.bounds[::2] + _TERM * np.arange(len(found.terms) + 1)
        start = 0
        while start < len(found.terms):
            end = _end(found.terms, bounds, start, self.shape)
            if end == len(found.terms) and not is_last:
                break
            yield found.terms[start], _chunk(found.terms, lists, start, end)
            start = end
        at = int(found.counts[:start].sum())
        self.kept = Postings(found.terms[start:], found.counts[start:], found.tags[at:])


def _end(terms: list[str], bounds: Numbers, start: int, shape: Shape) -> int:
    """Where the chunk ends that begins at `start`."""
    end = int(np.searchsorted(bounds, bounds[start] + shape.least))
    most = int(np.searchsorted(bounds, bounds[start] + _MOST * shape.least))
    while end < min(most, len(terms)) and zlib.crc32(terms[end - 1].encode()) % shape.one_in:
        end += 1
    return min(max(end, start + 1), len(terms))


def _lists(found: Postings) -> Coded:
    """Two lists a term: all articles, and those that have it in title or people."""
    number = np.repeat(np.arange(len(found.terms)), found.counts)
    articles, titled = found.tags >> 1, (found.tags & 1).astype(bool)
    new = np.ones(len(articles), bool)
    new[1:] = (articles[1:] != articles[:-1]) | (number[1:] != number[:-1])
    every = np.bincount(number[new], minlength=len(found.terms))
    title = np.bincount(number[titled], minlength=len(found.terms))
    counts = np.stack((every, title), 1).ravel()
    values = np.empty(counts.sum(), np.int64)
    values[np.arange(new.sum()) + np.repeat(np.cumsum(title) - title, every)] = articles[new]
    values[np.arange(titled.sum()) + np.repeat(np.cumsum(every), title)] = articles[titled]
    return code(values, counts)


def _chunk(terms: list[str], lists: Coded, start: int, end: int) -> File:
    bounds = lists.bounds[2 * start : 2 * end + 1]
    heads, _ = varints(np.diff(bounds) * 2 + lists.bitmap[2 * start : 2 * end])
    told = "\n".join(terms[start:end]).encode() + b"\0"
    return named(zipped(told + heads.tobytes() + lists.data[bounds[0] : bounds[-1]].tobytes()))
