"""Asks the index what the client asks: candidates from few files, then each that is shown is held against its text."""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gongbao.search.chunks import unzipped
from gongbao.search.fold import HAN, is_han
from gongbao.search.language import Atom, Dates, Query, Text, Value
from gongbao.search.postings import decode
from gongbao.search.segment import LAST, Segment
from gongbao.search.terms import AFTER, BEFORE, FILTER, LONGEST, READY, SUFFIX

Docs = NDArray[np.bool_]
_UNIT = re.compile(rf"[{HAN}]|(?:(?![{HAN}])[^\W_]|(?<=[0-9])\.(?=[0-9]))+")
SORTS = ("best", "new", "old")


@dataclass(frozen=True, slots=True)
class Look:
    """A look into the index: a term, or all terms that begin so (or between two)."""

    first: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """Articles of a segment: all, those that have it in the title; whether each of them has it for certain."""

    docs: Docs
    title: Docs
    exact: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a hit without its text."""

    address: str
    title: str
    date: str
    column: str
    byline: str
    leaf: str
    photos: int
    kind: str
    regions: tuple[str, ...]


def looks(text: str) -> tuple[list[Look], bool]:
    """What to look for so that no article with `text` is missed, and whether all that is found has it."""
    found: list[Look] = []
    chains = _chains(text)
    for chain in chains:
        found += _chain_looks(chain)
    exact = len(found) == 1 and len(chains) == 1 and "".join(chains[0]) == text and len(text) <= LONGEST
    return found, exact


def _chains(text: str) -> list[list[str]]:
    """The units that stand side by side, each chain parted from the next by something else."""
    chains: list[list[str]] = []
    end = -1
    for match in _UNIT.finditer(text):
        if match.start() != end:
            chains.append([])
        chains[-1].append(match[0])
        end = match.end()
    return chains


def _chain_looks(chain: list[str]) -> Iterator[Look]:
    if len(chain) == 1:
        unit = chain[0]
        yield Look(unit, unit + LAST) if is_han(unit) else _beginning(SUFFIX + unit[:LONGEST])
    for at, (one, other) in enumerate(pairwise(chain)):
        if is_han(one) and is_han(other):
            yield Look(one + other)
        elif is_han(one):
            term = AFTER + one + other[:LONGEST]
            yield _beginning(term) if at + 2 == len(chain) else Look(term)
        else:
            term = BEFORE + other + one[::-1][:LONGEST]
            yield _beginning(term) if not at else Look(term)


def _beginning(term: str) -> Look:
    return Look(term, term + LAST)


@dataclass(slots=True)
class Index:
    """The index in an output folder; `read` notes the size of every file that was opened."""

    folder: Path
    read: dict[str, int] = field(default_factory=dict)
    segments: list[Segment] = field(default_factory=list)
    _chunks: dict[str, dict[str, tuple[bytes, bool, bytes, bool]]] = field(default_factory=dict)
    _cards: dict[str, list[Card]] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(default_factory=list)
    pairs: str = ""

    def __post_init__(self) -> None:
        told = json.loads(self._open("manifest.json"))
        self.names, self.pairs = [tuple(each) for each in told["names"]], told["pairs"]
        for each in told["segments"]:
            lists = {key: tuple(map(_frozen, value)) if isinstance(value, list) else value for key, value in each.items()}
            self.segments.append(Segment(**lists, pairs=()))

    def _open(self, name: str) -> bytes:
        data = (self.folder / "search" / name).read_bytes()
        self.read[name] = len(data)
        return data

    # Terms

    def hits(self, segment: Segment, atom: Atom) -> Hits:
        """The articles of a segment that may have an atom."""
        if isinstance(atom, Text):
            found, exact = looks(atom.text)
            if not found:
                every = np.ones(segment.docs, bool)
                return Hits(every, np.zeros(segment.docs, bool), False)
            docs, title = zip(*(self._look(segment, each) for each in found), strict=True)
            return Hits(reduce(np.logical_and, docs), reduce(np.logical_and, title), exact)
        docs, title = self._look(segment, _value_look(atom))
        return Hits(docs, np.zeros_like(title), True)

    def _look(self, segment: Segment, look: Look) -> tuple[Docs, Docs]:
        docs, title = np.zeros(segment.docs, bool), np.zeros(segment.docs, bool)
        prefix = look.first.removeprefix(SUFFIX)
        if look.last == look.first + LAST and prefix in segment.ready:
            look = Look(READY + prefix)
        for every, every_bitmap, some, some_bitmap in self._postings(segment, look):
            docs[decode(every, every_bitmap)] = True
            title[decode(some, some_bitmap)] = True
        return docs, title

    def _postings(self, segment: Segment, look: Look) -> Iterator[tuple[bytes, bool, bytes, bool]]:
        firsts = [first for first, _ in segment.terms]
        at = max(0, bisect_right(firsts, look.first) - 1)
        end = max(at + 1, bisect_left(firsts, look.last)) if look.last else at + 1
        for _, name in segment.terms[at:end]:
            chunk = self._chunk(name)
            if not look.last:
                yield from [chunk[look.first]] if look.first in chunk else []
            else:
                yield from (found for term, found in chunk.items() if look.first <= term < look.last)

    def _chunk(self, name: str) -> dict[str, tuple[bytes, bool, bytes, bool]]:
        if name not in self._chunks:
            told, _, rest = unzipped(self._open(f"data/{name}")).partition(b"\0")
            terms = told.decode().split("\n")
            heads, at = _varints(rest, 2 * len(terms))
            parts = []
            for head in heads:
                parts.append((rest[at : at + head // 2], bool(head % 2)))
                at += head // 2
            self._chunks[name] = {term: parts[2 * n] + parts[2 * n + 1] for n, term in enumerate(terms)}
        return self._chunks[name]

    # Cards

    def card(self, segment: Segment, doc: int) -> Card:
        """The card of an article."""
        name = segment.cards[doc // segment.size]
        if name not in self._cards:
            self._cards[name] = [
                Card(*each[:-1], tuple(each[-1])) for each in json.loads(unzipped(self._open(f"data/{name}")))
            ]
        return self._cards[name][doc % segment.size]

    def named(self, typed: str) -> list[tuple[str, str, str, str, int]]:
        """The names of the archive that begin with what was typed, a folded name or its pinyin."""
        firsts = [first for first, _ in self.names]
        found = []
        for first, name in self.names[max(0, bisect_right(firsts, typed) - 1) :]:
            if first > typed + LAST:
                break
            found += json.loads(unzipped(self._open(f"data/{name}")))
        return [tuple(each) for each in found if each[0].startswith(typed)]


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _varints(data: bytes, count: int) -> tuple[list[int], int]:
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


def _value_look(atom: Value | Dates) -> Look:
    if isinstance(atom, Value):
        return Look(FILTER + atom.letter + atom.value)
    return Look(f"{FILTER}d{atom.since}", f"{FILTER}d{atom.until or LAST}")


# A query


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of a query in the order that was asked for: segment and number; whether all of them are hits."""

    docs: list[tuple[int, int]]
    exact: bool
    holds: Callable[[int, int, list[str]], bool]
    """Whether an article with these folded passages is a hit."""


def ask(index: Index, query: Query, sort: str = "best") -> Found:
    """The articles that may answer a query."""
    answers = [_Answer(index, segment, query) for segment in index.segments]
    found = [(at, int(doc)) for at, answer in enumerate(answers) for doc in np.flatnonzero(answer.docs)]
    if sort != "old":
        found.reverse()
    if sort == "best":
        found.sort(key=lambda each: -int(answers[each[0]].titles[each[1]]))
    return Found(found, all(each.exact for each in answers), lambda at, doc, text: answers[at].holds(doc, text))


class _Answer:
    """What one segment answers."""

    def __init__(self, index: Index, segment: Segment, query: Query) -> None:
        self.query = query
        atoms = {atom for group in (*query.groups, query.without) for atom in group}
        self.hits = {atom: index.hits(segment, atom) for atom in atoms}
        self.exact = all(each.exact for each in self.hits.values())
        self.titles = np.zeros(segment.docs, np.int64)
        self.docs = np.ones(segment.docs, bool)
        for group in query.groups:
            self.docs &= reduce(np.logical_or, (self.hits[atom].docs for atom in group))
            self.titles += reduce(np.logical_or, (self.hits[atom].title for atom in group))
        for atom in query.without:
            if self.hits[atom].exact:  # otherwise an article may be no hit that this would leave out
                self.docs &= ~self.hits[atom].docs

    def holds(self, doc: int, passages: list[str]) -> bool:
        """Whether an article with these folded passages is a hit."""

        def has(atom: Atom) -> bool:
            return any(atom.text in each for each in passages) if isinstance(atom, Text) else bool(self.hits[atom].docs[doc])

        return all(any(map(has, group)) for group in self.query.groups) and not any(map(has, self.query.without))
