"""Asks the index what the client asks: candidates from few files, then each that is shown is held against its text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gongbao.search.fold import HAN, is_han
from gongbao.search.language import Atom, Dates, Query, Text, Value
from gongbao.search.postings import decode
from gongbao.search.reading import Index
from gongbao.search.segment import LAST, Segment
from gongbao.search.terms import AFTER, BEFORE, FILTER, LONGEST, READY, SUFFIX

Docs = NDArray[np.bool_]
_UNIT = re.compile(rf"[{HAN}]|(?:(?![{HAN}])[^\W_]|(?<=[0-9])\.(?=[0-9]))+")


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


def hits(index: Index, segment: Segment, atom: Atom) -> Hits:
    """The articles of a segment that may have an atom."""
    if isinstance(atom, Text):
        found, exact = looks(atom.text)
        if not found:
            return Hits(np.ones(segment.docs, bool), np.zeros(segment.docs, bool), False)
        both = [_articles(index, segment, each) for each in found]
        return Hits(
            reduce(np.logical_and, (one for one, _ in both)), reduce(np.logical_and, (t for _, t in both)), exact
        )
    docs, title = _articles(index, segment, _value_look(atom))
    return Hits(docs, title, True)


def _articles(index: Index, segment: Segment, look: Look) -> tuple[Docs, Docs]:
    docs, title = np.zeros(segment.docs, bool), np.zeros(segment.docs, bool)
    prefix = look.first.removeprefix(SUFFIX)
    if look.last == look.first + LAST and prefix in segment.ready:
        look = Look(READY + prefix)
    for every, some in index.postings(segment, look.first, look.last):
        docs[decode(*every)] = True
        title[decode(*some)] = True
    return docs, title


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
        self.hits = {atom: hits(index, segment, atom) for atom in atoms}
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
            return (
                any(atom.text in each for each in passages)
                if isinstance(atom, Text)
                else bool(self.hits[atom].docs[doc])
            )

        return all(any(map(has, group)) for group in self.query.groups) and not any(map(has, self.query.without))
