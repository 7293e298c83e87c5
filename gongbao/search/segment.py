"""Months merged: the terms of all their articles in order, a part at a time, as chunks; the articles' cards."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from gongbao.search.block import Block, Rest
from gongbao.search.chunks import Cutter, File, Postings, named, none, zipped
from gongbao.search.fold import traditional
from gongbao.search.groups import Shape
from gongbao.search.terms import AFTER, BEFORE, CHARACTER, FILTER, READY, SUFFIX, TAG, Numbers
from gongbao.search.texts import Card
from gongbao.text import batched

T = TypeVar("T")
_PART = 1 << 20
"""How many pairs are sorted at a time."""
_WIDE = 4
"""In how many chunks at most the terms lie that begin alike; otherwise the answer is made ready."""
_POSTING = 20
"""How many bytes a posting takes at most, with a term of its own."""
LAST = "\U0010ffff"
CARDS = 64
"""How many cards a file has."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What the manifest says of some months. Where files are `listed`, `terms` and `cards` name lists of so many."""

    name: str
    docs: int
    months: tuple[tuple[str, int], ...]
    terms: tuple[tuple[str, str], ...]
    cards: tuple[str, ...]
    ready: tuple[str, ...]
    size: int = CARDS
    listed: int = 0
    files: tuple[str, ...] = ()
    """All of its files; in the manifest they stand where they are used."""
    pairs: tuple[str, ...] = ()
    """The traditional characters in the texts, each before what it is folded to; in the manifest they stand for all."""


@dataclass(slots=True)
class _Merge:
    """A merge at work: the blocks, and what number the first article of each has."""

    blocks: list[Block]
    rests: list[Rest]
    starts: list[int]
    docs: int
    shape: Shape
    keep: Callable[[File], None]


def merge(months: list[tuple[str, Block]], shape: Shape, keep: Callable[[File], None]) -> Segment:
    """The segment of some months; `keep` gets each of its files."""
    cards = _Cards(keep)
    rests, starts = [], []
    for _, block in months:
        rest = block.rest()
        starts.append(cards.count)
        cards.add(rest.cards)
        rests.append(replace(rest, cards=()))  # those of a quarter of a million articles are not held at a time
    cards.end()
    work = _Merge([block for _, block in months], rests, starts, cards.count, shape, keep)
    others, ready = _others(work)
    pairs, more = _pairs(work)
    made = _made_ready(work, ready | more)
    terms = sorted([*others, *made, *pairs])
    listed_terms = [(part[0][0], name) for part, name in _listed(work, terms)]
    listed_cards = [name for _, name in _listed(work, cards.names)]
    files = [*(name for _, name in terms), *cards.names, *(name for _, name in listed_terms), *listed_cards]
    return Segment(
        name=f"{months[0][0]}..{months[-1][0]}",
        docs=work.docs,
        months=tuple((month, start) for (month, _), start in zip(months, starts, strict=True)),
        terms=tuple(listed_terms or terms),
        cards=tuple(listed_cards or cards.names),
        ready=tuple(sorted(ready | more)),
        listed=shape.listed,
        files=tuple(dict.fromkeys(files)),
        pairs=tuple(sorted({old + traditional()[old] for rest in rests for old in rest.traditional})),
    )


def _listed(work: _Merge, told: list[T]) -> Iterator[tuple[tuple[T, ...], str]]:
    """What a list has, and its file's name, for all lists that there are of this."""
    for part in batched(told, work.shape.listed) if work.shape.listed else ():
        file = _as_json(part)
        work.keep(file)
        yield part, file.name


def _as_json(told: object) -> File:
    return named(zipped(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()))


@dataclass(slots=True)
class _Cards:
    """Cards on their way into files: how many came, which files there are."""

    keep: Callable[[File], None]
    count: int = 0
    names: list[str] = field(default_factory=list)
    _waiting: list[Card] = field(default_factory=list)

    def add(self, cards: Iterable[Card]) -> None:
        for card in cards:
            self._waiting.append(card)
            self.count += 1
            if len(self._waiting) == CARDS:
                self.end()

    def end(self) -> None:
        """Writes what waits."""
        if self._waiting:
            file = _as_json(self._waiting)
            self.keep(file)
            self.names.append(file.name)
            self._waiting.clear()


def _kept(work: _Merge, cutter: Cutter, more: Postings, is_last: bool) -> Iterator[tuple[str, str]]:
    for first, file in cutter.cut(more, is_last):
        work.keep(file)
        yield first, file.name


# Terms that are no pairs


Bits = NDArray[np.uint8]
_Found = tuple[list[tuple[str, str]], dict[str, Bits]]
"""The chunks, each with its first term; and the answers to be made ready, by what the terms begin with."""


def _others(work: _Merge) -> _Found:
    chunks: list[tuple[str, str]] = []
    cutter = Cutter(work.shape)
    ready: dict[str, Bits] = {}
    for sign in (FILTER, SUFFIX, BEFORE, AFTER):
        found = _merged(work, sign)
        made = list(_kept(work, cutter, found, is_last=True)) if found.terms else []
        chunks += made
        if sign == SUFFIX:
            ready = _wide_runs(found, [first for first, _ in made])
    return chunks, ready


def _merged(work: _Merge, sign: str) -> Postings:
    """All terms that begin with a sign."""
    spans = [_span(rest, sign) for rest in work.rests]
    terms = sorted({term for rest, span in zip(work.rests, spans, strict=True) for term in rest.terms[span]})
    numbers = {term: number for number, term in enumerate(terms)}
    found = [np.zeros(0, np.uint64)]
    for rest, start, span in zip(work.rests, work.starts, spans, strict=True):
        counts = np.array(rest.counts, np.int64)
        before = int(counts[: span.start].sum())
        counts = counts[span]
        tags = np.frombuffer(rest.tags, np.uint32)[before : before + int(counts.sum())].astype(np.uint64)
        known = np.array([numbers[term] for term in rest.terms[span]], np.uint64)
        found.append(np.repeat(known, counts) << TAG | tags + np.uint64(2 * start))
    return _grouped(np.concatenate(found), lambda keys: terms)


def _span(rest: Rest, sign: str) -> slice:
    return slice(bisect_left(rest.terms, sign), bisect_left(rest.terms, chr(ord(sign) + 1)))


def _grouped(packed: Numbers, terms: Callable[[Numbers], list[str]]) -> Postings:
    """Packed terms and tags as postings in order."""
    packed.sort()
    keys = packed >> TAG
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.zeros(0, np.int64)
    counts = np.diff(np.concatenate((starts, [len(keys)])))
    tags = (packed & np.uint64((1 << int(TAG)) - 1)).astype(np.int64)
    return Postings(terms(keys[starts]), counts, tags)


def _wide_runs(found: Postings, firsts: list[str]) -> dict[str, Bits]:
    """What runs begin with whose terms lie in many chunks: a chunk within begins with it, too."""
    bounds = np.concatenate(([0], np.cumsum(found.counts)))
    ready: dict[str, Bits] = {}
    for prefix in {first[: 1 + length] for first in firsts for length in range(1, 5)}:
        if _chunks(firsts, prefix) > _WIDE:
            some = bisect_left(found.terms, prefix), bisect_left(found.terms, prefix + LAST)
            ready[prefix.removeprefix(SUFFIX)] = _bits(found.tags[bounds[some[0]] : bounds[some[1]]])
    return ready


def _chunks(firsts: list[str], prefix: str) -> int:
    """In how many chunks terms may lie that begin so."""
    return bisect_left(firsts, prefix + LAST) - max(0, bisect_right(firsts, prefix) - 1)


# Pairs


def _pairs(work: _Merge) -> _Found:
    chunks: list[tuple[str, str]] = []
    cutter = Cutter(work.shape)
    frequent: dict[str, Bits] = {}
    for part in _parts(work):
        found = _grouped(part, _pair_terms)
        for sign, bits in _unions(found, (_WIDE - 1) * work.shape.least // _POSTING):
            frequent[sign] = _both(frequent[sign], bits) if sign in frequent else bits
        chunks += _kept(work, cutter, found, is_last=False)
    chunks += _kept(work, cutter, none(), is_last=True)
    firsts = [first for first, _ in chunks]
    return chunks, {each: tags for each, tags in frequent.items() if _chunks(firsts, each) > _WIDE}


def _parts(work: _Merge) -> Iterator[Numbers]:
    """All pairs of all blocks, in parts that end between pairs."""
    # One file is mapped at a time: these looks touch nearly all of it.
    seen = np.sort(np.concatenate([block.mapped()[::512] >> TAG for block in work.blocks]))
    total = sum(rest.pairs for rest in work.rests)
    steps = np.linspace(0, len(seen), total // _PART + 2)[1:-1].astype(np.int64)
    edges = np.unique(seen[steps]) << TAG
    ends = [np.searchsorted(block.mapped(), edges).tolist() for block in work.blocks]
    bounds = [[0, *end, rest.pairs] for end, rest in zip(ends, work.rests, strict=True)]
    spans = zip(*(pairwise(each) for each in bounds), strict=True)
    for part in spans:
        read = [
            block.read(*span) + np.uint64(2 * start)
            for block, start, span in zip(work.blocks, work.starts, part, strict=True)
        ]
        yield np.concatenate(read)


def _pair_terms(keys: Numbers) -> list[str]:
    signs = np.stack((keys >> CHARACTER, keys & np.uint64((1 << int(CHARACTER)) - 1)), 1).astype(np.uint32)
    text = signs.tobytes().decode("utf-32-le")
    return [text[at : at + 2].rstrip("\0") for at in range(0, len(text), 2)]


def _unions(found: Postings, few: int) -> Iterator[tuple[str, Bits]]:
    """The tags of all pairs of a part that begin with a character, for those that may fill many chunks: with more than
    a `few` postings, or beside another part."""
    firsts = np.array([ord(term[0]) for term in found.terms], np.int64)
    starts = np.flatnonzero(np.diff(firsts, prepend=-1))
    bounds = np.concatenate(([0], np.cumsum(found.counts)))
    edges = [*bounds[starts].tolist(), int(bounds[-1])]
    for at, (start, end) in zip(starts, pairwise(edges), strict=True):
        if end - start > few or not start or end == edges[-1]:
            yield chr(firsts[at]), _bits(found.tags[start:end])


def _both(one: Bits, other: Bits) -> Bits:
    """The tags of two sets."""
    short, long = sorted((one, other), key=len)
    long[: len(short)] |= short
    return long


def _bits(tags: NDArray[np.int64]) -> Bits:
    """A set of tags, a bit each: there are thousands of them at a time."""
    bits = np.zeros(int(tags.max()) + 1, bool)
    bits[tags] = True
    return np.packbits(bits)


def _made_ready(work: _Merge, ready: dict[str, Bits]) -> Iterator[tuple[str, str]]:
    cutter = Cutter(work.shape)
    for prefix in sorted(ready):
        tags = np.flatnonzero(np.unpackbits(ready[prefix]))
        yield from _kept(work, cutter, Postings([READY + prefix], np.array([len(tags)]), tags), is_last=False)
    yield from _kept(work, cutter, none(), is_last=True)
