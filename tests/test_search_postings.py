"""Postings go to bytes and come back, chunks are cut by what is in them."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gongbao.search.chunks import Cutter, Postings, none, unzipped
from gongbao.search.groups import SMALL_SHAPE
from gongbao.search.postings import code, decode, varints

LISTS = st.lists(st.lists(st.integers(0, 300_000), unique=True, max_size=60).map(sorted), max_size=20)
DENSE = st.lists(st.lists(st.integers(0, 200), unique=True, max_size=150).map(sorted), max_size=20)


@given(st.one_of(LISTS, DENSE))
def test_lists_come_back(lists: list[list[int]]) -> None:
    values = np.array([value for each in lists for value in each], np.int64)
    coded = code(values, np.array([len(each) for each in lists], np.int64))
    data, bounds = coded.data.tobytes(), coded.bounds.tolist()
    assert [decode(data[bounds[at] : bounds[at + 1]], bool(coded.bitmap[at])) for at in range(len(lists))] == lists


@given(st.lists(st.integers(0, (1 << 31) - 1)))
def test_numbers_come_back(values: list[int]) -> None:
    data, bounds = varints(np.array(values, np.int64))
    steps = [decode(data[start:end].tobytes(), False)[0] for start, end in pairwise(bounds.tolist())]
    assert steps == values


def _postings(terms: list[str]) -> Postings:
    counts = np.arange(len(terms)) % 7 + 1
    return Postings(terms, counts, np.concatenate([2 * np.arange(count) for count in counts]))


def _cut(parts: list[Postings]) -> list[tuple[str, str]]:
    cutter, found = Cutter(SMALL_SHAPE), list[tuple[str, str]]()
    for part in parts:
        found += [(first, file.name) for first, file in cutter.cut(part, is_last=False)]
    return found + [(first, file.name) for first, file in cutter.cut(none(), is_last=True)]


def test_chunks_do_not_hang_on_how_the_terms_come() -> None:
    terms = sorted(chr(0x4E00 + at // 90) + chr(0x5000 + at % 90) for at in range(30_000))
    whole = _cut([_postings(terms)])
    assert len(whole) > 5
    step = 7 * 777  # the counts above begin anew with each part
    assert _cut([_postings(terms[at : at + step]) for at in range(0, len(terms), step)]) == whole


def test_one_term_more_changes_few_chunks() -> None:
    terms = sorted(chr(0x4E00 + at // 90) + chr(0x5000 + at % 90) for at in range(30_000))
    before, after = Cutter(SMALL_SHAPE), Cutter(SMALL_SHAPE)
    one = Postings(terms, np.ones(len(terms), np.int64), np.zeros(len(terms), np.int64))
    more = sorted([*terms, "丈丈"])
    other = Postings(more, np.ones(len(more), np.int64), np.zeros(len(more), np.int64))
    files = {file.name for _, file in before.cut(one, is_last=True)}
    changed = [file for _, file in after.cut(other, is_last=True) if file.name not in files]
    assert 1 <= len(changed) <= 2 < len(files)
    assert unzipped(changed[0].data)
