"""Hits as a reader wants them: verified, a page of them, each with the passage around the words."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice

from gongbao import records
from gongbao.catalogue import Reader
from gongbao.catalogue import search as catalogue
from gongbao.model import Article
from gongbao.search.fold import fold, fold_positions
from gongbao.search.language import Atom, Query, Text
from gongbao.search.query import Found, ask
from gongbao.search.reading import Card, Index
from gongbao.search.texts import PASSAGE, passages

AROUND = 30
"""How many characters of a passage are shown before the first word, and twice as many after it."""
SURE = 2000
"""Up to how many candidates each is held against its text, so that their number is no guess."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A hit: its card; the passage, and where in it words stand that were asked for (start, end)."""

    card: Card
    passage: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The first hits of all. `about`: the number is that of candidates, of which some may be none."""

    total: int
    about: bool
    hits: tuple[Hit, ...]


def show(index: Index, reader: Reader, query: Query, sort: str, limit: int) -> Shown:
    """The first `limit` hits of a query."""
    query = _spoken(index, query)
    found = ask(index, query, sort)
    hits = _verified(index, reader, found, query.words)
    first = tuple(islice(hits, limit))
    if found.exact:
        return Shown(len(found.docs), False, first)
    if len(found.docs) <= SURE:
        return Shown(len(first) + sum(1 for _ in hits), False, first)
    return Shown(len(found.docs), True, first)


def _spoken(index: Index, query: Query) -> Query:
    """Letters may be the pinyin of a name that the archive has: both are looked for."""
    return replace(query, groups=tuple(tuple(_with_names(index, group)) for group in query.groups))


def _with_names(index: Index, group: tuple[Atom, ...]) -> Iterator[Atom]:
    for atom in group:
        yield atom
        if isinstance(atom, Text) and len(atom.text) > 3 and atom.text.isascii() and atom.text.isalpha():
            names = {fold(name) for typed, name, *_ in index.named(atom.text) if typed == atom.text}
            yield from (Text(name) for name in sorted(names - {atom.text}))


def _verified(index: Index, reader: Reader, found: Found, words: tuple[str, ...]) -> Iterator[Hit]:
    for at, doc in found.docs:
        card = index.card(index.segments[at], doc)
        written = written_passages(reader, card.address)
        folded = [fold(each) for each in written]
        if found.holds(at, doc, folded):
            yield _hit(card, written, folded, words)


def written_passages(reader: Reader, address: str) -> list[str]:
    """The passages of the article at an address; none where there is none."""
    for record, texts in catalogue.article(reader, address):
        article = records.decode(record, Article)
        title, body = passages(article, records.decode(texts, tuple[str, ...]), catalogue.shown(reader, article))
        return [each for part in (*title, *body) for each in part.split(PASSAGE)]
    return []


def _hit(card: Card, written: list[str], folded: list[str], words: tuple[str, ...]) -> Hit:
    """The passage with the most of the words; the later of equals, for titles are shown anyway."""
    counts = [sum(word in each for word in words) for each in folded]
    best = max(range(len(written)), key=lambda at: (counts[at], at), default=0) if any(counts) else 0
    text = " ".join(written[best].split()) if written else ""
    marks = _marks(text, words)
    start = max(0, marks[0][0] - AROUND) if marks else 0
    end = start + 3 * AROUND
    shown = tuple((one - start, min(other, end) - start) for one, other in marks if one < end)
    return Hit(card, text[start:end], shown)


def _marks(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    folded, places = fold_positions(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while at >= 0:
            end = places[at + len(word)] if at + len(word) < len(places) else len(text)
            found.append((places[at], len(text[:end].rstrip())))
            at = folded.find(word, at + len(word))
    return _merged(sorted(found))


def _merged(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in marks:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def as_json(shown: Shown) -> str:
    """Everything, on one line."""
    return json.dumps(asdict(shown), ensure_ascii=False)
