"""A text cut into terms: pairs of Han characters as numbers, everything else as strings."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from gongbao.search.fold import HAN, fold, traditional
from gongbao.search.texts import BODY, END, PASSAGE, Words

Numbers = NDArray[np.uint64]
FILTER, SUFFIX, BEFORE, READY, AFTER = "\1\2\3\4\5"
"""How terms begin that are no pairs: a filter; the end of a run; a run before a Han character, backwards; an answer
made ready; a run after a Han character."""
LONGEST = 24
"""How many characters of a run a term has at most."""
TAG = np.uint64(22)
"""How many bits of a posting say in which article a term stands: twice its number, and one more in title or people."""
CHARACTER = np.uint64(21)
"""How many bits a character has."""
_OTHER, _HAN, _RUN, _UNMET = range(4)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of some articles, which count from 0."""

    pairs: Numbers
    """First character, second (0: not Han), tag: each packed into a number, sorted."""
    others: dict[str, list[int]]
    """Tags by term, sorted."""
    traditional: str
    """The traditional characters that stand in the texts."""


def terms_of(articles: Iterable[Words]) -> Terms:
    """The terms of articles in their order."""
    others: defaultdict[str, set[int]] = defaultdict(set)
    written = [PASSAGE]
    for number, each in enumerate(articles):
        written.append(each.text)
        for value in each.filters:
            others[FILTER + value].add(2 * number)
    text = "".join(written)
    folded = fold(text)
    signs = np.frombuffer(folded.encode("utf-32-le"), np.uint32)
    kinds = _kinds(signs)
    # What is before BODY belongs to the title: sections 0, 1 are of article 0, and its title has the odd tag.
    tags = np.cumsum((signs == ord(BODY)) | (signs == ord(END)), dtype=np.uint64) ^ np.uint64(1)
    _add_runs(others, folded, kinds == _RUN, kinds == _HAN, tags)
    old = "".join(sorted(set(text) & traditional().keys()))
    return Terms(_pairs(signs, kinds == _HAN, tags), {term: sorted(found) for term, found in others.items()}, old)


def _kinds(signs: NDArray[np.uint32]) -> NDArray[np.uint8]:
    table = _table()
    kinds = table[signs]
    unmet = np.unique(signs[kinds == _UNMET])
    if len(unmet):
        table[unmet] = [_RUN if chr(code).isalnum() else _OTHER for code in unmet.tolist()]
        kinds = table[signs]
    digits = (signs >= ord("0")) & (signs <= ord("9"))
    points = np.flatnonzero(signs[1:-1] == ord(".")) + 1
    kinds[points[digits[points - 1] & digits[points + 1]]] = _RUN
    return kinds


@cache
def _table() -> NDArray[np.uint8]:
    """What each character is; those that are not Han are found out about when they are met, for there are a million."""
    kinds = np.full(0x110000, _UNMET, np.uint8)
    ranges = HAN.encode("ascii").decode("unicode-escape")
    at = 0
    while at < len(ranges):
        last = at + 2 if ranges[at + 1 : at + 2] == "-" else at
        kinds[ord(ranges[at]) : ord(ranges[last]) + 1] = _HAN
        at = last + 1
    return kinds


def _pairs(signs: NDArray[np.uint32], han: NDArray[np.bool_], tags: Numbers) -> Numbers:
    first = np.flatnonzero(han)
    second = np.where(han[first + 1], signs[first + 1], 0).astype(np.uint64)
    return np.unique(((signs[first].astype(np.uint64) << CHARACTER | second) << TAG) | tags[first])


def _add_runs(
    others: defaultdict[str, set[int]], text: str, runs: NDArray[np.bool_], han: NDArray[np.bool_], tags: Numbers
) -> None:
    edges = np.flatnonzero(runs[1:] != runs[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    found = zip(
        starts.tolist(),
        ends.tolist(),
        han[starts - 1].tolist(),
        han[ends].tolist(),
        tags[starts].tolist(),
        strict=True,
    )
    told = {
        (text[start:end], text[start - 1] if before else "", text[end] if after else "", tag)
        for start, end, before, after, tag in found
    }
    for run, before, after, tag in told:
        for term in run_terms(run, before, after):
            others[term].add(tag)


@lru_cache(100_000)
def run_terms(run: str, before: str, after: str) -> tuple[str, ...]:
    """The terms of a run of letters and digits between two Han characters (empty: something else)."""
    terms = [SUFFIX + run[at : at + LONGEST] for at in range(len(run)) if run[at] != "."]
    if before:
        terms.append(AFTER + before + run[:LONGEST])
    if after:
        terms.append(BEFORE + after + run[::-1][:LONGEST])
    return tuple(terms)
